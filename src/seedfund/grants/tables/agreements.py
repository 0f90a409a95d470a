"""Agreements, what they commit in each part, and who signed them how. Schema only."""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.states import AGREEMENT_STATES
from seedfund.grants.rules.words import AgreementKind, Finger, Party, SignMethod
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
    state,
    text,
    unique_where,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_agreement_part", ("agreement_id", "part_id")),
    *append_only("sf_agreement_signature", ("id",)),
    *append_only("sf_signature_witness", ("signature_id", "position")),
)


class Agreement(Table, table=True):
    """A convenio, carta de compromiso or adenda, bound by hash to the plan version and the schedule.

    Its number is given when it is issued, never to a draft. A paper that was signed elsewhere has a hash
    and no row on the register.
    """

    __tablename__ = "sf_agreement"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("id", "drafted_by"),
        sa.ForeignKeyConstraint(
            ["grant_id", "schedule_version"],
            ["sf_tranche_schedule.grant_id", "sf_tranche_schedule.version"],
        ),
        sa.CheckConstraint("paper_id IS NULL OR paper_hash IS NOT NULL", name="paper_has_its_hash"),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_on IS NOT NULL) AND (signed_on IS NULL) = (signed_by IS NULL)",
            name="signed_is_complete",
        ),
        sa.CheckConstraint("state <> 'signed' OR paper_hash IS NOT NULL", name="signed_has_paper"),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'void' OR number IS NOT NULL", name="issued_has_number"
        ),
        sa.CheckConstraint("(kind = 'adenda') = (amends_id IS NOT NULL)", name="adenda_amends"),
        unique_where(
            "uq_sf_agreement_open",
            "grant_id",
            where="state IN ('draft', 'issued')",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    grant_id: Key = reference("sf_grant.id")
    number: str | None = text(30, nullable=True)
    kind: str = choice("kind", AgreementKind)
    amends_id: Key | None = reference("sf_agreement.id", nullable=True)
    language: str = text(10)
    plan_hash: str = text(64)
    schedule_version: int = integer("schedule_version", least=1)
    schedule_hash: str = text(64)
    before_minor: int = minor("before_minor", least=0)
    amount_minor: int = minor("amount_minor", least=1)
    basis_ref: str = text(60)
    basis_hash: str = text(64)
    state: str = state(AGREEMENT_STATES)
    paper_id: Key | None = key(nullable=True)
    paper_hash: str | None = text(64, nullable=True)
    drafted_on: date = day()
    drafted_by: Key = reference("sf_actor.id", index=False)
    issued_on: date | None = day(nullable=True)
    issued_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    signed_on: date | None = day(nullable=True)
    signed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    voided_on: date | None = day(nullable=True)
    voided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class AgreementPart(Table, table=True):
    """What an agreement commits in one part of the grant once it is signed (an adenda: the new whole); append-only."""

    __tablename__ = "sf_agreement_part"
    agreement_id: Key = reference("sf_agreement.id", primary=True)
    part_id: Key = reference("sf_grant_part.id", primary=True)
    amount_minor: int = minor("amount_minor", least=0)


class AgreementSignature(Table, table=True):
    """One party's signature: how, on which paper or file; the names around it are sealed; append-only.

    `people` holds signatory at request, who read aloud, interpreter and witnesses, sealed under the participant's key.
    """

    __tablename__ = "sf_agreement_signature"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "party"),
        sa.ForeignKeyConstraint(
            ["agreement_id", "drafted_by"], ["sf_agreement.id", "sf_agreement.drafted_by"]
        ),
        sa.CheckConstraint("actor_id IS NULL OR actor_id <> drafted_by", name="drafter_does_not_sign"),
        sa.CheckConstraint(
            "(party = 'organisation') = (actor_id IS NOT NULL)", name="organisation_has_actor"
        ),
        sa.CheckConstraint("(method = 'thumbprint') = (finger IS NOT NULL)", name="thumbprint_has_finger"),
        sa.CheckConstraint(
            "method NOT IN ('electronic', 'scanned', 'outside_paper') OR evidence_sha256 IS NOT NULL",
            name="file_is_there",
        ),
    )
    id: Key = primary_key()
    agreement_id: Key = reference("sf_agreement.id", index=False)
    drafted_by: Key = key()
    party: str = choice("party", Party)
    method: str = choice("method", SignMethod)
    finger: str | None = choice("finger", Finger, nullable=True)
    actor_id: Key | None = reference("sf_actor.id", nullable=True, index=False)
    people: bytes | None = sealed("people", nullable=True)
    place: str = text(120)
    evidence_sha256: str | None = text(64, nullable=True)
    signed_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SignatureWitness(Table, table=True):
    """A witness of a signature; one of the team is named by actor, so that the payer can be told apart; append-only."""

    __tablename__ = "sf_signature_witness"
    signature_id: Key = reference("sf_agreement_signature.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    actor_id: Key | None = reference("sf_actor.id", nullable=True)
