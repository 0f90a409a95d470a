"""The command record: one key, one effect. Reads and writes only; the template decides what a repeat means."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.store.statements import Query, Write
from seedfund.store.tables import AuditRecord, CommandRecord
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class StoredCommand:
    """What was done under a key."""

    operation: str
    fingerprint: str
    result: Any


def parse_document(text: str) -> Any:
    """Canonical JSON text to plain data."""
    return json.loads(text)


def _stored(operation: str, fingerprint: str, result: str) -> StoredCommand:
    return StoredCommand(operation, fingerprint, parse_document(result))


_COMMAND: Final = Query(
    _stored,
    lambda: sa.select(
        col(CommandRecord.operation), col(CommandRecord.fingerprint), col(CommandRecord.result)
    ).where(
        col(CommandRecord.programme_id) == sa.bindparam("programme"),
        col(CommandRecord.key) == sa.bindparam("key"),
    ),
)
_CHANGES: Final = Query(
    parse_document,
    lambda: (
        sa.select(col(AuditRecord.changes))
        .join(
            CommandRecord,
            sa.and_(
                col(CommandRecord.programme_id) == col(AuditRecord.programme_id),
                col(CommandRecord.audit_seq) == col(AuditRecord.seq),
            ),
        )
        .where(
            col(CommandRecord.programme_id) == sa.bindparam("programme"),
            col(CommandRecord.key) == sa.bindparam("key"),
        )
    ),
)
_LOCK: Final = Write(
    lambda: sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))").bindparams(
        sa.bindparam("name", type_=sa.String)
    )
)


def lock_key(unit: Unit, key: str) -> None:
    """Let nobody else use the key until the transaction ends; SQLite's write lock already does."""
    if unit.dialect.name == "postgresql":
        unit.execute(_LOCK, name=canonical_text([unit.programme.id, key]))


def lock_names(unit: Unit, kind: str, names: Iterable[str]) -> None:
    """Let nobody else look for these names of a kind until the transaction ends, so that who comes second sees them."""
    if unit.dialect.name == "postgresql":
        for name in sorted(set(names)):
            unit.execute(_LOCK, name=canonical_text([unit.programme.id, kind, name]))


def read_command(unit: Unit, key: str) -> StoredCommand | None:
    """What was done under the key before."""
    return unit.first(_COMMAND, programme=unit.programme.id, key=key)


def rows_changed(unit: Unit, key: str, table: str) -> frozenset[str]:
    """Which rows of a table the command of that key changed, by the audit record; of no command, none."""
    changes = unit.first(_CHANGES, programme=unit.programme.id, key=key) or []
    return frozenset(which for changed, which, before, _ in changes if changed == table and before)


def write_command(
    unit: Unit, key: str, *, operation: str, fingerprint: str, audit_seq: int, result: str
) -> None:
    """Keep the command's answer for a repeat."""
    unit.insert(
        CommandRecord,
        programme_id=unit.programme.id,
        key=key,
        operation=operation,
        fingerprint=fingerprint,
        audit_seq=audit_seq,
        result=result,
    )
