"""Reading what was imported: which rows were taken, and the numbers they got. Must not know cells."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.interchange.tables import ImportBatch, ImportCells, ImportMapping, ImportRow
from seedfund.kernel.canonical import text_of_texts
from seedfund.kernel.errors import NotFound
from seedfund.kernel.secret import Secret
from seedfund.people.queries.merged import leading_numbers
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work

_NUMBER: Final = re.compile(r"[A-Z]{2,6}-[0-9]{4}-[0-9]{4,}", flags=re.ASCII)


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A row that was taken: the digests of its key and content, and the number it got."""

    key_digest: str
    fingerprint: str
    number: str | None


TAKEN: Final = Query(
    TakenRow,
    lambda: sa.select(col(ImportRow.key_digest), col(ImportRow.fingerprint), col(ImportRow.number)).where(
        col(ImportRow.programme_id) == sa.bindparam("programme"),
        col(ImportRow.kind) == sa.bindparam("kind"),
        col(ImportRow.outcome) == "accepted",
        col(ImportRow.key_digest).in_(sa.bindparam("digests", expanding=True)),
    ),
)


@dataclass(frozen=True, slots=True)
class BatchShown:
    """An import as lists show it."""

    number: str
    kind: str
    read: int
    accepted: int
    refused: int
    unchanged: int
    recorded_at: datetime


BATCHES: Final = Query(
    BatchShown,
    lambda: (
        sa.select(
            col(ImportBatch.number),
            col(ImportBatch.kind),
            col(ImportBatch.read_rows),
            col(ImportBatch.accepted),
            col(ImportBatch.refused),
            col(ImportBatch.unchanged),
            col(ImportBatch.recorded_at),
        )
        .where(col(ImportBatch.programme_id) == sa.bindparam("programme"))
        .order_by(col(ImportBatch.recorded_at), col(ImportBatch.number))
    ),
)


CELLS: Final = Query(
    lambda digest, cells: (str(digest), str(cells)),
    lambda: (
        sa.select(col(ImportRow.key_digest), col(ImportCells.cells))
        .select_from(
            sa.join(
                ImportRow,
                ImportCells,
                sa.and_(
                    col(ImportRow.batch_id) == col(ImportCells.batch_id),
                    col(ImportRow.part) == col(ImportCells.part),
                    col(ImportRow.row_number) == col(ImportCells.row_number),
                ),
            )
        )
        .where(
            col(ImportRow.programme_id) == sa.bindparam("programme"),
            col(ImportRow.kind) == sa.bindparam("kind"),
            col(ImportRow.outcome) == "accepted",
            col(ImportRow.key_digest).in_(sa.bindparam("digests", expanding=True)),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class MappingShown:
    """A mapping as it was saved last."""

    kind: str
    name: str
    version: int
    mapping: str


MAPPINGS: Final = Query(
    MappingShown,
    lambda: (
        sa.select(
            col(ImportMapping.kind),
            col(ImportMapping.name),
            col(ImportMapping.version),
            col(ImportMapping.mapping),
        )
        .where(col(ImportMapping.programme_id) == sa.bindparam("programme"))
        .order_by(col(ImportMapping.kind), col(ImportMapping.name), col(ImportMapping.version))
    ),
)
LAST_VERSION: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(ImportMapping.version)), 0)).where(
        col(ImportMapping.programme_id) == sa.bindparam("programme"),
        col(ImportMapping.kind) == sa.bindparam("kind"),
        col(ImportMapping.name) == sa.bindparam("name"),
    ),
)
ATTEMPTS: Final = Query(
    int,
    lambda: (
        sa.select(sa.func.count())
        .select_from(ImportBatch)
        .where(
            col(ImportBatch.programme_id) == sa.bindparam("programme"),
            col(ImportBatch.files_digest) == sa.bindparam("digest"),
        )
    ),
)
"""How many imports of exactly these files were recorded."""


def key_digest(work: Work, kind: str, part: str, key: str) -> str:
    """The keyed digest of a row's key; keys are compared without outer spaces and with their case."""
    return work.blinder.index("import_key", Secret(text_of_texts((kind, part, key))))


def taken_rows(work: Work, kind: str, digests: Sequence[str], *, reader: Reader) -> dict[str, TakenRow]:
    """The rows of a kind that were taken before, by the digest of their key."""
    rows = reader.among(TAKEN, "digests", digests, programme=work.programme.id, kind=kind)
    return {row.key_digest: row for row in rows}


def imported_number(work: Work, kind: str, part: str, key: str) -> str | None:
    """The number of what a row became, of a person or household that was merged the one that leads.

    A text that is one of our numbers is handed back as it is.
    """
    digest = key_digest(work, kind, part, key)
    found = taken_rows(work, kind, [digest], reader=work.reader()).get(digest)
    if found is not None:
        return _leading(work, [found.number])[0]
    return key if _NUMBER.fullmatch(key) else None


def imported_numbers(work: Work, kind: str, part: str, keys: Sequence[str]) -> dict[str, str]:
    """The numbers of what the rows with these keys became, as above; keys that were never taken are left out."""
    digests = {key_digest(work, kind, part, key): key for key in keys}
    rows = list(taken_rows(work, kind, list(digests), reader=work.reader()).values())
    numbers = _leading(work, [row.number for row in rows])
    return {
        digests[row.key_digest]: number
        for row, number in zip(rows, numbers, strict=True)
        if number is not None
    }


def _leading(work: Work, numbers: Sequence[str | None]) -> list[str | None]:
    """These numbers, those of merged records as the numbers that lead."""
    given = [number for number in numbers if number is not None]
    leading = leading_numbers(work.reader(), work.programme.id, given)
    return [leading.get(number, number) if number is not None else None for number in numbers]


def list_imports(work: Work) -> list[BatchShown]:
    """Every import of the programme, the oldest first."""
    return work.reader().all(BATCHES, programme=work.programme.id)


def staged_cells(
    work: Work, kind: str, digests: Sequence[str], *, reader: Reader
) -> dict[str, dict[str, str]]:
    """The digests of the cells of rows that were taken before, by the digest of the row's key and by column."""
    rows = reader.among(CELLS, "digests", digests, programme=work.programme.id, kind=kind)
    return {digest: json.loads(cells) for digest, cells in rows}


_CELLS_KEPT: Final = 4_096


class CellDigests:
    """A keyed digest of each cell, short: it tells whether two cells are alike, and nothing of what they hold.

    Half of a file's cells say what another row said: what was told is kept a while.
    """

    def __init__(self, work: Work):
        self._fingerprint: Final = work.blinder.fingerprint
        self._told: Final[dict[str, dict[str, str]]] = {}
        self._kept = 0

    def of(self, cells: Mapping[str, str]) -> dict[str, str]:
        """By the names of the columns."""
        if self._kept > _CELLS_KEPT:
            self._told.clear()
            self._kept = 0
        return {name: self._digest(name, cell) for name, cell in cells.items()}

    def _digest(self, name: str, cell: str) -> str:
        told = self._told.get(name)
        if told is None:
            told = self._told[name] = {}
        digest = told.get(cell)
        if digest is None:
            digest = told[cell] = self._fingerprint(f"{name}\x1f{cell}".encode())[:16]
            self._kept += 1
        return digest


def list_mappings(work: Work) -> list[MappingShown]:
    """The mappings of the programme, each as it was saved last."""
    rows = work.reader().all(MAPPINGS, programme=work.programme.id)
    return list({(row.kind, row.name): row for row in rows}.values())


def saved_mapping(work: Work, kind: str, name: str) -> MappingShown:
    """The mapping of a kind under a name, as it was saved last.

    Raises:
        NotFound: there is none.
    """
    for found in list_mappings(work):
        if (found.kind, found.name) == (kind, name):
            return found
    raise NotFound(what="mapping", which=name, look="seedfund import --mappings")
