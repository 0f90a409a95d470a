"""The rules of work: vacancies, interviews, placements and retention."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.accompaniment.rules.activities import (
    ACTIVITY_STATES,
    Came,
    came_by_sex,
    check_attendees,
    check_report,
)
from seedfund.accompaniment.rules.employment import (
    INTERVIEW_STATES,
    PLACEMENT_STATES,
    RETENTION_MONTHS,
    VACANCY_STATES,
    Check,
    PlacementKind,
    Retention,
    RetentionResult,
    check_interview,
    check_interview_step,
    check_placement,
    check_retention,
    check_vacancy,
    due_on,
    retention_on,
)
from seedfund.kernel.errors import Refusal
from seedfund.kernel.states import StateTable
from seedfund.people.rules import Sex

STARTS = date(2026, 1, 31)
KEPT, LOST, NOT_REACHED = RetentionResult


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    "table",
    [VACANCY_STATES, INTERVIEW_STATES, PLACEMENT_STATES, ACTIVITY_STATES],
    ids=lambda table: table.name,
)
@given(data=st.data())
def test_a_life_takes_one_step_and_ends(table: StateTable, data: st.DataObject) -> None:
    state, steps = table.start, 0
    for wanted in data.draw(st.lists(st.sampled_from(table.states), max_size=8)):
        if table.allows(state, wanted):
            state, steps = wanted, steps + 1

    assert steps <= 1
    assert (state in table.ends) == (steps == 1)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (check_vacancy(STARTS, today=STARTS), []),
        (check_vacancy(STARTS, today=STARTS + timedelta(days=1)), ["vacancy_past"]),
        (check_interview("VA-1", "open"), []),
        (check_interview("VA-1", "filled"), ["vacancy_not_open"]),
        (check_interview_step("EI-1", "held", has_result=True), []),
        (check_interview_step("EI-1", "held", has_result=False), ["interview_result_missing"]),
        (check_interview_step("EI-1", "missed", has_result=True), ["interview_result_not_expected"]),
        (check_placement(PlacementKind.WAGE, has_contract=True), []),
        (check_placement(PlacementKind.WAGE, has_contract=False), ["placement_contract_missing"]),
        (
            check_placement(PlacementKind.SELF_EMPLOYED, has_contract=True),
            ["placement_contract_not_expected"],
        ),
        (check_report("CA-1", "held"), []),
        (check_report("CA-1", "cancelled"), ["activity_not_held"]),
        (check_attendees(["a", "b"]), []),
        (check_attendees(["a", "b", "a"]), ["activity_attendee_twice"]),
    ],
)
def test_what_does_not_fit_is_refused_and_what_does_is_not(found: list[Refusal], expected: list[str]) -> None:
    assert codes(found) == expected


def check(months: int, result: RetentionResult, on: date) -> Check:
    return Check(months=months, result=result, on=on)


def test_checks_fall_due_on_the_last_day_of_a_shorter_month() -> None:
    assert [due_on(STARTS, months) for months in RETENTION_MONTHS] == [
        date(2026, 2, 28),
        date(2026, 4, 30),
        date(2026, 7, 31),
    ]


@pytest.mark.parametrize(
    ("checks", "on", "expected"),
    [
        ([], date(2026, 2, 27), ["not_due", "not_due", "not_due"]),
        ([], date(2026, 4, 30), ["due", "due", "not_due"]),
        ([check(1, NOT_REACHED, date(2026, 3, 1))], date(2026, 3, 1), ["not_reached", "not_due", "not_due"]),
        (
            [check(1, NOT_REACHED, date(2026, 3, 1)), check(1, KEPT, date(2026, 3, 9))],
            date(2026, 3, 9),
            ["kept", "not_due", "not_due"],
        ),
        ([check(3, KEPT, date(2026, 5, 1))], date(2026, 5, 1), ["kept", "kept", "not_due"]),
        ([check(1, LOST, date(2026, 2, 1))], date(2026, 8, 1), ["lost", "lost", "lost"]),
        ([check(3, LOST, date(2026, 2, 1))], date(2026, 2, 2), ["lost", "lost", "lost"]),
        ([check(3, LOST, date(2026, 4, 1))], date(2026, 8, 1), ["not_reached", "lost", "lost"]),
        (
            [check(1, KEPT, date(2026, 3, 1)), check(3, LOST, date(2026, 4, 1))],
            date(2026, 8, 1),
            ["kept", "lost", "lost"],
        ),
        ([check(1, KEPT, date(2026, 3, 9))], date(2026, 3, 8), ["due", "not_due", "not_due"]),
    ],
)
def test_retention_is_named_at_each_check(checks: list[Check], on: date, expected: list[str]) -> None:
    assert [one.value for one in retention_on(STARTS, checks, on=on).values()] == expected


@given(
    st.lists(
        st.builds(
            Check,
            months=st.sampled_from(RETENTION_MONTHS),
            result=st.sampled_from(RetentionResult),
            on=st.dates(STARTS, date(2026, 12, 31)),
        ),
        max_size=6,
    ),
    st.dates(STARTS, date(2026, 12, 31)),
)
def test_a_job_lost_is_never_kept_at_a_later_check(told: list[Check], on: date) -> None:
    known: list[Check] = []
    for one in sorted(told, key=lambda one: one.on):
        is_lost = one.result is LOST
        if not check_retention("EP-1", STARTS, one, known=known, has_reason=is_lost):
            known.append(one)

    found = list(retention_on(STARTS, known, on=on).values())

    after = found[found.index(Retention.LOST) :] if Retention.LOST in found else []
    assert set(after) <= {Retention.LOST}
    if any(one.result is LOST and one.on <= on for one in known):
        assert found[-1] is Retention.LOST or Retention.KEPT in found
        assert not {Retention.DUE, Retention.NOT_DUE} & set(found)


@pytest.mark.parametrize(
    ("told", "known", "has_reason", "expected"),
    [
        (check(1, KEPT, date(2026, 2, 28)), [], False, []),
        (check(1, KEPT, date(2026, 2, 27)), [], False, ["retention_too_early"]),
        (check(1, LOST, date(2026, 2, 1)), [], True, []),
        (check(1, LOST, date(2026, 2, 1)), [], False, ["retention_reason_missing"]),
        (check(1, KEPT, date(2026, 3, 1)), [], True, ["retention_reason_not_expected"]),
        (
            check(1, LOST, date(2026, 5, 2)),
            [check(3, KEPT, date(2026, 5, 1))],
            True,
            ["retention_answered"],
        ),
        (check(3, KEPT, date(2026, 5, 1)), [check(1, LOST, date(2026, 2, 1))], False, ["retention_ended"]),
    ],
)
def test_a_check_is_made_when_it_is_due_and_answered_once(
    told: Check, known: list[Check], has_reason: bool, expected: list[str]
) -> None:
    assert codes(check_retention("EP-1", STARTS, told, known=known, has_reason=has_reason)) == expected


@given(st.lists(st.tuples(st.sampled_from(Sex), st.integers(1, 50)), max_size=10))
def test_everybody_who_came_is_counted_once_under_one_sex(told: list[tuple[Sex, int]]) -> None:
    counts: dict[Any, int] = dict(came_by_sex(Came(sex=sex, count=count) for sex, count in told))

    assert sum(counts.values()) == sum(count for _, count in told)
    assert set(counts) == {sex for sex, _ in told}
