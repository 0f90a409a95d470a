"""What became of households, businesses and jobs in the demo, as its files tell it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from tests.cli.test_demo import stored, summary

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
