"""Taking registers: what a register says is taken in whole, and what is irregular in it is flagged, never refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import participant_by_number
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import SessionFacts, session_by_number
from seedfund.training.queries.enrolments import EnrolmentFacts, enrolments_of_cohorts
from seedfund.training.queries.marks import MarkFacts, made_up_for, marks_of
from seedfund.training.rules.marking import (
    MARKED_ALREADY,
    MARKED_TWICE,
    SESSION_NOT_YET,
    EnrolledDays,
    MakeUp,
    MarkAsked,
    check_mark,
    check_mark_decision,
    why_irregular,
)
from seedfund.training.rules.words import Mark, MarkDecision, SessionKind, WhyIrregular
from seedfund.training.service.common import MARKERS, said
from seedfund.training.tables import AttendanceHistory, AttendanceMark, TrainingSession

HOLD: Final = Write(
    lambda: (
        sa.update(TrainingSession)
        .where(col(TrainingSession.id) == sa.bindparam("this"))
        .values(state="held", held_by=sa.bindparam("new_by"))
    )
)
CHANGE: Final = Write(
    lambda: (
        sa.update(AttendanceMark)
        .where(
            col(AttendanceMark.session_id) == sa.bindparam("this_session"),
            col(AttendanceMark.participant_id) == sa.bindparam("this_person"),
        )
        .values(
            {
                name: sa.bindparam(f"new_{name}")
                for name in (
                    *("mark", "missed", "make_up_id", "irregular", "decision", "decided_by"),
                    *("marked_by", "marked_at", "version"),
                )
            }
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class RecordAttendance(Command):
    """The register of a session, or a part of it: a mark a person. Who is enrolled and not named stays unmarked."""

    session: str
    marks: tuple[MarkAsked, ...]


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded:
    """The session, how many were marked, and who is marked irregularly and waits for a decision, with why."""

    session: str
    marked: int
    irregular: Mapping[str, WhyIrregular]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a register with the person it is about and the make-up session it names."""

    asked: MarkAsked
    person: Key
    make_up: SessionFacts | None
    irregular: WhyIrregular | None


@verb("training.record_attendance", roles=MARKERS)
def record_attendance(unit: Unit, command: RecordAttendance) -> AttendanceRecorded:
    """Take a register; the session is held by it. A walk-in, or somebody who had left, is taken in and flagged.

    Raises:
        NotFound: there is no such session or person.
        Refused: `attendance_before_session`, `marked_twice`, `marked_already`, `late_without_time`,
            `minutes_not_expected`, `make_up_missing`, `make_up_not_expected`, `make_up_unfit`, `make_up_used`.
    """
    session = session_by_number(unit, unit.programme.id, command.session)
    refuse(_check_day(session, unit.work.today()))
    people = _people(unit, command.marks)
    enrolled = _enrolled(unit, session)
    lines = [_line(unit, session, (one, people[one.participant]), enrolled) for one in command.marks]
    refuse(
        [
            *_check_twice(session, lines, marks_of(unit, [session.id])[session.id]),
            *_check(unit, session, lines),
        ]
    )
    unit.insert_many(AttendanceMark, [_row(unit, session, line) for line in lines])
    if session.state == "scheduled":
        unit.execute(HOLD, this=session.id, new_by=unit.actor.id)
        unit.changed("sf_training_session", session.number, {"state": "scheduled"}, {"state": "held"})
    for line in lines:
        told = {"mark": line.asked.mark.value, "missed": line.asked.missed, "irregular": line.irregular}
        unit.created("sf_attendance_mark", f"{session.number} {line.asked.participant}", told)
    return AttendanceRecorded(
        session=session.number,
        marked=len(lines),
        irregular={line.asked.participant: line.irregular for line in lines if line.irregular is not None},
    )


def _check_day(session: SessionFacts, today: date) -> list[Refusal]:
    is_early = session.on_day > today
    return [SESSION_NOT_YET(session=session.number, day=session.on_day, today=today)] if is_early else []


def _people(unit: Unit, marks: Sequence[MarkAsked]) -> dict[str, Key]:
    """Whoever a register names is taken in, restricted or not: it is a fact, and tells nothing."""
    return {
        one.participant: participant_by_number(unit, unit.programme.id, one.participant).id for one in marks
    }


def _enrolled(unit: Unit, session: SessionFacts) -> dict[Key, list[EnrolmentFacts]]:
    found: dict[Key, list[EnrolmentFacts]] = {}
    for one in enrolments_of_cohorts(unit, [session.cohort_id])[session.cohort_id]:
        found.setdefault(one.participant_id, []).append(one)
    return found


def enrolled_days(enrolments: Sequence[EnrolmentFacts], day: date) -> EnrolledDays | None:
    """The enrolment that holds a day, or else the last one; None where somebody never was in the cohort."""
    for one in enrolments:
        if why_irregular(day, "held", one.days) is None:
            return one.days
    return enrolments[-1].days if enrolments else None


def _line(
    unit: Unit,
    session: SessionFacts,
    told: tuple[MarkAsked, Key],
    enrolled: Mapping[Key, list[EnrolmentFacts]],
) -> _Line:
    asked, person = told
    make_up = session_by_number(unit, unit.programme.id, asked.make_up) if asked.make_up else None
    days = enrolled_days(enrolled.get(person, ()), session.on_day)
    return _Line(asked, person, make_up, why_irregular(session.on_day, session.state, days))


def _check_twice(
    session: SessionFacts, lines: Sequence[_Line], known: Mapping[Key, MarkFacts]
) -> list[Refusal]:
    named = [line.person for line in lines]
    return [
        *(
            MARKED_TWICE(participant=line.asked.participant, session=session.number)
            for place, line in enumerate(lines)
            if line.person in named[:place]
        ),
        *(
            MARKED_ALREADY(
                participant=line.asked.participant, mark=known[line.person].mark.value, session=session.number
            )
            for line in lines
            if line.person in known
        ),
    ]


def _check(unit: Unit, session: SessionFacts, lines: Sequence[_Line]) -> list[Refusal]:
    return [
        refusal
        for line in lines
        for refusal in check_mark(session.number, session.minutes, line.asked, _make_up(unit, session, line))
    ]


def _make_up(unit: Unit, session: SessionFacts, line: _Line) -> MakeUp | None:
    other = line.make_up
    if other is None:
        return None
    used = made_up_for(unit, line.person, other.id)
    return MakeUp(
        is_fit=other.kind is SessionKind.MAKE_UP
        and other.state == "held"
        and other.course_id == session.course_id
        and other.on_day >= session.on_day,
        is_used=used is not None and used != session.id,
    )


def _row(unit: Unit, session: SessionFacts, line: _Line) -> dict[str, Any]:
    return {
        "session_id": session.id,
        "participant_id": line.person,
        "mark": line.asked.mark.value,
        "missed": line.asked.missed,
        "make_up_id": None if line.make_up is None else line.make_up.id,
        "irregular": None if line.irregular is None else line.irregular.value,
        "decision": None,
        "decided_by": None,
        "marked_by": unit.actor.id,
        "marked_at": unit.now,
        "version": 1,
    }


# Corrections and decisions --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CorrectMark(Command):
    """A mark that was wrong: what it should say, and why."""

    session: str
    mark: MarkAsked
    reason: str


@dataclass(frozen=True, kw_only=True)
class MarkChanged:
    """The session, the person, the mark before and now, and whether it is irregular."""

    session: str
    participant: str
    before: Mark
    mark: Mark
    irregular: WhyIrregular | None


@verb("training.correct_mark", roles=MARKERS)
def correct_mark(unit: Unit, command: CorrectMark) -> MarkChanged:
    """Correct a mark; the old one is kept with who changed it, when and why.

    Raises:
        NotFound: there is no such session, person or mark.
        InvalidInput: no reason is given.
        Refused: `late_without_time`, `minutes_not_expected`, `make_up_missing`, `make_up_not_expected`,
            `make_up_unfit`, `make_up_used`.
    """
    session, old = _marked(unit, command.session, command.mark.participant)
    reason = said(command.reason, field="reason", most=300)
    line = _line(unit, session, (command.mark, old.participant_id), _enrolled(unit, session))
    refuse(_check(unit, session, [line]))
    row = _row(unit, session, line)
    _change(unit, session, old, {**row, "version": old.version + 1}, reason=reason)
    return MarkChanged(
        session=session.number,
        participant=old.participant,
        before=old.mark,
        mark=command.mark.mark,
        irregular=line.irregular,
    )


@dataclass(frozen=True, kw_only=True)
class DecideMark(Command):
    """What an irregular mark turned out to be, and why."""

    session: str
    participant: str
    decision: MarkDecision
    reason: str


@verb("training.decide_mark", roles=MARKERS)
def decide_mark(unit: Unit, command: DecideMark) -> MarkChanged:
    """Decide about an irregular mark: a visitor and a mistake stay out of every rate, who was enrolled since counts.

    Raises:
        NotFound: there is no such session, person or mark.
        InvalidInput: no reason is given.
        Refused: `mark_not_irregular`, `own_mark_decided`, `still_not_enrolled`.
    """
    session, old = _marked(unit, command.session, command.participant)
    reason = said(command.reason, field="reason", most=300)
    own = _enrolled(unit, session).get(old.participant_id, ())
    is_now = why_irregular(session.on_day, session.state, enrolled_days(own, session.on_day)) is None
    refuse(
        check_mark_decision(
            old.participant,
            session.number,
            decision=command.decision,
            why=old.irregular if old.decision is None else None,
            is_own=old.marked_by == unit.actor.id,
            is_enrolled_now=is_now,
        )
    )
    counts = command.decision is MarkDecision.ENROLLED_SINCE
    after = {
        "mark": old.mark.value,
        "missed": old.missed,
        "make_up_id": old.make_up_id,
        "irregular": None if counts or old.irregular is None else old.irregular.value,
        "decision": command.decision.value,
        "decided_by": unit.actor.id,
        "marked_by": old.marked_by,
        "marked_at": old.marked_at,
        "version": old.version + 1,
    }
    _change(unit, session, old, after, reason=reason)
    return MarkChanged(
        session=session.number,
        participant=old.participant,
        before=old.mark,
        mark=old.mark,
        irregular=None if counts else old.irregular,
    )


def _marked(unit: Unit, session_number: str, participant: str) -> tuple[SessionFacts, MarkFacts]:
    session = session_by_number(unit, unit.programme.id, session_number)
    person = participant_by_number(unit, unit.programme.id, participant)
    found = marks_of(unit, [session.id])[session.id].get(person.id)
    if found is None:
        raise NotFound(what="mark", which=f"{session.number} {person.number}")
    return session, found


def _change(
    unit: Unit, session: SessionFacts, old: MarkFacts, row: Mapping[str, Any], *, reason: str
) -> None:
    unit.insert(
        AttendanceHistory,
        session_id=session.id,
        participant_id=old.participant_id,
        version=old.version,
        mark=old.mark.value,
        missed=old.missed,
        irregular=None if old.irregular is None else old.irregular.value,
        marked_by=old.marked_by,
        marked_at=old.marked_at,
        reason=reason,
        changed_by=unit.actor.id,
        changed_at=unit.now,
    )
    names = (
        "mark",
        "missed",
        "make_up_id",
        "irregular",
        "decision",
        "decided_by",
        "marked_by",
        "marked_at",
        "version",
    )
    values = {f"new_{name}": row[name] for name in names}
    unit.execute(CHANGE, this_session=session.id, this_person=old.participant_id, **values)
    unit.changed(
        "sf_attendance_mark",
        f"{session.number} {old.participant}",
        {"mark": old.mark.value, "missed": old.missed, "irregular": old.irregular},
        {name: row[name] for name in ("mark", "missed", "irregular", "decision")} | {"reason": reason},
    )
