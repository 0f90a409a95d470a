"""Planning visits by a rule, and what becomes of one that is not held: missed, moved, called off."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts
from seedfund.people.service.identity import require_person
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.visits.queries import LAST_OWED
from seedfund.visits.rules import (
    PROGRAMME_MONTHS,
    Frequency,
    MissReason,
    VisitRole,
    check_move,
    check_plan,
    rule_text,
    visit_days,
)
from seedfund.visits.service.common import (
    PLANNERS,
    SERIES,
    VisitMoved,
    VisitTo,
    move_visit,
    reached_visit,
    visit_values,
    write_visit,
)
from seedfund.visits.tables import Visit, VisitPlan


@dataclass(frozen=True, kw_only=True)
class PlanVisits(Command):
    """Visits of one role to a participant and their household, from a day, for so many months, at a frequency."""

    participant: str
    role: VisitRole
    starts_on: date
    frequency: Frequency
    months: int = PROGRAMME_MONTHS


@dataclass(frozen=True, kw_only=True)
class VisitsPlanned:
    """The plan's number, its rule as calendars write it, and how many visits it makes, from when until when."""

    number: str
    rule: str
    visits: int
    first: date
    last: date


@verb("visits.plan_visits", roles=PLANNERS)
def plan_visits(unit: Unit, command: PlanVisits) -> VisitsPlanned:
    """Plan the visits of one professional to a household by a rule; each of them is then due on its day.

    Raises:
        NotFound: there is no such participant.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `visit_plan_length`, `visit_plan_running`.
    """
    person = require_person(unit, command.participant)
    facts = participant_facts(unit, [person.id])[person.id]
    last = unit.first(LAST_OWED, participant=person.id, role=command.role.value)
    starts, months, often = command.starts_on, command.months, command.frequency
    refuse(
        check_plan(months, role=command.role.value, participant=person.number, starts_on=starts, last=last)
    )
    days, rule = visit_days(starts, months, often), rule_text(starts, months, often)
    plan, number = unit.key(), unit.human_number("VP")
    to = VisitTo(participant_id=person.id, household_id=facts.household_id, role=command.role, plan_id=plan)
    unit.insert(
        VisitPlan,
        id=plan,
        programme_id=unit.programme.id,
        number=number,
        participant_id=person.id,
        household_id=facts.household_id,
        role=command.role.value,
        frequency=often.value,
        rule=rule,
        starts_on=starts,
        until_day=add_months(starts, months),
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    _write_days(unit, to, days)
    unit.created("sf_visit_plan", number, {"rule": rule, "role": command.role.value, "visits": len(days)})
    return VisitsPlanned(number=number, rule=rule, visits=len(days), first=days[0], last=days[-1])


def _write_days(unit: Unit, to: VisitTo, days: tuple[date, ...]) -> None:
    year = unit.occurred_on.year
    numbers = unit.numbers(SERIES, year, len(days))
    unit.insert_many(
        Visit,
        [
            visit_values(unit, to, visit=unit.key(), number=f"{SERIES}-{year}-{number:04d}")
            | {"due_on": day, "state": "planned"}
            for day, number in zip(days, numbers, strict=True)
        ],
    )


@dataclass(frozen=True, kw_only=True)
class MissVisit(Command):
    """A visit that did not take place, and why."""

    number: str
    reason: MissReason


@verb("visits.miss_visit", roles=PLANNERS)
def miss_visit(unit: Unit, command: MissVisit) -> VisitMoved:
    """Record that a visit did not take place; it stays owed until it is held, moved or called off.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`.
    """
    visit = reached_visit(unit, command.number)
    move_visit(unit, visit, "missed", command.reason)
    return VisitMoved(number=visit.number, state="missed")


@dataclass(frozen=True, kw_only=True)
class RescheduleVisit(Command):
    """A visit that will be held on another day, and why."""

    number: str
    to_day: date
    reason: MissReason


@verb("visits.reschedule_visit", roles=PLANNERS)
def reschedule_visit(unit: Unit, command: RescheduleVisit) -> VisitMoved:
    """Move a visit to another day: a visit of its own follows from it, and the old one says so.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `visit_not_later`, `no_such_step`.
    """
    visit = reached_visit(unit, command.number)
    refuse(check_move(visit.number, command.to_day, today=unit.occurred_on))
    move_visit(unit, visit, "rescheduled", command.reason)
    to = VisitTo(
        participant_id=visit.participant_id,
        household_id=visit.household_id,
        role=visit.role,
        plan_id=visit.plan_id,
        follows_id=visit.id,
    )
    _, number = write_visit(unit, to, due_on=command.to_day, state="planned")
    return VisitMoved(number=visit.number, state="rescheduled", next_visit=number)


@dataclass(frozen=True, kw_only=True)
class CancelVisits(Command):
    """Visits that will not be held at all, and why."""

    numbers: tuple[str, ...]
    reason: MissReason


@dataclass(frozen=True, kw_only=True)
class VisitsCancelled:
    """How many visits were called off."""

    visits: int


@verb("visits.cancel_visits", roles=PLANNERS)
def cancel_visits(unit: Unit, command: CancelVisits) -> VisitsCancelled:
    """Call visits off, all or none: when a household leaves, or a plan takes the place of another.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: a person is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`.
    """
    seen: list[Key] = []
    for number in dict.fromkeys(command.numbers):
        visit = reached_visit(unit, number)
        move_visit(unit, visit, "cancelled", command.reason)
        seen.append(visit.id)
    return VisitsCancelled(visits=len(seen))
