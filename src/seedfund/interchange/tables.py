"""What was taken in from files: a batch a file, a row a row. Schema only.

No cell is kept, and no key in the clear: the key of a row may be somebody's document number, so it is a keyed digest.
What a row that was taken said stands in the command it became, sealed under whom it names; the digests of its cells say
which of them another file writes differently.
"""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    primary_key,
    reference,
    text,
    unique_where,
)
from seedfund.store.triggers import Trigger, append_only

OUTCOMES: Final = ("accepted", "refused", "held_back", "unchanged")
TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_import_batch", ("id",)),
    *append_only("sf_import_file", ("batch_id", "part")),
    *append_only("sf_import_row", ("batch_id", "part", "row_number")),
    *append_only("sf_import_cells", ("batch_id", "part", "row_number")),
    *append_only("sf_import_mapping", ("id",)),
)


class ImportBatch(Table, table=True):
    """One import: its kind, how numbers and days were read, and how many rows became what; append-only.

    read = accepted + refused + unchanged; of the refused, `held_back` had no mistake of their own.
    """

    __tablename__ = "sf_import_batch"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.Index("ix_sf_import_batch_files", "programme_id", "files_digest"),
        sa.CheckConstraint("read_rows = accepted + refused + unchanged", name="every_row_counted"),
        sa.CheckConstraint("held_back <= refused", name="held_back_among_refused"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    kind: str = text(40)
    files_digest: str = text(64)
    number_style: str = text(10)
    date_order: str = text(3)
    currency: str = text(3)
    read_rows: int = integer("read_rows")
    accepted: int = integer("accepted")
    refused: int = integer("refused")
    unchanged: int = integer("unchanged")
    held_back: int = integer("held_back")
    taken_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class ImportFile(Table, table=True):
    """A file of a batch by its hash and size; its name may name a person and is not kept; append-only."""

    __tablename__ = "sf_import_file"
    batch_id: Key = reference("sf_import_batch.id", primary=True)
    part: str = text(40, primary=True)
    sha256: str = text(64)
    size: int = integer("size")
    read_rows: int = integer("read_rows")


class ImportRow(Table, table=True):
    """A row of a file: keyed digests of its key and content, what became of it, and the number it got; append-only."""

    __tablename__ = "sf_import_row"
    __table_args__ = (
        sa.Index("ix_sf_import_row_key", "programme_id", "kind", "key_digest"),
        unique_where(
            "uq_sf_import_row_taken",
            "programme_id",
            "kind",
            "key_digest",
            where="outcome = 'accepted'",
        ),
        sa.CheckConstraint("number IS NULL OR outcome = 'accepted'", name="number_of_accepted"),
    )
    batch_id: Key = reference("sf_import_batch.id", primary=True)
    part: str = text(40, primary=True)
    row_number: int = integer("row_number", least=1, primary=True)
    programme_id: Key = reference("sf_programme.id", index=False)
    kind: str = text(40)
    key_digest: str = text(64)
    fingerprint: str = text(64)
    outcome: str = choice("outcome", OUTCOMES)
    codes: str = document()
    number: str | None = text(60, nullable=True)


class ImportCells(Table, table=True):
    """The cells of a row as it was staged: a keyed digest of each, by the name of its column; append-only."""

    __tablename__ = "sf_import_cells"
    batch_id: Key = reference("sf_import_batch.id", primary=True)
    part: str = text(40, primary=True)
    row_number: int = integer("row_number", least=1, primary=True)
    cells: str = document()


class ImportMapping(Table, table=True):
    """How files of a kind are written, under a name; each version stands beside those before it; append-only."""

    __tablename__ = "sf_import_mapping"
    __table_args__ = (sa.UniqueConstraint("programme_id", "kind", "name", "version"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    kind: str = text(40)
    name: str = text(60)
    version: int = integer("version", least=1)
    mapping: str = document()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
