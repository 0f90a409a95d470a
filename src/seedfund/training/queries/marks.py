"""Registers: what was marked of whom, what waits for a decision, and what marks were before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.queries.records import participant_numbers
from seedfund.store.statements import Query, Reader
from seedfund.training.rules.words import Mark, MarkDecision, WhyIrregular
from seedfund.training.tables import AttendanceHistory, AttendanceMark, Cohort, TrainingSession


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """A mark as it stands now."""

    session_id: Key
    participant_id: Key
    participant: str
    mark: Mark
    missed: int
    make_up_id: Key | None
    irregular: WhyIrregular | None
    decision: MarkDecision | None
    marked_by: Key
    marked_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class MarkBefore:
    """What a mark was until it was changed, by whom and why."""

    session_id: Key
    participant_id: Key
    version: int
    mark: Mark
    missed: int
    irregular: str | None
    marked_by: Key
    marked_at: datetime
    reason: str
    changed_by: Key
    changed_at: datetime


def _mark(*values: Any) -> MarkFacts:
    session, person, mark, missed, make_up, irregular, decision, *others = values
    return MarkFacts(
        session,
        person,
        "",
        Mark(mark),
        missed,
        make_up,
        WhyIrregular(irregular) if irregular else None,
        MarkDecision(decision) if decision else None,
        *others,
    )


def _marks() -> Any:
    return sa.select(
        col(AttendanceMark.session_id),
        col(AttendanceMark.participant_id),
        col(AttendanceMark.mark),
        col(AttendanceMark.missed),
        col(AttendanceMark.make_up_id),
        col(AttendanceMark.irregular),
        col(AttendanceMark.decision),
        col(AttendanceMark.marked_by),
        col(AttendanceMark.marked_at),
        col(AttendanceMark.version),
    ).order_by(col(AttendanceMark.marked_at), col(AttendanceMark.participant_id))


MARKS_OF: Final = Query(
    _mark, lambda: _marks().where(col(AttendanceMark.session_id).in_(sa.bindparam("ids", expanding=True)))
)
WAITING: Final = Query(
    _mark,
    lambda: (
        _marks()
        .join(TrainingSession, col(TrainingSession.id) == col(AttendanceMark.session_id))
        .join(Cohort, col(Cohort.id) == col(TrainingSession.cohort_id))
        .where(
            col(Cohort.programme_id) == sa.bindparam("programme"),
            col(AttendanceMark.irregular).is_not(None),
            col(AttendanceMark.decision).is_(None),
        )
    ),
)
USED: Final = Query(
    Key,
    lambda: sa.select(col(AttendanceMark.session_id)).where(
        col(AttendanceMark.participant_id) == sa.bindparam("person"),
        col(AttendanceMark.make_up_id) == sa.bindparam("make_up"),
    ),
)
HISTORY: Final = Query(
    lambda session, person, version, mark, *others: MarkBefore(session, person, version, Mark(mark), *others),
    lambda: (
        sa.select(*(col(getattr(AttendanceHistory, name)) for name in MarkBefore.__slots__))
        .where(
            col(AttendanceHistory.session_id) == sa.bindparam("session"),
            col(AttendanceHistory.participant_id) == sa.bindparam("person"),
        )
        .order_by(col(AttendanceHistory.version))
    ),
)


def marks_of(reader: Reader, sessions: Sequence[Key]) -> dict[Key, dict[Key, MarkFacts]]:
    """The marks of sessions, by session and person."""
    found: dict[Key, dict[Key, MarkFacts]] = {session: {} for session in sessions}
    for one in _numbered(reader, reader.among(MARKS_OF, "ids", list(found))):
        found[one.session_id][one.participant_id] = one
    return found


def irregular_marks(reader: Reader, programme: Key) -> list[MarkFacts]:
    """Every mark that counts nowhere and that nobody decided about."""
    return _numbered(reader, reader.all(WAITING, programme=programme))


def _numbered(reader: Reader, rows: Sequence[MarkFacts]) -> list[MarkFacts]:
    """By the numbers of the people, which are people's to tell."""
    numbers = participant_numbers(reader, [row.participant_id for row in rows])
    told = [replace(row, participant=numbers[row.participant_id]) for row in rows]
    return sorted(told, key=lambda row: row.participant)


def made_up_for(reader: Reader, person: Key, make_up: Key) -> Key | None:
    """The session that somebody made up for in a make-up session; None when it was for none."""
    return reader.first(USED, person=person, make_up=make_up)


def history_of(reader: Reader, session: Key, person: Key) -> list[MarkBefore]:
    """What a mark was before, oldest first."""
    return reader.all(HISTORY, session=session, person=person)
