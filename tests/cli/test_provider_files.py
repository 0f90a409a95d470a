"""Provider's files at the command line: options, counts, exit codes, and passwords that never stand there."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedfund.cli.app import cli
from seedfund.interchange.reader.protected import locked
from seedfund.kernel.secret import Secret
from tests.cli.test_import import Run, data, written
from tests.cli.test_import import run as run
from tests.interchange.books import book

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "payouts"
HEAD = "REFERENCIA;BENEFICIARIO;CUENTA;VALOR;ESTADO;COMPROBANTE;FECHA PROCESO\n"


@pytest.fixture
def office(run: Run, tmp_path: Path) -> Run:
    """A programme with a team, and the bank's layout in force."""
    team = ("usuario;nombre;rol", "ana;Ana Ejemplo;finanzas", "luz;Luz Ficticia;finance_approver")
    rows = "\n".join((*team, "noe;Noé Prueba;reconciler", ""))
    assert run("import", written(tmp_path, rows), "--kind", "team").exit_code == 0
    proposed = run(
        *("--actor", "ana", "do", "payouts.define_layout", "--format", "json"),
        *("--file", str(EXAMPLES / "bank_transfer_results.json")),
    )
    number = data(proposed)["number"]
    done = run("--actor", "luz", "do", "payouts.approve_layout", "--set", f"number={number}")
    assert done.exit_code == 0, done.output
    return run


def test_rows_that_wait_are_counted_named_and_end_with_one(office: Run, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "PG-2026-0009;X;;7,50;PAGADO;;\n;X;;7,50;PAGADO;;\n", "res.csv")
    asked = (
        "import",
        path,
        "--kind",
        "provider_results",
        "--layout",
        "bank_transfer_results",
        "--format",
        "json",
    )

    first, again = office("--actor", "noe", *asked), office("--actor", "noe", *asked)

    shown = data(first)
    assert (first.exit_code, again.exit_code) == (1, 0)
    assert [shown[name] for name in ("read", "accepted", "refused", "unchanged", "pending")] == [
        2,
        0,
        2,
        0,
        0,
    ]
    assert [(one["file"], one["row"], one["column"], one["code"]) for one in shown["refusals"]] == [
        ("res.csv", 2, None, "payout_payment_unknown"),
        ("res.csv", 3, None, "payout_cell_unreadable"),
        ("res.csv", 3, "payment", "cell_missing"),
    ]
    assert data(again)["unchanged"] == 2
    why = office("--actor", "noe", "why", "PX-2026-0001", language="es")
    assert "Ningún pago tiene el número que nombra la fila (PX-2026-0001)." in why.stdout
    assert (
        json.loads(office("--actor", "noe", "why", "PX-2026-0002", "--format", "json").stdout)["state"]
        == "open"
    )


def test_a_layout_is_asked_for_and_an_unknown_one_is_named(office: Run, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, "res.csv")

    without = office("import", path, "--kind", "provider_results")
    unknown = office("import", path, "--kind", "provider_results", "--layout", "none")

    assert (without.exit_code, unknown.exit_code) == (2, 3)
    assert "--layout" in without.stderr
    assert "provider_results" in office("import", "--kinds").stdout


def test_a_password_comes_from_a_file_or_is_typed_unseen(office: Run, tmp_path: Path) -> None:
    closed = tmp_path / "team.xlsx"
    rows = [["usuario", "nombre", "rol"], ["eva", "Eva Ejemplo", "campo"]]
    closed.write_bytes(locked(book({"team": rows}), Secret("xq-zorro 9")))
    secret, empty = tmp_path / "pw", tmp_path / "none"
    secret.write_text("xq-zorro 9\n", encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    asked = ("import", str(closed), "--kind", "team", "--dry-run", "--format", "json")

    without = office(*asked)
    right = office(*asked, "--password-file", str(secret))
    nothing = office(*asked, "--password-file", str(empty))
    both = office(*asked, "--password-file", str(secret), "--ask-password")
    typed = CliRunner().invoke(
        cli,
        ["--db", str(tmp_path / "seedfund.db"), "--actor", "admin", *asked, "--ask-password"],
        input="xq-zorro 9\n",
    )

    assert [one["code"] for one in data(without)["refusals"]] == ["file_encrypted"]
    assert [data(one)["read"] for one in (right, typed)] == [1, 1]
    assert (nothing.exit_code, both.exit_code) == (1, 1)
    assert "its first line is empty" in nothing.stderr
    outputs = [one.output for one in (without, right, nothing, both, typed)]
    assert [text for text in outputs if "zorro" in text] == []


def test_a_list_goes_out_to_a_new_file_only(office: Run, tmp_path: Path) -> None:
    there = written(tmp_path, "x", "out.csv")

    over = office("export", "payment_list", "PL-2026-0001", "--layout", "b", "--out", there)
    unknown = office(
        "export", "payment_list", "PL-2026-0001", "--layout", "b", "--out", str(tmp_path / "new.csv")
    )

    assert "the file exists" in over.stderr
    assert unknown.exit_code != 0
    assert not (tmp_path / "new.csv").exists()


@pytest.mark.parametrize("option", [("--number-style", "en"), ("--date-order", "mdy"), ("--currency", "EUR")])
def test_what_the_layout_says_is_not_said_beside_it_and_passed_over(
    office: Run, tmp_path: Path, option: tuple[str, str]
) -> None:
    path = written(tmp_path, HEAD + "PG-2026-0009;X;;7,50;PAGADO;;\n", "res.csv")

    result = office(
        *("--actor", "noe", "import", path, "--kind", "provider_results"),
        *("--layout", "bank_transfer_results", *option),
    )

    assert result.exit_code == 2
    assert f"leave out {option[0]}" in result.output
