"""`seedfund import`: counts and refusals by file, row and column, in two languages; exit 1 when one was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from seedfund.cli.app import cli
from seedfund.cli.counting import told as counted
from seedfund.cli.output import print_long
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.kinds.team import TEAM_PART
from seedfund.interchange.reader import read_file
from seedfund.interchange.rules.mappings import read_mapping

Run = Callable[..., Result]
HEADER = "usuario;nombre;rol\n"
TEAM = HEADER + "ana;Ana Ejemplo;finanzas\nana;Ana Ejemplo;coordinación\nluz;Luz Ficticia;campo\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command line on a database of its own, as its administrator."""
    options = ["--db", str(tmp_path / "seedfund.db"), "--actor", "admin"]

    def call(*arguments: str, language: str = "en") -> Result:
        return CliRunner().invoke(cli, [*options, "--lang", language, *arguments])

    founded = call(
        *("init", "--code", "NB", "--name", "Frontera Norte", "--organisation", "Fundación Ejemplo"),
        *("--administrator", "admin", "--administrator-name", "Admin Ejemplo"),
    )
    assert founded.exit_code == 0, founded.output
    return call


def written(folder: Path, content: str, name: str = "team.csv") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_screen_shows_the_first_hundred_reasons_and_counts_the_others(run: Run, tmp_path: Path) -> None:
    content = HEADER + "".join(f"u{number};Ejemplo;nadie\n" for number in range(120))
    asked = ("import", written(tmp_path, content), "--kind", "team", "--dry-run")

    shown, whole = run(*asked, language="es"), data(run(*asked, "--format", "json"))

    assert len(whole["refusals"]) >= 120
    assert shown.stderr.count("✗") == 100
    assert f"… y {len(whole['refusals']) - 100} más; --corrections" in shown.stderr


def test_a_file_is_taken_and_counted(run: Run, tmp_path: Path) -> None:
    result = run(
        "import",
        written(tmp_path, TEAM.replace("campo", "field_officer")),
        "--kind",
        "team",
        "--format",
        "json",
    )

    assert result.exit_code == 0, result.output
    assert data(result)["accepted"] == 3
    assert data(result)["batch"].startswith("IM-")
    assert data(result)["refusals"] == []


def test_a_refused_row_is_named_and_ends_with_one(run: Run, tmp_path: Path) -> None:
    result = run("import", written(tmp_path, TEAM), "--kind", "team", "--format", "json")

    assert result.exit_code == 1
    shown = data(result)
    assert (shown["read"], shown["accepted"], shown["refused"], shown["unchanged"]) == (3, 2, 1, 0)
    assert [(one["file"], one["row"], one["column"], one["code"]) for one in shown["refusals"]] == [
        ("team.csv", 4, "role", "word_unknown")
    ]


def test_a_person_reads_where_and_what_to_do_in_spanish(run: Run, tmp_path: Path) -> None:
    result = run("import", written(tmp_path, HEADER + "ana;;finanzas\n"), "--kind", "team", language="es")

    assert "team.csv, fila 2, columna nombre: La celda está vacía." in result.stderr
    assert "Complétela; es necesaria. [cell_missing]" in result.stderr


@pytest.mark.parametrize(
    "items", [[], [{"row": 1, "why": 'a\u2028b\n"c"'}], [{"row": 1}, {"row": None, "in": {"x": [1, 2]}}]]
)
def test_a_long_result_is_printed_as_any_other(
    items: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    print_long({"read": 2, "batch": None}, {"refusals": iter(items), "flags": iter(())})

    expected = {"read": 2, "batch": None, "refusals": items, "flags": []}
    assert capsys.readouterr().out == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def test_a_trial_run_keeps_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "ana;Ana Ejemplo;finanzas\n")

    tried = run("import", path, "--kind", "team", "--dry-run", "--format", "json")
    taken = run("import", path, "--kind", "team", "--format", "json")

    assert (data(tried)["accepted"], data(tried)["batch"]) == (1, None)
    assert (data(taken)["accepted"], data(taken)["unchanged"]) == (1, 0)


def test_a_folder_holds_each_part_in_a_file_of_its_name(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    written(folder, HEADER + "ana;Ana Ejemplo;finanzas\n")

    result = run("import", str(folder), "--kind", "team", "--format", "json")

    assert data(result)["accepted"] == 1


def test_the_kinds_and_their_columns_are_listed(run: Run) -> None:
    kinds = json.loads(run("import", "--kinds", "--format", "json").stdout)
    columns = json.loads(
        run("import", "--kinds", "--kind", "households", "--format", "json", language="es").stdout
    )

    assert {"team", "funds", "households", "plans"} <= {kind["kind"] for kind in kinds}
    assert {column["part"] for column in columns} == {"households", "members", "documents"}
    assert all(column["help"] for column in columns)


def test_an_unknown_kind_is_not_found(run: Run, tmp_path: Path) -> None:
    assert run("import", written(tmp_path, TEAM), "--kind", "pets").exit_code == 3


def test_a_file_without_its_kind_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("import", written(tmp_path, TEAM)).exit_code == 2


def test_a_file_is_handed_back_as_a_workbook_and_never_over_one_that_is_there(
    run: Run, tmp_path: Path
) -> None:
    path, back = written(tmp_path, TEAM), tmp_path / "back.xlsx"
    options = ("import", path, "--kind", "team", "--format", "json", "--corrections")

    first = run(*options, str(back), language="es")
    corrected = read_file(TEAM_PART, back.read_bytes())
    over = run(*options, str(back))
    other = run(*options, str(tmp_path / "back.csv"))

    assert first.exit_code == 1
    assert [row.cells["handle"] for row in corrected.rows] == ["ana", "ana", "luz"]
    assert (over.exit_code, other.exit_code) == (1, 1)
    assert data(run("import", str(back), "--kind", "team", "--format", "json"))["unchanged"] == 2


def test_a_mapping_is_proposed_saved_and_used_by_its_name(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "Usuario;Nombre completo;Rol;Foto\nana;Ana Ejemplo;finanzas;x\n")
    base = ("import", path, "--kind", "team")

    proposed = data(run(*base, "--propose-mapping"))
    assert proposed["parts"]["team"]["columns"]["Nombre completo"] == "display_name"
    assert proposed["parts"]["team"]["left_out"] == ["Foto"]
    mapping = written(tmp_path, json.dumps(proposed), name="mapping.json")
    saved = run(
        "import", "--kind", "team", "--mapping", mapping, "--save-mapping", "equipo", "--format", "json"
    )
    taken = run(*base, "--mapping", "equipo", "--format", "json")

    assert data(saved) == {"kind": "team", "name": "equipo", "version": 1}
    assert json.loads(run("import", "--mappings", "--format", "json").stdout) == [data(saved)]
    assert (data(taken)["accepted"], data(taken)["refusals"]) == (1, [])
    assert run(*base, "--mapping", "nadie").exit_code == 3
    assert run("import", "--kind", "team", "--save-mapping", "x").exit_code == 2


def test_an_encoding_and_a_calendar_are_declared_by_options(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.csv"
    path.write_bytes("perfil|moneda|vigente_desde\npequeño|USD|2569-12-01\n".encode("cp850"))
    options = (
        "--kind",
        "policy",
        "--encoding",
        "cp850",
        "--delimiter",
        "pipe",
        "--format",
        "json",
        "--dry-run",
    )

    asked = run("import", str(path), *options, "--calendar", "buddhist")
    other = run("import", str(path), *options)

    assert (asked.exit_code, data(asked)["refusals"]) == (0, []), asked.output
    assert "date_other_calendar" in {one["code"] for one in data(other)["refusals"]}


def test_a_form_is_read_for_its_labels_and_what_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, TEAM)

    assert run("import", path, "--kind", "team", "--xlsform", path).exit_code == 1
    assert run("import", path, "--kind", "team", "--mapping", path).exit_code == 1


def test_what_is_told_beside_refusals_ends_with_zero(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_bytes((HEADER + "ana;Ana Peña;finanzas\n").encode("cp1252"))

    result = run("import", str(path), "--kind", "team", language="es")

    assert result.exit_code == 0, result.output
    assert "! team.csv: El archivo no está en UTF-8 y se leyó como cp1252." in result.stderr


def test_a_blank_is_written_in_the_language_asked_for_and_never_over_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hogares.xlsx"
    told = ("import", "--template", "households", "--out", str(path))

    made, again = run(*told, "--format", "json", language="es"), run(*told)

    assert (made.exit_code, again.exit_code) == (0, 1), made.output
    assert data(made) == {"kind": "households", "template": "xlsx", "file": str(path)}
    assert load_workbook(path).sheetnames[:3] == ["hogares", "miembros", "documentos"]


def test_columns_are_called_as_the_file_calls_them_and_sheets_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    book = Workbook()
    homes, people = book.active, book.create_sheet("miembros")
    assert homes is not None
    for page, rows in (
        (homes, [["Clave", "pais", "localidad"], ["H-1", "EC", "100150"]]),
        (
            people,
            [["hogar", "miembro", "Color", "fecha_de_nacimiento", "Otra cosa"], ["H-1", "M-1", "", "x", ""]],
        ),
    ):
        for row in rows:
            page.append(row)
    book.save(path)
    mapping = written(
        tmp_path, '{"parts": {"households": {"columns": {"Clave": "household"}}}}', name="m.json"
    )
    asked = ("import", str(path), "--kind", "households", "--mapping", mapping)

    spoken, whole = run(*asked, language="es").stderr, data(run(*asked, "--format", "json"))

    assert "registro.xlsx (miembros), fila 1: Columnas con un nombre desconocido: C, E." in spoken
    assert "nombres, apellidos" in spoken
    assert "columna parentesco: Falta la columna parentesco." in spoken
    told = [(one["file"], one["column"], one["code"]) for one in whole["refusals"]]
    assert ("registro.xlsx", "relationship", "header_missing") in told


def test_a_kind_goes_by_its_spanish_name_too(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, TEAM)

    first, second = (
        data(run("import", path, "--kind", name, "--format", "json")) for name in ("Equipo", "team")
    )

    assert (first["kind"], first["accepted"], second["unchanged"]) == ("team", 2, 2)
    assert run("import", path, "--kind", "equipos").exit_code == 3


def test_a_blank_form_comes_with_the_mapping_that_reads_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"

    made = run("import", "--template", "households", "--xlsform", "--out", str(path))
    mapping = json.loads(run("import", "--template", "households", "--propose-mapping").stdout)

    assert made.exit_code == 0, made.output
    assert load_workbook(path).sheetnames == ["survey", "choices", "settings"]
    assert mapping["parts"]["members"]["columns"]["@parent"] == "household"
    named = {**mapping, "survey": mapping["survey"].replace("SERVER", "kobo.example.org")}
    assert set(read_mapping(json.dumps(named), find_kind("households").parts)) == set(mapping["parts"])


@pytest.mark.parametrize(
    ("asked", "exit_code"),
    [
        (("--template", "pets", "--out", "pets.xlsx"), 3),
        (("--template", "team"), 2),
        (("--template", "team", "--out", "team.csv"), 1),
        (("--kind", "team", "--xlsform", "--dry-run", "."), 2),
    ],
)
def test_a_blank_that_cannot_be_made_is_said(run: Run, asked: tuple[str, ...], exit_code: int) -> None:
    assert run("import", *asked).exit_code == exit_code


@pytest.mark.parametrize(
    ("done", "seconds", "line"),
    [
        (0, 5.0, "0/400 · 0:05"),
        (100, 1.0, "100/400 · 0:01"),
        (100, 10.0, "100/400 · 0:10 · quedan unos 0:30"),
        (4, 100.0, "4/400 · 1:40 · quedan unos 2:45:00"),
        (400, 61.0, "400/400 · 1:01"),
    ],
)
def test_a_long_import_tells_how_long_it_will_still_take(done: int, seconds: float, line: str) -> None:
    assert counted(done, 400, seconds, language="es") == line
