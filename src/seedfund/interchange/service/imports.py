"""Taking files in: read, carried out whole or by sound groups, or only tried, and recorded.

Raises only what concerns the whole unit (busy, storage, corrupt); what is wrong with a file or a row is a complaint in
the result. The host commits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.queries import (
    ATTEMPTS,
    CellDigests,
)
from seedfund.interchange.reader import Complaint, Sheet, packed
from seedfund.interchange.reader.protected import opened
from seedfund.interchange.rules import CellStyle, Layout
from seedfund.interchange.rules.refusals import (
    FILE_NOT_TAKEN,
    GROUP_NOT_TAKEN,
)
from seedfund.interchange.service.batches import (
    ROWS_AT_ONCE,
    FileTaken,
    RecordImport,
    RecordImportRows,
    RowCounts,
    RowTaken,
    record_import,
    record_import_rows,
)
from seedfund.interchange.service.carrying import Progress, Taking, carry_out
from seedfund.interchange.service.fates import Fates
from seedfund.interchange.service.newcomers import newcomers_of, propose_newcomers
from seedfund.interchange.service.savepoints import savepoint
from seedfund.interchange.service.staging import Staged, stage
from seedfund.interchange.tables import OUTCOMES
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.canonical import digest, text_of_encoded
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work


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


def import_files(work: Work, request: ImportRequest, *, progress: Progress | None = None) -> ImportResult:
    """Read the files and carry them out; a kind about money is taken whole or not at all.

    What is in memory beside the files hangs on some thousand rows at a time, and on how much there is to be told.

    Raises:
        NotFound: there is no such kind.
        Refused: somebody else took in a row of it at the same moment; import it again.
        Busy, StorageError, Corrupt: nothing of the import was kept.
    """
    kind = find_kind(request.kind)
    files, closed = _opened(request)
    if closed:
        return _not_read(request, Staged((), closed))
    staged = stage(work, kind, files, style=request.style, layouts=request.layouts)
    grouped = staged.grouped
    if grouped is None:
        return _not_read(request, staged)
    newcomers = newcomers_of(work, request.kind, grouped.windows())
    staged = replace(staged, flags=(*staged.flags, *newcomers.flags))
    tried_before = len(work.refused)
    fates = Fates(staged.sheets)
    with savepoint(work, "sf_import") as whole:
        carry_out(Taking(work, kind, request.occurred_on, fates), grouped, progress)
        is_given_up = kind.is_whole and fates.count("refused") > 0
        if is_given_up or request.is_dry_run:
            whole.undo()
    if is_given_up:
        fates.give_up()
    if request.is_dry_run:
        del work.refused[tried_before:]
    elif not is_given_up:
        propose_newcomers(work, newcomers, fates.number_of)
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


def _record(work: Work, request: ImportRequest, staged: Staged, fates: Fates) -> str | None:
    """Record the import, unless it brought nothing new: all rows known, or the same files refused once before."""
    parts = [part.encode() for sheet in staged.sheets for part in (sheet.part.name, sheet.sha256)]
    files_digest = digest("seedfund.import.1", request.kind.encode(), *parts)
    attempts = work.reader().one(ATTEMPTS, programme=work.programme.id, digest=files_digest)
    is_new = fates.count("refused") + fates.count("held_back") > 0
    if not fates.count("accepted") and (not is_new or attempts):
        return None
    key = f"import:{files_digest}:{attempts + 1}"
    rows = _parts_of(_rows_taken(work, staged, fates))
    command = RecordImport(
        key=key,
        kind=request.kind,
        files_digest=files_digest,
        number_style=f"{request.style.numbers.decimal}{request.style.numbers.group}",
        date_order=request.style.dates.value,
        currency=request.style.currency,
        files=tuple(
            FileTaken(part=sheet.part.name, sha256=sheet.sha256, size=sheet.size, read=len(sheet.rows))
            for sheet in staged.sheets
        ),
        rows=next(rows, ()),
        counts=RowCounts(**{word: fates.count(word) for word in OUTCOMES}),
    )
    batch = record_import(work, command).number
    for place, more in enumerate(rows, start=2):
        record_import_rows(work, RecordImportRows(key=f"{key}:{place}", batch=batch, rows=more))
    return batch


def _parts_of(rows: Iterator[RowTaken]) -> Iterator[tuple[RowTaken, ...]]:
    """The rows in parts of what one command records."""
    while True:
        with collection_paused():
            some = tuple(islice(rows, ROWS_AT_ONCE))
        if not some:
            return
        yield some


def _rows_taken(work: Work, staged: Staged, fates: Fates) -> Iterator[RowTaken]:
    """The rows as they are recorded, each made when it is asked for."""
    digests = CellDigests(work)
    for sheet in staged.sheets:
        told = fates.told(sheet.part.name)
        for (number, cells), fate in zip(_cells_of(sheet), told, strict=True):
            yield RowTaken(
                part=sheet.part.name,
                row=number,
                key_digest=fate.key_digest,
                fingerprint=fate.fingerprint,
                outcome=fate.outcome,
                codes=tuple(one.refusal.code for one in fate.complaints),
                number=fate.number,
                cells=text_of_encoded(digests.of(cells)),
            )


def _cells_of(sheet: Sheet) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The number and the filled cells of every row, a block in memory at a time."""
    for block in packed(sheet.part, sheet.rows).blocks():
        yield from zip(block.numbers, block.cells(), strict=True)


def _counted(request: ImportRequest, staged: Staged, fates: Fates, *, batch: str | None) -> ImportResult:
    held_back = fates.count("held_back")
    refusals = fates.complaints()
    if held_back:
        is_whole = find_kind(request.kind).is_whole
        told = (FILE_NOT_TAKEN if is_whole else GROUP_NOT_TAKEN)(count=held_back)
        refusals = (*refusals, Complaint(staged.sheets[0].part.name, None, None, told))
    return ImportResult(
        kind=request.kind,
        read=staged.read,
        accepted=fates.count("accepted"),
        refused=fates.count("refused") + held_back,
        unchanged=fates.count("unchanged"),
        held_back=held_back,
        refusals=refusals,
        batch=batch,
        is_dry_run=request.is_dry_run,
        edited=fates.edited,
        flags=staged.flags,
        sheets=staged.sheets,
    )
