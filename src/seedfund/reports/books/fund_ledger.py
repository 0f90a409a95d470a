"""What a fund received, promised and paid, event by event, its cash and what is still free. Must not know queries.

Amounts are the change each event makes, signed. Two balances run along:
cash = opening + received + income + refunds in + transfers + exchange - disbursed - other spending;
uncommitted = opening + allotted + lapsed + released + back to line - awarded - other spending.
Lapsed and released mean what they mean in the summary of funds; refunds that a line may award again go back to it.
"Free" has three meanings (accounting: reports); all three are printed at the end, each by its name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, balance, code, day, text
from seedfund.reports.totals import row_of, total_line, totals_of
from seedfund.reports.value import Column, Phrase, Report, Row, Section, Standing, Word

COLUMNS: Final[tuple[Column, ...]] = (
    code("entry_number", "Entry no.", width=9),
    code("voucher", "Voucher", under="entry_number"),
    day("booking_date", "Booked on"),
    day("value_date", "Value date", under="booking_date"),
    text("event", "Event", width=24),
    text("description", "Description", under="event"),
    code("party", "Paid to or by", width=11),
    code("line", "Budget line", under="party"),
    amount("received", "Received"),
    amount("income", "Other income", under="received"),
    amount("refunded", "Refunds in"),
    amount("transfers", "Transfers", under="refunded"),
    amount("exchange", "Exchange"),
    amount("other_spending", "Other spending", under="exchange"),
    amount("allotted", "Allotted"),
    amount("lapsed", "Lapsed", under="allotted"),
    amount("released", "Released", under="allotted"),
    amount("back_to_line", "Back to line", under="allotted"),
    amount("awarded", "Awarded"),
    amount("committed", "Committed", under="awarded"),
    amount("in_payment", "In payment"),
    amount("disbursed", "Disbursed", under="in_payment"),
    balance("cash", "Cash"),
    balance("uncommitted", "Uncommitted", under="cash"),
)
_CASH: Final = (("received", "income", "refunded", "transfers", "exchange"), ("disbursed", "other_spending"))
_FREE: Final = (("allotted", "lapsed", "released", "back_to_line"), ("awarded", "other_spending"))
OPENING: Final = Word("Opening balance")


@dataclass(frozen=True, slots=True, kw_only=True)
class FundEvent:
    """One event of a fund. `awarded` is what an award takes from a line.

    `lapsed`, `released` and `back_to_line` come back to one: awards never signed, what closing sets free, refunds.
    """

    entry_number: str
    booking_date: date
    event: Word
    value_date: date | None = None
    voucher: str = ""
    description: str | Word = ""
    party: str = ""
    line: str = ""
    received: Money | None = None
    income: Money | None = None
    refunded: Money | None = None
    transfers: Money | None = None
    exchange: Money | None = None
    other_spending: Money | None = None
    allotted: Money | None = None
    lapsed: Money | None = None
    released: Money | None = None
    back_to_line: Money | None = None
    awarded: Money | None = None
    committed: Money | None = None
    in_payment: Money | None = None
    disbursed: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFigures:
    """Where a fund stands: its balances before the first event, and what is held and promised at the end.

    `holds` is money in payment; `open_commitments` what is awarded or signed and neither paid nor in
    payment.
    """

    opening_on: date
    opening_cash: Money
    opening_uncommitted: Money
    holds: Money
    open_commitments: Money


def fund_ledger(
    events: Iterable[FundEvent], *, figures: FundFigures, scope: str, standing: Standing
) -> Report:
    """The ledger of one fund in one currency, from its opening balances to what is free in each of its meanings."""
    rows = tuple(_rows(events, figures))
    *_, cash, uncommitted = rows[-1]
    if not isinstance(cash, Money) or not isinstance(uncommitted, Money):
        raise TypeError("a fund ledger ends with its balances")
    unreserved = cash - figures.holds
    unfunded = max(figures.open_commitments - unreserved, unreserved - unreserved)
    return Report(
        name="fund_ledger",
        title=Phrase("Fund ledger"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows),),
        totals=(
            *totals_of(COLUMNS, rows),
            total_line(COLUMNS, Phrase("Uncommitted (free to award)"), {"uncommitted": uncommitted}),
            total_line(
                COLUMNS, Phrase("Unreserved cash (cash less payments on their way)"), {"cash": unreserved}
            ),
            total_line(
                COLUMNS, Phrase("Unfunded commitments (promised, beyond that cash)"), {"committed": unfunded}
            ),
        ),
    )


def _rows(events: Iterable[FundEvent], figures: FundFigures) -> Iterator[Row]:
    cash, free = figures.opening_cash, figures.opening_uncommitted
    opening = FundEvent(entry_number="", booking_date=figures.opening_on, event=OPENING)
    yield row_of(COLUMNS, opening, cash=cash, uncommitted=free)
    for event in events:
        cash = _moved(cash, event, _CASH)
        free = _moved(free, event, _FREE)
        yield row_of(COLUMNS, event, cash=cash, uncommitted=free)


def _moved(balance: Money, event: FundEvent, ways: tuple[tuple[str, ...], tuple[str, ...]]) -> Money:
    into, out_of = ways
    for key in into:
        balance = balance + (getattr(event, key) or balance - balance)
    for key in out_of:
        balance = balance - (getattr(event, key) or balance - balance)
    return balance
