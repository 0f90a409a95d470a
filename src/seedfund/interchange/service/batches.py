"""Recording what became of the rows of an import. No cell and no key in the clear is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.interchange.tables import OUTCOMES, ImportBatch, ImportCells, ImportFile, ImportRow
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.ids import Key
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query
from seedfund.store.unit import Unit

_WORDS: Final = ", ".join(OUTCOMES)
ROWS_AT_ONCE: Final = 2_000
"""So many rows a command: what they hold in memory is let go with it."""


@dataclass(frozen=True, slots=True)
class _Batch:
    id: Key
    kind: str
    read_rows: int


BATCH: Final = Query(
    _Batch,
    lambda: sa.select(col(ImportBatch.id), col(ImportBatch.kind), col(ImportBatch.read_rows)).where(
        col(ImportBatch.programme_id) == sa.bindparam("programme"),
        col(ImportBatch.number) == sa.bindparam("number"),
    ),
)
RECORDED: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(col(ImportRow.batch_id) == sa.bindparam("batch")),
)


@dataclass(frozen=True, kw_only=True)
class FileTaken:
    """A file by its hash and size; never by its name."""

    part: str
    sha256: str
    size: int
    read: int


@dataclass(frozen=True, kw_only=True)
class RowTaken:
    """What became of a row: digests of its key and content, the outcome, why, its number, its cells.

    Every digest is keyed; `cells` is JSON with the digest of each cell by its column.
    """

    part: str
    row: int
    key_digest: str
    fingerprint: str
    outcome: str
    codes: tuple[str, ...] = ()
    number: str | None = None
    cells: str = "{}"


@dataclass(frozen=True, kw_only=True)
class RowCounts:
    """How many rows of an import came to what."""

    accepted: int = 0
    refused: int = 0
    held_back: int = 0
    unchanged: int = 0

    @property
    def read(self) -> int:
        """All rows."""
        return self.accepted + self.refused + self.held_back + self.unchanged


@dataclass(frozen=True, kw_only=True)
class RecordImport(Command):
    """An import that was carried out, or refused as a whole.

    `rows` are all of them, or the first 2,000 where `counts` tell of more: those follow with `RecordImportRows`.
    """

    kind: str
    files_digest: str
    number_style: str
    date_order: str
    currency: str
    files: tuple[FileTaken, ...]
    rows: tuple[RowTaken, ...]
    counts: RowCounts | None = None


@dataclass(frozen=True, kw_only=True)
class ImportRecorded:
    """The number of the batch."""

    number: str


@dataclass(frozen=True, kw_only=True)
class RecordImportRows(Command):
    """Further rows of an import that is recorded, at most 2,000."""

    batch: str
    rows: tuple[RowTaken, ...]


@dataclass(frozen=True, kw_only=True)
class ImportRowsRecorded:
    """How many rows of the import are recorded now."""

    recorded: int


@verb("interchange.record_import", roles=(), is_bulk=True)
def record_import(unit: Unit, command: RecordImport) -> ImportRecorded:
    """Record an import and what became of each row; who may do what a row asks is decided by the row's own command.

    Raises:
        InvalidInput: an outcome is no word of ours, there are too many rows at once, or more than are counted.
        Refused: a row was taken in by somebody else at the same moment.
    """
    counts = command.counts or _counts(command.rows)
    _check_rows(command.rows, room=counts.read)
    batch, number = unit.key(), unit.human_number("IM")
    told = {
        "read_rows": counts.read,
        "accepted": counts.accepted,
        "refused": counts.refused + counts.held_back,
        "unchanged": counts.unchanged,
        "held_back": counts.held_back,
    }
    unit.insert(
        ImportBatch,
        id=batch,
        programme_id=unit.programme.id,
        number=number,
        kind=command.kind,
        files_digest=command.files_digest,
        number_style=command.number_style,
        date_order=command.date_order,
        currency=command.currency,
        taken_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
        **told,
    )
    unit.insert_many(ImportFile, [_file(batch, file) for file in command.files])
    _write_rows(unit, batch, command.kind, command.rows)
    unit.created("sf_import_batch", number, {"kind": command.kind, **told})
    return ImportRecorded(number=number)


@verb("interchange.record_import_rows", roles=(), is_bulk=True)
def record_import_rows(unit: Unit, command: RecordImportRows) -> ImportRowsRecorded:
    """Record further rows of an import, up to as many as it counted.

    Raises:
        NotFound: there is no such import.
        InvalidInput: as for `record_import`.
        Refused: a row was taken in by somebody else at the same moment.
    """
    found = unit.first(BATCH, programme=unit.programme.id, number=command.batch)
    if found is None:
        raise NotFound(what="import", which=command.batch, look="seedfund list imports")
    recorded = unit.one(RECORDED, batch=found.id)
    _check_rows(command.rows, room=found.read_rows - recorded)
    _write_rows(unit, found.id, found.kind, command.rows)
    return ImportRowsRecorded(recorded=recorded + len(command.rows))


def _check_rows(rows: Sequence[RowTaken], *, room: int) -> None:
    if any(row.outcome not in OUTCOMES for row in rows):
        raise InvalidInput(field="outcome", problem="it is no outcome", remedy=f"use one of {_WORDS}")
    most = min(room, ROWS_AT_ONCE)
    if len(rows) > most:
        raise InvalidInput(
            field="rows", problem=f"there are {len(rows)} rows", remedy=f"give at most {most} at once"
        )


def _write_rows(unit: Unit, batch: Key, kind: str, rows: Sequence[RowTaken]) -> None:
    common = {"batch_id": batch, "programme_id": unit.programme.id, "kind": kind}
    unit.insert_many(ImportRow, [{**common, **_row(row)} for row in rows])
    unit.insert_many(ImportCells, [_cells(batch, row) for row in rows])


def _counts(rows: Sequence[RowTaken]) -> RowCounts:
    outcomes = [row.outcome for row in rows]
    return RowCounts(**{word: outcomes.count(word) for word in OUTCOMES})


def _file(batch: Key, file: FileTaken) -> dict[str, Any]:
    return {
        "batch_id": batch,
        "part": file.part,
        "sha256": file.sha256,
        "size": file.size,
        "read_rows": file.read,
    }


def _row(row: RowTaken) -> dict[str, Any]:
    return {
        "part": row.part,
        "row_number": row.row,
        "key_digest": row.key_digest,
        "fingerprint": row.fingerprint,
        "outcome": row.outcome,
        "codes": canonical_text(row.codes) if row.codes else "[]",
        "number": row.number,
    }


def _cells(batch: Key, row: RowTaken) -> dict[str, Any]:
    return {
        "batch_id": batch,
        "part": row.part,
        "row_number": row.row,
        "cells": row.cells,
    }
