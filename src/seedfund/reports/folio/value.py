"""What a folio is: parts under one title, each a table, drawn as bars where a chart names its columns.

Must not know databases, renderers or languages. Bars are drawn from the cells of the table beside them, so that no
figure can be told in two ways. A part that could not be read says so in its own place.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.value import Cell, Phrase, Rate, Report, Row, Standing, Word

ALL: Final = Word("all")
NOT_READ: Final = "this part could not be read"


class Shape(StrEnum):
    """How figures are drawn: one below the other, or side by side as time passes."""

    BARS = "bars"
    UPRIGHTS = "uprights"


@dataclass(frozen=True, slots=True)
class Chart:
    """Which columns of the part's table are drawn: the label of a row, and a bar for each of `series`.

    `group` is the column whose words stand once before the rows that share them. Rows of all groups together are not
    drawn: they would dwarf the groups.
    """

    shape: Shape
    label: str
    series: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A part: its table, how it is drawn, or why it could not be read (a message id)."""

    key: str
    title: Phrase
    table: Report | None
    chart: Chart | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Folio:
    """A finished report of several parts. `name` is the English name, `scope` says whose it is, `facts` what it is of.

    A tight one is set closely, to stand on one page, and names the parts without rows on one line.
    """

    name: str
    title: Phrase
    scope: str
    standing: Standing
    parts: tuple[Part, ...]
    facts: tuple[tuple[str, Cell], ...] = ()
    notes: tuple[Phrase, ...] = ()
    is_tight: bool = False

    def __repr__(self) -> str:
        return f"Folio({self.name!r}, as_of={self.standing.as_of}, parts={len(self.parts)})"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar before it is put into words: the cells of its group and label, the title of its series, its cell.

    `share` is its part of the longest bar of the same currency or kind; None where there is no figure.
    """

    group: Cell
    label: Cell
    series: str
    cell: Cell
    share: float | None
    tone: int


def bars_of(table: Report, chart: Chart) -> list[Drawn]:
    """The bars of a chart, row by row and series by series. A rate is drawn against the whole."""
    at = {column.key: index for index, column in enumerate(table.columns)}
    titles = {column.key: column.title for column in table.columns}
    told = [at[key] for key in (chart.label, chart.group) if key]
    rows = [row for row in table.rows if all(row[place] != ALL for place in told)]
    longest: dict[str, int] = {}
    for row in rows:
        for key in chart.series:
            scale, size = _size(row[at[key]])
            longest[scale] = max(longest.get(scale, 0), size)
    return [
        Drawn(
            group=row[at[chart.group]] if chart.group else None,
            label=row[at[chart.label]],
            series=titles[key],
            cell=row[at[key]],
            share=_share(row, at[key], longest),
            tone=tone,
        )
        for row in rows
        for tone, key in enumerate(chart.series)
    ]


def _share(row: Row, place: int, longest: dict[str, int]) -> float | None:
    cell = row[place]
    if isinstance(cell, Rate):
        return min(cell.numerator / cell.denominator, 1.0) if cell.denominator else None
    if not isinstance(cell, Money | int):
        return None
    scale, size = _size(cell)
    return size / longest[scale] if longest[scale] else 0.0


def _size(cell: Cell) -> tuple[str, int]:
    """What a figure is measured with, and how large it is."""
    match cell:
        case Money():
            return cell.currency, max(cell.minor, 0)
        case int():
            return "", max(cell, 0)
        case _:
            return "none", 0
