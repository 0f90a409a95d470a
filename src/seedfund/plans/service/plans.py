"""Plans: submitted in versions that never change, returned, verified in the field, withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import household_by_number, participant_by_number
from seedfund.plans.queries import CALL_BY_ID, VERIFIERS, PlanFacts, content_place, plan_facts
from seedfund.plans.rules import (
    PLAN_STATES,
    PLAN_VERIFIED_BY_AUTHOR,
    BusinessPlan,
    BusinessStage,
    OwnerKind,
    PlanPolicy,
    check_plan,
    check_version,
    plan_from_text,
    plan_hash,
    plan_text,
    start_up_total,
)
from seedfund.plans.service.calls import call_in_force
from seedfund.plans.tables import Plan, PlanItem, PlanVerification, PlanVersion
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
class SubmitPlan(Command):
    """A new plan, or, with `number`, the next version of one.

    `plan` is the canonical text of a `BusinessPlan` (`plan_secret` makes it). The owner's data key seals it: of a
    household its head or spokesperson, of a group or organisation its contact person.
    """

    call: str
    participant: str
    household: str | None = None
    plan: Secret
    number: str | None = None


def plan_secret(plan: BusinessPlan) -> Secret:
    """The text of a plan for `SubmitPlan`."""
    return Secret(plan_text(plan))


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted:
    """The plan's number, the version, its hash, and the codes of what is only a warning."""

    number: str
    version: int
    content_hash: str
    warnings: tuple[str, ...]


@verb("plans.submit_plan", roles=AUTHORS)
def submit_plan(unit: Unit, command: SubmitPlan) -> PlanSubmitted:
    """Submit a version; it never changes, and what is asked of plans is checked first.

    Raises:
        InvalidInput: the text is no plan, or a household's plan names no household.
        Refused: what the call asks of plans, all at once; `plan_closed_to_versions`, `plan_above_approved_amount`.
        NotFound: the call, the participant, the household or the plan does not exist.
    """
    plan = plan_from_text(command.plan.reveal())
    call = call_in_force(unit, command.call)
    participant = participant_by_number(unit, unit.programme.id, command.participant)
    known = plan_facts(unit, unit.programme.id, command.number) if command.number else None
    findings = check_plan(plan, call.terms.plan_policy)
    refuse([*_may_be_written(known, plan), *findings.refusals])
    unit.owns(participant.id, command.plan)
    if known is None:
        household = _household(unit, plan, command.household)
        version = 1
        plan_id, shown = _new_plan(
            unit, plan, call_id=call.id, participant=participant.id, household=household
        )
    else:
        PLAN_STATES.require(
            known.state if known.state != "approved" else "returned", "submitted", which=known.number
        )
        plan_id, shown, version = known.id, known.number, known.version + 1
        unit.execute(MOVE, this_id=plan_id, new_state=_next_state(known), new_version=version)
    content_hash = _write_version(unit, plan, version, plan_id=plan_id, participant=participant.id)
    state = "submitted" if known is None else _next_state(known)
    after = {"version": version, "content_hash": content_hash, "state": state}
    unit.changed("sf_plan", shown, _before(known), after)
    warnings = tuple(warning.code for warning in findings.warnings)
    return PlanSubmitted(number=shown, version=version, content_hash=content_hash, warnings=warnings)


def _before(known: PlanFacts | None) -> dict[str, object]:
    if known is None:
        return {}
    return {"version": known.version, "content_hash": known.content_hash, "state": known.state}


def _next_state(known: PlanFacts) -> str:
    """An approved plan stays approved when it is brought to the approved amount; any other goes back to the start."""
    return "approved" if known.state == "approved" else "submitted"


def _may_be_written(known: PlanFacts | None, plan: BusinessPlan) -> tuple[Refusal, ...]:
    if known is None:
        return ()
    return check_version(known.state, asked=plan.sources.grant, approved=known.approved)


def _household(unit: Unit, plan: BusinessPlan, number: str | None) -> Key | None:
    if number is None:
        if plan.owner_kind is OwnerKind.HOUSEHOLD:
            raise InvalidInput(
                field="household",
                problem="a household owns the plan and none is named",
                remedy="give its number",
            )
        return None
    return household_by_number(unit, unit.programme.id, number).id


def _new_plan(
    unit: Unit, plan: BusinessPlan, *, call_id: Key, participant: Key, household: Key | None
) -> tuple[Key, str]:
    plan_id, number = unit.key(), unit.human_number("BP")
    unit.insert(
        Plan,
        id=plan_id,
        programme_id=unit.programme.id,
        number=number,
        call_id=call_id,
        owner_kind=plan.owner_kind.value,
        household_id=household,
        participant_id=participant,
        state="submitted",
        current_version=1,
        approved_minor=None,
    )
    return plan_id, number


def _write_version(unit: Unit, plan: BusinessPlan, version: int, *, plan_id: Key, participant: Key) -> str:
    version_id, content_hash = unit.key(), plan_hash(plan)
    unit.insert(
        PlanVersion,
        id=version_id,
        plan_id=plan_id,
        version=version,
        content=unit.vault(participant).seal(plan_secret(plan), content_place(version_id)),
        content_hash=content_hash,
        currency=plan.currency,
        sector=plan.sector,
        is_new_business=plan.stage is BusinessStage.NEW,
        grant_minor=plan.sources.grant.minor,
        start_up_minor=start_up_total(plan).minor,
        author_id=unit.actor.id,
        submitted_on=unit.occurred_on,
    )
    unit.insert_many(
        PlanItem,
        [
            {
                "version_id": version_id,
                "line": item.line,
                "description": item.description,
                "category": item.category.value,
                "quantity_thousandths": item.quantity_thousandths,
                "unit": item.unit,
                "unit_price_minor": item.unit_price.minor,
                "total_minor": item.total.minor,
                "funded_by": item.funded_by.value,
                "month": item.month,
                "has_quote": bool(item.quote_ref.strip()),
            }
            for item in plan.items
        ],
    )
    return content_hash


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

    Raises:
        Refused: `plan_verified_by_author`, `no_such_step`.
        InvalidInput: the visit lies after the day it is recorded on.
    """
    plan = plan_facts(unit, unit.programme.id, command.number)
    PLAN_STATES.require(plan.state, "verified", which=plan.number)
    if command.visited_on > unit.occurred_on:
        raise InvalidInput(
            field="visited_on", problem="the visit lies in the future", remedy="give the day of the visit"
        )
    if plan.author_id == unit.actor.id:
        refuse([PLAN_VERIFIED_BY_AUTHOR(plan=plan.number)])
    row = unit.key()
    if command.note is not None:
        unit.owns(plan.participant_id, command.note)
    unit.insert(
        PlanVerification,
        id=row,
        version_id=plan.version_id,
        verifier_id=unit.actor.id,
        author_id=plan.author_id,
        visited_on=command.visited_on,
        note=None
        if command.note is None
        else unit.vault(plan.participant_id).seal(command.note, Place("sf_plan_verification", row, "note")),
    )
    return move_plan(unit, plan, "verified")


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


def policy_of(unit: Unit, plan: PlanFacts) -> PlanPolicy:
    """What the plan's own call asks of it."""
    return unit.one(CALL_BY_ID, id=plan.call_id).terms.plan_policy


def authors_of(unit: Unit, plan: PlanFacts) -> tuple[str, ...]:
    """Who prepared or verified the newest version: they neither score it nor vote on it."""
    return (plan.author, *unit.all(VERIFIERS, version=plan.version_id))
