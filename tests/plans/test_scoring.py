"""Plans are scored by a sheet, ranked to the last tie, and proposed against the money that is left."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import total
from seedfund.plans.rules import (
    GRANTING,
    Candidate,
    Criterion,
    Disqualifier,
    Mark,
    Outcome,
    PlanScore,
    ScoreSheet,
    ScoringSheet,
    TieBreak,
    TieBreakKind,
    Undefined,
    check_scores,
    priority_of,
    propose,
    rank,
    ranking,
    score_plan,
    scoring,
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
    usual = Candidate(plan, points(value), usd(500), date(2026, 3, 1), reviewers=SHEET.reviewers_min)
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


def test_a_plan_waits_for_the_reviewers_its_sheet_asks_for() -> None:
    ranked = rank(SHEET, [candidate("A", reviewers=1)])
    [proposal] = propose(replace(SHEET, reviewers_min=2), ranked, budget=usd(900))

    assert (proposal.outcome, codes(proposal.reasons)) == (Outcome.DEFERRED, ["score_reviewers_too_few"])


def test_the_first_group_a_sheet_names_stands_furthest_in_front() -> None:
    ties = tuple(TieBreak(TieBreakKind.PRIORITY, group) for group in ("returnee", "host"))
    sheet = replace(SHEET, tie_breaks=ties)

    assert [priority_of(sheet, group) for group in ("returnee", "host", "refugee")] == [2, 1, 0]


@pytest.mark.parametrize(
    ("score", "outcome", "code"),
    [
        (points(9_000, disqualified=("minor",), passes=False), Outcome.REJECTED, "plan_disqualified"),
        (points(5_999), Outcome.REJECTED, "plan_below_pass_mark"),
        (points(Undefined("nothing_scored")), Outcome.DEFERRED, "plan_not_scored"),
        (points(9_000, needs_further_reviewer=True), Outcome.DEFERRED, "score_contested"),
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
