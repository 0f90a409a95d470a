"""Places of a selection: who left and why, and who of the waiting list is promoted, in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.selections import (
    EntryRow,
    SelectionRow,
    entries_of,
    entry_of,
    selection_by_number,
)
from seedfund.accompaniment.rules.selection import (
    ENTRY_STATES,
    LeaveReason,
    check_promotion,
    check_turn,
    next_waiting,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, require_household
from seedfund.accompaniment.service.selections import write_place
from seedfund.accompaniment.tables.selection import SelectionEntry, SelectionEntryStep
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.errors import Refused, refuse
from seedfund.kernel.roles import Role
from seedfund.people.rules import plain_text
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

OVERRIDERS: Final = frozenset({Role.PROGRAMME_MANAGER, Role.DIRECTOR})
"""Who may promote another household than the next."""
_STEPS: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(
        col(SelectionEntryStep.selection_id) == sa.bindparam("selection"),
        col(SelectionEntryStep.entry) == sa.bindparam("entry"),
    ),
)
_MOVE: Final = Write(
    lambda: (
        sa.update(SelectionEntry)
        .where(
            col(SelectionEntry.selection_id) == sa.bindparam("this_selection"),
            col(SelectionEntry.position) == sa.bindparam("this_position"),
        )
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class LeaveSelection(Command):
    """A household that gives its place up or leaves the waiting list, and why; the reason names nobody."""

    number: str
    household: str
    why: LeaveReason
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PromoteNext(Command):
    """A selection whose next household is promoted; another one only by named roles, with the reason (no names)."""

    number: str
    household: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryMoved:
    """The selection, the household, how it stands now, and whether another was passed over."""

    number: str
    household: str
    state: str
    is_override: bool = False


@dataclass(frozen=True, kw_only=True)
class _Step:
    to: str
    why: LeaveReason | None = None
    reason: str = ""
    is_override: bool = False


@verb("accompaniment.leave_selection", roles=COMPANIONS)
def leave_selection(unit: Unit, command: LeaveSelection) -> EntryMoved:
    """Record that a household gave its place up or waits no more; its place is then free.

    Raises:
        NotFound: there is no such selection, or the household is not in it.
        NotAllowed: somebody of the household is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`.
    """
    row = selection_by_number(unit, unit.programme.id, command.number)
    entry = entry_of(entries_of(unit, [row.id])[row.id], row.number, command.household)
    require_household(unit, entry.household_id, entry.household)
    ENTRY_STATES.require(entry.state, "left", which=f"{row.number} {entry.household}")
    reason = plain_text(command.reason, field="reason", most=300)
    return _move(unit, row, entry, _Step(to="left", why=command.why, reason=reason))


@verb("accompaniment.promote_next", roles=COMPANIONS)
def promote_next(unit: Unit, command: PromoteNext) -> EntryMoved:
    """Give a free place to the next household of the waiting list; passing over it stands on the exceptions page.

    Raises:
        NotFound: there is no such selection, or the household is not in it.
        NotAllowed: somebody of a household concerned is restricted, and the actor's roles do not reach them.
        Refused: `selection_closed`, `selection_no_free_place`, `waiting_list_empty`, `promotion_not_waiting`,
            `promotion_out_of_order`, `promotion_reason_missing`.
    """
    row = selection_by_number(unit, unit.programme.id, command.number)
    entries = entries_of(unit, [row.id])[row.id]
    first = _next(row, entries)
    require_household(unit, first.household_id, f"the next household of {row.number}")
    wanted = first
    if command.household is not None:
        wanted = entry_of(entries, row.number, command.household)
        require_household(unit, wanted.household_id, wanted.household)
    reason = plain_text(command.reason, field="reason", most=300)
    refuse(
        check_turn(
            row.number,
            wanted.waiting,
            first.waiting,
            may_override=bool(unit.actor.roles & OVERRIDERS),
            has_reason=bool(reason),
        )
    )
    is_override = wanted.household != first.household
    if is_override:
        write_exception(
            unit,
            ExceptionKind.OVERRIDE,
            subject_kind="selection",
            subject_number=row.number,
            reason=reason,
            facts={"promoted": wanted.position, "passed_over": first.position},
        )
    return _move(unit, row, wanted, _Step(to="selected", reason=reason, is_override=is_override))


def _next(row: SelectionRow, entries: Sequence[EntryRow]) -> EntryRow:
    waiting = [one.waiting for one in entries]
    turn = next_waiting(waiting)
    refusals = check_promotion(row.number, row.state, places=row.places, entries=waiting)
    if turn is None or refusals:
        raise Refused(refusals)
    return entry_of(entries, row.number, turn.household)


def _move(unit: Unit, row: SelectionRow, entry: EntryRow, step: _Step) -> EntryMoved:
    unit.execute(_MOVE, this_selection=row.id, this_position=entry.position, new_state=step.to)
    unit.insert(
        SelectionEntryStep,
        selection_id=row.id,
        entry=entry.position,
        position=unit.one(_STEPS, selection=row.id, entry=entry.position) + 1,
        from_state=entry.state,
        to_state=step.to,
        why=None if step.why is None else step.why.value,
        reason=step.reason,
        is_override=step.is_override,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    which = f"{row.number}/{entry.position}"
    unit.changed("sf_selection_entry", which, {"state": entry.state}, {"state": step.to})
    if "selected" in (entry.state, step.to):
        write_place(unit, row.number, entry.household, is_held=step.to == "selected")
    return EntryMoved(
        number=row.number, household=entry.household, state=step.to, is_override=step.is_override
    )
