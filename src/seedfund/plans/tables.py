"""Calls, business plans, their versions and items, visits, scores, committee sessions, votes, decisions. Schema only.

What a plan says in words is sealed under its owner's data key; its items and figures stand in clear, for receipts and
reports to point at. Versions, visits, scores, votes and decisions are only ever appended.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.plans.rules import PLAN_STATES, SESSION_STATES, Category, Choice, FundedBy, Outcome, OwnerKind
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
    sealed,
    state,
    text,
    yes_no,
)


class Call(Table, table=True):
    """The rules of one call, a version of them: what is asked of plans, how they are scored and decided."""

    __tablename__ = "sf_call"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code", "version"),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_persons"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    code: str = text(30)
    version: str = text(30)
    content: str = document()
    content_hash: str = text(64)
    proposed_by: Key = reference("sf_actor.id", index=False)
    proposed_at: datetime = instant()
    approved_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    approved_at: datetime | None = instant(nullable=True)


class Plan(Table, table=True):
    """A business plan through all of its versions."""

    __tablename__ = "sf_plan"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    call_id: Key = reference("sf_call.id")
    owner_kind: str = choice("owner_kind", OwnerKind)
    household_id: Key | None = reference("sf_household.id", nullable=True)
    participant_id: Key = reference("sf_participant.id")
    state: str = state(PLAN_STATES)
    current_version: int = integer("current_version", least=1)
    approved_minor: int | None = minor("approved_minor", nullable=True, least=0)


class PlanVersion(Table, table=True):
    """A submitted version: sealed content, its hash, the figures reports need."""

    __tablename__ = "sf_plan_version"
    __table_args__ = (sa.UniqueConstraint("plan_id", "version"),)
    id: Key = primary_key()
    plan_id: Key = reference("sf_plan.id")
    version: int = integer("version", least=1)
    content: bytes = sealed("content")
    content_hash: str = text(64)
    currency: str = text(3)
    sector: str = text(80)
    is_new_business: bool = yes_no()
    grant_minor: int = minor("grant_minor", least=0)
    start_up_minor: int = minor("start_up_minor", least=0)
    author_id: Key = reference("sf_actor.id", index=False)
    submitted_on: date = day()


class PlanItem(Table, table=True):
    """One line of a version's start-up list; a receipt is accepted against it."""

    __tablename__ = "sf_plan_item"
    version_id: Key = reference("sf_plan_version.id", primary=True)
    line: int = integer("line", least=1, primary=True)
    description: str = text(200)
    category: str = choice("category", Category)
    quantity_thousandths: int = integer("quantity_thousandths", least=1)
    unit: str = text(30)
    unit_price_minor: int = minor("unit_price_minor", least=0)
    total_minor: int = minor("total_minor", least=0)
    funded_by: str = choice("funded_by", FundedBy)
    month: int = integer("month")
    has_quote: bool = yes_no()


class PlanVerification(Table, table=True):
    """A field visit that verified a version, by somebody who did not write it."""

    __tablename__ = "sf_plan_verification"
    __table_args__ = (sa.CheckConstraint("verifier_id <> author_id", name="two_persons"),)
    id: Key = primary_key()
    version_id: Key = reference("sf_plan_version.id")
    verifier_id: Key = reference("sf_actor.id", index=False)
    author_id: Key = reference("sf_actor.id", index=False)
    visited_on: date = day()
    note: bytes | None = sealed("note", nullable=True)


class PlanScoreRow(Table, table=True):
    """What one reviewer wrote about one version."""

    __tablename__ = "sf_plan_score"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "reviewer_id"),
        sa.CheckConstraint("reviewer_id <> author_id", name="two_persons"),
    )
    id: Key = primary_key()
    version_id: Key = reference("sf_plan_version.id")
    reviewer_id: Key = reference("sf_actor.id", index=False)
    author_id: Key = reference("sf_actor.id", index=False)
    content: str = document()
    scored_on: date = day()


class CommitteeSession(Table, table=True):
    """A session of the selection committee."""

    __tablename__ = "sf_committee_session"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    call_id: Key = reference("sf_call.id")
    held_on: date = day()
    chair_id: Key = reference("sf_actor.id", index=False)
    secretary_id: Key = reference("sf_actor.id", index=False)
    state: str = state(SESSION_STATES)


class SessionMember(Table, table=True):
    """A member of a session's committee, present or not."""

    __tablename__ = "sf_session_member"
    session_id: Key = reference("sf_committee_session.id", primary=True)
    actor_id: Key = reference("sf_actor.id", primary=True)
    is_present: bool = yes_no()


class InterestDeclaration(Table, table=True):
    """A member's declared interest in a plan: a recusal from it."""

    __tablename__ = "sf_interest"
    session_id: Key = reference("sf_committee_session.id", primary=True)
    actor_id: Key = reference("sf_actor.id", primary=True)
    plan_id: Key = reference("sf_plan.id", primary=True)
    reason: str = text(300)


class CommitteeMotion(Table, table=True):
    """What is put to the vote about a version; a further one in the session takes the place of those before it."""

    __tablename__ = "sf_motion"
    session_id: Key = reference("sf_committee_session.id", primary=True)
    version_id: Key = reference("sf_plan_version.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    outcome: str = choice("outcome", Outcome)
    currency: str = text(3)
    amount_minor: int = minor("amount_minor", least=0)
    put_by: Key = reference("sf_actor.id", index=False)
    put_at: datetime = instant()


class Vote(Table, table=True):
    """A member's vote on a motion, cast once; an interest declared later strikes it and leaves the row."""

    __tablename__ = "sf_vote"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["session_id", "version_id", "motion"],
            ["sf_motion.session_id", "sf_motion.version_id", "sf_motion.position"],
        ),
    )
    session_id: Key = reference("sf_committee_session.id", primary=True)
    version_id: Key = reference("sf_plan_version.id", primary=True)
    motion: int = integer("motion", least=1, primary=True)
    actor_id: Key = reference("sf_actor.id", primary=True)
    choice: str = choice("choice", Choice)
    cast_at: datetime = instant()


class CommitteeDecision(Table, table=True):
    """What a session decided about a version; everything it was decided on is frozen in `basis`."""

    __tablename__ = "sf_committee_decision"
    __table_args__ = (sa.UniqueConstraint("session_id", "version_id"),)
    id: Key = primary_key()
    session_id: Key = reference("sf_committee_session.id")
    plan_id: Key = reference("sf_plan.id")
    version_id: Key = reference("sf_plan_version.id")
    outcome: str = choice("outcome", Outcome)
    currency: str = text(3)
    amount_minor: int = minor("amount_minor", least=0)
    line_id: Key | None = reference("sf_budget_line.id", nullable=True)
    reasons: str = document()
    basis: str = document()
    basis_hash: str = text(64)
    decided_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)


class DecisionAward(Table, table=True):
    """A decision whose money was awarded: from that day the award holds the money, and the decision no longer does."""

    __tablename__ = "sf_decision_award"
    decision_id: Key = reference("sf_committee_decision.id", primary=True)
    awarded_on: date = day()
    awarded_by: Key = reference("sf_actor.id", index=False)
