"""What the commands of visits share: who visits, whom they reach, and the steps of a visit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import participant_facts
from seedfund.people.rules import SEE_RESTRICTED
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.visits.queries import STEPS, VisitRow, visit_by_number
from seedfund.visits.rules import VISIT_STATES, MissReason, VisitRole
from seedfund.visits.tables import Visit, VisitStep

VISITORS: Final = (Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.FIELD_OFFICER, Role.PROTECTION_OFFICER)
"""Who visits and writes down what a visit found."""
PLANNERS: Final = (*VISITORS, Role.PROGRAMME_MANAGER)
SERIES: Final = "VS"
_MOVE: Final = Write(
    lambda: (
        sa.update(Visit)
        .where(col(Visit.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class VisitMoved:
    """The visit's number, its state now, and the number of the visit that follows from it, if one does."""

    number: str
    state: str
    next_visit: str | None = None


@dataclass(frozen=True, kw_only=True)
class VisitTo:
    """Whom a visit goes to, in which role."""

    participant_id: Key
    household_id: Key | None
    role: VisitRole
    plan_id: Key | None = None
    follows_id: Key | None = None


def reached_visit(unit: Unit, number: str) -> VisitRow:
    """A visit of somebody the actor may see, locked.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
    """
    visit = visit_by_number(unit, unit.programme.id, number)
    person = participant_facts(unit, [visit.participant_id])[visit.participant_id]
    if person.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed(f"{visit.number} is restricted; ask the protection officer or the director.")
    return visit


def write_visit(unit: Unit, to: VisitTo, *, due_on: date | None, state: str) -> tuple[Key, str]:
    """Add one visit; returns its key and number."""
    visit, number = unit.key(), unit.human_number(SERIES)
    unit.insert(Visit, **visit_values(unit, to, visit=visit, number=number), due_on=due_on, state=state)
    unit.created("sf_visit", number, {"state": state, "role": to.role.value, "due_on": str(due_on or "")})
    return visit, number


def visit_values(unit: Unit, to: VisitTo, *, visit: Key, number: str) -> dict[str, object]:
    """The columns of a visit that never change."""
    return {
        "id": visit,
        "programme_id": unit.programme.id,
        "number": number,
        "plan_id": to.plan_id,
        "follows_id": to.follows_id,
        "participant_id": to.participant_id,
        "household_id": to.household_id,
        "role": to.role.value,
    }


def move_visit(unit: Unit, visit: VisitRow, state: str, reason: MissReason | None = None) -> None:
    """Take a visit one step, and keep the step.

    Raises:
        Refused: `no_such_step`.
    """
    VISIT_STATES.require(visit.state, state, which=visit.number)
    unit.execute(_MOVE, this_id=visit.id, new_state=state)
    unit.insert(
        VisitStep,
        visit_id=visit.id,
        position=len(unit.all(STEPS, visit=visit.id)) + 1,
        from_state=visit.state,
        to_state=state,
        reason=None if reason is None else reason.value,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.changed("sf_visit", visit.number, {"state": visit.state}, {"state": state})
