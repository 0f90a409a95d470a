"""Recording what became of the rows of an import. No cell and no key in the clear is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.interchange.tables import OUTCOMES, ImportBatch, ImportCells, ImportFile, ImportRow
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

_WORDS: Final = ", ".join(OUTCOMES)


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
class RecordImport(Command):
    """An import that was carried out, or refused as a whole."""

    kind: str
    files_digest: str
    number_style: str
    date_order: str
    currency: str
    files: tuple[FileTaken, ...]
    rows: tuple[RowTaken, ...]


@dataclass(frozen=True, kw_only=True)
class ImportRecorded:
    """The number of the batch."""

    number: str


@verb("interchange.record_import", roles=(), is_bulk=True)
def record_import(unit: Unit, command: RecordImport) -> ImportRecorded:
    """Record an import and what became of each row; who may do what a row asks is decided by the row's own command.

    Raises:
        InvalidInput: an outcome is no word of ours.
        Refused: a row was taken in by somebody else at the same moment.
    """
    if any(row.outcome not in OUTCOMES for row in command.rows):
        raise InvalidInput(field="outcome", problem="it is no outcome", remedy=f"use one of {_WORDS}")
    batch, number = unit.key(), unit.human_number("IM")
    counts = _counts(command.rows)
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
        **counts,
    )
    unit.insert_many(ImportFile, [_file(batch, file) for file in command.files])
    common = {"batch_id": batch, "programme_id": unit.programme.id, "kind": command.kind}
    unit.insert_many(ImportRow, [{**common, **_row(row)} for row in command.rows])
    unit.insert_many(ImportCells, [_cells(batch, row) for row in command.rows])
    unit.created("sf_import_batch", number, {"kind": command.kind, **counts})
    return ImportRecorded(number=number)


def _counts(rows: Sequence[RowTaken]) -> dict[str, int]:
    outcomes = [row.outcome for row in rows]
    held_back = outcomes.count("held_back")
    return {
        "read_rows": len(outcomes),
        "accepted": outcomes.count("accepted"),
        "refused": outcomes.count("refused") + held_back,
        "unchanged": outcomes.count("unchanged"),
        "held_back": held_back,
    }


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
        "codes": canonical_text(row.codes),
        "number": row.number,
    }


def _cells(batch: Key, row: RowTaken) -> dict[str, Any]:
    return {
        "batch_id": batch,
        "part": row.part,
        "row_number": row.row,
        "cells": row.cells,
    }
