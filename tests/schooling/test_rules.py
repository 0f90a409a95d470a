"""The rules of schooling: steps, what is irregular, and what counts as enrolled."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.schooling.rules import (
    SCHOOLING_STATES,
    KnownSchooling,
    SchoolingIrregularity,
    SchoolKind,
    SchoolProof,
    Term,
    answers_a_condition,
    check_decision,
    check_step,
    check_term,
    irregularity,
)

DAY = date(2026, 1, 5)
TOLD = KnownSchooling(kind=SchoolKind.SCHOOL, term="2025-2026", state="enrolled")


@given(st.lists(st.sampled_from(SCHOOLING_STATES.states), max_size=6))
def test_a_schooling_walks_only_along_its_table_and_ends_when_the_child_left(path: list[str]) -> None:
    state = SCHOOLING_STATES.start
    for wanted in path:
        if SCHOOLING_STATES.allows(state, wanted):
            state = wanted

    assert state in SCHOOLING_STATES.states
    assert not any(SCHOOLING_STATES.allows("left", wanted) for wanted in SCHOOLING_STATES.states)
    assert all(not SCHOOLING_STATES.allows(one, SCHOOLING_STATES.start) for one in SCHOOLING_STATES.states)


@pytest.mark.parametrize(("days", "is_refused"), [(-1, True), (0, False), (399, False), (400, True)])
def test_a_term_lasts_a_day_to_a_long_school_year(days: int, is_refused: bool) -> None:
    term = Term(name="x", starts_on=DAY, ends_on=DAY + timedelta(days=days))

    assert [refusal.code for refusal in check_term(term)] == ["schooling_term_length"] * is_refused


@pytest.mark.parametrize(
    ("known", "changes", "found"),
    [
        ((), {}, None),
        ((), {"is_adult": True, "has_household": False}, SchoolingIrregularity.NOT_A_CHILD),
        ((), {"has_household": False, "is_after_term": True}, SchoolingIrregularity.WITHOUT_HOUSEHOLD),
        ((TOLD,), {}, SchoolingIrregularity.TWICE_IN_TERM),
        ((KnownSchooling(kind=SchoolKind.SCHOOL, term="2025-2026", state="left"),), {}, None),
        ((KnownSchooling(kind=SchoolKind.INFORMAL_CLASS, term="2025-2026", state="attending"),), {}, None),
        ((), {"is_after_term": True}, SchoolingIrregularity.AFTER_TERM),
    ],
)
def test_what_does_not_fit_is_named_in_a_fixed_order(
    known: tuple[KnownSchooling, ...], changes: dict[str, bool], found: SchoolingIrregularity | None
) -> None:
    usual = {"is_adult": False, "has_household": True, "is_after_term": False}

    assert irregularity(TOLD, known, **{**usual, **changes}) is found


@pytest.mark.parametrize(
    ("to", "has_reason", "day", "codes"),
    [
        ("attending", False, DAY, []),
        ("left", True, DAY, []),
        (
            "left",
            False,
            DAY - timedelta(days=1),
            ["schooling_step_before_last", "schooling_left_without_reason"],
        ),
        ("attending", True, DAY, ["schooling_reason_not_expected"]),
    ],
)
def test_a_step_follows_the_last_and_only_leaving_has_a_reason(
    to: str, has_reason: bool, day: date, codes: list[str]
) -> None:
    found = check_step("ED-2026-0001", "enrolled", to=to, has_reason=has_reason, last=DAY, day=day)

    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize(
    ("irregular", "is_decided", "is_by_recorder", "codes"),
    [
        (None, False, False, ["schooling_not_irregular"]),
        (SchoolingIrregularity.AFTER_TERM, False, False, []),
        (
            SchoolingIrregularity.AFTER_TERM,
            True,
            True,
            ["schooling_decided", "schooling_decided_by_recorder"],
        ),
    ],
)
def test_an_irregular_schooling_is_decided_once_by_another_person(
    irregular: SchoolingIrregularity | None, is_decided: bool, is_by_recorder: bool, codes: list[str]
) -> None:
    found = check_decision("x", irregular, is_decided=is_decided, is_by_recorder=is_by_recorder)

    assert [refusal.code for refusal in found] == codes


@given(
    st.sampled_from(SCHOOLING_STATES.states),
    st.lists(st.sampled_from(SchoolProof), max_size=3),
    st.one_of(st.none(), st.sampled_from(SchoolingIrregularity)),
    st.booleans(),
)
def test_only_what_the_school_proves_and_nobody_doubts_counts_as_enrolled(
    state: str, proofs: list[SchoolProof], irregular: SchoolingIrregularity | None, accepted: bool
) -> None:
    counts = answers_a_condition(state, proofs, irregular, is_accepted=accepted)

    if counts:
        assert state != "left"
        assert set(proofs) - {SchoolProof.DECLARED}
        assert irregular is None or accepted
    if set(proofs) <= {SchoolProof.DECLARED}:
        assert not counts
