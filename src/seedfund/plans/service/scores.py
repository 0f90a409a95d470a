"""Scores: one sheet a reviewer and version, written once, never by who prepared or verified the plan."""

from dataclasses import dataclass

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import CALL_BY_ID, SCORES, PlanFacts, plan_facts
from seedfund.plans.rules import (
    PLAN_NOT_VERIFIED,
    Mark,
    ScoreSheet,
    ScoringSheet,
    check_scores,
)
from seedfund.plans.service.moves import authors_of
from seedfund.plans.tables import PlanScoreRow
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class ScorePlan(Command):
    """A reviewer's marks for the newest version of a plan; `disqualified` holds codes found to be met."""

    number: str
    marks: tuple[Mark, ...]
    disqualified: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanScored:
    """The plan, and how many reviewers have scored its newest version."""

    number: str
    reviewers: int


@verb("plans.score_plan", roles=(Role.REVIEWER, Role.COMMITTEE_MEMBER))
def score_plan(unit: Unit, command: ScorePlan) -> PlanScored:
    """Write down one reviewer's marks, once.

    Raises:
        Refused: `plan_not_verified`, and what is wrong with the marks (see `check_scores`).
        InvalidInput: the plan's call does not score.
    """
    plan = plan_facts(unit, unit.programme.id, command.number)
    sheet = sheet_of(unit, plan)
    if sheet is None:
        raise InvalidInput(
            field="number", problem="the call of this plan does not score", remedy="decide it directly"
        )
    score = ScoreSheet(unit.actor.handle, command.marks, command.disqualified)
    known = unit.all(SCORES, version=plan.version_id)
    refusals = (
        []
        if plan.state in ("verified", "deferred", "waiting_list")
        else [PLAN_NOT_VERIFIED(plan=plan.number)]
    )
    # Whether there are enough reviewers is asked when the plan is decided, not when the first one writes.
    alone = check_scores(sheet, [*known, score], authors=authors_of(unit, plan))
    refuse([*refusals, *(one for one in alone if one.code != "score_reviewers_too_few")])
    none: list[Secret] = []
    unit.insert(
        PlanScoreRow,
        id=unit.key(),
        version_id=plan.version_id,
        reviewer_id=unit.actor.id,
        author_id=plan.author_id,
        content=canonical_text(encode(score, none)),
        scored_on=unit.occurred_on,
    )
    unit.created("sf_plan_score", plan.number, {"reviewer": unit.actor.handle, "version": plan.version})
    return PlanScored(number=plan.number, reviewers=len(known) + 1)


def sheet_of(unit: Unit, plan: PlanFacts) -> ScoringSheet | None:
    """The scoring sheet of the plan's call."""
    return unit.one(CALL_BY_ID, id=plan.call_id).terms.sheet
