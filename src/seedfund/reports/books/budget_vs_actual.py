"""Each budget line against what became of it, on both bases a donor may ask for. Must not know queries.

Paid is expense for a donor who counts a grant when it is paid; justified is expense for one who counts it
when receipts are accepted (accounting: reports); both stand, and the fund says which it reports. What was
delivered where no receipts are due stands by itself and is never summed into justified. Percentages are of the
current budget.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, text
from seedfund.reports.totals import percent_of, row_of, total_line, totals_of
from seedfund.reports.value import Cell, Column, Kind, Phrase, Report, Row, Section, Standing, TotalRow

COLUMNS: Final[tuple[Column, ...]] = (
    code("line", "Budget line", width=10),
    text("title", "Title", width=22),
    amount("approved", "Approved"),
    amount("revisions", "Revisions", under="approved"),
    amount("current", "Current budget"),
    amount("awarded", "Awarded, unsigned"),
    amount("committed", "Committed, unpaid", under="awarded"),
    amount("in_payment", "In payment"),
    amount("paid_in_period", "Paid in the period"),
    amount("paid", "Paid so far", under="paid_in_period"),
    amount("open_advances", "Open advances"),
    amount("refund_due", "Refund due", under="open_advances"),
    amount("justified_in_period", "Justified in the period"),
    amount("justified", "Justified so far", under="justified_in_period"),
    amount("no_receipts_due", "No receipts due"),
    amount("written_off", "Written off", under="no_receipts_due"),
    amount("available", "Available"),
    Column("paid_percent", "Paid %", Kind.PERCENT),
    Column("justified_percent", "Justified %", Kind.PERCENT, under="paid_percent"),
    text("rate", "Exchange rate", width=10, is_optional=True),
    text("explanation", "Explanation", width=18, is_optional=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigures:
    """A budget line's figures; `awarded` and `committed` are what is open, `paid` and `justified` are cumulative.

    `rate` is the exchange rate to the donor's currency as text with its source, when there is one.
    """

    line: str
    title: str
    approved: Money
    revisions: Money
    awarded: Money
    committed: Money
    in_payment: Money
    paid_in_period: Money
    paid: Money
    open_advances: Money
    justified_in_period: Money
    justified: Money
    refund_due: Money | None = None
    no_receipts_due: Money | None = None
    no_receipts_due_in_period: Money | None = None
    written_off: Money | None = None
    rate: str = ""
    explanation: str = ""


def budget_vs_actual(lines: Iterable[LineFigures], *, scope: str, standing: Standing) -> Report:
    """Budget against actual of one fund: current = approved + revisions, available = current less all that is taken."""
    rows = tuple(_row(line) for line in lines)
    return Report(
        name="budget_vs_actual",
        title=Phrase("Budget against actual"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows),),
        totals=tuple(_with_percents(total) for total in totals_of(COLUMNS, rows)),
        notes=(Phrase("Available = current budget - awarded - committed - in payment - paid."),),
    )


def _row(line: LineFigures) -> Row:
    current = line.approved + line.revisions
    taken = line.awarded + line.committed + line.in_payment + line.paid
    return row_of(
        COLUMNS,
        line,
        current=current,
        available=current - taken,
        paid_percent=percent_of(line.paid, current),
        justified_percent=percent_of(line.justified, current),
    )


def _with_percents(total: TotalRow) -> TotalRow:
    """The total line with percentages of its own sums, which do not add up from those of the lines."""
    cells: dict[str, Cell] = dict(zip((column.key for column in COLUMNS), total.cells, strict=True))
    current, paid, justified = cells["current"], cells["paid"], cells["justified"]
    if isinstance(current, Money) and isinstance(paid, Money) and isinstance(justified, Money):
        cells["paid_percent"] = percent_of(paid, current)
        cells["justified_percent"] = percent_of(justified, current)
    return total_line(COLUMNS, total.label, cells)
