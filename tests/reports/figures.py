"""The same figures in every form: what paper, CSV, JSON and a spreadsheet say of one report."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from seedfund.kernel.money import PLAIN, SPANISH, Money, format_minor
from seedfund.reports.value import Kind, Report
from tests.reports.readers import csv_bytes, csv_lines, json_value, pdf_pages, xlsx_cells


def moneys(report: Report) -> list[Money]:
    """Every amount of rows and totals."""
    return [cell for line in report.lines for cell in line if isinstance(cell, Money)]


def assert_same_figures(report: Report) -> None:
    """Each amount stands in every form, as often as in the report."""
    expected = sorted(format_minor(amount.minor, amount.currency, PLAIN) for amount in moneys(report))
    amounts = [column.key for column in report.columns if column.kind is Kind.MONEY]

    in_csv = [line[key] for line in csv_lines(report) for key in amounts if line[key][:1] not in ("", "#")]
    in_json = [
        cell["amount"]
        for cell in _json_cells(json_value(report))
        if isinstance(cell, dict) and "amount" in cell
    ]
    in_xlsx = [f"{cell:.2f}" for line in xlsx_cells(report) for cell in _numbers(line, report)]
    printed = " ".join(pdf_pages(report))

    assert sorted(in_csv) == sorted(in_json) == sorted(in_xlsx) == expected
    for amount in moneys(report):
        figure = format_minor(amount.minor, amount.currency, SPANISH)
        shown = len(re.findall(rf"(?<![\d.,-]){re.escape(figure)}(?![\d,])", printed))
        assert shown >= sum(1 for other in moneys(report) if other == amount), figure


def _json_cells(value: Any) -> Iterator[Any]:
    for section in value["sections"]:
        for row in section["rows"]:
            yield from row.values()
        for total in section["totals"]:
            yield from total["cells"].values()
    for total in value["totals"]:
        yield from total["cells"].values()


def _numbers(line: tuple[Any, ...], report: Report) -> list[Decimal]:
    """The amounts of a line of the spreadsheet: the cells of the money columns, where the CSV file has them too."""
    keys = csv_bytes(report).split(b"\r\n", 1)[0].decode().replace('"', "").split(",")
    amounts = {column.key for column in report.columns if column.kind is Kind.MONEY}
    return [
        Decimal(str(cell))
        for key, cell in zip(keys, line, strict=True)
        if key in amounts and cell is not None and not str(cell).startswith("#")
    ]
