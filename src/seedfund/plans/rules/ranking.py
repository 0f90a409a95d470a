"""How scored plans are put in order, and what that order proposes against the money left.

Must not know the committee, which decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.plans.rules.checks import percent
from seedfund.plans.rules.scoring import (
    SCORE_REVIEWERS_TOO_FEW,
    PlanScore,
    ScoringSheet,
    TieBreak,
    TieBreakKind,
)
from seedfund.plans.rules.states import Outcome
from seedfund.plans.rules.values import Undefined


@dataclass(frozen=True)
class Candidate:
    """A plan as it stands before the committee; `priority` is higher for groups the programme puts first.

    `reviewers` is how many score sheets stand behind its score.
    """

    plan: str
    score: PlanScore
    requested: Money
    submitted_on: date
    priority: int = 0
    reviewers: int = 1


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking, and what decided it against the next higher plan."""

    position: int
    candidate: Candidate
    decided_by: str


@dataclass(frozen=True)
class Proposal:
    """What the ranking proposes for a plan, with its reasons; the committee decides."""

    plan: str
    position: int
    outcome: Outcome
    amount: Money
    reasons: tuple[Refusal, ...]


PLAN_DISQUALIFIED = RefusalCode(
    "plan_disqualified",
    "The plan meets a condition that keeps it out: {conditions}.",
    "Offer training, a job placement or another support instead.",
)
PLAN_BELOW_PASS_MARK = RefusalCode(
    "plan_below_pass_mark",
    "The plan scored {score}; {needed} are needed.",
    "Improve the plan with the participant, or offer training or a job placement instead.",
)
PLAN_NOT_SCORED = RefusalCode(
    "plan_not_scored",
    "Nothing in the plan could be scored.",
    "Have it scored again.",
)
SCORE_CONTESTED = RefusalCode(
    "score_contested",
    "The reviewers of plan {plan} differ by {spread}.",
    "Ask a further reviewer to score it.",
)
BUDGET_USED_UP = RefusalCode(
    "budget_used_up",
    "The plan asks for {asked}, and {left} are left for this call.",
    "Keep it on the waiting list until money is free.",
)
LOWER_AMOUNT_OFFERED = RefusalCode(
    "lower_amount_offered",
    "The plan asks for {asked}, and {offered} are left for this call.",
    "Bring the plan down to {offered} with the participant.",
)
REFUSALS: Final = (
    *(PLAN_DISQUALIFIED, PLAN_BELOW_PASS_MARK, PLAN_NOT_SCORED, SCORE_CONTESTED, BUDGET_USED_UP),
    LOWER_AMOUNT_OFFERED,
)
"""Why a plan is proposed for something else than what it asked for."""


def rank(sheet: ScoringSheet, candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """All candidates, best first: passing before failing, then score, tie-breaks in order, plan number."""
    steps = _steps(sheet)
    ordered = sorted(candidates, key=lambda candidate: tuple(step(candidate) for _, step in steps))
    ranked = []
    for index, candidate in enumerate(ordered):
        above = ordered[index - 1] if index else None
        decided = next((n for n, step in steps if above and step(candidate) != step(above)), "first")
        ranked.append(Ranked(index + 1, candidate, decided))
    return tuple(ranked)


def propose(sheet: ScoringSheet, ranked: Sequence[Ranked], *, budget: Money) -> tuple[Proposal, ...]:
    """An outcome for each plan in rank order against the budget left, with the reasons behind it.

    Once a plan does not fit, those below it wait too, unless the sheet fills gaps with smaller plans.
    """
    left, is_closed, proposals = budget, False, []
    for place in ranked:
        candidate = place.candidate
        outcome, reasons = _keeps_out(sheet, candidate)
        amount = candidate.requested - candidate.requested
        if outcome is None:
            outcome, amount, reasons = _against_budget(sheet, candidate.requested, left, is_closed=is_closed)
            left = left - amount
            is_closed = is_closed or (bool(reasons) and not sheet.fills_gaps)
        proposals.append(Proposal(candidate.plan, place.position, outcome, amount, reasons))
    return tuple(proposals)


def priority_of(sheet: ScoringSheet, group: str) -> int:
    """How far in front a population group stands: the first priority of the sheet that names it counts most."""
    named = [tie.criterion for tie in sheet.tie_breaks if tie.kind is TieBreakKind.PRIORITY]
    return len(named) - named.index(group) if group in named else 0


def _steps(sheet: ScoringSheet) -> tuple[tuple[str, Callable[[Candidate], int | str]], ...]:
    """What decides, in order, each as a name and a key that sorts the better plan first."""
    return (
        ("passes", lambda candidate: not candidate.score.passes),
        ("score", lambda candidate: -_points(candidate.score.total)),
        *((_name(tie), _tie_key(tie)) for tie in sheet.tie_breaks),
        ("plan_number", lambda candidate: candidate.plan),
    )


def _points(value: int | Undefined) -> int:
    """A score as a sort key: what has none stands below zero points."""
    return -1 if isinstance(value, Undefined) else value


def _name(tie: TieBreak) -> str:
    return f"{tie.kind.value}:{tie.criterion}" if tie.criterion else tie.kind.value


def _tie_key(tie: TieBreak) -> Callable[[Candidate], int]:
    keys: dict[TieBreakKind, Callable[[Candidate], int]] = {
        TieBreakKind.CRITERION: lambda candidate: -candidate.score.by_criterion.get(tie.criterion, -1),
        TieBreakKind.PRIORITY: lambda candidate: -candidate.priority,
        TieBreakKind.SMALLER_GRANT: lambda candidate: candidate.requested.minor,
        TieBreakKind.EARLIER_SUBMISSION: lambda candidate: candidate.submitted_on.toordinal(),
    }
    return keys[tie.kind]


def _keeps_out(sheet: ScoringSheet, candidate: Candidate) -> tuple[Outcome | None, tuple[Refusal, ...]]:
    score = candidate.score
    if score.disqualified:
        return Outcome.REJECTED, (PLAN_DISQUALIFIED(conditions=", ".join(score.disqualified)),)
    if isinstance(score.total, Undefined):
        return Outcome.DEFERRED, (PLAN_NOT_SCORED(),)
    if candidate.reviewers < sheet.reviewers_min:
        few = SCORE_REVIEWERS_TOO_FEW(found=candidate.reviewers, needed=sheet.reviewers_min)
        return Outcome.DEFERRED, (few,)
    if score.needs_further_reviewer:
        return Outcome.DEFERRED, (SCORE_CONTESTED(plan=candidate.plan, spread=percent(score.spread)),)
    if not score.passes:
        reason = PLAN_BELOW_PASS_MARK(score=percent(score.total), needed=percent(sheet.pass_mark))
        return Outcome.REJECTED, (reason,)
    return None, ()


def _against_budget(
    sheet: ScoringSheet, asked: Money, left: Money, *, is_closed: bool
) -> tuple[Outcome, Money, tuple[Refusal, ...]]:
    if asked <= left and not is_closed:
        return Outcome.APPROVED, asked, ()
    least = None if sheet.lower_amount_min is None else asked.share(sheet.lower_amount_min)
    if least is not None and not is_closed and left and left >= least:
        return Outcome.LOWER_AMOUNT, left, (LOWER_AMOUNT_OFFERED(asked=asked, offered=left),)
    return Outcome.WAITING_LIST, asked - asked, (BUDGET_USED_UP(asked=asked, left=left),)
