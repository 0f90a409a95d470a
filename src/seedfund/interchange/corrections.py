"""A file handed back: its rows as they came, and beside those that were refused what is to be corrected.

Every cell is written as text, whatever it begins with, so that nothing is calculated and no digit is lost when the file
is opened. What was a number where digits can be lost stays a number: it would pass for the paper's own otherwise.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, Final

from seedfund.interchange.reader import Complaint, Sheet
from seedfund.interchange.rules.refusals import IDENTIFIER_AS_NUMBER
from seedfund.kernel.errors import MissingExtra
from seedfund.kernel.messages import remedy, sentence

CORRECTION: Final = {"en": "correction", "es": "corrección"}
_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format keeps no zone; a fixed value keeps bytes alike)
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CELL_MAX: Final = 32_767
_ROWS_IN_MEMORY: Final = 5_000
"""A cell that waits to be written takes some hundred bytes more than its text; longer sheets are written row by row."""


def corrections_of(sheets: Sequence[Sheet], refusals: Sequence[Complaint], *, language: str) -> bytes:
    """A workbook with a sheet a part: all its rows, and a last column that says what to correct; the cells are marked.

    Beyond 5,000 rows the rows that are done wait in a folder for their owner alone, which goes whatever happens.

    Raises:
        MissingExtra: the package that writes workbooks is not installed.
    """
    if sum(len(sheet.rows) for sheet in sheets) <= _ROWS_IN_MEMORY:
        return _written(sheets, refusals, language, {"in_memory": True})
    with TemporaryDirectory() as folder:
        return _written(sheets, refusals, language, {"constant_memory": True, "tmpdir": folder})


def _written(
    sheets: Sequence[Sheet], refusals: Sequence[Complaint], language: str, manner: Mapping[str, Any]
) -> bytes:
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    out = BytesIO()
    with Workbook(out, {**_OPTIONS, **manner}) as book:
        book.set_properties({"created": _FIXED})
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "wrong": book.add_format({"num_format": "@", "bg_color": "#F8D7DA"}),
            "head": book.add_format({"bold": True, "bottom": 1}),
            "told": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            _write(
                book.add_worksheet(sheet.part.name[:31]), sheet, _by_row(sheet, refusals), (formats, language)
            )
    return out.getvalue()


def _by_row(sheet: Sheet, refusals: Sequence[Complaint]) -> dict[int, list[Complaint]]:
    found: dict[int, list[Complaint]] = {}
    for one in refusals:
        if one.part == sheet.part.name:
            found.setdefault(one.row or 1, []).append(one)
    return found


def _write(
    page: Any,
    sheet: Sheet,
    told: Mapping[int, Sequence[Complaint]],
    manner: tuple[Mapping[str, Any], str],
) -> None:
    formats, language = manner
    headers = sheet.headers or tuple((name, name) for name in sheet.part.by_name)
    titles = {name: title for title, name in headers}
    for place, (title, _) in enumerate(headers):
        page.write_string(0, place, title, formats["head"])
    page.write_string(0, len(headers), CORRECTION.get(language, CORRECTION["en"]), formats["head"])
    page.freeze_panes(1, 0)
    page.set_column(0, len(headers) - 1, 16, formats["text"])
    page.set_column(len(headers), len(headers), 80)
    above = told.get(1, ())
    for line, row in enumerate(sheet.rows, start=1):
        complaints = [*(above if line == 1 else ()), *told.get(row.number, ())]
        wrong = {one.column: one.refusal.code for one in complaints if one.row == row.number}
        for place, (_, name) in enumerate(headers):
            cell = row.cells.get(name, "")
            if wrong.get(name) == IDENTIFIER_AS_NUMBER.code:
                _write_number(page, (line, place), cell, formats["wrong"])
            elif cell or name in wrong:
                page.write_string(
                    line, place, cell[:_CELL_MAX], formats["wrong" if name in wrong else "text"]
                )
        if complaints:
            said = _told(complaints, titles, language)
            page.write_string(line, len(headers), said[:_CELL_MAX], formats["told"])


def _write_number(page: Any, place: tuple[int, int], cell: str, style: Any) -> None:
    """An identifier that came as a number goes back as that number, to be refused again until somebody types it.

    What is no number is left empty: neither a zero nor a text that would be taken for the identifier.
    """
    try:
        number = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        page.write_number(*place, number, style)
    else:
        page.write_blank(*place, None, style)


def _told(complaints: Sequence[Complaint], titles: Mapping[str, str], language: str) -> str:
    lines = []
    for one in complaints:
        where = f"{titles.get(one.column, one.column)}: " if one.column is not None else ""
        lines.append(f"{where}{sentence(one.refusal, language)} {remedy(one.refusal, language)}")
    return "\n".join(lines)
