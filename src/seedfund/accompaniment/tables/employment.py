"""Vacancies, interviews, placements and their checks. Schema only.

Where somebody works and what was said of an interview or a check is sealed under the person's data key.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.employment import (
    HOURS_MAX,
    INTERVIEW_STATES,
    PLACEMENT_STATES,
    RETENTION_MONTHS,
    VACANCY_STATES,
    Contract,
    InterviewResult,
    LostFor,
    PlacementKind,
    RetentionResult,
    WagePer,
)
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    sealed,
    state,
    text,
)


class Vacancy(Table, table=True):
    """Posts an employer offers, with the range of the wage, the place, and until when."""

    __tablename__ = "sf_vacancy"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("wage_most_minor >= wage_least_minor", name="wage_is_a_range"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    employer: str = text(120)
    title: str = text(120)
    posts: int = integer("posts", least=1)
    wage_least_minor: int = minor("wage_least_minor", least=0)
    wage_most_minor: int = minor("wage_most_minor", least=0)
    currency: str = text(3)
    wage_per: str = choice("wage_per", WagePer)
    locality: str = text(40)
    fair_id: Key | None = reference("sf_activity.id", nullable=True)
    open_until: date = day()
    state: str = state(VACANCY_STATES)


class VacancyStep(Table, table=True):
    """One step of a vacancy; append-only."""

    __tablename__ = "sf_vacancy_step"
    vacancy_id: Key = reference("sf_vacancy.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", VACANCY_STATES.states, nullable=True)
    to_state: str = choice("to_state", VACANCY_STATES.states)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Interview(Table, table=True):
    """An interview of a person, for a vacancy or without one, at a job fair or elsewhere."""

    __tablename__ = "sf_interview"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    vacancy_id: Key | None = reference("sf_vacancy.id", nullable=True)
    fair_id: Key | None = reference("sf_activity.id", nullable=True)
    due_on: date = day()
    state: str = state(INTERVIEW_STATES)


class InterviewStep(Table, table=True):
    """One step of an interview, with what came of it; append-only."""

    __tablename__ = "sf_interview_step"
    __table_args__ = (
        sa.CheckConstraint("(to_state = 'held') = (result IS NOT NULL)", name="held_has_result"),
    )
    interview_id: Key = reference("sf_interview.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", INTERVIEW_STATES.states, nullable=True)
    to_state: str = choice("to_state", INTERVIEW_STATES.states)
    result: str | None = choice("result", InterviewResult, nullable=True)
    note: bytes | None = sealed("note", nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Placement(Table, table=True):
    """A person who began to work: for a wage or on their own account."""

    __tablename__ = "sf_placement"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("(kind = 'wage') = (contract IS NOT NULL)", name="wage_has_contract"),
        sa.CheckConstraint(f"weekly_hours <= {HOURS_MAX}", name="hours_of_a_week"),
        sa.CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended_has_its_day"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    vacancy_id: Key | None = reference("sf_vacancy.id", nullable=True)
    interview_id: Key | None = reference("sf_interview.id", nullable=True)
    kind: str = choice("kind", PlacementKind)
    work: bytes = sealed("work")
    contract: str | None = choice("contract", Contract, nullable=True)
    weekly_hours: int = integer("weekly_hours", least=1)
    starts_on: date = day()
    state: str = state(PLACEMENT_STATES)
    ended_on: date | None = day(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


_MONTHS = ", ".join(map(str, RETENTION_MONTHS))


class RetentionCheck(Table, table=True):
    """A check whether somebody still has the job; append-only, several where somebody was not reached."""

    __tablename__ = "sf_retention_check"
    __table_args__ = (
        sa.CheckConstraint(f"months IN ({_MONTHS})", name="months_known"),
        sa.CheckConstraint("(result = 'lost') = (reason IS NOT NULL)", name="lost_has_its_reason"),
    )
    placement_id: Key = reference("sf_placement.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    months: int = integer("months", least=1)
    result: str = choice("result", RetentionResult)
    reason: str | None = choice("reason", LostFor, nullable=True)
    note: bytes | None = sealed("note", nullable=True)
    checked_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
