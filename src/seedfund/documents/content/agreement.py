"""What an agreement and its addendum say. Must not know layouts, wording or storage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from seedfund.documents.content.common import Content, Owner, Payee, Quiet, require_sum
from seedfund.kernel.money import Money


class AgreementKind(StrEnum):
    """Convenio (both sides promise) or carta de compromiso (the participant undertakes)."""

    AGREEMENT = "agreement"
    UNDERTAKING = "undertaking"


class FundedBy(StrEnum):
    """Who pays for an item of the plan."""

    GRANT = "grant"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, repr=False)
class PlanItem(Quiet):
    """A line of the investment plan."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Money
    total: Money
    funded_by: FundedBy
    supplier: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class TrancheLine(Quiet):
    """A planned disbursement: how much, when at the earliest, and on which conditions, each one sentence."""

    ordinal: int
    amount: Money
    due_on: date | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class AgreementContent(Content):
    """A convenio or carta de compromiso with its two annexes; each kind has a wording (domain: agreement and acts).

    The schedule sums to the amount, and the items' total to what grant, participant and others put in;
    a content of which that is not true is refused with `InvalidInput`.
    """

    paper: ClassVar[str] = "agreement"

    kind: AgreementKind
    grant_number: str
    owner: Owner
    call: str = ""
    decision_number: str
    decided_on: date
    benefit: str
    business_name: str
    business_activity: str
    business_place: str
    plan_version: int
    plan_hash: str
    schedule_hash: str
    amount: Money
    own_contribution: Money
    own_contribution_form: str = ""
    other_contribution: Money
    investment_total: Money
    starts_on: date
    ends_on: date
    start_business_by: date | None = None
    payee: Payee
    items: tuple[PlanItem, ...]
    tranches: tuple[TrancheLine, ...]
    justify_within_days: int
    quotes_count: int = 0
    quotes_from: Money | None = None
    declaration_cap: Money | None = None
    tolerance_percent: int = 0
    training: str = ""
    visits: str = ""
    keep_asset_months: int
    keep_records_years: int
    cure_days: int
    complaints_channel: str
    data_contact: str
    photo_consent: bool | None = None
    dispute_forum: str

    @property
    def wording(self) -> str:
        """An undertaking speaks as the participant alone, an agreement as both sides."""
        return str(self.kind)

    def __post_init__(self) -> None:
        require_sum("tranches", (tranche.amount for tranche in self.tranches), self.amount)
        require_sum("items", (item.total for item in self.items), self.investment_total)
        sources = (self.amount, self.own_contribution, self.other_contribution)
        require_sum("investment_total", sources, self.investment_total)


@dataclass(frozen=True, kw_only=True, repr=False)
class AddendumContent(Content):
    """An adenda: what an agreement said, what it says now, and the schedule that replaces the old one.

    The new schedule sums to the new amount, or the content is refused with `InvalidInput`.
    """

    paper: ClassVar[str] = "addendum"

    ordinal: int
    agreement_number: str
    agreement_date: date
    grant_number: str
    owner: Owner
    decision_number: str
    decided_on: date
    reason: str
    changes: tuple[str, ...] = ()
    amount_before: Money
    amount_after: Money
    ends_on_before: date
    ends_on_after: date
    payee_before: Payee | None = None
    payee_after: Payee | None = None
    plan_version: int
    plan_hash: str
    schedule_hash: str
    tranches: tuple[TrancheLine, ...]

    def __post_init__(self) -> None:
        require_sum("tranches", (tranche.amount for tranche in self.tranches), self.amount_after)
