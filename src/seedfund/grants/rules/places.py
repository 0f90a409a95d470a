"""Where money lies and by which method it goes out or comes in: what is odd about the two together. Pure.

Nothing here refuses: that cash was taken straight into a bank account, or into one where only another donor's money
lies, has happened. It is named, so that who reconciles moves it to where it belongs (accounting: findings 10 and 27).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.funds.rules.words import BankAccountKind
from seedfund.grants.rules.words import PaymentMethod


class PlaceIrregularity(StrEnum):
    """What is odd about an account that money went out of or came into."""

    OTHER_KIND_OF_ACCOUNT = "other_kind_of_account"
    ACCOUNT_OF_OTHER_FUND = "account_of_other_fund"


PLACES: Final[Mapping[PaymentMethod, tuple[BankAccountKind, ...]]] = MappingProxyType(
    {
        PaymentMethod.BANK: (BankAccountKind.BANK,),
        PaymentMethod.MOBILE_MONEY: (BankAccountKind.WALLET_FLOAT, BankAccountKind.BANK),
        PaymentMethod.CASH: (BankAccountKind.PETTY_CASH, BankAccountKind.ENVELOPE),
        PaymentMethod.CHEQUE: (BankAccountKind.BANK,),
        PaymentMethod.WITHDRAWAL_CODE: (BankAccountKind.CODE_FLOAT,),
        PaymentMethod.VOUCHER: (BankAccountKind.VOUCHER_FLOAT,),
        PaymentMethod.IN_KIND: (BankAccountKind.BANK, BankAccountKind.PETTY_CASH),
    }
)
"""The kinds of account a method pays out of, and takes in; a mobile wallet is also filled from a bank account."""


def irregularities(
    methods: Iterable[str], kind: BankAccountKind, *, is_of_other_fund: bool = False
) -> tuple[PlaceIrregularity, ...]:
    """What is odd about money of these methods in an account of a kind."""
    found = []
    if any(kind not in PLACES[PaymentMethod(method)] for method in methods):
        found.append(PlaceIrregularity.OTHER_KIND_OF_ACCOUNT)
    if is_of_other_fund:
        found.append(PlaceIrregularity.ACCOUNT_OF_OTHER_FUND)
    return tuple(found)
