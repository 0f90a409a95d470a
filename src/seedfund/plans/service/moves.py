"""What moves a plan on: the verification visit, a return, a withdrawal, and what a decision brings."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import (
    VERIFIERS,
    VERSION_LAST,
    PlanFacts,
    VersionFacts,
    plan_facts,
)
from seedfund.plans.rules import (
    PLAN_STATES,
    PLAN_VERIFIED_BY_AUTHOR,
)
from seedfund.plans.tables import Plan, PlanVerification
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

AUTHORS: Final = (Role.ECONOMIC_INCLUSION_EXPERT, Role.FIELD_OFFICER, Role.COACH)
MOVE: Final = Write(
    lambda: (
        sa.update(Plan)
        .where(col(Plan.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"), current_version=sa.bindparam("new_version"))
    )
)
APPROVED: Final = Write(
    lambda: (
        sa.update(Plan)
        .where(col(Plan.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"), approved_minor=sa.bindparam("new_minor"))
    )
)


@dataclass(frozen=True, kw_only=True)
class VerifyPlan(Command):
    """A field visit that found the plan as it says, by somebody who did not write it."""

    number: str
    visited_on: date
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class PlanMoved:
    """The plan's number and its state now."""

    number: str
    state: str


@verb("plans.verify_plan", roles=(*AUTHORS, Role.REVIEWER))
def verify_plan(unit: Unit, command: VerifyPlan) -> PlanMoved:
    """Record the verification visit; whoever wrote the version cannot verify it.

    Of an approved plan it is the version handed in since that is verified, and in force from then on.

    Raises:
        Refused: `plan_verified_by_author`, `no_such_step`.
        InvalidInput: the visit lies after the day it is recorded on.
    """
    plan = plan_facts(unit, unit.programme.id, command.number)
    version = unit.one(VERSION_LAST, plan=plan.id)
    is_pending = plan.state == "approved" and version.version > plan.version
    if not is_pending:
        PLAN_STATES.require(plan.state, "verified", which=plan.number)
    if command.visited_on > unit.occurred_on:
        raise InvalidInput(
            field="visited_on", problem="the visit lies in the future", remedy="give the day of the visit"
        )
    if version.author_id == unit.actor.id:
        refuse([PLAN_VERIFIED_BY_AUTHOR(plan=plan.number)])
    _write_verification(unit, plan, version, command=command)
    if not is_pending:
        return move_plan(unit, plan, "verified")
    unit.execute(MOVE, this_id=plan.id, new_state=plan.state, new_version=version.version)
    after = {"version": version.version, "content_hash": version.content_hash}
    before = {"version": plan.version, "content_hash": plan.content_hash}
    unit.changed("sf_plan", plan.number, before, after)
    return PlanMoved(number=plan.number, state=plan.state)


def _write_verification(unit: Unit, plan: PlanFacts, version: VersionFacts, *, command: VerifyPlan) -> None:
    row, note = unit.key(), command.note
    if note is not None:
        unit.owns(plan.participant_id, note)
    place = Place("sf_plan_verification", row, "note")
    unit.insert(
        PlanVerification,
        id=row,
        version_id=version.id,
        verifier_id=unit.actor.id,
        author_id=version.author_id,
        visited_on=command.visited_on,
        note=None if note is None else unit.vault(plan.participant_id).seal(note, place),
    )


@dataclass(frozen=True, kw_only=True)
class ReturnPlan(Command):
    """A plan that goes back to be written again, and why (no personal data)."""

    number: str
    reason: str


@verb("plans.return_plan", roles=(Role.ECONOMIC_INCLUSION_EXPERT, Role.REVIEWER, Role.COMMITTEE_SECRETARY))
def return_plan(unit: Unit, command: ReturnPlan) -> PlanMoved:
    """Give a plan back for another version.

    Raises:
        Refused: `no_such_step`.
        InvalidInput: no reason is given.
    """
    return _ended(unit, command.number, "returned", command.reason)


@dataclass(frozen=True, kw_only=True)
class WithdrawPlan(Command):
    """A plan its owner takes back, and why (no personal data)."""

    number: str
    reason: str


@verb("plans.withdraw_plan", roles=AUTHORS)
def withdraw_plan(unit: Unit, command: WithdrawPlan) -> PlanMoved:
    """Take a plan back at its owner's wish.

    Raises:
        Refused: `no_such_step`.
        InvalidInput: no reason is given.
    """
    return _ended(unit, command.number, "withdrawn", command.reason)


def _ended(unit: Unit, number: str, state: str, reason: str) -> PlanMoved:
    if not reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    plan = plan_facts(unit, unit.programme.id, number)
    PLAN_STATES.require(plan.state, state, which=plan.number)
    return move_plan(unit, plan, state)


def move_plan(unit: Unit, plan: PlanFacts, state: str) -> PlanMoved:
    """Bring a plan to a state its table allows."""
    unit.execute(MOVE, this_id=plan.id, new_state=state, new_version=plan.version)
    unit.changed("sf_plan", plan.number, {"state": plan.state}, {"state": state})
    return PlanMoved(number=plan.number, state=state)


def approve_amount(unit: Unit, plan: PlanFacts, state: str, amount: Money | None) -> None:
    """Bring a plan to the state its decision gives, with the amount approved."""
    unit.execute(
        APPROVED, this_id=plan.id, new_state=state, new_minor=None if amount is None else amount.minor
    )
    after = {"state": state, "approved": None if amount is None else str(amount)}
    unit.changed("sf_plan", plan.number, {"state": plan.state}, after)


def authors_of(unit: Unit, plan: PlanFacts) -> tuple[str, ...]:
    """Who prepared or verified the newest version: they neither score it nor vote on it."""
    return (plan.author, *unit.all(VERIFIERS, version=plan.version_id))
