"""The second example plays with the same steps: two donors, three currencies, support that waits for school."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from seedfund.cli.app import cli

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "mae-sot"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("second")
    result = CliRunner().invoke(cli, ["--lang", "en", "demo", "--from", str(EXAMPLE), "--into", str(into)])
    assert result.exit_code == 0, result.output
    return into


def read(into: Path, query: str) -> list[tuple[Any, ...]]:
    engine = sa.create_engine(f"sqlite:///{into / 'seedfund.db'}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def test_the_money_of_two_donors_is_exchanged_before_it_is_paid(played: Path) -> None:
    funds = json.loads((played / "summary.json").read_text(encoding="utf-8"))["funds"]

    paid = {one["fund"]: (one["currency"], one["disbursed"]) for one in funds}
    assert paid["EU-EUR"] == ("EUR", "0.00")
    assert paid["DIBP-AUD"] == ("AUD", "0.00")
    assert paid["EU-THB"] == ("THB", "49500.00")
    assert paid["DIBP-THB"] == ("THB", "34500.00")


def test_the_second_half_waits_where_a_child_left_school(played: Path) -> None:
    waiting = read(
        played,
        "SELECT DISTINCT g.number FROM sf_grant g JOIN sf_tranche t ON t.grant_id = g.id WHERE t.position = 2 "
        "AND NOT EXISTS (SELECT 1 FROM sf_disbursement d WHERE d.tranche_id = t.id)",
    )

    assert sorted(number for (number,) in waiting) == ["HS-2014-0005", "HS-2014-0011"]
    arguments = ["--db", f"sqlite:///{played / 'seedfund.db'}", "--actor", "finanzas1", "--lang", "en"]
    told = CliRunner().invoke(cli, [*arguments, "why", "HS-2014-0005"])
    assert "children enrolled" in told.output


def test_what_the_second_example_left_behind_verifies(played: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(played)
    result = CliRunner().invoke(cli, ["--db", "seedfund.db", "--actor", "auditoria1", "audit", "verify"])

    assert result.exit_code == 0, result.output


def test_a_calendar_that_names_no_step_says_which_there_are(tmp_path: Path) -> None:
    example = tmp_path / "example"
    example.mkdir()
    for path in EXAMPLE.glob("*.csv"):
        (example / path.name).write_bytes(path.read_bytes())
    (example / "calendar.csv").write_text("on;step;title;detail\n2014-03-03;fund;team;\n", encoding="utf-8")

    arguments = ["--lang", "es", "demo", "--from", str(example), "--into", str(tmp_path / "into")]
    result = CliRunner().invoke(cli, arguments)

    assert result.exit_code != 0
    assert "no existe el paso fund" in result.output
    assert "pay_transfers" in result.output


def test_the_job_fair_ends_in_jobs_that_are_asked_about(played: Path) -> None:
    arguments = ["--db", f"sqlite:///{played / 'seedfund.db'}", "--actor", "familia1", "--format", "json"]
    (fair,) = [number for (number,) in read(played, "SELECT number FROM sf_activity WHERE kind = 'job_fair'")]
    shown = {
        noun: json.loads(CliRunner().invoke(cli, [*arguments[:4], "list", noun, *arguments[4:]]).stdout)
        for noun in ("vacancies", "interviews", "placements")
    }
    offered = read(
        played,
        "SELECT a.number FROM sf_vacancy v JOIN sf_activity a ON a.id = v.fair_id",
    )

    assert [number for (number,) in offered] == [fair] * 3
    assert sorted(row["result"] or row["state"] for row in shown["interviews"]) == [
        *("hired", "hired", "hired", "missed"),
        *("no_answer_yet", "not_hired"),
    ]
    assert [(row["month_1"], row["month_3"]) for row in shown["placements"]] == [
        *(("kept", "kept"), ("kept", "kept")),
        ("kept", "lost"),
    ]
