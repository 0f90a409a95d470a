"""One report, many forms: the same figures in all, nothing lost, nothing run, the same bytes each time."""

import builtins
import io
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import openpyxl
import pytest

from seedfund.kernel.errors import InvalidInput, MissingExtra, Refused
from seedfund.kernel.messages import translate
from seedfund.kernel.money import ENGLISH, Money, format_minor
from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.guard import unguarded
from seedfund.reports.render.terminal import render_terminal
from seedfund.reports.render.text import render_text
from seedfund.reports.render.xlsx import render_xlsx
from seedfund.reports.totals import totals_of
from seedfund.reports.value import Carry, Column, Kind, NotKnown, Phrase, Rate, Report, Row, Section
from tests.reports.figures import assert_same_figures, moneys
from tests.reports.readers import (
    csv_bytes,
    csv_lines,
    json_bytes,
    json_value,
    pdf_bytes,
    pdf_pages,
    xlsx_bytes,
    xlsx_cells,
)
from tests.reports.samples import STANDING, samples
from tests.reports.test_guard import HOSTILE

REPORTS = samples()
BREAD = Money(125_050, "USD")
COLUMNS = (
    Column("number", "Number", Kind.CODE),
    Column("on", "Date", Kind.DATE),
    Column("at", "Known at", Kind.INSTANT),
    Column("what", "What happened", Kind.TEXT),
    Column("amount", "Amount", Kind.MONEY, carry=Carry.SUM),
    Column("count", "Days late", Kind.INTEGER),
    Column("rate", "Exchange rate", Kind.RATE),
    Column("percent", "Paid %", Kind.PERCENT),
)


def _report(*rows: Row) -> Report:
    return Report(
        "sample", Phrase("Cash book"), "Prueba", STANDING, COLUMNS, (Section(rows),), totals_of(COLUMNS, rows)
    )


def _row(what: str = "Pan", amount: Money | NotKnown | None = BREAD) -> Row:
    at = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    return ("0042", date(2026, 1, 31), at, what, amount, -3, Rate(181, 225), 8333)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_paper_and_files_carry_the_same_figures(name: str) -> None:
    assert_same_figures(REPORTS[name])


def test_every_cell_of_a_csv_file_comes_back() -> None:
    (line, total) = csv_lines(_report(_row()))

    assert [line["record"], total["record"]] == ["row", "total"]
    assert (line["number"], line["on"], line["at"]) == ("0042", "2026-01-31", "2026-01-02T03:04:05.000006Z")
    assert (line["amount"], line["currency"], line["count"]) == ("1250.50", "USD", "-3")
    assert (line["rate_numerator"], line["rate_denominator"], line["rate_percent"]) == ("181", "225", "80.44")
    assert line["percent"] == "83.33"
    assert (line["as_of"], line["provisional"]) == ("2026-06-30", "yes")


def test_amounts_keep_the_decimals_of_their_currency() -> None:
    report = _report(_row(amount=Money(1_250, "JOD")), _row(amount=Money(1_250, "JPY")))

    amounts = [(line["currency"], line["amount"]) for line in csv_lines(report) if line["record"] == "row"]

    assert amounts == [("JOD", "1.250"), ("JPY", "1250")]


def test_paper_names_the_currency_beside_each_amount_when_there_are_several() -> None:
    printed = " ".join(pdf_pages(_report(_row(amount=Money(1_250, "JOD")), _row())))

    assert "JOD 1,250" in printed
    assert "USD 1.250,50" in printed


def test_what_nobody_collected_is_neither_zero_nor_blank_in_any_form() -> None:
    report = _report(_row(amount=NotKnown()), _row("#not collected"))
    unknown, text, _ = csv_lines(report)

    assert unknown["amount"] == "#not collected"
    assert text["what"] == "'#not collected"
    assert json_value(report)["sections"][0]["rows"][0]["amount"] == {"not_known": "not collected"}
    assert "#no recogido" in xlsx_cells(report)[0]
    assert "recogido" in pdf_pages(report)[0]


@pytest.mark.parametrize("text", [*HOSTILE, 'dos "comillas"', "a,b;c", "a\r\nb", "𝒳 ñ Ł", "_x0041_", "\x07"])
def test_hostile_text_survives_every_file_unchanged_and_never_runs(text: str) -> None:
    report = _report(_row(text))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(report))).worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    cell = sheet[2][titles.index(translate("What happened", "es"))]

    assert unguarded(csv_lines(report)[0]["what"]) == text
    assert json_value(report)["sections"][0]["rows"][0]["what"] == text
    assert cell.data_type in ("s", "inlineStr")
    assert _line_ends(str(cell.value)) == _line_ends(text)


def _line_ends(text: str) -> str:
    """XML reads a carriage return as a line feed unless it is escaped; a reader may unescape either way."""
    return (
        re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text.replace("_x005F_", "_"))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )


def test_a_risky_text_in_a_spreadsheet_carries_its_quote_mark() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(_report(_row("=1+1"), _row("Pan"))))).worksheets[0]
    marks = {
        cell.value: cell.quotePrefix
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in ("=1+1", "Pan")
    }

    assert marks == {"=1+1": True, "Pan": False}


def test_numbers_stay_numbers_also_below_zero() -> None:
    report = _report(_row(amount=Money(-125_050, "USD")))
    values = xlsx_cells(report)[0]

    assert b",-1250.50," in csv_bytes(report)
    assert -1250.5 in values
    assert -3 in values


def test_an_amount_a_spreadsheet_would_round_is_written_as_text() -> None:
    assert "99999999999999999.99" not in map(str, xlsx_cells(_report(_row()))[0])
    assert "100000000000000.01" in xlsx_cells(_report(_row(amount=Money(10_000_000_000_000_001, "USD"))))[0]


@pytest.mark.parametrize("form", [pdf_bytes, csv_bytes, xlsx_bytes, json_bytes])
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_the_same_report_has_the_same_bytes(form: Any, name: str) -> None:
    assert form(REPORTS[name]) == form(samples()[name])


def test_a_page_says_what_an_auditor_asks_first() -> None:
    first = pdf_pages(REPORTS["cash_book"])[0]

    for said in (
        "Fundación Puerto Claro",
        "Libro de caja y bancos",
        "Frontera Norte 2026",
        "2026-06-30",
        "2026-07-02 15:04 UTC",
        "base de caja con compromisos",
        "PROVISIONAL",
        "Inés Prueba",
        "3f9ab2c4" * 8,
        "Página 1 de 1",
    ):
        assert said in first


def test_long_books_carry_their_sums_from_page_to_page() -> None:
    pages = pdf_pages(_report(*(_row(amount=Money(100, "USD")) for _ in range(150))))
    carried = [re.findall(r"(?:Suman y pasan|Vienen)\s+([\d.,]+)", page) for page in pages]

    assert len(pages) > 2
    assert all(f"Página {number} de {len(pages)}" in page for number, page in enumerate(pages, start=1))
    for this, following in pairwise(carried):
        assert this[-1] == following[0]
    assert "150,00" in pages[-1]


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    words = [f"palabra{number}" for number in range(2_000)]

    printed = " ".join(pdf_pages(_report(_row(" ".join(words)))))

    assert set(words) <= set(printed.split())


def test_a_character_without_a_font_is_refused_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(Refused) as caught:
        out.write(pdf_bytes(_report(_row(), _row("अमित María"))))

    refusal = caught.value.refusals[0]
    assert refusal.code == "character_without_font"
    assert refusal.facts["field"] == "row 2, what"
    assert "U+0905" in refusal.facts["character"]
    assert "María" not in str(caught.value)
    assert out.getvalue() == b""


def test_a_control_sign_is_refused_on_paper() -> None:
    with pytest.raises(Refused):
        pdf_bytes(_report(_row("a\x1b[31m")))


def test_markup_is_printed_as_it_was_typed() -> None:
    text = '<img src="/etc/logo.png"/> <b>{{ 7*7 }} <onDraw>'

    assert text in pdf_pages(_report(_row(text)))[0].replace("\r\n", " ")


@pytest.mark.parametrize("render", [render_text, render_terminal])
def test_a_screen_shows_control_signs_and_does_not_obey_them(render: Any) -> None:
    out = io.StringIO()
    options = {"width": 200} if render is render_terminal else {}

    render(_report(_row("\x1b[31mrojo [bold]x[/bold]")), out, language="es", **options)

    assert "\x1b" not in out.getvalue()
    assert "<U+001B>[31mrojo" in out.getvalue()
    assert "[bold]" in out.getvalue()


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_plain_text_shows_every_amount(name: str) -> None:
    out = io.StringIO()
    render_text(REPORTS[name], out, language="en")

    for amount in moneys(REPORTS[name]):
        assert format_minor(amount.minor, amount.currency, ENGLISH) in out.getvalue()


def test_half_a_character_is_refused_with_its_row() -> None:
    with pytest.raises(InvalidInput) as caught:
        render_csv(_report(_row(), _row("\ud800")), io.BytesIO())

    assert caught.value.row == 2


def test_an_absent_package_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] in ("xlsxwriter", "rich"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(MissingExtra, match=r"seedfund\[xlsx\]"):
        render_xlsx(_report(_row()), io.BytesIO(), language="es")
    with pytest.raises(MissingExtra, match=r"seedfund\[cli\]"):
        render_terminal(_report(_row()), io.StringIO(), language="es")


def _peak(rows: int) -> tuple[int, int]:
    """Bytes held at most while a PDF of so many rows is made, and the bytes of the file."""
    report = _report(*(_row(f"Pago {number}", Money(number, "USD")) for number in range(rows)))
    pdf_bytes(_report(_row()))
    tracemalloc.start()
    try:
        size = len(pdf_bytes(report))
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


def test_a_long_pdf_holds_little_more_than_the_file_it_becomes() -> None:
    small, small_size = _peak(1_000)
    large, large_size = _peak(10_000)

    assert large - small < 8 * (large_size - small_size)


def test_every_word_of_the_reports_has_its_spanish() -> None:
    lacking = {said for said in _message_ids() if said not in _SAME and translate(said, "es") == said}

    assert lacking == set()


_SAME = frozenset({"Total", "Provisional"})


def _message_ids() -> Iterator[str]:
    for report in REPORTS.values():
        yield report.title.text
        yield from (column.title for column in report.columns)
        yield from (note.text for note in report.notes)
        for section in report.sections:
            yield from [section.title.text] if section.title else []
            yield from (total.label.text for total in section.totals)
        yield from (total.label.text for total in report.totals)


def test_a_report_can_be_closed() -> None:
    report = replace(REPORTS["cash_book"], standing=replace(STANDING, provisional=False))

    assert "PROVISIONAL" not in pdf_pages(report)[0]
    assert csv_lines(report)[0]["provisional"] == "no"


@pytest.mark.parametrize("width", [60, 100, 300])
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_terminal_of_any_width_shows_every_amount_whole(name: str, width: int) -> None:
    out = io.StringIO()
    render_terminal(REPORTS[name], out, language="en", width=width)

    for amount in moneys(REPORTS[name]):
        assert format_minor(amount.minor, amount.currency, ENGLISH) in out.getvalue()
    assert all(len(line) <= width for line in out.getvalue().splitlines())
