"""Taking in a provider's file as one command: sound rows are posted, the others wait in the queue, none is lost.

Rows are matched on the payment's number and its amount. Results come before reversals, so that the order of a file
decides nothing; each payment is judged as the rows before left it. What was posted once is never posted again, however
often and in whichever file it comes; a row that waits is judged anew when it comes again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.grants.service.deliveries import RECORDERS
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.payouts.queries import layout_in_force
from seedfund.payouts.rules import Direction, Fate, Misfit
from seedfund.payouts.rules.refusals import LAYOUT_OF_OTHER_WAY
from seedfund.payouts.service.intake import Taken, judge_all, read_met
from seedfund.payouts.service.keeping import Keeping, keep
from seedfund.payouts.service.posting import charge_fees
from seedfund.payouts.service.rows import ResultRow
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "RI"


@dataclass(frozen=True, kw_only=True)
class TakeResults(Command):
    """The rows of a provider's file, the layout they were read by, and the list they are said to answer, if any."""

    layout: str
    sha256: str
    rows: tuple[ResultRow, ...]
    list_number: str = ""


@dataclass(frozen=True, kw_only=True)
class RowFate:
    """What became of a row; the exception it waits in, and why; what was irregular about a row that was posted."""

    row: int
    fate: Fate
    payment: str = ""
    misfit: Misfit | None = None
    exception: str = ""
    irregular: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResultsTaken:
    """The file's number and its rows: read = accepted + refused + unchanged; `pending` of the unchanged wait.

    Refused are those that went into the queue by this file. `fees` were charged in this file, if any.
    """

    number: str
    read: int
    accepted: int
    refused: int
    unchanged: int
    pending: int
    fees: tuple[Money, ...]
    rows: tuple[RowFate, ...]


@verb("payouts.take_results", roles=RECORDERS)
def take_results(unit: Unit, command: TakeResults) -> ResultsTaken:
    """Take in every row of a provider's file: post what fits, queue what does not, leave what is pending or known.

    Raises:
        NotFound: there is no such layout, list, or line for the fees.
        InvalidInput: a row stands twice, an amount is negative, or a fee is in another currency than its amount.
        Refused: `payout_layout_direction`, `payer_confirms` where the actor released all of the payments; of a file
            of several hands, the actor's own wait in the queue (`payout_own_payment`).
    """
    layout = layout_in_force(unit, unit.programme.id, command.layout)
    if layout.terms.direction is not Direction.IN:
        raise Refused([LAYOUT_OF_OTHER_WAY(layout=layout.code, direction=layout.terms.direction)])
    _check_rows(command.rows)
    number = unit.human_number(SERIES)
    met = read_met(unit, command.rows, list_number=command.list_number, sha256=command.sha256)
    taken = judge_all(unit, command.rows, layout.terms.manner, met)
    fees = charge_fees(unit, layout.terms, taken, number=number)
    into = Keeping(
        intake_id=unit.key(), number=number, layout_id=layout.id, list_id=met.list_id, sha256=command.sha256
    )
    kept = keep(unit, into, taken)
    return _told(number, taken, kept, fees)


def _check_rows(rows: Sequence[ResultRow]) -> None:
    if len({row.row for row in rows}) < len(rows):
        raise InvalidInput(
            field="rows", problem="a row stands twice", remedy="give each row of the file once"
        )
    for row in rows:
        for money in (row.amount, row.fee):
            if money is not None and money.minor < 0:
                raise InvalidInput(
                    field="rows.amount", problem=f"{money} is negative", remedy="give zero or more"
                )
        if row.amount is not None and row.fee is not None and row.fee.currency != row.amount.currency:
            raise InvalidInput(
                field="rows.fee",
                problem=f"row {row.row} has its amount in {row.amount.currency} and its fee in {row.fee.currency}",
                remedy="give both in the currency of the payment",
            )


def _told(number: str, taken: Sequence[Taken], kept: Sequence[str], fees: Sequence[Money]) -> ResultsTaken:
    fates = [one.verdict.fate for one in taken]
    return ResultsTaken(
        number=number,
        read=len(taken),
        accepted=fates.count(Fate.POSTED),
        refused=fates.count(Fate.QUEUED),
        unchanged=fates.count(Fate.PENDING) + fates.count(Fate.RECORDED),
        pending=fates.count(Fate.PENDING),
        fees=tuple(fees),
        rows=tuple(_fate(one, exception) for one, exception in zip(taken, kept, strict=True)),
    )


def _fate(one: Taken, exception: str) -> RowFate:
    verdict = one.verdict
    return RowFate(
        row=one.row.row,
        fate=verdict.fate,
        payment="" if one.paid is None else one.paid.row.number,
        misfit=verdict.misfit,
        exception=exception,
        irregular=one.irregular,
    )


COMMANDS: Final = (take_results,)
