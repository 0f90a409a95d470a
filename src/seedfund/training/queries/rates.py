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
    key, number, person, course, threshold, unit, excused, most, held, had, let, unmarked, state, minutes = (
        values
    )
    rule = RateRule(unit=CourseUnit(unit), excused=Excused(excused), excused_most=int(most))
    totals = Totals(int(held or 0), int(had or 0), int(let or 0), int(unmarked or 0))
    return RateFacts(key, number, person, course, int(threshold), rule, totals, state, int(minutes or 0))


def _sum(value: Any) -> Any:
    return sa.cast(sa.func.sum(value), sa.BigInteger)


def rates(*which: Any) -> Any:
    """The statement: enrolments, their sessions held by the day `on`, and the marks in them."""
    of_session = sa.case(
        (col(Course.unit) == CourseUnit.SESSIONS.value, 1), else_=col(TrainingSession.minutes)
    )
    mark = col(AttendanceMark.mark)
    late = sa.and_(mark == Mark.LATE.value, col(Course.unit) == CourseUnit.HOURS.value)
    counted = sa.and_(
        col(TrainingSession.cohort_id) == col(Enrolment.cohort_id),
        col(TrainingSession.state) == "held",
        col(TrainingSession.kind) == "regular",
        col(TrainingSession.on_day) <= sa.bindparam("on", type_=sa.Date),
        col(TrainingSession.on_day) >= col(Enrolment.enrolled_on),
        sa.or_(col(Enrolment.state) != "withdrawn", col(TrainingSession.on_day) <= col(Enrolment.ended_on)),
    )
    own = sa.and_(
        col(AttendanceMark.session_id) == col(TrainingSession.id),
        col(AttendanceMark.participant_id) == col(Enrolment.participant_id),
        col(AttendanceMark.irregular).is_(None),
    )
    minutes = col(TrainingSession.minutes) - sa.case(
        (mark == Mark.LATE.value, col(AttendanceMark.missed)), else_=0
    )
    attended = sa.case(
        (late, of_session - col(AttendanceMark.missed)),
        (mark.in_([one.value for one in ATTENDED]), of_session),
        else_=0,
    )
    is_there = col(TrainingSession.id).is_not(None)
    return (
        sa.select(
            col(Enrolment.id),
            col(Enrolment.number),
            col(Enrolment.participant_id),
            col(Course.code),
            col(Course.threshold_bps),
            col(Course.unit),
            col(Course.excused),
            col(Course.excused_most),
            _sum(sa.case((is_there, of_session), else_=0)),
            _sum(attended),
            _sum(sa.case((mark == Mark.EXCUSED.value, of_session), else_=0)),
            _sum(sa.case((sa.and_(is_there, mark.is_(None)), 1), else_=0)),
            col(Enrolment.state),
            _sum(sa.case((mark.in_([one.value for one in ATTENDED]), minutes), else_=0)),
        )
        .select_from(Enrolment)
        .join(Cohort, col(Cohort.id) == col(Enrolment.cohort_id))
        .join(Course, col(Course.id) == col(Cohort.course_id))
        .outerjoin(TrainingSession, counted)
        .outerjoin(AttendanceMark, own)
        .where(*which)
        .group_by(
            col(Enrolment.id),
            col(Enrolment.number),
            col(Enrolment.participant_id),
            col(Enrolment.state),
            col(Course.code),
            col(Course.threshold_bps),
            col(Course.unit),
            col(Course.excused),
            col(Course.excused_most),
        )
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
