"""Reads rendered reports back, as an outsider would: with the tools of each format and none of our own."""

import csv
import io
import json
from typing import Any

import openpyxl
import pypdfium2

from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.json import render_json
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.render.xlsx import render_xlsx
from seedfund.reports.value import Report
from tests.reports.samples import IMPRINT


def pdf_bytes(report: Report, language: str = "es") -> bytes:
    """The report on paper."""
    out = io.BytesIO()
    render_pdf(report, out, language=language, imprint=IMPRINT)
    return out.getvalue()


def csv_bytes(report: Report, **options: Any) -> bytes:
    """The report as CSV."""
    out = io.BytesIO()
    render_csv(report, out, **options)
    return out.getvalue()


def xlsx_bytes(report: Report) -> bytes:
    """The report as a spreadsheet."""
    out = io.BytesIO()
    render_xlsx(report, out, language="es")
    return out.getvalue()


def json_bytes(report: Report) -> bytes:
    """The report as JSON."""
    out = io.BytesIO()
    render_json(report, out)
    return out.getvalue()


def pdf_pages(report: Report, language: str = "es") -> list[str]:
    """The text of each page, as a PDF reader finds it."""
    document = pypdfium2.PdfDocument(pdf_bytes(report, language))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def csv_lines(report: Report) -> list[dict[str, str]]:
    """The lines of the CSV file by key."""
    return list(csv.DictReader(io.StringIO(csv_bytes(report).decode("utf-8"), newline="")))


def xlsx_cells(report: Report) -> list[tuple[Any, ...]]:
    """The cells of the first sheet, the line of titles left out."""
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report))).worksheets[0]
    return [tuple(cell.value for cell in row) for row in list(sheet.iter_rows())[1:]]


def json_value(report: Report) -> Any:
    """The JSON file, read."""
    return json.loads(json_bytes(report))
