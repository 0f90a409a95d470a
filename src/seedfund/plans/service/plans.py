"""Plans: submitted in versions that never change, of one call and one owner."""

from dataclasses import dataclass, replace

from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import (
    HouseholdRow,
    ParticipantRow,
    household_by_number,
    household_facts,
    participant_by_number,
    participant_facts,
)
from seedfund.people.service.leading import require_leading, require_leading_household
from seedfund.plans.queries import (
    CALL_BY_ID,
    PLAN_OF_VERSION,
    VERSION_LAST,
    PlanFacts,
    content_place,
    decision_of_plan,
    opened,
    plan_facts,
)
from seedfund.plans.rules import (
    PLAN_CLOSED_TO_VERSIONS,
    PLAN_KEEPS_CALL,
    PLAN_KEEPS_OWNER,
    PLAN_OWNER_NOT_MEMBER,
    PLAN_STATES,
    BusinessPlan,
    BusinessStage,
    Findings,
    Outcome,
    OwnerKind,
    PlanPolicy,
    check_adjustment,
    check_plan,
    check_version,
    plan_from_text,
    plan_hash,
    plan_text,
    start_up_total,
)
from seedfund.plans.service.calls import call_in_force
from seedfund.plans.service.moves import AUTHORS, MOVE
from seedfund.plans.tables import Plan, PlanItem, PlanVersion
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


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
    """The plan's number, the version, its hash, and the codes of what is only a warning.

    `is_pending` where an approved plan stays as it is until a second person has verified the version.
    """

    number: str
    version: int
    content_hash: str
    warnings: tuple[str, ...]
    is_pending: bool = False


@verb("plans.submit_plan", roles=AUTHORS)
def submit_plan(unit: Unit, command: SubmitPlan) -> PlanSubmitted:
    """Submit a version; it never changes, and what is asked of plans is checked first.

    A plan keeps its call and its owner through all versions. Once approved, a version only brings it to what the
    committee asked for, and is in force when a second person has verified it.

    Raises:
        InvalidInput: the text is no plan, or a household's plan names no household.
        Refused: what the call asks of plans, all at once; `plan_owner_not_member`, `plan_keeps_call`,
            `plan_keeps_owner`, `plan_closed_to_versions`, `plan_above_approved_amount`, `plan_approved_as_it_is`,
            `plan_changed_after_approval`, `person_merged`, `household_merged`.
        NotFound: the call, the participant, the household or the plan does not exist.
    """
    plan = plan_from_text(command.plan.reveal())
    participant = participant_by_number(unit, unit.programme.id, command.participant)
    unit.owns(participant.id, command.plan)
    if command.number is None:
        require_leading(unit, participant.id)
        return _submit_first(unit, command, plan, participant)
    return _submit_next(unit, command, plan, participant)


def _submit_first(
    unit: Unit, command: SubmitPlan, plan: BusinessPlan, participant: ParticipantRow
) -> PlanSubmitted:
    call = call_in_force(unit, command.call)
    household = _household(unit, plan.owner_kind, command.household)
    findings = check_plan(plan, call.terms.plan_policy)
    refuse([*_not_a_member(unit, participant, household), *findings.refusals])
    household_id = None if household is None else household.id
    plan_id, shown = _new_plan(
        unit, plan, call_id=call.id, participant=participant.id, household=household_id
    )
    content_hash = _write_version(unit, plan, 1, plan_id=plan_id, participant=participant.id)
    unit.created("sf_plan", shown, {"state": "submitted", "version": 1, "content_hash": content_hash})
    return _submitted(shown, 1, content_hash, findings)


def _submit_next(
    unit: Unit, command: SubmitPlan, plan: BusinessPlan, participant: ParticipantRow
) -> PlanSubmitted:
    known = plan_facts(unit, unit.programme.id, command.number or "")
    findings = check_plan(plan, policy_of(unit, known))
    kept = _kept(unit, command, known, kind=plan.owner_kind, participant=participant)
    refuse([*kept, *_may_be_written(unit, known, plan), *findings.refusals])
    version = unit.one(VERSION_LAST, plan=known.id).version + 1
    content_hash = _write_version(unit, plan, version, plan_id=known.id, participant=participant.id)
    after = {"version": version, "content_hash": content_hash}
    is_pending = known.state == "approved"
    if is_pending:
        unit.created("sf_plan_version", f"{known.number} v{version}", after)
    else:
        PLAN_STATES.require(known.state, "submitted", which=known.number)
        unit.execute(MOVE, this_id=known.id, new_state="submitted", new_version=version)
        before = {"state": known.state, "version": known.version, "content_hash": known.content_hash}
        unit.changed("sf_plan", known.number, before, {"state": "submitted", **after})
    return replace(_submitted(known.number, version, content_hash, findings), is_pending=is_pending)


def _submitted(number: str, version: int, content_hash: str, findings: Findings) -> PlanSubmitted:
    warnings = tuple(warning.code for warning in findings.warnings)
    return PlanSubmitted(number=number, version=version, content_hash=content_hash, warnings=warnings)


def _kept(
    unit: Unit, command: SubmitPlan, known: PlanFacts, *, kind: OwnerKind, participant: ParticipantRow
) -> list[Refusal]:
    """A further version is of the plan's call, person, household and kind of owner."""
    call = unit.one(CALL_BY_ID, id=known.call_id).code
    found = []
    if command.call != call:
        found.append(PLAN_KEEPS_CALL(plan=known.number, call=call, asked=command.call))
    if participant.id != known.participant_id:
        owner = participant_facts(unit, [known.participant_id])[known.participant_id].number
        found.append(PLAN_KEEPS_OWNER(plan=known.number, owner=owner, asked=participant.number))
    asked = None if command.household is None else _household(unit, kind, command.household)
    if asked is not None and asked.id != known.household_id:
        houses = household_facts(unit, [known.household_id] if known.household_id is not None else [])
        owner = ", ".join(house.number for house in houses.values()) or participant.number
        found.append(PLAN_KEEPS_OWNER(plan=known.number, owner=owner, asked=asked.number))
    if kind.value != known.owner_kind:
        found.append(PLAN_KEEPS_OWNER(plan=known.number, owner=known.owner_kind, asked=kind.value))
    return found


def _may_be_written(unit: Unit, known: PlanFacts, plan: BusinessPlan) -> tuple[Refusal, ...]:
    """After an approval a version is held against the one that was decided, not against the last one handed in."""
    if known.state != "approved":
        return check_version(known.state, asked=plan.sources.grant, approved=None)
    decision = decision_of_plan(unit, unit.programme.id, known.number)
    if decision is None:
        return (PLAN_CLOSED_TO_VERSIONS(state=known.state),)
    _, _, participant, content = unit.one(PLAN_OF_VERSION, id=decision.version_id)
    decided = opened(unit.vault(participant), decision.version_id, content)
    beyond = check_adjustment(decided, plan, Outcome(decision.outcome))
    if plan.currency != decided.currency:
        return beyond
    return (*check_version(known.state, asked=plan.sources.grant, approved=known.approved), *beyond)


def _not_a_member(unit: Unit, participant: ParticipantRow, household: HouseholdRow | None) -> list[Refusal]:
    if household is None:
        return []
    lives_in = participant_facts(unit, [participant.id])[participant.id].household_id
    if lives_in == household.id:
        return []
    return [PLAN_OWNER_NOT_MEMBER(participant=participant.number, household=household.number)]


def _household(unit: Unit, kind: OwnerKind, number: str | None) -> HouseholdRow | None:
    if number is None:
        if kind is OwnerKind.HOUSEHOLD:
            raise InvalidInput(
                field="household",
                problem="a household owns the plan and none is named",
                remedy="give its number",
            )
        return None
    row = household_by_number(unit, unit.programme.id, number)
    require_leading_household(unit, row.id)
    return row


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


def policy_of(unit: Unit, plan: PlanFacts) -> PlanPolicy:
    """What the plan's own call asks of it."""
    return unit.one(CALL_BY_ID, id=plan.call_id).terms.plan_policy
