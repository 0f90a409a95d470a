"""The demo plays the whole example from its files, and what it leaves behind holds together."""

import csv
import json
import shutil
from collections import Counter
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


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    into = tmp_path_factory.mktemp("demo")
    example = str(ROOT / "examples" / "northern-border")
    result = CliRunner().invoke(cli, ["--lang", "en", "demo", "--from", example, "--into", str(into)])
    assert result.exit_code == 0, result.output
    return result, into


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


ACCOMPANIED = {
    "households_assessed": ("A", 120, 225),
    "households_with_plan": ("A", 120, 225),
    "households_graduated": ("A", 50, 225),
    "households_sustained_after_3_months": ("A", 48, 48),
    "households_sustained_after_6_months": ("A", 40, 43),
    "businesses_operating_after_3_months": ("all", 62, 65),
    "businesses_operating_after_6_months": ("all", 60, 62),
    "businesses_operating_after_12_months": ("all", 50, 55),
    "job_fairs_held": ("all", 1, None),
    "persons_placed": ("all", 14, None),
    "persons_in_the_job_after_1_month": ("all", 12, 13),
    "persons_in_the_job_after_3_months": ("all", 10, 13),
    "persons_in_the_job_after_6_months": ("all", 7, 12),
}
"""What the example's own files tell of households, businesses and jobs; a household not found is in neither count."""


def told_by(into: Path, *arguments: str, actor: str = "direccion1") -> Any:
    """What a command of the desk prints of the demo's database, as JSON."""
    database = f"sqlite:///{into / 'seedfund.db'}"
    result = CliRunner().invoke(cli, ["--db", database, "--actor", actor, *arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def counts(rows: list[dict[str, Any]], column: str) -> dict[str, int]:
    return dict(Counter(row[column] for row in rows))


def test_what_became_of_households_businesses_and_jobs_comes_out_of_the_rows(
    played: tuple[Result, Path],
) -> None:
    lines = {
        (one["indicator"], one["phase"]): (one["numerator"], one["denominator"])
        for one in told_by(played[1], "report", "indicators", "--as-of", "2026-06-30")
        if one["group"] == "all"
    }

    found = {code: (phase, *lines[code, phase]) for code, (phase, _, _) in ACCOMPANIED.items()}
    assert found == ACCOMPANIED


def test_households_are_selected_by_the_rules_before_their_plans_and_a_place_given_up_is_given_on(
    played: tuple[Result, Path],
) -> None:
    (listed,) = told_by(played[1], "list", "selections")
    shown = told_by(played[1], "show", listed["number"])
    found = {row["household"]: row for row in shown["households"]}
    differing = [row["household"] for row in shown["sample"] if row["state"] == "differs"]
    gone = {row["household"]: row["why"] for row in shown["moves"] if row["state"] == "gave_up"}
    promoted = [row["household"] for row in shown["moves"] if row["state"] == "selected"]
    plans = told_by(played[1], "list", "plans")
    grants = told_by(played[1], "list", "grants")

    assert [listed[name] for name in ("places", "selected", "waiting", "refused", "sampled")] == [
        *(74, 73, 50, 97),
        8,
    ]
    assert differing == ["HH-2025-0110"]
    assert gone["HH-2025-0110"] == "found_not_eligible"
    assert promoted == ["HH-2025-0147"]
    assert found["HH-2025-0147"]["position"] == listed["places"] + 1
    assert {row["criterion"] for row in shown["refused"]} >= {"extreme_poverty"}
    assert {row["because"] for row in shown["refused"]} >= {"not_met", "score_not_collected"}
    holding = {home for home, row in found.items() if row["state"] == "selected"}
    seeded = {row["household"] for row in grants if row["number"].startswith("SC-")}
    assert seeded <= holding
    assert listed["made_on"] < min(row["submitted_on"] for row in plans)


def test_whoever_leaves_a_required_question_unanswered_does_not_graduate_until_it_is_answered(
    played: tuple[Result, Path],
) -> None:
    rows = told_by(played[1], "list", "assessments")
    graduations = told_by(played[1], "list", "graduations")
    states = {row["household"]: row["state"] for row in sorted(graduations, key=lambda row: row["number"])}
    last = {row["household"]: row for row in sorted(rows, key=lambda row: row["on"])}
    open_ones = {home for home, row in last.items() if row["unanswered"]}
    answered_later = {row["household"] for row in rows if row["unanswered"]} - open_ones

    assert len(open_ones) == 2
    assert not open_ones & set(states)
    assert [states[home] for home in answered_later] == ["approved"]
    assert counts(graduations, "state") == {"approved": 50, "declined": 2, "proposed": 1}
    assert {row["instrument"] for row in rows} == {"hogar_cinco v1", "hogar_cinco v2"}


def test_a_graduation_is_decided_by_another_person_and_never_before_it_was_proposed(
    played: tuple[Result, Path],
) -> None:
    query = (
        "SELECT proposed_by, decided_by, proposed_on, decided_on FROM sf_graduation WHERE state <> 'proposed'"
    )
    decided = stored(played[1], query)

    assert len(decided) == 52
    for proposer, decider, proposed_on, decided_on in decided:
        assert proposer != decider
        assert proposed_on <= decided_on


def test_a_look_at_a_business_that_was_told_wrong_keeps_both_versions(played: tuple[Result, Path]) -> None:
    (number,) = {
        number
        for number, version in stored(
            played[1],
            "SELECT m.number, r.version FROM sf_monitoring m JOIN sf_monitoring_report r ON r.monitoring_id = m.id",
        )
        if version == 2
    }
    versions = told_by(played[1], "show", number)["versions"]

    assert [one["version"] for one in versions] == [1, 2]
    assert versions[0]["sales"]["minor"] == 10 * versions[1]["sales"]["minor"]
    assert versions[1]["correction"] == "Se escribió un cero de más en las ventas"


def test_looks_at_businesses_that_do_not_fit_are_taken_in_and_decided_by_somebody_else(
    played: tuple[Result, Path],
) -> None:
    rows = told_by(played[1], "list", "monitoring")
    odd = {row["plan"]: (row["irregular"], row["state"]) for row in rows if row["irregular"]}

    assert odd == {
        "BP-2025-0024": (["second_look"], "set_aside"),
        "BP-2025-0055": (["reason_missing"], "counted"),
        "BP-2025-0061": (["second_look"], "open"),
    }


def test_the_summary_tells_every_way_the_example_has_for_a_household_a_business_and_a_job(
    played: tuple[Result, Path],
) -> None:
    told = summary(played[1])["accompaniment"]

    assert told["households of the sample"] == {"verified": 7, "differs": 1}
    assert told["graduations"] == {"approved": 50, "declined": 2, "proposed": 1}
    assert told["businesses after 3 months"] == {"operating": 62, "not_operating": 3, "not_visited": 2}
    assert set(told["goals"]) == {"achieved", "not_achieved", "dropped", "open"}
    assert set(told["interviews"]) == {
        *("hired", "not_hired", "no_answer_yet"),
        *("missed", "cancelled", "scheduled"),
    }
    assert told["placements"] == {"active": 10, "ended": 4}
    assert "graduations: approved 50 · declined 2 · proposed 1" in played[0].output
