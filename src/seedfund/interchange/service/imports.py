"""Carrying a file out: group by group through the public verbs, whole or by sound groups, or only tried.

Raises only what concerns the whole unit (busy, storage, corrupt); what is wrong with a file or a row is a complaint in
the result. The host commits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused
from seedfund.interchange.queries import (
    ATTEMPTS,
    TakenRow,
    cell_digests,
    imported_number,
    staged_cells,
    taken_rows,
)
from seedfund.interchange.reader import Complaint, Sheet
from seedfund.interchange.reader.protected import opened
from seedfund.interchange.rules import CellStyle, Layout
from seedfund.interchange.rules.refusals import (
    CELL_ADDED,
    CELL_CHANGED,
    CELL_EMPTIED,
    FILE_NOT_TAKEN,
    GROUP_NOT_TAKEN,
    KEY_USED,
    NOT_ALLOWED_FROM_ROW,
    NOT_FOUND_FROM_ROW,
    ROW_ADDED_LATER,
    ROW_CHANGED,
    VALUE_REFUSED,
)
from seedfund.interchange.service.batches import FileTaken, RecordImport, RowTaken, record_import
from seedfund.interchange.service.newcomers import newcomers_of, propose_newcomers
from seedfund.interchange.service.savepoints import savepoint
from seedfund.interchange.service.staging import Staged, stage
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RefusalCode, Refused
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """Files of one kind, by the name of their part, and how they are written.

    `layouts` say by part how its file is written, where the file does not. `occurred_on` is the day of the commands,
    today where it is None. `password` opens workbooks that are under one. With `is_dry_run` everything is tried and
    nothing kept.
    """

    kind: str
    files: Mapping[str, bytes]
    style: CellStyle
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    occurred_on: date | None = None
    is_dry_run: bool = False
    password: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """Every row accounted for: read = accepted + refused + unchanged.

    `held_back` are those of the refused that have no mistake of their own; `edited` those that were taken before and
    say something else now. `refusals` are in the order of parts and rows; one of a row that was accepted names a cell
    to be completed. `flags` tell what keeps nothing out. `batch` is the number of the record, None where nothing was
    written. `sheets` are what was read, for handing it back.
    """

    kind: str
    read: int
    accepted: int
    refused: int
    unchanged: int
    held_back: int
    refusals: tuple[Complaint, ...]
    batch: str | None
    is_dry_run: bool
    edited: int = 0
    flags: tuple[Complaint, ...] = ()
    sheets: tuple[Sheet, ...] = ()


@dataclass
class _Fate:
    """What becomes of a row."""

    outcome: str
    complaints: list[Complaint] = field(default_factory=list)
    number: str | None = None
    is_edited: bool = False


_Fates = dict[Entry, _Fate]
_TURNED_AWAY: Final = (RowRefused, Refused, InvalidInput, NotFound, NotAllowed, Conflict)


def import_files(work: Work, request: ImportRequest, *, progress: Progress | None = None) -> ImportResult:
    """Read the files and carry them out; a kind about money is taken whole or not at all.

    Raises:
        NotFound: there is no such kind.
        Refused: somebody else took in a row of it at the same moment; import it again.
        Busy, StorageError, Corrupt: nothing of the import was kept.
    """
    with collection_paused():
        return _imported(work, find_kind(request.kind), request, progress)


def _imported(work: Work, kind: Kind, request: ImportRequest, progress: Progress | None) -> ImportResult:
    files, closed = _opened(request)
    if closed:
        return _not_read(request, Staged((), closed, (), ()))
    staged = stage(work, kind, files, style=request.style, layouts=request.layouts)
    if staged.complaints:
        return _not_read(request, staged)
    newcomers = newcomers_of(work, request.kind, staged.groups)
    staged = replace(staged, flags=(*staged.flags, *newcomers.flags))
    tried_before = len(work.refused)
    with savepoint(work, "sf_import") as whole:
        fates = _carry_out(work, kind, staged, occurred_on=request.occurred_on, progress=progress)
        is_given_up = kind.is_whole and any(fate.outcome == "refused" for fate in fates.values())
        if is_given_up or request.is_dry_run:
            whole.undo()
    if is_given_up:
        _give_up(fates)
    if request.is_dry_run:
        del work.refused[tried_before:]
    elif not is_given_up:
        propose_newcomers(work, newcomers, lambda entry: fates[entry].number)
    batch = None if request.is_dry_run else _record(work, request, staged, fates)
    return _counted(request, staged, fates, batch=batch)


def _opened(request: ImportRequest) -> tuple[Mapping[str, bytes], tuple[Complaint, ...]]:
    """The files with what was under the password taken out of it, and those that it does not open."""
    found = {part: opened(content, request.password) for part, content in request.files.items()}
    closed = tuple(
        Complaint(part, None, None, refusal) for part, (_, refusal) in found.items() if refusal is not None
    )
    return {part: content for part, (content, _) in found.items()}, closed


def _not_read(request: ImportRequest, staged: Staged) -> ImportResult:
    return ImportResult(
        kind=request.kind,
        read=staged.read,
        accepted=0,
        refused=staged.read,
        unchanged=0,
        held_back=0,
        refusals=staged.complaints,
        batch=None,
        is_dry_run=request.is_dry_run,
        flags=staged.flags,
        sheets=staged.sheets,
    )


def _carry_out(
    work: Work, kind: Kind, staged: Staged, *, occurred_on: date | None, progress: Progress | None
) -> _Fates:
    fates: _Fates = {stray: _Fate("refused", [*stray.complaints, *stray.waiting]) for stray in staged.strays}
    intake = Intake(work, kind.name, occurred_on, lambda *place: imported_number(work, *place))
    digests = [entry.digest for group in staged.groups for entry in group.rows]
    known = taken_rows(work, kind.name, digests, reader=work.reader())
    cells = staged_cells(work, kind.name, _edited(staged, known), reader=work.reader())
    waiting: list[tuple[Group, Any]] = []
    for done, group in enumerate(staged.groups, start=1):
        if any(entry.complaints for entry in group.rows):
            fates |= {entry: _refused([*entry.complaints, *entry.waiting]) for entry in group.rows}
        elif any(entry.digest in known for entry in group.rows):
            fates |= _met_before(work, group, known, cells)
        elif kind.many is None:
            fates |= _tried(work, kind, intake, group)
        else:
            fates |= _prepared(kind, intake, group, waiting)
        if kind.many is not None and (len(waiting) == kind.many.most or done == len(staged.groups)):
            fates |= _tried_together(work, kind, intake, waiting)
            waiting.clear()
        if progress is not None:
            progress(done, len(staged.groups))
    return fates


def _prepared(kind: Kind, intake: Intake, group: Group, waiting: list[tuple[Group, Any]]) -> _Fates:
    """Put a group with those that are carried out together, or turn it away."""
    if kind.many is None:
        raise AssertionError("the kind carries its groups out one by one")
    try:
        waiting.append((group, kind.many.prepare(intake, group)))
    except _TURNED_AWAY as error:
        return _turned_away(kind, group, error)
    return {}


def _tried_together(work: Work, kind: Kind, intake: Intake, waiting: Sequence[tuple[Group, Any]]) -> _Fates:
    """Carry groups out together; where something stands against one of them, each by itself."""
    if kind.many is None or not waiting:
        return {}
    tried_before = len(work.refused)
    try:
        with savepoint(work, "sf_import_group"):
            numbers = kind.many.carry_out(intake, waiting)
    except _TURNED_AWAY:
        del work.refused[tried_before:]
        return {
            entry: fate for group, _ in waiting for entry, fate in _tried(work, kind, intake, group).items()
        }
    return {
        entry: fate
        for (group, _), own in zip(waiting, numbers, strict=True)
        for entry, fate in _accepted(group, own).items()
    }


def _refused(complaints: list[Complaint]) -> _Fate:
    return _Fate("refused" if complaints else "held_back", complaints)


def _edited(staged: Staged, known: Mapping[str, TakenRow]) -> list[str]:
    """The rows that were taken before and say something else now."""
    rows = (entry for group in staged.groups for entry in group.rows if entry.digest in known)
    return [entry.digest for entry in rows if entry.fingerprint != known[entry.digest].fingerprint]


def _met_before(
    work: Work, group: Group, known: Mapping[str, TakenRow], cells: Mapping[str, Mapping[str, str]]
) -> _Fates:
    """Rows of a group that was taken before: the same rows are unchanged, others are never written over them."""
    fates: _Fates = {}
    for entry in group.rows:
        before = known.get(entry.digest)
        if before is None:
            fates[entry] = _refused([entry.complaint(ROW_ADDED_LATER())])
        elif before.fingerprint != entry.fingerprint:
            complaints = _differences(work, entry, cells.get(entry.digest))
            fates[entry] = _Fate("refused", complaints, is_edited=True)
        else:
            fates[entry] = _Fate("unchanged")
    return fates


def _differences(work: Work, entry: Entry, before: Mapping[str, str] | None) -> list[Complaint]:
    """A complaint at each cell that says something else; at the row where its cells are alike or were not kept."""
    if before is None:
        return [entry.complaint(ROW_CHANGED())]
    now = cell_digests(work, entry.cells)
    names = [name for name in {**entry.cells, **before} if now.get(name) != before.get(name)]
    if not names:
        return [entry.complaint(ROW_CHANGED())]
    return [entry.complaint(_change(name, now, before)(column=name), name) for name in sorted(names)]


def _change(name: str, now: Mapping[str, str], before: Mapping[str, str]) -> RefusalCode:
    if name not in before:
        return CELL_ADDED
    return CELL_CHANGED if name in now else CELL_EMPTIED


def _tried(work: Work, kind: Kind, intake: Intake, group: Group) -> _Fates:
    try:
        with savepoint(work, "sf_import_group"):
            numbers = kind.carry_out(intake, group)
    except _TURNED_AWAY as error:
        return _turned_away(kind, group, error)
    return _accepted(group, numbers)


def _turned_away(kind: Kind, group: Group, error: Exception) -> _Fates:
    complaints = _complaints(kind, group, error)
    return {
        entry: _refused(
            [one for one in complaints if (one.part, one.row) == (entry.part, entry.number)]
            + list(entry.waiting)
        )
        for entry in group.rows
    }


def _accepted(group: Group, numbers: Numbers) -> _Fates:
    return {
        entry: _Fate("accepted", list(entry.waiting), numbers.get((entry.part, entry.key)))
        for entry in group.rows
    }


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


def _give_up(fates: _Fates) -> None:
    """A file about money is not taken in part: what would have been accepted is held back."""
    for fate in fates.values():
        if fate.outcome == "accepted":
            fate.outcome, fate.number = "held_back", None


def _record(work: Work, request: ImportRequest, staged: Staged, fates: _Fates) -> str | None:
    """Record the import, unless it brought nothing new: all rows known, or the same files refused once before."""
    parts = [part.encode() for sheet in staged.sheets for part in (sheet.part.name, sheet.sha256)]
    files_digest = digest("seedfund.import.1", request.kind.encode(), *parts)
    attempts = work.reader().one(ATTEMPTS, programme=work.programme.id, digest=files_digest)
    outcomes = {fate.outcome for fate in fates.values()}
    if "accepted" not in outcomes and (outcomes <= {"unchanged"} or attempts):
        return None
    command = RecordImport(
        key=f"import:{files_digest}:{attempts + 1}",
        kind=request.kind,
        files_digest=files_digest,
        number_style=f"{request.style.numbers.decimal}{request.style.numbers.group}",
        date_order=request.style.dates.value,
        currency=request.style.currency,
        files=tuple(
            FileTaken(part=sheet.part.name, sha256=sheet.sha256, size=sheet.size, read=len(sheet.rows))
            for sheet in staged.sheets
        ),
        rows=tuple(
            RowTaken(
                part=entry.part,
                row=entry.number,
                key_digest=entry.digest,
                fingerprint=entry.fingerprint,
                outcome=fate.outcome,
                codes=tuple(one.refusal.code for one in fate.complaints),
                number=fate.number,
                cells=canonical_text(cell_digests(work, entry.cells)),
            )
            for entry, fate in fates.items()
        ),
    )
    return record_import(work, command).number


def _counted(request: ImportRequest, staged: Staged, fates: _Fates, *, batch: str | None) -> ImportResult:
    outcomes = [fate.outcome for fate in fates.values()]
    held_back = outcomes.count("held_back")
    order = {sheet.part.name: place for place, sheet in enumerate(staged.sheets)}
    refusals = sorted(
        (one for fate in fates.values() for one in fate.complaints),
        key=lambda one: (order[one.part], one.row or 0),
    )
    if held_back:
        is_whole = find_kind(request.kind).is_whole
        told = (FILE_NOT_TAKEN if is_whole else GROUP_NOT_TAKEN)(count=held_back)
        refusals.append(Complaint(staged.sheets[0].part.name, None, None, told))
    return ImportResult(
        kind=request.kind,
        read=staged.read,
        accepted=outcomes.count("accepted"),
        refused=outcomes.count("refused") + held_back,
        unchanged=outcomes.count("unchanged"),
        held_back=held_back,
        refusals=tuple(refusals),
        batch=batch,
        is_dry_run=request.is_dry_run,
        edited=sum(fate.is_edited for fate in fates.values()),
        flags=staged.flags,
        sheets=staged.sheets,
    )
