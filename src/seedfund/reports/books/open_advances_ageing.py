"""Money given out and not yet accounted for, by holder and by days past its term. Must not know queries.

Days count from the due date (accounting: reports). What has no due date stands in a column of its own and is
not "current".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, day, text
from seedfund.reports.totals import grand_totals, row_of, section_of
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Phrase, Report, Row, Standing, Word

COLUMNS: Final[tuple[Column, ...]] = (
    code("holder", "Holder", width=14),
    text("holder_kind", "Holder is", width=12),
    code("number", "Grant", width=13),
    code("fund", "Fund", width=9),
    day("paid_on", "Paid on"),
    day("due_on", "Due on"),
    Column("days", "Days past due", Kind.INTEGER),
    amount("open", "Open"),
    amount("not_due", "Not due yet"),
    amount("days_1_30", "1-30 days"),
    amount("days_31_60", "31-60 days"),
    amount("days_61_90", "61-90 days"),
    amount("days_over_90", "Over 90 days"),
    amount("without_due_date", "No due date"),
)
_ALL_BANDS: Final = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "without_due_date")
_BANDS: Final = ((0, "not_due"), (30, "days_1_30"), (60, "days_31_60"), (90, "days_61_90"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAdvance:
    """An advance not yet accounted for; the holder is a token of a participant or supplier."""

    holder: str
    holder_kind: Word
    number: str
    fund: str
    paid_on: date
    due_on: date | None
    open: Money


def open_advances_ageing(advances: Iterable[OpenAdvance], *, scope: str, standing: Standing) -> Report:
    """Open advances by fund, the oldest first, each amount in the band of its days past due."""
    ordered = sorted(advances, key=lambda advance: (advance.fund, advance.due_on or date.min, advance.number))
    sections = tuple(
        section_of(
            COLUMNS,
            [_row(advance, standing.as_of) for advance in members],
            title=Phrase("Fund {fund}", (("fund", fund),)),
        )
        for fund, members in groupby(ordered, key=lambda advance: advance.fund)
    )
    return Report(
        name="open_advances_ageing",
        title=Phrase("Open advances by age"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=sections,
        totals=grand_totals(COLUMNS, sections),
    )


def _row(advance: OpenAdvance, as_of: date) -> Row:
    bands: dict[str, Cell] = dict.fromkeys(_ALL_BANDS)
    if advance.due_on is None:
        bands["without_due_date"] = advance.open
        return row_of(COLUMNS, advance, days=None, **(bands | {"due_on": NotKnown("no due date was set")}))
    days = (as_of - advance.due_on).days
    bands[next((key for last, key in _BANDS if days <= last), "days_over_90")] = advance.open
    return row_of(COLUMNS, advance, days=max(days, 0), **bands)
