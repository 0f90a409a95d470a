"""What the agreement on a scholarship says. Must not know layouts, wording or storage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from seedfund.documents.content.common import Content, Owner, Payee, Quiet, require_sum
from seedfund.kernel.money import Money, total


class CourseModality(StrEnum):
    """Where the course is followed."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    MIXED = "mixed"


class StipendPeriod(StrEnum):
    """How often the stipend is paid."""

    FORTNIGHT = "fortnight"
    MONTH = "month"


class PaidFor(StrEnum):
    """What has to be reached before something is paid; `days` are those of a stipend's period."""

    ENROLMENT = "reached_enrolment"
    PROGRESS = "reached_progress"
    CERTIFICATION = "reached_certification"
    PLACEMENT = "reached_placement"
    RETENTION = "reached_retention"
    DAYS = "reached_days"


@dataclass(frozen=True, kw_only=True, repr=False)
class ScholarshipLine(Quiet):
    """A payment of the schedule: at most how much, when at the earliest, for what; a fee goes to the provider.

    `threshold` is in per cent, for progress alone; `since` and `until` are the days of a stipend's period.
    """

    ordinal: int
    amount: Money
    due_on: date
    paid_for: PaidFor
    to_provider: bool
    threshold: Decimal | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class ScholarshipAgreementContent(Content):
    """The agreement with a trainee: course, fee and who pays it, stipend, attendance, certificate, what leaving means.

    The lines sum to the amount, and those for the provider to the fee; else it is refused with `InvalidInput`
    (domain: scholarship agreement).
    """

    paper: ClassVar[str] = "scholarship_agreement"

    grant_number: str
    owner: Owner
    is_minor: bool
    decision_number: str
    decided_on: date
    benefit: str
    occupation: str
    course: str
    topic: str
    provider: str
    course_place: str
    modality: CourseModality
    hours: Decimal
    timetable: str
    course_starts_on: date
    course_ends_on: date
    amount: Money
    fee: Money
    stipend_rate: Money | None = None
    stipend_period: StipendPeriod | None = None
    stipend_days: int = 0
    stipend_excused: int = 0
    attendance: Decimal
    kit: str = ""
    check_months: tuple[int, ...]
    starts_on: date
    ends_on: date
    payee: Payee
    lines: tuple[ScholarshipLine, ...]
    plan_hash: str
    schedule_hash: str
    keep_records_years: int
    cure_days: int
    complaints_channel: str
    data_contact: str
    photo_consent: bool | None = None
    dispute_forum: str

    def __post_init__(self) -> None:
        require_sum("lines", (line.amount for line in self.lines), self.amount)
        fees = total((line.amount for line in self.lines if line.to_provider), self.fee.currency)
        require_sum("fee", (fees,), self.fee)
