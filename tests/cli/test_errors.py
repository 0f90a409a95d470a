"""Errors at the door: each reason with its remedy, in both languages, as text or JSON, with its exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.store.sealing.keyring import new_keyring, save_keyring

SET_UP = (
    *("init", "--code", "NB", "--name", "Frontera Norte", "--organisation", "Fundación Ejemplo"),
    *("--administrator", "ana", "--administrator-name", "Ana Ejemplo", "--pin", "482916"),
)
HEAD = {
    "relationship": "head",
    "person": {
        "identity": {"given_names": "Rosa", "family_names": "Ejemplo"},
        "sex": "female",
        "birth": {"source": "declared", "born_in": 1991},
        "population_group": "refugee",
    },
}
JOIN = (
    *("do", "store.register_actor", "--set", "handle=luis", "--set", "display_name=Luis Ejemplo"),
    *("--set", 'roles=["coach"]', "--key", "j1"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SEEDFUND_DB", "SEEDFUND_LANG", "SEEDFUND_ACTOR", "SEEDFUND_PIN", "LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    assert run(*SET_UP).exit_code == 0
    return tmp_path


def run(*arguments: str, actor: str = "ana", lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["--actor", actor, "--lang", lang, *arguments])


def test_the_key_file_is_made_for_its_owner_alone(here: Path) -> None:
    assert (here / "seedfund.key").stat().st_mode & 0o777 == 0o600


def test_a_second_set_up_leaves_what_is_there(here: Path) -> None:
    before = (here / "seedfund.key").read_bytes()
    result = run("init", "--format", "json")

    assert json.loads(result.stdout)["key_file_made"] is False
    assert (here / "seedfund.key").read_bytes() == before


def test_a_lost_key_file_is_not_answered_with_a_new_one(here: Path) -> None:
    (here / "seedfund.key").unlink()

    again, week = run("init"), run("week", lang="es")

    assert again.exit_code == 4
    assert "put the copy that was kept in its place" in again.stderr
    assert "ponga su copia en ese lugar" in week.stderr
    assert not (here / "seedfund.key").exists()


def test_the_key_file_of_another_database_writes_nothing(here: Path) -> None:
    assert run(*JOIN).exit_code == 0
    register = ("do", "people.register_household", "--set", "country=EC", "--set", "locality=EC0401")
    members = json.dumps([HEAD])
    assert run(*register, "--set", f"members={members}", actor="luis").exit_code == 0
    path = here / "seedfund.key"
    path.unlink()
    save_keyring(new_keyring(), path)

    refused, looked = run("week", lang="es"), run("doctor", "--format", "json")

    assert refused.exit_code == 4
    assert "no es el archivo de claves que selló esta base de datos" in refused.stderr
    assert "key_file_other" in {one["code"] for one in json.loads(looked.stdout)["findings"]}


def test_a_file_of_a_form_that_is_none_is_refused(here: Path) -> None:
    refused = run("report", "trial_balance", "--out", "libro.doc", lang="es")

    assert refused.exit_code == 1
    assert "no hay un formato para archivos terminados en .doc" in refused.stderr
    assert not (here / "libro.doc").exists()


def test_a_refusal_exits_with_1_and_says_what_to_do_in_both_languages(here: Path) -> None:
    assert run(*JOIN).exit_code == 0
    again = (
        "do",
        "store.register_actor",
        "--set",
        "handle=Luis",
        "--set",
        "display_name=L",
        "--set",
        "roles=[]",
    )
    english, spanish = run(*again, "--key", "j2"), run(*again, "--key", "j3", lang="es")

    assert (english.exit_code, spanish.exit_code) == (1, 1)
    assert "Grant a role to that actor instead." in english.stderr
    assert "Otórguele un rol a ese actor." in spanish.stderr


def test_a_refusal_as_json_stands_on_stderr_with_its_codes(here: Path) -> None:
    run(*JOIN)
    again = (
        "do",
        "store.register_actor",
        "--set",
        "handle=luis",
        "--set",
        "display_name=L",
        "--set",
        "roles=[]",
    )
    result = run(*again, "--key", "j2", "--format", "json")

    told = json.loads(result.stderr)
    assert (told["error"], [one["code"] for one in told["refusals"]]) == ("refused", ["actor_exists"])
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("do", "store.no_such_thing"), 3),
        (("do", "store.register_actor", "--set", "handle"), 1),
        (("do", "store.register_actor", "--set", "handle=x", "--key", "k"), 1),
        (("nonsense",), 2),
        (("--db", "missing.db", "list", "actors"), 4),
    ],
)
def test_each_kind_of_error_has_its_exit_code(here: Path, arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments).exit_code == code


def test_a_wrong_pin_does_nothing(here: Path) -> None:
    result = CliRunner(env={"SEEDFUND_PIN": "000000"}).invoke(cli, ["--actor", "ana", "--lang", "en", *JOIN])

    assert result.exit_code == 1
    assert "PIN" in result.stderr


def test_the_same_key_twice_gives_the_same_answer(here: Path) -> None:
    first, second = run(*JOIN, "--format", "json"), run(*JOIN, "--format", "json")

    assert first.stdout == second.stdout
    assert json.loads(first.stdout) == {"handle": "luis"}


def test_the_fields_of_a_command_are_told_without_doing_it(here: Path) -> None:
    result = run("do", "store.register_actor", "--fields", "--format", "json")

    fields = {row["field"]: row["required"] for row in json.loads(result.stdout)}
    assert fields == {"key": True, "occurred_on": False, "handle": True, "display_name": True, "roles": True}


def test_every_command_has_help(here: Path) -> None:
    listed = cli.list_commands(None)  # type: ignore[arg-type] # the list needs no context

    for name in listed:
        result = run(name, "--help")
        assert result.exit_code == 0, name
        assert "Usage" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "SC-2026-0001"), "no hay"),
        (("do", "grants.close_grant", "--set", "grnt=SC"), "campo grnt: no existe ese campo; use uno de"),
        (("ledger", "participant"), "nómbrelo: seedfund ledger participant"),
        (("--db", "none.db", "list", "funds"), "aquí no hay una base de datos none.db"),
        (
            ("--programme", "ZZ", "list", "funds"),
            "la base de datos tiene estos programas: NB; dé --programme",
        ),
        (("do", "grants.close"), "(¿quiso decir grants.close_grant?). Vea lo que hay con: seedfund do"),
        (("do", "store.register_actor", "--set", "handle"), "«handle» no lleva «=»; escriba CAMPO=VALOR."),
        (
            ("do", "store.register_actor", "--set", "roles=[1.5]"),
            "1.5 es un número con decimales; escriba el",
        ),
        (
            (*JOIN, "--set", "roles=coach"),
            "campo roles: es de otra clase; dé una lista.",
        ),
        (("report", "nothing"), "no hay informe nothing. Vea lo que hay con: seedfund report"),
        (
            ("report", "trial_balance", "--format", "pdf"),
            "el formato pdf no se puede mostrar en la pantalla;",
        ),
        (
            ("report", "trial_balance", "--since", "2026-13-01"),
            "«2026-13-01» no es una fecha; escríbala como",
        ),
        (("why", "SC-2026-0001/x"), "«x» no es un desembolso; escríbalo como SC-2026-0042/2."),
        (
            ("backup", "seedfund.db"),
            "seedfund.db ya existe; un respaldo nunca sobrescribe; nombre otro archivo.",
        ),
        (("restore", "seedfund.key", "--to", "z.db"), "no es una base de datos SQLite legible; pruebe un"),
    ],
)
def test_an_error_that_is_no_refusal_is_told_in_spanish(
    here: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run(*arguments, lang="es")

    assert result.exit_code in (1, 3, 4)
    assert words in result.stderr


def test_a_pin_is_told_as_the_field_to_type_and_neither_it_nor_its_verifier_as_required(here: Path) -> None:
    fields = {
        one["field"]: one["required"]
        for one in json.loads(run("do", "store.set_pin", "--fields", "--format", "json").stdout)
    }
    wrong = run("do", "store.set_pin", "--set", "handle=ana", "--set", "verifier=730215", lang="es")

    assert (fields["pin"], fields["verifier"]) == (False, False)
    assert "--set pin=…" in wrong.stderr


def test_a_pin_is_asked_for_unseen_and_twice_where_it_is_not_given(here: Path) -> None:
    assert run(*JOIN).exit_code == 0
    asked = ("--actor", "ana", "do", "store.set_pin", "--set", "handle=luis")
    done = CliRunner().invoke(cli, asked, input="730215\n730215\n")

    assert (done.exit_code, done.stdout) == (0, "handle: luis\n")
    assert "730215" not in done.output
