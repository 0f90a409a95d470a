"""Plans are scored by a sheet, ranked to the last tie, and decided by a committee whose interested members step out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import total
from seedfund.plans.rules import (
    GRANTING,
    REFUSALS,
    SESSION_STATES,
    Ballot,
    Candidate,
    Choice,
    CommitteePolicy,
    Criterion,
    Disqualifier,
    Interest,
    Item,
    Mark,
    Motion,
    Outcome,
    PlanScore,
    ScoreSheet,
    ScoringSheet,
    Session,
    TieBreak,
    TieBreakKind,
    Undefined,
    check_decision,
    check_scores,
    check_session,
    committee,
    propose,
    rank,
    ranking,
    recused,
    score_plan,
    scoring,
    tally,
)
from tests.plans.samples import usd

SHEET = ScoringSheet(
    code="call-1",
    version="1",
    criteria=(
        Criterion("market", "Mercado", 5_000),
        Criterion("skills", "Experiencia", 3_000),
        Criterion("premises", "Local", 2_000, may_be_not_applicable=True),
    ),
    scale_min=1,
    scale_max=5,
    pass_mark=6_000,
    disqualifiers=(Disqualifier("double_support", "Ya recibe otro apoyo"), Disqualifier("minor", "Menor")),
    tie_breaks=(
        TieBreak(TieBreakKind.CRITERION, "skills"),
        TieBreak(TieBreakKind.PRIORITY),
        TieBreak(TieBreakKind.SMALLER_GRANT),
        TieBreak(TieBreakKind.EARLIER_SUBMISSION),
    ),
    reviewers_min=2,
    spread_max=2_500,
)


def marks(market: int | None, skills: int | None, premises: int | None) -> tuple[Mark, ...]:
    return Mark("market", market), Mark("skills", skills), Mark("premises", premises)


def scored(reviewer: str, *values: int | None, **changes: Any) -> ScoreSheet:
    return replace(ScoreSheet(reviewer, marks(*values)), **changes)


GOOD = (scored("ana", 5, 4, 3), scored("luis", 4, 4, 3))


def codes(refusals: Any) -> list[str]:
    return [refusal.code for refusal in refusals]


def test_a_score_is_the_mean_of_weighted_parts_of_the_scale() -> None:
    score = score_plan(SHEET, GOOD)

    # ana: 1.00 × 50 + 0.75 × 30 + 0.50 × 20 = 82.5 %; luis: 0.75 × 50 + … = 70 %.
    assert score.total == 7_625
    assert score.spread == 1_250
    assert dict(score.by_criterion) == {"market": 8_750, "skills": 7_500, "premises": 5_000}
    assert (score.passes, score.needs_further_reviewer) == (True, False)


def test_what_does_not_apply_is_left_out_and_not_zero() -> None:
    score = score_plan(SHEET, [scored("ana", 5, 5, None)])

    assert score.total == 10_000
    assert "premises" not in score.by_criterion


def test_the_lowest_marks_are_zero_and_the_pass_mark_itself_passes() -> None:
    exact = replace(SHEET, pass_mark=7_625)

    assert score_plan(SHEET, [scored("ana", 1, 1, 1)]).total == 0
    assert score_plan(exact, GOOD).passes
    assert not score_plan(replace(SHEET, pass_mark=7_626), GOOD).passes


def test_a_plan_in_which_nothing_applies_has_no_score() -> None:
    sheet = replace(
        SHEET, criteria=(Criterion("market", "Mercado", 10_000, may_be_not_applicable=True),), tie_breaks=()
    )
    score = score_plan(sheet, [ScoreSheet("ana", (Mark("market", None),))])

    assert score.total == Undefined("nothing_scored")
    assert not score.passes


def test_one_reviewer_s_disqualifier_keeps_a_plan_out_whatever_its_score() -> None:
    score = score_plan(SHEET, [scored("ana", 5, 5, 5), scored("luis", 5, 5, 5, disqualified=("minor",))])

    assert score.total == 10_000
    assert (score.disqualified, score.passes) == (("minor",), False)


def test_reviewers_far_apart_need_another() -> None:
    assert score_plan(SHEET, [scored("ana", 5, 5, 5), scored("luis", 3, 3, 3)]).needs_further_reviewer


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=1, max_size=6))
def test_a_score_stays_within_its_scale_whoever_comes_first(values: list[tuple[int, int, int]]) -> None:
    sheets = [scored(f"r{index}", *each) for index, each in enumerate(values)]
    score = score_plan(SHEET, sheets)

    assert isinstance(score.total, int)
    assert 0 <= score.total <= 10_000
    assert score == score_plan(SHEET, sheets[::-1])


SCORING: list[tuple[str, tuple[ScoreSheet, ...], tuple[str, ...]]] = [
    ("score_reviewers_too_few", GOOD[:1], ()),
    ("score_reviewer_twice", (GOOD[0], GOOD[0]), ()),
    ("score_by_author", GOOD, ("luis",)),
    ("score_criterion_unknown", (*GOOD, ScoreSheet("eva", (*marks(3, 3, 3), Mark("charm", 5)))), ()),
    ("score_criterion_twice", (*GOOD, ScoreSheet("eva", (*marks(3, 3, 3), Mark("market", 5)))), ()),
    ("score_criterion_unanswered", (*GOOD, ScoreSheet("eva", marks(3, 3, 3)[:2])), ()),
    ("score_not_applicable", (*GOOD, scored("eva", None, 3, 3)), ()),
    ("score_out_of_scale", (*GOOD, scored("eva", 6, 3, 3)), ()),
    ("score_disqualifier_unknown", (*GOOD, scored("eva", 3, 3, 3, disqualified=("late",))), ()),
]


@pytest.mark.parametrize(("code", "scores", "authors"), SCORING, ids=[row[0] for row in SCORING])
def test_each_fault_of_a_score_sheet_is_refused_by_its_name(
    code: str, scores: tuple[ScoreSheet, ...], authors: tuple[str, ...]
) -> None:
    assert codes(check_scores(SHEET, scores, authors=authors)) == [code]


def test_sound_score_sheets_stand_and_every_code_has_a_row_in_order() -> None:
    assert check_scores(SHEET, GOOD, authors=("eva",)) == ()
    assert [row[0] for row in SCORING] == [kind.code for kind in scoring.REFUSALS]


def test_all_faults_of_several_reviewers_come_in_the_declared_order() -> None:
    sheets = (scored("ana", 9, 3, 3), ScoreSheet("ana", marks(3, 3, 3)[:2]))

    assert codes(check_scores(SHEET, sheets, authors=("ana",))) == [
        "score_reviewer_twice",
        "score_by_author",
        "score_criterion_unanswered",
        "score_out_of_scale",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"criteria": (Criterion("market", "Mercado", 9_999),), "tie_breaks": ()},
        {"criteria": (Criterion("market", "M", 10_000), Criterion("skills", "S", 0)), "tie_breaks": ()},
        {"criteria": (Criterion("market", "M", 5_000), Criterion("market", "M", 5_000)), "tie_breaks": ()},
        {"scale_max": 1},
        {"pass_mark": 10_001},
        {"pass_mark": -1},
        {"tie_breaks": (TieBreak(TieBreakKind.CRITERION, "charm"),)},
    ],
)
def test_a_sheet_that_contradicts_itself_cannot_be_made(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        replace(SHEET, **changes)

    assert caught.value.field == "scoring_sheet"


def points(value: int | Undefined, **changes: Any) -> PlanScore:
    passes = isinstance(value, int) and value >= SHEET.pass_mark
    usual = PlanScore(value, 0, {"skills": 5_000}, (), passes, needs_further_reviewer=False)
    return replace(usual, **changes)


def candidate(plan: str, value: int | Undefined = 8_000, **changes: Any) -> Candidate:
    usual = Candidate(plan, points(value), usd(500), date(2026, 3, 1))
    return replace(usual, **changes)


def test_ties_are_broken_in_the_order_of_the_sheet_and_said_so() -> None:
    plans = [
        candidate("G", Undefined("nothing_scored")),
        candidate("F", 5_999),
        candidate("E", submitted_on=date(2026, 3, 2)),
        candidate("D2"),
        candidate("D1"),
        candidate("C", requested=usd(499)),
        candidate("B", priority=1),
        candidate("A2", score=points(8_000, by_criterion={"skills": 5_001})),
        candidate("A1", 8_001),
    ]
    ranked = rank(SHEET, plans)

    assert [(place.candidate.plan, place.decided_by) for place in ranked] == [
        ("A1", "first"),
        ("A2", "score"),
        ("B", "criterion:skills"),
        ("C", "priority"),
        ("D1", "smaller_grant"),
        ("D2", "plan_number"),
        ("E", "earlier_submission"),
        ("F", "passes"),
        ("G", "score"),
    ]
    assert [place.position for place in ranked] == list(range(1, 10))


def test_a_disqualified_plan_stands_behind_every_plan_that_passes() -> None:
    out = candidate("A", score=points(9_900, disqualified=("minor",), passes=False))

    assert [place.candidate.plan for place in rank(SHEET, [out, candidate("B", 6_000)])] == ["B", "A"]


def proposals(sheet: ScoringSheet, budget: int, *requested: int) -> list[tuple[str, int, list[str]]]:
    plans = [candidate(f"P{n}", 9_000 - n, requested=usd(asked)) for n, asked in enumerate(requested)]
    found = propose(sheet, rank(sheet, plans), budget=usd(budget))
    return [(each.outcome.value, each.amount.minor // 100, codes(each.reasons)) for each in found]


def test_the_budget_is_given_out_in_rank_order_and_nobody_overtakes() -> None:
    assert proposals(SHEET, 900, 500, 600, 300) == [
        ("approved", 500, []),
        ("waiting_list", 0, ["budget_used_up"]),
        ("waiting_list", 0, ["budget_used_up"]),
    ]


def test_a_call_may_fill_gaps_with_smaller_plans() -> None:
    assert proposals(replace(SHEET, fills_gaps=True), 900, 500, 600, 300) == [
        ("approved", 500, []),
        ("waiting_list", 0, ["budget_used_up"]),
        ("approved", 300, []),
    ]


def test_a_call_may_offer_what_is_left_down_to_a_share() -> None:
    sheet = replace(SHEET, lower_amount_min=6_000)

    assert proposals(sheet, 860, 500, 600, 10) == [
        ("approved", 500, []),
        ("lower_amount", 360, ["lower_amount_offered"]),
        ("waiting_list", 0, ["budget_used_up"]),
    ]
    assert proposals(sheet, 859, 500, 600)[1] == ("waiting_list", 0, ["budget_used_up"])


@pytest.mark.parametrize(
    ("score", "outcome", "code"),
    [
        (points(9_000, disqualified=("minor",), passes=False), Outcome.REJECTED, "plan_disqualified"),
        (points(5_999), Outcome.REJECTED, "plan_below_pass_mark"),
        (points(Undefined("nothing_scored")), Outcome.DEFERRED, "plan_not_scored"),
    ],
)
def test_a_plan_that_is_kept_out_gets_no_money_and_a_reason(
    score: PlanScore, outcome: Outcome, code: str
) -> None:
    [proposal] = propose(SHEET, rank(SHEET, [candidate("A", score=score)]), budget=usd(900))

    assert (proposal.outcome, proposal.amount, codes(proposal.reasons)) == (outcome, usd(0), [code])
    assert {code, "budget_used_up", "lower_amount_offered"} <= {kind.code for kind in ranking.REFUSALS}


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 900)), max_size=12),
    st.integers(0, 3_000),
    st.booleans(),
    st.none() | st.integers(0, 10_000),
)
def test_a_proposal_never_gives_more_than_the_budget(
    plans: list[tuple[int, int]], budget: int, fills_gaps: bool, lower: int | None
) -> None:
    sheet = replace(SHEET, fills_gaps=fills_gaps, lower_amount_min=lower)
    candidates = [candidate(f"P{n:02}", value, requested=usd(ask)) for n, (value, ask) in enumerate(plans)]
    found = propose(sheet, rank(sheet, candidates), budget=usd(budget))

    assert total((each.amount for each in found), "USD") <= usd(budget)
    assert all(bool(each.amount) == (each.outcome in GRANTING) for each in found)
    assert all(bool(each.reasons) == (each.outcome is not Outcome.APPROVED) for each in found)


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
    ("budget_exceeded", replace(ITEM, budget_left=usd(499)), {}, {}),
    ("score_missing", replace(ITEM, score=None), {}, {}),
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


def test_every_code_of_the_committee_has_a_row() -> None:
    tried = {"session_chair_absent", "session_not_a_member", *(row[0] for row in DECIDING)}

    assert {kind.code for kind in committee.REFUSALS} <= tried


def test_every_state_of_a_session_can_be_reached() -> None:
    reached = {target for targets in SESSION_STATES.steps.values() for target in targets}

    assert reached | {SESSION_STATES.start} == set(SESSION_STATES.states)


def test_every_code_of_the_area_is_its_own_and_is_read_in_spanish() -> None:
    found = [kind.code for kind in REFUSALS]

    assert len(found) == len(set(found))
    assert untranslated(REFUSALS, "es") == ()
