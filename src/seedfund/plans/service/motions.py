"""Motions and votes: what is put to the vote about a plan, and how each member votes on it."""

from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.plans.queries import (
    DECISIONS_OF_SESSION,
    MOTIONS,
    VOTES,
    PlanFacts,
    SessionFacts,
    session_value,
)
from seedfund.plans.rules import (
    PLAN_NOT_VERIFIED,
    PLAN_STATES,
    SESSION_ITEM_DECIDED,
    STATE_AFTER,
    Choice,
    Motion,
    Outcome,
    check_amount,
    check_motion,
    check_vote,
)
from seedfund.plans.service.committee import member_key, open_session, plan_of_session, speaker
from seedfund.plans.service.moves import authors_of
from seedfund.plans.tables import CommitteeMotion, Vote
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KEEPS_MINUTES: Final = (Role.COMMITTEE_SECRETARY,)


@dataclass(frozen=True, kw_only=True)
class PutMotion(Command):
    """What is put to the vote about a plan: an outcome and its amount, zero where nothing is given."""

    session: str
    plan: str
    outcome: Outcome
    amount: Money


@dataclass(frozen=True, kw_only=True)
class MotionMade:
    """The motion by its number among those on the plan in the session."""

    session: str
    plan: str
    motion: int
    outcome: Outcome
    amount: Money


@verb("plans.put_motion", roles=KEEPS_MINUTES)
def put_motion(unit: Unit, command: PutMotion) -> MotionMade:
    """Put a motion to the vote; it takes the place of an earlier one on the plan, whose votes stay with that one.

    Raises:
        Refused: `session_not_open`, `plan_of_other_call`, `plan_not_verified`, `session_item_decided`,
            `outcome_amount`.
    """
    session = open_session(unit, command.session)
    plan = plan_of_session(unit, session, command.plan)
    motion = Motion(plan.number, command.outcome, requested=plan.requested, amount=command.amount)
    refuse([*check_item(unit, session, plan, command.outcome), *check_amount(motion)])
    position = len(unit.all(MOTIONS, session=session.id, version=plan.version_id)) + 1
    unit.insert(
        CommitteeMotion,
        session_id=session.id,
        version_id=plan.version_id,
        position=position,
        outcome=command.outcome.value,
        currency=command.amount.currency,
        amount_minor=command.amount.minor,
        put_by=unit.actor.id,
        put_at=unit.now,
    )
    unit.created(
        "sf_motion",
        f"{session.number} {plan.number} v{plan.version} {position}",
        {"outcome": command.outcome.value, "amount": str(command.amount)},
    )
    return MotionMade(
        session=session.number,
        plan=plan.number,
        motion=position,
        outcome=command.outcome,
        amount=command.amount,
    )


def check_item(unit: Unit, session: SessionFacts, plan: PlanFacts, outcome: Outcome) -> list[Refusal]:
    """Why a plan is no item of the session's agenda now: not verified, or decided in it already."""
    found = []
    if not PLAN_STATES.allows(plan.state, STATE_AFTER[outcome]) and plan.state != "deferred":
        found.append(PLAN_NOT_VERIFIED(plan=plan.number))
    return [*found, *_decided(unit, session, plan)]


def _decided(unit: Unit, session: SessionFacts, plan: PlanFacts) -> list[Refusal]:
    decided = unit.all(DECISIONS_OF_SESSION, programme=unit.programme.id, number=session.number)
    if any(one.version_id == plan.version_id for one in decided):
        return [SESSION_ITEM_DECIDED(plan=plan.number, session=session.number)]
    return []


@dataclass(frozen=True, kw_only=True)
class CastVote(Command):
    """A member's vote on the latest motion about a plan; `motion` makes sure that it is the one meant.

    The secretary may write down the vote of a member present (show of hands).
    """

    session: str
    plan: str
    member: str
    choice: Choice
    motion: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoteCast:
    """Whose vote on which motion about which plan."""

    session: str
    plan: str
    member: str
    motion: int


@verb("plans.cast_vote", roles=(Role.COMMITTEE_MEMBER, *KEEPS_MINUTES))
def cast_vote(unit: Unit, command: CastVote) -> VoteCast:
    """Cast or write down one vote of a member who is present and has no interest in the plan.

    Raises:
        Refused: `session_not_open`, `member_cannot_recuse_others`, `plan_of_other_call`; then `session_item_decided`,
            `motion_missing`, `motion_followed`; then `voter_not_present`, `voter_has_interest`, `voter_twice`.
        InvalidInput: the member does not sit in the session.
    """
    session = open_session(unit, command.session)
    member = speaker(unit, command.member)
    plan = plan_of_session(unit, session, command.plan)
    actor = member_key(unit, session, member)
    motions = unit.all(MOTIONS, session=session.id, version=plan.version_id)
    told = {"plan": plan.number, "session": session.number}
    refuse([*_decided(unit, session, plan), *check_motion(motions, command.motion, **told)])
    put = motions[-1]
    motion = Motion(plan.number, put.outcome, plan.requested, put.amount, authors=authors_of(unit, plan))
    votes = unit.all(VOTES, session=session.id, version=plan.version_id, motion=put.position)
    voters = [vote.member for vote in votes]
    refuse(check_vote(session_value(unit, session), motion, member, voters=voters))
    unit.insert(
        Vote,
        session_id=session.id,
        version_id=plan.version_id,
        motion=put.position,
        actor_id=actor,
        choice=command.choice.value,
        cast_at=unit.now,
    )
    which = f"{session.number} {plan.number} {put.position} {member}"
    unit.created("sf_vote", which, {"choice": command.choice.value})
    return VoteCast(session=session.number, plan=plan.number, member=member, motion=put.position)
