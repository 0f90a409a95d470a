"""What goes with a method of payment: in what a tranche is given, what can become of it, whether it has a code. Pure.

Source: accounting reference, finding 46. Must not know rows.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.grants.rules.words import Delivery, PaymentMethod
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.roles import Role

METHOD_NOT_FOR_DELIVERY: Final = RefusalCode(
    "method_not_for_delivery",
    "Tranche {position} of {number} is given as {delivery}, and its payee is paid by {method}.",
    "Approve a payee with one of these methods: {allowed}.",
)
CODE_NOT_OF_METHOD: Final = RefusalCode(
    "code_not_of_method",
    "The payment {payment} is made by {method}, which has no code.",
    "Only a withdrawal code, a voucher or a cheque has one.",
)
CODE_NOT_WANTED: Final = RefusalCode(
    "code_not_wanted",
    "The payment {payment} is {state}; a code is recorded while it is on its way.",
    "Release it first; what is paid already needs no code.",
)
REFUSALS: Final = (METHOD_NOT_FOR_DELIVERY, CODE_NOT_OF_METHOD, CODE_NOT_WANTED)

METHODS: Final[Mapping[Delivery, tuple[PaymentMethod, ...]]] = MappingProxyType(
    {
        Delivery.MONEY: (
            PaymentMethod.BANK,
            PaymentMethod.MOBILE_MONEY,
            PaymentMethod.CASH,
            PaymentMethod.CHEQUE,
            PaymentMethod.WITHDRAWAL_CODE,
        ),
        Delivery.VOUCHER: (PaymentMethod.VOUCHER,),
        Delivery.IN_KIND: (PaymentMethod.IN_KIND,),
    }
)
"""By which methods a tranche is paid, by what it is given in."""
REDEEMED: Final = (PaymentMethod.WITHDRAWAL_CODE, PaymentMethod.VOUCHER)
"""What is redeemed at a provider: no other payment comes to that, and none of these without its code."""
WITH_CODE: Final = (*REDEEMED, PaymentMethod.CHEQUE)
"""Methods with a code or a number of their own, issued when they are paid."""

CODE_ROLES: Final = (Role.CASHIER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.FIELD_OFFICER)
"""Who is shown a code: who holds it holds the money, so only who obtains it and who brings it to the payee."""


def check_method(number: str, position: int, *, delivery: str, method: str) -> list[Refusal]:
    """Why a tranche is not paid by a method."""
    allowed = METHODS[Delivery(delivery)]
    if method in allowed:
        return []
    return [
        METHOD_NOT_FOR_DELIVERY(
            position=position,
            number=number,
            delivery=delivery,
            method=method,
            allowed=", ".join(one.value for one in allowed),
        )
    ]


def check_code(payment: str, *, method: str, state: str) -> list[Refusal]:
    """Why no code is recorded for a payment."""
    refusals = [] if method in WITH_CODE else [CODE_NOT_OF_METHOD(payment=payment, method=method)]
    return refusals if state in IN_FLIGHT else [*refusals, CODE_NOT_WANTED(payment=payment, state=state)]
