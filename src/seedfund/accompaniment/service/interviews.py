"""Interviews: arranging one, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.activities import activity_by_number
from seedfund.accompaniment.queries.employment import interview_by_number, interview_note_place
from seedfund.accompaniment.queries.vacancies import vacancy_by_number
from seedfund.accompaniment.rules.employment import (
    INTERVIEW_STATES,
    InterviewResult,
    check_interview,
    check_interview_step,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, person_of, reached, sealed_note
from seedfund.accompaniment.tables.employment import Interview, InterviewStep
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "EI"
_MOVE: Final = Write(
    lambda: (
        sa.update(Interview)
        .where(col(Interview.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ArrangeInterview(Command):
    """An interview of a participant on a day: for a vacancy or without one, at a job fair or elsewhere."""

    participant: str
    due_on: date
    vacancy: str | None = None
    fair: str | None = None


@dataclass(frozen=True, kw_only=True)
class InterviewMoved:
    """The interview's number and its state now."""

    number: str
    state: str


@verb("accompaniment.arrange_interview", roles=COMPANIONS)
def arrange_interview(unit: Unit, command: ArrangeInterview) -> InterviewMoved:
    """Arrange that an employer sees a participant; the interview is then due on its day.

    Raises:
        NotFound: there is no such person, vacancy or job fair.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `vacancy_not_open`.
    """
    person = person_of(unit, command.participant)
    vacancy = fair = None
    if command.vacancy is not None:
        row = vacancy_by_number(unit, unit.programme.id, command.vacancy)
        refuse(check_interview(row.number, row.state))
        vacancy = row.id
    if command.fair is not None:
        fair = activity_by_number(unit, unit.programme.id, command.fair).id
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Interview,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        participant_id=person.id,
        vacancy_id=vacancy,
        fair_id=fair,
        due_on=command.due_on,
        state=INTERVIEW_STATES.start,
    )
    _write_step(unit, key, _Step(to=INTERVIEW_STATES.start, position=1))
    after = {"state": INTERVIEW_STATES.start, "participant": person.number}
    unit.created("sf_interview", number, after)
    return InterviewMoved(number=number, state=INTERVIEW_STATES.start)


@dataclass(frozen=True, kw_only=True)
class _Step:
    to: str
    position: int
    before: str | None = None
    result: InterviewResult | None = None
    note: bytes | None = None


def _write_step(unit: Unit, interview: Key, step: _Step) -> None:
    unit.insert(
        InterviewStep,
        interview_id=interview,
        position=step.position,
        from_state=step.before,
        to_state=step.to,
        result=None if step.result is None else step.result.value,
        note=step.note,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class RecordInterview(Command):
    """What became of an interview: held with its result, missed or cancelled; the note is kept sealed."""

    number: str
    state: str
    result: InterviewResult | None = None
    note: Secret | None = None


@verb("accompaniment.record_interview", roles=COMPANIONS)
def record_interview(unit: Unit, command: RecordInterview) -> InterviewMoved:
    """Record that an interview was held and what came of it, or that it was missed or cancelled.

    Raises:
        NotFound: there is no such interview.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: there is no such state.
        Refused: `person_erased`, `no_such_step`, `interview_result_missing`, `interview_result_not_expected`.
    """
    if command.state not in INTERVIEW_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give one of " + ", ".join(INTERVIEW_STATES.states),
        )
    row = interview_by_number(unit, unit.programme.id, command.number)
    reached(unit, row.participant_id, row.number)
    INTERVIEW_STATES.require(row.state, command.state, which=row.number)
    refuse(check_interview_step(row.number, command.state, has_result=command.result is not None))
    position = row.steps + 1
    note = sealed_note(unit, row.participant_id, command.note, interview_note_place(row.id, position))
    unit.execute(_MOVE, this_id=row.id, new_state=command.state)
    step = _Step(to=command.state, position=position, before=row.state, result=command.result, note=note)
    _write_step(unit, row.id, step)
    unit.changed("sf_interview", row.number, {"state": row.state}, {"state": command.state})
    return InterviewMoved(number=row.number, state=command.state)
