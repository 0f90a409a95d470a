"""A part of a programme's report: what lasts, months after the money, the graduation, the job or the course."""

from typing import Final

from seedfund.reports.books.columns import text
from seedfund.reports.folio.parts import Found
from seedfund.reports.folio.value import Chart, Shape
from seedfund.reports.indicators.compute import Counting, count
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.report import NOT_TOLD
from seedfund.reports.indicators.rules import Figure, hide_small
from seedfund.reports.queries.scope import Scope
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Phrase, Rate, Row, Word

LASTING: Final[tuple[Column, ...]] = (
    text("what", "What lasts", width=36),
    text("after", "Months later", width=16),
    Column("stands", "Rate", Kind.RATE),
)
ASKED: Final = (
    ("Businesses operating", "businesses_operating_after", (3, 6, 12)),
    ("Graduated households", "households_sustained_after", (3, 6, 12)),
    ("Jobs kept", "persons_in_the_job_after", (1, 3, 6)),
    ("In the trade learned", "trainees_in_work_after", (1, 6)),
)
"""What is looked at again: its words, the indicators, and after how many months."""


def lasting(scope: Scope, *, is_shared: bool) -> Found:
    """What was found of those asked about; a month that nobody has reached yet is left out."""
    places = {
        f"{of}_{_span(months)}": (what, f"After {_span(months).replace('_', ' ')}")
        for what, of, asked in ASKED
        for months in asked
    }
    counting = Counting(reader=scope.reader, programme=scope.work.programme.id, on=scope.as_of)
    figures = count(counting, [INDICATORS[code] for code in places], ())
    told = hide_small(figures) if is_shared else figures
    rows: list[Row] = [
        (*(Word(word) for word in places[one.indicator]), _share(one))
        for one in told
        if not one.phase and (one.problem or one.denominator)
    ]
    note = Phrase(
        "Businesses and households: of those found then. Jobs and trades: of all who could be asked by then."
    )
    return Found(
        columns=LASTING,
        rows=rows,
        chart=Chart(Shape.BARS, "after", ("stands",), group="what"),
        notes=(note,),
    )


def _span(months: int) -> str:
    return "1_month" if months == 1 else f"{months}_months"


def _share(figure: Figure) -> Cell:
    if figure.numerator is None or figure.denominator is None:
        return NotKnown(figure.problem)
    return NotKnown(NOT_TOLD) if figure.is_hidden else Rate(figure.numerator, figure.denominator)
