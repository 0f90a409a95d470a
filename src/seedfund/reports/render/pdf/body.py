"""Turns rows into drawing operators on a grid. Must not know pages, sums or what a row means.

A row is text that does not know its height on the page: the pen goes to the row's place once, and from there to each
cell and back. So a cell that comes again is drawn with the same text, whatever page it stands on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.money import Money
from seedfund.paper.typeset import latin_characters
from seedfund.reports.render.pdf.grid import Grid
from seedfund.reports.render.pdf.heard import END
from seedfund.reports.render.pdf.ink import Ink
from seedfund.reports.render.words import Reader
from seedfund.reports.value import Cell, Kind, Row

LEADING: Final = 1.24
"""Height of a line in font sizes."""
PADDING: Final = 0.45
"""Space below a row in font sizes."""
_ASCENT: Final = 0.93
_REMEMBERED_MAX: Final = 4_000
_STACK_MAX: Final = 64
"""Below so many lines a cell is not remembered: a slot that deep is rare."""

Line = tuple[int, str]
"""Where a line of a cell begins, in hundredths of a point from the left, and the operator that draws it."""
BLANK: Final[Line] = (0, "")
"""A line with nothing on it, which only keeps what stands below it in its place."""
CellLines = list[list[Line]]
"""The lines of each slot of one row."""
SetRow = tuple[str, int]
"""A row's operators, and how many lines it is high."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the cells of a slot stand, in hundredths of a point."""

    left: int
    right: int
    width: float
    is_right: bool


class _Column:
    """A column in its slot, with what was set in it before, by the line it begins on."""

    def __init__(self, index: int, kind: Kind, place: _Place):
        self.index, self.kind, self.place = index, kind, place
        # One amount is rarely like another; where their figures stand is all that is remembered of them.
        self.cells: tuple[dict[Cell, SetRow], ...] = tuple({} for _ in range(_STACK_MAX))
        self.frames: dict[tuple[int, str], tuple[str, str] | None] = {}
        self.is_money = kind is Kind.MONEY


class Body:
    """Sets and draws rows."""

    def __init__(self, grid: Grid, ink: Ink, reader: Reader):
        self._ink, self._reader = ink, reader
        self._step = round(ink.size * LEADING * 100)
        self.leading = self._step / 100
        self.padding = ink.size * PADDING
        self._slots = tuple(
            tuple(
                _Column(index, column.kind, place)
                for index, column in zip(slot.indexes, slot.columns, strict=True)
            )
            for slot, place in zip(grid.slots, _places(grid), strict=True)
        )
        ink.digits()

    def set(self, row: Row) -> SetRow:
        """The row as it is drawn, wherever it comes to stand."""
        parts: list[str] = []
        deepest = 0
        for slot in self._slots:
            line = 0
            for column in slot:
                cell = row[column.index]
                if cell is None:
                    line += 1
                    continue
                found = None if column.is_money or line >= _STACK_MAX else column.cells[line].get(cell)
                if found is None:
                    found = self._fresh(column, cell, line)
                operators, count = found
                line += count
                if operators:
                    parts.append(operators)
                    if line > deepest:
                        deepest = line
        return " ".join(parts), deepest

    def cells(self, row: Row) -> list[tuple[str, str]]:
        """The operators of each cell by itself, as `set` joins them, and its text where its lines do not tell it."""
        shown = [("", "")] * len(row)
        for slot in self._slots:
            line = 0
            for column in slot:
                cell = row[column.index]
                if cell is None:
                    line += 1
                    continue
                operators, count = self._fresh(column, cell, line)
                line += count
                text = self._reader.cell(cell, column.kind)
                is_told = count == 1 and (text.isascii() or latin_characters().issuperset(text))
                shown[column.index] = operators, "" if is_told else text
        return shown

    def of_columns(self, slots: CellLines) -> list[CellLines]:
        """The lines of slots parted by column, the others blank: for cells that are no more than one line each.

        Where a cell takes several, its slot is given to its first column.
        """
        parted: dict[int, CellLines] = {}
        for place, (slot, lines) in enumerate(zip(self._slots, slots, strict=True)):
            is_each = len(lines) <= len(slot)
            for turn, column in enumerate(slot):
                own = [one if turn == at else BLANK for at, one in enumerate(lines)] if is_each else lines
                shown = own if is_each or not turn else []
                parted[column.index] = [shown if at == place else [] for at in range(len(slots))]
        return [parted[index] for index in sorted(parted)]

    def _fresh(self, column: _Column, cell: Cell, line: int) -> SetRow:
        """A cell that was not met before, or not lately."""
        text = (
            cell
            if type(cell) is str and column.kind is not Kind.HASH
            else self._reader.cell(cell, column.kind)
        )
        shape = self._ink.shape(text)
        frame = None if shape is None else self._frame(column, text, line, shape)
        if frame is None:
            found = self._stacked(self._lines(column, cell, text), line)
        else:
            found = f"{frame[0]}{text}{frame[1]}", 1
        if not column.is_money and line < _STACK_MAX:
            known = column.cells[line]
            if len(known) >= _REMEMBERED_MAX:
                known.clear()
            known[cell] = found
        return found

    def _frame(self, column: _Column, text: str, line: int, shape: str) -> tuple[str, str] | None:
        """What stands before and after a simple text on one line; None where it takes several."""
        key = (line, shape)
        try:
            return column.frames[key]
        except KeyError:
            pass
        if len(column.frames) >= _REMEMBERED_MAX:
            column.frames.clear()
        place = column.place
        width = self._ink.width(text)
        frame = None
        # An amount is never broken: its column is as wide as its widest.
        if column.is_money or width <= place.width:
            x = _start(place, width)
            y = -line * self._step
            frame = f"{_points(x)} {_points(y)} Td (", f") Tj {_points(-x)} {_points(-y)} Td"
        column.frames[key] = frame
        return frame

    def _stacked(self, lines: Sequence[Line], line: int) -> SetRow:
        """The lines of a cell, the pen back where it was."""
        parts: list[str] = []
        x = y = 0
        for number, (left, shown) in enumerate(lines, start=line):
            if shown:
                down = -number * self._step
                parts.append(f"{_points(left - x)} {_points(down - y)} Td {shown}")
                x, y = left, down
        if parts:
            parts.append(f"{_points(-x)} {_points(-y)} Td")
        return " ".join(parts), len(lines)

    def lines(self, row: Row, *, bold: bool = False) -> CellLines:
        """The row's cells line by line, slot by slot: for rows that are taken apart."""
        slots: CellLines = []
        for slot in self._slots:
            lines: list[Line] = []
            for column in slot:
                cell = row[column.index]
                if cell is None:
                    lines.append(BLANK)
                else:
                    lines += self._lines(column, cell, self._reader.cell(cell, column.kind), bold=bold)
            while lines and lines[-1] == BLANK:
                lines.pop()
            slots.append(lines)
        return slots

    def _lines(self, column: _Column, cell: Cell, text: str, *, bold: bool = False) -> list[Line]:
        place, ink = column.place, self._ink
        texts = (text,) if isinstance(cell, Money) else ink.wrap(text, width=place.width, bold=bold)
        return [
            (_start(place, ink.width(one, bold=bold) if place.is_right else 0.0), ink.show(one, bold=bold))
            if one
            else BLANK
            for one in texts
        ]

    def height(self, depth: int) -> float:
        """How high a row of so many lines is, in points."""
        return depth * self.leading + self.padding

    def draw(self, row: SetRow, *, top: float) -> tuple[str, str]:
        """The operators that draw a row whose upper edge is at `top`."""
        return f"1 0 0 1 0 {top - _ASCENT * self._ink.size:.2f} Tm", row[0]

    def draw_lines(self, slots: CellLines, *, top: float) -> list[str]:
        """The operators that draw lines whose upper edge is at `top`."""
        heights = self._baselines(top, max(map(len, slots)))
        return [
            f"1 0 0 1 {_points(x)} {y} Tm {shown}"
            for lines in slots
            for (x, shown), y in zip(lines, heights, strict=False)
            if shown
        ]

    def heads(
        self, titles: Sequence[str], *, top: float, marks: Sequence[str] = ()
    ) -> tuple[list[str], float]:
        """The operators that draw the column titles below `top`, and how high they are.

        Titles of one slot take turns in weight, so that it shows where one ends and the next begins. `marks` begin
        each title's part of the report, where it has parts.
        """
        operators: list[str] = []
        deepest = 0
        for slot in self._slots:
            below = 0
            for turn, column in enumerate(slot):
                lines = self._ink.wrap(titles[column.index], width=column.place.width, bold=True)
                operators.append(self._ink.select(bold=turn % 2 == 0))
                stack = self._stack(column.place, lines, top=top - below * self.leading, bold=turn % 2 == 0)
                operators.extend([marks[column.index], *stack, END] if marks else stack)
                below += len(lines)
            deepest = max(deepest, below)
        return [*operators, self._ink.select(bold=False)], deepest * self.leading + self.padding

    def _stack(self, place: _Place, lines: Sequence[str], *, top: float, bold: bool) -> list[str]:
        operators = []
        for text, y in zip(lines, self._baselines(top, len(lines)), strict=True):
            x = _start(place, self._ink.width(text, bold=bold))
            operators.append(f"1 0 0 1 {_points(x)} {y} Tm {self._ink.show(text, bold=bold)}")
        return operators

    def room_for_label(self, slots: CellLines) -> float:
        """The width left of the first slot that holds something."""
        first = self._slots[0][0].place.left / 100
        for lines in slots:
            starts = [x for x, shown in lines if shown]
            if starts:
                return min(starts) / 100 - first - self._ink.size
        return self._slots[-1][0].place.right / 100 - first

    def label(self, lines: Sequence[str], *, top: float) -> list[str]:
        """The operators that draw lines of bold text at the table's left edge."""
        left = _points(self._slots[0][0].place.left)
        return [
            f"1 0 0 1 {left} {y} Tm {self._ink.show(text, bold=True)}"
            for text, y in zip(lines, self._baselines(top, len(lines)), strict=True)
        ]

    def _baselines(self, top: float, count: int) -> list[str]:
        first = top - _ASCENT * self._ink.size
        return [f"{first - number * self.leading:.2f}" for number in range(count)]


def _places(grid: Grid) -> list[_Place]:
    return [
        _Place(round(left * 100), round(right * 100), right - left + 0.01, slot.is_right)
        for slot, (left, right) in zip(grid.slots, grid.edges, strict=True)
    ]


def _start(place: _Place, width: float) -> int:
    """Where a line of this width (in points) begins."""
    return round(place.right - width * 100) if place.is_right else place.left


def _points(hundredths: int) -> str:
    """Hundredths of a point as the format writes them."""
    whole, part = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}.{part:02d}" if part else f"{sign}{whole}"
