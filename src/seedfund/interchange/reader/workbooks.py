"""XLSX to records. What a cell shows is told as text in the declared style; what it is besides text is marked.

The package was looked through before (`packages`). The size a sheet says it has is never believed: rows are read until
there are none. Formulas are read as formulas, because what they showed last may be from another day.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from seedfund.interchange.reader.packages import Package, Unsafe, inspect_package
from seedfund.interchange.reader.sheet import COLUMNS_MAX, Mark, Raw, Table
from seedfund.interchange.rules.blanks import OWN_SHEETS
from seedfund.interchange.rules.cells import CellStyle, day_text
from seedfund.interchange.rules.refusals import (
    FILE_PACKAGE_BROKEN,
    FILE_PACKAGE_UNSAFE,
    FILE_TOO_WIDE,
    SHEET_HIDDEN,
    SHEET_NOT_READ,
    SHEET_UNKNOWN,
)
from seedfund.kernel.errors import MissingExtra

_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})", flags=re.ASCII)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED_ROWS_MAX: Final = 100_000
_DIGITS: Final = 15
"""A spreadsheet keeps so many digits of a number; what stands beyond them is an artefact of binary fractions."""
_Ranges = dict[int, list[tuple[int, int]]]


class Book:
    """An opened workbook: its sheets by name, and the records of each."""

    def __init__(self, content: bytes):
        """Open it.

        Raises:
            MissingExtra: the package that reads workbooks is not installed.
            Unsafe: it cannot or must not be read.
        """
        self._package: Final = inspect_package(content)
        self._book: Final = _opened(content)
        sheets = list(self._book.worksheets)
        self.visible: Final = tuple(str(sheet.title) for sheet in sheets if sheet.sheet_state == "visible")
        self.hidden: Final = tuple(str(sheet.title) for sheet in sheets if sheet.sheet_state != "visible")

    def table(self, title: str, style: CellStyle, *, read_too: Sequence[str] = ()) -> Table:
        """The records of a sheet; without a name, of the first that is shown.

        The other sheets that are shown and not among `read_too` are told, and those that are hidden.
        """
        name = title or next(iter(self.visible), "")
        if name not in (*self.visible, *self.hidden):
            return Table(refusals=((None, SHEET_UNKNOWN(count=len(self.visible))),))
        if read_too and name != read_too[0]:  # what was not read is told once a workbook, with its first part
            return Table(_records(self._book[name], _ranges(self._package, self._book[name]), style))
        others = len([one for one in self.visible if one not in (name, *read_too, *OWN_SHEETS)])
        hidden = len([one for one in self.hidden if one not in (name, *read_too)])
        flags = (
            *([SHEET_NOT_READ(count=others)] if others else []),
            *([SHEET_HIDDEN(count=hidden)] if hidden else []),
        )
        sheet = self._book[name]
        return Table(_records(sheet, _ranges(self._package, sheet), style), flags=flags)

    def close(self) -> None:
        """Let go of the content."""
        self._book.close()


def _opened(content: bytes) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001 - the library lets through whatever a damaged part does to it
        raise Unsafe(FILE_PACKAGE_BROKEN()) from None


def _records(sheet: Any, merged: _Ranges, style: CellStyle) -> Iterator[Raw]:
    """The rows with content, each as wide as the first of them at least.

    Raises:
        Unsafe: a row is too wide, or the sheet stops making sense.
    """
    sheet.reset_dimensions()
    width, number = 0, 0
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if not row and not merged:
                continue
            if len(row) > COLUMNS_MAX and any(cell.value is not None for cell in row[COLUMNS_MAX:]):
                raise Unsafe(FILE_TOO_WIDE(most=COLUMNS_MAX))
            raw = _record(number, row[:COLUMNS_MAX], style)
            for left, right in merged.get(number, ()) if merged else ():
                raw = Raw(number, raw.cells, {**raw.marks, **dict.fromkeys(range(left, right), Mark.MERGED)})
            if any(raw.cells) or (width and raw.marks):
                cells = list(raw.cells)
                yield Raw(number, cells + [""] * (width - len(cells)), raw.marks)
                width = width or len(cells)
    except Unsafe:
        raise
    except Exception:  # noqa: BLE001 - the library lets through whatever a damaged sheet does to it
        raise Unsafe(FILE_PACKAGE_BROKEN()) from None


def _record(number: int, row: Sequence[Any], style: CellStyle) -> Raw:
    cells: list[str] = []
    marks: dict[int, Mark] = {}
    for position, cell in enumerate(row):
        value = cell.value
        if value is None:
            cells.append("")
        elif cell.data_type in ("s", "inlineStr", "str"):
            text = str(value)
            cells.append((_ESCAPED.sub(_unescaped, text) if "_x" in text else text).strip())
        else:
            text, mark = _shown(cell, value, style)
            cells.append(text)
            if mark is not None:
                marks[position] = mark
    return Raw(number, cells, marks)


def _unescaped(match: re.Match[str]) -> str:
    """The sign behind `_x000A_`, as the format writes what XML cannot hold; half a sign stays as it is written."""
    sign = chr(int(match[1], 16))
    return match[0] if "\ud800" <= sign <= "\udfff" else sign


def _shown(cell: Any, value: Any, style: CellStyle) -> tuple[str, Mark | None]:
    if cell.data_type == "f":
        return str(getattr(value, "text", value)), Mark.FORMULA
    if cell.data_type == "e":
        return str(value), Mark.ERROR
    if isinstance(value, bool):
        return ("yes" if value else "no"), None
    if isinstance(value, (datetime, date)):
        return _day(value, style), Mark.DAY
    if isinstance(value, (time, timedelta)):
        return str(value), Mark.DAY
    if isinstance(value, (int, float)):
        is_percent = "%" in str(cell.number_format)
        return _number(value * 100 if is_percent else value, style), Mark.NUMBER
    return str(value).strip(), None


def _day(value: date, style: CellStyle) -> str:
    """A day in the order of the file; one with a time of the day keeps it, and is then no day."""
    if isinstance(value, datetime):
        if value.time() != time():
            return value.isoformat(sep=" ")
        value = value.date()
    return day_text(value, style)


def _number(value: float, style: CellStyle) -> str:
    """The digits a spreadsheet keeps, with the file's decimal mark."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 10**_DIGITS:
        return str(int(value))
    return format(value, f".{_DIGITS}g").replace(".", style.numbers.decimal)


def _ranges(package: Package, sheet: Any) -> _Ranges:
    """The merged columns of each row, half-open."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    found: _Ranges = {}
    for text in package.merged.get(path, ()):
        match = _RANGE.fullmatch(text)
        if match is None:
            continue
        left, right = _column(match[1]), min(_column(match[3]) + 1, COLUMNS_MAX)
        first, last = int(match[2]), int(match[4])
        if last - first + sum(map(len, found.values())) > _MERGED_ROWS_MAX:
            raise Unsafe(FILE_PACKAGE_UNSAFE())
        for row in range(first, last + 1):
            found.setdefault(row, []).append((left, right))
    return found


def _column(letters: str) -> int:
    """The position of a column, from zero."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
