"""Visit plans, visits, their steps, reports and decisions. Schema only.

What a visit found and what was agreed is sealed under the visited person's data key. Steps, reports and decisions are
only ever appended: a corrected report is a further version with its reason.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    primary_key,
    reference,
    sealed,
    state,
    text,
    yes_no,
)
from seedfund.visits.rules import VISIT_STATES, Frequency, Irregularity, MissReason, VisitMode, VisitRole


class VisitPlan(Table, table=True):
    """A rule by which one professional visits one household; append-only."""

    __tablename__ = "sf_visit_plan"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("until_day > starts_on", name="until_after_start"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    role: str = choice("role", VisitRole)
    frequency: str = choice("frequency", Frequency)
    rule: str = text(200)
    starts_on: date = day()
    until_day: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Visit(Table, table=True):
    """One visit, planned or not; one that follows from another names it."""

    __tablename__ = "sf_visit"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("plan_id IS NULL OR due_on IS NOT NULL", name="planned_has_its_day"),
        sa.CheckConstraint("state = 'held' OR due_on IS NOT NULL", name="owed_has_its_day"),
        sa.Index("ix_sf_visit_due", "programme_id", "state", "due_on"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    plan_id: Key | None = reference("sf_visit_plan.id", nullable=True)
    follows_id: Key | None = reference("sf_visit.id", nullable=True)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    role: str = choice("role", VisitRole)
    due_on: date | None = day(nullable=True)
    state: str = state(VISIT_STATES)


class VisitStep(Table, table=True):
    """One step of a visit's life; append-only."""

    __tablename__ = "sf_visit_step"
    visit_id: Key = reference("sf_visit.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str = choice("from_state", VISIT_STATES.states)
    to_state: str = choice("to_state", VISIT_STATES.states)
    reason: str | None = choice("reason", MissReason, nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class VisitReport(Table, table=True):
    """A version of what was reported of a visit held; append-only, the last version holds."""

    __tablename__ = "sf_visit_report"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
    )
    visit_id: Key = reference("sf_visit.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    held_on: date = day()
    mode: str = choice("mode", VisitMode)
    dimensions: str = document()
    findings: bytes = sealed("findings")
    actions: bytes | None = sealed("actions", nullable=True)
    next_on: date | None = day(nullable=True)
    is_operating: bool | None = yes_no(nullable=True)
    irregularity: str | None = choice("irregularity", Irregularity, nullable=True)
    correction: str | None = text(300, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class VisitDecision(Table, table=True):
    """Whether an irregular visit counts, by somebody who did not record it; append-only."""

    __tablename__ = "sf_visit_decision"
    __table_args__ = (sa.CheckConstraint("decided_by <> recorded_by", name="two_persons"),)
    visit_id: Key = reference("sf_visit.id", primary=True)
    is_accepted: bool = yes_no()
    reason: str = text(300)
    decided_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    decided_by: Key = reference("sf_actor.id", index=False)
