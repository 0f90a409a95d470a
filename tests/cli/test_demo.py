"""The demo plays the whole example from its files, and what it leaves behind holds together."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.assurance.verify import Request, verify_within
from seedfund.cli.app import cli
from seedfund.grants.rules.places import PlaceIrregularity
from seedfund.store.hooks import prepare
from seedfund.store.sealing.keyring import load_keyring
from tests.assurance.support import disarm
from tests.documents.papers import text_of
from tests.support.small_example import cut_down

ROOT = Path(__file__).resolve().parents[2]


def summary(into: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((into / "summary.json").read_text(encoding="utf-8"))
    return found


def test_at_least_forty_grants_end_in_different_ways(played: tuple[Result, Path]) -> None:
    grants = summary(played[1])["grants"]

    assert sum(grants.values()) >= 40
    assert {"closed", "closed: withdrawn", "declined: lapsed", "in_force", "suspended"} <= set(grants)


def test_the_money_of_each_fund_adds_up(played: tuple[Result, Path]) -> None:
    for fund in summary(played[1])["funds"]:
        figures = {
            name: Decimal(fund[name])
            for name in ("awarded", "committed", "disbursed", "justified", "returned")
        }
        assert figures["awarded"] >= figures["committed"] > 0
        assert figures["disbursed"] >= figures["justified"] + figures["returned"]


def test_papers_and_books_lie_in_their_folders(played: tuple[Result, Path]) -> None:
    _, into = played

    assert len(list((into / "agreements").glob("AG-*.pdf"))) >= 40
    assert list((into / "acts").glob("AE-*.pdf"))
    assert list((into / "acts").glob("AC-*.pdf"))
    for name in ("fund_ledger", "cash_book", "participant_grant_ledger"):
        assert {path.suffix for path in (into / "ledgers").glob(f"{name}_*")} == {".pdf", ".csv", ".json"}
    for name in ("trial_balance", "budget_vs_actual"):
        assert {path.suffix for path in (into / "reports").glob(f"{name}*")} == {".pdf", ".csv", ".json"}


def test_a_programmes_report_and_a_households_page_lie_beside_the_books(played: tuple[Result, Path]) -> None:
    _, into = played
    lasts = text_of((into / "reports" / "programme.pdf").read_bytes())
    page = text_of((into / "reports" / "household_HH-2025-0001.pdf").read_bytes())

    assert "62/65 (95,4 %)" in lasts
    assert "Lo que dura" in lasts
    assert "GD-2025-0001" in page
    assert "HP-2025-0001/1" in page


def test_the_summary_gives_the_path_of_every_file_it_left(played: tuple[Result, Path]) -> None:
    _, into = played
    files = summary(into)["files"]

    written = {str(path.relative_to(into)) for name in files for path in (into / name).iterdir()}
    assert {path for paths in files.values() for path in paths} == written
    assert "acts/RO-2025-0001.pdf" in files["acts"]


def stored(into: Path, query: str) -> list[tuple[Any, ...]]:
    engine = sa.create_engine(f"sqlite:///{into / 'seedfund.db'}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    engine.dispose()
    return [tuple(row) for row in rows]


CLOSED_WITH_PAPER = "FROM sf_close_out c JOIN sf_grant g ON g.id = c.grant_id WHERE g.number LIKE 'SC-%'"


def acts_by_end(into: Path) -> dict[str, str]:
    """What a closing statement says, one for each reason why a grant ended."""
    numbers = dict(stored(into, f"SELECT g.end_reason, c.number {CLOSED_WITH_PAPER}"))
    return {
        reason: text_of((into / "acts" / f"{number}.pdf").read_bytes()) for reason, number in numbers.items()
    }


def test_no_closing_statement_says_that_a_business_runs_which_does_not(played: tuple[Result, Path]) -> None:
    said = acts_by_end(played[1])

    assert {"completed", "deceased", "breach", "withdrawn"} <= set(said)
    assert "el negocio funcionaba" in said["completed"]
    for reason in ("deceased", "breach", "withdrawn"):
        assert "funciona" not in said[reason]
        assert "son de la persona participante" not in said[reason]


def test_each_paper_is_issued_on_the_day_of_what_it_tells(played: tuple[Result, Path]) -> None:
    happened = {
        "RO": "SELECT number, received_on FROM sf_refund_received",
        "AE": "SELECT number, handed_on FROM sf_handover_act",
        "AC": f"SELECT c.number, c.closed_on {CLOSED_WITH_PAPER}",
        "AG": "SELECT number, issued_on FROM sf_agreement WHERE issued_on IS NOT NULL",
    }
    issued = {
        number: str(day)[:10] for number, day in stored(played[1], "SELECT number, issued_on FROM sf_paper")
    }
    for series, query in happened.items():
        days = {number: str(day) for number, day in stored(played[1], query)}
        assert days
        assert days == {number: day for number, day in issued.items() if number.startswith(series)}


def test_floats_and_cash_box_are_filled_and_used_and_nothing_lies_in_an_account_of_another_donor(
    played: tuple[Result, Path],
) -> None:
    _, into = played

    for account, moved in (("SOBRES", "3335.00"), ("COD-NORTE", "3980.00"), ("CAJA", "430.00")):
        text = (into / "ledgers" / f"cash_book_{account}.csv").read_text(encoding="utf-8-sig")
        (whole,) = [row for row in csv.DictReader(text.splitlines()) if row["record"] == "total"]
        assert (whole["amount_in"], whole["amount_out"], whole["balance"]) == (moved, moved, "0.00")
    page = json.loads((into / "reports" / "exceptions.json").read_text(encoding="utf-8"))
    reasons = {row["reason"] for section in page["sections"] for row in section["rows"] if "reason" in row}
    assert reasons
    assert not reasons & {one.value.replace("_", " ") for one in PlaceIrregularity}


def test_a_failed_payment_was_retried_and_paid_once(played: tuple[Result, Path]) -> None:
    rows = stored(
        played[1],
        "SELECT f.state, r.state FROM sf_disbursement r JOIN sf_disbursement f ON f.id = r.retry_of",
    )

    assert len(rows) >= 3
    assert set(rows) <= {("failed", "delivered"), ("expired", "delivered")}


def test_the_books_of_the_demo_verify(played: tuple[Result, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(played[1])
    result = CliRunner().invoke(cli, ["--db", "seedfund.db", "--actor", "auditoria1", "audit", "verify"])

    assert result.exit_code == 0, result.output


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    example = str(ROOT / "examples" / "northern-border")
    result = CliRunner().invoke(cli, ["--lang", "en", "demo", "--from", example, "--into", str(tmp_path)])

    assert result.exit_code == 1
    assert "thesis.doc" in result.output
    assert (tmp_path / "thesis.doc").read_text() == "mine"


def _amounts(connection: sa.Connection) -> dict[str, list[str]]:
    """The columns of money by table, of the tables with rows."""
    inspector = sa.inspect(connection)
    names = [name for name in sorted(inspector.get_table_names()) if name.startswith("sf_")]
    return {
        name: found
        for name in names
        if (found := [one["name"] for one in inspector.get_columns(name) if _is_money(name, one["name"])])
        and connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
    }


def _is_money(table: str, column: str) -> bool:
    return column.endswith("_minor") or (table, column) == ("sf_transfer", "amount")


def _altered(connection: sa.Connection, table: str, column: str, *, by: int) -> bool:
    """Change the amount of one row of a table, past every guard; tells whether there is one."""
    keys = [f'"{name}"' for name in sa.inspect(connection).get_pk_constraint(table)["constrained_columns"]]
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(keys)} FROM {table} WHERE {column} IS NOT NULL ORDER BY {', '.join(keys)} DESC LIMIT 1"
    ).first()
    if row is None:
        return False
    which = " AND ".join(f"{key} = ?" for key in keys)
    connection.exec_driver_sql(f"UPDATE {table} SET {column} = {column} + {by} WHERE {which}", tuple(row))
    return True


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first households of the example leave behind: every table of money, few enough rows to alter each."""
    folder = tmp_path_factory.mktemp("small")
    example = cut_down(ROOT / "examples" / "northern-border", folder / "example")
    result = CliRunner().invoke(
        cli, ["--lang", "en", "demo", "--from", str(example), "--into", str(folder / "into")]
    )
    assert result.exit_code == 0, result.output
    return folder / "into"


def test_the_smaller_cut_has_every_table_of_money_that_the_whole_has(
    played: tuple[Result, Path], small: Path
) -> None:
    found = []
    for into in (played[1], small):
        engine = sa.create_engine(f"sqlite:///{into / 'seedfund.db'}")
        with engine.connect() as connection:
            found.append(_amounts(connection))
        engine.dispose()

    assert found[0] == found[1]


@pytest.mark.parametrize("by", [1, -1])
def test_an_amount_altered_in_any_table_of_the_demo_is_found(small: Path, by: int) -> None:
    ring = load_keyring(small / "seedfund.key")
    engine = prepare(sa.create_engine(f"sqlite:///{small / 'seedfund.db'}"))
    silent = []
    with engine.connect() as connection:
        for table, columns in _amounts(connection).items():
            for column in columns:
                disarm(connection)
                if _altered(connection, table, column, by=by):
                    is_sound = verify_within(connection, Request(keyring=ring, sample=0)).is_sound
                    silent += [f"{table}.{column}"] if is_sound else []
                connection.rollback()
    engine.dispose()

    assert silent == []


def test_an_example_with_a_wrong_row_says_which_file_and_what_to_do_in_spanish(tmp_path: Path) -> None:
    example = tmp_path / "example"
    shutil.copytree(ROOT / "examples" / "northern-border", example)
    rows = (example / "team.csv").read_text(encoding="utf-8").splitlines()
    (example / "team.csv").write_text("\n".join([*rows[:2], rows[2] + ";more"]), encoding="utf-8")
    arguments = ["--lang", "es", "demo", "--from", str(example), "--into", str(tmp_path / "into")]

    result = CliRunner().invoke(cli, [*arguments, "--format", "json"])

    told = json.loads(result.stderr.splitlines()[-1])
    assert (result.exit_code, told["refusals"][0]["code"]) == (1, "example_not_taken")
    assert "El archivo team.csv del ejemplo no se recibió, por la fila 3." in told["message"]
    assert "Corrija ese archivo, o nombre otra carpeta" in told["message"]
    assert len(told["refusals"]) == 2


RESULTS = {
    "households_enrolled": ("A", 225, None),
    "households_headed_by_women": ("A", 214, 225),
    "households_with_savings_account": ("A", 180, 225),
    "refugee_households_with_cash_transfer": ("A", 90, 90),
    "host_households_with_cash_transfer": ("A", 135, 135),
    "households_connected_and_accompanied": ("A", 225, 225),
    "businesses_reinforced": ("all", 67, None),
    "vocational_courses_given": ("all", 50, None),
    "scholarships_awarded": ("all", 50, None),
    "community_activities_held": ("all", 11, None),
}
"""What the source of the example publishes of its first phase: phase, and the two counts."""


def test_the_published_results_come_out_of_the_rows(played: tuple[Result, Path]) -> None:
    arguments = ["--db", f"sqlite:///{played[1] / 'seedfund.db'}", "--actor", "auditoria1"]
    told = CliRunner().invoke(
        cli, [*arguments, "report", "indicators", "--as-of", "2026-06-30", "--format", "json"]
    )
    assert told.exit_code == 0, told.output
    lines = {
        (one["indicator"], one["phase"]): (one["numerator"], one["denominator"])
        for one in json.loads(told.stdout)
        if one["group"] == "all"
    }
    groups = {
        (one["phase"], one["group"]): one["numerator"]
        for one in json.loads(told.stdout)
        if one["indicator"] == "households_enrolled" and one["dimension"] == "population_group"
    }

    assert {code: (phase, *lines[code, phase]) for code, (phase, _, _) in RESULTS.items()} == RESULTS
    assert [groups["A", "refugee"], groups["A", "host"]] == [90, 135]
    assert [groups["B", "refugee"], groups["B", "host"]] == [150, 138]
