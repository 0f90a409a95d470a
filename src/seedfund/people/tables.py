"""Rows of households and the people in them: what statistics need in clear, what can harm sealed. Schema only.

Must not know any behaviour. No column here holds a name, a document, a phone, an address or an account in clear:
those stand in sealed blobs under the person's own data key, beside keyed digests that only tell equality.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.people.rules import (
    ACCOUNT_STATES,
    AGE_MAX,
    FLAG_STATES,
    HOUSEHOLD_STATES,
    LIKELY_STATES,
    PARTICIPATION_STATES,
    AgeSource,
    ConsentMethod,
    ConsentPurpose,
    Disability,
    DocumentKind,
    DuplicateDecision,
    DuplicateKind,
    ErasureGround,
    ExitReason,
    LegalStatus,
    LikelyDecision,
    PayoutMethod,
    PopulationGroup,
    Relationship,
    Sex,
)
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
    yes_no,
)


class Household(Table, table=True):
    """People who live from one pot; its number is the one printed on papers."""

    __tablename__ = "sf_household"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    country: str = text(2)
    community: str = text(120)
    locality: str = text(30)
    phase: str = text(60)
    state: str = state(HOUSEHOLD_STATES)
    registered_on: date = day()
    registered_by: Key = reference("sf_actor.id", index=False)


class Participant(Table, table=True):
    """A person, as far as statistics need: no name, no document, no contact."""

    __tablename__ = "sf_participant"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint(
            "(birth_date IS NOT NULL AND birth_year IS NULL AND birth_age IS NULL)"
            " OR (birth_date IS NULL AND (birth_year IS NULL OR birth_age IS NULL))",
            name="birth_in_one_way",
        ),
        sa.CheckConstraint("(birth_age IS NULL) = (birth_asked_on IS NULL)", name="age_has_its_day"),
        sa.CheckConstraint(f"birth_age <= {AGE_MAX}", name="birth_age_most"),
        sa.CheckConstraint(
            "(age_source IS NULL) = (birth_date IS NULL AND birth_year IS NULL AND birth_age IS NULL)",
            name="birth_has_its_source",
        ),
        sa.CheckConstraint("(erased_at IS NULL) = (erasure_ground IS NULL)", name="erasure_has_its_ground"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    sex: str = choice("sex", Sex)
    age_source: str | None = choice("age_source", AgeSource, nullable=True)
    birth_date: date | None = day(nullable=True)
    birth_year: int | None = integer("birth_year", nullable=True)
    birth_age: int | None = integer("birth_age", nullable=True)
    birth_asked_on: date | None = day(nullable=True)
    population_group: str = choice("population_group", PopulationGroup)
    nationality: str | None = text(2, nullable=True)
    legal_status: str | None = choice("legal_status", LegalStatus, nullable=True)
    language: str | None = text(8, nullable=True)
    disability: str | None = choice("disability", Disability, nullable=True)
    disability_answers: str | None = document(nullable=True)
    is_restricted: bool = yes_no()
    registered_on: date = day()
    registered_by: Key = reference("sf_actor.id", index=False)
    erased_at: datetime | None = instant(nullable=True)
    erasure_ground: str | None = choice("erasure_ground", ErasureGround, nullable=True)


class HouseholdMember(Table, table=True):
    """A person in a household from a day until a day (excluded); one head a household, one household a person."""

    __tablename__ = "sf_household_member"
    __table_args__ = (
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name="until_after_from"),
        unique_where(
            "uq_sf_household_member_head",
            "household_id",
            where="relationship = 'head' AND until_day IS NULL",
        ),
        unique_where(
            "uq_sf_household_member_current",
            "participant_id",
            where="until_day IS NULL",
        ),
    )
    id: Key = primary_key()
    household_id: Key = reference("sf_household.id")
    participant_id: Key = reference("sf_participant.id")
    relationship: str = choice("relationship", Relationship)
    is_dependant: bool = yes_no()
    from_day: date = day()
    until_day: date | None = day(nullable=True)


class IdentitySheet(Table, table=True):
    """One version of a person's identity: names, alias, phones, address, notes, as one sealed blob; append-only.

    `filled` says which fields are there, never what they hold.
    """

    __tablename__ = "sf_identity_sheet"
    __table_args__ = (sa.UniqueConstraint("participant_id", "version"),)
    id: Key = primary_key()
    participant_id: Key = reference("sf_participant.id", index=False)
    version: int = integer("version", least=1)
    content: bytes = sealed("content")
    filled: str = document()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class IdentityDocument(Table, table=True):
    """A document a person showed, of any kind; the number is sealed, and found through the index."""

    __tablename__ = "sf_identity_document"
    __table_args__ = (sa.CheckConstraint("(kind = 'none') = (number IS NULL)", name="number_unless_none"),)
    id: Key = primary_key()
    participant_id: Key = reference("sf_participant.id")
    kind: str = choice("kind", DocumentKind)
    country: str = text(2)
    number: bytes | None = sealed("number", nullable=True)
    warnings: str = document()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class IdentityIndex(Table, table=True):
    """A keyed digest by which a person is found: a name, its sound, a phone, a document or an account."""

    __tablename__ = "sf_identity_index"
    __table_args__ = (sa.Index("ix_sf_identity_index_digest", "digest"),)
    participant_id: Key = reference("sf_participant.id", primary=True)
    kind: str = text(10, primary=True)
    digest: str = text(64, primary=True)


class PayoutAccount(Table, table=True):
    """Where a person is paid: proposed by one hand, verified by another, usable after a cooling time."""

    __tablename__ = "sf_payout_account"
    __table_args__ = (
        sa.CheckConstraint("verified_by IS NULL OR verified_by <> proposed_by", name="maker_is_not_checker"),
        sa.CheckConstraint(
            "(verified_by IS NULL) = (usable_from IS NULL) AND (state <> 'verified' OR verified_by IS NOT NULL)",
            name="verified_is_complete",
        ),
    )
    id: Key = primary_key()
    participant_id: Key = reference("sf_participant.id")
    method: str = choice("method", PayoutMethod)
    institution: str = text(120)
    number: bytes = sealed("number")
    holder: bytes | None = sealed("holder", nullable=True)
    state: str = state(ACCOUNT_STATES)
    proposed_by: Key = reference("sf_actor.id", index=False)
    proposed_at: datetime = instant()
    verified_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    verified_at: datetime | None = instant(nullable=True)
    usable_from: datetime | None = instant(nullable=True)
    retired_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    retired_at: datetime | None = instant(nullable=True)


class Consent(Table, table=True):
    """A consent given or withdrawn for one purpose; append-only, the latest row of a purpose holds."""

    __tablename__ = "sf_consent"
    id: Key = primary_key()
    participant_id: Key = reference("sf_participant.id")
    purpose: str = choice("purpose", ConsentPurpose)
    is_given: bool = yes_no()
    language: str = text(8)
    method: str = choice("method", ConsentMethod)
    wording: str = text(60)
    by_guardian: bool = yes_no()
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Participation(Table, table=True):
    """A person's way through the programme; one that is under way a person."""

    __tablename__ = "sf_participation"
    __table_args__ = (
        unique_where(
            "uq_sf_participation_current",
            "participant_id",
            where="ended_on IS NULL",
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="ended_after_began"),
    )
    id: Key = primary_key()
    participant_id: Key = reference("sf_participant.id")
    state: str = state(PARTICIPATION_STATES)
    reason: str | None = choice("reason", ExitReason, nullable=True)
    began_on: date = day()
    ended_on: date | None = day(nullable=True)


class ParticipationStep(Table, table=True):
    """One step of a participation: from which state to which, when, by whom; append-only."""

    __tablename__ = "sf_participation_step"
    participation_id: Key = reference("sf_participation.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", PARTICIPATION_STATES.states, nullable=True)
    to_state: str = choice("to_state", PARTICIPATION_STATES.states)
    reason: str | None = choice("reason", ExitReason, nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class DuplicateFlag(Table, table=True):
    """The same document or account in two households: open until somebody decides; remembered for the pair."""

    __tablename__ = "sf_duplicate_flag"
    __table_args__ = (
        sa.UniqueConstraint("household_a", "household_b", "kind", "digest"),
        sa.CheckConstraint("household_a < household_b", name="ordered_pair"),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> flagged_by", name="maker_is_not_checker"),
        sa.CheckConstraint(
            "(state = 'open') = (decided_by IS NULL) AND (decided_by IS NULL) = (decision IS NULL)",
            name="decided_is_complete",
        ),
        sa.CheckConstraint(
            "excluded_household IS NULL OR excluded_household IN (household_a, household_b)",
            name="excluded_is_of_the_pair",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    kind: str = choice("kind", DuplicateKind)
    digest: str | None = text(64, nullable=True)
    household_a: Key = reference("sf_household.id")
    participant_a: Key = reference("sf_participant.id")
    household_b: Key = reference("sf_household.id")
    participant_b: Key = reference("sf_participant.id")
    state: str = state(FLAG_STATES)
    flagged_by: Key = reference("sf_actor.id", index=False)
    flagged_at: datetime = instant()
    decision: str | None = choice("decision", DuplicateDecision, nullable=True)
    excluded_household: Key | None = reference("sf_household.id", nullable=True, index=False)
    reason: bytes | None = sealed("reason", nullable=True)
    decided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    decided_at: datetime | None = instant(nullable=True)


class LikelyPair(Table, table=True):
    """Two records that may be one person: proposed once with score and reasons, remembered for good."""

    __tablename__ = "sf_likely_pair"
    __table_args__ = (
        sa.UniqueConstraint("participant_a", "participant_b"),
        sa.CheckConstraint("participant_a < participant_b", name="ordered_pair"),
        sa.CheckConstraint("score <= 10000", name="score_most"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    participant_a: Key = reference("sf_participant.id", index=False)
    participant_b: Key = reference("sf_participant.id")
    score: int = integer("score")
    reasons: str = document()
    method: str = text(20)
    state: str = state(LIKELY_STATES)
    proposed_by: Key = reference("sf_actor.id", index=False)
    proposed_at: datetime = instant()


class LikelyPairDecision(Table, table=True):
    """What somebody found about a pair, and why; append-only. `entered_by` wrote the later of the two records."""

    __tablename__ = "sf_likely_pair_decision"
    __table_args__ = (
        sa.CheckConstraint("decided_by <> entered_by", name="maker_is_not_checker"),
        sa.CheckConstraint("(decision = 'same_person') = (leading_id IS NOT NULL)", name="one_leads"),
    )
    pair_id: Key = reference("sf_likely_pair.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    decision: str = choice("decision", LikelyDecision)
    leading_id: Key | None = reference("sf_participant.id", nullable=True, index=False)
    reason: bytes = sealed("reason")
    entered_by: Key = reference("sf_actor.id", index=False)
    decided_by: Key = reference("sf_actor.id", index=False)
    decided_on: date = day()
    decided_at: datetime = instant()


class MergedParticipant(Table, table=True):
    """A record that is the same person as another, which leads, from a day until the decision was turned."""

    __tablename__ = "sf_merged_participant"
    __table_args__ = (
        sa.CheckConstraint("participant_id <> leading_id", name="two_records"),
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name="until_after_from"),
        unique_where(
            "uq_sf_merged_participant_current",
            "participant_id",
            where="until_day IS NULL",
        ),
    )
    id: Key = primary_key()
    pair_id: Key = reference("sf_likely_pair.id")
    participant_id: Key = reference("sf_participant.id", index=False)
    leading_id: Key = reference("sf_participant.id")
    from_day: date = day()
    until_day: date | None = day(nullable=True)


class MergedHousehold(Table, table=True):
    """A household whose last member was merged into another household, from a day until the decision was turned."""

    __tablename__ = "sf_merged_household"
    __table_args__ = (
        sa.CheckConstraint("household_id <> leading_id", name="two_households"),
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name="until_after_from"),
        unique_where(
            "uq_sf_merged_household_current",
            "household_id",
            where="until_day IS NULL",
        ),
    )
    id: Key = primary_key()
    pair_id: Key = reference("sf_likely_pair.id")
    household_id: Key = reference("sf_household.id", index=False)
    leading_id: Key = reference("sf_household.id")
    from_day: date = day()
    until_day: date | None = day(nullable=True)
