"""The audit chain of a programme, the sealed values that hang on it, its commands, and what it notes of the books."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.noted import LastNoted
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.chains import ChainWalk, Link
from seedfund.assurance.scan import Scan, Sheet, Unreadable
from seedfund.kernel.ids import Key
from seedfund.ledger.rules import chain as ledger_chain
from seedfund.ledger.tables import Book, Entry, Transfer
from seedfund.register.rules import HASH_DOMAIN as PAPER_DOMAIN
from seedfund.store.audit import DOMAIN, HEAD, AuditRow, Head, record_bytes, secrets_digest
from seedfund.store.statements import IN_CHUNK, Query
from seedfund.store.tables import AuditRecord, AuditSecret, CommandRecord

CHECK: Final = "audit"
TABLE: Final = "sf_audit"
SECRETS_TABLE: Final = "sf_audit_secret"
CHAIN: Final = "audit"
FOUNDING: Final = "store.found_programme"
OTHERS: Final = (ledger_chain.DOMAIN, ledger_chain.ENTRY_DOMAIN, PAPER_DOMAIN)

RECORDS: Final = Sheet(
    TABLE,
    AuditRow,
    lambda: (
        sa.select(*(col(getattr(AuditRecord, name)) for name in AuditRow.__slots__))
        .where(col(AuditRecord.programme_id) == sa.bindparam("programme"))
        .order_by(col(AuditRecord.seq))
    ),
    keys=2,
)


@dataclass(frozen=True, slots=True)
class SecretFound:
    """A sealed value of a record."""

    seq: int
    position: int
    subject_id: Key
    content: bytes


SECRETS: Final = Sheet(
    SECRETS_TABLE,
    lambda seq, position, subject, content: SecretFound(seq, position, subject, bytes(content)),
    lambda: (
        sa.select(
            col(AuditSecret.seq),
            col(AuditSecret.position),
            col(AuditSecret.subject_id),
            col(AuditSecret.content),
        )
        .where(col(AuditSecret.programme_id) == sa.bindparam("programme"))
        .order_by(col(AuditSecret.seq), col(AuditSecret.position))
    ),
    keys=2,
)
CITED: Final = Query(
    int,
    lambda: (
        sa.select(col(AuditRecord.seq))
        .where(
            col(AuditRecord.programme_id) == sa.bindparam("programme"),
            col(AuditRecord.hash) == sa.bindparam("hash"),
        )
        .order_by(col(AuditRecord.seq))
        .limit(1)
    ),
)
HASH_AT: Final = Query(
    str,
    lambda: sa.select(col(AuditRecord.hash)).where(
        col(AuditRecord.programme_id) == sa.bindparam("programme"),
        col(AuditRecord.seq) == sa.bindparam("seq"),
    ),
)
LOST_COMMANDS: Final = Sheet(
    "sf_command",
    lambda key: key,
    lambda: (
        sa.select(col(CommandRecord.key))
        .select_from(sa.outerjoin(CommandRecord, AuditRecord, _same_command()))
        .where(col(CommandRecord.programme_id) == sa.bindparam("programme"), col(AuditRecord.seq).is_(None))
        .order_by(col(CommandRecord.audit_seq))
    ),
)
LOST_RECORDS: Final = Sheet(
    TABLE,
    lambda seq: seq,
    lambda: (
        sa.select(col(AuditRecord.seq))
        .select_from(sa.outerjoin(AuditRecord, CommandRecord, _same_command()))
        .where(
            col(AuditRecord.programme_id) == sa.bindparam("programme"),
            col(CommandRecord.key).is_(None),
            # Founding is the one write outside the command template; it is always the first record.
            sa.or_(col(AuditRecord.operation) != FOUNDING, col(AuditRecord.seq) != 1),
        )
        .order_by(col(AuditRecord.seq))
    ),
)
LOST_ENTRIES: Final = Sheet(
    "sf_entry",
    lambda number: number,
    lambda: (
        sa.select(col(Entry.number))
        .select_from(
            sa.outerjoin(
                Entry,
                AuditRecord,
                sa.and_(
                    col(AuditRecord.programme_id) == col(Entry.programme_id),
                    col(AuditRecord.key) == col(Entry.command_key),
                    col(AuditRecord.actor_id) == col(Entry.actor_id),
                    col(AuditRecord.recorded_at) == col(Entry.recorded_at),
                ),
            )
        )
        .where(col(Entry.programme_id) == sa.bindparam("programme"), col(AuditRecord.seq).is_(None))
        .order_by(col(Entry.number))
    ),
)


def _same_command() -> Any:
    return sa.and_(
        col(AuditRecord.programme_id) == col(CommandRecord.programme_id),
        col(AuditRecord.seq) == col(CommandRecord.audit_seq),
        col(AuditRecord.key) == col(CommandRecord.key),
        col(AuditRecord.operation) == col(CommandRecord.operation),
    )


def check_audit(context: Context, programme: ProgrammeFound) -> Head | None:
    """Everything that hangs on a programme's audit chain; answers where the chain ends by its head."""
    heads = context.scan.all(HEAD, programme=programme.id)
    chain = f"{programme.code}/{CHAIN}"
    _walk(context, programme, chain, heads[0] if heads else None)
    _anchors(context, programme, chain)
    report = context.report
    for key in context.each("commands", LOST_COMMANDS, programme=programme.id):
        report.found(kinds.COMMAND_WITHOUT_RECORD, "sf_command", key)
    for seq in context.each(CHECK, LOST_RECORDS, programme=programme.id):
        report.found(kinds.RECORD_WITHOUT_COMMAND, TABLE, f"{chain}:{seq}")
    for number in context.each("entries", LOST_ENTRIES, programme=programme.id):
        report.found(kinds.ENTRY_WITHOUT_RECORD, "sf_entry", number)
    return heads[0] if heads else None


def _walk(context: Context, programme: ProgrammeFound, chain: str, head: Head | None) -> None:
    report, walk = context.report, ChainWalk(DOMAIN, OTHERS)
    secrets = _Secrets(context, programme, chain)
    noted, last = _Noted(context, programme, chain), LastNoted()
    clock: datetime | None = None
    for row in context.scan.rows(RECORDS, programme=programme.id):
        report.read(CHECK)
        if isinstance(row, Unreadable):
            report.unreadable(TABLE, row)
            walk.skip(row.key[1])
            last.lose()
            continue
        link = Link(row.seq, row.prev_hash, row.hash, _content(row))
        faults = list(walk.step(link))
        for fault in faults:
            cited = (
                _cited(context.scan, programme.id, row.prev_hash)
                if fault.kind is kinds.CHAIN_UNTIED
                else None
            )
            context.chain_fault(fault, TABLE, chain, cited)
        if clock is not None and row.recorded_at < clock:
            report.found(kinds.CLOCK_BACK, TABLE, f"{chain}:{row.seq}")
        clock = row.recorded_at
        secrets.compare(row)
        if faults:
            last.lose()
        else:
            last.take(row.seq, noted.take(row))
    secrets.finish()
    noted.finish()
    last.compare(context, programme)
    if head is None:
        report.found(kinds.HEAD_MISSING, "sf_audit_head", chain, chain=chain)
        return
    for fault in walk.end(head.seq, head.hash):
        context.chain_fault(fault, TABLE, chain)


def _content(row: AuditRow) -> bytes | None:
    try:
        return record_bytes(row)
    except (ValueError, TypeError, AttributeError):
        return None


def _cited(scan: Scan, programme: Key, hashed: str) -> int | None:
    return scan.first(CITED, programme=programme, hash=hashed) if hashed.isascii() else None


def _anchors(context: Context, programme: ProgrammeFound, chain: str) -> None:
    """Heads noted elsewhere: the one thing that shows a history rewritten as a whole."""
    for anchor in context.anchors:
        if (anchor.programme, anchor.chain) != (programme.code, CHAIN):
            continue
        found = context.scan.first(HASH_AT, programme=programme.id, seq=anchor.seq)
        if found is None and anchor.seq > 0:
            seqs = sa.select(sa.func.max(col(AuditRecord.seq))).where(
                col(AuditRecord.programme_id) == programme.id
            )
            last = context.scan.connection.execute(seqs).scalar() or 0
            facts = {"chain": chain, "seq": last, "noted": anchor.seq}
            context.report.found(kinds.ANCHOR_AHEAD, TABLE, f"{chain}:{anchor.seq}", **facts)
        elif found is not None and found != anchor.hash:
            context.report.found(
                kinds.ANCHOR_DIFFERS, TABLE, f"{chain}:{anchor.seq}", chain=chain, seq=anchor.seq
            )


class _Secrets:
    """The sealed values of records, read beside them: each record's digest covers all of its own, in order."""

    def __init__(self, context: Context, programme: ProgrammeFound, chain: str):
        self._context, self._chain = context, chain
        self._rows: Iterator[SecretFound] = context.each(SECRETS_TABLE, SECRETS, programme=programme.id)
        self._next = next(self._rows, None)

    def compare(self, record: AuditRow) -> None:
        """Hold a record's digest against the values that are there."""
        self._orphans(record.seq)
        blobs: list[bytes] = []
        is_in_order = True
        while self._next is not None and self._next.seq == record.seq:
            is_in_order = is_in_order and self._next.position == len(blobs)
            blobs.append(self._next.content)
            self._next = next(self._rows, None)
        if not is_in_order or secrets_digest(blobs) != record.secrets_digest:
            self._context.report.found(kinds.SECRETS_ALTERED, SECRETS_TABLE, f"{self._chain}:{record.seq}")

    def finish(self) -> None:
        """What is left belongs to no record."""
        self._orphans(None)

    def _orphans(self, before: int | None) -> None:
        while self._next is not None and (before is None or self._next.seq < before):
            which = f"{self._chain}:{self._next.seq}:{self._next.position}"
            self._context.report.found(kinds.SECRET_WITHOUT_RECORD, SECRETS_TABLE, which)
            self._next = next(self._rows, None)


@dataclass(frozen=True, slots=True)
class _Note:
    """A hash that a record notes: of an entry by number, or of a book's row by seq."""

    record: int
    subject: str
    seq: int
    hash: str


ROW_HASHES: Final = Query(
    lambda seq, hashed: (seq, hashed),
    lambda: (
        sa.select(col(Transfer.seq), col(Transfer.hash))
        .select_from(sa.join(Transfer, Book, col(Book.id) == col(Transfer.book_id)))
        .where(
            col(Book.programme_id) == sa.bindparam("programme"),
            col(Book.code) == sa.bindparam("book"),
            col(Transfer.seq).in_(sa.bindparam("seqs", expanding=True)),
        )
    ),
)
ENTRY_HASHES: Final = Query(
    lambda number, hashed: (number, hashed),
    lambda: sa.select(col(Entry.number), col(Entry.hash)).where(
        col(Entry.programme_id) == sa.bindparam("programme"),
        col(Entry.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)


class _Noted:
    """What records note of entries and of the heads of books, held against the books, five hundred at a time.

    Somebody who rewrites a book with all of its hashes would have to rewrite the audit chain as well.
    """

    def __init__(self, context: Context, programme: ProgrammeFound, chain: str):
        self._context, self._programme, self._chain = context, programme, chain
        self._entries: list[_Note] = []
        self._heads: list[_Note] = []

    def take(self, record: AuditRow) -> Sequence[Any]:
        """Gather what a record notes; answers all of its changes."""
        changes: Sequence[Any] = ()
        try:
            changes = json.loads(record.changes)
            noted = [(which, after) for table, which, _, after in changes if table == "sf_entry"]
            heads = {book: text for _, after in noted for book, text in after.get("heads", {}).items()}
            for which, after in noted:
                if "hash" in after:
                    self._entries.append(_Note(record.seq, str(which), 0, str(after["hash"])))
            for book, text in heads.items():
                seq, _, hashed = text.partition(":")
                self._heads.append(_Note(record.seq, book, int(seq), hashed))
        except (ValueError, TypeError, AttributeError):
            self._context.report.found(kinds.ROW_UNREADABLE, TABLE, f"{self._chain}:{record.seq}")
        if len(self._entries) + len(self._heads) >= IN_CHUNK:
            self.finish()
        return changes

    def finish(self) -> None:
        """Compare what was gathered."""
        scan, programme = self._context.scan, self._programme.id
        found: dict[Any, str] = {}
        numbers = [note.subject for note in self._entries]
        for number, hashed in scan.among(ENTRY_HASHES, "numbers", numbers, programme=programme):
            found[number, 0] = hashed
        for book in sorted({note.subject for note in self._heads}):
            seqs = [note.seq for note in self._heads if note.subject == book]
            for seq, hashed in scan.among(ROW_HASHES, "seqs", seqs, programme=programme, book=book):
                found[book, seq] = hashed
        self._tell([*self._entries, *self._heads], found)
        self._entries, self._heads = [], []

    def _tell(self, notes: Sequence[_Note], found: dict[Any, str]) -> None:
        for note in notes:
            if found.get((note.subject, note.seq)) != note.hash:
                subject = f"{note.subject}:{note.seq}" if note.seq else note.subject
                self._context.report.found(
                    kinds.RECORD_DISAGREES, TABLE, f"{self._chain}:{note.record}", subject=subject
                )
