"""Household plans, goals, assessments, graduations and what is seen afterwards. Schema only.

Words about a household are sealed under the data key of who headed it. Steps, assessments and follow-ups are only ever
appended: what was told wrongly is told again in a further version, with its reason.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.states import GOAL_STATES, GRADUATION_STATES, HOUSEHOLD_PLAN_STATES
from seedfund.accompaniment.rules.words import FollowUpStanding
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
    unique_where,
)
from seedfund.visits.rules import Dimension


class HouseholdPlan(Table, table=True):
    """What a household sets out to reach; one open at a time."""

    __tablename__ = "sf_household_plan"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        unique_where(
            "uq_sf_household_plan_open",
            "household_id",
            where="state = 'open'",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    household_id: Key = reference("sf_household.id")
    participant_id: Key = reference("sf_participant.id")
    state: str = state(HOUSEHOLD_PLAN_STATES)
    opened_on: date = day()
    closed_on: date | None = day(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class HouseholdGoal(Table, table=True):
    """A goal of a plan, in one dimension, until a day."""

    __tablename__ = "sf_household_goal"
    __table_args__ = (sa.UniqueConstraint("plan_id", "position"),)
    id: Key = primary_key()
    plan_id: Key = reference("sf_household_plan.id", index=False)
    position: int = integer("position", least=1)
    dimension: str = choice("dimension", Dimension)
    words: bytes = sealed("words")
    due_on: date = day()
    state: str = state(GOAL_STATES)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class GoalStep(Table, table=True):
    """One step of a goal's life; append-only."""

    __tablename__ = "sf_household_goal_step"
    goal_id: Key = reference("sf_household_goal.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str = choice("from_state", GOAL_STATES.states)
    to_state: str = choice("to_state", GOAL_STATES.states)
    note: bytes | None = sealed("note", nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Assessment(Table, table=True):
    """A version of what a household answered to an instrument; append-only, the last version holds."""

    __tablename__ = "sf_assessment"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number", "version"),
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    version: int = integer("version", least=1)
    household_id: Key = reference("sf_household.id")
    participant_id: Key = reference("sf_participant.id")
    yardstick_id: Key = reference("sf_yardstick.id")
    taken_on: date = day()
    answers: bytes = sealed("answers")
    note: bytes | None = sealed("note", nullable=True)
    basis_points: int | None = integer("basis_points", nullable=True)
    unanswered: int = integer("unanswered")
    correction: str | None = text(300, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Graduation(Table, table=True):
    """A household that is proposed to graduate, by one person, and what another decided."""

    __tablename__ = "sf_graduation"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("decided_by <> proposed_by", name="two_persons"),
        sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided_by_somebody"),
        unique_where(
            "uq_sf_graduation_standing",
            "household_id",
            where="state <> 'declined'",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    household_id: Key = reference("sf_household.id")
    participant_id: Key = reference("sf_participant.id")
    yardstick_id: Key = reference("sf_yardstick.id", index=False)
    assessment_id: Key = reference("sf_assessment.id", index=False)
    found: str = document()
    state: str = state(GRADUATION_STATES)
    proposed_on: date = day()
    proposed_by: Key = reference("sf_actor.id", index=False)
    decided_on: date | None = day(nullable=True)
    decided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    reason: str | None = text(300, nullable=True)


class GraduationFollowUp(Table, table=True):
    """How a household was found so many months after it graduated; append-only, the last version holds."""

    __tablename__ = "sf_graduation_follow_up"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
    )
    graduation_id: Key = reference("sf_graduation.id", primary=True)
    months: int = integer("months", least=1, primary=True)
    version: int = integer("version", least=1, primary=True)
    held_on: date = day()
    standing: str = choice("standing", FollowUpStanding)
    note: bytes | None = sealed("note", nullable=True)
    correction: str | None = text(300, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
