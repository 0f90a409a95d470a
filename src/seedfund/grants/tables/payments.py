"""Payees, payment lists, payments and what each took from which part. Schema only."""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.states import DISBURSEMENT_STATES, PAYEE_STATES, PAYMENT_LIST_STATES
from seedfund.grants.rules.words import PayeeKind, PaymentMethod
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
    yes_no,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_disbursement_step", ("disbursement_id", "position")),
)


class Payee(Table, table=True):
    """Who is paid for a grant and how: proposed by one hand, approved by another; not the owner only with a paper."""

    __tablename__ = "sf_payee"
    __table_args__ = (
        sa.UniqueConstraint("grant_id", "position"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="maker_is_not_checker"),
        sa.CheckConstraint("state <> 'approved' OR approved_by IS NOT NULL", name="approved_is_complete"),
        sa.CheckConstraint("is_owner OR document_sha256 IS NOT NULL", name="other_payee_has_document"),
        sa.CheckConstraint("(kind = 'participant') = (participant_id IS NOT NULL)", name="participant_payee"),
        sa.CheckConstraint("kind <> 'supplier' OR supplier <> ''", name="supplier_payee"),
    )
    id: Key = primary_key()
    grant_id: Key = reference("sf_grant.id", index=False)
    position: int = integer("position", least=1)
    kind: str = choice("kind", PayeeKind)
    participant_id: Key | None = reference("sf_participant.id", nullable=True)
    supplier: str = text(120)
    supplier_tax_id: bytes | None = sealed("supplier_tax_id", nullable=True)
    payout_account_id: Key | None = reference("sf_payout_account.id", nullable=True)
    account_digest: str | None = text(64, nullable=True)
    method: str = choice("method", PaymentMethod)
    is_owner: bool = yes_no()
    document_sha256: str | None = text(64, nullable=True)
    state: str = state(PAYEE_STATES)
    proposed_on: date = day()
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_on: date | None = day(nullable=True)
    approved_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class PaymentList(Table, table=True):
    """Payments that are prepared, approved and released together; an approval holds for one content hash only."""

    __tablename__ = "sf_payment_list"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("released_by IS NULL OR released_by <> prepared_by", name="preparer_does_not_pay"),
        sa.CheckConstraint("(released_by IS NULL) = (released_on IS NULL)", name="release_is_complete"),
        sa.CheckConstraint(
            "state NOT IN ('in_approval', 'approved', 'released', 'finished') OR content_hash IS NOT NULL",
            name="sent_is_hashed",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    currency: str = text(3)
    purpose: str = text(40)
    count: int = integer("count", least=0)
    total_minor: int = minor("total_minor", least=0)
    content_hash: str | None = text(64, nullable=True)
    request_id: Key | None = key(nullable=True)
    state: str = state(PAYMENT_LIST_STATES)
    prepared_on: date = day()
    prepared_by: Key = reference("sf_actor.id", index=False)
    released_on: date | None = day(nullable=True)
    released_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    finished_on: date | None = day(nullable=True)


class Disbursement(Table, table=True):
    """A payment of a tranche to a payee; a retry names the payment it stands for, once."""

    __tablename__ = "sf_disbursement"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("retry_of"),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> released_by", name="payer_does_not_confirm"
        ),
        sa.CheckConstraint("delivered_minor <= amount_minor", name="delivered_within_amount"),
        sa.CheckConstraint(
            "state NOT IN ('delivered', 'part', 'part_open', 'bounced') OR delivered_on IS NOT NULL",
            name="delivered_is_dated",
        ),
        sa.CheckConstraint(
            "state <> 'delivered' OR delivered_minor = amount_minor", name="delivered_in_full"
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    list_id: Key = reference("sf_payment_list.id")
    grant_id: Key = reference("sf_grant.id")
    tranche_id: Key = reference("sf_tranche.id")
    tranche_position: int = integer("tranche_position", least=1)
    payee_id: Key = reference("sf_payee.id")
    method: str = choice("method", PaymentMethod)
    bank_account_id: Key = reference("sf_bank_account.id")
    amount_minor: int = minor("amount_minor", least=1)
    delivered_minor: int = minor("delivered_minor", least=0)
    state: str = state(DISBURSEMENT_STATES)
    retry_of: Key | None = reference("sf_disbursement.id", nullable=True, index=False)
    details: bytes | None = sealed("details", nullable=True)
    provider_ref: str = text(80)
    expires_on: date | None = day(nullable=True)
    released_on: date | None = day(nullable=True)
    released_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    delivered_on: date | None = day(nullable=True)
    confirmed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    is_irregular: bool = yes_no()


class DisbursementPart(Table, table=True):
    """What a payment takes from one part: the amount held, the row that holds it, and what of it was delivered."""

    __tablename__ = "sf_disbursement_part"
    __table_args__ = (
        sa.UniqueConstraint("book_id", "hold_seq"),
        sa.CheckConstraint("delivered_minor <= amount_minor", name="delivered_within_amount"),
    )
    disbursement_id: Key = reference("sf_disbursement.id", primary=True)
    part_id: Key = reference("sf_grant_part.id", primary=True)
    book_id: int = serial_of("book_id", "sf_book.id")
    amount_minor: int = minor("amount_minor", least=1)
    delivered_minor: int = minor("delivered_minor", least=0)
    hold_seq: int | None = integer("hold_seq", nullable=True, least=1)
    entry_id: Key | None = key(nullable=True)


class DisbursementStep(Table, table=True):
    """One step of a payment: from where to where, with what amount, by whom, why, on which paper; append-only."""

    __tablename__ = "sf_disbursement_step"
    disbursement_id: Key = reference("sf_disbursement.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", DISBURSEMENT_STATES.states, nullable=True)
    to_state: str = choice("to_state", DISBURSEMENT_STATES.states)
    amount_minor: int = minor("amount_minor", least=0)
    reason: str = text(200)
    evidence_sha256: str | None = text(64, nullable=True)
    entry_id: Key | None = key(nullable=True)
    occurred_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
