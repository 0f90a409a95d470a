"""Refunds, write-offs, close-outs, life events, and transfers that somebody else pays. Schema only."""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.states import REFUND_DEMAND_STATES
from seedfund.grants.rules.words import EndReason, LifeEventKind, PaymentMethod
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    key,
    minor,
    primary_key,
    reference,
    sealed,
    state,
    text,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_refund_demand_part", ("demand_id", "part_id")),
    *append_only("sf_refund_received", ("id",)),
    *append_only("sf_refund_received_part", ("refund_id", "part_id")),
    *append_only("sf_write_off", ("id",)),
    *append_only("sf_life_event", ("id",)),
    *append_only("sf_external_transfer", ("id",)),
)
DEMAND_REASONS: Final = ("unspent", "rejected", "overdue", "ineligible", "overpaid", "ended")


class RefundDemand(Table, table=True):
    """Money the owner was asked to give back, and by when; its age counts from here."""

    __tablename__ = "sf_refund_demand"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    reason: str = choice("reason", DEMAND_REASONS)
    amount_minor: int = minor("amount_minor", least=1)
    due_on: date = day()
    state: str = state(REFUND_DEMAND_STATES)
    demanded_on: date = day()
    demanded_by: Key = reference("sf_actor.id", index=False)
    resolved_on: date | None = day(nullable=True)
    resolved_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class RefundDemandPart(Table, table=True):
    """What of a demand lies on one part; append-only."""

    __tablename__ = "sf_refund_demand_part"
    demand_id: Key = reference("sf_refund_demand.id", primary=True)
    part_id: Key = reference("sf_grant_part.id", primary=True)
    amount_minor: int = minor("amount_minor", least=1)
    entry_id: Key = key()


class RefundReceived(Table, table=True):
    """Money that came back, with its official receipt; who takes it is not the grant's expert; append-only."""

    __tablename__ = "sf_refund_received"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    method: str = choice("method", PaymentMethod)
    bank_account_id: Key = reference("sf_bank_account.id")
    amount_minor: int = minor("amount_minor", least=1)
    excess_minor: int = minor("excess_minor", least=0)
    received_on: date = day()
    payer: bytes | None = sealed("payer", nullable=True)
    evidence_sha256: str | None = text(64, nullable=True)
    entry_id: Key = key()
    recorded_at: datetime = instant()
    received_by: Key = reference("sf_actor.id", index=False)


class RefundReceivedPart(Table, table=True):
    """What of a refund answered claims, advances and write-offs of one part; append-only."""

    __tablename__ = "sf_refund_received_part"
    refund_id: Key = reference("sf_refund_received.id", primary=True)
    part_id: Key = reference("sf_grant_part.id", primary=True)
    claims_minor: int = minor("claims_minor", least=0)
    advances_minor: int = minor("advances_minor", least=0)
    write_offs_minor: int = minor("write_offs_minor", least=0)


class WriteOff(Table, table=True):
    """Money given up by an authority with a reason and its paper; append-only."""

    __tablename__ = "sf_write_off"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("authorised_by <> requested_by", name="two_hands"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    part_id: Key = reference("sf_grant_part.id", index=False)
    demand_id: Key | None = reference("sf_refund_demand.id", nullable=True)
    amount_minor: int = minor("amount_minor", least=1)
    reason: str = text(400)
    evidence_sha256: str = text(64)
    exception_id: Key = reference("sf_exception.id", index=False)
    entry_id: Key = key()
    written_on: date = day()
    recorded_at: datetime = instant()
    requested_by: Key = reference("sf_actor.id", index=False)
    authorised_by: Key = reference("sf_actor.id", index=False)


class CloseOut(Table, table=True):
    """The closing statement of a grant, once: its outcome and the figures it closed with."""

    __tablename__ = "sf_close_out"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"), sa.UniqueConstraint("grant_id"))
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id", index=False)
    outcome: str = choice("outcome", EndReason)
    figures: str = document()
    closed_on: date = day()
    closed_by: Key = reference("sf_actor.id", index=False)
    paper_id: Key | None = key(nullable=True)
    paper_hash: str | None = text(64, nullable=True)


class LifeEvent(Table, table=True):
    """What happened to the participant that the grant has to answer to; the story is sealed; append-only."""

    __tablename__ = "sf_life_event"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    kind: str = choice("kind", LifeEventKind)
    happened_on: date = day()
    note: bytes | None = sealed("note", nullable=True)
    evidence_sha256: str | None = text(64, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class ExternalTransfer(Table, table=True):
    """A transfer that somebody else pays to a household, outside our books; append-only.

    Days are half-open; an amount of 0 is one that nobody told us.
    """

    __tablename__ = "sf_external_transfer"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("until_day IS NULL OR until_day > from_day", name="until_after_from"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    household_id: Key = reference("sf_household.id")
    payer: str = text(120)
    benefit: str = text(60)
    purpose: str = text(40)
    amount_minor: int = minor("amount_minor", least=0)
    currency: str = text(3)
    months: int = integer("months", least=0)
    from_day: date = day()
    until_day: date | None = day(nullable=True)
    source: str = text(200)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
