"""`seedfund duplicates`: searched, proposed once, decided with `do`, told in the reader's language."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.store.revision import head
from seedfund.store.sealing.keyring import save_keyring
from tests.people.samples import head as heading
from tests.people.samples import identity, person, register
from tests.support.programme import RING, build_founded, house_on

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Calls of the command line on a programme where one person was registered twice."""
    file = tmp_path / "seedfund.db"
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file)))
    build_founded(engine)
    house = house_on(engine)
    register(house)
    register(house, heading(person(identity("ROZA ELBIRA", "Prueva Quasi"))))
    register(house, heading(person(identity("Nadie", "Conocida"))))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO sf_alembic_version VALUES (:head)"), {"head": head()})
    engine.dispose()
    save_keyring(RING, tmp_path / "seedfund.key")

    def call(*arguments: str, actor: str = "manager", lang: str = "es") -> Result:
        return CliRunner().invoke(cli, ["--db", str(file), "--actor", actor, "--lang", lang, *arguments])

    return call


def test_a_search_says_who_looks_like_whom_and_why_and_proposes_it_once(run: Run) -> None:
    tried = run("duplicates", "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "PT-2026-0001" in tried.stdout
    assert "el nombre suena igual" in tried.stdout
    assert json.loads(run("list", "likely-duplicates", "--format", "json").stdout) == []

    found = json.loads(run("duplicates", "--format", "json").stdout)
    assert (found["people"], found["found"], found["known_before"]) == (3, 1, 0)
    assert found["pairs"][0]["earlier"] == "PT-2026-0001"
    assert {block["block"] for block in found["blocks"]} >= {"two_names_and_year", "phone"}
    again = json.loads(run("duplicates", "--format", "json").stdout)
    assert (again["found"], again["known_before"]) == (0, 1)
    assert "Nadie nuevo se parece a otra persona." in run("duplicates").stderr


def test_a_pair_is_listed_with_both_names_and_decided_by_another_hand(run: Run) -> None:
    run("duplicates")
    listed = run("list", "likely-duplicates").stdout
    assert "Rosa Elvira Prueba Cuasi" in listed
    assert "ROZA ELBIRA Prueva Quasi" in listed

    settings = {
        "first": "PT-2026-0002",
        "second": "PT-2026-0001",
        "decision": "same_person",
        "reason": "vistas",
    }
    given = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    refused = run("do", "people.decide_likely_duplicate", *given)
    assert refused.exit_code == 1
    assert "Indique el número con el que sigue: PT-2026-0001 o PT-2026-0002." in refused.stderr

    done = run("do", "people.decide_likely_duplicate", *given, "--set", "leads=PT-2026-0001")
    assert done.exit_code == 0, done.output
    assert "sigue como  PT-2026-0001" in run("show", "PT-2026-0002").stdout
    late = run(
        *(
            "do",
            "people.change_participation",
            "--set",
            "participant=PT-2026-0002",
            "--set",
            "state=enrolled",
        ),
        actor="field",
    )
    assert late.exit_code == 1
    assert "PT-2026-0002 es la misma persona que PT-2026-0001" in late.stderr
