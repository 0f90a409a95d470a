"""A file becomes rows, each accounted for, whatever program wrote it."""

import pytest

from seedfund.interchange.reader import BYTES_MAX, COLUMNS_MAX, ROWS_MAX, Sheet, read_file
from seedfund.interchange.rules import Column, Layout, Part
from seedfund.kernel.errors import InvalidInput

PART = Part(
    name="people",
    key=("code",),
    group=("code",),
    columns=(
        Column(name="code", spanish="codigo", is_required=True),
        Column(name="full_name", spanish="nombre_completo"),
    ),
)


def read(text: str | bytes, layout: Layout | None = None) -> Sheet:
    content = text if isinstance(text, bytes) else text.encode()
    return read_file(PART, content, layout=layout or Layout())


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
    sheet = read("code,full_name\na,Ana\n", Layout(delimiter=";"))

    assert (1, "header_unknown") in complaints(sheet)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", [(None, "file_empty")], id="nothing"),
        pytest.param("\n\n", [(None, "file_empty")], id="blank"),
        pytest.param("code;full_name\na;Año".encode("cp850"), [(None, "file_not_utf8")], id="cp850"),
        pytest.param("code;full_name\na;สมชาย".encode("cp874"), [(None, "file_not_utf8")], id="Thai"),
        pytest.param(b"code;full_name\na;\x00\x01", [(None, "file_not_text")], id="NUL"),
        pytest.param(b"%PDF-1.7 \x93", [(None, "file_unknown_format")], id="PDF"),
        pytest.param("<html><table>", [(None, "file_is_html")], id="a web page"),
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


@pytest.mark.parametrize(
    ("content", "layout"),
    [
        pytest.param("code;full_name\na;Ñusta Açaí\n".encode("utf-16"), Layout(), id="UTF-16 by its mark"),
        pytest.param("code;full_name\na;Ñusta Açaí\n".encode("cp1252"), Layout(), id="cp1252, told"),
        pytest.param("code;full_name\na;Ñusta Açaí\n".encode("cp850"), Layout(encoding="cp850"), id="cp850"),
        pytest.param(
            "code   full_name \r\na      Ñusta Açaí\r\n".encode(), Layout(widths=(7, 12)), id="fixed"
        ),
    ],
)
def test_an_encoding_and_widths_are_taken_as_declared_or_as_the_file_proves(
    content: bytes, layout: Layout
) -> None:
    sheet = read(content, layout)

    assert complaints(sheet) == []
    assert [row.cells for row in sheet.rows] == [{"code": "a", "full_name": "Ñusta Açaí"}]


def test_a_file_that_was_not_in_utf8_is_told() -> None:
    sheet = read("code;full_name\na;Año\n".encode("cp1252"))

    assert [(one.row, one.refusal.code) for one in sheet.flags] == [(None, "file_read_as")]


def test_a_declared_encoding_that_does_not_fit_is_refused() -> None:
    sheet = read("code;full_name\na;Año".encode("cp1252"), Layout(encoding="utf-8"))

    assert complaints(sheet) == [(None, "file_not_in_encoding")]
    with pytest.raises(InvalidInput):
        read("code\na\n", Layout(encoding="rot13"))


def test_what_stands_beyond_the_last_width_is_a_cell_too_many() -> None:
    sheet = read("code   full_name \na      Ana        more\n", Layout(widths=(7, 10)))

    assert complaints(sheet) == [(2, "row_ragged")]


def test_separators_in_quotation_marks_do_not_count() -> None:
    sheet = read('code,"full_name"\na,"Ana;;;"\n')

    assert sheet.rows[0].cells["full_name"] == "Ana;;;"


def test_a_mapping_names_columns_leaves_some_out_and_brings_words_of_ours() -> None:
    layout = Layout(
        columns={"Clave": "code"},
        left_out=frozenset({"Foto"}),
        values={"code": {"uno": "1"}},
        constants={"full_name": "Nadie"},
    )

    sheet = read("clave;FOTO\nUno;x\ndos;y\n", layout)

    assert complaints(sheet) == []
    assert [row.cells for row in sheet.rows] == [
        {"code": "1", "full_name": "Nadie"},
        {"code": "dos", "full_name": "Nadie"},
    ]


def test_a_table_that_is_too_wide_is_refused() -> None:
    wide = ";".join(["code", *(f"x{place}" for place in range(COLUMNS_MAX))])

    assert (1, "file_too_wide") in complaints(read(wide + "\na\n"))


def test_a_cell_beyond_what_the_csv_module_reads_is_named() -> None:
    assert complaints(read("code;full_name\na;" + "x" * 200_000 + "\n")) == [(2, "cell_too_long")]
