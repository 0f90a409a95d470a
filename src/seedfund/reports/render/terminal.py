"""A report drawn on a terminal (extra `cli`). Must not know reports by name, nor whether a terminal is there.

A table where its columns fit the width; else one block per row that names only the cells that hold something. What a
person typed is shown, never obeyed: no markup of the drawing package, no control signs.
"""

from collections.abc import Sequence
from typing import Any, Final, TextIO

from seedfund.kernel.errors import MissingExtra
from seedfund.reports.render.screen import columns_wide, visible
from seedfund.reports.render.table import Slot, for_people, slots_of
from seedfund.reports.render.words import (
    EMPTY,
    Reader,
    notes_of,
    provisional_mark,
    reader_of,
    standing_lines,
)
from seedfund.reports.value import Report, Row, TotalRow

_GAP: Final = 2
_TEXT_LEAST: Final = 14


def render_terminal(report: Report, out: TextIO, *, language: str, width: int | None = None) -> None:
    """Draw the report `width` columns wide (the terminal's own width when not given).

    Raises:
        MissingExtra: the package that draws is not installed.
        InvalidInput: there is no catalogue of the language.
    """
    try:
        from rich.console import Console
    except ImportError:
        raise MissingExtra(extra="cli", what="A report on the terminal") from None
    report = for_people(report)
    reader = reader_of(report, language=language)
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    _head(console, report, reader)
    slots = slots_of(report.columns)
    widths = _widths(report, slots, reader, room=console.width)
    drawing = (
        _Table(console, report, reader, slots=slots, widths=widths)
        if widths
        else _Blocks(console, report, reader)
    )
    for section in report.sections:
        if section.title:
            _print(console, visible(reader.said(section.title)), style="bold cyan")
        if section.rows:
            drawing.rows(section.rows, section.totals)
        else:
            _print(console, reader.words(EMPTY), style="dim")
    if report.totals:
        drawing.rows((), report.totals)
    for note in notes_of(report):
        _print(console, visible(reader.said(note)), style="dim")


def _print(console: Any, text: str, *, style: str = "") -> None:
    """A text as it is: handed over as a value, so that nothing in it is read as a style."""
    from rich.text import Text

    console.print(Text(text, style=style))


def _head(console: Any, report: Report, reader: Reader) -> None:
    mark = provisional_mark(report, reader)
    _print(console, reader.said(report.title) + (f"  [{mark}]" if mark else ""), style="bold")
    _print(console, visible(report.scope))
    _print(console, " · ".join(f"{label}: {text}" for label, text in standing_lines(report, reader)))
    for head in report.standing.heads:
        code = f"{reader.words('Control code')}: {visible(head.book)} {head.seq} {head.hash}"
        _print(console, code, style="dim")


def _widths(report: Report, slots: Sequence[Slot], reader: Reader, *, room: int) -> list[int]:
    """The width of each slot in terminal columns, or nothing when the table does not fit."""
    asked, least = [], []
    for slot in slots:
        cells = [columns_wide(line) for row in report.lines for line in _stack(slot, row, reader)]
        words = [word for column in slot.columns for word in reader.words(column.title).split()]
        heads = max(map(columns_wide, words))
        widest = max([heads, *cells])
        asked.append(widest)
        least.append(max(heads, min(widest, _TEXT_LEAST)) if slot.is_flexible else widest)
    spare = room - sum(least) - _GAP * (len(slots) - 1)
    if spare < 0:
        return []
    for index, (want, have) in enumerate(zip(asked, least, strict=True)):
        given = min(want - have, spare)
        least[index] += given
        spare -= given
    return least


def _stack(slot: Slot, row: Row, reader: Reader) -> list[str]:
    """The cells of a slot, one per line; empty lines at the end fall away, those between stay."""
    pairs = zip(slot.indexes, slot.columns, strict=True)
    cells = [visible(reader.cell(row[index], column.kind)) for index, column in pairs]
    while cells and not cells[-1]:
        cells.pop()
    return cells


class _Table:
    """Rows under column titles, all parts at the same widths."""

    def __init__(
        self, console: Any, report: Report, reader: Reader, *, slots: Sequence[Slot], widths: Sequence[int]
    ):
        self._console, self._report, self._reader = console, report, reader
        self._slots, self._widths = slots, widths

    def rows(self, rows: Sequence[Row], totals: Sequence[TotalRow]) -> None:
        """Draw rows with their totals."""
        from rich.table import Table
        from rich.text import Text

        table = Table(
            box=None,
            padding=(0, _GAP, 0, 0),
            pad_edge=False,
            show_header=bool(rows),
            header_style="underline",
        )
        for slot, width in zip(self._slots, self._widths, strict=True):
            title = Text("\n".join(self._reader.words(column.title) for column in slot.columns))
            justify: Any = "right" if slot.is_right else "left"
            table.add_column(title, justify=justify, width=width, overflow="fold", vertical="top")
        for row in rows:
            table.add_row(*(Text("\n".join(_stack(slot, row, self._reader))) for slot in self._slots))
        for total in totals:
            cells = [_stack(slot, total.cells, self._reader) for slot in self._slots]
            place = next((at for at, slot in enumerate(self._slots) if slot.is_flexible and not cells[at]), 0)
            cells[place] = [visible(self._reader.said(total.label)), *cells[place]]
            table.add_row(*(Text("\n".join(lines)) for lines in cells), style="bold")
        self._console.print(table)


class _Blocks:
    """Each row a block of its own: title and text of every cell that holds something."""

    def __init__(self, console: Any, report: Report, reader: Reader):
        self._console, self._report, self._reader = console, report, reader

    def rows(self, rows: Sequence[Row], totals: Sequence[TotalRow]) -> None:
        """Draw rows with their totals."""
        for row in rows:
            self._block(row, label="", style="")
        for total in totals:
            self._block(total.cells, label=visible(self._reader.said(total.label)), style="bold")

    def _block(self, row: Row, *, label: str, style: str) -> None:
        cells = [
            f"{self._reader.words(column.title)}: {visible(self._reader.cell(cell, column.kind))}"
            for column, cell in zip(self._report.columns, row, strict=True)
            if cell is not None and cell != ""
        ]
        first = [label] if label else cells[:1]
        _print(self._console, "".join(first), style=style or "underline")
        _print(self._console, "  " + " · ".join(cells if label else cells[1:]), style=style)
