"""Records that stand before and after the rows of a provider's file: what their cells hold, and whether they can. Pure.

Records are known by their place, the first lines of a file and its last; so what they say of the rows is checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.payouts.rules.words import Align, FileForm, NumberForm, RecordItem, RecordPlace

RECORDS_MAX: Final = 9
WIDTH_MAX: Final = 500

RECORDS_NOT_FOR: Final = RefusalCode(
    "payout_layout_records",
    "A file of the form {form} has no records before or after its rows, or there are more than {most} of them, or one "
    "is empty.",
    "Give lead_in and trailer in a layout of form csv or fixed, each record with its cells.",
)
RECORD_WRONG: Final = RefusalCode(
    "payout_layout_record",
    "Cell {cell} of record {record} of the {place} cannot be used as it is declared.",
    "A text needs its words and an account of ours the layout's own account; in fixed width every cell needs a width "
    "that holds its text, and one character to fill it with.",
)
OWN_ACCOUNT_WRONG: Final = RefusalCode(
    "payout_layout_own_account",
    "The layout's account of ours has no code of a bank account, or no number.",
    "Give both: the code as in the books, and the number as the provider writes it.",
)
REFUSALS: Final = (RECORDS_NOT_FOR, RECORD_WRONG, OWN_ACCOUNT_WRONG)


@dataclass(frozen=True, kw_only=True)
class RecordCell:
    """A cell of a record: what it holds, and for fixed width how wide it is and how it is filled.

    `text` is what a cell that holds a text says. `numbers` is how a sum is written, where not as the amounts are.
    """

    holds: RecordItem
    text: str = ""
    width: int = 0
    align: Align = Align.LEFT
    fill: str = " "
    numbers: NumberForm | None = None


@dataclass(frozen=True, kw_only=True)
class LayoutRecord:
    """A line before or after the rows of a file."""

    cells: tuple[RecordCell, ...]


@dataclass(frozen=True, kw_only=True)
class OwnAccount:
    """The account of ours that a layout's files are paid from.

    `bank_account` is its code in the books; `number`, `name` and `bank` are as the provider knows them.
    """

    bank_account: str
    number: str
    name: str = ""
    bank: str = ""


@dataclass(frozen=True, kw_only=True)
class Records:
    """The records of a layout, in their order."""

    lead_in: Sequence[LayoutRecord]
    trailer: Sequence[LayoutRecord]

    def __iter__(self) -> Iterator[tuple[RecordPlace, int, LayoutRecord]]:
        """Every record with its place and number."""
        for place, records in ((RecordPlace.LEAD_IN, self.lead_in), (RecordPlace.TRAILER, self.trailer)):
            for number, record in enumerate(records, start=1):
                yield place, number, record


def check_records(records: Records, form: FileForm, ours: OwnAccount | None) -> list[Refusal]:
    """Why the records of a layout cannot be used, in the declared order."""
    found = []
    most = max(len(records.lead_in), len(records.trailer))
    is_empty = any(not record.cells for _, _, record in records)
    if most > RECORDS_MAX or is_empty or (most and form not in (FileForm.CSV, FileForm.FIXED)):
        found.append(RECORDS_NOT_FOR(form=form, most=RECORDS_MAX))
    has_account = ours is not None
    found += [
        RECORD_WRONG(cell=cell, record=number, place=place)
        for place, number, record in records
        for cell, one in enumerate(record.cells, start=1)
        if not _can_be_used(one, form, has_account=has_account)
    ]
    if ours is not None and not (ours.bank_account.strip() and ours.number.strip()):
        found.append(OWN_ACCOUNT_WRONG())
    return found


def _can_be_used(cell: RecordCell, form: FileForm, *, has_account: bool) -> bool:
    if cell.holds is RecordItem.TEXT and not (cell.text.strip() and cell.text.isprintable()):
        return False
    if cell.holds is RecordItem.ACCOUNT and not has_account:
        return False
    is_filled = len(cell.fill) == 1 and cell.fill.isprintable()
    return form is not FileForm.FIXED or (is_filled and max(len(cell.text), 1) <= cell.width <= WIDTH_MAX)
