"""Workbooks as spreadsheets, telephones and malice write them, for the tests of this area."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None, **options: Any) -> bytes:
    """A workbook of these sheets: texts stay texts, days days; `change` gets it before it is closed."""
    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "default_date_format": "dd/mm/yyyy",
        **options,
    }
    with Workbook(out, settings) as made:
        for title, rows in sheets.items():
            page = made.add_worksheet(title)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(line, place, cell)
                    elif cell is not None:
                        page.write(line, place, cell)
        if change is not None:
            change(made)
    return out.getvalue()


def rewritten(content: bytes, changes: Mapping[str, Callable[[bytes], bytes] | None]) -> bytes:
    """The package with parts changed, or left out where the change is None."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            part = before.read(info.filename)
            if info.filename not in changes:
                after.writestr(info.filename, part)
            elif (change := changes[info.filename]) is not None:
                after.writestr(info.filename, change(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
