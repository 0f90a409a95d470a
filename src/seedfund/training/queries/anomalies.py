"""Registers that do not fit: the same person in two places at once, and two registers that are the same sign for sign.

A flag is a question, not a verdict: somebody looks at the paper (domain: ghost trainees).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader
from seedfund.training.queries.courses import SessionFacts, list_sessions
from seedfund.training.queries.marks import MarkFacts, marks_of
from seedfund.training.rules.words import ATTENDED, Mark
from seedfund.training.tables import AttendanceMark, Cohort, TrainingSession

REGISTER_LEAST: Final = 3
"""A register of fewer people is soon like another one."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A person who is said to have been in two sessions at the same time."""

    participant_id: Key
    on: date
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SameRegister:
    """Two sessions of a cohort whose registers, with absences in them, are alike for everybody."""

    on: date
    first: str
    second: str
    people: int


def _overlaps() -> Any:
    one, two = aliased(AttendanceMark), aliased(AttendanceMark)
    first, second = aliased(TrainingSession), aliased(TrainingSession)
    there, too = aliased(Cohort), aliased(Cohort)
    came = [mark.value for mark in ATTENDED if mark is not Mark.MADE_UP]
    return (
        sa.select(
            col(one.participant_id),
            col(first.on_day),
            col(there.number),
            col(first.position),
            col(too.number),
            col(second.position),
        )
        .select_from(one)
        .join(first, col(first.id) == col(one.session_id))
        .join(there, col(there.id) == col(first.cohort_id))
        .join(
            two,
            sa.and_(
                col(two.participant_id) == col(one.participant_id), col(two.session_id) > col(one.session_id)
            ),
        )
        .join(
            second,
            sa.and_(
                col(second.id) == col(two.session_id),
                col(second.on_day) == col(first.on_day),
                col(second.begins_at) < col(first.begins_at) + col(first.minutes),
                col(first.begins_at) < col(second.begins_at) + col(second.minutes),
            ),
        )
        .join(too, col(too.id) == col(second.cohort_id))
        .where(
            col(there.programme_id) == sa.bindparam("programme"),
            col(one.mark).in_(came),
            col(two.mark).in_(came),
        )
        .order_by(col(first.on_day), col(there.number), col(first.position), col(one.participant_id))
    )


def _overlap(*told: Any) -> Overlap:
    person, on, first, place, second, other = told
    return Overlap(Key(person), on, f"{first}/{place}", f"{second}/{other}")


OVERLAPS: Final = Query(_overlap, _overlaps)


def overlaps(reader: Reader, programme: Key) -> list[Overlap]:
    """Everybody who is marked in two sessions that ran at the same time, by day."""
    return reader.all(OVERLAPS, programme=programme)


def same_registers(reader: Reader, programme: Key) -> list[SameRegister]:
    """Sessions that follow each other in a cohort with the same register, absences and all."""
    held = [one for one in list_sessions(reader, programme) if one.state == "held"]
    marks = marks_of(reader, [one.id for one in held])
    found = []
    for first, second in pairwise(held):
        if first.cohort_id == second.cohort_id and _are_alike(
            marks[first.id].values(), marks[second.id].values()
        ):
            found.append(_same(first, second, len(marks[second.id])))
    return found


def _same(first: SessionFacts, second: SessionFacts, people: int) -> SameRegister:
    return SameRegister(second.on_day, first.number, second.number, people)


def _are_alike(first: Any, second: Any) -> bool:
    before, after = _signs(list(first)), _signs(list(second))
    has_gaps = any(mark is not Mark.PRESENT for _, mark, _ in after)
    return len(after) >= REGISTER_LEAST and has_gaps and before == after


def _signs(marks: Sequence[MarkFacts]) -> list[tuple[Key, Mark, int]]:
    return sorted((one.participant_id, one.mark, one.missed) for one in marks)
