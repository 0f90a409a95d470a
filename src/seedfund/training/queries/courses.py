"""Providers, courses, cohorts and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader
from seedfund.training.rules.attendance import RateRule
from seedfund.training.rules.words import CourseUnit, Excused, SessionKind
from seedfund.training.tables import Cohort, Course, Provider, TrainingSession


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """Who gives courses."""

    id: Key
    code: str
    name: str
    kind: str
    tax_id: str
    place: str


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course with the rule its attendance is counted by."""

    id: Key
    provider_id: Key
    code: str
    name: str
    topic: str
    minutes: int
    fee: Money
    threshold: int
    rule: RateRule


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """A course as it is given once."""

    id: Key
    number: str
    course_id: Key
    place: str
    facilitator: str
    capacity: int
    starts_on: date
    ends_on: date
    state: str


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session; its number is the cohort's with its place in it, `CH-2026-0001/3`."""

    id: Key
    cohort_id: Key
    cohort: str
    course_id: Key
    position: int
    kind: SessionKind
    on_day: date
    begins_at: int
    minutes: int
    place: str
    facilitator: str
    topic: str
    state: str
    held_by: Key | None

    @property
    def number(self) -> str:
        """How it is called."""
        return f"{self.cohort}/{self.position}"


def _course(*values: Any) -> CourseFacts:
    key, provider, code, name, topic, minutes, fee, currency, threshold, unit, excused, most = values
    rule = RateRule(unit=CourseUnit(unit), excused=Excused(excused), excused_most=int(most))
    price = Money(int(fee), currency)
    return CourseFacts(key, provider, code, name, topic, minutes, price, int(threshold), rule)


def _session(*values: Any) -> SessionFacts:
    key, cohort_id, cohort, course_id, position, kind, *others = values
    return SessionFacts(key, cohort_id, cohort, course_id, position, SessionKind(kind), *others)


PROVIDERS: Final = Query(
    ProviderFacts,
    lambda: (
        sa.select(
            col(Provider.id),
            col(Provider.code),
            col(Provider.name),
            col(Provider.kind),
            col(Provider.tax_id),
            col(Provider.place),
        )
        .where(col(Provider.programme_id) == sa.bindparam("programme"))
        .order_by(col(Provider.code))
    ),
)


def _courses() -> Any:
    return sa.select(
        col(Course.id),
        col(Course.provider_id),
        col(Course.code),
        col(Course.name),
        col(Course.topic),
        col(Course.minutes),
        col(Course.fee_minor),
        col(Course.currency),
        col(Course.threshold_bps),
        col(Course.unit),
        col(Course.excused),
        col(Course.excused_most),
    ).order_by(col(Course.code))


COURSES: Final = Query(
    _course, lambda: _courses().where(col(Course.programme_id) == sa.bindparam("programme"))
)
COURSES_BY_ID: Final = Query(
    _course, lambda: _courses().where(col(Course.id).in_(sa.bindparam("ids", expanding=True)))
)


def _cohorts() -> Any:
    return sa.select(*(col(getattr(Cohort, name)) for name in CohortFacts.__slots__)).order_by(
        col(Cohort.number)
    )


COHORTS: Final = Query(
    CohortFacts, lambda: _cohorts().where(col(Cohort.programme_id) == sa.bindparam("programme"))
)
COHORTS_BY_ID: Final = Query(
    CohortFacts, lambda: _cohorts().where(col(Cohort.id).in_(sa.bindparam("ids", expanding=True)))
)
COHORT: Final = Query(
    CohortFacts,
    lambda: (
        _cohorts()
        .where(
            col(Cohort.programme_id) == sa.bindparam("programme"),
            col(Cohort.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)


def _sessions() -> Any:
    return (
        sa.select(
            col(TrainingSession.id),
            col(TrainingSession.cohort_id),
            col(Cohort.number),
            col(Cohort.course_id),
            col(TrainingSession.position),
            col(TrainingSession.kind),
            col(TrainingSession.on_day),
            col(TrainingSession.begins_at),
            col(TrainingSession.minutes),
            col(TrainingSession.place),
            col(TrainingSession.facilitator),
            col(TrainingSession.topic),
            col(TrainingSession.state),
            col(TrainingSession.held_by),
        )
        .join(Cohort, col(Cohort.id) == col(TrainingSession.cohort_id))
        .order_by(col(Cohort.number), col(TrainingSession.position))
    )


SESSIONS_OF: Final = Query(
    _session,
    lambda: _sessions().where(col(TrainingSession.cohort_id).in_(sa.bindparam("ids", expanding=True))),
)
SESSIONS: Final = Query(
    _session, lambda: _sessions().where(col(Cohort.programme_id) == sa.bindparam("programme"))
)
SESSION: Final = Query(
    _session,
    lambda: (
        _sessions()
        .where(
            col(Cohort.programme_id) == sa.bindparam("programme"),
            col(Cohort.number) == sa.bindparam("cohort"),
            col(TrainingSession.position) == sa.bindparam("position"),
        )
        .with_for_update(of=TrainingSession)
    ),
)


def list_providers(reader: Reader, programme: Key) -> list[ProviderFacts]:
    """Every provider, by code."""
    return reader.all(PROVIDERS, programme=programme)


def list_courses(reader: Reader, programme: Key) -> list[CourseFacts]:
    """Every course, by code."""
    return reader.all(COURSES, programme=programme)


def courses_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, CourseFacts]:
    """These courses."""
    return {one.id: one for one in reader.among(COURSES_BY_ID, "ids", list(dict.fromkeys(ids)))}


def list_cohorts(reader: Reader, programme: Key) -> list[CohortFacts]:
    """Every cohort, by number."""
    return reader.all(COHORTS, programme=programme)


def cohorts_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, CohortFacts]:
    """These cohorts."""
    return {one.id: one for one in reader.among(COHORTS_BY_ID, "ids", list(dict.fromkeys(ids)))}


def sessions_of(reader: Reader, cohorts: Sequence[Key]) -> dict[Key, list[SessionFacts]]:
    """The sessions of cohorts, in their order."""
    found: dict[Key, list[SessionFacts]] = {cohort: [] for cohort in cohorts}
    for one in reader.among(SESSIONS_OF, "ids", list(found)):
        found[one.cohort_id].append(one)
    return found


def list_sessions(reader: Reader, programme: Key) -> list[SessionFacts]:
    """Every session of the programme, by cohort and place."""
    return reader.all(SESSIONS, programme=programme)


def provider_by_code(reader: Reader, programme: Key, code: str) -> ProviderFacts:
    """A provider.

    Raises:
        NotFound: there is none of that code.
    """
    wanted = code.strip().upper()
    for one in list_providers(reader, programme):
        if one.code == wanted:
            return one
    raise NotFound(what="provider", which=code)


def course_by_code(reader: Reader, programme: Key, code: str) -> CourseFacts:
    """A course.

    Raises:
        NotFound: there is none of that code.
    """
    wanted = code.strip().upper()
    for one in list_courses(reader, programme):
        if one.code == wanted:
            return one
    raise NotFound(what="course", which=code)


def cohort_by_number(reader: Reader, programme: Key, number: str) -> CohortFacts:
    """A cohort; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(COHORT, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="cohort", which=number)
    return found


def session_by_number(reader: Reader, programme: Key, number: str) -> SessionFacts:
    """A session by its cohort and place, `CH-2026-0001/3`; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    cohort, _, position = number.strip().upper().partition("/")
    place = int(position) if position.isascii() and position.isdigit() else 0
    found = reader.first(SESSION, programme=programme, cohort=cohort, position=place)
    if found is None:
        raise NotFound(what="session", which=number)
    return found
