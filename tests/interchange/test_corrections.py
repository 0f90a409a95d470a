"""A file is handed back with what is to be corrected, comes in again, and nothing in it is calculated."""

import io
import string
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from seedfund.interchange import corrections
from seedfund.interchange.corrections import corrections_of
from seedfund.interchange.reader import read_file
from seedfund.interchange.rules import CellKind, Column, Part
from tests.interchange.books import book
from tests.interchange.files import HOUSEHOLDS, MEMBERS, codes, households, request, taken
from tests.support.programme import House

PART = Part(
    name="people",
    key=("code",),
    group=("code",),
    columns=(
        Column(name="code", spanish="codigo", is_required=True),
        Column(name="number", spanish="numero", kind=CellKind.IDENTIFIER),
    ),
)


def test_a_file_comes_back_says_what_to_correct_and_is_taken_once_it_is(house: House) -> None:
    broken = MEMBERS.replace("mujer;21/11/1985", "señora;21/11/1985")
    first = households(house, members=broken)
    content = corrections_of(first.sheets, first.refusals, language="es")

    handed_back = load_workbook(io.BytesIO(content))
    sheet = handed_back["members"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert rows[0][-1] == "corrección"
    assert [bool(row[-1]) for row in rows[1:]] == [False, False, True]
    assert rows[3][-1].startswith("sexo: La celda")

    unchanged = taken(house, "households", {"households": content})
    assert codes(unchanged) == codes(first)
    sheet[f"{string.ascii_uppercase[rows[0].index('sexo')]}4"] = "mujer"
    out = io.BytesIO()
    handed_back.save(out)
    again = taken(house, "households", {"households": out.getvalue()})

    assert (again.read, again.accepted, again.unchanged, again.refused) == (5, 2, 3, 0), codes(again)


def test_a_number_where_digits_were_lost_does_not_come_back_as_text() -> None:
    first = read_file(PART, book({"people": [["codigo", "numero"], ["a", 102030405]]}))
    refusals = [one for row in first.rows for one in row.complaints]

    again = read_file(PART, corrections_of([first], refusals, language="es"))

    assert [one.refusal.code for row in again.rows for one in row.complaints] == ["identifier_as_number"]


@pytest.mark.parametrize("odd", ["1 02 03", "NaN", "1e", "—"])
def test_an_identifier_that_is_not_read_as_a_number_comes_back_empty_and_never_as_a_zero(odd: str) -> None:
    first = read_file(PART, book({"people": [["codigo", "numero"], ["a", 102030405]]}))
    refusals = [one for row in first.rows for one in row.complaints]
    odd_rows = tuple(replace(row, cells={**row.cells, "number": odd}) for row in first.rows)

    content = corrections_of([replace(first, rows=odd_rows)], refusals, language="es")

    found = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content))["people"].iter_rows()]
    assert found[1][:2] == ["a", None]
    assert found[1][2]


def test_what_begins_like_a_formula_stays_a_text_that_nobody_calculates() -> None:
    first = read_file(PART, b'codigo;numero\n=HYPERLINK("http://x");@SUM(A1)\n+1;\xef\xbc\x9dA1\n')

    content = corrections_of([first], [], language="en")

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert [row.cells for row in read_file(PART, content).rows] == [row.cells for row in first.rows]


def test_a_long_sheet_is_handed_back_alike_and_leaves_nothing_behind(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = households(house, members=MEMBERS.replace("mujer;21/11/1985", "señora;21/11/1985"))
    folder = tmp_path / "waiting"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    short = corrections_of(first.sheets, first.refusals, language="es")
    monkeypatch.setattr(corrections, "_ROWS_IN_MEMORY", 4)

    made = [corrections_of(first.sheets, first.refusals, language="es") for _ in range(2)]

    assert made[0] == made[1]
    assert shown(made[0]) == shown(short)
    assert list(folder.iterdir()) == []
    assert codes(taken(house, "households", {"households": made[0]})) == codes(first)


def shown(content: bytes) -> list[list[tuple[str, str]]]:
    """Every cell of a workbook with its colour."""
    return [
        [(str(cell.value), cell.fill.fgColor.rgb) for row in sheet.iter_rows() for cell in row]
        for sheet in load_workbook(io.BytesIO(content))
    ]


def test_the_same_refusals_give_the_same_bytes(house: House) -> None:
    with house.work("field"):
        first = households(house, HOUSEHOLDS, members=MEMBERS.replace("mujer", "x"))

    made = [corrections_of(first.sheets, first.refusals, language="es") for _ in range(2)]

    assert made[0] == made[1]
    assert request("households", {}).files == {}
