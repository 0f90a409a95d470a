"""Who hears a report is told its title and its table cell by cell; a long book is drawn alone."""

from datetime import date

import pytest

from seedfund.kernel.money import Money
from seedfund.paper.reading import PdfSource
from seedfund.paper.reading.hearing import faults
from seedfund.paper.reading.structure import Told, page_marks, parts_told
from seedfund.reports.render.pdf import heard
from seedfund.reports.render.words import reader_of
from seedfund.reports.totals import totals_of
from seedfund.reports.value import Carry, Column, Kind, Phrase, Report, Row, Section
from tests.reports.readers import pdf_bytes, pdf_pages
from tests.reports.samples import STANDING, samples

REPORTS = samples()
COLUMNS = (
    Column("number", "Number", Kind.CODE),
    Column("on", "Date", Kind.DATE),
    Column("what", "What happened", Kind.TEXT),
    Column("amount", "Amount", Kind.MONEY, carry=Carry.SUM),
)


def report(*rows: Row, title: Phrase | None = None) -> Report:
    section = Section(rows, title=title, totals=totals_of(COLUMNS, rows))
    return Report("sample", Phrase("Cash book"), "Prueba", STANDING, COLUMNS, (section,), ())


def row(number: int, what: str = "Pan de maíz") -> Row:
    return (f"{number:04d}", date(2026, 1, 31), what, Money(125_050, "USD"))


def tree(data: bytes) -> Told:
    source = PdfSource(data)
    found = parts_told(source, page_marks(source))
    assert found is not None
    return found


def rows_told(whole: Told) -> list[list[str]]:
    return [
        [cell.text for cell in part.kids if isinstance(cell, Told)]
        for part in whole.below()
        if part.kind == "TR"
    ]


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_report_is_heard_without_a_fault(name: str) -> None:
    assert faults(PdfSource(pdf_bytes(REPORTS[name]))) == ()


def test_a_row_is_told_cell_by_cell_under_the_headers_and_sums_are_named() -> None:
    long = "Harina de maíz molida en piedra, " * 6 + "fin"
    made = report(row(1, long), row(2, "น้ำดื่ม"), row(3, "اتفاقية SC-1"), title=Phrase("Cash book"))
    reader = reader_of(made, language="es")

    heads, title, *told, total = rows_told(tree(pdf_bytes(made)))

    assert heads == [reader.words(column.title) for column in COLUMNS]
    assert title == [reader.said(Phrase("Cash book"))]
    assert [one[2] for one in told] == [long, "น้ำดื่ม", "اتفاقية SC-1"]
    assert [one[3] for one in told] == [reader.cell(Money(125_050, "USD"), Kind.MONEY)] * 3
    assert total[0] == reader.said(made.sections[0].totals[0].label)
    assert total[3] == reader.cell(Money(375_150, "USD"), Kind.MONEY)


def test_headers_and_sums_of_further_pages_are_heard_once() -> None:
    made = report(*(row(number) for number in range(200)))
    data = pdf_bytes(made)

    whole = tree(data)

    assert len(pdf_pages(made)) > 2
    assert [part.text for part in whole.below() if part.kind == "TH"][: len(COLUMNS)] == [
        reader_of(made, language="es").words(column.title) for column in COLUMNS
    ]
    assert len(rows_told(whole)) == 1 + 200 + 1
    assert faults(PdfSource(data)) == ()


def test_a_row_higher_than_a_page_is_one_row() -> None:
    text = " ".join(f"palabra{number}" for number in range(3000))
    data = pdf_bytes(report(row(1, text)))

    told = rows_told(tree(data))[1]

    assert [word in told[2] for word in ("palabra0", "palabra2999")] == [True, True]
    assert told[0] == "0001"
    assert faults(PdfSource(data)) == ()


def test_the_title_is_a_heading() -> None:
    made = report(row(1))

    parts = list(tree(pdf_bytes(made)).below())

    assert [part.text for part in parts if part.kind == "H1"] == [
        reader_of(made, language="es").said(made.title)
    ]


def test_a_book_of_many_rows_is_drawn_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedfund.reports.render.pdf.HEARD_ROWS_MOST", 3)
    few, many = (pdf_bytes(report(*(row(number) for number in range(count)))) for count in (3, 4))

    assert faults(PdfSource(few)) == ()
    assert faults(PdfSource(many)) == ("it has no parts: nothing tells what is a heading, a list or a table",)
    assert heard.HEARD_ROWS_MOST == 2_000
