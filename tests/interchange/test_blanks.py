"""A blank file asks for what its kind reads, in both languages, and what is filled in as it says is read back."""

import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pyxform.xls2xform import convert

from seedfund.interchange.blanks import blank_form, blank_workbook, mapping_of_form
from seedfund.interchange.kinds import KINDS, find_kind
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.reader import read_parts
from seedfund.interchange.reader.forms import form_of
from seedfund.interchange.rules import CellKind, Column, Part, read_cell
from seedfund.interchange.rules.blanks import (
    HELP_SHEET,
    LANGUAGES,
    LISTS_SHEET,
    OWN_SHEETS,
    STYLES,
    example_of,
    header_of,
    sheet_name,
    words_of_column,
)
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.service import ImportRequest, import_files
from tests.interchange.books import Rows, book
from tests.interchange.files import STYLE, codes
from tests.support.programme import House

EACH = [
    pytest.param(kind, language, id=f"{kind.name}-{language}") for kind in KINDS for language in LANGUAGES
]
NAMES = [pytest.param(kind, id=kind.name) for kind in KINDS]


def typed(column: Column, example: str, language: str) -> Any:
    """What a spreadsheet holds after somebody typed the example into a cell of the blank."""
    value = read_cell(column, example, STYLES[language])
    if column.kind is CellKind.AMOUNT:
        return float(Decimal(value.minor) / 100)
    if column.kind in (CellKind.QUANTITY, CellKind.PERCENT):
        return value / (1_000 if column.kind is CellKind.QUANTITY else 10_000)
    return value if isinstance(value, (int, date)) and not isinstance(value, bool) else example


def format_of(page: Any, place: int) -> str:
    """The format of a column of a sheet; neighbours of one format are written as one range."""
    dimensions = page.column_dimensions.values()
    return str(next(one for one in dimensions if one.min <= place <= (one.max or one.min)).number_format)


def filled(kind: Kind, language: str) -> bytes:
    """The blank with its examples in the second row of every sheet, cells keeping the format they had."""
    made = load_workbook(io.BytesIO(blank_workbook(kind, language=language)))
    for part in kind.parts:
        page = made[sheet_name(part, language)]
        for place, column in enumerate(part.columns, start=1):
            cell = page.cell(2, place)
            cell.value = typed(column, example_of(part, column, language), language)
            cell.number_format = format_of(page, place)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_filled_blank_is_read_back_cell_by_cell(kind: Kind, language: str) -> None:
    content = filled(kind, language)

    sheets, given = read_parts(kind.parts, {kind.parts[0].name: content}, style=STYLES[language])

    assert given == {part.name for part in kind.parts}
    for sheet in sheets:
        assert (sheet.complaints, sheet.flags, len(sheet.rows)) == ((), (), 1)
        (row,) = sheet.rows
        assert row.complaints == ()
        for column in sheet.part.columns:
            expected = read_cell(column, example_of(sheet.part, column, language), STYLES[language])
            assert read_cell(column, row.cells[column.name], STYLES[language]) == expected


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_blank_runs_nothing_hides_nothing_and_is_the_same_each_time(kind: Kind, language: str) -> None:
    content = blank_workbook(kind, language=language)

    assert content == blank_workbook(kind, language=language)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/" in name]
        whole = package.read("xl/workbook.xml").decode()
        assert not [name for name in package.namelist() if "vba" in name.casefold() or "external" in name]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    assert "hidden" not in whole.casefold()


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_the_cells_of_a_blank_take_what_its_columns_take(kind: Kind, language: str) -> None:
    made = load_workbook(io.BytesIO(blank_workbook(kind, language=language)))
    for part in kind.parts:
        page = made[sheet_name(part, language)]
        rules = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
        assert page.freeze_panes == "A2"
        for place, column in enumerate(part.columns, start=1):
            head = page.cell(1, place)
            rule = rules[f"{get_column_letter(place)}2"]
            assert head.value == header_of(column, language)
            assert rule.type == _type(column)
            if column.kind is CellKind.WORD:
                assert _listed(made, rule.formula1, language) == words_of_column(column, language)
            if rule.type == "textLength":
                assert format_of(page, place) == "@"


def _type(column: Column) -> str:
    return {
        CellKind.WORD: "list",
        CellKind.YES_NO: "list",
        CellKind.AMOUNT: "decimal",
        CellKind.SIGNED: "decimal",
        CellKind.QUANTITY: "decimal",
        CellKind.PERCENT: "decimal",
        CellKind.WHOLE: "whole",
        CellKind.DATE: "date",
    }.get(column.kind, "textLength")


def _listed(made: Any, formula: str, language: str) -> tuple[str, ...]:
    match = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$2:\$\2\$([0-9]+)", formula)
    assert match is not None
    assert match[1] == LISTS_SHEET[language]
    return tuple(made[match[1]][f"{match[2]}{line}"].value for line in range(2, int(match[3]) + 1))


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_the_sheet_of_help_tells_every_column_once(kind: Kind, language: str) -> None:
    made = load_workbook(io.BytesIO(blank_workbook(kind, language=language)))
    rows = list(made[HELP_SHEET[language]].values)

    told = [row[:2] for row in rows if row[1]][1:]

    assert told == [
        (sheet_name(part, language), header_of(column, language))
        for part in kind.parts
        for column in part.columns
    ]
    assert all(row[3] and row[4] and row[6] for row in rows if row[1])
    assert set(made.sheetnames) <= {sheet_name(part, language) for part in kind.parts} | OWN_SHEETS


@pytest.mark.parametrize("kind", NAMES)
def test_a_blank_form_is_accepted_by_pyxform_in_both_languages(kind: Kind) -> None:
    content, remarks = blank_form(kind), list[str]()

    form = convert(content, warnings=remarks, file_type=".xlsx").xform

    assert remarks == []
    assert content == blank_form(kind)
    assert all(f'lang="{language}"' in form for language in ("Español (es)", "English (en)"))
    for part in kind.parts:
        for name, asked in mapping_of_form(kind, survey="s")["parts"][part.name]["columns"].items():
            column = part.by_name[asked]
            if not name.startswith("@"):
                binds = re.findall(rf'<bind nodeset="[^"]*/{name}"[^>]*>', form)
                assert binds
                assert any("required=" in bind for bind in binds) >= (
                    column.is_required and name == column.name
                )
    assert form_of(content)["questions"]


def test_a_sheet_of_another_part_goes_by_its_name_in_either_language() -> None:
    part = Part(
        name="pets",
        spanish="mascotas",
        key=("code",),
        group=("code",),
        columns=(Column(name="code", spanish="codigo", is_required=True),),
    )
    other = Part(name="toys", spanish="juguetes", key=("code",), group=("code",), columns=part.columns)
    content = book({"mascotas": [["codigo"], ["a"]], "juguetes": [["codigo"], ["a"], ["b"]]})

    sheets, _ = read_parts((part, other), {"pets": content})

    assert [len(sheet.rows) for sheet in sheets] == [1, 2]


def test_what_a_form_brings_home_is_read_with_its_own_mapping(house: House) -> None:
    kind = find_kind("households")
    root = [
        ["country", "locality", "community", "phase", "_id", "_uuid", "_index"],
        ["EC", "080150", "Barrio Ejemplo", "A", "701", "u-1", "1"],
    ]
    members: Rows = [
        ["relationship", "given_names", "sex", "birth_year", "population_group", "_index", "_parent_index"],
        ["head", "Ana Lucía", "female", 1990, "refugee", "1", "1"],
        ["child", "Tomás", "male", 2015, "refugee", "2", "1"],
    ]
    documents = [
        ["document_kind", "document_number", "_index", "_parent_index", "_parent_table_name"],
        ["passport", "AX0001", "1", "2", "members"],
    ]
    content = book({"form": root, "members": members, "documents": documents})
    text = json.dumps(mapping_of_form(kind, survey="kobo.example/a1"))
    request = ImportRequest(
        kind="households",
        files={"households": content},
        style=STYLE,
        layouts=read_mapping(text, kind.parts),
    )
    with house.work("field") as work:
        result = import_files(work, request)
    with house.work("field") as work:
        again = import_files(work, request)

    assert codes(result) == []
    assert (result.read, result.accepted, again.unchanged) == (4, 4, 4)
