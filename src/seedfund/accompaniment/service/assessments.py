"""Assessments: what a household answered, always taken in; corrected by a further version that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.accompaniment.queries.households import (
    assessment_by_number,
    assessment_place,
    yardstick_on,
)
from seedfund.accompaniment.queries.rows import YardstickRow
from seedfund.accompaniment.queries.statements import YARDSTICKS_BY_ID
from seedfund.accompaniment.queries.yardsticks import instrument_in
from seedfund.accompaniment.rules.scoring import Answer, Readiness, check_answers, readiness
from seedfund.accompaniment.rules.words import YardstickKind
from seedfund.accompaniment.service.common import ACCOMPANY, reached_household, reached_person, told_reason
from seedfund.accompaniment.tables.households import Assessment
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "AM"


@dataclass(frozen=True, kw_only=True)
class RecordAssessment(Command):
    """What a household answered to an instrument on the day it occurred.

    `answers` is a list of `question=option`, one a line; a question that does not apply is answered `not_applicable`,
    one that was not asked is left out.
    """

    household: str
    instrument: str
    answers: Secret
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectAssessment(Command):
    """What a household should have been written down to answer, and why (no personal data)."""

    number: str
    answers: Secret
    reason: str
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentRecorded:
    """The assessment's number and version, its score in basis points, and the questions left unanswered."""

    number: str
    version: int
    basis_points: int | None
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class _Told:
    number: str
    version: int
    household: Key
    participant: Key
    taken_on: date
    yardstick: YardstickRow
    correction: str | None = None


@verb("accompaniment.record_assessment", roles=ACCOMPANY)
def record_assessment(unit: Unit, command: RecordAssessment) -> AssessmentRecorded:
    """Take in what a household answered; the score leaves out what does not apply and names what was not asked.

    Raises:
        NotFound: there is no such household, or the instrument is not in force.
        NotAllowed: its head is restricted, and the actor's roles do not reach them.
        InvalidInput: a line is no answer.
        Refused: `household_without_head`, `person_erased`, `answer_unknown`, `answer_repeated`.
    """
    to = reached_household(unit, command.household)
    named = (YardstickKind.INSTRUMENT, command.instrument)
    yardstick = yardstick_on(unit, unit.programme.id, named, unit.occurred_on)
    answers = read_answers(command.answers)
    refuse(check_answers(yardstick.code, instrument_in(yardstick), answers))
    told = _Told(
        unit.human_number(SERIES), 1, to.household_id, to.participant_id, unit.occurred_on, yardstick
    )
    unit.owns(to.participant_id, command.answers, command.note)
    return _write(unit, told, answers, command.note)


@verb("accompaniment.correct_assessment", roles=ACCOMPANY)
def correct_assessment(unit: Unit, command: CorrectAssessment) -> AssessmentRecorded:
    """Write an assessment down again by the same instrument; the version before stays with who wrote it.

    Raises:
        NotFound: there is no such assessment.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: a line is no answer, or no reason is given.
        Refused: `person_erased`, `answer_unknown`, `answer_repeated`.
    """
    known = assessment_by_number(unit, unit.programme.id, command.number)
    reached_person(unit, known.participant_id, known.number)
    reason, answers = told_reason(command.reason), read_answers(command.answers)
    yardstick = unit.among(YARDSTICKS_BY_ID, "ids", [known.yardstick_id])[0]
    refuse(check_answers(yardstick.code, instrument_in(yardstick), answers))
    told = _Told(
        known.number,
        known.version + 1,
        known.household_id,
        known.participant_id,
        known.taken_on,
        yardstick,
        reason,
    )
    unit.owns(known.participant_id, command.answers, command.note)
    return _write(unit, told, answers, command.note)


def read_answers(told: Secret) -> tuple[Answer, ...]:
    """The answers in a text, one a line.

    Raises:
        InvalidInput: a line is not `question=option`; the line is counted, never shown.
    """
    found = []
    for count, line in enumerate(told.reveal().replace(";", "\n").splitlines(), start=1):
        if not line.strip():
            continue
        question, sign, option = line.partition("=")
        if not (sign and question.strip() and option.strip()):
            raise InvalidInput(
                field="answers",
                problem=f"the line {count} is no answer",
                remedy="write question=option, one a line",
            )
        found.append(Answer(question=question.strip(), option=option.strip()))
    return tuple(found)


def _write(unit: Unit, told: _Told, answers: Sequence[Answer], note: Secret | None) -> AssessmentRecorded:
    given = {one.question: one.option for one in answers}
    score: Readiness = readiness(instrument_in(told.yardstick), given)
    this, vault = unit.key(), unit.vault(told.participant)
    sealed = vault.seal(Secret(canonical_text(given)), assessment_place(this, "answers"))
    unit.insert(
        Assessment,
        id=this,
        programme_id=unit.programme.id,
        number=told.number,
        version=told.version,
        household_id=told.household,
        participant_id=told.participant,
        yardstick_id=told.yardstick.id,
        taken_on=told.taken_on,
        answers=sealed,
        note=None if note is None else vault.seal(note, assessment_place(this, "note")),
        basis_points=score.basis_points,
        unanswered=len(score.unanswered),
        correction=told.correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created(
        "sf_assessment",
        f"{told.number} v{told.version}",
        {"basis_points": score.basis_points, "unanswered": len(score.unanswered)},
    )
    return AssessmentRecorded(
        number=told.number,
        version=told.version,
        basis_points=score.basis_points,
        unanswered=score.unanswered,
    )
