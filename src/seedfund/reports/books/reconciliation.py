"""A bank account's balance by the bank and by the books, and everything between the two. Must not know queries.

Bank less books is what the bank shows and the books do not have, less what the books have and the bank does not show;
what is left over nobody has explained, and is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.money import Money, total
from seedfund.reports.books.columns import code, day, text
from seedfund.reports.value import (
    Cell,
    Column,
    Kind,
    NotKnown,
    Phrase,
    Report,
    Section,
    Standing,
    TotalRow,
    Word,
    phrase,
)

TITLE: Final = "Bank reconciliation"
NO_STATEMENT: Final = NotKnown("no statement")
COLUMNS: Final[tuple[Column, ...]] = (
    day("on", "Date"),
    code("number", "Line or entry", width=16),
    text("what", "What", width=24),
    code("about", "Grant, payment or proposal", width=14),
    Column("amount", "Amount", Kind.MONEY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A line that the books do not have, or an entry that the bank does not show; never whom it names."""

    on: date
    number: str
    what: Word | str
    amount: Money
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both balances of an account on a day and what lies between them.

    `bank` is None where no statement tells it. `begins` is the day from which statements tell it and `until` the last
    day that they reach, None where there is none. `left_over` names each amount that neither
    a line nor an entry accounts for. `aside` are statements that count in none of this.
    """

    bank: Money | None
    books: Money
    in_bank: Sequence[Unmatched]
    in_books: Sequence[Unmatched]
    on_their_way: Sequence[Unmatched]
    left_over: Sequence[tuple[Word, str, Money]]
    until: date | None
    begins: date | None = None
    waiting: Sequence[str] = ()
    aside: Sequence[str] = ()


def reconciliation(compared: Compared, *, scope: str, standing: Standing) -> Report:
    """The reconciliation of one account, a part a side."""
    currency = compared.books.currency
    missing = total((one.amount for one in compared.in_bank), currency)
    unshown = total((one.amount for one in compared.in_books), currency)
    left = total((amount for _, _, amount in compared.left_over), currency)
    return Report(
        name="reconciliation",
        title=Phrase(TITLE),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(
            _part("In the bank and not in the books", compared.in_bank, missing),
            _part("In the books and not in the bank", compared.in_books, unshown),
            _part("Payments on their way, in neither", compared.on_their_way, None),
            _left_over(compared.left_over, left),
        ),
        totals=(
            _line("Balance by the bank", NO_STATEMENT if compared.bank is None else compared.bank),
            _line("Balance by the books", compared.books),
            _line("Difference", _difference(compared)),
            _line("of it explained", _told(compared, missing - unshown)),
            _line("of it not explained", _told(compared, left)),
        ),
        notes=_notes(compared),
    )


def _part(title: str, rows: Sequence[Unmatched], amount: Money | None) -> Section:
    told = tuple((one.on, one.number, one.what, one.about, one.amount) for one in rows)
    totals = () if amount is None else (_line("Total of this part", amount),)
    return Section(told, Phrase(title), totals)


def _left_over(rows: Sequence[tuple[Word, str, Money]], amount: Money) -> Section:
    told: list[tuple[Cell, ...]] = [(None, number, what, None, money) for what, number, money in rows]
    return Section(tuple(told), Phrase("What nothing explains"), (_line("Total of this part", amount),))


def _told(compared: Compared, amount: Money) -> Money | NotKnown:
    """What follows from the bank's balance; where no statement tells it that is no zero."""
    return NO_STATEMENT if compared.bank is None else amount


def _difference(compared: Compared) -> Money | NotKnown:
    return NO_STATEMENT if compared.bank is None else compared.bank - compared.books


def _line(label: str, amount: Money | NotKnown) -> TotalRow:
    return TotalRow(Phrase(label), (None, None, None, None, amount))


def _notes(compared: Compared) -> tuple[Phrase, ...]:
    notes = [Phrase("There is no statement that foots; the balance by the bank is not known.")]
    if compared.bank is None and compared.begins is not None:
        notes = [
            phrase(
                "Statements that foot begin on {begins}; the balance of before is not known.",
                begins=compared.begins,
            )
        ]
    elif compared.until is not None:
        notes = [phrase("Statements that foot reach {until}.", until=compared.until)]
    notes += [
        phrase("The statement {number} does not foot and does not count.", number=number)
        for number in compared.waiting
    ]
    notes += [
        phrase("The statement {number} is set aside: others tell the same.", number=number)
        for number in compared.aside
    ]
    return tuple(notes)
