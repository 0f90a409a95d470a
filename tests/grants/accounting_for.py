"""Accounting for grants in tests: receipts, reviews, handovers, demands, refunds, write-offs, close-out."""

from datetime import date
from decimal import Decimal

from seedfund.approvals.queries import exceptions_in
from seedfund.assurance.verify import Request, verify
from seedfund.funds.queries import budget_line
from seedfund.grants.queries.figures import GrantFigures, grant_figures
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.refunding import DemandReason
from seedfund.grants.rules.words import DocumentKind
from seedfund.grants.service.close_out import CloseGrant, GrantClosed, close_grant
from seedfund.grants.service.demanding import (
    DemandOverpayment,
    DemandRefund,
    RefundDemanded,
    demand_overpayment,
    demand_refund,
)
from seedfund.grants.service.external_transfers import RecordExternalTransfer, record_external_transfer
from seedfund.grants.service.handovers import HandedItem, HandoverRecorded, RecordHandover, record_handover
from seedfund.grants.service.justifications import (
    JustificationRecorded,
    ReceiptLine,
    RecordJustification,
    record_justification,
)
from seedfund.grants.service.refunds import RecordRefund, RefundRecorded, record_refund
from seedfund.grants.service.reviews import ReceiptReviewed, ReviewReceipt, review_receipt
from seedfund.grants.service.write_offs import (
    AuthoriseWriteOff,
    RequestWriteOff,
    WrittenOff,
    request_write_off,
    write_off,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import FileEvidence, file_evidence
from tests.support.grants import TODAY, key
from tests.support.programme import RING, House


def receipt(
    amount: Money,
    *,
    number: str = "001-001-000000001",
    supplier: str = "Ferretería Ejemplo",
    plan_line: int | None = None,
    kind: DocumentKind = DocumentKind.INVOICE,
    on: date = TODAY,
) -> ReceiptLine:
    """A receipt as it is handed in; a declaration has neither supplier nor number."""
    is_declared = kind is DocumentKind.DECLARATION
    return ReceiptLine(
        kind=kind,
        description="horno",
        document_on=on,
        amount=amount,
        plan_line=plan_line,
        supplier=None if is_declared else Secret(supplier),
        number=None if is_declared else Secret(number),
    )


def handed_in(house: House, grant: str, *lines: ReceiptLine) -> JustificationRecorded:
    """Receipts recorded by the field officer."""
    with house.work("field") as work:
        return record_justification(work, RecordJustification(key=key(), grant=grant, lines=lines))


def reviewed(
    house: House,
    justification: str,
    position: int = 1,
    *,
    decision: ReviewDecision = ReviewDecision.ACCEPTED,
    accepted: Money | None = None,
    observation: str = "",
    actor: str = "expert",
) -> ReceiptReviewed:
    """A receipt decided by the expert."""
    with house.work(actor) as work:
        return review_receipt(
            work,
            ReviewReceipt(
                key=key(),
                justification=justification,
                position=position,
                decision=decision,
                accepted=accepted,
                observation=observation,
            ),
        )


def accounted(
    house: House, grant: str, amount: Money, *, number: str = "001-001-000000001"
) -> ReceiptReviewed:
    """A receipt handed in and accepted."""
    return reviewed(house, handed_in(house, grant, receipt(amount, number=number)).number)


def handed_over(
    house: House, grant: str, receiver: str, amount: Money, *, payment: str = ""
) -> HandoverRecorded:
    """One thing of a value handed over by the coach."""
    with house.work("coach") as work:
        return record_handover(
            work,
            RecordHandover(
                key=key(),
                grant=grant,
                receiver=receiver,
                payment=payment,
                items=(HandedItem(description="horno", quantity=Decimal(1), unit_value=amount),),
            ),
        )


def demanded(
    house: House,
    grant: str,
    amount: Money | None = None,
    *,
    from_supplier: bool = False,
    actor: str = "finance",
) -> RefundDemanded:
    """A refund demanded, by finance unless told otherwise."""
    with house.work(actor) as work:
        command = DemandRefund(
            key=key(),
            grant=grant,
            reason=DemandReason.UNSPENT,
            amount=amount,
            from_supplier=from_supplier,
        )
        return demand_refund(work, command)


def overpaid(
    house: House, grant: str, amount: Money, *, actor: str = "finance", reason: str = "paid after the end"
) -> RefundDemanded:
    """What was given without receipts and was not due, demanded by finance."""
    with house.work(actor) as work:
        command = DemandOverpayment(key=key(), grant=grant, amount=amount, reason=reason)
        return demand_overpayment(work, command)


def other_payer(household: str, purpose: str = "consumption") -> RecordExternalTransfer:
    """A transfer that the ministry pays to a household."""
    return RecordExternalTransfer(
        key=key(),
        household=household,
        payer="MIES",
        benefit="bono",
        purpose=purpose,
        amount=Money(5_500, "USD"),
        from_day=date(2026, 1, 1),
        source="certificate of the ministry",
    )


def supported(house: House, household: str, purpose: str = "consumption") -> None:
    """A household that the ministry supports for a purpose, as the field officer recorded."""
    with house.work("field") as work:
        record_external_transfer(work, other_payer(household, purpose))


def refunded(house: House, grant: str, amount: Money) -> RefundRecorded:
    """Money that came back, taken in by the cashier."""
    with house.work("cashier") as work:
        return record_refund(work, RecordRefund(key=key(), grant=grant, amount=amount, bank_account="BANK"))


def filed(house: House, sha256: str, kind: EvidenceKind) -> str:
    """A file on record."""
    with house.work("secretary") as work:
        file_evidence(work, FileEvidence(key=key(), sha256=sha256, kind=kind, description="acta"))
    return sha256


def given_up(
    house: House, grant: str, amount: Money | None = None, *, donor: str | None = None
) -> WrittenOff:
    """Money given up: asked for by finance on the committee's minutes, decided by the director."""
    minutes = filed(house, "cd" * 32, EvidenceKind.MINUTES)
    with house.work("finance") as work:
        asked = request_write_off(
            work,
            RequestWriteOff(
                key=key(),
                grant=grant,
                reason="robbed on the way",
                evidence_sha256=minutes,
                amount=amount,
                donor_sha256=donor,
            ),
        )
    with house.work("director") as work:
        return write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))


def require_sound(house: House) -> None:
    """The books are whole, and agree with every row above them."""
    assert verify(house.engine, Request(keyring=RING)).findings == ()


def closed(house: House, grant: str, *, despite_open: bool = False, reason: str = "") -> GrantClosed:
    """A grant closed by the manager."""
    with house.work("manager") as work:
        return close_grant(work, CloseGrant(key=key(), grant=grant, despite_open=despite_open, reason=reason))


def grant_of(house: House, number: str) -> GrantRow:
    """A grant as stored."""
    with house.work("finance") as work:
        return grant_by_number(work.reader(), work.programme.id, number)


def figures(house: House, number: str) -> GrantFigures:
    """A grant in figures."""
    with house.work("finance") as work:
        row = grant_by_number(work.reader(), work.programme.id, number)
        return grant_figures(work.reader(), [row])[row.id]


def available(house: House) -> Money:
    """What the line that pays grants still holds."""
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, "UNHCR", "A1").available


def exceptions(house: House, *subject_kinds: str) -> list[tuple[str, str]]:
    """Number and reason of what stands on the exceptions page, of some kinds of subject or of all."""
    with house.work("auditor") as work:
        days = DateRange(date(2026, 1, 1), date(2028, 1, 1))
        found = exceptions_in(work.reader(), work.programme.id, days)
    return [
        (row.subject_number, row.reason)
        for row in found
        if not subject_kinds or row.subject_kind in subject_kinds
    ]
