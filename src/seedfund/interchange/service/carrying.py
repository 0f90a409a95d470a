"""Carrying groups out one after the other, each through public verbs, and saying what becomes of every row.

What a verb says against a group becomes a complaint at the row and column it is about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any, Final

from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused
from seedfund.interchange.queries import (
    CellDigests,
    TakenRow,
    imported_number,
    staged_cells,
    taken_rows,
)
from seedfund.interchange.reader import Complaint
from seedfund.interchange.rules.refusals import (
    CELL_ADDED,
    CELL_CHANGED,
    CELL_EMPTIED,
    KEY_USED,
    NOT_ALLOWED_FROM_ROW,
    NOT_FOUND_FROM_ROW,
    ROW_ADDED_LATER,
    ROW_CHANGED,
    VALUE_REFUSED,
)
from seedfund.interchange.service.fates import Fate, Fates
from seedfund.interchange.service.savepoints import savepoint
from seedfund.interchange.service.staging import Grouped
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RefusalCode, Refused
from seedfund.store.work import Work

Progress = Callable[[int, int], None]
_Fates = list[tuple[Entry, Fate]]
_TURNED_AWAY: Final = (RowRefused, Refused, InvalidInput, NotFound, NotAllowed, Conflict)


class Taking:
    """An import on its way: what its groups are carried out with, and those that wait for their turn."""

    def __init__(self, work: Work, kind: Kind, occurred_on: date | None, fates: Fates):
        self.work: Final = work
        self.kind: Final = kind
        self.fates: Final = fates
        self.intake: Final = Intake(
            work, kind.name, occurred_on, lambda *place: imported_number(work, *place)
        )
        self.waiting: Final[list[tuple[Group, Any]]] = []

    def note(self, fates: _Fates) -> None:
        """Keep what becomes of rows."""
        for entry, fate in fates:
            self.fates.note(entry, fate)


def carry_out(taking: Taking, grouped: Grouped, progress: Progress | None) -> None:
    """Carry every group out, a window of them at a time; rows of no group are refused."""
    for strays in grouped.strays():
        taking.note([(stray, Fate("refused", [*stray.complaints, *stray.waiting])) for stray in strays])
    done = count(1)
    for groups in grouped.windows():
        # What a window made is let go with it: only within one is it no use to look for garbage.
        with collection_paused():
            for group in _carried_out(taking, groups):
                taking.note(group)
                if progress is not None:
                    progress(next(done), len(grouped))
    taking.note(_tried_together(taking))


def _carried_out(taking: Taking, groups: Sequence[Group]) -> Iterator[_Fates]:
    """Group by group what is known of fates after it: of its own, or of those that waited with it."""
    work, kind = taking.work, taking.kind
    digests = [entry.digest for group in groups for entry in group.rows]
    known = taken_rows(work, kind.name, digests, reader=work.reader())
    cells = staged_cells(work, kind.name, _edited(groups, known), reader=work.reader())
    for group in groups:
        if any(entry.complaints for entry in group.rows):
            yield [(entry, _refused([*entry.complaints, *entry.waiting])) for entry in group.rows]
        elif any(entry.digest in known for entry in group.rows):
            yield _met_before(work, group, known, cells)
        elif kind.many is None:
            yield _tried(taking, group)
        else:
            fates = _prepared(taking, group)
            yield [*fates, *(_tried_together(taking) if len(taking.waiting) == kind.many.most else [])]


def _prepared(taking: Taking, group: Group) -> _Fates:
    """Put a group with those that are carried out together, or turn it away."""
    if taking.kind.many is None:
        raise AssertionError("the kind carries its groups out one by one")
    try:
        taking.waiting.append((group, taking.kind.many.prepare(taking.intake, group)))
    except _TURNED_AWAY as error:
        return _turned_away(taking.kind, group, error)
    return []


def _tried_together(taking: Taking) -> _Fates:
    """Carry out together what waits; where something stands against one of them, each by itself."""
    waiting = list(taking.waiting)
    taking.waiting.clear()
    if taking.kind.many is None or not waiting:
        return []
    work = taking.work
    tried_before = len(work.refused)
    try:
        with savepoint(work, "sf_import_group"):
            numbers = taking.kind.many.carry_out(taking.intake, waiting)
    except _TURNED_AWAY:
        del work.refused[tried_before:]
        return [fate for group, _ in waiting for fate in _tried(taking, group)]
    return [fate for (group, _), own in zip(waiting, numbers, strict=True) for fate in _accepted(group, own)]


def _refused(complaints: list[Complaint]) -> Fate:
    return Fate("refused" if complaints else "held_back", complaints)


def _edited(groups: Sequence[Group], known: Mapping[str, TakenRow]) -> list[str]:
    """The rows that were taken before and say something else now."""
    rows = (entry for group in groups for entry in group.rows if entry.digest in known)
    return [entry.digest for entry in rows if entry.fingerprint != known[entry.digest].fingerprint]


def _met_before(
    work: Work, group: Group, known: Mapping[str, TakenRow], cells: Mapping[str, Mapping[str, str]]
) -> _Fates:
    """Rows of a group that was taken before: the same rows are unchanged, others are never written over them."""
    fates: _Fates = []
    for entry in group.rows:
        before = known.get(entry.digest)
        if before is None:
            fates.append((entry, _refused([entry.complaint(ROW_ADDED_LATER())])))
        elif before.fingerprint != entry.fingerprint:
            complaints = _differences(work, entry, cells.get(entry.digest))
            fates.append((entry, Fate("refused", complaints, is_edited=True)))
        else:
            fates.append((entry, Fate("unchanged")))
    return fates


def _differences(work: Work, entry: Entry, before: Mapping[str, str] | None) -> list[Complaint]:
    """A complaint at each cell that says something else; at the row where its cells are alike or were not kept."""
    if before is None:
        return [entry.complaint(ROW_CHANGED())]
    now = CellDigests(work).of(entry.cells)
    names = [name for name in {**entry.cells, **before} if now.get(name) != before.get(name)]
    if not names:
        return [entry.complaint(ROW_CHANGED())]
    return [entry.complaint(_change(name, now, before)(column=name), name) for name in sorted(names)]


def _change(name: str, now: Mapping[str, str], before: Mapping[str, str]) -> RefusalCode:
    if name not in before:
        return CELL_ADDED
    return CELL_CHANGED if name in now else CELL_EMPTIED


def _tried(taking: Taking, group: Group) -> _Fates:
    try:
        with savepoint(taking.work, "sf_import_group"):
            numbers = taking.kind.carry_out(taking.intake, group)
    except _TURNED_AWAY as error:
        return _turned_away(taking.kind, group, error)
    return _accepted(group, numbers)


def _turned_away(kind: Kind, group: Group, error: Exception) -> _Fates:
    complaints = _complaints(kind, group, error)
    return [
        (
            entry,
            _refused(
                [one for one in complaints if (one.part, one.row) == (entry.part, entry.number)]
                + list(entry.waiting)
            ),
        )
        for entry in group.rows
    ]


def _accepted(group: Group, numbers: Numbers) -> _Fates:
    return [
        (entry, Fate("accepted", entry.waiting, numbers.get((entry.part, entry.key)))) for entry in group.rows
    ]


def _complaints(kind: Kind, group: Group, error: Exception) -> list[Complaint]:
    if isinstance(error, RowRefused):
        return [error.complaint]
    if isinstance(error, Refused):
        return [
            entry.complaint(refusal, column)
            for refusal in error.refusals
            for entry, column in [kind.locate(group, refusal) or (group.root, None)]
        ]
    if isinstance(error, InvalidInput):
        part = kind.parts[0]
        column = error.field.rpartition(".")[2]
        refusal = VALUE_REFUSED(field=error.field, problem=error.problem, remedy=error.remedy)
        return [group.root.complaint(refusal, column if column in part.by_name else None)]
    if isinstance(error, NotFound):
        return [group.root.complaint(NOT_FOUND_FROM_ROW(what=error.what))]
    if isinstance(error, NotAllowed):
        return [group.root.complaint(NOT_ALLOWED_FROM_ROW(reason=error))]
    return [group.root.complaint(KEY_USED())]
