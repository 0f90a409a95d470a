"""Committee sessions: members, who is present, interests declared; `motions` are voted on, `decisions` follow."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries.policies import policy_on
from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.plans.queries import (
    CALL_BY_ID,
    MEMBERS,
    MOTIONS,
    SESSION,
    VOTES,
    PlanFacts,
    SessionFacts,
    plan_facts,
)
from seedfund.plans.rules import (
    MEMBER_CANNOT_RECUSE_OTHERS,
    PLAN_OF_OTHER_CALL,
    SESSION_NOT_OPEN,
    Session,
    check_session,
)
from seedfund.plans.service.calls import call_in_force
from seedfund.plans.tables import CommitteeSession, InterestDeclaration, SessionMember
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
        InvalidInput: the session lies after the day it is recorded on.
        Refused: `session_chair_absent`, `committee_too_small`, `session_not_a_member`, `actor_unknown`.
    """
    if command.held_on > unit.occurred_on:
        raise InvalidInput(
            field="held_on",
            problem=f"{command.held_on} lies in the future",
            remedy="give the day it happened",
        )
    members, present = _folded(command.members), _folded(command.present)
    chair = fold_handle(command.chair)
    seated = Session(members=members, present=present, chair=chair)
    refuse(check_session(seated, size_min=committee_size_min(unit)))
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


def committee_size_min(unit: Unit) -> int:
    """How many members the programme's policy asks a committee to have; 0 before there is a policy."""
    policy = policy_on(unit, unit.programme.id, unit.occurred_on)
    return 0 if policy is None else policy.terms.committee_size_min


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
    """Declare an interest: the member is recused from the plan, and a vote they had cast on it counts no more.

    Raises:
        Refused: `session_not_open`, `member_cannot_recuse_others`, `plan_of_other_call`, `database_refused` when it was
            declared before.
        NotFound: the member does not sit in the session.
    """
    session = open_session(unit, command.session)
    member = speaker(unit, command.member)
    plan = plan_of_session(unit, session, command.plan)
    unit.insert(
        InterestDeclaration,
        session_id=session.id,
        actor_id=member_key(unit, session, member),
        plan_id=plan.id,
        reason=command.reason,
    )
    unit.created("sf_interest", session.number, {"member": member, "plan": plan.number})
    _strike(unit, session, plan, member)
    return InterestDeclared(session=session.number, member=member, plan=plan.number)


def _strike(unit: Unit, session: SessionFacts, plan: PlanFacts, member: str) -> None:
    """A vote cast before the interest was known stays as a row and counts no more; the chain keeps that it did."""
    motions = unit.all(MOTIONS, session=session.id, version=plan.version_id)
    for put in motions[-1:]:
        votes = unit.all(VOTES, session=session.id, version=plan.version_id, motion=put.position)
        if any(vote.member == member for vote in votes):
            which = f"{session.number} {plan.number} {put.position} {member}"
            unit.changed("sf_vote", which, {"is_struck": False}, {"is_struck": True})


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


def speaker(unit: Unit, handle: str) -> str:
    """The member somebody speaks for: oneself, or anybody when the secretary writes it down.

    Raises:
        Refused: `member_cannot_recuse_others`.
    """
    member = fold_handle(handle)
    if member != unit.actor.handle and Role.COMMITTEE_SECRETARY not in unit.actor.roles:
        refuse([MEMBER_CANNOT_RECUSE_OTHERS(member=member)])
    return member


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


def plan_of_session(unit: Unit, session: SessionFacts, number: str) -> PlanFacts:
    """A plan of the call whose committee sits, under any version of that call; locked.

    Raises:
        NotFound: there is none of that number.
        Refused: `plan_of_other_call`.
    """
    plan = plan_facts(unit, unit.programme.id, number)
    asked, sits = (unit.one(CALL_BY_ID, id=call).code for call in (plan.call_id, session.call_id))
    if asked != sits:
        refuse([PLAN_OF_OTHER_CALL(plan=plan.number, call=asked, session=session.number, other=sits)])
    return plan


def member_key(unit: Unit, session: SessionFacts, handle: str) -> Key:
    """The actor behind a member's handle.

    Raises:
        InvalidInput: nobody of that handle belongs to the session's committee.
    """
    for actor, member, _, _ in unit.all(MEMBERS, session=session.id):
        if member == handle:
            return actor
    raise InvalidInput(
        field="member", problem=f"{handle} is no member of the session", remedy="name one who is"
    )
