"""Placements: somebody began to work, and whether they still do after 1, 3 and 6 months."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.employment import (
    PlacementRow,
    check_place,
    checks_of,
    interview_by_number,
    placement_by_number,
    work_place,
)
from seedfund.accompaniment.queries.vacancies import vacancy_by_number
from seedfund.accompaniment.rules.employment import (
    HOURS_MAX,
    PLACEMENT_STATES,
    RETENTION_MONTHS,
    Check,
    Contract,
    LostFor,
    PlacementKind,
    RetentionResult,
    check_placement,
    check_retention,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, person_of, reached, sealed_note, told
from seedfund.accompaniment.tables.employment import Placement, RetentionCheck
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "JP"
_END: Final = Write(
    lambda: (
        sa.update(Placement)
        .where(col(Placement.id) == sa.bindparam("this_id"))
        .values(state="ended", ended_on=sa.bindparam("new_day"))
    )
)


@dataclass(frozen=True, kw_only=True)
class RecordPlacement(Command):
    """Work that a participant began: for a wage with its contract (written, verbal, none), or on their own account.

    `work` says where and as what, and is kept sealed; `weekly_hours` are those usual in a week.
    """

    participant: str
    kind: PlacementKind
    work: Secret
    weekly_hours: int
    starts_on: date
    contract: Contract | None = None
    vacancy: str | None = None
    interview: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlacementMoved:
    """The placement's number and its state now."""

    number: str
    state: str


@verb("accompaniment.record_placement", roles=COMPANIONS)
def record_placement(unit: Unit, command: RecordPlacement) -> PlacementMoved:
    """Take in that a participant began to work; checks after 1, 3 and 6 months are then due.

    Raises:
        NotFound: there is no such person, vacancy or interview.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: the work is not told, the hours are none of a week, it has not begun, or it is another person's
            interview.
        Refused: `person_erased`, `placement_contract_missing`, `placement_contract_not_expected`.
    """
    person = person_of(unit, command.participant)
    work = told(command.work, field="work")
    _check_told(unit, command)
    refuse(check_placement(command.kind, has_contract=command.contract is not None))
    programme = unit.programme.id
    vacancy = None if command.vacancy is None else vacancy_by_number(unit, programme, command.vacancy).id
    key, number = unit.key(), unit.human_number(SERIES)
    unit.owns(person.id, command.work)
    unit.insert(
        Placement,
        id=key,
        programme_id=programme,
        number=number,
        participant_id=person.id,
        household_id=person.household_id,
        vacancy_id=vacancy,
        interview_id=_interview(unit, person.id, command.interview),
        kind=command.kind.value,
        work=unit.vault(person.id).seal(work, work_place(key)),
        contract=None if command.contract is None else command.contract.value,
        weekly_hours=command.weekly_hours,
        starts_on=command.starts_on,
        state=PLACEMENT_STATES.start,
        ended_on=None,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    after = {"state": PLACEMENT_STATES.start, "kind": command.kind, "participant": person.number}
    unit.created("sf_placement", number, after)
    return PlacementMoved(number=number, state=PLACEMENT_STATES.start)


def _check_told(unit: Unit, command: RecordPlacement) -> None:
    if not 1 <= command.weekly_hours <= HOURS_MAX:
        raise InvalidInput(
            field="weekly_hours",
            problem=f"{command.weekly_hours} are no hours of a week",
            remedy=f"give 1 to {HOURS_MAX} hours",
        )
    if command.starts_on > unit.occurred_on:
        raise InvalidInput(
            field="starts_on",
            problem="the work has not begun",
            remedy="record the placement once it has begun",
        )


def _interview(unit: Unit, person: Key, number: str | None) -> Key | None:
    if number is None:
        return None
    row = interview_by_number(unit, unit.programme.id, number)
    if row.participant_id != person:
        raise InvalidInput(
            field="interview",
            problem="the interview is another person's",
            remedy="give the interview of the participant, or leave it out",
        )
    return row.id


@dataclass(frozen=True, kw_only=True)
class RecordRetention(Command):
    """A check after 1, 3 or 6 months: the job kept, lost and why, or the person not reached; the note is sealed."""

    number: str
    months: int
    result: RetentionResult
    reason: LostFor | None = None
    note: Secret | None = None


@verb("accompaniment.record_retention", roles=COMPANIONS)
def record_retention(unit: Unit, command: RecordRetention) -> PlacementMoved:
    """Record whether somebody still has the job; who was not reached can be asked again.

    Raises:
        NotFound: there is no such placement.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: there is no check after so many months.
        Refused: `person_erased`, `retention_ended`, `retention_too_early`, `retention_answered`,
            `retention_reason_missing`, `retention_reason_not_expected`.
    """
    if command.months not in RETENTION_MONTHS:
        raise InvalidInput(
            field="months",
            problem=f"there is no check after {command.months} months",
            remedy="give one of " + ", ".join(map(str, RETENTION_MONTHS)),
        )
    row = placement_by_number(unit, unit.programme.id, command.number)
    reached(unit, row.participant_id, row.number)
    known = checks_of(unit, [row.id]).get(row.id, [])
    check = Check(months=command.months, result=command.result, on=unit.occurred_on)
    refuse(
        check_retention(
            row.number,
            row.starts_on,
            check,
            known=[one.check for one in known],
            has_reason=command.reason is not None,
        )
    )
    _write_check(unit, row, command, position=len(known) + 1)
    state = row.state
    if command.result is RetentionResult.LOST:
        state = "ended"
        unit.execute(_END, this_id=row.id, new_day=unit.occurred_on)
        unit.changed("sf_placement", row.number, {"state": row.state}, {"state": state})
    return PlacementMoved(number=row.number, state=state)


def _write_check(unit: Unit, row: PlacementRow, command: RecordRetention, *, position: int) -> None:
    unit.insert(
        RetentionCheck,
        placement_id=row.id,
        position=position,
        months=command.months,
        result=command.result.value,
        reason=None if command.reason is None else command.reason.value,
        note=sealed_note(unit, row.participant_id, command.note, check_place(row.id, position)),
        checked_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    which = f"{row.number}/{position}"
    unit.created("sf_retention_check", which, {"months": command.months, "result": command.result})
