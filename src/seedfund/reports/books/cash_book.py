"""What went in and out of one bank account, box or float, over all funds, with its balance. Must not know queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.money import Money, zero
from seedfund.reports.books.columns import amount, balance, code, day, text
from seedfund.reports.books.fund_ledger import OPENING
from seedfund.reports.totals import row_of, totals_of
from seedfund.reports.value import Column, Phrase, Report, Row, Section, Standing, Word

COLUMNS: Final[tuple[Column, ...]] = (
    code("entry_number", "Entry no.", width=9),
    code("voucher", "Voucher", under="entry_number"),
    day("booking_date", "Booked on"),
    day("value_date", "Value date", under="booking_date"),
    text("event", "Event", width=24),
    text("description", "Description", under="event"),
    code("party", "Paid to or by", width=12),
    code("reference", "Cheque or ref.", under="party"),
    text("contra", "Contra account", width=16),
    code("contra_about", "Grant, donor or fund", under="contra"),
    code("line", "Budget line", under="contra"),
    code("fund", "Fund", width=9),
    amount("amount_in", "In"),
    amount("amount_out", "Out"),
    balance("balance", "Balance"),
    day("cleared_on", "Cleared on"),
    code("statement_line", "Statement line", under="cleared_on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMovement:
    """One movement of an account. `party` is a token, not a name; `cleared_on` is empty until the bank confirms.

    `contra` is what the account on the other side is called, `contra_about` the number or code it is kept for.
    """

    entry_number: str
    booking_date: date
    event: Word
    fund: str
    contra: Word | None = None
    contra_about: str = ""
    value_date: date | None = None
    voucher: str = ""
    description: str | Word = ""
    party: str = ""
    reference: str = ""
    line: str = ""
    amount_in: Money | None = None
    amount_out: Money | None = None
    cleared_on: date | None = None
    statement_line: str = ""


def cash_book(
    movements: Iterable[CashMovement], *, opening: Money, opening_on: date, scope: str, standing: Standing
) -> Report:
    """The book of one account in one currency, from its opening balance, the balance after each movement."""
    rows = tuple(_rows(movements, opening, opening_on))
    return Report(
        name="cash_book",
        title=Phrase("Cash book"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows),),
        totals=totals_of(COLUMNS, rows),
    )


def _rows(movements: Iterable[CashMovement], opening: Money, opening_on: date) -> Iterator[Row]:
    nothing = zero(opening.currency)
    first = CashMovement(entry_number="", booking_date=opening_on, event=OPENING, fund="")
    yield row_of(COLUMNS, first, balance=opening)
    after = opening
    for movement in movements:
        after = after + (movement.amount_in or nothing) - (movement.amount_out or nothing)
        yield row_of(COLUMNS, movement, balance=after)
