"""Children's schooling, its steps and decisions. Schema only.

Where a child learns and what the proof says is sealed under the child's data key: it tells where a child is found.
Steps and decisions are only ever appended.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.schooling.rules import (
    SCHOOLING_STATES,
    LeftSchoolFor,
    SchoolingIrregularity,
    SchoolKind,
    SchoolProof,
)
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    primary_key,
    reference,
    sealed,
    state,
    text,
    yes_no,
)


class Schooling(Table, table=True):
    """One child in one school or class for one term."""

    __tablename__ = "sf_schooling"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    kind: str = choice("kind", SchoolKind)
    school: bytes = sealed("school")
    term: str = text(40)
    starts_on: date = day()
    ends_on: date = day()
    state: str = state(SCHOOLING_STATES)
    irregularity: str | None = choice("irregularity", SchoolingIrregularity, nullable=True)


class SchoolingStep(Table, table=True):
    """One step of a schooling, with what it was seen in; append-only."""

    __tablename__ = "sf_schooling_step"
    __table_args__ = (
        sa.CheckConstraint("(to_state = 'left') = (reason IS NOT NULL)", name="left_has_its_reason"),
        sa.CheckConstraint("(position = 1) = (from_state IS NULL)", name="first_comes_from_nothing"),
    )
    schooling_id: Key = reference("sf_schooling.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", SCHOOLING_STATES.states, nullable=True)
    to_state: str = choice("to_state", SCHOOLING_STATES.states)
    reason: str | None = choice("reason", LeftSchoolFor, nullable=True)
    proof: str = choice("proof", SchoolProof)
    proof_ref: bytes | None = sealed("proof_ref", nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SchoolingDecision(Table, table=True):
    """Whether an irregular schooling counts, by somebody who did not record it; append-only."""

    __tablename__ = "sf_schooling_decision"
    __table_args__ = (sa.CheckConstraint("decided_by <> recorded_by", name="two_persons"),)
    schooling_id: Key = reference("sf_schooling.id", primary=True)
    is_accepted: bool = yes_no()
    reason: str = text(300)
    decided_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    decided_by: Key = reference("sf_actor.id", index=False)
