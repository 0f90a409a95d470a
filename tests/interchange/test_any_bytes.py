"""Whatever stands in a file, it is read or refused with a reason: never a crash, never a row that is not counted."""

import csv
import io
import json
import string
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.queries import imported_numbers
from seedfund.interchange.reader import Sheet, read_file, read_parts
from seedfund.interchange.rules import (
    CellKind,
    CellStyle,
    Column,
    DateOrder,
    Layout,
    Part,
    Unreadable,
    read_cell,
)
from seedfund.interchange.rules.mappings import proposed_columns, read_mapping
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.service import import_files
from seedfund.kernel.errors import InvalidInput, Refusal, StorageError
from seedfund.kernel.money import STYLES
from seedfund.people.queries import identity_of
from tests.interchange.books import SHEET, book, rewritten
from tests.interchange.files import HOUSEHOLDS, MEMBERS, households, request
from tests.support.programme import House

PART = Part(
    name="people",
    key=("code",),
    group=("code",),
    columns=(
        *(Column(name=kind.value, spanish=kind.value, kind=kind) for kind in CellKind),
        Column(name="code", spanish="codigo", is_required=True),
    ),
)
BIG_LIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "text" / "blns.json"
"""The public list of strings that break programs, where somebody laid it beside the checkout."""
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TABLE = st.lists(st.lists(TEXTS, max_size=6), max_size=8)
LAYOUTS = st.builds(
    Layout,
    delimiter=st.sampled_from([None, ";", ",", "\t", "|"]),
    encoding=st.sampled_from([None, "utf-8", "cp1252", "cp874", "utf-16"]),
    widths=st.sampled_from([(), (3,), (2, 5, 8)]),
    sheet=st.sampled_from(["", "a", "b"]),
    survey=st.sampled_from(["", "kobo/x"]),
)
NAUGHTY = [
    "",
    " ",
    "undefined",
    "NULL",
    "NaN",
    "1e400",
    "0x10",
    "'; DROP TABLE sf_household; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "C:\\CON",
    "%s%n{0}{{x}}${y}",
    "田中さん 👩🏽‍🦽 🇪🇨",
    "Z̲̅a͛l̵͝g̸o̶",
    "\u0645\u0631\u062d\u0628\u0627\u200f \u202eabc",
    "ﬀ İstanbul ẞ",
    "é é",
    "ေနာ္",
    "-1+1",
    "line\nbreak\ttab",
    "\"quoted;\" 'text'",
    "\ufeffmark",
    "a" * 200,
]


def sound(sheet: Sheet) -> None:
    """Every row is counted once and what is wrong has a reason."""
    assert len({row.number for row in sheet.rows}) == len(sheet.rows)
    assert all(isinstance(one.refusal, Refusal) for one in (*sheet.complaints, *sheet.flags))
    assert sheet.rows or sheet.complaints or sheet.headers


@given(content=st.binary(max_size=400), layout=LAYOUTS)
def test_any_bytes_are_read_or_refused(content: bytes, layout: Layout) -> None:
    sound(read_file(PART, content, layout=layout))


@given(table=TABLE, sign=st.sampled_from(";,\t"), layout=LAYOUTS)
def test_any_text_is_read_or_refused_row_by_row(table: list[list[str]], sign: str, layout: Layout) -> None:
    text = "\n".join(sign.join(row) for row in [["code", "text"], *table])

    sound(read_file(PART, text.encode(), layout=layout))


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(TEXTS, st.integers(-(2**60), 2**60), st.booleans(), st.none(), st.dates()), max_size=5
        ),
        max_size=6,
    ),
    layout=LAYOUTS,
)
def test_any_workbook_is_read_or_refused(rows: list[list[Any]], layout: Layout) -> None:
    sound(read_file(PART, book({"a": [["code", "text"], *rows]}), layout=layout))


@settings(max_examples=60)
@given(place=st.integers(0, 2_000), junk=st.binary(min_size=1, max_size=30))
def test_a_damaged_sheet_is_read_or_refused_and_never_read_in_part(place: int, junk: bytes) -> None:
    content = book({"a": [["code", "text"], *([f"p{line}", "x"] for line in range(20))]})
    damaged = rewritten(content, {SHEET: lambda part: part[:place] + junk + part[place + len(junk) :]})

    sheet = read_file(PART, damaged)

    sound(sheet)
    if sheet.complaints and sheet.complaints[0].refusal.code == "file_package_broken":
        assert sheet.rows == ()


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), TEXTS),
        max_size=8,
    )
)
def test_any_repeat_is_joined_or_left_without_a_parent(rows: list[tuple[int, int, str]]) -> None:
    kind = find_kind("households")
    columns = {"@key": "household", "x": "community"}
    told = {
        "survey": "s",
        "parts": {"households": {"columns": columns, "constants": {"country": "EC", "locality": "1"}}},
    }
    layouts = read_mapping(json.dumps(told), kind.parts)
    lines = ["_id;_index;x", *(f"{own};{index};{text.translate(PLAINER)}" for own, index, text in rows)]

    sheets, _ = read_parts(kind.parts[:1], {"households": "\n".join(lines).encode()}, layouts=layouts)

    sound(sheets[0])
    assert not sheets[0].complaints
    assert len(sheets[0].rows) == len(rows)


PLAINER = {ord(sign): " " for sign in ';"\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00,\t'}


@given(
    kind=st.sampled_from(CellKind),
    text=st.text(min_size=1, max_size=60) | st.text(string.digits + ".,/-+eE# ", min_size=1, max_size=20),
    numbers=st.sampled_from(sorted(STYLES)),
    dates=st.sampled_from(DateOrder),
)
def test_any_cell_is_read_or_refused(kind: CellKind, text: str, numbers: str, dates: DateOrder) -> None:
    style = CellStyle(numbers=STYLES[numbers], dates=dates, currency="USD")
    try:
        read_cell(PART.by_name[kind.value], text, style)
    except Unreadable as error:
        told = error.refusal
    else:
        return
    assert isinstance(told, Refusal)


@settings(max_examples=400)
@given(
    kind=st.sampled_from(CellKind),
    texts=st.lists(
        st.text(min_size=1, max_size=60)
        | st.text("0123456789eE.,+-/'=#@ áñ", min_size=1, max_size=20)
        | st.sampled_from(["2026-12-31", "EC", "USD", "yes", "4000000000000000", "0102030405", "AX1", "5e13"])
        | st.sampled_from([text for text in NAUGHTY if text]),
        min_size=1,
        max_size=4,
    ),
)
def test_a_row_is_read_fast_as_cell_by_cell(kind: CellKind, texts: list[str]) -> None:
    style = CellStyle(numbers=STYLES["es"], currency="USD")
    reader = RowReader(PART, style)
    for text in [*texts, *texts]:
        try:
            expected: Any = read_cell(PART.by_name[kind.value], text, style)
        except Unreadable as error:
            expected = error.refusal

        values, refused = reader.read({kind.value: text, "code": "a"})

        assert values.get(kind.value, next((told for _, told in refused), None)) == expected


@given(
    text=st.recursive(
        st.none() | st.booleans() | st.integers() | TEXTS,
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(TEXTS | st.sampled_from(["parts", "members", "columns", "form"]), inner)
        ),
        max_leaves=12,
    ).map(json.dumps)
)
def test_any_mapping_is_read_or_refused(text: str) -> None:
    try:
        layouts = read_mapping(text, (PART,))
    except InvalidInput as error:
        field = error.field
    else:
        field = "mapping"
        assert set(layouts) == {"people"}
    assert field == "mapping"


@given(titles=st.lists(TEXTS, max_size=12))
def test_any_names_of_columns_are_proposed_or_left_out(titles: list[str]) -> None:
    found, unknown = proposed_columns(PART, titles)

    assert not set(found) & set(unknown)
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("text", NAUGHTY)
@pytest.mark.parametrize("as_workbook", [False, True], ids=["csv", "xlsx"])
def test_a_naughty_text_comes_back_as_it_was_given(text: str, as_workbook: bool) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    content = (
        book({"a": [["code", "text"], ["a", text]]}) if as_workbook else f"code;text\na;{quoted}\n".encode()
    )

    (row,) = read_file(PART, content).rows

    assert row.cells.get("text", "") == text.strip()


def test_naughty_names_come_back_from_the_database_as_they_were_given_or_are_refused(house: House) -> None:
    header, _, _, line = MEMBERS.strip().split("\n")
    homes, people, given_names = [HOUSEHOLDS.split("\n")[0]], [header], {}
    for number, text in enumerate(NAUGHTY):
        name = text.replace('"', '""')
        homes.append(f"N-{number};EC;100150;Ibarra;A")
        cells = (
            line.replace("H-002", f"N-{number}")
            .replace("M-003", f"P-{number}")
            .replace("1799999990", f"{1700000000 + number}")
        )
        people.append(cells.replace(";Rosa;", f';"{name}";'))
        given_names[f"P-{number}"] = text.strip()

    result = households(house, "\n".join(homes) + "\n", members="\n".join(people) + "\n")

    assert result.read == result.accepted + result.refused + result.unchanged == 2 * len(NAUGHTY)
    refused = {one.row for one in result.refusals if one.part == "members"}
    with house.work("field") as work:
        numbers = imported_numbers(work, "households", "members", list(given_names))
        assert len(numbers) > len(NAUGHTY) // 2
        for row, (key, text) in enumerate(given_names.items(), start=2):
            if key not in numbers:
                assert row in refused or not text
                continue
            names = identity_of(work, numbers[key]).given_names
            assert (names.reveal() if names is not None else "") == text


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_fault_at_any_row_leaves_nothing_half_done(house: House, after: int) -> None:
    tables = (
        "sf_household",
        "sf_participant",
        "sf_import_batch",
        "sf_import_row",
        "sf_import_cells",
        "sf_audit",
    )

    def counts() -> list[int]:
        with house.engine.connect() as connection:
            return [
                connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables
            ]

    def broken(done: int, whole: int) -> None:
        if done == after:
            raise StorageError("the disk is full; nothing was kept. Make room and run it again.")

    homes = HOUSEHOLDS + "H-003;EC;100150;Ibarra;A\n"
    members = MEMBERS + MEMBERS.strip().split("\n")[-1].replace("H-002", "H-003").replace(
        "M-003", "M-004"
    ).replace("1799999990", "1799999991")
    files = {"households": homes, "members": members + "\n"}
    before = counts()

    with pytest.raises(StorageError), house.work("field") as work:
        import_files(work, request("households", files), progress=broken)

    assert counts() == before
    with house.work("field") as work:
        assert import_files(work, request("households", files)).accepted == 7


@pytest.mark.parametrize("as_workbook", [False, True], ids=["csv", "xlsx"])
def test_the_big_list_of_naughty_strings_comes_back_as_it_was_given(as_workbook: bool) -> None:
    if not BIG_LIST.exists():
        pytest.skip(f"the public list of naughty strings is not here ({BIG_LIST.name})")
    texts = [text for text in json.loads(BIG_LIST.read_text(encoding="utf-8")) if text.strip()]
    rows = [[f"k{place}", text] for place, text in enumerate(texts)]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([["code", "text"], *rows])
    content = book({"a": [["code", "text"], *rows]}) if as_workbook else out.getvalue().encode()

    sheet = read_file(PART, content)

    assert len(texts) > 400
    assert [row.cells["text"] for row in sheet.rows] == [text.strip() for text in texts]
