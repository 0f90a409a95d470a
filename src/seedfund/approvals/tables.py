"""Proposals and their decisions, policies, requests, approvals, delegations and exceptions. Schema only."""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.approvals.rules.hands import REQUEST, Decision, ExceptionKind
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
    minor,
    primary_key,
    reference,
    state,
    text,
    unique_where,
)


class Proposal(Table, table=True):
    """A rule somebody wants to bring into force: its whole content and who proposed it; append-only."""

    __tablename__ = "sf_proposal"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"), sa.UniqueConstraint("id", "proposed_by"))
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    kind: str = text(30)
    content: str = document()
    content_hash: str = text(64)
    effective_from: date = day()
    proposed_by: Key = reference("sf_actor.id", index=False)
    proposed_at: datetime = instant()


class ProposalDecision(Table, table=True):
    """How a proposal was decided, once, by another person than proposed it; append-only."""

    __tablename__ = "sf_proposal_decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name="two_hands"),
    )
    proposal_id: Key = primary_key()
    proposed_by: Key = key()
    decided_by: Key = reference("sf_actor.id", index=False)
    outcome: str = choice("outcome", ("approved", "rejected"))
    reason: str = text(500)
    content_hash: str = text(64)
    decided_at: datetime = instant()


class Policy(Table, table=True):
    """A version of the programme's policy, in force from a day on; append-only, two persons by its proposal."""

    __tablename__ = "sf_policy"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "version"),
        sa.UniqueConstraint("proposal_id"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    version: int = integer("version", least=1)
    proposal_id: Key = key()
    terms: str = document()
    terms_hash: str = text(64)
    effective_from: date = day()
    proposed_by: Key = key()
    approved_by: Key = reference("sf_actor.id", index=False)


class Delegation(Table, table=True):
    """A role lent to a person, or a ceiling lent to everybody of a role, between two days (half-open)."""

    __tablename__ = "sf_delegation"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("proposal_id"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
        sa.CheckConstraint(
            "actor_id IS NULL OR (actor_id <> approved_by AND actor_id <> proposed_by)", name="not_own"
        ),
        sa.CheckConstraint("until_day >= from_day", name="days"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    proposal_id: Key = key()
    actor_id: Key | None = reference("sf_actor.id", nullable=True, index=False)
    role: str = choice("role", Role)
    ceiling_minor: int = minor("ceiling_minor", least=0)
    currency: str = text(3)
    from_day: date = day()
    until_day: date = day()
    proposed_by: Key = key()
    approved_by: Key = reference("sf_actor.id", index=False)


class ApprovalRequest(Table, table=True):
    """One content of a subject sent for approval, with the stages copied from the policy of that day."""

    __tablename__ = "sf_approval_request"
    __table_args__ = (
        sa.UniqueConstraint("id", "maker_id"),
        unique_where(
            "uq_sf_approval_request_live",
            "subject_id",
            where="state IN ('open', 'granted')",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    subject_kind: str = text(30)
    subject_id: Key = key(index=True)
    number: str = text(40)
    content_hash: str = text(64)
    amount_minor: int = minor("amount_minor", least=0)
    weighed_minor: int = minor("weighed_minor", least=0)
    currency: str = text(3)
    steps: str = document()
    assurance_min: str = choice("assurance_min", Assurance)
    policy_id: Key = reference("sf_policy.id", index=False)
    maker_id: Key = reference("sf_actor.id", index=False)
    state: str = state(REQUEST)
    sent_on: date = day()
    sent_at: datetime = instant()


class ApprovalExposure(Table, table=True):
    """What a request asks for one party, so that split payments weigh together; append-only."""

    __tablename__ = "sf_approval_exposure"
    __table_args__ = (sa.Index("ix_sf_approval_exposure_party", "party", "on_day"),)
    request_id: Key = reference("sf_approval_request.id", primary=True)
    position: int = integer("position", primary=True)
    party: str = text(100)
    on_day: date = day()
    amount_minor: int = minor("amount_minor", least=0)
    currency: str = text(3)


class Approval(Table, table=True):
    """One person's decision at one stage, on one content; append-only, and never the maker's."""

    __tablename__ = "sf_approval"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "approver_id"),
        sa.ForeignKeyConstraint(
            ["request_id", "maker_id"], ["sf_approval_request.id", "sf_approval_request.maker_id"]
        ),
        sa.CheckConstraint("approver_id <> maker_id", name="two_hands"),
    )
    id: Key = primary_key()
    request_id: Key = key()
    stage: str = text(20)
    approver_id: Key = reference("sf_actor.id", index=False)
    maker_id: Key = key()
    decision: str = choice("decision", Decision)
    reason: str = text(500)
    content_hash: str = text(64)
    assurance: str = choice("assurance", Assurance)
    decided_at: datetime = instant()


class ExceptionRecord(Table, table=True):
    """Something that left the usual way: what, why, on whose authority; the rows of the one exceptions page."""

    __tablename__ = "sf_exception"
    __table_args__ = (sa.Index("ix_sf_exception_day", "programme_id", "occurred_on"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    kind: str = choice("kind", ExceptionKind)
    subject_kind: str = text(30)
    subject_number: str = text(60)
    reason: str = text(500)
    facts: str = document()
    authorised_by: Key = reference("sf_actor.id", index=False)
    occurred_on: date = day()
    recorded_at: datetime = instant()
