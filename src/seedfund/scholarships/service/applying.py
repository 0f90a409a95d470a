"""Applications for a scholarship: taken in, interviewed about, closed with their reason."""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.kernel.errors import refuse
from seedfund.kernel.secret import Secret
from seedfund.people.queries import participant_facts
from seedfund.people.rules import age_range
from seedfund.people.service.identity import require_person
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.scholarships.queries.applications import applications_of, interview_place, interviews_of
from seedfund.scholarships.rules.applying import APPLICATION_OPEN, check_age
from seedfund.scholarships.rules.states import APPLICATION_STATES
from seedfund.scholarships.rules.words import ClosedFor
from seedfund.scholarships.service.common import (
    APPLIERS,
    CLOSE_APPLICATION,
    INTERVIEWERS,
    move_application,
    reached_application,
    said,
)
from seedfund.scholarships.tables import ScholarshipApplication, ScholarshipInterview
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import course_by_code

SERIES: Final = "AP"


@dataclass(frozen=True, kw_only=True)
class ApplyForScholarship(Command):
    """Who asks to learn a trade, in which course, for which work.

    `guardian_sha256` is the paper signed by the guardian of somebody between 15 and 17.
    """

    participant: str
    course: str
    occupation: str
    guardian_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationMoved:
    """The application's number, whose it is, and its state."""

    application: str
    participant: str
    state: str


@verb("scholarships.apply", roles=APPLIERS)
def apply_for_scholarship(unit: Unit, command: ApplyForScholarship) -> ApplicationMoved:
    """Take an application in; a person has one at a time.

    Raises:
        NotFound: there is no such person or course.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no work is named, or the paper's SHA-256 is none.
        Refused: `person_erased`, `application_open`, `applicant_age_unknown`, `applicant_too_young`,
            `guardian_paper_missing`.
    """
    person = require_person(unit, command.participant)
    course = course_by_code(unit, unit.programme.id, command.course)
    occupation = said(command.occupation, field="occupation", most=120)
    birth = participant_facts(unit, [person.id])[person.id].birth
    age = None if birth is None else age_range(birth, unit.occurred_on).least
    refuse(
        [
            *(
                APPLICATION_OPEN(participant=person.number, application=one.number, state=one.state)
                for one in applications_of(unit, [person.id])[person.id]
                if one.state not in APPLICATION_STATES.ends
            ),
            *check_age(person.number, age, has_guardian=bool(command.guardian_sha256)),
        ]
    )
    number, guardian = unit.human_number(SERIES), None
    if command.guardian_sha256:
        guardian = write_evidence_file(
            unit,
            command.guardian_sha256,
            kind=EvidenceKind.SIGNED_PAPER,
            description=f"guardian's paper of {number}",
        ).sha256
    unit.insert(
        ScholarshipApplication,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        participant_id=person.id,
        course_id=course.id,
        occupation=occupation,
        guardian_sha256=guardian,
        state=APPLICATION_STATES.start,
        applied_on=unit.occurred_on,
        recorded_by=unit.actor.id,
        closed_for=None,
        closed_on=None,
    )
    noted = {"participant": person.number, "course": course.code, "state": APPLICATION_STATES.start}
    unit.created("sf_scholarship_application", number, noted)
    return ApplicationMoved(application=number, participant=person.number, state=APPLICATION_STATES.start)


@dataclass(frozen=True, kw_only=True)
class InterviewApplicant(Command):
    """What an interview found: whether the course is recommended, whether the income is what the programme serves.

    The note is sealed.
    """

    application: str
    is_recommended: bool
    is_within_income: bool
    note: Secret | None = None


@verb("scholarships.interview", roles=INTERVIEWERS)
def interview_applicant(unit: Unit, command: InterviewApplicant) -> ApplicationMoved:
    """Record an interview; a later one takes its place, and the one before is kept.

    Raises:
        NotFound: there is no such application.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`, `person_erased`.
    """
    row = reached_application(unit, command.application)
    move_application(unit, row, "interviewed")
    version, note = len(interviews_of(unit, [row.id])[row.id]) + 1, None
    if command.note is not None:
        unit.owns(row.participant_id, command.note)
        note = unit.vault(row.participant_id).seal(command.note, interview_place(row.id, version))
    unit.insert(
        ScholarshipInterview,
        application_id=row.id,
        version=version,
        is_recommended=command.is_recommended,
        is_within_income=command.is_within_income,
        note=note,
        held_on=unit.occurred_on,
        recorded_at=unit.now,
        held_by=unit.actor.id,
    )
    noted = {"is_recommended": command.is_recommended, "is_within_income": command.is_within_income}
    unit.created("sf_scholarship_interview", f"{row.number} v{version}", noted)
    return ApplicationMoved(application=row.number, participant=row.participant, state="interviewed")


@dataclass(frozen=True, kw_only=True)
class CloseApplication(Command):
    """An application that comes to no scholarship, and why."""

    application: str
    reason: ClosedFor


@verb("scholarships.close_application", roles=INTERVIEWERS)
def close_application(unit: Unit, command: CloseApplication) -> ApplicationMoved:
    """Close an application with its reason; the person may apply again.

    Raises:
        NotFound: there is no such application.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`, `person_erased`.
    """
    row = reached_application(unit, command.application)
    APPLICATION_STATES.require(row.state, "closed", which=row.number)
    unit.execute(
        CLOSE_APPLICATION,
        this_id=row.id,
        new_state="closed",
        new_closed_for=command.reason.value,
        new_closed_on=unit.occurred_on,
    )
    after = {"state": "closed", "closed_for": command.reason}
    unit.changed("sf_scholarship_application", row.number, {"state": row.state}, after)
    return ApplicationMoved(application=row.number, participant=row.participant, state="closed")


COMMANDS: Final[tuple[Any, ...]] = (apply_for_scholarship, interview_applicant, close_application)
