"""Reads of interviews, placements and their checks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.showing import require_shown, shown_people
from seedfund.accompaniment.rules.employment import (
    Check,
    Contract,
    InterviewResult,
    LostFor,
    PlacementKind,
    RetentionResult,
)
from seedfund.accompaniment.tables.activities import Activity
from seedfund.accompaniment.tables.employment import (
    Interview,
    InterviewStep,
    Placement,
    RetentionCheck,
    Vacancy,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

# Interviews -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An interview with what came of it; vacancy and fair by their numbers, where there is one."""

    id: Key
    number: str
    participant_id: Key
    vacancy: str | None
    fair: str | None
    due_on: date
    state: str
    steps: int
    result: InterviewResult | None
    note: bytes | None


def _interview(*values: Any) -> InterviewRow:
    this, number, person, vacancy, fair, due_on, state, steps, result, note = values
    return InterviewRow(
        id=this,
        number=number,
        participant_id=person,
        vacancy=vacancy,
        fair=fair,
        due_on=due_on,
        state=state,
        steps=steps,
        result=None if result is None else InterviewResult(result),
        note=None if note is None else bytes(note),
    )


def _interviews() -> Any:
    last = sa.orm.aliased(InterviewStep)
    position = (
        sa.select(sa.func.max(col(last.position)))
        .where(col(last.interview_id) == col(Interview.id))
        .correlate(Interview)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Interview.id),
            col(Interview.number),
            col(Interview.participant_id),
            col(Vacancy.number),
            col(Activity.number),
            col(Interview.due_on),
            col(Interview.state),
            col(InterviewStep.position),
            col(InterviewStep.result),
            col(InterviewStep.note),
        )
        .select_from(Interview)
        .join(
            InterviewStep,
            sa.and_(
                col(InterviewStep.interview_id) == col(Interview.id), col(InterviewStep.position) == position
            ),
        )
        .outerjoin(Vacancy, col(Vacancy.id) == col(Interview.vacancy_id))
        .outerjoin(Activity, col(Activity.id) == col(Interview.fair_id))
        .where(col(Interview.programme_id) == sa.bindparam("programme"))
        .order_by(col(Interview.number))
    )


_INTERVIEW: Final = Query(
    _interview,
    lambda: (
        _interviews().where(col(Interview.number) == sa.bindparam("number")).with_for_update(of=Interview)
    ),
)
_INTERVIEWS: Final = Query(_interview, _interviews)


def interview_note_place(interview: Key, position: int) -> Place:
    """Where the note of a step stands."""
    return Place("sf_interview_step", f"{interview}:{position}", "note")


def interview_by_number(reader: Reader, programme: Key, number: str) -> InterviewRow:
    """An interview; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_INTERVIEW, programme=programme, number=number)
    if found is None:
        raise NotFound(what="interview", which=number)
    return found


def list_interviews(work: Work) -> list[InterviewRow]:
    """Every interview, by number; those of restricted people only for named roles."""
    rows = work.reader().all(_INTERVIEWS, programme=work.programme.id)
    shown = shown_people(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def open_interview(work: Work, number: str) -> tuple[InterviewRow, Secret | None]:
    """An interview with its note, for those who may see the person.

    Raises:
        NotFound: there is no such interview.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Corrupt: the note was altered.
    """
    reader = work.reader()
    row = interview_by_number(reader, work.programme.id, number)
    require_shown(work, row.participant_id, number)
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    if vault is None or row.note is None:
        return row, None
    return row, vault.open(row.note, interview_note_place(row.id, row.steps))


# Placements -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as stored; vacancy and interview by their numbers, where there is one."""

    id: Key
    number: str
    participant_id: Key
    household_id: Key | None
    vacancy: str | None
    interview: str | None
    kind: PlacementKind
    work: bytes
    contract: Contract | None
    weekly_hours: int
    starts_on: date
    state: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check of a placement; `recorder` is who recorded it."""

    placement_id: Key
    position: int
    check: Check
    reason: LostFor | None
    note: bytes | None
    recorder: str


@dataclass(frozen=True, slots=True)
class PlacementOpened:
    """A placement with its words; those are None where nobody can open them any more."""

    placement: PlacementRow
    work: Secret | None
    checks: tuple[CheckRow, ...]
    notes: tuple[Secret | None, ...]


def _placement(*values: Any) -> PlacementRow:
    this, number, person, home, vacancy, interview, kind, work, contract, hours, starts, state, ended = values
    return PlacementRow(
        id=this,
        number=number,
        participant_id=person,
        household_id=home,
        vacancy=vacancy,
        interview=interview,
        kind=PlacementKind(kind),
        work=bytes(work),
        contract=None if contract is None else Contract(contract),
        weekly_hours=hours,
        starts_on=starts,
        state=state,
        ended_on=ended,
    )


def _placements() -> Any:
    return (
        sa.select(
            col(Placement.id),
            col(Placement.number),
            col(Placement.participant_id),
            col(Placement.household_id),
            col(Vacancy.number),
            col(Interview.number),
            col(Placement.kind),
            col(Placement.work),
            col(Placement.contract),
            col(Placement.weekly_hours),
            col(Placement.starts_on),
            col(Placement.state),
            col(Placement.ended_on),
        )
        .select_from(Placement)
        .outerjoin(Vacancy, col(Vacancy.id) == col(Placement.vacancy_id))
        .outerjoin(Interview, col(Interview.id) == col(Placement.interview_id))
        .where(col(Placement.programme_id) == sa.bindparam("programme"))
        .order_by(col(Placement.number))
    )


_PLACEMENT: Final = Query(
    _placement,
    lambda: (
        _placements().where(col(Placement.number) == sa.bindparam("number")).with_for_update(of=Placement)
    ),
)
_PLACEMENTS: Final = Query(_placement, _placements)


def _check(*values: Any) -> CheckRow:
    placement, position, months, result, reason, note, checked_on, recorder = values
    return CheckRow(
        placement_id=placement,
        position=position,
        check=Check(months=months, result=RetentionResult(result), on=checked_on),
        reason=None if reason is None else LostFor(reason),
        note=None if note is None else bytes(note),
        recorder=recorder,
    )


_CHECKS: Final = Query(
    _check,
    lambda: (
        sa.select(
            col(RetentionCheck.placement_id),
            col(RetentionCheck.position),
            col(RetentionCheck.months),
            col(RetentionCheck.result),
            col(RetentionCheck.reason),
            col(RetentionCheck.note),
            col(RetentionCheck.checked_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(RetentionCheck.recorded_by))
        .where(col(RetentionCheck.placement_id).in_(sa.bindparam("placements", expanding=True)))
        .order_by(col(RetentionCheck.placement_id), col(RetentionCheck.position))
    ),
)


def work_place(placement: Key) -> Place:
    """Where the place of work stands."""
    return Place("sf_placement", placement, "work")


def check_place(placement: Key, position: int) -> Place:
    """Where the note of a check stands."""
    return Place("sf_retention_check", f"{placement}:{position}", "note")


def placement_by_number(reader: Reader, programme: Key, number: str) -> PlacementRow:
    """A placement; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_PLACEMENT, programme=programme, number=number)
    if found is None:
        raise NotFound(what="placement", which=number)
    return found


def checks_of(reader: Reader, placements: Sequence[Key]) -> Mapping[Key, list[CheckRow]]:
    """The checks of these placements, in their order."""
    found: dict[Key, list[CheckRow]] = defaultdict(list)
    for row in reader.among(_CHECKS, "placements", list(placements)):
        found[row.placement_id].append(row)
    return found


def list_placements(work: Work) -> list[PlacementRow]:
    """Every placement, by number; those of restricted people only for named roles."""
    rows = work.reader().all(_PLACEMENTS, programme=work.programme.id)
    shown = shown_people(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def open_placement(work: Work, number: str) -> PlacementOpened:
    """A placement with its words, for those who may see the person.

    Raises:
        NotFound: there is no such placement.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Corrupt: the words were altered.
    """
    reader = work.reader()
    row = placement_by_number(reader, work.programme.id, number)
    require_shown(work, row.participant_id, number)
    checks = tuple(checks_of(reader, [row.id])[row.id])
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    if vault is None:
        return PlacementOpened(row, None, checks, (None,) * len(checks))
    notes = tuple(
        None if one.note is None else vault.open(one.note, check_place(row.id, one.position))
        for one in checks
    )
    return PlacementOpened(row, vault.open(row.work, work_place(row.id)), checks, notes)
