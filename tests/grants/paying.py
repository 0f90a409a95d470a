"""Paying grants in tests: payee, list, approval, release and result, by the hands that may."""

from datetime import date

from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.payment_lists import PaymentListRow, list_by_number
from seedfund.grants.queries.payments import PaymentRow, payments_by_number
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import EndReason, PaymentMethod
from seedfund.grants.service.course import TerminateGrant, terminate_grant
from seedfund.grants.service.deliveries import ConfirmPayment, PaymentResult, PaymentSettled, confirm_payment
from seedfund.grants.service.listing import PaymentWish
from seedfund.grants.service.payees import ApprovePayee, ProposePayee, approve_payee, propose_payee
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    PaymentListSent,
    PreparePaymentList,
    approve_payment_list,
    prepare_payment_list,
)
from seedfund.grants.service.releases import (
    PaymentListReleased,
    ReleasePaymentList,
    release_payment_list,
)
from seedfund.grants.service.retries import (
    PaymentBounced,
    RecordBounce,
    RetryPayments,
    record_bounce,
    retry_payments,
)
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.positions import PartPosition
from seedfund.people.rules import DocumentKind, Relationship
from seedfund.people.service import AddMember, VerifyPayoutAccount, add_member, verify_payout_account
from tests.people.samples import document, identity, person, propose
from tests.support.grants import SHA, Home, agreed, home, key, transferred
from tests.support.programme import House


def account(house: House, head: str, number: str = "2200334455") -> Key:
    """A verified bank account of a person."""
    proposed = propose(house, head, number).account
    with house.work("finance") as work:
        verify_payout_account(work, VerifyPayoutAccount(key=key(), account=proposed))
    return proposed


def payee(
    house: House, grant: str, head: str, *, method: PaymentMethod = PaymentMethod.CASH, number: str = ""
) -> int:
    """The owner as approved payee of a grant: by bank with an account of that number, else in person."""
    named = account(house, head, number) if number else None
    with house.work("field") as work:
        wanted = ProposePayee(
            key=key(),
            grant=grant,
            participant=head,
            method=PaymentMethod.BANK if named else method,
            account=named,
        )
        position = propose_payee(work, wanted).payee
    with house.work("manager") as work:
        approve_payee(work, ApprovePayee(key=key(), grant=grant, payee=position))
    return position


def spouse_of(house: House, owner: Home) -> str:
    """The number of the owner's spouse, who joins the household and takes no part in the programme."""
    entry = person(identity("Luis", "Ejemplo Prueba"), document("ZZ998877", DocumentKind.PASSPORT))
    with house.work("field") as work:
        joining = AddMember(
            key=key(),
            household=owner.household,
            relationship=Relationship.SPOUSE_OR_PARTNER,
            person=entry,
        )
        return add_member(work, joining).participant


def stands_in(house: House, grant: str, participant: str, *, account: Key | None = None) -> int:
    """Somebody else as approved payee of a grant, with a paper: into the account, else in cash."""
    with house.work("field") as work:
        wanted = ProposePayee(
            key=key(),
            grant=grant,
            participant=participant,
            method=PaymentMethod.BANK if account else PaymentMethod.CASH,
            account=account,
            document_sha256=SHA,
        )
        position = propose_payee(work, wanted).payee
    with house.work("manager") as work:
        approve_payee(work, ApprovePayee(key=key(), grant=grant, payee=position))
    return position


def supplier(house: House, grant: str, name: str = "Panadería Ejemplo") -> int:
    """A supplier of goods as approved payee of a grant."""
    with house.work("field") as work:
        wanted = ProposePayee(
            key=key(), grant=grant, supplier=name, method=PaymentMethod.IN_KIND, document_sha256=SHA
        )
        position = propose_payee(work, wanted).payee
    with house.work("manager") as work:
        approve_payee(work, ApprovePayee(key=key(), grant=grant, payee=position))
    return position


def payable(house: House, owner: Home | None = None) -> str:
    """The number of a grant in force over 500 dollars in one tranche, with its owner as payee in cash."""
    owner = owner or home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head)
    return grant


def payable_transfer(house: House) -> str:
    """The number of a cash transfer in force over 60 dollars, with its owner as payee in cash."""
    owner = home(house)
    grant = transferred(house, owner)
    payee(house, grant, owner.head)
    return grant


def wish(grant: str, tranche: int = 1, amount: Money | None = None) -> PaymentWish:
    """A tranche to be paid."""
    return PaymentWish(grant=grant, tranche=tranche, amount=amount)


def listed(house: House, *wishes: PaymentWish, bank: str = "BANK") -> PaymentListSent:
    """A list prepared by finance."""
    with house.work("finance") as work:
        return prepare_payment_list(
            work, PreparePaymentList(key=key(), bank_account=bank, payments=tuple(wishes))
        )


def approved(house: House, *wishes: PaymentWish, bank: str = "BANK") -> PaymentListSent:
    """A list approved by the director."""
    sent = listed(house, *wishes, bank=bank)
    approve(house, sent.number)
    return sent


def approve(house: House, number: str) -> None:
    """Approve a list by the director."""
    with house.work("director") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=number))


def released(house: House, *wishes: PaymentWish) -> PaymentListSent:
    """A list released by the cashier."""
    sent = approved(house, *wishes)
    release(house, sent.number)
    return sent


def release(house: House, number: str) -> PaymentListReleased:
    """Release an approved list."""
    with house.work("cashier") as work:
        return release_payment_list(work, ReleasePaymentList(key=key(), number=number))


def told(
    house: House,
    payment: str,
    outcome: Outcome = Outcome.FULL,
    *,
    amount: Money | None = None,
    rest_stays_open: bool = False,
    reference: str = "",
    on: date | None = None,
    actor: str = "reconciler",
) -> PaymentSettled:
    """The result of a payment, recorded by the reconciler unless told otherwise."""
    result = PaymentResult(
        payment=payment,
        outcome=outcome,
        amount=amount,
        rest_stays_open=rest_stays_open,
        reference=reference,
        value_date=on,
    )
    with house.work(actor) as work:
        return confirm_payment(work, ConfirmPayment(key=key(), result=result))


def paid(house: House, grant: str, tranche: int = 1, amount: Money | None = None) -> str:
    """The number of a payment of a tranche that was delivered in full."""
    (payment,) = released(house, wish(grant, tranche, amount)).payments
    told(house, payment)
    return payment


def at(house: House, grant: str) -> PartPosition:
    """Where the first part of a grant stands."""
    return standing(house, grant)[0]


def standing(house: House, grant: str) -> list[PartPosition]:
    """Where the parts of a grant stand."""
    with house.work("finance") as work:
        row = grant_by_number(work.reader(), work.programme.id, grant)
        return positions(work.reader(), [row.id])[row.id]


def payment_of(house: House, number: str) -> PaymentRow:
    """A payment as stored."""
    with house.work("finance") as work:
        return payments_by_number(work.reader(), work.programme.id, [number])[number]


def list_of(house: House, number: str) -> PaymentListRow:
    """A payment list as stored."""
    with house.work("finance") as work:
        return list_by_number(work.reader(), work.programme.id, number)


def paid_grant(house: House) -> str:
    """A grant over 500 dollars that was paid in full."""
    grant = payable(house)
    paid(house, grant)
    return grant


def bounced(
    house: House,
    payment: str,
    amount: Money | None = None,
    actor: str = "reconciler",
    *,
    reference: str = "",
) -> PaymentBounced:
    """Money of a payment that came back, recorded by the reconciler."""
    with house.work(actor) as work:
        return record_bounce(
            work, RecordBounce(key=key(), payment=payment, amount=amount, reference=reference)
        )


def retried(house: House, payment: str) -> PaymentListSent:
    """A list that pays again what failed, prepared by finance."""
    with house.work("finance") as work:
        return retry_payments(work, RetryPayments(key=key(), payments=(payment,), bank_account="BANK"))


def ended(house: House, grant: str) -> None:
    """A grant ended for breach by the manager."""
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.BREACH))
