"""Who may be paid for a grant, and by which method. Must not know rows.

A payee who is not the person the grant stands on needs a paper that says so, and two hands of its own (domain:
disbursement, collectors). Goods are paid to a supplier, whose delivery the participant confirms later.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from seedfund.grants.rules.words import PayeeKind, PaymentMethod
from seedfund.kernel.errors import Refusal, RefusalCode

PAYEE_NEEDS_DOCUMENT: Final = RefusalCode(
    "payee_needs_document",
    "The payee proposed for {number} is not the owner, and no paper says why.",
    "File the power of attorney, the order or the supplier's offer, and give its SHA-256.",
)
PAYEE_METHOD_NOT_ALLOWED: Final = RefusalCode(
    "payee_method_not_allowed",
    "The benefit of {number} is not paid by {method}.",
    "Use one of: {allowed}.",
)
PAYEE_NEEDS_ACCOUNT: Final = RefusalCode(
    "payee_needs_account",
    "A payment by {method} needs an account of the payee.",
    "Propose the payee's account, have it verified, and name it.",
)
PAYEE_ACCOUNT_OF_OTHER: Final = RefusalCode(
    "payee_account_of_other",
    "The account named for {number} belongs to another person.",
    "Name an account of the payee.",
)
PAYEE_ACCOUNT_METHOD: Final = RefusalCode(
    "payee_account_method",
    "The account named for {number} is for {found}, not for {method}.",
    "Name an account of that method, or choose the method of the account.",
)
PAYEE_SUPPLIER_METHOD: Final = RefusalCode(
    "payee_supplier_method",
    "A payee that is a {kind} is not paid by {method}.",
    "Goods in kind are paid to a supplier, everything else to a person.",
)
PAYEE_OWN_APPROVAL: Final = RefusalCode(
    "payee_own_approval",
    "Who proposed the payee of {number} does not approve it.",
    "Ask another person.",
)
REFUSALS: Final = (
    *(PAYEE_NEEDS_DOCUMENT, PAYEE_METHOD_NOT_ALLOWED, PAYEE_NEEDS_ACCOUNT, PAYEE_ACCOUNT_OF_OTHER),
    *(PAYEE_ACCOUNT_METHOD, PAYEE_SUPPLIER_METHOD, PAYEE_OWN_APPROVAL),
)

BY_ACCOUNT: Final = (PaymentMethod.BANK, PaymentMethod.MOBILE_MONEY)
"""Methods that reach an account; the others reach a person."""


@dataclass(frozen=True, kw_only=True)
class PayeeProposal:
    """A payee as proposed: whose grant, who, how, and what the named account is (empty where none is named)."""

    number: str
    kind: PayeeKind
    method: PaymentMethod
    is_owner: bool
    has_document: bool
    allowed: Collection[str]
    account_method: str = ""
    is_own_account: bool = True


def check_payee(proposal: PayeeProposal) -> tuple[Refusal, ...]:
    """Why somebody cannot be proposed as the payee of a grant."""
    number, method = proposal.number, proposal.method.value
    refusals = []
    if proposal.allowed and method not in proposal.allowed:
        allowed = ", ".join(sorted(proposal.allowed))
        refusals.append(PAYEE_METHOD_NOT_ALLOWED(number=number, method=method, allowed=allowed))
    if (proposal.kind is PayeeKind.SUPPLIER) != (proposal.method is PaymentMethod.IN_KIND):
        refusals.append(PAYEE_SUPPLIER_METHOD(kind=proposal.kind.value, method=method))
    if not proposal.is_owner and not proposal.has_document:
        refusals.append(PAYEE_NEEDS_DOCUMENT(number=number))
    if proposal.account_method:
        if not proposal.is_own_account:
            refusals.append(PAYEE_ACCOUNT_OF_OTHER(number=number))
        if proposal.account_method != method:
            refusals.append(PAYEE_ACCOUNT_METHOD(number=number, found=proposal.account_method, method=method))
    elif proposal.method in BY_ACCOUNT:
        refusals.append(PAYEE_NEEDS_ACCOUNT(method=method))
    return tuple(refusals)
