"""What tranche conditions are judged by, and what a judgement looks like. Plain values; must not know rows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.grants.rules.words import PLACES, EvidenceKind
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role

LASTING: Final = (
    *(EvidenceKind.ATTENDANCE, EvidenceKind.ACCOUNT_LINKED, EvidenceKind.LICENCE),
    *(EvidenceKind.CERTIFICATE, EvidenceKind.ENROLMENT),
)
"""What stays true of a person or household, so that it counts for a grant awarded after it was observed."""


class Status(StrEnum):
    """How a condition stands."""

    MET = "met"
    NOT_MET = "not_met"
    WAIVED = "waived"


@dataclass(frozen=True, kw_only=True)
class EvidenceFact:
    """A recorded observation: reference, kind, topic, value in the kind's unit, the day, and who recorded it.

    `is_of_grant`: it was recorded about the grant itself, not about its household or person.
    """

    ref: str
    kind: EvidenceKind
    topic: str = ""
    value: int | None = None
    observed_on: date
    recorded_by: str
    is_of_grant: bool = False
    file_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class OwedVisit:
    """A visit that was planned for a day and is not held: its number, and that day."""

    ref: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class SignedAgreement:
    """The agreement in force: number, the day of the last signature, who closed it."""

    number: str
    signed_on: date
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class LinkedAccount:
    """A verified account of the payee: reference, from when it can be used, who verified it."""

    ref: str
    usable_from: date
    verified_by: str


@dataclass(frozen=True, kw_only=True)
class AccountUnderWay:
    """An account of the payee that is not linked yet, or no more: its reference, its state since a day, and why.

    `refused_for` is the reason an institution gave; empty in every other state.
    """

    ref: str
    state: str
    since: date
    refused_for: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendedCourse:
    """What the participant attended of a course by the day: its enrolment, the counts in the course's unit, the rate.

    `possible` is 0 while no session was held. `unit` is `sessions` or `hours`, whose counts are minutes.
    """

    ref: str
    course: str
    unit: str
    attended: int
    possible: int
    basis_points: int
    has_left: bool = False


@dataclass(frozen=True, kw_only=True)
class SchoolTerm:
    """A term in which a child is proven to be enrolled, and its first and last day."""

    ref: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdChild:
    """A member of the owner's household: the age in completed years, None where no birth is known, and the terms.

    Grown-up members stand here too; a condition says which ages it looks at.
    """

    age: int | None
    terms: tuple[SchoolTerm, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaidBefore:
    """Cumulative amounts of all tranches before, and the day of the last delivery.

    `needs_receipts` is false where the benefit asks for none: then delivery itself accounts for the money.
    """

    disbursed: Money
    justified: Money
    returned: Money
    last_delivered_on: date | None = None
    needs_receipts: bool = True


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """All that conditions are judged by, as known on the day `on`."""

    on: date
    awarded_on: date
    paid_before: PaidBefore
    agreement: SignedAgreement | None = None
    account: LinkedAccount | None = None
    under_way: AccountUnderWay | None = None
    courses: tuple[AttendedCourse, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    owed_visits: tuple[OwedVisit, ...] = ()
    children: tuple[HouseholdChild, ...] = ()
    due_on: date | None = None

    def known(self, kind: EvidenceKind, topic: str = "") -> list[EvidenceFact]:
        """Evidence of a kind (and topic, if one is given) observed by the day, oldest first.

        What was seen of a household before the award may belong to another grant: it counts where it lasts. A place in
        a selection is no observation, and answers only to its own topic.
        """
        found = [
            item
            for item in self.evidence
            if item.kind is kind and item.observed_on <= self.on and topic in ("", item.topic)
            if topic or not item.topic.startswith(PLACES)
            if item.is_of_grant or kind in LASTING or item.observed_on >= self.awarded_on
        ]
        return sorted(found, key=lambda item: item.observed_on)


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """An authorised act that lets one condition go: its exception number, who, when, why."""

    ref: str
    authorised_by: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """How one condition stands: evidence, evaluator and day; if not met, what is missing and who does it by when.

    `event` is the kind of the life event whose number the evidence is.
    """

    code: str
    status: Status
    evidence: str = ""
    evaluator: str = ""
    on: date | None = None
    missing: Refusal | None = None
    responsible: Role | None = None
    by: date | None = None
    parts: tuple["Finding", ...] = ()
    event: str = ""

    @property
    def holds(self) -> bool:
        """Whether the tranche need not wait for it."""
        return self.status is not Status.NOT_MET

    def gaps(self) -> tuple[Refusal, ...]:
        """What is missing, down to the simple conditions."""
        if self.holds:
            return ()
        inner = tuple(gap for part in self.parts for gap in part.gaps())
        return inner or ((self.missing,) if self.missing is not None else ())
