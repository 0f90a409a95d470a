"""Handover acts and receipts: what shows that the money became what the plan says. Schema only.

A receipt is a fact and always taken in; who reviews it is never who recorded it. Suppliers, tax ids and document
numbers are sealed; keyed digests tell that the same receipt came twice.
"""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.states import JUSTIFICATION_LINE_STATES
from seedfund.grants.rules.words import DocumentKind
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
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_handover_item", ("act_id", "position")),
    *append_only("sf_justification", ("id",)),
    *append_only("sf_receipt_mark", ("line_id", "digest")),
    *append_only("sf_evidence_use", ("id",)),
)


class HandoverAct(Table, table=True):
    """An acta de entrega-recepción: goods handed to the participant, with its paper; one act a delivery."""

    __tablename__ = "sf_handover_act"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("delivered_by <> witnessed_by", name="deliverer_is_no_witness"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    disbursement_id: Key | None = reference("sf_disbursement.id", nullable=True)
    receiver_id: Key = reference("sf_participant.id")
    delivered_by: Key = reference("sf_actor.id", index=False)
    witnessed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    people: bytes | None = sealed("people", nullable=True)
    place: str = text(120)
    handed_on: date = day()
    total_minor: int = minor("total_minor", least=0)
    discrepancy: str = text(400)
    paper_id: Key | None = key(nullable=True)
    paper_hash: str | None = text(64, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class HandoverItem(Table, table=True):
    """A thing handed over, in thousandths of its unit, with its value; append-only."""

    __tablename__ = "sf_handover_item"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_version_id", "plan_line"], ["sf_plan_item.version_id", "sf_plan_item.line"]
        ),
        sa.CheckConstraint("(plan_version_id IS NULL) = (plan_line IS NULL)", name="plan_line_is_whole"),
    )
    act_id: Key = reference("sf_handover_act.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    plan_version_id: Key | None = key(nullable=True, index=True)
    plan_line: int | None = integer("plan_line", nullable=True, least=1)
    description: str = text(200)
    unit: str = text(30)
    quantity_thousandths: int = integer("quantity_thousandths", least=1)
    unit_value_minor: int = minor("unit_value_minor", least=0)
    total_minor: int = minor("total_minor", least=0)
    serial: str = text(80)
    condition: str = text(80)


class Justification(Table, table=True):
    """Receipts handed in together; append-only."""

    __tablename__ = "sf_justification"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    grant_id: Key = reference("sf_grant.id")
    received_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class JustificationLine(Table, table=True):
    """A receipt against a line of the plan, and the decision about it."""

    __tablename__ = "sf_justification_line"
    __table_args__ = (
        sa.UniqueConstraint("justification_id", "position"),
        sa.Index("ix_sf_justification_line_file", "file_sha256"),
        sa.ForeignKeyConstraint(
            ["plan_version_id", "plan_line"], ["sf_plan_item.version_id", "sf_plan_item.line"]
        ),
        sa.CheckConstraint("(plan_version_id IS NULL) = (plan_line IS NULL)", name="plan_line_is_whole"),
        sa.CheckConstraint("reviewed_by IS NULL OR reviewed_by <> recorded_by", name="maker_is_not_checker"),
        sa.CheckConstraint("(state = 'pending') = (reviewed_by IS NULL)", name="review_is_complete"),
        sa.CheckConstraint("accepted_minor <= amount_minor", name="accepted_within_amount"),
        sa.CheckConstraint(
            "accepted_minor = 0 OR state IN ('accepted', 'accepted_with_observation', 'withdrawn')",
            name="accepted_by_decision",
        ),
    )
    id: Key = primary_key()
    justification_id: Key = reference("sf_justification.id", index=False)
    position: int = integer("position", least=1)
    grant_id: Key = reference("sf_grant.id")
    plan_version_id: Key | None = key(nullable=True, index=True)
    plan_line: int | None = integer("plan_line", nullable=True, least=1)
    act_id: Key | None = reference("sf_handover_act.id", nullable=True)
    kind: str = choice("kind", DocumentKind)
    description: str = text(200)
    details: bytes | None = sealed("details", nullable=True)
    duplicate_of: Key | None = reference("sf_justification_line.id", nullable=True)
    document_on: date = day()
    amount_minor: int = minor("amount_minor", least=1)
    file_sha256: str | None = text(64, nullable=True)
    state: str = state(JUSTIFICATION_LINE_STATES)
    accepted_minor: int = minor("accepted_minor", least=0)
    own_minor: int = minor("own_minor", least=0)
    observation: str = text(400)
    recorded_by: Key = reference("sf_actor.id", index=False)
    reviewed_on: date | None = day(nullable=True)
    reviewed_at: datetime | None = instant(nullable=True)
    reviewed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class ReceiptMark(Table, table=True):
    """A keyed digest by which a document is known again: who issued it, by name or tax id, and its number."""

    __tablename__ = "sf_receipt_mark"
    __table_args__ = (sa.Index("ix_sf_receipt_mark_digest", "digest"),)
    line_id: Key = reference("sf_justification_line.id", primary=True)
    digest: str = text(64, primary=True)


class EvidenceUse(Table, table=True):
    """What of an accepted receipt was applied to the open advance of a part, or taken back (negative); append-only.

    Accepted = applied + unapplied; the unapplied rest waits for the next delivery.
    """

    __tablename__ = "sf_evidence_use"
    id: Key = primary_key()
    line_id: Key = reference("sf_justification_line.id")
    part_id: Key = reference("sf_grant_part.id")
    amount_minor: int = minor("amount_minor")
    entry_id: Key = key()
    occurred_on: date = day()
    recorded_at: datetime = instant()
