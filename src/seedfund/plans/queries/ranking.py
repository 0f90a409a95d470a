"""The ranking of a call: every plan that waits for a decision, in the order of its scores and tie-breaks.

It proposes what the money left allows; a committee decides, and each decision keeps the ranking it was taken on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from seedfund.funds.queries import BudgetLineFacts, budget_line
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import participant_facts
from seedfund.plans.queries.facts import CallFacts, PlanFacts
from seedfund.plans.queries.statements import CALL_BY_ID, PLANS_WAITING, PROMISED, SCORES_AMONG
from seedfund.plans.rules import (
    NOTHING_SCORED,
    Candidate,
    PlanScore,
    Proposal,
    Ranked,
    ScoreSheet,
    ScoringSheet,
    TieBreakKind,
    Undefined,
    priority_of,
    propose,
    rank,
    score_plan,
)
from seedfund.store.statements import Reader

UNSCORED: Final = PlanScore(Undefined(NOTHING_SCORED), 0, {}, (), passes=False, needs_further_reviewer=False)


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A budget line, what committees gave of it that no award holds yet, and what that leaves."""

    line: BudgetLineFacts
    promised: Money

    @property
    def left(self) -> Money:
        """What a committee can still give."""
        return self.line.available - self.promised


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan's place in the ranking, and what is proposed for it."""

    plan: PlanFacts
    place: Ranked
    proposal: Proposal


def line_left(reader: Reader, programme: Key, fund: str, line: str) -> LineLeft:
    """A budget line with what a committee can still give of it.

    Raises:
        NotFound: there is no such line.
    """
    found = budget_line(reader, programme, fund, line)
    return LineLeft(found, Money(reader.one(PROMISED, line=found.id), found.currency))


def ranking_of(reader: Reader, programme: Key, call: CallFacts, *, budget: Money) -> list[Standing]:
    """The ranking of a call among plans in the budget's currency; empty where the call does not score."""
    sheet = call.terms.sheet
    if sheet is None:
        return []
    waiting = reader.all(PLANS_WAITING, programme=programme, call=call.code)
    plans = {plan.number: plan for plan in waiting if plan.currency == budget.currency}
    ranked = rank(sheet, _candidates(reader, sheet, plans))
    proposals = propose(sheet, ranked, budget=budget)
    return [
        Standing(plans[place.candidate.plan], place, proposal)
        for place, proposal in zip(ranked, proposals, strict=True)
    ]


def _candidates(reader: Reader, sheet: ScoringSheet, plans: Mapping[str, PlanFacts]) -> list[Candidate]:
    """Each plan is scored with the sheet of the version of the call it answered."""
    scores: dict[Key, list[ScoreSheet]] = {plan.version_id: [] for plan in plans.values()}
    for version, score in reader.among(SCORES_AMONG, "versions", list(scores)):
        scores[version].append(score)
    calls = {plan.call_id for plan in plans.values()}
    sheets = {call: reader.one(CALL_BY_ID, id=call).terms.sheet for call in sorted(calls)}
    groups = _groups(reader, sheet, plans)
    return [
        Candidate(
            plan=number,
            score=_score(sheets[plan.call_id], scores[plan.version_id]),
            requested=plan.requested,
            submitted_on=plan.submitted_on,
            priority=priority_of(sheet, groups.get(plan.participant_id, "")),
            reviewers=len(scores[plan.version_id]),
        )
        for number, plan in plans.items()
    ]


def _groups(reader: Reader, sheet: ScoringSheet, plans: Mapping[str, PlanFacts]) -> dict[Key, str]:
    """The owners' population groups, where the sheet puts one first."""
    if all(tie.kind is not TieBreakKind.PRIORITY for tie in sheet.tie_breaks):
        return {}
    people = participant_facts(reader, [plan.participant_id for plan in plans.values()])
    return {key: person.population_group.value for key, person in people.items()}


def _score(sheet: ScoringSheet | None, scores: list[ScoreSheet]) -> PlanScore:
    return score_plan(sheet, scores) if sheet is not None and scores else UNSCORED
