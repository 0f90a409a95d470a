"""A file becomes rows, each accounted for, whatever program wrote it."""

import pytest

from seedfund.interchange.reader import BYTES_MAX, ROWS_MAX, Sheet, read_csv
from seedfund.interchange.rules import Column, Part

PART = Part(
    name="people",
    key=("code",),
    group=("code",),
    columns=(
        Column(name="code", spanish="codigo", is_required=True),
        Column(name="full_name", spanish="nombre_completo"),
    ),
)


def read(text: str | bytes, **options: str) -> Sheet:
    return read_csv(PART, text if isinstance(text, bytes) else text.encode(), **options)


def complaints(sheet: Sheet) -> list[tuple[int | None, str]]:
    own = [one for row in sheet.rows for one in row.complaints]
    return [(one.row, one.refusal.code) for one in (*sheet.complaints, *own)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("code;full_name\na;Ana\nb;Luz\n", id="semicolons"),
        pytest.param("code,full_name\na,Ana\nb,Luz\n", id="commas"),
        pytest.param("code\tfull_name\na\tAna\nb\tLuz\n", id="tabs"),
        pytest.param("\ufeffcode;full_name\r\na;Ana\r\nb;Luz\r\n", id="byte order mark and carriage returns"),
        pytest.param("Código; Nombre completo \na;Ana\nb;Luz", id="Spanish names with accents and spaces"),
        pytest.param("full_name;code\nAna;a\nLuz;b\n", id="other order"),
        pytest.param("code;full_name;;\na;Ana;;\nb;Luz;;\n;;;\n\n;;\n", id="blank columns and blank tail"),
        pytest.param('"code";"full_name"\n"a";"Ana"\n"b";"Luz"\n', id="quoted"),
    ],
)
def test_what_spreadsheets_write_is_read_alike(content: str) -> None:
    sheet = read(content)

    assert complaints(sheet) == []
    assert [dict(row.cells) for row in sheet.rows] == [
        {"code": "a", "full_name": "Ana"},
        {"code": "b", "full_name": "Luz"},
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    sheet = read('code;full_name\na;"Ana\nMaría"\n\nb;Luz\n')

    assert [(row.number, row.cells["code"]) for row in sheet.rows] == [(2, "a"), (4, "b")]


def test_a_text_may_hold_the_separator_and_line_ends_in_quotation_marks() -> None:
    sheet = read('code;full_name\na;"Ana; María ""Mari""\r\nPrueba"\n')

    assert sheet.rows[0].cells["full_name"] == 'Ana; María "Mari"\r\nPrueba'


def test_a_declared_separator_is_used() -> None:
    sheet = read("code,full_name\na,Ana\n", delimiter=";")

    assert (1, "header_unknown") in complaints(sheet)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", [(None, "file_empty")], id="nothing"),
        pytest.param("\n\n", [(None, "file_empty")], id="blank"),
        pytest.param("code;full_name\na;Año".encode("cp1252"), [(None, "file_not_utf8")], id="cp1252"),
        pytest.param("code;full_name\na;Ana".encode("utf-16"), [(None, "file_not_utf8")], id="UTF-16"),
        pytest.param("code;code\na;b\n", [(1, "header_twice")], id="column twice"),
        pytest.param("code;codigo\na;b\n", [(1, "header_twice")], id="column twice in two languages"),
        pytest.param("code;age\na;1\n", [(1, "header_unknown")], id="unknown column"),
        pytest.param("full_name\nAna\n", [(1, "header_missing")], id="required column missing"),
        pytest.param("code;;full_name\na;;Ana\n", [(1, "header_unknown")], id="column without a name"),
        pytest.param('code;full_name\na;"Ana\nb;Luz\n', [(2, "file_broken")], id="quotation mark left open"),
        pytest.param("code;full_name\na\n", [(2, "row_ragged")], id="cell too few"),
        pytest.param("code;full_name\na;Ana;x\n", [(2, "row_ragged")], id="cell too many"),
    ],
)
def test_what_cannot_be_told_is_named(content: str | bytes, expected: list[tuple[int | None, str]]) -> None:
    assert complaints(read(content)) == expected


def test_a_file_beyond_the_limits_is_not_read_on() -> None:
    long = "code\n" + "a\n" * (ROWS_MAX + 1)

    assert complaints(read(long)) == [(None, "file_too_long")]
    assert complaints(read(b"a" * (BYTES_MAX + 1))) == [(None, "file_too_large")]
