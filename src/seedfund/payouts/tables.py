"""Layouts of providers' files, files that went out, files that came in row by row, and what of them waits. Schema only.

Of a file that came in, no cell is kept in the clear: a row is a keyed fingerprint, its payment, its amounts and its
fate. The cells of a row that waits are sealed: under the payee's key where its payment is known, else under the file's.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.grants.rules.deliveries import Outcome
from seedfund.kernel.ids import Key
from seedfund.payouts.rules.states import EXCEPTION_STATES
from seedfund.payouts.rules.words import Direction, Fate, FileForm, Misfit, Told
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
    yes_no,
)


class PayoutLayout(Table, table=True):
    """One version of how a provider's file is written, in force under two persons; append-only."""

    __tablename__ = "sf_payout_layout"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code", "version"),
        sa.CheckConstraint("approved_by <> proposed_by", name="maker_is_not_checker"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(40)
    version: int = integer("version", least=1)
    direction: str = choice("direction", Direction)
    form: str = choice("form", FileForm)
    terms: str = document()
    terms_hash: str = text(64)
    proposal_id: Key = reference("sf_proposal.id", index=False)
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_by: Key = reference("sf_actor.id", index=False)
    approved_on: date = day()


class PayoutFile(Table, table=True):
    """A payment list as it was written for a provider: who got it, how many, how much, its SHA-256; append-only."""

    __tablename__ = "sf_payout_file"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    list_id: Key = reference("sf_payment_list.id")
    layout_id: Key = reference("sf_payout_layout.id", index=False)
    count: int = integer("count", least=1)
    total_minor: int = minor("total_minor", least=1)
    currency: str = text(3)
    sha256: str = text(64)
    size: int = integer("size", least=1)
    is_protected: bool = yes_no()
    exported_on: date = day()
    execute_on: date | None = day(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class PayoutIntake(Table, table=True):
    """A provider's file that came in, every row counted: read = accepted + refused + unchanged; append-only."""

    __tablename__ = "sf_payout_intake"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("read_rows = accepted + refused + unchanged", name="every_row_counted"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    layout_id: Key = reference("sf_payout_layout.id", index=False)
    list_id: Key | None = reference("sf_payment_list.id", nullable=True, index=False)
    sha256: str = text(64)
    read_rows: int = integer("read_rows")
    accepted: int = integer("accepted")
    refused: int = integer("refused")
    unchanged: int = integer("unchanged")
    taken_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class PayoutRow(Table, table=True):
    """A row of a file that came in: a keyed fingerprint of its cells, its payment and amounts, its fate; append-only.

    `occurrence` counts rows of one file that are alike to the letter.
    """

    __tablename__ = "sf_payout_row"
    __table_args__ = (
        sa.Index("ix_sf_payout_row_fingerprint", "programme_id", "fingerprint"),
        sa.CheckConstraint("fate <> 'posted' OR disbursement_id IS NOT NULL", name="posted_has_payment"),
    )
    intake_id: Key = reference("sf_payout_intake.id", primary=True)
    row_number: int = integer("row_number", least=1, primary=True)
    programme_id: Key = reference("sf_programme.id", index=False)
    fingerprint: str = text(64)
    occurrence: int = integer("occurrence", least=1)
    disbursement_id: Key | None = reference("sf_disbursement.id", nullable=True)
    fate: str = choice("fate", Fate)
    outcome: str | None = choice("outcome", (*Outcome, "bounced"), nullable=True)
    amount_minor: int | None = minor("amount_minor", nullable=True, least=0)
    fee_minor: int = minor("fee_minor", least=0)
    is_irregular: bool = yes_no()


class PayoutException(Table, table=True):
    """A row that waits for a person: why, with its cells sealed; only its state changes.

    A row is the same where it says the same in the same file: `sha256` is the file's.
    """

    __tablename__ = "sf_payout_exception"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint(
            *("programme_id", "fingerprint", "occurrence", "sha256"),
            name="uq_sf_payout_exception_row_of_file",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    intake_id: Key = reference("sf_payout_intake.id")
    row_number: int = integer("row_number", least=1)
    fingerprint: str = text(64)
    occurrence: int = integer("occurrence", least=1)
    sha256: str = text(64)
    misfit: str = choice("misfit", Misfit)
    facts: str = document()
    disbursement_id: Key | None = reference("sf_disbursement.id", nullable=True)
    subject_id: Key = key()
    cells: bytes = sealed("cells")
    state: str = state(EXCEPTION_STATES)
    raised_on: date = day()
    raised_by: Key = reference("sf_actor.id", index=False)


class PayoutDecision(Table, table=True):
    """How an exception ended: resolved by a command under its key, or dismissed with a reason; append-only.

    Of one that was answered: what it was answered with, for which payment, and the fee that was charged by it.
    """

    __tablename__ = "sf_payout_decision"
    __table_args__ = (
        sa.CheckConstraint("(outcome = 'resolved') = (command_key IS NOT NULL)", name="resolved_by_command"),
        sa.CheckConstraint(
            "outcome <> 'dismissed' OR released_by IS NULL OR decided_by <> released_by",
            name="payer_does_not_dismiss",
        ),
        sa.CheckConstraint("fee_minor IS NULL OR disbursement_id IS NOT NULL", name="fee_has_payment"),
    )
    exception_id: Key = reference("sf_payout_exception.id", primary=True)
    outcome: str = choice("outcome", ("resolved", "dismissed"))
    command_key: str | None = text(200, nullable=True)
    reason: str = text(300)
    disbursement_id: Key | None = reference("sf_disbursement.id", nullable=True)
    told: str | None = choice("told", Told, nullable=True)
    fee_minor: int | None = minor("fee_minor", nullable=True, least=0)
    released_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    decided_on: date = day()
    recorded_at: datetime = instant()
    decided_by: Key = reference("sf_actor.id", index=False)
