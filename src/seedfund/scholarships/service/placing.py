"""Checks of work after a course: asked at the months of the plan, corrected with a reason, never overwritten."""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.kernel.errors import InvalidInput, Refused, refuse
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.scholarships.queries.placements import placements_of
from seedfund.scholarships.queries.scholarships import ScholarshipRow
from seedfund.scholarships.rules.placing import NOT_CHECKED, check_placement, turn_of
from seedfund.scholarships.rules.words import WORKING, Turn, Witness, Work
from seedfund.scholarships.service.common import APPLIERS, plan_of, reached_scholarship, said
from seedfund.scholarships.tables import PlacementCheck
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a trainee does, whether it is the trade that was learned, how that is known, its file if there is one."""

    work: Work
    witness: Witness
    is_relevant: bool = False
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckPlacement(Command):
    """The answer of a trainee at a month after the course; not reached is an answer too."""

    scholarship: str
    month: int
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class CorrectPlacement(Command):
    """A check that was recorded wrongly, what it should say, and why (naming nobody)."""

    scholarship: str
    month: int
    answer: Answer
    reason: str


@dataclass(frozen=True, kw_only=True)
class PlacementChecked:
    """The scholarship, the month, what the trainee does, and what became of it since the check before."""

    scholarship: str
    month: int
    work: Work
    turn: Turn


@verb("scholarships.check_placement", roles=APPLIERS)
def check_work(unit: Unit, command: CheckPlacement) -> PlacementChecked:
    """Record what somebody who completed a course does at a month after it.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: what is no work is said to be the trade learned, or the SHA-256 is none.
        Refused: `course_not_completed`, `placement_check_unknown`, `placement_checked_already`,
            `placement_check_too_early`, `person_erased`.
    """
    row, _ = reached_scholarship(unit, command.scholarship)
    _check_answer(command.answer)
    known = placements_of(unit, [row.id])[row.id].get(command.month)
    refuse(
        check_placement(
            row.number,
            state=row.state,
            month=command.month,
            months=plan_of(unit, row).terms.checks,
            ended_on=row.ended_on,
            on=unit.occurred_on,
            checked_on=None if known is None else known.checked_on,
        )
    )
    return _write(unit, row, command.month, command.answer, version=1, reason=None)


@verb("scholarships.correct_placement", roles=APPLIERS)
def correct_placement(unit: Unit, command: CorrectPlacement) -> PlacementChecked:
    """Say again what a check found; the answer before is kept with who recorded it.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, or the answer does not fit.
        Refused: `placement_not_checked`, `person_erased`.
    """
    row, _ = reached_scholarship(unit, command.scholarship)
    _check_answer(command.answer)
    reason = said(command.reason, field="reason")
    known = placements_of(unit, [row.id])[row.id].get(command.month)
    if known is None:
        raise Refused([NOT_CHECKED(scholarship=row.number, month=command.month)])
    return _write(unit, row, command.month, command.answer, version=known.version + 1, reason=reason)


def _check_answer(answer: Answer) -> None:
    if answer.is_relevant and answer.work not in WORKING:
        raise InvalidInput(
            field="is_relevant",
            problem="what is no work is not the trade that was learned",
            remedy="leave it out, or say what the trainee works as",
        )


def _write(
    unit: Unit, row: ScholarshipRow, month: int, answer: Answer, *, version: int, reason: str | None
) -> PlacementChecked:
    sha256 = None
    if answer.evidence_sha256:
        sha256 = write_evidence_file(
            unit,
            answer.evidence_sha256,
            kind=EvidenceKind.OTHER,
            description=f"proof of work of {row.number}, month {month}",
        ).sha256
    unit.insert(
        PlacementCheck,
        scholarship_id=row.id,
        month=month,
        version=version,
        work=answer.work.value,
        is_relevant=answer.is_relevant,
        witness=answer.witness.value,
        evidence_sha256=sha256,
        correction=reason,
        checked_on=unit.occurred_on,
        recorded_at=unit.now,
        checked_by=unit.actor.id,
    )
    noted = {"work": answer.work, "is_relevant": answer.is_relevant}
    unit.created("sf_placement_check", f"{row.number} m{month} v{version}", noted)
    earlier = placements_of(unit, [row.id])[row.id]
    before = [earlier[at].work for at in sorted(earlier) if at < month]
    return PlacementChecked(
        scholarship=row.number,
        month=month,
        work=answer.work,
        turn=turn_of(answer.work, before[-1] if before else None),
    )


COMMANDS: Final[tuple[Any, ...]] = (check_work, correct_placement)
