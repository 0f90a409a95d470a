"""Tranche schedules, their conditions, the evidence those are judged by, and waivers. Schema only.

A schedule is written once; an adenda writes another version, and the grant says which one is in force. A tranche is the
same tranche in every version by its position.
"""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.conditions import CODES
from seedfund.grants.rules.words import Delivery, EvidenceKind, SubjectKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    text,
    yes_no,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_tranche_schedule", ("grant_id", "version")),
    *append_only("sf_tranche", ("id",)),
    *append_only("sf_tranche_condition", ("tranche_id", "position")),
    *append_only("sf_evidence", ("id",)),
    *append_only("sf_condition_waiver", ("tranche_id", "position")),
)


class TrancheSchedule(Table, table=True):
    """One version of a grant's schedule, hashed as a whole; append-only."""

    __tablename__ = "sf_tranche_schedule"
    grant_id: Key = reference("sf_grant.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    content: str = document()
    content_hash: str = text(64)
    amount_minor: int = minor("amount_minor", least=1)
    written_at: datetime = instant()


class Tranche(Table, table=True):
    """A planned part of a grant, in one version of its schedule; append-only."""

    __tablename__ = "sf_tranche"
    __table_args__ = (
        sa.UniqueConstraint("grant_id", "schedule_version", "position"),
        sa.ForeignKeyConstraint(
            ["grant_id", "schedule_version"],
            ["sf_tranche_schedule.grant_id", "sf_tranche_schedule.version"],
        ),
    )
    id: Key = primary_key()
    grant_id: Key = reference("sf_grant.id", index=False)
    schedule_version: int = integer("schedule_version", least=1)
    position: int = integer("position", least=1)
    amount_minor: int = minor("amount_minor", least=1)
    due_on: date | None = day(nullable=True)
    delivery: str = choice("delivery", Delivery)


class TrancheCondition(Table, table=True):
    """A condition of a tranche as data: its code and its whole plain form; append-only."""

    __tablename__ = "sf_tranche_condition"
    tranche_id: Key = reference("sf_tranche.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    code: str = choice("code", CODES)
    params: str = document()


class Evidence(Table, table=True):
    """Something observed about a household, a participant or a grant; always taken in; append-only.

    `value` is in the unit of its kind; `is_irregular` marks what cannot be as it is told; it counts for nothing.
    """

    __tablename__ = "sf_evidence"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint(
            "(subject_kind = 'household' AND household_id IS NOT NULL"
            " AND participant_id IS NULL AND grant_id IS NULL)"
            " OR (subject_kind = 'participant' AND participant_id IS NOT NULL"
            " AND household_id IS NULL AND grant_id IS NULL)"
            " OR (subject_kind = 'grant' AND grant_id IS NOT NULL"
            " AND household_id IS NULL AND participant_id IS NULL)",
            name="one_subject",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    subject_kind: str = choice("subject_kind", SubjectKind)
    household_id: Key | None = reference("sf_household.id", nullable=True)
    participant_id: Key | None = reference("sf_participant.id", nullable=True)
    grant_id: Key | None = reference("sf_grant.id", nullable=True)
    kind: str = choice("kind", EvidenceKind)
    topic: str = text(60)
    value: int | None = integer("value", nullable=True, least=None)
    observed_on: date = day()
    source: str = text(200)
    file_sha256: str | None = text(64, nullable=True)
    is_irregular: bool = yes_no()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class ConditionWaiver(Table, table=True):
    """A condition let go by an authorised person; its reason stands on the exception; append-only."""

    __tablename__ = "sf_condition_waiver"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["tranche_id", "position"],
            ["sf_tranche_condition.tranche_id", "sf_tranche_condition.position"],
        ),
    )
    tranche_id: Key = reference("sf_tranche.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    exception_id: Key = reference("sf_exception.id", index=False)
    reason: str = text(400)
    waived_on: date = day()
    recorded_at: datetime = instant()
    authorised_by: Key = reference("sf_actor.id", index=False)
