"""A report as plain lines of text, for a pipe or a screen that cannot draw. Must not know reports by name."""

from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from seedfund.reports.render.screen import columns_wide, visible
from seedfund.reports.render.table import for_people, slots_of
from seedfund.reports.render.words import (
    EMPTY,
    Reader,
    notes_of,
    provisional_mark,
    reader_of,
    standing_lines,
)
from seedfund.reports.value import Column, Report, Row, Section, TotalRow

_GAP: Final = "  "


def render_text(report: Report, out: TextIO, *, language: str) -> None:
    """Write the report in aligned columns, each row on one line of whatever length it needs.

    Raises:
        InvalidInput: there is no catalogue of the language.
    """
    report = for_people(report)
    reader = reader_of(report, language=language)
    titles = [visible(reader.words(column.title)) for column in report.columns]
    widths = [columns_wide(title) for title in titles]
    for line in report.lines:
        for index, cell in enumerate(_cells(report.columns, line, reader)):
            widths[index] = max(widths[index], columns_wide(cell))
    writer = _Writer(report, reader, titles=titles, widths=widths)
    out.writelines(f"{line.rstrip()}\n" for line in writer.lines())


def _cells(columns: Sequence[Column], row: Row, reader: Reader) -> list[str]:
    return [visible(reader.cell(cell, column.kind)) for cell, column in zip(row, columns, strict=True)]


class _Writer:
    """The lines of one report at measured widths."""

    def __init__(self, report: Report, reader: Reader, *, titles: list[str], widths: list[int]):
        self._report, self._reader, self._titles, self._widths = report, reader, titles, widths
        self._right = [slot.is_right for column in report.columns for slot in slots_of([_alone(column)])]

    def lines(self) -> Iterator[str]:
        report, reader = self._report, self._reader
        mark = provisional_mark(report, reader)
        yield reader.said(report.title) + (f"  [{mark}]" if mark else "")
        yield visible(report.scope)
        yield " · ".join(f"{label}: {text}" for label, text in standing_lines(report, reader))
        for head in report.standing.heads:
            yield f"{reader.words('Control code')}: {visible(head.book)} {head.seq} {head.hash}"
        yield ""
        yield self._row(self._titles)
        yield _GAP.join("-" * width for width in self._widths)
        for section in report.sections:
            yield from self._section(section)
        yield from self._totals(report.totals)
        yield from (visible(reader.said(note)) for note in notes_of(report))

    def _section(self, section: Section) -> Iterator[str]:
        if section.title:
            yield f"{visible(self._reader.said(section.title))}:"
        if not section.rows:
            yield self._reader.words(EMPTY)
        for row in section.rows:
            yield self._row(_cells(self._report.columns, row, self._reader))
        yield from self._totals(section.totals)

    def _totals(self, totals: Sequence[TotalRow]) -> Iterator[str]:
        for total in totals:
            yield f"{visible(self._reader.said(total.label))}:"
            yield self._row(_cells(self._report.columns, total.cells, self._reader))

    def _row(self, cells: Sequence[str]) -> str:
        return _GAP.join(
            " " * (width - columns_wide(cell)) + cell if right else cell + " " * (width - columns_wide(cell))
            for cell, width, right in zip(cells, self._widths, self._right, strict=True)
        )


def _alone(column: Column) -> Column:
    return Column(column.key, column.title, column.kind)
