"""Committee sessions: members, interests declared, votes, decisions, and the minutes' facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries import BudgetLineFacts, budget_line
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import InvalidInput, NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import (
    CALL_BY_ID,
    DECISIONS_OF_SESSION,
    MEMBERS,
    SESSION,
    VOTES,
    CallTerms,
    PlanFacts,
    SessionFacts,
    plan_facts,
    session_value,
)
from seedfund.plans.rules import (
    DECISION_WITHOUT_LINE,
    GRANTING,
    LINE_CURRENCY,
    MEMBER_CANNOT_RECUSE_OTHERS,
    PLAN_NOT_VERIFIED,
    PLAN_STATES,
    SESSION_ITEM_DECIDED,
    SESSION_NOT_OPEN,
    STATE_AFTER,
    Choice,
    Item,
    Motion,
    Outcome,
    PlanScore,
    Session,
    check_decision,
    check_session,
)
from seedfund.plans.service.calls import call_in_force
from seedfund.plans.service.plans import approve_amount, authors_of
from seedfund.plans.service.scores import score_of
from seedfund.plans.tables import (
    CommitteeDecision,
    CommitteeSession,
    InterestDeclaration,
    SessionMember,
    Vote,
)
from seedfund.store.audit import fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.programmes import actor_by_handle
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

MOVE_SESSION: Final = Write(
    lambda: (
        sa.update(CommitteeSession)
        .where(col(CommitteeSession.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ConveneCommittee(Command):
    """A session of a call's committee: the day, its members, who is present and who chairs (handles)."""

    call: str
    held_on: date
    members: tuple[str, ...]
    present: tuple[str, ...]
    chair: str


@dataclass(frozen=True, kw_only=True)
class SessionMoved:
    """The session's number and its state now."""

    number: str
    state: str


@verb("plans.convene_committee", roles=(Role.COMMITTEE_SECRETARY, Role.PROGRAMME_MANAGER))
def convene_committee(unit: Unit, command: ConveneCommittee) -> SessionMoved:
    """Open a session with its members; whoever calls it keeps its minutes.

    Raises:
        Refused: `session_not_a_member`, `session_chair_absent`, `actor_unknown`.
    """
    members, present = _folded(command.members), _folded(command.present)
    chair = fold_handle(command.chair)
    refuse(check_session(Session(members=members, present=present, chair=chair)))
    actors = {handle: actor_by_handle(unit, handle) for handle in members}
    call = call_in_force(unit, command.call)
    session_id, number = unit.key(), unit.human_number("CS")
    unit.insert(
        CommitteeSession,
        id=session_id,
        programme_id=unit.programme.id,
        number=number,
        call_id=call.id,
        held_on=command.held_on,
        chair_id=actors[chair],
        secretary_id=unit.actor.id,
        state="open",
    )
    rows = [
        {"session_id": session_id, "actor_id": actors[handle], "is_present": handle in present}
        for handle in members
    ]
    unit.insert_many(SessionMember, rows)
    unit.created(
        "sf_committee_session", number, {"members": list(members), "present": list(present), "chair": chair}
    )
    return SessionMoved(number=number, state="open")


def _folded(handles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold_handle(handle) for handle in handles))


@dataclass(frozen=True, kw_only=True)
class DeclareInterest(Command):
    """A member's interest in a plan, declared by the member or written down by the secretary (no personal data)."""

    session: str
    member: str
    plan: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class InterestDeclared:
    """The member who neither votes nor counts for the plan's quorum."""

    session: str
    member: str
    plan: str


@verb("plans.declare_interest", roles=(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY))
def declare_interest(unit: Unit, command: DeclareInterest) -> InterestDeclared:
    """Declare an interest: the member is recused from the plan.

    Raises:
        Refused: `session_not_open`, `member_cannot_recuse_others`.
        NotFound: the member does not sit in the session.
    """
    session = open_session(unit, command.session)
    member = fold_handle(command.member)
    if member != unit.actor.handle and Role.COMMITTEE_SECRETARY not in unit.actor.roles:
        refuse([MEMBER_CANNOT_RECUSE_OTHERS(member=member)])
    plan = plan_facts(unit, unit.programme.id, command.plan)
    unit.insert(
        InterestDeclaration,
        session_id=session.id,
        actor_id=_member(unit, session, member),
        plan_id=plan.id,
        reason=command.reason,
    )
    unit.created("sf_interest", session.number, {"member": member, "plan": plan.number})
    return InterestDeclared(session=session.number, member=member, plan=plan.number)


@dataclass(frozen=True, kw_only=True)
class CastVote(Command):
    """A member's vote on a plan; the secretary may write down the vote of a member present (show of hands)."""

    session: str
    plan: str
    member: str
    choice: Choice


@dataclass(frozen=True, kw_only=True)
class VoteCast:
    """Whose vote on which plan."""

    session: str
    plan: str
    member: str


@verb("plans.cast_vote", roles=(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY))
def cast_vote(unit: Unit, command: CastVote) -> VoteCast:
    """Cast or write down one vote; whether it counts is judged when the plan is decided.

    Raises:
        Refused: `session_not_open`, `member_cannot_recuse_others`, `database_refused` for a second vote.
        NotFound: the member does not sit in the session.
    """
    session = open_session(unit, command.session)
    member = fold_handle(command.member)
    if member != unit.actor.handle and Role.COMMITTEE_SECRETARY not in unit.actor.roles:
        refuse([MEMBER_CANNOT_RECUSE_OTHERS(member=member)])
    plan = plan_facts(unit, unit.programme.id, command.plan)
    unit.insert(
        Vote,
        session_id=session.id,
        version_id=plan.version_id,
        actor_id=_member(unit, session, member),
        choice=command.choice.value,
        cast_at=unit.now,
    )
    unit.created(
        "sf_vote", session.number, {"member": member, "plan": plan.number, "choice": command.choice.value}
    )
    return VoteCast(session=session.number, plan=plan.number, member=member)


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
    """Write down a decision that quorum, votes, score and the budget left allow; its basis is frozen with it.

    Raises:
        Refused: every reason at once: quorum, recusals, votes, outcome and amount, score, budget line.
    """
    session = open_session(unit, command.session)
    plan = plan_facts(unit, unit.programme.id, command.plan)
    line = _line(unit, command)
    terms = unit.one(CALL_BY_ID, id=session.call_id).terms
    score = score_of(unit, plan)
    item = Item(
        motion=Motion(
            plan=plan.number,
            outcome=command.outcome,
            requested=plan.requested,
            amount=command.amount,
            reasons=command.reasons,
            authors=authors_of(unit, plan),
        ),
        ballots=tuple(unit.all(VOTES, session=session.id, version=plan.version_id)),
        score=score,
        budget_left=line.available if line is not None else zero(command.amount.currency),
        pass_mark=terms.sheet.pass_mark if terms.sheet else 0,
    )
    value = session_value(unit, session)
    refuse(
        [
            *_hands(unit, session, plan, command=command, line=line),
            *check_decision(value, terms.committee_policy, item),
        ]
    )
    basis = canonical_text(_basis(terms, value, item, score))
    line_id = line.id if line is not None else None
    _write_decision(unit, session, plan, command=command, basis=basis, line_id=line_id)
    state = STATE_AFTER[command.outcome]
    approve_amount(unit, plan, state, command.amount if command.outcome in GRANTING else None)
    return PlanDecided(
        session=session.number, plan=plan.number, outcome=command.outcome, amount=command.amount
    )


def _line(unit: Unit, command: DecidePlan) -> BudgetLineFacts | None:
    if command.fund is None or command.line is None:
        return None
    return budget_line(unit, unit.programme.id, command.fund, command.line)


def _hands(
    unit: Unit, session: SessionFacts, plan: PlanFacts, *, command: DecidePlan, line: BudgetLineFacts | None
) -> list[Refusal]:
    found: list[Refusal] = []
    if not PLAN_STATES.allows(plan.state, STATE_AFTER[command.outcome]) and plan.state != "deferred":
        found.append(PLAN_NOT_VERIFIED(plan=plan.number))
    decided = unit.all(DECISIONS_OF_SESSION, programme=unit.programme.id, number=session.number)
    if any(one.version_id == plan.version_id for one in decided):
        found.append(SESSION_ITEM_DECIDED(plan=plan.number, session=session.number))
    if command.outcome in GRANTING and line is None:
        found.append(DECISION_WITHOUT_LINE(plan=plan.number, outcome=command.outcome.value))
    if line is not None and line.currency != plan.currency:
        found.append(
            LINE_CURRENCY(
                plan=plan.number, asked=plan.currency, line=f"{command.fund}/{line.code}", found=line.currency
            )
        )
    return found


def _basis(terms: CallTerms, session: Session, item: Item, score: PlanScore | None) -> dict[str, Any]:
    none: list[Secret] = []
    return {
        "terms": encode(terms, none),
        "session": encode(session, none),
        "motion": encode(item.motion, none),
        "ballots": encode(item.ballots, none),
        "score": None if score is None else encode(score, none),
        "budget_left": encode(item.budget_left, none),
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


@dataclass(frozen=True, kw_only=True)
class CloseSession(Command):
    """The session that ends."""

    session: str


@verb("plans.close_session", roles=(Role.COMMITTEE_SECRETARY,))
def close_session(unit: Unit, command: CloseSession) -> SessionMoved:
    """End a session; nothing is added to its minutes afterwards.

    Raises:
        Refused: `session_not_open`.
    """
    session = open_session(unit, command.session)
    unit.execute(MOVE_SESSION, this_id=session.id, new_state="closed")
    unit.changed("sf_committee_session", session.number, {"state": session.state}, {"state": "closed"})
    return SessionMoved(number=session.number, state="closed")


def open_session(unit: Unit, number: str) -> SessionFacts:
    """A session that is open, locked.

    Raises:
        NotFound: there is none of that number.
        Refused: `session_not_open`.
    """
    found = unit.first(SESSION, programme=unit.programme.id, number=number)
    if found is None:
        raise NotFound(what="committee session", which=number)
    if found.state != "open":
        refuse([SESSION_NOT_OPEN(session=number, state=found.state)])
    return found


def _member(unit: Unit, session: SessionFacts, handle: str) -> Key:
    for actor, member, _, _ in unit.all(MEMBERS, session=session.id):
        if member == handle:
            return actor
    raise InvalidInput(
        field="member", problem=f"{handle} is no member of the session", remedy="name one who is"
    )
