"""Turns rows into drawing operators on a grid. Must not know pages, sums or what a row means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.render.pdf.grid import Grid
from seedfund.reports.render.pdf.ink import Ink
from seedfund.reports.render.words import Reader
from seedfund.reports.value import Cell, Kind, Row

LEADING: Final = 1.24
"""Height of a line in font sizes."""
PADDING: Final = 0.45
"""Space below a row in font sizes."""
_ASCENT: Final = 0.93
_AT: Final = "1 0 0 1 "
"""How an operator that moves the pen begins."""

_REMEMBERED_MAX: Final = 4_000


BLANK: Final = ""
"""A line with nothing on it, which only keeps what stands below it in its place."""
CellLines = list[Sequence[str]]
"""The lines of each slot of one row: the operators of each, with a `%s` for its height.

Text, and no object with parts: a long book makes them by the million, and Python's collector visits every object.
"""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the cells of a slot stand, and which they are: each with what it was set as before, by weight."""

    left: str
    right: float
    width: float
    is_right: bool
    cells: tuple[tuple[int, Kind, tuple[dict[Cell, str | tuple[str, ...]], ...]], ...]


class Body:
    """Sets and draws rows."""

    def __init__(self, grid: Grid, ink: Ink, reader: Reader):
        self._ink, self._reader = ink, reader
        self.leading = ink.size * LEADING
        self.padding = ink.size * PADDING
        self._places = tuple(
            _Place(
                left=f"{left:.2f}",
                right=right,
                width=right - left + 0.01,
                is_right=slot.is_right,
                cells=tuple(
                    (index, column.kind, ({}, {}))
                    for index, column in zip(slot.indexes, slot.columns, strict=True)
                ),
            )
            for slot, (left, right) in zip(grid.slots, grid.edges, strict=True)
        )

    def set(self, row: Row, *, bold: bool = False) -> CellLines:
        """The row's cells as lines, slot by slot."""
        slots: CellLines = []
        for place in self._places:
            lines: list[str] = []
            for index, kind, known in place.cells:
                cell = row[index]
                if cell is None:
                    lines.append(BLANK)
                    continue
                found = known[bold].get(cell)
                if found is None:
                    found = self._cell(cell, kind, place, known[bold], bold=bold)
                if isinstance(found, str):
                    lines.append(found)
                else:
                    lines += found
            while lines and not lines[-1]:
                lines.pop()
            slots.append(lines)
        return slots

    def _cell(
        self,
        cell: Cell,
        kind: Kind,
        place: _Place,
        known: dict[Cell, str | tuple[str, ...]],
        *,
        bold: bool,
    ) -> str | tuple[str, ...]:
        """A cell as one line or as several, remembered: words, days and numbers of grants come again and again."""
        text = self._reader.cell(cell, kind)
        # An amount is never broken: its column is as wide as its widest.
        lines = (text,) if isinstance(cell, Money) else self._ink.wrap(text, width=place.width, bold=bold)
        found: str | tuple[str, ...]
        if len(lines) == 1:
            found = self._line(place, lines[0], bold=bold)
        else:
            found = tuple([self._line(place, line, bold=bold) for line in lines])
        if len(known) >= _REMEMBERED_MAX:
            known.clear()
        known[cell] = found
        return found

    def _line(self, place: _Place, text: str, *, bold: bool) -> str:
        if not text:
            return BLANK
        left = place.left
        if place.is_right:
            left = f"{place.right - self._ink.width(text, bold=bold):.2f}"
        return f"{_AT}{left} %s Tm {self._ink.show(text, bold=bold)}"

    def height(self, slots: CellLines) -> float:
        """How high a row is, in points."""
        return max(map(len, slots)) * self.leading + self.padding

    def draw(self, slots: CellLines, *, top: float) -> list[str]:
        """The operators that draw a row whose upper edge is at `top`."""
        heights = self._baselines(top, max(map(len, slots)))
        return [line % y for lines in slots for line, y in zip(lines, heights, strict=False) if line]

    def heads(self, titles: Sequence[str], *, top: float) -> tuple[list[str], float]:
        """The operators that draw the column titles below `top`, and how high they are.

        Titles of one slot take turns in weight, so that it shows where one ends and the next begins.
        """
        operators: list[str] = []
        deepest = 0
        for place in self._places:
            below = 0
            for turn, (index, *_) in enumerate(place.cells):
                lines = self._ink.wrap(titles[index], width=place.width, bold=True)
                operators.append(self._ink.select(bold=turn % 2 == 0))
                operators.extend(
                    self._stack(place, lines, top=top - below * self.leading, bold=turn % 2 == 0)
                )
                below += len(lines)
            deepest = max(deepest, below)
        return [*operators, self._ink.select(bold=False)], deepest * self.leading + self.padding

    def _stack(self, place: _Place, lines: Sequence[str], *, top: float, bold: bool) -> list[str]:
        operators = []
        for text, y in zip(lines, self._baselines(top, len(lines)), strict=True):
            x = f"{place.right - self._ink.width(text, bold=bold):.2f}" if place.is_right else place.left
            operators.append(f"1 0 0 1 {x} {y} Tm {self._ink.show(text, bold=bold)}")
        return operators

    def room_for_label(self, slots: CellLines) -> float:
        """The width left of the first slot that holds something."""
        for lines in slots:
            starts = [float(line.removeprefix(_AT).partition(" ")[0]) for line in lines if line]
            if starts:
                return min(starts) - float(self._places[0].left) - self._ink.size
        return self._places[-1].right - float(self._places[0].left)

    def label(self, lines: Sequence[str], *, top: float) -> list[str]:
        """The operators that draw lines of bold text at the table's left edge."""
        left = self._places[0].left
        return [
            f"1 0 0 1 {left} {y} Tm {self._ink.show(text, bold=True)}"
            for text, y in zip(lines, self._baselines(top, len(lines)), strict=True)
        ]

    def _baselines(self, top: float, count: int) -> list[str]:
        first = top - _ASCENT * self._ink.size
        if count == 1:
            return [f"{first:.2f}"]
        return [f"{first - number * self.leading:.2f}" for number in range(count)]
