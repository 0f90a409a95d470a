"""Payments and the lists they stand in: what each has to meet, and the hash an approval holds for. Must not know rows.

A payment is checked when its list is prepared and again when it is released: what was true in between does not count.
The hash covers payee, account and amount of every payment, so that nothing can be exchanged between two hands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.grants.rules.facts import Finding
from seedfund.grants.rules.late import LateMoney, check_late
from seedfund.grants.rules.methods import check_method
from seedfund.grants.rules.payable import Judged, findings_of
from seedfund.grants.rules.waiting import AGREEMENT_NOT_SIGNED
from seedfund.grants.rules.words import Delivery, PayeeKind
from seedfund.kernel.canonical import digest
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role

HASH_DOMAIN: Final = "seedfund.payment_list.v1"

LIST_EMPTY: Final = RefusalCode(
    "list_empty", "The payment list has no payment.", "Name at least one grant with its tranche."
)
LIST_CURRENCY: Final = RefusalCode(
    "list_currency",
    "{number} is in {currency}, and the account {account} is in {kept}.",
    "Pay it from an account of its own currency.",
)
TRANCHE_MISSING: Final = RefusalCode(
    "tranche_missing",
    "The schedule of {number} has no tranche {position}.",
    "Look its tranches up with: seedfund why {number}.",
)
TRANCHE_LISTED_TWICE: Final = RefusalCode(
    "tranche_listed_twice",
    "Tranche {position} of {number} stands in the list twice.",
    "List each tranche once.",
)
TRANCHE_EXCEEDED: Final = RefusalCode(
    "tranche_exceeded",
    "The payment of {wanted} is more than what is left of tranche {position} of {number}: {rest}.",
    "Pay {rest} or less; more needs an adenda.",
)
PAYEE_MISSING: Final = RefusalCode(
    "payee_missing",
    "{number} has no approved payee.",
    "Propose a payee and have another person approve it.",
)
PAYEE_NOT_NAMED: Final = RefusalCode(
    "payee_not_named",
    "{number} has {count} approved payees for tranche {position}, and none is named.",
    "Name the payee of this payment by its place among the payees.",
)
ACCOUNT_VERIFIED: Final = "verified"
ACCOUNT_RETIRED: Final = "retired"
PAYEE_ACCOUNT_NOT_VERIFIED: Final = RefusalCode(
    "payee_account_not_verified",
    "The account of the payee of {number} was verified by nobody yet.",
    "Whoever did not propose it compares it with the bank's paper and runs: "
    "seedfund do people.verify_payout_account --set account={account}",
)
PAYEE_ACCOUNT_COOLING: Final = RefusalCode(
    "payee_account_cooling",
    "The account of the payee of {number} took the place of another one and can be paid into from {day}.",
    "Ask the person whether the change is theirs and wait until that day; if it is not, retire the account.",
)
PAYEE_ACCOUNT_RETIRED: Final = RefusalCode(
    "payee_account_retired",
    "The account of the payee of {number} was retired.",
    "Propose a payee with an account that is in use, and have another person approve it.",
)
PAYEE_NOT_FOR_DELIVERY: Final = RefusalCode(
    "payee_not_for_delivery",
    "Tranche {position} of {number} is given as {delivery}, and the payee is a {kind}.",
    "Goods in kind are paid to a supplier, money and vouchers to a person.",
)
PREPARER_WAIVED: Final = RefusalCode(
    "preparer_waived",
    "Who prepares the payment of {number} waived one of its conditions.",
    "Ask another person to prepare it.",
)
APPROVER_WAIVED: Final = RefusalCode(
    "approver_waived",
    "Who approves the payment of {number} waived one of its conditions.",
    "Ask another person to approve the list.",
)
PAID_BEFORE_AGREEMENT: Final = RefusalCode(
    "paid_before_agreement",
    "The payment of {number} is dated {day}, before the agreement of {signed}.",
    "Date the payment on the day of the agreement or later.",
)
OUTSIDE_FUND_PERIOD: Final = RefusalCode(
    "outside_fund_period",
    "The payment of {number} is dated {day}, and its fund {fund} pays from {start} until {last}.",
    "Pay within the fund's period, or have the fund extended.",
)
RETRY_MISSING: Final = RefusalCode(
    "failed_payment_waits",
    "The payment {payment} of tranche {position} of {number} brought nothing and was not retried.",
    "Retry that payment, so that the two are linked.",
)
RETRY_NOT_FAILED: Final = RefusalCode(
    "retry_not_failed",
    "The payment {payment} is {state}.",
    "Only a payment that failed, expired or bounced is retried.",
)
RETRIED_ALREADY: Final = RefusalCode(
    "retried_already",
    "The payment {payment} was retried with {retry}.",
    "Follow that payment; a further retry stands on it.",
)
RETRY_EXCEEDED: Final = RefusalCode(
    "retry_exceeded",
    "The retry of {wanted} is more than the payment {payment} did not bring: {missing}.",
    "Retry {missing} or less, and list what is left of the tranche afterwards as a payment of its own.",
)
SENT_BY_OTHER_HAND: Final = RefusalCode(
    "sent_by_other_hand",
    "The list {number} was prepared by another person.",
    "Ask that person, or void the list and prepare one of your own.",
)
PAYMENT_NOT_IN_LIST: Final = RefusalCode(
    "payment_not_in_list",
    "The payment {payment} does not stand in the list {number}.",
    "Look the list up with: seedfund show {number}.",
)
PAYER_WITNESSED: Final = RefusalCode(
    "payer_witnessed",
    "Who releases the payment of {number} witnessed a signature on its agreement.",
    "Ask another person to release it.",
)
REFUSALS: Final = (
    *(LIST_EMPTY, LIST_CURRENCY, TRANCHE_MISSING, TRANCHE_LISTED_TWICE, TRANCHE_EXCEEDED, PAYEE_MISSING),
    *(PAYEE_ACCOUNT_NOT_VERIFIED, PAYEE_ACCOUNT_COOLING, PAYEE_ACCOUNT_RETIRED),
    *(PAYEE_NOT_FOR_DELIVERY, PREPARER_WAIVED, APPROVER_WAIVED),
    *(PAID_BEFORE_AGREEMENT, OUTSIDE_FUND_PERIOD, RETRY_MISSING, RETRY_NOT_FAILED, RETRIED_ALREADY),
    *(RETRY_EXCEEDED, SENT_BY_OTHER_HAND, PAYMENT_NOT_IN_LIST, PAYER_WITNESSED, PAYEE_NOT_NAMED),
)


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """A payment as two hands agree on it; `account` and its digest are empty where a person is paid."""

    number: str
    grant: str
    tranche: int
    payee: str
    method: str
    account: str
    account_digest: str
    bank_account: str
    amount_minor: int
    retry_of: str


def content_hash(number: str, currency: str, payments: Iterable[ListedPayment]) -> str:
    """The SHA-256 of a list's content: its number, currency and every payment in the order of their numbers."""
    ordered = sorted(payments, key=_number)
    parts = (
        f"{one.number}\x1f{one.grant}\x1f{one.tranche}\x1f{one.payee}\x1f{one.method}\x1f{one.account}\x1f"
        f"{one.account_digest}\x1f{one.bank_account}\x1f{one.amount_minor}\x1f{one.retry_of}".encode()
        for one in ordered
    )
    return digest(HASH_DOMAIN, number.encode(), currency.encode(), *parts)


def _number(payment: ListedPayment) -> str:
    return payment.number


@dataclass(frozen=True, slots=True)
class FundPeriod:
    """A fund that pays a part of a grant, and when it pays."""

    fund: str
    days: DateRange


@dataclass(frozen=True, slots=True)
class FailedPayment:
    """A payment of a tranche that brought nothing, and the retry that stands for it (empty: none yet)."""

    number: str
    state: str
    retry: str


@dataclass(frozen=True, slots=True)
class PaidInto:
    """The account of a payee: its key, its state, and the day from which a verified one that waits can be paid into."""

    account: str
    state: str
    waits_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """What one payment is judged by: what its tranche waits for, and what is left of it, without this payment.

    `payee_kind` is empty where nobody is approved to be paid, or more than one (`payees`) and none was named; `into` is
    None where the payee is paid without an account.
    """

    number: str
    position: int
    wanted: Money
    rest: Money
    day: date
    gaps: Sequence[Refusal]
    signed_on: date | None
    needs_agreement: bool
    funds: Sequence[FundPeriod]
    delivery: str
    payee_kind: str
    method: str
    into: PaidInto | None
    payees: int = 0
    payee_gaps: Sequence[Refusal] = ()
    failed: Sequence[FailedPayment] = ()
    late: Sequence[LateMoney] = ()
    retry_of: str = ""


def check_payment(facts: PaymentFacts) -> list[Refusal]:
    """Every reason not to make a payment: its tranche, its payee, the calendar, payments that failed before."""
    refusals = list(facts.gaps)
    if facts.rest.minor > 0 and facts.wanted > facts.rest:
        refusals.append(
            TRANCHE_EXCEEDED(
                wanted=facts.wanted, position=facts.position, number=facts.number, rest=facts.rest
            )
        )
    return [*refusals, *(gap for _, _, gaps in _judged(facts) for gap in gaps)]


def payment_findings(facts: PaymentFacts) -> tuple[Finding, ...]:
    """What holds for a payment besides its tranche, each met or not met: payee, agreement, funds, failed, late."""
    return findings_of(_judged(facts), facts.day)


def _judged(facts: PaymentFacts) -> tuple[Judged, ...]:
    return (
        ("payee_approved", Role.FIELD_OFFICER, _check_payee(facts)),
        ("agreed_by_then", Role.ECONOMIC_INCLUSION_EXPERT, _check_agreement(facts)),
        ("fund_pays", Role.FINANCE_OFFICER, _check_funds(facts)),
        ("failed_payments_retried", Role.FINANCE_OFFICER, _check_failed(facts)),
        ("late_results_decided", Role.FINANCE_APPROVER, check_late(facts.number, facts.late)),
    )


def _check_payee(facts: PaymentFacts) -> list[Refusal]:
    number, position = facts.number, facts.position
    if not facts.payee_kind and facts.payees > 1:
        return [PAYEE_NOT_NAMED(number=number, count=facts.payees, position=position)]
    if not facts.payee_kind:
        return [PAYEE_MISSING(number=number)]
    refusals = []
    if (facts.delivery == Delivery.IN_KIND) != (facts.payee_kind == PayeeKind.SUPPLIER):
        refusals.append(
            PAYEE_NOT_FOR_DELIVERY(
                position=position, number=number, delivery=facts.delivery, kind=facts.payee_kind
            )
        )
    else:
        refusals += check_method(number, position, delivery=facts.delivery, method=facts.method)
    return [*refusals, *_check_account(number, facts.into), *facts.payee_gaps]


def _check_account(number: str, into: PaidInto | None) -> list[Refusal]:
    if into is None:
        return []
    if into.state == ACCOUNT_RETIRED:
        return [PAYEE_ACCOUNT_RETIRED(number=number)]
    if into.state != ACCOUNT_VERIFIED:
        return [PAYEE_ACCOUNT_NOT_VERIFIED(number=number, account=into.account)]
    return [] if into.waits_until is None else [PAYEE_ACCOUNT_COOLING(number=number, day=into.waits_until)]


def _check_agreement(facts: PaymentFacts) -> list[Refusal]:
    if facts.signed_on is None:
        return [AGREEMENT_NOT_SIGNED()] if facts.needs_agreement else []
    if facts.day < facts.signed_on:
        return [PAID_BEFORE_AGREEMENT(number=facts.number, day=facts.day, signed=facts.signed_on)]
    return []


def _check_funds(facts: PaymentFacts) -> list[Refusal]:
    return [
        OUTSIDE_FUND_PERIOD(
            number=facts.number,
            day=facts.day,
            fund=period.fund,
            start=period.days.start,
            last=period.days.last_day,
        )
        for period in facts.funds
        if facts.day not in period.days
    ]


def _check_failed(facts: PaymentFacts) -> list[Refusal]:
    return [
        RETRY_MISSING(payment=one.number, position=facts.position, number=facts.number)
        for one in facts.failed
        if not one.retry and one.number != facts.retry_of
    ]


def check_retry(
    payment: FailedPayment, retried: Sequence[str], *, wanted: Money, missing: Money
) -> list[Refusal]:
    """Why a payment cannot be retried with an amount; `retried` are the states that a retry stands for."""
    if payment.state not in retried:
        return [RETRY_NOT_FAILED(payment=payment.number, state=payment.state)]
    if payment.retry:
        return [RETRIED_ALREADY(payment=payment.number, retry=payment.retry)]
    if wanted > missing:
        return [RETRY_EXCEEDED(wanted=wanted, payment=payment.number, missing=missing)]
    return []
