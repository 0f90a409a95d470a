"""Courses and cohorts of fictional people, as short as a test wants them."""

from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from seedfund.kernel.money import Money
from seedfund.store.commands import Verb
from seedfund.training.rules.marking import MarkAsked
from seedfund.training.rules.words import CourseUnit, Excused, LeftFor, Mark, SessionKind
from seedfund.training.service import (
    AttendanceRecorded,
    Enrol,
    OpenCohort,
    RecordAttendance,
    RecordCourse,
    RecordProvider,
    ScheduleSession,
    WithdrawEnrolment,
    enrol,
    open_cohort,
    record_attendance,
    record_course,
    record_provider,
    schedule_session,
    withdraw_enrolment,
)
from tests.people.samples import head, identity, person, register
from tests.support.programme import House

KEYS: Final = count(1)
TODAY: Final = date(2026, 1, 5)
"""The day on which the house's clock begins."""


def key() -> str:
    """A fresh command key."""
    return f"training-{next(KEYS)}"


def done(house: House, verb: Verb[Any, Any], command: Any, actor: str = "coach") -> Any:
    """Carry a command out."""
    with house.work(actor) as work:
        return verb(work, command)


def later(house: House, days: int) -> date:
    """Let days pass; the day it is then."""
    house.clock.advance(timedelta(days=days))
    return house.clock.now().date()


def trainee(
    house: House, name: str = "Rosa Elvira", *, actor: str = "field", restricted: bool = False
) -> str:
    """The number of a fresh person."""
    entry = person(identity(name), is_restricted=restricted)
    return register(house, head(entry), actor=actor).members[0].participant


def course(house: House, code: str = "PAN-1", **fields: Any) -> str:
    """A course of bakery at a training centre; 80 % of its sessions are needed."""
    if not fields.pop("is_second", False):
        provider = RecordProvider(
            key=key(), code="CENTRO", name="Centro Ejemplo", kind="training_centre", place="Ibarra"
        )
        done(house, record_provider, provider)
    told: dict[str, Any] = {
        "key": key(),
        "code": code,
        "provider": "CENTRO",
        "name": "Panadería básica",
        "topic": "bakery",
        "minutes": 1200,
        "fee": Money(12_000, "USD"),
        "threshold_bps": 8_000,
        "unit": CourseUnit.SESSIONS,
        "excused": Excused.NEUTRAL,
    }
    return str(done(house, record_course, RecordCourse(**{**told, **fields})).code)


def cohort(house: House, code: str = "PAN-1", capacity: int = 25) -> str:
    """A cohort of a course that begins today."""
    opening = OpenCohort(
        key=key(),
        course=code,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=60),
        capacity=capacity,
        place="Ibarra",
        facilitator="Instructora Ejemplo",
    )
    return str(done(house, open_cohort, opening).cohort)


def session(
    house: House, number: str, on: date = TODAY, minutes: int = 120, kind: SessionKind = SessionKind.REGULAR
) -> str:
    """A session of a cohort, at nine."""
    scheduling = ScheduleSession(
        key=key(), cohort=number, on_day=on, begins_at=540, minutes=minutes, kind=kind
    )
    return str(done(house, schedule_session, scheduling).session)


def enrolled(house: House, number: str, participant: str) -> str:
    """The number of an enrolment of today."""
    return str(done(house, enrol, Enrol(key=key(), cohort=number, participant=participant)).enrolment)


def left(house: House, enrolment: str, why: LeftFor = LeftFor.WORK) -> None:
    """Somebody who left today."""
    done(house, withdraw_enrolment, WithdrawEnrolment(key=key(), enrolment=enrolment, left_for=why))


def mark(participant: str, what: Mark = Mark.PRESENT, **fields: Any) -> MarkAsked:
    """A line of a register."""
    return MarkAsked(participant=participant, mark=what, **fields)


def registered(house: House, number: str, *marks: MarkAsked, actor: str = "coach") -> AttendanceRecorded:
    """A register taken."""
    found: AttendanceRecorded = done(
        house, record_attendance, RecordAttendance(key=key(), session=number, marks=marks), actor
    )
    return found
