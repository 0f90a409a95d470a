"""What the commands of scholarships share: who may, whom they reach, and the steps of their records."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.service.evidence import Observation, write_evidence
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.people.rules import plain_text
from seedfund.people.service.identity import require_person
from seedfund.scholarships.queries.applications import (
    ApplicationRow,
    PlanRow,
    application_by_number,
    interviews_of,
    plans_by_id,
)
from seedfund.scholarships.queries.scholarships import (
    ScholarshipRow,
    scholarship_by_number,
    scholarships_of_people,
)
from seedfund.scholarships.rules.applying import ApplicationStanding
from seedfund.scholarships.rules.states import APPLICATION_STATES, PLAN_STATES, SCHOLARSHIP_STATES
from seedfund.scholarships.tables import EmploymentPlan, Scholarship, ScholarshipApplication
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

APPLIERS: Final = (
    *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT),
    *(Role.PROGRAMME_MANAGER, Role.PROTECTION_OFFICER),
)
"""Who takes applications in, and asks about work afterwards."""
INTERVIEWERS: Final = (
    *(Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.PROTECTION_OFFICER),
)
"""Who interviews, plans and confirms."""
APPROVERS: Final = (Role.PROGRAMME_MANAGER, Role.DIRECTOR)
"""Who approves plans."""
AWARDERS: Final = (Role.COMMITTEE_SECRETARY, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
BILL_TAKERS: Final = (
    *(Role.FINANCE_OFFICER, Role.FIELD_OFFICER, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER),
)
"""Who takes bills in."""
BILL_JUDGES: Final = (Role.PROGRAMME_MANAGER, Role.FINANCE_APPROVER, Role.DIRECTOR)
"""Who accepts bills, nets them and closes complaints."""
TAKEN_FOR: Final = ("awarded", "enrolled", "completed", "dropped_out")
"""States of a scholarship that keep a person from another one."""


def _move(model: Any, *names: str) -> Write:
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    return Write(lambda: sa.update(model).where(col(model.id) == sa.bindparam("this_id")).values(**values))


MOVE_APPLICATION: Final = _move(ScholarshipApplication, "state")
CLOSE_APPLICATION: Final = _move(ScholarshipApplication, "state", "closed_for", "closed_on")
MOVE_PLAN: Final = _move(EmploymentPlan, "state")
APPROVE_PLAN: Final = _move(EmploymentPlan, "state", "approved_on", "approved_by")
PROVE: Final = _move(Scholarship, "state", "enrolment_id", "proof_sha256", "proven_on", "proven_by")
END: Final = _move(Scholarship, "state", "ended_on", "ended_by", "end_reason")


def said(text: str, *, field: str, most: int = 300) -> str:
    """A text that has to be there.

    Raises:
        InvalidInput: it is empty, too long or not printable.
    """
    plain = plain_text(text, field=field, most=most)
    if not plain:
        raise InvalidInput(field=field, problem="it is empty", remedy="give it in a few words")
    return plain


def reached_application(unit: Unit, number: str) -> ApplicationRow:
    """An application of somebody the actor may see, locked.

    Raises:
        NotFound: there is no such application.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    found = application_by_number(unit, unit.programme.id, number)
    require_person(unit, found.participant, goes_on=True)
    return found


def reached_scholarship(unit: Unit, number: str) -> tuple[ScholarshipRow, GrantRow]:
    """A scholarship of somebody the actor may see, with its grant, both locked.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    found, grant = scholarship_by_number(unit, unit.programme.id, number, locked=True)
    require_person(unit, found.participant, goes_on=True)
    return found, grant


def plan_of(unit: Unit, row: ScholarshipRow) -> PlanRow:
    """The employment plan a scholarship stands on."""
    return plans_by_id(unit, [row.plan_id])[row.plan_id]


def standing_of(unit: Unit, row: ApplicationRow) -> ApplicationStanding:
    """An application as planning sees it: what the last interview found, and what was funded before."""
    interviews = interviews_of(unit, [row.id])[row.id]
    last = interviews[-1] if interviews else None
    before = [
        one.number
        for one in scholarships_of_people(unit, [row.participant_id])[row.participant_id]
        if one.state in TAKEN_FOR and one.application_id != row.id
    ]
    return ApplicationStanding(
        application=row.number,
        participant=row.participant,
        state=row.state,
        is_recommended=None if last is None else last.is_recommended,
        is_within_income=None if last is None else last.is_within_income,
        earlier=", ".join(before),
    )


def move_application(unit: Unit, row: ApplicationRow, wanted: str) -> None:
    """Take an application one step.

    Raises:
        Refused: `no_such_step`.
    """
    APPLICATION_STATES.require(row.state, wanted, which=row.number)
    unit.execute(MOVE_APPLICATION, this_id=row.id, new_state=wanted)
    unit.changed("sf_scholarship_application", row.number, {"state": row.state}, {"state": wanted})


def move_plan(unit: Unit, row: PlanRow, wanted: str) -> None:
    """Take an employment plan one step.

    Raises:
        Refused: `no_such_step`.
    """
    PLAN_STATES.require(row.state, wanted, which=row.number)
    unit.execute(MOVE_PLAN, this_id=row.id, new_state=wanted)
    unit.changed("sf_employment_plan", row.number, {"state": row.state}, {"state": wanted})


def require_step(row: ScholarshipRow, wanted: str) -> None:
    """Do nothing where a scholarship can become `wanted`.

    Raises:
        Refused: `no_such_step`.
    """
    SCHOLARSHIP_STATES.require(row.state, wanted, which=row.number)


def clear(unit: Unit, grant: GrantRow, topic: str, *, is_back: bool = False) -> None:
    """Open a tranche to one of the things it waits for, or take that back; both stay on file."""
    observation = Observation(
        subject_kind=SubjectKind.GRANT,
        subject=grant.number,
        kind=EvidenceKind.ENROLMENT,
        observed_on=unit.occurred_on,
        source="scholarships",
        topic=topic,
        value=-1 if is_back else 1,
    )
    write_evidence(unit, observation)
