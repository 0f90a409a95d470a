"""A workbook becomes rows, or is refused with its reason; what a spreadsheet did is never taken for text."""

import time
import tracemalloc
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest

from seedfund.interchange.reader import COLUMNS_MAX, Sheet, read_file, read_parts
from seedfund.interchange.rules import (
    Calendar,
    CellKind,
    CellStyle,
    Column,
    DateOrder,
    Layout,
    Part,
    Unreadable,
    read_cell,
)
from seedfund.kernel.money import PLAIN, SPANISH, Money
from tests.interchange.books import SHEET, book, rewritten

PART = Part(
    name="people",
    key=("code",),
    group=("code",),
    columns=(
        Column(name="code", spanish="codigo", is_required=True),
        Column(name="number", spanish="numero", kind=CellKind.IDENTIFIER),
        Column(name="born", spanish="nacimiento", kind=CellKind.DATE),
        Column(name="amount", spanish="monto", kind=CellKind.AMOUNT),
        Column(name="share", spanish="parte", kind=CellKind.PERCENT),
        Column(name="agreed", spanish="acepta", kind=CellKind.YES_NO),
    ),
)
PETS = Part(name="pets", key=("code",), group=("code",), columns=PART.columns)
ES = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")
HEAD = ["code", "number", "born", "amount", "share", "agreed"]


def read(content: bytes, layout: Layout | None = None, style: CellStyle = ES) -> Sheet:
    return read_file(PART, content, layout=layout or Layout(), style=style)


def complaints(sheet: Sheet) -> list[tuple[int | None, str | None, str]]:
    own = [one for row in sheet.rows for one in row.complaints]
    return [(one.row, one.column, one.refusal.code) for one in (*sheet.complaints, *own)]


def whole(content: bytes) -> list[str]:
    return [one.refusal.code for one in read(content).complaints]


def values(sheet: Sheet, style: CellStyle = ES) -> list[dict[str, Any]]:
    return [
        {name: read_cell(PART.by_name[name], cell, style) for name, cell in row.cells.items()}
        for row in sheet.rows
    ]


@pytest.mark.parametrize("date_1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize(
    "style",
    [ES, CellStyle(numbers=PLAIN, currency="USD", calendar=Calendar.BUDDHIST)],
    ids=["Spanish", "plain, Buddhist"],
)
def test_what_a_workbook_knows_is_read_whatever_style_was_declared(style: CellStyle, date_1904: bool) -> None:
    def percent(made: Any) -> None:
        made.get_worksheet_by_name("Hoja 1").write(1, 4, 0.6667, made.add_format({"num_format": "0.00 %"}))

    row = ["a", "0102030405", date(1985, 11, 21), 1250.5, None, True]
    content = book({"Hoja 1": [HEAD, row]}, percent, date_1904=date_1904)

    sheet = read(content, style=style)

    assert complaints(sheet) == []
    assert values(sheet, style) == [
        {
            "code": "a",
            "number": "0102030405",
            "born": date(1985, 11, 21),
            "amount": Money(125050, "USD"),
            "share": 6_667,
            "agreed": True,
        }
    ]


def test_a_sum_of_binary_fractions_is_the_amount_it_shows() -> None:
    assert values(read(book({"a": [HEAD, ["a", None, None, 0.1 + 0.2]]})))[0]["amount"] == Money(30, "USD")


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        pytest.param(102030405, "number", "identifier_as_number", id="a number where digits matter"),
        pytest.param(4.07952e14, "number", "identifier_as_number", id="rounded"),
        pytest.param(date(2026, 3, 4), "number", "identifier_as_number", id="turned into a day"),
    ],
)
def test_an_identifier_that_is_no_text_is_refused_at_its_cell(cell: Any, column: str, code: str) -> None:
    sheet = read(book({"a": [HEAD, ["a", "1"], ["b", cell]]}))

    assert complaints(sheet) == [(3, column, code)]
    assert [row.cells["code"] for row in sheet.rows] == ["a", "b"]


def test_a_formula_is_refused_even_where_it_shows_a_value() -> None:
    def formulas(made: Any) -> None:
        page = made.get_worksheet_by_name("a")
        page.write_formula(1, 1, "=639267283918", value=639267283918)
        page.write_formula(1, 3, "=1+1", value=2)

    sheet = read(book({"a": [HEAD, ["a"]]}, formulas))

    assert complaints(sheet) == [(2, "number", "cell_is_formula"), (2, "amount", "cell_is_formula")]


def test_an_error_value_is_refused_at_its_cell() -> None:
    content = rewritten(
        book({"a": [HEAD, ["a", None, None, 7]]}),
        {SHEET: lambda part: part.replace(b'<c r="D2"><v>7</v></c>', b'<c r="D2" t="e"><v>#DIV/0!</v></c>')},
    )

    assert complaints(read(content)) == [(2, "amount", "cell_is_error")]


def test_merged_cells_are_refused_where_rows_would_lose_what_they_share() -> None:
    def merge(made: Any) -> None:
        made.get_worksheet_by_name("a").merge_range(1, 1, 2, 1, "0102")

    sheet = read(book({"a": [HEAD, ["a"], ["b"], ["c"]]}, merge))

    assert complaints(sheet) == [(2, "number", "cell_merged"), (3, "number", "cell_merged")]


def test_a_day_with_an_hour_and_a_bare_serial_are_no_days() -> None:
    sheet = read(book({"a": [HEAD, ["a", None, datetime(2026, 1, 2, 3, 4)], ["b", None, 46387]]}))  # noqa: DTZ001 (a cell has no zone)

    codes = []
    for row in sheet.rows:
        with pytest.raises(Unreadable) as caught:
            read_cell(PART.by_name["born"], row.cells["born"], ES)
        codes.append(caught.value.refusal.code)
    assert codes == ["date_unreadable", "date_unreadable"]


def test_the_size_a_sheet_says_it_has_is_not_believed() -> None:
    rows = [HEAD, *([f"p{line}"] for line in range(1_500))]
    lie = {SHEET: lambda part: part.replace(b'<dimension ref="A1:F1501"/>', b'<dimension ref="A1"/>')}
    content = rewritten(book({"a": rows}), lie)
    assert b'ref="A1"/>' in zipfile.ZipFile(BytesIO(content)).read(SHEET)

    assert len(read(content).rows) == 1_500


def test_missing_drawings_and_empty_rows_harm_nothing() -> None:
    def draw(made: Any) -> None:
        chart = made.add_chart({"type": "bar"})
        chart.add_series({"values": "=a!$D$2:$D$5"})
        made.get_worksheet_by_name("a").insert_chart("H2", chart)

    content = book({"a": [HEAD, ["a"], [], [None, ""], ["b"]]}, draw)
    named = [name for name in zipfile.ZipFile(BytesIO(content)).namelist() if "drawing" in name]

    assert named
    sheet = read(rewritten(content, dict.fromkeys(named)))

    assert complaints(sheet) == []
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, {"code": "a"}), (5, {"code": "b"})]


def test_a_hidden_sheet_is_not_read_and_told() -> None:
    def hide(made: Any) -> None:
        made.get_worksheet_by_name("bueno").activate()
        made.get_worksheet_by_name("bueno").set_first_sheet()
        made.get_worksheet_by_name("viejo").hide()

    content = book(
        {"viejo": [["x"], ["y"]], "bueno": [HEAD, ["a"]], "otro": [["z"]]},
        hide,
    )

    sheet = read(content)

    assert [row.cells for row in sheet.rows] == [{"code": "a"}]
    assert [one.refusal.code for one in sheet.flags] == ["sheet_not_read", "sheet_hidden"]
    assert complaints(read(content, Layout(sheet="viejo")))[0][2] == "header_unknown"
    assert complaints(read(content, Layout(sheet="nada"))) == [(None, None, "sheet_unknown")]


def test_one_workbook_brings_every_part_of_its_kind() -> None:
    content = book({"people": [HEAD, ["a"]], "Pets": [HEAD, ["b"], ["c"]]})

    sheets, given = read_parts((PART, PETS), {"people": content}, style=ES)

    assert given == {"people", "pets"}
    assert [(sheet.part.name, len(sheet.rows), sheet.flags) for sheet in sheets] == [
        ("people", 1, ()),
        ("pets", 2, ()),
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file_empty", id="zero bytes"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "file_encrypted", id="password"),
        pytest.param(OLE, "file_old_format", id="an XLS renamed"),
        pytest.param(b"  <HTML><table><tr><td>code</td></tr></table>", "file_is_html", id="HTML named .xls"),
        pytest.param(b"<?xml version='1.0'?><Workbook/>", "file_is_html", id="XML spreadsheet 2003"),
        pytest.param(book({"a": [HEAD]})[:-300], "file_package_broken", id="cut off"),
        pytest.param(b"PK\x03\x04" + b"x" * 100, "file_package_broken", id="only begins like one"),
        pytest.param(
            rewritten(book({"a": [HEAD]}), {"xl/workbook.xml": None}), "file_unknown_format", id="no workbook"
        ),
        pytest.param(
            rewritten(book({"a": [HEAD]}), {SHEET: lambda part: part[: len(part) // 2]}),
            "file_package_broken",
            id="a sheet that ends in the middle",
        ),
        pytest.param(rewritten(book({"a": [HEAD]}), {SHEET: None}), "sheet_unknown", id="no sheet"),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert whole(content) == [code]
    assert read(content).rows == ()


def _bomb(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="9"><c t="inlineStr"><is><t>' + b"x" * 90_000_000)


def _entities(part: bytes) -> bytes:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return part.replace(b"?>", b"?>" + b" " * 5_000 + laughs, 1)


def _far(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _merged(part: bytes) -> bytes:
    cells = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return part.replace(b"</sheetData>", b"</sheetData>" + cells)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(_bomb, "file_package_unsafe", id="90 MB in a few kilobytes"),
        pytest.param(_entities, "file_package_unsafe", id="a document type"),
        pytest.param(
            lambda part: part.decode().encode("utf-16"), "file_package_unsafe", id="another encoding"
        ),
        pytest.param(_far, "file_too_wide", id="the last cell there is"),
        pytest.param(_merged, "file_package_unsafe", id="everything merged"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_before(change: Any, code: str) -> None:
    content = rewritten(book({"a": [HEAD, ["a"]]}), {SHEET: change})
    begun = time.monotonic()
    assert whole(content) == [code]
    assert time.monotonic() - begun < 10

    tracemalloc.start()
    whole(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40_000_000


def test_a_row_wider_than_any_table_is_refused() -> None:
    assert whole(book({"a": [[*HEAD, *("x" for _ in range(COLUMNS_MAX))]]})) == ["file_too_wide"]
