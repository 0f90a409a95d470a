"""Providers, courses, cohorts, sessions, enrolments, marks, certificates. Schema only: keys, CHECKs, no behaviour.

A mark is one row a session and person; what it was before a correction stands in its history, which is only appended.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    state,
    text,
    unique_where,
)
from seedfund.training.rules.attendance import WHOLE
from seedfund.training.rules.states import COHORT_STATES, ENROLMENT_STATES, SESSION_STATES
from seedfund.training.rules.words import (
    CourseUnit,
    Excused,
    LeftFor,
    Mark,
    MarkDecision,
    SessionKind,
    WhyIrregular,
)


class Provider(Table, table=True):
    """Who gives courses: a training centre, a city, a social enterprise, the organisation itself."""

    __tablename__ = "sf_provider"
    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(30)
    name: str = text(120)
    kind: str = text(40)
    tax_id: str = text(30)
    place: str = text(120)
    recorded_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Course(Table, table=True):
    """What is taught, for how many minutes, at which fee, and how attendance is counted; never changed afterwards."""

    __tablename__ = "sf_course"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code"),
        sa.CheckConstraint(f"threshold_bps <= {WHOLE}", name="threshold_is_a_part"),
        sa.CheckConstraint("excused = 'counted' OR excused_most = 0", name="cap_only_where_counted"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    provider_id: Key = reference("sf_provider.id")
    code: str = text(30)
    name: str = text(120)
    topic: str = text(80)
    minutes: int = integer("minutes", least=1)
    fee_minor: int = minor("fee_minor", least=0)
    currency: str = text(3)
    unit: str = choice("unit", CourseUnit)
    threshold_bps: int = integer("threshold_bps")
    excused: str = choice("excused", Excused)
    excused_most: int = integer("excused_most")
    recorded_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Cohort(Table, table=True):
    """A course as it is given once: where, from when until when, for how many people."""

    __tablename__ = "sf_cohort"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    course_id: Key = reference("sf_course.id")
    place: str = text(120)
    facilitator: str = text(120)
    capacity: int = integer("capacity", least=1)
    starts_on: date = day()
    ends_on: date = day()
    state: str = state(COHORT_STATES)
    ended_on: date | None = day(nullable=True)


class TrainingSession(Table, table=True):
    """One meeting of a cohort; `begins_at` in minutes after midnight, programme time."""

    __tablename__ = "sf_training_session"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "position"),
        sa.CheckConstraint("begins_at < 1440", name="begins_within_the_day"),
        sa.CheckConstraint("(state = 'held') = (held_by IS NOT NULL)", name="held_has_its_hand"),
    )
    id: Key = primary_key()
    cohort_id: Key = reference("sf_cohort.id", index=False)
    position: int = integer("position", least=1)
    kind: str = choice("kind", SessionKind)
    on_day: date = day()
    begins_at: int = integer("begins_at")
    minutes: int = integer("minutes", least=1)
    place: str = text(120)
    facilitator: str = text(120)
    topic: str = text(120)
    state: str = state(SESSION_STATES)
    held_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    reason: str = text(300)


class Enrolment(Table, table=True):
    """A person in a cohort, from a day until they left or the course ended; once at a time."""

    __tablename__ = "sf_enrolment"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        unique_where(
            "uq_sf_enrolment_current",
            "cohort_id",
            "participant_id",
            where="state <> 'withdrawn'",
        ),
        sa.CheckConstraint("(state = 'enrolled') = (ended_on IS NULL)", name="end_is_dated"),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (left_for IS NOT NULL)", name="withdrawal_has_its_reason"
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= enrolled_on", name="ended_after_enrolled"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    cohort_id: Key = reference("sf_cohort.id", index=False)
    participant_id: Key = reference("sf_participant.id")
    enrolled_on: date = day()
    state: str = state(ENROLMENT_STATES)
    ended_on: date | None = day(nullable=True)
    left_for: str | None = choice("left_for", LeftFor, nullable=True)


class AttendanceMark(Table, table=True):
    """What the register of a session says of a person now; an irregular one counts in no rate."""

    __tablename__ = "sf_attendance_mark"
    __table_args__ = (
        sa.UniqueConstraint("participant_id", "make_up_id"),
        sa.CheckConstraint("(mark = 'made_up') = (make_up_id IS NOT NULL)", name="made_up_names_its_session"),
        sa.CheckConstraint("(mark = 'late') = (missed > 0)", name="late_has_its_minutes"),
        sa.CheckConstraint("decision IS NULL OR decided_by <> marked_by", name="marker_does_not_decide"),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decision_has_its_hand"),
        sa.Index(
            "ix_sf_attendance_mark_person", "participant_id", "session_id", "mark", "missed", "irregular"
        ),
    )
    session_id: Key = reference("sf_training_session.id", primary=True)
    participant_id: Key = reference("sf_participant.id", primary=True)
    mark: str = choice("mark", Mark)
    missed: int = integer("missed")
    make_up_id: Key | None = reference("sf_training_session.id", nullable=True, index=False)
    irregular: str | None = choice("irregular", WhyIrregular, nullable=True)
    decision: str | None = choice("decision", MarkDecision, nullable=True)
    decided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    marked_by: Key = reference("sf_actor.id", index=False)
    marked_at: datetime = instant()
    version: int = integer("version", least=1)


class AttendanceHistory(Table, table=True):
    """What a mark was before it was corrected or decided about: who changed it, when, why; append-only."""

    __tablename__ = "sf_attendance_history"
    session_id: Key = reference("sf_training_session.id", primary=True)
    participant_id: Key = reference("sf_participant.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    mark: str = choice("mark", Mark)
    missed: int = integer("missed")
    irregular: str | None = choice("irregular", WhyIrregular, nullable=True)
    marked_by: Key = reference("sf_actor.id", index=False)
    marked_at: datetime = instant()
    reason: str = text(300)
    changed_by: Key = reference("sf_actor.id", index=False)
    changed_at: datetime = instant()


class ThresholdWaiver(Table, table=True):
    """That somebody with the authority let an enrolment be certified below the threshold; append-only."""

    __tablename__ = "sf_threshold_waiver"
    __table_args__ = (sa.UniqueConstraint("enrolment_id"),)
    id: Key = primary_key()
    enrolment_id: Key = reference("sf_enrolment.id", index=False)
    exception_id: Key = reference("sf_exception.id", index=False)
    basis_points: int = integer("basis_points")
    reason: str = text(300)
    waived_on: date = day()
    waived_by: Key = reference("sf_actor.id", index=False)


class Certificate(Table, table=True):
    """A certificate of attendance: hours, counts and rate as they were, the waiver if one was needed; append-only."""

    __tablename__ = "sf_certificate"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("enrolment_id"),
        sa.UniqueConstraint("verification_code"),
        sa.CheckConstraint("attended <= possible", name="attended_of_possible"),
        sa.CheckConstraint(
            "basis_points >= threshold_bps OR waiver_id IS NOT NULL", name="below_only_if_waived"
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    enrolment_id: Key = reference("sf_enrolment.id", index=False)
    minutes: int = integer("minutes")
    attended: int = integer("attended")
    possible: int = integer("possible", least=1)
    basis_points: int = integer("basis_points")
    threshold_bps: int = integer("threshold_bps")
    verification_code: str = text(30)
    waiver_id: Key | None = reference("sf_threshold_waiver.id", nullable=True, index=False)
    issued_on: date = day()
    issued_by: Key = reference("sf_actor.id", index=False)
