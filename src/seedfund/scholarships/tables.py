"""Applications, interviews, employment plans, scholarships, confirmations, bills, complaints, checks of work.

Schema only: keys, CHECKs, no behaviour. The money of a scholarship lies in its grant alone. What an interview noted and
what a trainee complained of is sealed under the trainee's data key. What was decided is only ever appended: a
correction is a further version with its reason.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.scholarships.rules.states import (
    APPLICATION_STATES,
    BILL_STATES,
    COMPLAINT_STATES,
    PLAN_STATES,
    SCHOLARSHIP_STATES,
)
from seedfund.scholarships.rules.words import (
    ClosedFor,
    ComplaintKind,
    Milestone,
    Outcome,
    Purpose,
    Witness,
    Work,
)
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
    unique_where,
    yes_no,
)


class ScholarshipApplication(Table, table=True):
    """A person who asks to learn a trade; one application at a time."""

    __tablename__ = "sf_scholarship_application"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("(state = 'closed') = (closed_for IS NOT NULL)", name="closed_has_its_reason"),
        sa.CheckConstraint("(closed_for IS NULL) = (closed_on IS NULL)", name="closed_is_dated"),
        unique_where(
            "uq_sf_scholarship_application_open",
            "participant_id",
            where="state IN ('received', 'interviewed', 'planned')",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    course_id: Key = reference("sf_course.id")
    occupation: str = text(120)
    guardian_sha256: str | None = text(64, nullable=True)
    state: str = state(APPLICATION_STATES)
    applied_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    closed_for: str | None = choice("closed_for", ClosedFor, nullable=True)
    closed_on: date | None = day(nullable=True)


class ScholarshipInterview(Table, table=True):
    """What an interview found; the last one holds; append-only."""

    __tablename__ = "sf_scholarship_interview"
    application_id: Key = reference("sf_scholarship_application.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    is_recommended: bool = yes_no()
    is_within_income: bool = yes_no()
    note: bytes | None = sealed("note", nullable=True)
    held_on: date = day()
    recorded_at: datetime = instant()
    held_by: Key = reference("sf_actor.id", index=False)


class EmploymentPlan(Table, table=True):
    """A version of an individual employment plan: terms with their hash, prepared by one, approved by another."""

    __tablename__ = "sf_employment_plan"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("application_id", "version"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> prepared_by", name="two_persons"),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'awarded') OR approved_by IS NOT NULL", name="approved_has_its_hand"
        ),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_on IS NULL)", name="approval_is_dated"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    application_id: Key = reference("sf_scholarship_application.id", index=False)
    version: int = integer("version", least=1)
    terms: str = document()
    terms_hash: str = text(64)
    cost_minor: int = minor("cost_minor", least=1)
    currency: str = text(3)
    state: str = state(PLAN_STATES)
    prepared_on: date = day()
    prepared_by: Key = reference("sf_actor.id", index=False)
    approved_on: date | None = day(nullable=True)
    approved_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class Scholarship(Table, table=True):
    """A grant that pays a course: its plan, provider and trainee, the enrolment that was proven, and how it ended."""

    __tablename__ = "sf_scholarship"
    __table_args__ = (
        sa.UniqueConstraint("grant_id"),
        sa.UniqueConstraint("plan_id"),
        sa.UniqueConstraint("enrolment_id"),
        sa.CheckConstraint(
            "(enrolment_id IS NULL) = (proof_sha256 IS NULL) AND (enrolment_id IS NULL) = (proven_on IS NULL)",
            name="proof_is_complete",
        ),
        sa.CheckConstraint(
            "state NOT IN ('enrolled', 'completed') OR enrolment_id IS NOT NULL", name="enrolled_has_proof"
        ),
        sa.CheckConstraint("(state IN ('awarded', 'enrolled')) = (ended_on IS NULL)", name="end_is_dated"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    application_id: Key = reference("sf_scholarship_application.id")
    plan_id: Key = reference("sf_employment_plan.id", index=False)
    grant_id: Key = reference("sf_grant.id", index=False)
    participant_id: Key = reference("sf_participant.id")
    provider_id: Key = reference("sf_provider.id")
    state: str = state(SCHOLARSHIP_STATES)
    enrolment_id: Key | None = reference("sf_enrolment.id", nullable=True, index=False)
    proof_sha256: str | None = text(64, nullable=True)
    proven_on: date | None = day(nullable=True)
    proven_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    ended_on: date | None = day(nullable=True)
    ended_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    end_reason: str | None = text(200, nullable=True)


class ScholarshipTranche(Table, table=True):
    """What a tranche of the grant pays, and for what; append-only. `until` is the last day of a stipend's period."""

    __tablename__ = "sf_scholarship_tranche"
    __table_args__ = (
        sa.CheckConstraint("(purpose = 'stipend') = (since IS NOT NULL)", name="stipend_has_its_period"),
        sa.CheckConstraint("(since IS NULL) = (until IS NULL)", name="period_is_complete"),
        sa.CheckConstraint("until IS NULL OR until >= since", name="period_ends_after_start"),
        sa.CheckConstraint("threshold_bps <= 10000", name="threshold_is_a_part"),
    )
    scholarship_id: Key = reference("sf_scholarship.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    purpose: str = choice("purpose", Purpose)
    milestone: str = choice("milestone", Milestone)
    threshold_bps: int = integer("threshold_bps")
    amount_minor: int = minor("amount_minor", least=1)
    due_on: date = day()
    since: date | None = day(nullable=True)
    until: date | None = day(nullable=True)


class TrancheConfirmation(Table, table=True):
    """What was decided of a tranche: confirmed with what came due, or refused; the last version holds; append-only."""

    __tablename__ = "sf_tranche_confirmation"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["scholarship_id", "position"],
            ["sf_scholarship_tranche.scholarship_id", "sf_scholarship_tranche.position"],
        ),
        sa.CheckConstraint("outcome = 'confirmed' OR due_minor = 0", name="refused_pays_nothing"),
        sa.CheckConstraint("version = 1 OR reason <> ''", name="correction_has_its_reason"),
        sa.CheckConstraint("outcome = 'confirmed' OR reason <> ''", name="refusal_has_its_reason"),
        sa.CheckConstraint("(days_attended IS NULL) = (days_paid IS NULL)", name="days_are_complete"),
    )
    scholarship_id: Key = reference("sf_scholarship.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    version: int = integer("version", least=1, primary=True)
    outcome: str = choice("outcome", Outcome)
    due_minor: int = minor("due_minor", least=0)
    overpaid_minor: int = minor("overpaid_minor", least=0)
    days_attended: int | None = integer("days_attended", nullable=True)
    days_excused: int | None = integer("days_excused", nullable=True)
    days_paid: int | None = integer("days_paid", nullable=True)
    reason: str = text(300)
    decided_on: date = day()
    recorded_at: datetime = instant()
    decided_by: Key = reference("sf_actor.id", index=False)


class ProviderBill(Table, table=True):
    """A bill as a provider sent it; taken in by one hand, accepted or rejected by another."""

    __tablename__ = "sf_provider_bill"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> recorded_by", name="two_persons"),
        sa.CheckConstraint("(state = 'received') = (decided_by IS NULL)", name="decision_has_its_hand"),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decision_is_dated"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    provider_id: Key = reference("sf_provider.id")
    their_number: str = text(60)
    currency: str = text(3)
    total_minor: int = minor("total_minor", least=0)
    file_sha256: str = text(64)
    billed_on: date = day()
    state: str = state(BILL_STATES)
    recorded_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    decided_on: date | None = day(nullable=True)
    decided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    reason: str = text(300)


class ProviderBillLine(Table, table=True):
    """A line of a bill: which tranche of which scholarship, for how much; append-only."""

    __tablename__ = "sf_provider_bill_line"
    bill_id: Key = reference("sf_provider_bill.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    scholarship_id: Key = reference("sf_scholarship.id")
    tranche_position: int = integer("tranche_position", least=1)
    amount_minor: int = minor("amount_minor", least=0)
    currency: str = text(3)


class ProviderComplaint(Table, table=True):
    """A complaint against a provider: while open, nothing is paid to it. Who opened it does not close it."""

    __tablename__ = "sf_provider_complaint"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("closed_by IS NULL OR closed_by <> opened_by", name="two_persons"),
        sa.CheckConstraint("(state = 'open') = (closed_by IS NULL)", name="closed_has_its_hand"),
        sa.CheckConstraint("(closed_by IS NULL) = (closed_on IS NULL)", name="closing_is_dated"),
        sa.CheckConstraint("note IS NULL OR scholarship_id IS NOT NULL", name="note_is_of_a_trainee"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    provider_id: Key = reference("sf_provider.id")
    kind: str = choice("kind", ComplaintKind)
    scholarship_id: Key | None = reference("sf_scholarship.id", nullable=True, index=False)
    note: bytes | None = sealed("note", nullable=True)
    state: str = state(COMPLAINT_STATES)
    opened_on: date = day()
    opened_by: Key = reference("sf_actor.id", index=False)
    closed_on: date | None = day(nullable=True)
    closed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    finding: str = text(300)


class PlacementCheck(Table, table=True):
    """What a trainee did at a month after the course, and how that is known; the last version holds; append-only."""

    __tablename__ = "sf_placement_check"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
        sa.CheckConstraint(
            "NOT is_relevant OR work IN ('employed', 'self_employed')", name="relevant_is_work"
        ),
    )
    scholarship_id: Key = reference("sf_scholarship.id", primary=True)
    month: int = integer("month", least=1, primary=True)
    version: int = integer("version", least=1, primary=True)
    work: str = choice("work", Work)
    is_relevant: bool = yes_no()
    witness: str = choice("witness", Witness)
    evidence_sha256: str | None = text(64, nullable=True)
    correction: str | None = text(300, nullable=True)
    checked_on: date = day()
    recorded_at: datetime = instant()
    checked_by: Key = reference("sf_actor.id", index=False)
