"""What everybody attended, in one pass of conditional sums; the rule makes rates of it.

A million marks are summed by the database and never built as values. Regular sessions held while somebody was enrolled
are joined with their marks; a session without one was missed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader
from seedfund.training.rules.attendance import Attendance, NoRate, RateRule, Totals, attendance
from seedfund.training.rules.words import ATTENDED, CourseUnit, Excused, Mark
from seedfund.training.tables import AttendanceMark, Cohort, Course, Enrolment, TrainingSession


@dataclass(frozen=True, slots=True)
class RateFacts:
    """What one enrolment came to by a day: the counts, and the rule and threshold of its course; `minutes` attended."""

    enrolment_id: Key
    enrolment: str
    participant_id: Key
    course: str
    threshold: int
    rule: RateRule
    totals: Totals
    state: str
    minutes: int

    @property
    def attendance(self) -> Attendance | NoRate:
        """The attendance under the rule of the course."""
        return attendance(self.totals, self.rule)


def _rate(*values: Any) -> RateFacts:
    key, number, person, state, course, threshold, unit, excused, most, *sums = values
    rule = RateRule(unit=CourseUnit(unit), excused=Excused(excused), excused_most=int(most))
    held, attended, let, unmarked, minutes = (int(one or 0) for one in sums)
    totals = Totals(held, attended, let, unmarked)
    return RateFacts(key, number, person, course, int(threshold), rule, totals, state, minutes)


def _sum(value: Any) -> Any:
    return sa.cast(sa.func.sum(value), sa.BigInteger)


def _counted() -> Any:
    """A regular session that was held by the day, in the time of an enrolment."""
    day = col(TrainingSession.on_day)
    return sa.and_(
        col(TrainingSession.cohort_id) == col(Enrolment.cohort_id),
        col(TrainingSession.state) == "held",
        col(TrainingSession.kind) == "regular",
        day <= sa.bindparam("on", type_=sa.Date),
        day >= col(Enrolment.enrolled_on),
        sa.or_(col(Enrolment.state) != "withdrawn", day <= col(Enrolment.ended_on)),
    )


def _own() -> Any:
    """The mark of the person in the session, unless it is irregular."""
    return sa.and_(
        col(AttendanceMark.session_id) == col(TrainingSession.id),
        col(AttendanceMark.participant_id) == col(Enrolment.participant_id),
        col(AttendanceMark.irregular).is_(None),
    )


def _sums() -> list[Any]:
    """Held, attended, excused, unmarked in the unit of the course; and the minutes attended."""
    mark, missed = col(AttendanceMark.mark), col(AttendanceMark.missed)
    size = sa.case((col(Course.unit) == CourseUnit.SESSIONS.value, 1), else_=col(TrainingSession.minutes))
    came = mark.in_([one.value for one in ATTENDED])
    late_in_hours = sa.and_(mark == Mark.LATE.value, col(Course.unit) == CourseUnit.HOURS.value)
    is_there = col(TrainingSession.id).is_not(None)
    return [
        _sum(sa.case((is_there, size), else_=0)),
        _sum(sa.case((late_in_hours, size - missed), (came, size), else_=0)),
        _sum(sa.case((mark == Mark.EXCUSED.value, size), else_=0)),
        _sum(sa.case((sa.and_(is_there, mark.is_(None)), 1), else_=0)),
        _sum(sa.case((came, col(TrainingSession.minutes) - missed), else_=0)),
    ]


def rates(*which: Any) -> Any:
    """The statement: enrolments, their sessions held by the day `on`, and the marks in them."""
    told = (
        *(col(Enrolment.id), col(Enrolment.number), col(Enrolment.participant_id), col(Enrolment.state)),
        *(col(Course.code), col(Course.threshold_bps), col(Course.unit), col(Course.excused)),
        col(Course.excused_most),
    )
    return (
        sa.select(*told, *_sums())
        .select_from(Enrolment)
        .join(Cohort, col(Cohort.id) == col(Enrolment.cohort_id))
        .join(Course, col(Course.id) == col(Cohort.course_id))
        .outerjoin(TrainingSession, _counted())
        .outerjoin(AttendanceMark, _own())
        .where(*which)
        .group_by(*told)
        .order_by(col(Enrolment.number))
    )


RATES: Final = Query(_rate, lambda: rates(col(Enrolment.programme_id) == sa.bindparam("programme")))
RATES_OF_PEOPLE: Final = Query(
    _rate, lambda: rates(col(Enrolment.participant_id).in_(sa.bindparam("ids", expanding=True)))
)
RATES_OF: Final = Query(_rate, lambda: rates(col(Enrolment.id).in_(sa.bindparam("ids", expanding=True))))


def all_rates(reader: Reader, programme: Key, on: date) -> list[RateFacts]:
    """What every enrolment of a programme came to by a day, by number."""
    return reader.all(RATES, programme=programme, on=on)


def rates_of_people(reader: Reader, people: Sequence[Key], on: date) -> dict[Key, list[RateFacts]]:
    """What the enrolments of these people came to by a day."""
    found: dict[Key, list[RateFacts]] = {person: [] for person in people}
    for one in reader.among(RATES_OF_PEOPLE, "ids", list(found), on=on):
        found[one.participant_id].append(one)
    return found


def rates_of(reader: Reader, enrolments: Sequence[Key], on: date) -> Mapping[Key, RateFacts]:
    """What these enrolments came to by a day."""
    return {one.enrolment_id: one for one in reader.among(RATES_OF, "ids", list(enrolments), on=on)}
