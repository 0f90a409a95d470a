"""Programmes, actors, commands, the audit chain, counters and data keys: what every area stands on. Schema only."""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Assurance, Role
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
    yes_no,
)


class Programme(Table, table=True):
    """A programme: the root of all rows, with its zone, language and the frame of its policy."""

    __tablename__ = "sf_programme"
    __table_args__ = (sa.UniqueConstraint("code"),)
    id: Key = primary_key()
    code: str = text(20)
    name: str = text(200)
    organisation: str = text(200)
    zone: str = text(64)
    language: str = text(5)
    money_assurance: str = choice("money_assurance", Assurance)
    backdate_days_max: int = integer("backdate_days_max")
    founded_at: datetime = instant()


class Actor(Table, table=True):
    """A person of the team who may act in a programme, known by a handle; never a participant."""

    __tablename__ = "sf_actor"
    __table_args__ = (sa.UniqueConstraint("programme_id", "handle"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    handle: str = text(60)
    display_name: str = text(120)
    active: bool = yes_no()
    registered_at: datetime = instant()


class ActorRole(Table, table=True):
    """A role an actor holds in its programme, from a day on and, when it was taken away, until a day (excluded)."""

    __tablename__ = "sf_actor_role"
    id: Key = primary_key()
    actor_id: Key = reference("sf_actor.id")
    role: str = choice("role", Role)
    from_day: date = day()
    until_day: date | None = day(nullable=True)
    granted_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class ActorPin(Table, table=True):
    """The salted verifier of an actor's PIN; the newest row counts, older ones stay."""

    __tablename__ = "sf_actor_pin"
    id: Key = primary_key()
    actor_id: Key = reference("sf_actor.id")
    verifier: str = text(120)
    set_at: datetime = instant()


class CommandRecord(Table, table=True):
    """A command that was carried out: its key, what it was, a keyed fingerprint of its content, and its answer."""

    __tablename__ = "sf_command"
    programme_id: Key = reference("sf_programme.id", primary=True)
    key: str = text(200, primary=True)
    operation: str = text(80)
    fingerprint: str = text(64)
    audit_seq: int = integer("audit_seq", least=1)
    result: str = document()


class AuditRecord(Table, table=True):
    """One link of a programme's audit chain: who, when, which command, what changed; append-only, gapless."""

    __tablename__ = "sf_audit"
    programme_id: Key = reference("sf_programme.id", primary=True)
    seq: int = integer("seq", least=1, primary=True)
    recorded_at: datetime = instant()
    occurred_on: date = day()
    actor_id: Key = reference("sf_actor.id")
    assurance: str = choice("assurance", Assurance)
    operation: str = text(80)
    key: str = text(200)
    payload: str = document()
    changes: str = document()
    secrets_digest: str = text(64)
    prev_hash: str = text(64)
    hash: str = text(64)


class AuditSecret(Table, table=True):
    """A sealed value of a command's payload, under the data key of the person it names."""

    __tablename__ = "sf_audit_secret"
    __table_args__ = (
        sa.ForeignKeyConstraint(["programme_id", "seq"], ["sf_audit.programme_id", "sf_audit.seq"]),
    )
    programme_id: Key = reference("sf_programme.id", primary=True)
    seq: int = integer("seq", least=1, primary=True)
    position: int = integer("position", primary=True)
    subject_id: Key = key(index=True)
    content: bytes = sealed("content")


class AuditHead(Table, table=True):
    """Where a programme's audit chain ends; locked last by every command."""

    __tablename__ = "sf_audit_head"
    programme_id: Key = reference("sf_programme.id", primary=True)
    seq: int = integer("seq")
    hash: str = text(64)


class Counter(Table, table=True):
    """The last number given in a series of a programme and year; numbers are given at issue and have no gaps."""

    __tablename__ = "sf_counter"
    programme_id: Key = reference("sf_programme.id", primary=True)
    series: str = text(30, primary=True)
    year: int = integer("year", primary=True)
    last: int = integer("last")


class DataKey(Table, table=True):
    """A subject's data key, wrapped by the key ring. Destroying it makes all that was sealed under it unreadable."""

    __tablename__ = "sf_data_key"
    subject_id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    ring_key: str = text(40)
    wrapped: bytes = sealed("wrapped")


class RefusalRecord(Table, table=True):
    """A decision that was refused: who tried what, and the codes; kept in a transaction of its own."""

    __tablename__ = "sf_refusal"
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    recorded_at: datetime = instant()
    actor: str = text(60)
    operation: str = text(80)
    codes: str = document()


class WriteLock(Table, table=True):
    """One row nobody changes: touching it makes SQLite take its write lock."""

    __tablename__ = "sf_lock"
    n: int = integer("n", primary=True)
