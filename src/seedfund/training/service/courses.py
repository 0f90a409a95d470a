"""Setting courses up: providers, courses, cohorts and their sessions."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, RefusalCode, refuse
from seedfund.kernel.money import Money
from seedfund.people.rules import plain_text
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import (
    cohort_by_number,
    course_by_code,
    list_courses,
    list_providers,
    provider_by_code,
    session_by_number,
    sessions_of,
)
from seedfund.training.queries.enrolments import enrolments_of_cohorts
from seedfund.training.rules.attendance import WHOLE
from seedfund.training.rules.states import COHORT_STATES, SESSION_STATES
from seedfund.training.rules.words import CourseUnit, Excused, SessionKind
from seedfund.training.service.common import PLANNERS, code_of, said
from seedfund.training.tables import Cohort, Course, Enrolment, Provider, TrainingSession

MINUTES_A_DAY: Final = 1440
CODE_TAKEN: Final = RefusalCode(
    "training_code_taken",
    "There is a {what} with the code {code} already.",
    "Use it, or choose another code.",
)
COHORT_CLOSED: Final = RefusalCode(
    "cohort_closed",
    "The cohort {cohort} is {state}.",
    "Open a new cohort of the course.",
)
SESSIONS_WAIT: Final = RefusalCode(
    "cohort_sessions_wait",
    "{count} sessions of {cohort} are neither held nor cancelled.",
    "Take their registers or cancel them, with the reason.",
)
COHORT_NOT_EMPTY: Final = RefusalCode(
    "cohort_not_empty",
    "{count} people are enrolled in {cohort}, which is given up.",
    "Withdraw each of them first, with the reason.",
)
REFUSALS: Final = (CODE_TAKEN, COHORT_CLOSED, SESSIONS_WAIT, COHORT_NOT_EMPTY)
MOVE_COHORT: Final = Write(
    lambda: (
        sa.update(Cohort)
        .where(col(Cohort.id) == sa.bindparam("this"))
        .values(state=sa.bindparam("new_state"), ended_on=sa.bindparam("new_day"))
    )
)
COMPLETE: Final = Write(
    lambda: (
        sa.update(Enrolment)
        .where(col(Enrolment.cohort_id) == sa.bindparam("cohort"), col(Enrolment.state) == "enrolled")
        .values(state="completed", ended_on=sa.bindparam("new_day"))
    )
)
CANCEL: Final = Write(
    lambda: (
        sa.update(TrainingSession)
        .where(col(TrainingSession.id) == sa.bindparam("this"))
        .values(state="cancelled", reason=sa.bindparam("new_reason"))
    )
)


@dataclass(frozen=True, kw_only=True)
class RecordProvider(Command):
    """Who gives courses: a code, a name, what it is (`city`, `social_enterprise`, `training_centre` …), a tax id."""

    code: str
    name: str
    kind: str
    tax_id: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class ProviderRecorded:
    """The provider's code."""

    code: str


@verb("training.record_provider", roles=PLANNERS)
def record_provider(unit: Unit, command: RecordProvider) -> ProviderRecorded:
    """Set down a provider.

    Raises:
        InvalidInput: a text is empty or too long, or the code is none.
        Refused: `training_code_taken`.
    """
    code = code_of(command.code)
    if any(one.code == code for one in list_providers(unit, unit.programme.id)):
        refuse([CODE_TAKEN(what="provider", code=code)])
    unit.insert(
        Provider,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=code,
        name=said(command.name, field="name"),
        kind=said(command.kind, field="kind", most=40),
        tax_id=plain_text(command.tax_id, field="tax_id", most=30),
        place=plain_text(command.place, field="place", most=120),
        recorded_on=unit.occurred_on,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_provider", code, {"kind": command.kind})
    return ProviderRecorded(code=code)


@dataclass(frozen=True, kw_only=True)
class RecordCourse(Command):
    """A course: provider, topic, minutes in all, fee a head (0: none), and how attendance is counted.

    `threshold_bps` in basis points (8,000 = 80 %). Excused absences fall out of both counts, or count as attended up to
    `excused_most` sessions (or minutes, where hours are counted).
    """

    code: str
    provider: str
    name: str
    topic: str
    minutes: int
    fee: Money
    threshold_bps: int
    unit: CourseUnit = CourseUnit.SESSIONS
    excused: Excused = Excused.NEUTRAL
    excused_most: int = 0


@dataclass(frozen=True, kw_only=True)
class CourseRecorded:
    """The course's code."""

    code: str


@verb("training.record_course", roles=PLANNERS)
def record_course(unit: Unit, command: RecordCourse) -> CourseRecorded:
    """Set down a course; how it counts is never changed afterwards.

    Raises:
        NotFound: there is no such provider.
        InvalidInput: a text is empty, or a figure does not fit.
        Refused: `training_code_taken`.
    """
    code = code_of(command.code)
    provider = provider_by_code(unit, unit.programme.id, command.provider)
    if any(one.code == code for one in list_courses(unit, unit.programme.id)):
        refuse([CODE_TAKEN(what="course", code=code)])
    _check_figures(command)
    unit.insert(
        Course,
        id=unit.key(),
        programme_id=unit.programme.id,
        provider_id=provider.id,
        code=code,
        name=said(command.name, field="name"),
        topic=said(command.topic, field="topic", most=80),
        minutes=command.minutes,
        fee_minor=command.fee.minor,
        currency=command.fee.currency,
        unit=command.unit.value,
        threshold_bps=command.threshold_bps,
        excused=command.excused.value,
        excused_most=command.excused_most,
        recorded_on=unit.occurred_on,
        recorded_by=unit.actor.id,
    )
    told = {"provider": provider.code, "fee": str(command.fee), "threshold": command.threshold_bps}
    counted = {"unit": command.unit, "excused": command.excused, "excused_most": command.excused_most}
    unit.created("sf_course", code, told | counted | {"minutes": command.minutes})
    return CourseRecorded(code=code)


def _check_figures(command: RecordCourse) -> None:
    if command.minutes < 1:
        raise InvalidInput(
            field="minutes", problem="a course takes time", remedy="give the minutes of the whole course"
        )
    if command.fee.minor < 0:
        raise InvalidInput(field="fee", problem="it is below zero", remedy="give the fee a head, or 0")
    if not 0 <= command.threshold_bps <= WHOLE:
        raise InvalidInput(
            field="threshold_bps",
            problem="it is no part of the whole",
            remedy="give basis points, 8000 for 80 %",
        )
    if command.excused_most < 0 or (command.excused_most and command.excused is not Excused.COUNTED):
        raise InvalidInput(
            field="excused_most",
            problem="there is nothing to cap",
            remedy="give a cap only where excused absences are counted",
        )


@dataclass(frozen=True, kw_only=True)
class OpenCohort(Command):
    """A course to be given once: where, by whom, from when until when, for how many."""

    course: str
    starts_on: date
    ends_on: date
    capacity: int
    place: str
    facilitator: str = ""


@dataclass(frozen=True, kw_only=True)
class CohortMoved:
    """The cohort's number and its state."""

    cohort: str
    state: str


@verb("training.open_cohort", roles=PLANNERS)
def open_cohort(unit: Unit, command: OpenCohort) -> CohortMoved:
    """Open a cohort; people are enrolled in it, and its sessions scheduled.

    Raises:
        NotFound: there is no such course.
        InvalidInput: it ends before it starts, or has room for nobody.
    """
    course = course_by_code(unit, unit.programme.id, command.course)
    if command.ends_on < command.starts_on:
        raise InvalidInput(field="ends_on", problem="it ends before it starts", remedy="give a later day")
    if command.capacity < 1:
        raise InvalidInput(field="capacity", problem="there is room for nobody", remedy="give at least 1")
    number = unit.human_number("CH")
    unit.insert(
        Cohort,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        course_id=course.id,
        place=said(command.place, field="place"),
        facilitator=plain_text(command.facilitator, field="facilitator", most=120),
        capacity=command.capacity,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        state=COHORT_STATES.start,
        ended_on=None,
    )
    unit.created("sf_cohort", number, {"course": course.code, "capacity": command.capacity, "state": "open"})
    return CohortMoved(cohort=number, state=COHORT_STATES.start)


@dataclass(frozen=True, kw_only=True)
class ScheduleSession(Command):
    """A session of a cohort: the day, when it begins (minutes after midnight), how many minutes it takes."""

    cohort: str
    on_day: date
    begins_at: int
    minutes: int
    kind: SessionKind = SessionKind.REGULAR
    place: str = ""
    facilitator: str = ""
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionMoved:
    """The session's number and its state."""

    session: str
    state: str


@verb("training.schedule_session", roles=PLANNERS)
def schedule_session(unit: Unit, command: ScheduleSession) -> SessionMoved:
    """Schedule a session; place and facilitator are the cohort's unless given.

    Raises:
        NotFound: there is no such cohort.
        InvalidInput: the times do not fit into a day.
        Refused: `cohort_closed`.
    """
    cohort = cohort_by_number(unit, unit.programme.id, command.cohort)
    if cohort.state != COHORT_STATES.start:
        refuse([COHORT_CLOSED(cohort=cohort.number, state=cohort.state)])
    if command.begins_at < 0 or command.minutes < 1 or command.begins_at + command.minutes > MINUTES_A_DAY:
        raise InvalidInput(
            field="begins_at",
            problem="the session does not fit into the day",
            remedy="give minutes after midnight and minutes of length, 540 and 120 for nine to eleven",
        )
    position = len(sessions_of(unit, [cohort.id])[cohort.id]) + 1
    unit.insert(
        TrainingSession,
        id=unit.key(),
        cohort_id=cohort.id,
        position=position,
        kind=command.kind.value,
        on_day=command.on_day,
        begins_at=command.begins_at,
        minutes=command.minutes,
        place=plain_text(command.place, field="place", most=120) or cohort.place,
        facilitator=plain_text(command.facilitator, field="facilitator", most=120) or cohort.facilitator,
        topic=plain_text(command.topic, field="topic", most=120),
        state=SESSION_STATES.start,
        held_by=None,
        reason="",
    )
    number = f"{cohort.number}/{position}"
    unit.created("sf_training_session", number, {"on": command.on_day, "state": SESSION_STATES.start})
    return SessionMoved(session=number, state=SESSION_STATES.start)


@dataclass(frozen=True, kw_only=True)
class CancelSession(Command):
    """A session that does not take place, and why."""

    session: str
    reason: str


@verb("training.cancel_session", roles=PLANNERS)
def cancel_session(unit: Unit, command: CancelSession) -> SessionMoved:
    """Cancel a session that was not held; it counts for nobody.

    Raises:
        NotFound: there is no such session.
        InvalidInput: no reason is given.
        Refused: `no_such_step`.
    """
    found = session_by_number(unit, unit.programme.id, command.session)
    SESSION_STATES.require(found.state, "cancelled", which=found.number)
    reason = said(command.reason, field="reason", most=300)
    unit.execute(CANCEL, this=found.id, new_reason=reason)
    unit.changed(
        "sf_training_session", found.number, {"state": found.state}, {"state": "cancelled", "reason": reason}
    )
    return SessionMoved(session=found.number, state="cancelled")


@dataclass(frozen=True, kw_only=True)
class EndCohort(Command):
    """A cohort that is over, or was given up (`is_cancelled`)."""

    cohort: str
    is_cancelled: bool = False


@verb("training.end_cohort", roles=PLANNERS)
def end_cohort(unit: Unit, command: EndCohort) -> CohortMoved:
    """End a cohort: whoever stayed has completed it. A cohort given up ends with nobody in it.

    Raises:
        NotFound: there is no such cohort.
        Refused: `no_such_step`, `cohort_sessions_wait`, `cohort_not_empty`.
    """
    cohort = cohort_by_number(unit, unit.programme.id, command.cohort)
    wanted = "cancelled" if command.is_cancelled else "finished"
    COHORT_STATES.require(cohort.state, wanted, which=cohort.number)
    waiting = [one for one in sessions_of(unit, [cohort.id])[cohort.id] if one.state == SESSION_STATES.start]
    people = [one for one in enrolments_of_cohorts(unit, [cohort.id])[cohort.id] if one.state == "enrolled"]
    refuse(
        [
            *([SESSIONS_WAIT(count=len(waiting), cohort=cohort.number)] if waiting else []),
            *(
                [COHORT_NOT_EMPTY(cohort=cohort.number, count=len(people))]
                if people and command.is_cancelled
                else []
            ),
        ]
    )
    unit.execute(MOVE_COHORT, this=cohort.id, new_state=wanted, new_day=unit.occurred_on)
    unit.execute(COMPLETE, cohort=cohort.id, new_day=unit.occurred_on)
    for one in people:
        unit.changed("sf_enrolment", one.number, {"state": one.state}, {"state": "completed"})
    unit.changed("sf_cohort", cohort.number, {"state": cohort.state}, {"state": wanted})
    return CohortMoved(cohort=cohort.number, state=wanted)
