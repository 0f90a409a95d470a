"""A report drawn on a terminal (extra `cli`). Must not know reports by name, nor whether a terminal is there.

What a person typed is shown, never obeyed: no markup of the drawing package, no control signs.
"""

from typing import Any, TextIO

from seedfund.kernel.errors import MissingExtra
from seedfund.reports.render.screen import visible
from seedfund.reports.render.table import Slot, slots_of
from seedfund.reports.render.words import (
    EMPTY,
    Reader,
    notes_of,
    provisional_mark,
    reader_of,
    standing_lines,
)
from seedfund.reports.value import Report, Row, TotalRow


def render_terminal(report: Report, out: TextIO, *, language: str, width: int | None = None) -> None:
    """Draw the report `width` columns wide (the terminal's own width when not given).

    Raises:
        MissingExtra: the package that draws is not installed.
        InvalidInput: there is no catalogue of the language.
    """
    try:
        from rich.console import Console
        from rich.text import Text
    except ImportError:
        raise MissingExtra(extra="cli", what="A report on the terminal") from None
    reader = reader_of(report, language=language)
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)
    mark = provisional_mark(report, reader)
    console.print(
        Text.assemble((reader.said(report.title), "bold"), (f"  {mark}" if mark else "", "bold yellow"))
    )
    console.print(Text(visible(report.scope)))
    console.print(Text(" · ".join(f"{label}: {text}" for label, text in standing_lines(report, reader))))
    for head in report.standing.heads:
        code = f"{reader.words('Control code')}: {visible(head.book)} {head.seq} {head.hash}"
        console.print(Text(code, style="dim"))
    console.print(_table(report, reader))
    for note in notes_of(report):
        console.print(Text(visible(reader.said(note)), style="dim"))


def _table(report: Report, reader: Reader) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    slots = slots_of(report.columns)
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_lines=any(len(slot.indexes) > 1 for slot in slots)
    )
    for slot in slots:
        titles = "\n".join(reader.words(column.title) for column in slot.columns)
        table.add_column(
            Text(titles),
            justify="right" if slot.is_right else "left",
            no_wrap=slot.is_right,
            overflow="fold",
            ratio=None,
        )
    for section in report.sections:
        if section.title:
            table.add_row(Text(visible(reader.said(section.title)), style="bold cyan"))
        for row in section.rows:
            table.add_row(*(Text(_stack(slot, row, reader)) for slot in slots))
        if not section.rows:
            table.add_row(Text(reader.words(EMPTY), style="dim"))
        for total in section.totals:
            table.add_row(*_total(slots, total, reader), style="bold")
        table.add_section()
    for total in report.totals:
        table.add_row(*_total(slots, total, reader), style="bold")
    return table


def _total(slots: tuple[Slot, ...], total: TotalRow, reader: Reader) -> list[Any]:
    """The cells of a total line; its label takes the place of the first slot, which has nothing to sum."""
    from rich.text import Text

    first, *rest = (_stack(slot, total.cells, reader) for slot in slots)
    label = visible(reader.said(total.label))
    return [Text(f"{label}\n{first}".strip()), *(Text(text) for text in rest)]


def _stack(slot: Slot, row: Row, reader: Reader) -> str:
    """The cells of a slot, one per line; empty lines at the end fall away, those between stay."""
    cells = (
        reader.cell(row[index], column.kind) for index, column in zip(slot.indexes, slot.columns, strict=True)
    )
    return "\n".join(visible(cell) for cell in cells).rstrip("\n")
