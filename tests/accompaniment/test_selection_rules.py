"""The rules of a selection: criteria, ranking, the waiting list and the verification sample."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.accompaniment.rules.criteria import (
    Criterion,
    CriterionKind,
    Reason,
    Screened,
    SelectionTerms,
    Shortfall,
    TieRule,
    check_terms,
    judge,
    points,
    shortfalls,
)
from seedfund.accompaniment.rules.sampling import (
    SAMPLE_STATES,
    Finding,
    Told,
    check_draw,
    check_finding,
    draw,
    figures,
    sample_size,
)
from seedfund.accompaniment.rules.selection import (
    ENTRY_STATES,
    SELECTION_STATES,
    Outcome,
    Waiting,
    check_promotion,
    check_selection,
    check_turn,
    free_places,
    next_waiting,
    rank,
)
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money
from seedfund.people.rules import AgeSource, Birth, PopulationGroup

ON = date(2026, 1, 5)
Kind = CriterionKind
LINE = Money(4828, "USD")
POOR = Criterion(kind=Kind.EXTREME_POVERTY, income_below=LINE, number=34000)
CHILD = Criterion(kind=Kind.CHILD_UNDER, number=18)
ADULT_BORN = Birth(AgeSource.DOCUMENT, born_on=date(1990, 1, 1))


def born(year: int) -> Birth:
    return Birth(AgeSource.DECLARED, born_in=year)


def one(**changes: Any) -> Screened:
    usual = Screened(
        household="HH-2026-0001",
        screened_on=ON,
        version=1,
        score=30000,
        income=Money(4000, "USD"),
        births=(ADULT_BORN, born(2018)),
        group=PopulationGroup.REFUGEE,
        locality="EC0401",
    )
    return replace(usual, **changes)


def terms(*criteria: Criterion, **changes: Any) -> SelectionTerms:
    return replace(SelectionTerms(criteria=criteria or (POOR, CHILD), places=2), **changes)


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (terms(), []),
        (replace(terms(), criteria=()), ["selection_without_criteria"]),
        (terms(places=0), ["selection_without_places"]),
        (terms(Criterion(kind=Kind.EXTREME_POVERTY)), ["criterion_incomplete"]),
        (terms(Criterion(kind=Kind.CHILD_UNDER)), ["criterion_incomplete"]),
        (terms(Criterion(kind=Kind.LOCALITY)), ["criterion_incomplete"]),
        (terms(Criterion(kind=Kind.CHILD_UNDER, number=18, among=("x",))), ["criterion_not_expected"]),
        (terms(Criterion(kind=Kind.POPULATION_GROUP, among=("martian",))), ["criterion_group_unknown"]),
        (terms(Criterion(kind=Kind.POPULATION_GROUP, among=("not_collected",))), ["criterion_group_unknown"]),
        (terms(Criterion(kind=Kind.CHILD_UNDER, number=0)), ["criterion_out_of_range"]),
        (terms(Criterion(kind=Kind.SCORE_AT_MOST, number=-1)), ["criterion_out_of_range"]),
        (terms(CHILD, CHILD), ["criterion_twice"]),
        (terms(ties=(TieRule.MORE_CHILDREN, TieRule.MORE_CHILDREN)), ["tie_twice"]),
        (terms(others_least=1), ["others_too_many"]),
        (terms(replace(CHILD, is_required=False), others_least=1), []),
        (terms(sample_share=0), ["sample_rule_out_of_range"]),
        (terms(sample_least=0), ["sample_rule_out_of_range"]),
        (
            replace(terms(places=-1), criteria=(), others_least=-1),
            ["selection_without_criteria", "selection_without_places", "others_too_many"],
        ),
    ],
)
def test_rules_that_cannot_be_are_refused_by_name(wanted: SelectionTerms, expected: list[str]) -> None:
    assert codes(check_terms(wanted)) == expected


NOT_MET, NOT_COLLECTED = Shortfall.NOT_MET, Shortfall.NOT_COLLECTED


@pytest.mark.parametrize(
    ("criterion", "changes", "expected"),
    [
        (POOR, {}, None),
        (POOR, {"income": None}, None),
        (POOR, {"score": None}, None),
        (POOR, {"score": 34000, "income": LINE}, (NOT_MET, "34.000, USD 48.28")),
        (POOR, {"score": 34000, "income": None}, (NOT_COLLECTED, "34.000")),
        (POOR, {"score": None, "income": None}, (NOT_COLLECTED, "")),
        (
            POOR,
            {"score": 40000, "income": Money(1, "EUR")},
            (Shortfall.OTHER_CURRENCY, "40.000, EUR 0.01"),
        ),
        (POOR, {"score": 33999, "income": Money(1, "EUR")}, None),
        (CHILD, {}, None),
        (CHILD, {"births": (ADULT_BORN,)}, (NOT_MET, "36")),
        (CHILD, {"births": (ADULT_BORN, None)}, (NOT_COLLECTED, "")),
        (CHILD, {"births": (ADULT_BORN, born(2008))}, (NOT_COLLECTED, "")),
        (CHILD, {"births": (None, born(2009))}, None),
        (Criterion(kind=Kind.SCORE_AT_LEAST, number=30000), {}, None),
        (Criterion(kind=Kind.SCORE_AT_LEAST, number=30001), {}, (NOT_MET, "30.000")),
        (Criterion(kind=Kind.SCORE_AT_MOST, number=30000), {}, None),
        (Criterion(kind=Kind.SCORE_AT_MOST, number=29999), {}, (NOT_MET, "30.000")),
        (Criterion(kind=Kind.SCORE_AT_MOST, number=29999), {"score": None}, (NOT_COLLECTED, "")),
        (Criterion(kind=Kind.LOCALITY, among=("ec0401",)), {}, None),
        (Criterion(kind=Kind.LOCALITY, among=("EC04",)), {}, (NOT_MET, "EC0401")),
        (Criterion(kind=Kind.POPULATION_GROUP, among=("refugee", "host")), {}, None),
        (Criterion(kind=Kind.POPULATION_GROUP, among=("host",)), {}, (NOT_MET, "refugee")),
        (Criterion(kind=Kind.POPULATION_GROUP, among=("host",)), {"group": None}, (NOT_COLLECTED, "")),
        (Criterion(kind=Kind.SIZE_AT_LEAST, number=3), {}, (NOT_MET, "2")),
        (Criterion(kind=Kind.SIZE_AT_LEAST, number=2), {}, None),
        (Criterion(kind=Kind.SIZE_AT_MOST, number=2), {}, None),
        (Criterion(kind=Kind.SIZE_AT_MOST, number=1), {}, (NOT_MET, "2")),
    ],
)
def test_a_criterion_names_what_falls_short_and_the_fact(
    criterion: Criterion, changes: dict[str, Any], expected: tuple[Shortfall, str] | None
) -> None:
    found = judge(criterion, one(**changes), ON)

    assert (found and (found.shortfall, found.fact)) == expected
    assert found is None or found.criterion is criterion.kind


def test_every_reason_is_told_at_once_and_what_was_not_collected_is_no_zero() -> None:
    alone = one(
        score=None, income=None, births=(ADULT_BORN,), stops=(Reason(shortfall=Shortfall.DUPLICATE_OPEN),)
    )

    found = [reason.shortfall for reason in shortfalls(terms(), alone, ON)]

    assert found == [Shortfall.DUPLICATE_OPEN, NOT_COLLECTED, NOT_MET]
    unscored = one(score=None, income=Money(1, "USD"))
    assert [reason.shortfall for reason in shortfalls(terms(), unscored, ON)] == [
        Shortfall.SCORE_NOT_COLLECTED
    ]


def test_of_criteria_not_required_so_many_have_to_be_met() -> None:
    others = (
        replace(CHILD, is_required=False),
        Criterion(kind=Kind.SIZE_AT_LEAST, number=6, is_required=False),
    )

    assert shortfalls(terms(*others, others_least=1), one(), ON) == ()
    (reason,) = shortfalls(terms(*others, others_least=2), one(), ON)
    assert (reason.shortfall, reason.fact) == (Shortfall.TOO_FEW_MET, "1/2")


def test_ties_fall_by_the_stated_rule_and_at_last_by_number() -> None:
    homes = [
        one(household="HH-4", births=(ADULT_BORN, born(2018), born(2019))),
        one(household="HH-3", screened_on=date(2026, 1, 4)),
        one(household="HH-2"),
        one(household="HH-1"),
        one(household="HH-5", score=29999),
        one(household="HH-0", births=(ADULT_BORN,)),
    ]

    found = rank(terms(), homes, ON)

    assert [(row.position, row.screened.household, row.outcome) for row in found] == [
        (1, "HH-5", Outcome.SELECTED),
        (2, "HH-4", Outcome.SELECTED),
        (3, "HH-3", Outcome.WAITING),
        (4, "HH-1", Outcome.WAITING),
        (5, "HH-2", Outcome.WAITING),
        (6, "HH-0", Outcome.REFUSED),
    ]
    by_size = rank(terms(ties=(TieRule.LARGER_HOUSEHOLD,)), homes, ON)
    assert [row.screened.household for row in by_size][:3] == ["HH-5", "HH-4", "HH-1"]


HOMES = st.lists(
    st.builds(
        one,
        household=st.integers(1, 9999).map(lambda number: f"HH-2026-{number:04d}"),
        score=st.none() | st.integers(0, 60000),
        births=st.lists(st.none() | st.integers(1950, 2025).map(born), max_size=5).map(tuple),
        screened_on=st.dates(date(2025, 12, 1), ON),
    ),
    unique_by=lambda home: home.household,
    max_size=25,
)


@given(homes=HOMES, places=st.integers(1, 10), data=st.data())
def test_the_same_facts_give_the_same_list_in_whatever_order_they_come(
    homes: list[Screened], places: int, data: st.DataObject
) -> None:
    wanted = terms(places=places)
    found = rank(wanted, homes, ON)

    assert rank(wanted, data.draw(st.permutations(homes)), ON) == found
    assert [row.position for row in found] == list(range(1, len(homes) + 1))
    selected = [row for row in found if row.outcome is Outcome.SELECTED]
    waiting = [row for row in found if row.outcome is Outcome.WAITING]
    refused = [row for row in found if row.outcome is Outcome.REFUSED]
    assert len(selected) == min(places, len(selected) + len(waiting))
    assert all(bool(row.reasons) == (row in refused) for row in found)
    scores = [row.screened.score for row in (*selected, *waiting)]
    assert None not in scores
    assert scores == sorted(score for score in scores if score is not None)


def test_a_score_is_written_in_points() -> None:
    assert [points(score) for score in (0, 7, 34679, 1_000_000)] == ["0.000", "0.007", "34.679", "1000.000"]


def test_no_selection_is_made_of_nobody_or_beside_an_open_one() -> None:
    assert check_selection("r", is_anybody=True, day=ON, open_selection=None) == []
    found = check_selection("r", is_anybody=False, day=ON, open_selection="SE-2026-0001")
    assert codes(found) == ["selection_nobody_screened", "selection_open_already"]


@given(states=st.lists(st.sampled_from(("selected", "waiting", "left", "refused")), max_size=20))
def test_promotion_never_passes_the_places_and_follows_the_order(states: list[str]) -> None:
    entries = [Waiting(household=f"H{n}", position=n, state=state) for n, state in enumerate(states, 1)]
    places = 5
    while not check_promotion("SE", "open", places=places, entries=entries):
        turn = next_waiting(entries)
        assert turn is not None
        assert all(e.position >= turn.position for e in entries if e.state == "waiting")
        entries[turn.position - 1] = replace(turn, state="selected")
        assert free_places(places, entries) >= 0

    assert free_places(places, entries) <= 0 or next_waiting(entries) is None
    assert codes(check_promotion("SE", "closed", places=places, entries=entries)) == ["selection_closed"]


@pytest.mark.parametrize(
    ("wanted", "state", "may_override", "has_reason", "expected"),
    [
        ("H1", "waiting", False, False, []),
        ("H2", "waiting", False, True, ["promotion_out_of_order"]),
        ("H2", "waiting", True, False, ["promotion_reason_missing"]),
        ("H2", "waiting", True, True, []),
        ("H3", "left", True, True, ["promotion_not_waiting"]),
    ],
)
def test_another_than_the_next_needs_a_role_and_a_reason(
    wanted: str, state: str, may_override: bool, has_reason: bool, expected: list[str]
) -> None:
    turn = Waiting(household="H1", position=1, state="waiting")
    found = check_turn(
        "SE",
        Waiting(household=wanted, position=2, state=state),
        turn,
        may_override=may_override,
        has_reason=has_reason,
    )
    assert codes(found) == expected


@given(data=st.data())
def test_a_household_of_a_selection_ends_refused_or_left(data: st.DataObject) -> None:
    state, walked = ENTRY_STATES.start, []
    for wanted in data.draw(st.lists(st.sampled_from(ENTRY_STATES.states), max_size=12)):
        if ENTRY_STATES.allows(state, wanted):
            state = wanted
            walked.append(state)

    assert "screened" not in walked
    assert len(walked) <= 3
    assert set(ENTRY_STATES.ends) == {"refused", "left"}
    assert not ("refused" in walked and len(walked) > 1)
    assert SELECTION_STATES.ends == ("closed",)
    assert SAMPLE_STATES.ends == tuple(Finding)


@pytest.mark.parametrize(
    ("selected", "size"), [(0, 0), (1, 1), (4, 4), (5, 5), (50, 5), (51, 6), (60, 6), (1000, 100)]
)
def test_a_sample_is_a_tenth_rounded_up_and_at_least_five(selected: int, size: int) -> None:
    assert sample_size(selected, share=1000, least=5) == size


@given(
    seed=st.text(min_size=1, max_size=20),
    homes=st.lists(st.integers(1, 9999).map(str), unique=True, max_size=30),
    size=st.integers(0, 30),
    data=st.data(),
)
def test_a_sample_can_be_drawn_again_from_its_seed(
    seed: str, homes: list[str], size: int, data: st.DataObject
) -> None:
    found = draw(seed, homes, size)

    assert draw(seed, data.draw(st.permutations(homes)), size) == found
    assert len(set(found)) == min(size, len(homes))
    assert set(found) <= set(homes)


def test_another_seed_draws_other_households() -> None:
    homes = [f"HH-2026-{number:04d}" for number in range(1, 61)]

    samples = {draw(str(seed), homes, 6) for seed in range(50)}

    assert len(samples) > 45
    drawn = {home for seed in range(200) for home in draw(str(seed), homes, 6)}
    assert drawn == set(homes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_own_screening": True}, ["sample_own_screening"]),
        ({"has_difference": True}, ["sample_difference_not_expected"]),
        ({"finding": Finding.DIFFERS}, ["sample_difference_missing"]),
        ({"finding": Finding.DIFFERS, "has_difference": True}, []),
        ({"is_correction": True}, ["sample_reason_missing"]),
        ({"is_correction": True, "has_reason": True}, []),
    ],
)
def test_a_finding_that_cannot_be_is_refused_by_name(changes: dict[str, Any], expected: list[str]) -> None:
    usual = Told(
        finding=Finding.VERIFIED,
        is_own_screening=False,
        has_difference=False,
        is_correction=False,
        has_reason=False,
    )
    assert codes(check_finding("HH", replace(usual, **changes))) == expected


def test_a_sample_is_drawn_once_and_of_somebody() -> None:
    assert check_draw("SE", selected=3, drawn_on=None) == []
    assert codes(check_draw("SE", selected=0, drawn_on=None)) == ["sample_nobody_selected"]
    assert codes(check_draw("SE", selected=3, drawn_on="2026-01-05")) == ["sample_drawn_already"]


def test_the_share_that_differs_is_of_those_looked_at() -> None:
    assert figures(5, []).differing is None
    found = figures(5, [Finding.VERIFIED, Finding.DIFFERS, Finding.VERIFIED])
    assert (found.drawn, found.looked_at, found.differ, found.differing) == (5, 3, 1, 3333)
