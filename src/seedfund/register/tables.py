"""Issued papers, files of evidence and the scans of papers. Schema only."""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.register.rules import EvidenceKind
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    key,
    primary_key,
    reference,
    sealed,
    text,
)


class Paper(Table, table=True):
    """A paper as it was issued: content sealed under the person it names, or plain, never both; append-only."""

    __tablename__ = "sf_paper"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number", "version"),
        sa.UniqueConstraint("supersedes"),
        sa.CheckConstraint("(content_sealed IS NULL) <> (content_plain IS NULL)", name="one_content"),
        sa.CheckConstraint("(content_sealed IS NULL) OR (subject_id IS NOT NULL)", name="sealed_for_subject"),
        sa.CheckConstraint("(version = 1) = (supersedes IS NULL)", name="version_supersedes"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(40)
    version: int = integer("version", least=1)
    kind: str = text(30)
    languages: str = text(60)
    subject_id: Key | None = key(nullable=True, index=True)
    content_sealed: bytes | None = sealed("content_sealed", nullable=True)
    content_plain: str | None = document(nullable=True)
    content_hash: str = text(64)
    template_version: str = text(120)
    chain_head: str = text(400)
    issued_on: date = day()
    issued_at: datetime = instant()
    issued_by: Key = reference("sf_actor.id", index=False)
    supersedes: Key | None = reference("sf_paper.id", nullable=True, index=False)


class EvidenceFile(Table, table=True):
    """A file from outside, known by its SHA-256; its bytes are kept by the host. Append-only."""

    __tablename__ = "sf_evidence_file"
    __table_args__ = (sa.UniqueConstraint("programme_id", "sha256"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    sha256: str = text(64)
    kind: str = choice("kind", EvidenceKind)
    description: str = text(200)
    received_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    recorded_at: datetime = instant()


class PaperScan(Table, table=True):
    """A scan of an issued paper, signed or thumbprinted: which file shows which paper. Append-only."""

    __tablename__ = "sf_paper_scan"
    paper_id: Key = reference("sf_paper.id", primary=True)
    evidence_id: Key = reference("sf_evidence_file.id", primary=True)
    recorded_by: Key = reference("sf_actor.id", index=False)
    recorded_at: datetime = instant()
