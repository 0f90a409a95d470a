"""Grants, their parts and their history. Schema only: keys, CHECKs, no behaviour.

One grant has one owner; `participant_id` is the person who stands for it (the owner, the head of the household, the
representative of a group), and under whose key the grant's notes are sealed.
"""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import BasisKind, EndReason, OwnerKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    key,
    minor,
    primary_key,
    reference,
    sealed,
    serial_of,
    state,
    text,
    unique_where,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (*append_only("sf_grant_step", ("grant_id", "position")),)


class Grant(Table, table=True):
    """What was awarded to one owner, on which basis, and how it stands; the population group is frozen."""

    __tablename__ = "sf_grant"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("(end_reason IS NULL) = (ended_on IS NULL)", name="end_is_complete"),
        sa.CheckConstraint("owner_kind <> 'household' OR household_id IS NOT NULL", name="household_owns"),
        unique_where(
            "uq_sf_grant_basis_id",
            "basis_id",
            where="state <> 'declined'",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    benefit_type_id: Key = reference("sf_benefit_type.id")
    benefit: str = text(40)
    purpose: str = text(40)
    owner_kind: str = choice("owner_kind", OwnerKind)
    owner_name: str = text(120)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    population_group: str = text(40)
    basis_kind: str = choice("basis_kind", BasisKind)
    basis_ref: str = text(60)
    basis_id: Key | None = key(nullable=True)
    basis_hash: str = text(64)
    plan_version_id: Key | None = key(nullable=True, index=True)
    currency: str = text(3)
    awarded_minor: int = minor("awarded_minor", least=1)
    agreed_minor: int = minor("agreed_minor", least=0)
    awarded_on: date = day()
    awarded_by: Key = reference("sf_actor.id", index=False)
    state: str = state(GRANT_STATES)
    schedule_version: int = integer("schedule_version")
    end_reason: str | None = choice("end_reason", EndReason, nullable=True)
    ended_on: date | None = day(nullable=True)


class GrantPart(Table, table=True):
    """What of a grant lies on one budget line of one fund: the unit its accounts are kept by."""

    __tablename__ = "sf_grant_part"
    __table_args__ = (
        sa.UniqueConstraint("grant_id", "line_id"),
        sa.UniqueConstraint("grant_id", "position"),
    )
    id: Key = primary_key()
    grant_id: Key = reference("sf_grant.id", index=False)
    position: int = integer("position", least=1)
    fund_id: Key = reference("sf_fund.id")
    line_id: Key = reference("sf_budget_line.id")
    book_id: int = serial_of("book_id", "sf_book.id")
    awarded_minor: int = minor("awarded_minor", least=0)


class GrantStep(Table, table=True):
    """One step of a grant's life: from where to where, on which day, by whom, why; append-only."""

    __tablename__ = "sf_grant_step"
    grant_id: Key = reference("sf_grant.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", GRANT_STATES.states, nullable=True)
    to_state: str = choice("to_state", GRANT_STATES.states)
    reason: str = text(60)
    note: bytes | None = sealed("note", nullable=True)
    occurred_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
