"""Rows by the hundred thousand: packed as they came, read by the column as one by one, carried out in windows."""

import gc
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.interchange.kinds.base import Entry
from seedfund.interchange.reader import Complaint, SourceRow, packed, read_file
from seedfund.interchange.rules import CellStyle, Column, Part
from seedfund.interchange.rules.columns import CellKind
from seedfund.interchange.rules.refusals import CELL_IS_FORMULA, ROW_RAGGED
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.service import (
    RecordImport,
    RecordImportRows,
    RowCounts,
    import_files,
    record_import,
    record_import_rows,
)
from seedfund.interchange.service.batches import ROWS_AT_ONCE, RowTaken
from seedfund.interchange.service.belonging import WINDOW, Belonging
from seedfund.interchange.service.staging import values_of, values_of_block
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.money import STYLES
from tests.interchange.files import MEMBERS, codes, csv, request
from tests.support.programme import House

STYLE = CellStyle(numbers=STYLES["es"], currency="USD")
PART = Part(
    name="things",
    key=("code",),
    group=("code",),
    columns=(
        Column(name="code", spanish="codigo", kind=CellKind.IDENTIFIER, is_required=True),
        *(
            Column(name=kind.value, spanish=f"c_{kind.value}", kind=kind, length=30)
            for kind in CellKind
            if kind is not CellKind.WORD
        ),
    ),
)
CELLS = (
    st.text(min_size=1, max_size=6)
    | st.text("0123456789eE.,+-/'=#@ áñ\x1e\x1fem", min_size=1, max_size=20)
    | st.sampled_from(
        ["2026-12-31", "EC", "USD", "yes", "+593 99 123 4567", "0102030405", "AX1", "H-1", "5e13"]
    )
)
ROWS = st.lists(st.dictionaries(st.sampled_from(list(PART.by_name)), CELLS, max_size=6), max_size=8)


def source(rows: list[dict[str, str]]) -> list[SourceRow]:
    """Rows as a reader makes them, every third with something wrong of its own."""
    ordered = [{name: row[name] for name in PART.by_name if name in row} for row in rows]
    told = {
        1: (Complaint(PART.name, 3, "code", CELL_IS_FORMULA()),),
        4: (Complaint(PART.name, 6, None, ROW_RAGGED(found=1, expected=2)),),
    }
    return [SourceRow(place + 2, cells, told.get(place, ())) for place, cells in enumerate(ordered)]


@given(rows=ROWS, places=st.lists(st.integers(0, 7), max_size=6))
def test_packed_rows_come_back_as_they_were_given(rows: list[dict[str, str]], places: list[int]) -> None:
    given_rows = source(rows)
    wanted = [place for place in places if place < len(rows)]

    kept = packed(PART, given_rows)

    assert list(kept) == given_rows
    assert [row for block in kept.blocks() for row in block.rows()] == given_rows
    assert list(kept.at(wanted).rows()) == [given_rows[place] for place in wanted]
    assert list(kept[1:]) == given_rows[1:]
    assert all(kept[place] == given_rows[place] for place in wanted)


def test_rows_of_many_blocks_are_found_by_their_place() -> None:
    lines = [f"k{number};{'ñ' * (number % 3)}" for number in range(1_703)]

    rows = read_file(PART, csv("codigo;c_text", *lines)).rows

    assert len(rows) == 1_703
    assert [rows[place].cells["code"] for place in (0, 499, 500, 1_499, 1_702, -1)] == [
        *("k0", "k499", "k500", "k1499", "k1702", "k1702")
    ]
    assert [row.number for row in rows] == list(range(2, 1_705))


@settings(max_examples=300)
@given(rows=ROWS)
def test_rows_are_read_by_the_column_as_one_by_one(rows: list[dict[str, str]]) -> None:
    given_rows = source(rows)
    for style in (STYLE, CellStyle(numbers=STYLES["es"], currency="")):
        expected = [values_of(PART, row, RowReader(PART, style)) for row in given_rows]

        found = values_of_block(PART, packed(PART, given_rows).at(range(len(rows))), RowReader(PART, style))

        assert [(filled(values), told) for values, told in found] == expected


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without the columns that have no value."""
    return {name: value for name, value in values.items() if value is not None}


@given(
    roots=st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=6),
    others=st.lists(st.sampled_from(["", "a", "b", "d"]), max_size=6),
)
def test_every_row_stands_in_one_window_or_among_the_strays(roots: list[str], others: list[str]) -> None:
    further = Part(name="more", key=("text",), group=("code",), columns=PART.columns)
    sheets = [
        (
            part,
            packed(
                part, [SourceRow(place + 2, {"code": key} if key else {}) for place, key in enumerate(keys)]
            ),
        )
        for part, keys in ((PART, roots), (further, others))
    ]

    found = Belonging(sheets, PART, "USD")

    windows = [places for _, places in found.windows()]
    placed = [(sheet, place) for window in windows for sheet, own in enumerate(window) for place in own]
    strays = [(sheet, place) for sheet, own in found.strays() for place in own]
    every = [(0, place) for place in range(len(roots))] + [(1, place) for place in range(len(others))]
    assert sorted(placed + strays) == every
    assert len(found) == len({*roots} - {""})
    assert {(sheet, place) for sheet, place in strays} == {
        (sheet, place)
        for sheet, keys in enumerate((roots, others))
        for place, key in enumerate(keys)
        if not key or key not in roots
    }


def test_no_more_rows_are_in_memory_than_a_window_has_whatever_the_length_of_the_file(house: House) -> None:
    content = csv("codigo;nombre", *(f"D-{number};=2+2" for number in range(3 * WINDOW)))
    most = 0

    def looked(done: int, whole: int) -> None:
        nonlocal most
        if done % WINDOW == 7:
            most = max(most, sum(isinstance(one, Entry) for one in gc.get_objects()))

    with house.work("finance") as work:
        result = import_files(work, request("donors", {"donors": content}), progress=looked)

    assert (result.read, result.refused) == (3 * WINDOW, 3 * WINDOW)
    assert WINDOW <= most <= 2 * WINDOW


def test_a_long_file_is_recorded_in_parts_with_every_row(house: House) -> None:
    rows = ROWS_AT_ONCE + 3
    content = csv("codigo;nombre", *(f"D-{number};=2+2" for number in range(rows)))

    with house.work("finance") as work:
        result = import_files(work, request("donors", {"donors": content}))

    assert (result.read, len(result.refusals)) == (rows, rows)
    with house.engine.connect() as connection:
        told = connection.execute(
            sa.text(
                "SELECT count(*), min(row_number), max(row_number), count(DISTINCT key_digest) FROM sf_import_row"
            )
        ).one()
        commands = connection.execute(
            sa.text(
                "SELECT operation FROM sf_command WHERE operation LIKE 'interchange.%' ORDER BY audit_seq"
            )
        ).scalars()
        assert tuple(told) == (rows, 2, rows + 1, rows)
        assert list(commands) == ["interchange.record_import", "interchange.record_import_rows"]


def test_no_more_rows_are_recorded_than_an_import_counted(house: House) -> None:
    first, second, third = (
        RowTaken(part="donors", row=row, key_digest=f"d{row}", fingerprint="f", outcome="refused")
        for row in (2, 3, 4)
    )
    with house.work("finance") as work:
        number = record_import(
            work,
            RecordImport(
                key="k",
                kind="donors",
                files_digest="x",
                number_style=",.",
                date_order="dmy",
                currency="USD",
                files=(),
                rows=(first,),
                counts=RowCounts(refused=2),
            ),
        ).number

        with pytest.raises(InvalidInput):
            record_import_rows(work, RecordImportRows(key="k:2", batch=number, rows=(second, third)))
        assert (
            record_import_rows(work, RecordImportRows(key="k:3", batch=number, rows=(second,))).recorded == 2
        )
        with pytest.raises(InvalidInput):
            record_import_rows(work, RecordImportRows(key="k:4", batch=number, rows=(third,)))
        with pytest.raises(NotFound):
            record_import_rows(work, RecordImportRows(key="k:5", batch="IM-0", rows=()))


def test_rows_out_of_order_reach_the_group_they_belong_to(house: House) -> None:
    homes = csv("hogar;pais;localidad", *(f"H-{number};EC;080150" for number in range(5)))
    head = MEMBERS.split("\n")[0]
    people = csv(
        head,
        *(
            f"H-{number % 5};M-{number};{word(number)};N;Prueba;mujer;03/04/1990;refugiada;;pasaporte;CO;AX{number:04}"
            for number in range(19, -1, -1)
        ),
    )

    with house.work("field") as work:
        result = import_files(work, request("households", {"households": homes, "members": people}))

    assert (result.accepted, codes(result)) == (25, [])


def word(number: int) -> str:
    """The head of each household is its first."""
    return "jefatura" if number < 5 else "hija o hijo"
