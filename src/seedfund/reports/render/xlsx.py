"""A report as a spreadsheet (extra `xlsx`), the same bytes each time. Must not know reports by name.

One sheet holds the same lines and columns as the CSV file, headed by titles; a second tells what the report
holds for. Text is written as text and never as a formula, link or number; a text that could be taken for a
formula also carries the spreadsheet's own quote mark (an attribute of the cell: the text itself is
unchanged). Amounts are numbers while a spreadsheet can hold them exactly (15 figures), else text.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, MissingExtra
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.render.flat import FlatCell, FlatColumn, FlatKind, FlatReport, flat
from seedfund.reports.render.guard import is_risky
from seedfund.reports.render.words import (
    Translate,
    notes_of,
    percent_text,
    reader_of,
    standing_lines,
    words_of,
)
from seedfund.reports.value import NotKnown, Report

_ROWS_MAX: Final = 1_048_576
_TEXT_MAX: Final = 32_767
_EXACT_MAX: Final = 10**15
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it spreadsheets count a day that never was."""
_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format keeps no zone; a fixed value keeps bytes alike)


def render_xlsx(report: Report, out: BinaryIO, *, language: str) -> None:
    """Write the report as a spreadsheet in a language.

    Raises:
        MissingExtra: the package that writes spreadsheets is not installed. InvalidInput: more rows, or a
        longer text, than a sheet can hold; there is no catalogue of the language.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    if sum(1 for _ in report.lines) >= _ROWS_MAX:
        raise InvalidInput(
            field="rows", problem="a sheet cannot hold so many", remedy="write CSV, or ask for a shorter time"
        )
    words = words_of(language)
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties({"created": _FIXED, "title": words(report.title.text)})
        _Sheet(book, report, words).write()
        _write_standing(book, report, language=language)


class _Sheet:
    """The table on its sheet."""

    def __init__(self, book: Any, report: Report, words: Translate):
        self._book, self._report, self._words = book, report, words
        self._sheet = book.add_worksheet(report.name[:31])
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def write(self) -> None:
        table = flat(self._report, words=self._words)
        head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for index, column in enumerate(table.columns):
            self._sheet.write_string(0, index, self._words(column.title), head)
        last = self._lines(table)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, last, len(table.columns) - 1)
        for index, column in enumerate(table.columns):
            self._sheet.set_column(index, index, _width(column))
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def _lines(self, table: FlatReport) -> int:
        number = 0
        for number, line in enumerate(table.lines, start=1):
            is_total = line[0] != "row"
            for index, (cell, column) in enumerate(zip(line, table.columns, strict=True)):
                if cell is not None and cell != "":
                    self._cell(number, index, cell, column=column, is_total=is_total)
        return number

    def _cell(self, row: int, index: int, cell: FlatCell, *, column: FlatColumn, is_total: bool) -> None:
        value = f"#{self._words(cell.reason)}" if isinstance(cell, NotKnown) else _value(cell, column)
        if isinstance(value, Decimal):
            decimals = exponent(cell.currency) if isinstance(cell, Money) else 0
            pattern = "0.00%" if column.kind is FlatKind.PERCENT else _pattern(decimals)
            self._sheet.write_number(row, index, value, self._format(pattern, bold=is_total))
        elif isinstance(value, date):
            self._sheet.write_datetime(row, index, value, self._format("yyyy-mm-dd", bold=is_total))
        else:
            _check_text(value, row=row, column=column)
            kept = self._format("@", bold=is_total, quoted=is_risky(value))
            self._sheet.write_string(row, index, value, kept)

    def _format(self, pattern: str, *, bold: bool, quoted: bool = False) -> Any:
        key = (pattern, bold, quoted)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(
                {"num_format": pattern, "bold": bold, "quote_prefix": quoted, "valign": "top"}
            )
        return self._formats[key]


def _value(cell: str | Money | int | None, column: FlatColumn) -> str | Decimal | date:
    """What the sheet holds: a number while it is exact there, else text."""
    if isinstance(cell, Money):
        if abs(cell.minor) < _EXACT_MAX:
            return Decimal(cell.minor).scaleb(-exponent(cell.currency))
        return format_minor(cell.minor, cell.currency, PLAIN)
    if isinstance(cell, int):
        if abs(cell) >= _EXACT_MAX:
            return percent_text(cell, style=PLAIN) if column.kind is FlatKind.PERCENT else str(cell)
        return Decimal(cell) / 10_000 if column.kind is FlatKind.PERCENT else Decimal(cell)
    if column.kind is FlatKind.DATE and cell:
        day = date.fromisoformat(cell)
        return day if day >= _FIRST_DAY else cell
    return cell or ""


def _check_text(text: str, *, row: int, column: FlatColumn) -> None:
    problem = ""
    if len(text) > _TEXT_MAX:
        problem = f"it is longer than the {_TEXT_MAX} characters a cell can hold"
    elif not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        problem = "it holds half a character"
    if problem:
        raise InvalidInput(field=column.key, problem=problem, remedy="shorten or retype it", row=row)


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _width(column: FlatColumn) -> int:
    return {
        FlatKind.TEXT: 18,
        FlatKind.AMOUNT: 14,
        FlatKind.INTEGER: 9,
        FlatKind.PERCENT: 9,
        FlatKind.DATE: 11,
    }[column.kind]


def _write_standing(book: Any, report: Report, *, language: str) -> None:
    reader = reader_of(report, language=language)
    sheet = book.add_worksheet("standing")
    plain = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top", "text_wrap": True})
    lines = [
        (reader.words("Report"), reader.said(report.title)),
        (reader.words("Scope"), report.scope),
        *standing_lines(report, reader),
        (reader.words("Provisional"), reader.words("yes" if report.standing.provisional else "no")),
        *(
            (reader.words("Control code"), f"{head.book} {head.seq} {head.hash}")
            for head in report.standing.heads
        ),
        *((reader.words("Note"), reader.said(note)) for note in notes_of(report)),
    ]
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, plain)
        sheet.write_string(row, 1, text, plain)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
