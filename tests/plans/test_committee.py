"""A committee decides with a quorum, by majority, and members with an interest step out."""

from dataclasses import replace
from typing import Any

import pytest

from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from seedfund.plans.rules import (
    REFUSALS,
    SESSION_STATES,
    Ballot,
    Choice,
    CommitteePolicy,
    Interest,
    Item,
    Motion,
    Outcome,
    PlanScore,
    Session,
    check_decision,
    check_session,
    committee,
    recused,
    strictest,
    tally,
)
from tests.plans.samples import usd


def codes(refusals: Any) -> list[str]:
    return [refusal.code for refusal in refusals]


def points(value: int, **changes: Any) -> PlanScore:
    return replace(PlanScore(value, 0, {}, (), value >= 6_000, needs_further_reviewer=False), **changes)


SESSION = Session(
    members=("ana", "luis", "eva", "omar", "rosa"), present=("ana", "luis", "eva", "omar"), chair="ana"
)
POLICY = CommitteePolicy(version="1", quorum=3)
MOTION = Motion("PN-1", Outcome.APPROVED, requested=usd(500), amount=usd(500))


def votes(**choices: str) -> tuple[Ballot, ...]:
    return tuple(Ballot(member, Choice(choice)) for member, choice in choices.items())


FOR = votes(ana="for", luis="for", eva="against", omar="abstain")
ITEM = Item(MOTION, FOR, points(8_000), usd(900), pass_mark=6_000)


def test_a_majority_of_the_votes_cast_carries_and_abstentions_only_sit() -> None:
    result = tally(SESSION, POLICY, MOTION, FOR)

    assert (result.votes_for, result.votes_against, result.abstentions) == (2, 1, 1)
    assert (result.is_carried, result.is_by_chair) == (True, False)
    assert check_decision(SESSION, POLICY, ITEM) == ()


@pytest.mark.parametrize(
    ("chair_breaks_ties", "chair", "is_carried"),
    [(False, "for", False), (True, "for", True), (True, "against", False)],
)
def test_a_tie_is_lost_unless_the_chair_may_break_it(
    chair_breaks_ties: bool, chair: str, is_carried: bool
) -> None:
    other = "against" if chair == "for" else "for"
    result = tally(
        SESSION, replace(POLICY, chair_breaks_ties=chair_breaks_ties), MOTION, votes(ana=chair, luis=other)
    )

    assert (result.is_carried, result.is_by_chair) == (is_carried, is_carried)


@pytest.mark.parametrize(
    ("interests", "authors"),
    [
        ((Interest("luis", "PN-1", "prima"),), ()),
        ((), ("luis",)),
        ((Interest("luis", "PN-1", "x"),), ("luis",)),
    ],
)
def test_a_member_with_an_interest_or_a_hand_in_the_plan_does_not_count(
    interests: tuple[Interest, ...], authors: tuple[str, ...]
) -> None:
    session, motion = replace(SESSION, interests=interests), replace(MOTION, authors=authors)
    result = tally(session, POLICY, motion, FOR)

    assert recused(session, motion) == ("luis",)
    assert result.eligible == ("ana", "eva", "omar")
    assert (result.votes_for, result.is_carried) == (1, False)


def test_an_interest_in_one_plan_leaves_the_others_alone() -> None:
    session = replace(SESSION, interests=(Interest("luis", "PN-2", "prima"),))

    assert recused(session, MOTION) == ()


def moved(**changes: Any) -> Item:
    return replace(ITEM, motion=replace(MOTION, **changes))


DECIDING: list[tuple[str, Item, dict[str, Any], dict[str, Any]]] = [
    ("committee_no_quorum", ITEM, {}, {"quorum": 5}),
    ("voter_not_present", replace(ITEM, ballots=(*FOR, *votes(rosa="for"))), {}, {}),
    (
        "voter_has_interest",
        replace(ITEM, ballots=votes(ana="for", luis="for", eva="for")),
        {"interests": (Interest("luis", "PN-1", "prima"),)},
        {},
    ),
    ("voter_twice", replace(ITEM, ballots=(*FOR, *votes(ana="for"))), {}, {}),
    ("outcome_without_reason", moved(outcome=Outcome.REJECTED, amount=usd(0), reasons=(" ",)), {}, {}),
    ("outcome_amount", moved(amount=usd(499)), {}, {}),
    (
        "outcome_amount",
        moved(outcome=Outcome.LOWER_AMOUNT, amount=Money(40_000, "EUR"), reasons=("less",)),
        {},
        {},
    ),
    ("budget_exceeded", replace(ITEM, budget_left=usd(499)), {}, {}),
    ("score_missing", replace(ITEM, score=None), {}, {}),
    ("score_reviewers_too_few", replace(ITEM, reviewers=1, reviewers_min=2), {}, {}),
    ("score_contested", replace(ITEM, score=points(8_000, needs_further_reviewer=True)), {}, {}),
    ("motion_not_carried", replace(ITEM, ballots=votes(ana="for", luis="against")), {}, {}),
    ("plan_disqualified", replace(ITEM, score=points(8_000, disqualified=("minor",))), {}, {}),
    ("plan_below_pass_mark", replace(ITEM, score=points(5_999)), {}, {}),
]


@pytest.mark.parametrize(("code", "item", "session", "policy"), DECIDING, ids=[row[0] for row in DECIDING])
def test_each_fault_of_a_decision_is_refused_by_its_name(
    code: str, item: Item, session: dict[str, Any], policy: dict[str, Any]
) -> None:
    assert codes(check_decision(replace(SESSION, **session), replace(POLICY, **policy), item)) == [code]


@pytest.mark.parametrize(
    ("outcome", "amount", "fits"),
    [
        (Outcome.APPROVED, 500, True),
        (Outcome.APPROVED, 0, False),
        (Outcome.APPROVED_WITH_OBSERVATIONS, 500, True),
        (Outcome.APPROVED_WITH_OBSERVATIONS, 400, False),
        (Outcome.LOWER_AMOUNT, 400, True),
        (Outcome.LOWER_AMOUNT, 500, False),
        (Outcome.LOWER_AMOUNT, 0, False),
        (Outcome.DEFERRED, 0, True),
        (Outcome.DEFERRED, 1, False),
        (Outcome.WAITING_LIST, 0, True),
        (Outcome.WAITING_LIST, 1, False),
        (Outcome.REJECTED, 0, True),
        (Outcome.REJECTED, 1, False),
    ],
)
def test_an_amount_goes_with_its_outcome(outcome: Outcome, amount: int, fits: bool) -> None:
    item = moved(outcome=outcome, amount=usd(amount), reasons=("motivo",))

    assert codes(check_decision(SESSION, POLICY, item)) == ([] if fits else ["outcome_amount"])


def test_a_failing_plan_can_be_rejected_and_an_unscored_one_approved_where_no_score_is_asked() -> None:
    failing = replace(moved(outcome=Outcome.REJECTED, amount=usd(0), reasons=("x",)), score=points(10))

    assert check_decision(SESSION, POLICY, failing) == ()
    assert check_decision(SESSION, replace(POLICY, scoring_required=False), replace(ITEM, score=None)) == ()


def test_a_disqualified_plan_stays_out_where_no_score_is_asked_too() -> None:
    out = replace(ITEM, score=points(9_000, disqualified=("minor",)))

    assert codes(check_decision(SESSION, replace(POLICY, scoring_required=False), out)) == [
        "plan_disqualified"
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"chair": "rosa"}, ["session_chair_absent"]),
        ({"present": ("ana", "zoe")}, ["session_not_a_member"]),
        ({"chair": "zoe", "present": ("ana", "zoe")}, ["session_chair_absent", "session_not_a_member"]),
    ],
)
def test_a_session_opens_with_its_chair_and_its_members(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(check_session(replace(SESSION, **changes))) == expected


def test_a_session_has_as_many_members_as_the_policy_asks() -> None:
    assert codes(check_session(SESSION, size_min=5)) == []
    assert codes(check_session(SESSION, size_min=6)) == ["committee_too_small"]


def test_two_policies_together_ask_for_the_higher_quorum_and_for_the_score() -> None:
    lax = CommitteePolicy(version="1", quorum=2, scoring_required=False)

    assert strictest(lax, replace(lax, quorum=4), replace(lax, scoring_required=True)) == CommitteePolicy(
        version="1", quorum=4
    )


def test_every_code_of_the_committee_has_a_row() -> None:
    tried = {
        "session_chair_absent",
        "committee_too_small",
        "session_not_a_member",
        *(row[0] for row in DECIDING),
    }

    assert {kind.code for kind in committee.REFUSALS} <= tried


def test_every_state_of_a_session_can_be_reached() -> None:
    reached = {target for targets in SESSION_STATES.steps.values() for target in targets}

    assert reached | {SESSION_STATES.start} == set(SESSION_STATES.states)


def test_every_code_of_the_area_is_its_own_and_is_read_in_spanish() -> None:
    found = [kind.code for kind in REFUSALS]

    assert len(found) == len(set(found))
    assert untranslated(REFUSALS, "es") == ()
