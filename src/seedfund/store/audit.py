"""The audit chain of a programme: one record a command, gapless, each hash over the one before. Must not know commands.

The hash covers every column of the record and the digest of its sealed values' ciphertexts, so a person can be erased
(the data key destroyed) and the chain still verifies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.codec import encode, instant_text
from seedfund.kernel.errors import Corrupt, NotAllowed, insist
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Write
from seedfund.store.tables import Actor, ActorRole, AuditHead, AuditRecord, AuditSecret
from seedfund.store.triggers import Trigger, append_only
from seedfund.store.unit import ActorFrame, Unit
from seedfund.store.work import Work

DOMAIN: Final = "seedfund.audit.v1"
GENESIS: Final = "0" * 64

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_audit", ("programme_id", "seq")),
    *append_only("sf_audit_secret", ("programme_id", "seq", "position")),
    *append_only("sf_command", ("programme_id", "key")),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One record as stored, in the order of the hash."""

    programme_id: Key
    seq: int
    recorded_at: datetime
    occurred_on: date
    actor_id: Key
    assurance: str
    operation: str
    key: str
    payload: str
    changes: str
    secrets_digest: str
    prev_hash: str
    hash: str


def record_bytes(row: AuditRow) -> bytes:
    """What a record's hash covers beside the hash before it: every column, in canonical form."""
    fields = [
        row.programme_id,
        row.seq,
        instant_text(row.recorded_at),
        row.occurred_on.isoformat(),
        row.actor_id,
        row.assurance,
        row.operation,
        row.key,
        row.payload,
        row.changes,
        row.secrets_digest,
    ]
    return canonical_bytes(fields)


def record_hash(row: AuditRow) -> str:
    """The hash of a record from its columns and the hash before it."""
    return digest(DOMAIN, row.prev_hash.encode("ascii"), record_bytes(row))


HEAD: Final = Query(
    Head,
    lambda: (
        sa.select(col(AuditHead.seq), col(AuditHead.hash))
        .where(col(AuditHead.programme_id) == sa.bindparam("programme"))
        .with_for_update(key_share=True)
    ),
)
_MOVE_HEAD: Final = Write(
    lambda: (
        sa.update(AuditHead)
        .where(col(AuditHead.programme_id) == sa.bindparam("programme"))
        .values(seq=sa.bindparam("new_seq"), hash=sa.bindparam("new_hash"))
    )
)
ACTOR_ROLES: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(Actor.id), col(Actor.handle), col(Actor.display_name), col(Actor.active), col(ActorRole.role)
        )
        .select_from(sa.outerjoin(Actor, ActorRole, _role_holds()))
        .where(
            col(Actor.programme_id) == sa.bindparam("programme"), col(Actor.handle) == sa.bindparam("handle")
        )
    ),
)


def _role_holds() -> Any:
    day = sa.bindparam("on_day", type_=sa.Date)
    ended = col(ActorRole.until_day)
    return sa.and_(
        col(ActorRole.actor_id) == col(Actor.id),
        col(ActorRole.from_day) <= day,
        sa.or_(ended.is_(None), ended > day),
    )


def fold_handle(handle: str) -> str:
    """A handle as it is compared: without case or outer space, so that nobody is two actors."""
    return " ".join(handle.casefold().split())


def load_actor(unit: Unit, work: Work) -> ActorFrame:
    """Who acts, with the roles held today.

    Raises:
        NotAllowed: there is no such active actor in the programme.
    """
    rows = unit.all(
        ACTOR_ROLES, programme=unit.programme.id, handle=fold_handle(work.actor), on_day=work.today()
    )
    if not rows or not rows[0][3]:
        raise NotAllowed(
            f"{work.actor!r} is not an active actor of {unit.programme.code}; ask its administrator."
        )
    roles = frozenset(Role(row[4]) for row in rows if row[4] is not None)
    return ActorFrame(rows[0][0], rows[0][1], rows[0][2], roles, work.assurance)


def append_audit(
    unit: Unit, operation: str, key: str, *, payload: Mapping[str, Any], secrets: Sequence[Secret]
) -> int:
    """Chain one record and its sealed values; returns its seq. Locks the chain's head, so it comes last."""
    sealed = _sealed(unit, key, secrets)
    head = unit.one(HEAD, programme=unit.programme.id)
    changes = [
        [change.table, change.which, _plain(change.before), _plain(change.after)] for change in unit.changes
    ]
    row = AuditRow(
        programme_id=unit.programme.id,
        seq=head.seq + 1,
        recorded_at=unit.now,
        occurred_on=unit.occurred_on,
        actor_id=unit.actor.id,
        assurance=unit.actor.assurance.value,
        operation=operation,
        key=key,
        payload=canonical_text(payload),
        changes=canonical_text(changes),
        secrets_digest=secrets_digest([blob for _, blob in sealed]),
        prev_hash=head.hash,
        hash="",
    )
    chained = record_hash(row)
    unit.insert(
        AuditRecord,
        **{name: getattr(row, name) for name in AuditRow.__slots__ if name != "hash"},
        hash=chained,
    )
    unit.insert_many(
        AuditSecret,
        [
            {
                "programme_id": unit.programme.id,
                "seq": row.seq,
                "position": position,
                "subject_id": subject,
                "content": blob,
            }
            for position, (subject, blob) in enumerate(sealed)
        ],
    )
    if unit.execute(_MOVE_HEAD, programme=unit.programme.id, new_seq=row.seq, new_hash=chained) != 1:
        raise Corrupt("the programme has no audit head; run: seedfund audit verify")
    return row.seq


def secrets_digest(blobs: Sequence[bytes]) -> str:
    """The digest of a record's ciphertexts, in order."""
    return digest("seedfund.audit.secrets.v1", *blobs)


def secret_place(key: str, position: int) -> Place:
    """Where a command's sealed value stands: its command's key and its position."""
    return Place("sf_audit_secret", key, str(position))


def _sealed(unit: Unit, key: str, secrets: Sequence[Secret]) -> list[tuple[Key, bytes]]:
    result = []
    for position, secret in enumerate(secrets):
        subject = unit.owners.get(id(secret))
        if subject is None:
            raise AssertionError("a secret of the command has no owner; call unit.owns(...)")
        result.append((subject, unit.vault(subject).seal(secret, secret_place(key, position))))
    return result


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    none: list[Secret] = []
    plain = {name: encode(value, none) for name, value in values.items()}
    insist(not none, "a secret was noted as a change; note its sheet's version instead")
    return plain
