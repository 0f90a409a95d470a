"""What a session decides: the outcome for a plan, with all it was decided on frozen beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seedfund.approvals.queries.policies import policy_on
from seedfund.funds.queries import BudgetLineFacts, line_row, lock_line
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import (
    CALL_BY_ID,
    MOTIONS,
    SCORED_ON,
    SCORES,
    VISITED_ON,
    VOTES,
    CallFacts,
    CallTerms,
    LineLeft,
    PlanFacts,
    SessionFacts,
    Standing,
    line_left,
    ranking_of,
    session_value,
)
from seedfund.plans.rules import (
    DECISION_WITHOUT_LINE,
    GRANTING,
    LINE_CURRENCY,
    SESSION_BEFORE_PLAN,
    STATE_AFTER,
    Ballot,
    CommitteePolicy,
    Item,
    Motion,
    MotionPut,
    Outcome,
    Session,
    Undefined,
    check_as_moved,
    check_decision,
    check_session,
    recused,
    score_plan,
    strictest,
)
from seedfund.plans.service.committee import committee_size_min, open_session, plan_of_session
from seedfund.plans.service.motions import check_item
from seedfund.plans.service.moves import approve_amount, authors_of
from seedfund.plans.tables import CommitteeDecision, DecisionAward
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class DecidePlan(Command):
    """What the session decided: the outcome, the amount (zero where nothing is given), reasons, fund and line."""

    session: str
    plan: str
    outcome: Outcome
    amount: Money
    reasons: tuple[str, ...] = ()
    fund: str | None = None
    line: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanDecided:
    """The plan, the outcome, and the amount approved."""

    session: str
    plan: str
    outcome: Outcome
    amount: Money


@verb("plans.decide_plan", roles=(Role.COMMITTEE_SECRETARY,))
def decide_plan(unit: Unit, command: DecidePlan) -> PlanDecided:
    """Write down the motion that carried, if quorum, score and the budget left allow it; its basis is frozen with it.

    Raises:
        Refused: `plan_of_other_call`; then every reason at once: the plan and the day, budget line, members, the motion
            (`motion_missing`, `decision_not_as_moved`, `motion_not_carried`), quorum, outcome and amount, score and
            reviewers as the stricter of call and policy asks.
    """
    session = open_session(unit, command.session)
    plan = plan_of_session(unit, session, command.plan)
    line = _line(unit, command)
    sits = unit.one(CALL_BY_ID, id=session.call_id)
    terms = unit.one(CALL_BY_ID, id=plan.call_id).terms
    policy = _policy(unit, sits, terms)
    value = session_value(unit, session)
    motions = unit.all(MOTIONS, session=session.id, version=plan.version_id)
    told = {"plan": plan.number, "session": session.number}
    motion = _motion(unit, plan, command)
    ballots = _ballots(unit, session, plan, motions=motions, out=recused(value, motion))
    item = _item(unit, plan, motion=motion, ballots=ballots, left=None if line is None else line.left)
    refuse(
        [
            *_hands(unit, session, plan, command=command, line=None if line is None else line.line),
            *check_session(value, size_min=committee_size_min(unit)),
            *check_as_moved(motions, command.outcome, command.amount, **told),
            *check_decision(value, policy, item),
        ]
    )
    standing = ranking_of(unit, unit.programme.id, sits, budget=item.budget_left)
    basis = canonical_text(
        _basis(terms, policy, value, item) | {"ranking": [_place(one) for one in standing]}
    )
    line_id = line.line.id if line is not None else None
    _write_decision(unit, session, plan, command=command, basis=basis, line_id=line_id)
    state = STATE_AFTER[command.outcome]
    approve_amount(unit, plan, state, command.amount if command.outcome in GRANTING else None)
    return PlanDecided(
        session=session.number, plan=plan.number, outcome=command.outcome, amount=command.amount
    )


def _policy(unit: Unit, sits: CallFacts, terms: CallTerms) -> CommitteePolicy:
    """The strictest of what the plan's call, the session's version of it and the programme's policy ask."""
    programme = policy_on(unit, unit.programme.id, unit.occurred_on)
    others = [] if programme is None else [programme.terms]
    return strictest(terms.committee_policy, sits.terms.committee_policy, *others)


def _motion(unit: Unit, plan: PlanFacts, command: DecidePlan) -> Motion:
    return Motion(
        plan=plan.number,
        outcome=command.outcome,
        requested=plan.requested,
        amount=command.amount,
        reasons=command.reasons,
        authors=authors_of(unit, plan),
    )


def _ballots(
    unit: Unit, session: SessionFacts, plan: PlanFacts, *, motions: Sequence[MotionPut], out: Sequence[str]
) -> tuple[Ballot, ...]:
    """The votes on the latest motion, without those an interest declared since has struck."""
    votes = [
        vote
        for put in motions[-1:]
        for vote in unit.all(VOTES, session=session.id, version=plan.version_id, motion=put.position)
    ]
    return tuple(vote for vote in votes if vote.member not in out)


def _item(
    unit: Unit, plan: PlanFacts, *, motion: Motion, ballots: tuple[Ballot, ...], left: Money | None
) -> Item:
    sheet = unit.one(CALL_BY_ID, id=plan.call_id).terms.sheet
    scores = unit.all(SCORES, version=plan.version_id)
    return Item(
        motion=motion,
        ballots=ballots,
        score=score_plan(sheet, scores) if sheet is not None and scores else None,
        budget_left=left if left is not None else zero(motion.amount.currency),
        pass_mark=sheet.pass_mark if sheet is not None else 0,
        reviewers=len(scores),
        reviewers_min=sheet.reviewers_min if sheet is not None else 0,
    )


def _line(unit: Unit, command: DecidePlan) -> LineLeft | None:
    """The line, locked before its money is counted: two sessions that give from one line take turns."""
    if command.fund is None or command.line is None:
        return None
    lock_line(unit, line_row(unit, unit.programme.id, command.fund, command.line).id)
    return line_left(unit, unit.programme.id, command.fund, command.line)


def _hands(
    unit: Unit, session: SessionFacts, plan: PlanFacts, *, command: DecidePlan, line: BudgetLineFacts | None
) -> list[Refusal]:
    found = check_item(unit, session, plan, command.outcome)
    ready = max(day for day in _days(unit, plan) if day is not None)
    if session.held_on < ready:
        found.append(
            SESSION_BEFORE_PLAN(session=session.number, held=session.held_on, plan=plan.number, ready=ready)
        )
    if command.outcome in GRANTING and line is None:
        found.append(DECISION_WITHOUT_LINE(plan=plan.number, outcome=command.outcome.value))
    if line is not None and line.currency != plan.currency:
        shown = f"{command.fund}/{line.code}"
        found.append(LINE_CURRENCY(plan=plan.number, asked=plan.currency, line=shown, found=line.currency))
    return found


def _days(unit: Unit, plan: PlanFacts) -> tuple[date | None, ...]:
    """The days on which the version was handed in, last visited and last scored."""
    version = plan.version_id
    return (plan.submitted_on, unit.one(VISITED_ON, version=version), unit.one(SCORED_ON, version=version))


def _basis(terms: CallTerms, policy: CommitteePolicy, session: Session, item: Item) -> dict[str, Any]:
    none: list[Secret] = []
    return {
        "terms": encode(terms, none),
        "policy": encode(policy, none),
        "session": encode(session, none),
        "motion": encode(item.motion, none),
        "ballots": encode(item.ballots, none),
        "score": None if item.score is None else encode(item.score, none),
        "reviewers": item.reviewers,
        "budget_left": encode(item.budget_left, none),
    }


def _place(standing: Standing) -> dict[str, Any]:
    """A line of the ranking as the decision keeps it."""
    score, proposal = standing.place.candidate.score.total, standing.proposal
    return {
        "position": standing.place.position,
        "plan": standing.plan.number,
        "score": score.reason if isinstance(score, Undefined) else score,
        "decided_by": standing.place.decided_by,
        "outcome": proposal.outcome.value,
        "amount": proposal.amount.minor,
    }


def _write_decision(
    unit: Unit,
    session: SessionFacts,
    plan: PlanFacts,
    *,
    command: DecidePlan,
    basis: str,
    line_id: Key | None,
) -> None:
    unit.insert(
        CommitteeDecision,
        id=unit.key(),
        session_id=session.id,
        plan_id=plan.id,
        version_id=plan.version_id,
        outcome=command.outcome.value,
        currency=command.amount.currency,
        amount_minor=command.amount.minor,
        line_id=line_id,
        reasons=canonical_text(list(command.reasons)),
        basis=basis,
        basis_hash=digest("seedfund.decision.v1", basis.encode("utf-8")),
        decided_on=session.held_on,
        recorded_by=unit.actor.id,
    )


def write_decision_awarded(unit: Unit, decision_id: Key, line_ids: Sequence[Key]) -> None:
    """The money of a decision is awarded now: the award holds it from here on. `line_ids` are the lines it leaves."""
    for line in sorted(line_ids):
        lock_line(unit, line)
    unit.insert(DecisionAward, decision_id=decision_id, awarded_on=unit.occurred_on, awarded_by=unit.actor.id)
