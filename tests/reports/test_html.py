"""HTML asks nobody for anything, runs nothing, says what paper and files say, and can be heard as well as seen."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import date

import pytest

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.reports.folio.value import Chart, Folio, Part, Shape
from seedfund.reports.folio.web import render_folio_html
from seedfund.reports.render.html import render_html
from seedfund.reports.render.html.page import POLICY
from seedfund.reports.render.table import for_people
from seedfund.reports.render.words import reader_of
from seedfund.reports.value import Column, Kind, NotKnown, Phrase, Rate, Report, Section
from tests.reports.html import Read, read
from tests.reports.readers import csv_lines, pdf_pages
from tests.reports.samples import IMPRINT, STANDING, samples

REPORTS = samples()
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><h1>suyo</h1>",
    "&lt;b&gt; &amp; &#65;",
    "javascript:alert(1)",
    "\u202egnirts\u202c",
    "a\x00b\x1b[2J",
    "]]> <!-- -->",
)


def html(report: Report, language: str = "es") -> bytes:
    out = io.BytesIO()
    render_html(report, out, language=language, imprint=IMPRINT)
    return out.getvalue()


def folio_html(folio: Folio, language: str = "es") -> bytes:
    out = io.BytesIO()
    render_folio_html(folio, out, language=language, imprint=IMPRINT)
    return out.getvalue()


def folio(shape: Shape = Shape.BARS, **changes: object) -> Folio:
    table = Report(
        name="money",
        title=Phrase("Money by fund"),
        scope="",
        standing=STANDING,
        columns=(
            Column("fund", "Fund", Kind.TEXT),
            Column("awarded", "Awarded", Kind.MONEY),
            Column("attended", "Attendance", Kind.RATE),
        ),
        sections=(
            Section(
                rows=(
                    ("ACNUR <b>", Money(250_000, "USD"), Rate(3, 4)),
                    ("MIES", Money(125_050, "USD"), NotKnown()),
                )
            ),
        ),
    )
    parts = (
        Part("money", Phrase("Money by fund"), table, Chart(shape, "fund", ("awarded",))),
        Part("rates", Phrase("Attendance by course"), table, Chart(shape, "fund", ("attended",))),
        Part("none", Phrase("Accounts opened"), None, problem="this part could not be read"),
    )
    found = Folio("programme", Phrase("Programme report"), "Frontera Norte", STANDING, parts)
    return replace(found, **changes)  # type: ignore[arg-type]  # each test changes what it is about


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_cell_says_what_paper_says(name: str, language: str) -> None:
    report = for_people(REPORTS[name])
    reader = reader_of(report, language=language)
    paper = re.sub(r"\s+", "", "".join(pdf_pages(REPORTS[name], language)))

    (table,) = read(html(REPORTS[name], language)).tables

    said = [[cell.text for cell in row] for row in table]
    expected = [
        [reader.cell(cell, column.kind) for cell, column in zip(row, report.columns, strict=True)]
        for row in report.rows
    ]
    assert [row for row in said if row in expected] == expected
    for row, line in zip(expected, report.rows, strict=True):
        for text, cell in zip(row, line, strict=True):
            assert not isinstance(cell, Money) or text.replace(" ", "") in paper


@pytest.mark.parametrize("name", REPORTS)
def test_every_amount_carries_the_plain_figure_of_the_csv(name: str) -> None:
    report = for_people(REPORTS[name])
    money = [column for column in report.columns if column.kind is Kind.MONEY]
    lines = csv_lines(REPORTS[name])
    told = [
        f"{line[column.key]} {line[column.currency]}"
        for line in lines
        for column in money
        if line[column.key] and not line[column.key].startswith("#")
    ]

    (table,) = read(html(REPORTS[name])).tables

    found = [cell.value for row in table for cell in row if re.fullmatch(r"-?[\d.]+ [A-Z]{3}", cell.value)]
    assert sorted(found) == sorted(told)
    assert found or not told


@pytest.mark.parametrize("name", REPORTS)
def test_the_file_asks_nobody_for_anything_and_runs_nothing(name: str) -> None:
    text = html(REPORTS[name]).decode()
    page = read(text.encode())

    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & {
        tag for tag, _ in page.tags
    }
    assert not re.search(r"https?:|//[a-z]|url\(|@import|\bon[a-z]+=", text, flags=re.IGNORECASE)
    policies = [one for one in page.all_of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert [one["content"] for one in policies] == [POLICY]


@pytest.mark.parametrize("name", REPORTS)
def test_headings_name_columns_rows_and_parts(name: str) -> None:
    page = read(html(REPORTS[name]))
    report = for_people(REPORTS[name])

    assert page.all_of("html") == [{"lang": "es"}]
    assert [level for level, _ in page.headings] == [1]
    assert len(page.all_of("caption")) == len(page.all_of("table")) == 1
    assert [cell.attributes["scope"] for cell in page.tables[0][0]] == ["col"] * len(report.columns)
    assert all(one["scope"] in ("col", "row", "rowgroup") for one in page.all_of("th"))
    for row in page.tables[0]:
        assert sum(int(cell.attributes.get("colspan", "1")) for cell in row) == len(report.columns)
    regions = [one for one in page.all_of("div") if one.get("role") == "region"]
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in regions)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_person_wrote_is_never_markup(hostile: str) -> None:
    plain = Report(
        name="week",
        title=Phrase("Due this week"),
        scope=hostile,
        standing=STANDING,
        columns=(Column("what", "What to do", Kind.TEXT), Column("hash", "Hash", Kind.HASH)),
        sections=(Section(rows=((hostile, hostile),), title=Phrase("{x}", (("x", hostile),))),),
        notes=(Phrase("{x}", (("x", hostile),)),),
    )
    harmless = replace(plain, scope="x", sections=(Section(rows=(("x", "x"),), title=Phrase("x")),), notes=())

    page, other = read(html(plain)), read(html(harmless))

    assert {tag for tag, _ in page.tags} == {tag for tag, _ in other.tags}
    assert {key for _, one in page.tags for key in one} == {key for _, one in other.tags for key in one}
    assert "\x00" not in page.words
    assert "\x1b" not in page.words
    assert "\u202e" not in page.words


def test_what_nobody_knows_is_said_in_words() -> None:
    report = Report(
        name="week",
        title=Phrase("Due this week"),
        scope="",
        standing=STANDING,
        columns=(Column("what", "What to do", Kind.TEXT), Column("amount", "Amount", Kind.MONEY)),
        sections=(Section(rows=(("a", NotKnown()), ("b", Money(0, "USD")))), Section(rows=())),
    )

    (table,) = read(html(report)).tables

    assert [[cell.text for cell in row] for row in table[1:]] == [
        ["a", "no recogido"],
        ["b", "0,00"],
        ["(ninguno)"],
    ]
    assert table[1][1].attributes["class"] == "n none"


def test_the_same_report_gives_the_same_bytes_and_an_unknown_language_is_refused() -> None:
    first = REPORTS["fund_ledger"]

    assert hashlib.sha256(html(first)).digest() == hashlib.sha256(html(first)).digest()
    with pytest.raises(InvalidInput, match="xx"):
        html(first, "xx")


# Several parts --------------------------------------------------------------------------------------------------------


def pictures(page: Read) -> list[str]:
    return [one["aria-label"] for one in page.all_of("svg")]


@pytest.mark.parametrize("shape", list(Shape))
def test_bars_are_a_picture_whose_figures_can_be_heard_and_stand_in_the_table(shape: Shape) -> None:
    page = read(folio_html(folio(shape)))

    money, rates = pictures(page)
    assert "ACNUR <b>: 2.500,00" in money
    assert "MIES: 1.250,50" in money
    assert "ACNUR <b>: 3/4 (75,0 %)" in rates
    assert "MIES: no recogido" in rates
    assert all(one["role"] == "img" for one in page.all_of("svg"))
    assert [row[1].text for row in page.tables[0][1:]] == ["2.500,00", "1.250,50"]
    assert "<b>" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("shape", list(Shape))
def test_bars_are_as_long_as_their_figures(shape: Shape) -> None:
    side = "width" if shape is Shape.BARS else "height"

    bars = [float(one[side]) for one in read(folio_html(folio(shape))).all_of("rect")]

    longest, half, three_quarters = bars
    assert half == pytest.approx(longest * 1250.5 / 2500, abs=0.11)
    assert shape is Shape.BARS or three_quarters == pytest.approx(longest * 0.75, abs=0.11)


def test_parts_have_headings_one_level_below_the_title_and_one_that_was_not_read_says_so() -> None:
    page = read(folio_html(folio()))

    assert [level for level, _ in page.headings] == [1, 2, 2, 2]
    ids = [one["id"] for _, one in page.tags if "id" in one]
    assert len(set(ids)) == len(ids)
    assert [one["aria-labelledby"] for one in page.all_of("section")] == ids
    assert "esta parte no se pudo leer" in page.words


def test_a_tight_folio_names_its_empty_parts_on_one_line() -> None:
    (first, *_) = folio().parts
    assert first.table is not None
    empty = replace(first, key="empty", table=replace(first.table, sections=(Section(rows=()),)))

    page = read(folio_html(folio(parts=(first, empty), is_tight=True)))

    assert len(page.tables) == 1
    assert page.words.count("Dinero por fondo") == 3
    assert "Dinero por fondo." in page.words


def test_many_months_stand_in_rows_and_a_long_name_is_broken() -> None:
    months = tuple((f"2026-{n:02d} " + "muy largo " * 8, Money(n * 100, "USD"), None) for n in range(1, 25))
    (first, *_) = folio().parts
    assert first.table is not None
    table = replace(first.table, sections=(Section(rows=months),))
    parts = tuple(
        replace(first, table=table, key=shape.value, chart=Chart(shape, "fund", ("awarded",)))
        for shape in Shape
    )

    page = read(folio_html(folio(parts=parts)))

    for picture in page.all_of("svg"):
        _, _, wide, high = map(float, picture["viewbox"].split())
        assert 0 < wide <= 1200
        assert high > 200
    assert len(page.all_of("rect")) == 48
    assert date(2026, 6, 30).isoformat() in page.words
