"""What the acts after an agreement say: handover, payment, refund, close-out, and the committee's minutes before it.

A grant of a benefit that asks for no agreement has none: its acts leave number and date of it out.

Must not know layouts, wording or storage.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from seedfund.documents.content.common import (
    Content,
    Owner,
    Payee,
    PaymentMethod,
    Person,
    Quiet,
    require_sum,
)
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money


class CloseOutcome(StrEnum):
    """How a grant ended."""

    COMPLETED = "completed"
    REFUND_DUE = "refund_due"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"
    RELOCATED = "relocated"
    DECEASED = "deceased"
    TERMINATED = "terminated"


class CommitteeOutcome(StrEnum):
    """What a committee decided on a plan."""

    APPROVED = "approved"
    APPROVED_WITH_OBSERVATIONS = "approved_with_observations"
    LOWER_AMOUNT = "lower_amount"
    DEFERRED = "deferred"
    WAITING_LIST = "waiting_list"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, repr=False)
class HandoverItem(Quiet):
    """A thing handed over; `mark` is its brand or serial number, `condition` how it was found."""

    description: str
    quantity: Decimal
    unit: str
    mark: str = ""
    condition: str
    unit_value: Money
    total: Money


@dataclass(frozen=True, kw_only=True, repr=False)
class HandoverContent(Content):
    """Acta de entrega-recepción: one for each delivery; `total` is the sum of its items."""

    paper: ClassVar[str] = "handover"

    agreement_number: str = ""
    agreement_date: date | None = None
    agreement_signed_on: date | None = None
    grant_number: str
    owner: Owner
    supplier: str = ""
    supplier_document: str = ""
    items: tuple[HandoverItem, ...]
    total: Money
    is_partial: bool = False
    discrepancies: tuple[str, ...] = ()
    keep_asset_months: int

    def __post_init__(self) -> None:
        require_sum("items", (item.total for item in self.items), self.total)


@dataclass(frozen=True, kw_only=True, repr=False)
class CloseOutPayment(Quiet):
    """A payment the grant made."""

    ordinal: int
    paid_on: date
    method: PaymentMethod
    reference: str
    amount: Money


@dataclass(frozen=True, kw_only=True, repr=False)
class CloseOutLine(Quiet):
    """A line of the plan: approved from the grant, accounted for with accepted receipts, paid by the owner."""

    description: str
    approved: Money
    justified: Money
    own: Money


@dataclass(frozen=True, kw_only=True, repr=False)
class CloseOutContent(Content):
    """Acta de cierre: the five amounts, kept apart, and what is still open.

    `disbursed = justified + returned + written_off + open_amount` holds, payments and what was brought forward sum to
    `disbursed` and lines to `justified`; a content of which that is not true is refused with `InvalidInput`. Of a grant
    that ran before our books, `brought_number` is the one it had outside, and `brought_paid` what was paid until then.
    """

    paper: ClassVar[str] = "close_out"

    agreement_number: str = ""
    agreement_date: date | None = None
    agreement_signed_on: date | None = None
    grant_number: str
    owner: Owner
    business_name: str
    outcome: CloseOutcome
    awarded: Money
    committed: Money
    disbursed: Money
    justified: Money
    returned: Money
    written_off: Money
    open_amount: Money
    own_planned: Money
    own_spent: Money
    refund_by: date | None = None
    write_off_authority: str = ""
    write_off_reason: str = ""
    brought_number: str = ""
    brought_up_to: date | None = None
    brought_paid: Money | None = None
    payments: tuple[CloseOutPayment, ...]
    lines: tuple[CloseOutLine, ...]
    achievements: str = ""
    recommendations: str = ""
    opinion: str
    keep_records_years: int

    def __post_init__(self) -> None:
        before = () if self.brought_paid is None else (self.brought_paid,)
        paid = (*(payment.amount for payment in self.payments), *before)
        require_sum("payments", paid, self.disbursed)
        require_sum("lines", (line.justified for line in self.lines), self.justified)
        parts = (self.justified, self.returned, self.written_off, self.open_amount)
        require_sum("disbursed", parts, self.disbursed)


@dataclass(frozen=True, kw_only=True, repr=False)
class PaymentReceiptContent(Content):
    """Recibo de pago: the payee confirms one disbursement."""

    paper: ClassVar[str] = "payment_receipt"

    agreement_number: str = ""
    agreement_date: date | None = None
    agreement_signed_on: date | None = None
    grant_number: str
    owner: Owner
    payee: Payee
    tranche: int
    tranches: int
    amount: Money
    paid_on: date
    reference: str = ""
    payment_list: str = ""
    budget_line: str = ""
    justify_by: date | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class CommitteeMember(Quiet):
    """Who sat in a session; `conflict` is the declared conflict of interest, `recused_from` the plans it concerns."""

    name: str
    position: str
    present: bool = True
    conflict: str = ""
    recused_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class CommitteeCase(Quiet):
    """A plan before the committee, what was decided, how the votes fell, and why."""

    plan_number: str
    owner: str
    business: str
    requested: Money
    score: Decimal | None = None
    outcome: CommitteeOutcome
    granted: Money
    votes_for: int
    votes_against: int
    abstentions: int
    reason: str


@dataclass(frozen=True, kw_only=True, repr=False)
class CommitteeMinutesContent(Content):
    """Acta de comité: who sat, who stood aside, what was decided; `granted` is the sum of its cases.

    Raises `InvalidInput` when the sum is another, or more is granted than was available.
    """

    paper: ClassVar[str] = "committee_minutes"

    session: str
    started_at: str = ""
    ended_at: str = ""
    quorum: int
    members: tuple[CommitteeMember, ...]
    score_maximum: Decimal | None = None
    pass_mark: Decimal | None = None
    available: Money
    requested: Money
    granted: Money
    cases: tuple[CommitteeCase, ...]
    observations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_sum("cases", (case.granted for case in self.cases), self.granted)
        require_sum("requested", (case.requested for case in self.cases), self.requested)
        if self.available < self.granted:
            raise InvalidInput(
                field="granted",
                problem=f"{self.granted} is more than the {self.available} that was available",
                remedy="correct the decisions or the amount available",
            )


@dataclass(frozen=True, kw_only=True, repr=False)
class OfficialReceiptContent(Content):
    """Recibo oficial: the organisation confirms a refund; what was owed, what came, what is still owed.

    `not_owed` is what of the amount nobody had asked for: money that was not spent, or more than was owed.
    """

    paper: ClassVar[str] = "official_receipt"

    agreement_number: str = ""
    agreement_date: date | None = None
    agreement_signed_on: date | None = None
    grant_number: str
    owner: Owner
    received_from: Person
    received_on: date
    method: PaymentMethod
    reference: str = ""
    reason: str
    amount: Money
    owed_before: Money
    owed_after: Money
    not_owed: Money | None = None

    def __post_init__(self) -> None:
        owed = self.amount if self.not_owed is None else self.amount - self.not_owed
        require_sum("owed_after", (owed, self.owed_after), self.owed_before)
