"""Rules of a selection, screenings, selections with their households, and verification samples. Schema only.

Everything but the state of a selection and of a household in it is only ever appended. What a selection said when
it was made stands in its content, under its hash; what was found at a door is sealed under the data key of who headed
the household then.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.criteria import SCORE_MAX, ScoreSource
from seedfund.accompaniment.rules.sampling import Difference, Finding
from seedfund.accompaniment.rules.selection import (
    ENTRY_STATES,
    SELECTION_STATES,
    LeaveReason,
    Outcome,
)
from seedfund.kernel.ids import Key
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

ENTRY = ("sf_selection_entry.selection_id", "sf_selection_entry.position")


class SelectionRules(Table, table=True):
    """A version of the rules of a selection, proposed by one person and approved by another; append-only."""

    __tablename__ = "sf_selection_rules"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code", "version"),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(40)
    version: int = integer("version", least=1)
    content: str = document()
    content_hash: str = text(64)
    effective_from: date = day()
    proposal_id: Key = reference("sf_proposal.id")
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_by: Key = reference("sf_actor.id", index=False)


class HouseholdScreening(Table, table=True):
    """What is told of a household on a day; a correction is a further version with its reason."""

    __tablename__ = "sf_household_screening"
    __table_args__ = (
        sa.CheckConstraint("(score IS NULL) = (score_source IS NULL)", name="score_has_source"),
        sa.CheckConstraint(f"score <= {SCORE_MAX}", name="score_most"),
        sa.CheckConstraint("(income_minor IS NULL) = (currency IS NULL)", name="income_has_currency"),
        sa.CheckConstraint("(income_minor IS NULL) = (income_source IS NULL)", name="income_has_source"),
        sa.CheckConstraint("score IS NOT NULL OR income_minor IS NOT NULL", name="something_told"),
        sa.CheckConstraint("version = 1 OR reason <> ''", name="correction_has_reason"),
    )
    household_id: Key = reference("sf_household.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    programme_id: Key = reference("sf_programme.id")
    score: int | None = integer("score", nullable=True, least=0)
    score_source: str | None = choice("score_source", ScoreSource, nullable=True)
    income_minor: int | None = minor("income_minor", nullable=True, least=0)
    currency: str | None = text(3, nullable=True)
    income_source: str | None = choice("income_source", ScoreSource, nullable=True)
    screened_on: date = day()
    reason: str = text(300)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Selection(Table, table=True):
    """A ranked list made by rules on a day, frozen under its hash; only its state changes."""

    __tablename__ = "sf_selection"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    rules_id: Key = reference("sf_selection_rules.id")
    places: int = integer("places", least=1)
    households: int = integer("households", least=1)
    content: str = document()
    content_hash: str = text(64)
    made_on: date = day()
    state: str = state(SELECTION_STATES)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SelectionStep(Table, table=True):
    """One step of a selection; append-only."""

    __tablename__ = "sf_selection_step"
    selection_id: Key = reference("sf_selection.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", SELECTION_STATES.states, nullable=True)
    to_state: str = choice("to_state", SELECTION_STATES.states)
    reason: str = text(300)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SelectionEntry(Table, table=True):
    """A household of a selection at its position; what was said of it stays, only its state changes."""

    __tablename__ = "sf_selection_entry"
    __table_args__ = (
        sa.UniqueConstraint("selection_id", "household_id"),
        sa.ForeignKeyConstraint(
            ("household_id", "screening_version"),
            ("sf_household_screening.household_id", "sf_household_screening.version"),
        ),
        sa.CheckConstraint("(outcome = 'refused') = (state = 'refused')", name="refused_stays"),
        sa.CheckConstraint("state <> 'screened'", name="nobody_left_out"),
    )
    selection_id: Key = reference("sf_selection.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    household_id: Key = reference("sf_household.id")
    screening_version: int = integer("screening_version", least=1)
    outcome: str = choice("outcome", Outcome)
    state: str = state(ENTRY_STATES)


class SelectionEntryStep(Table, table=True):
    """One step of a household in a selection: who left and why, who was promoted, in turn or not; append-only."""

    __tablename__ = "sf_selection_entry_step"
    __table_args__ = (
        sa.ForeignKeyConstraint(("selection_id", "entry"), ENTRY),
        sa.CheckConstraint("(to_state = 'left') = (why IS NOT NULL)", name="left_has_its_reason"),
        sa.CheckConstraint("NOT is_override OR reason <> ''", name="override_has_its_reason"),
    )
    selection_id: Key = reference("sf_selection.id", primary=True)
    entry: int = integer("entry", least=1, primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str = choice("from_state", ENTRY_STATES.states)
    to_state: str = choice("to_state", ENTRY_STATES.states)
    why: str | None = choice("why", LeaveReason, nullable=True)
    reason: str = text(300)
    is_override: bool = yes_no()
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class VerificationSample(Table, table=True):
    """The sample of a selection: its seed, of how many it was drawn and by which rule; one of each, append-only."""

    __tablename__ = "sf_verification_sample"
    __table_args__ = (
        sa.CheckConstraint("size <= drawn_from", name="no_more_than_selected"),
        sa.CheckConstraint("seed <> ''", name="seed_kept"),
    )
    selection_id: Key = reference("sf_selection.id", primary=True)
    seed: str = text(60)
    drawn_from: int = integer("drawn_from", least=1)
    size: int = integer("size", least=1)
    share: int = integer("share", least=1)
    least: int = integer("least", least=1)
    drawn_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SampledHousehold(Table, table=True):
    """A household of a sample, in the order of the lots; append-only."""

    __tablename__ = "sf_sampled_household"
    __table_args__ = (
        sa.UniqueConstraint("selection_id", "entry"),
        sa.ForeignKeyConstraint(("selection_id", "entry"), ENTRY),
    )
    selection_id: Key = reference("sf_verification_sample.selection_id", primary=True)
    position: int = integer("position", least=1, primary=True)
    entry: int = integer("entry", least=1)


class SampleFinding(Table, table=True):
    """What was found of a sampled household; a later version takes the place of an earlier one, and both stay."""

    __tablename__ = "sf_sample_finding"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ("selection_id", "position"),
            ("sf_sampled_household.selection_id", "sf_sampled_household.position"),
        ),
        sa.CheckConstraint("(finding = 'differs') = (difference IS NOT NULL)", name="differs_in_something"),
        sa.CheckConstraint("version = 1 OR reason <> ''", name="correction_has_reason"),
        sa.CheckConstraint("note IS NULL OR head_id IS NOT NULL", name="note_has_its_key"),
    )
    selection_id: Key = reference("sf_selection.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    version: int = integer("version", least=1, primary=True)
    head_id: Key | None = reference("sf_participant.id", nullable=True)
    finding: str = choice("finding", Finding)
    difference: str | None = choice("difference", Difference, nullable=True)
    note: bytes | None = sealed("note", nullable=True)
    reason: str = text(300)
    found_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
