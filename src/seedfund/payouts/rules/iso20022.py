"""What the messages of ISO 20022 fix of a provider's files, so that a layout of that form needs no columns. Pure.

Out goes pain.001.001.09 (customer credit transfer initiation), back comes pain.002.001.10 (payment status report).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.payouts.rules.words import Direction, LayoutField, Told

NAME_MAX: Final = 70
ACCOUNT_MAX: Final = 34
BANK_MAX: Final = 140
REMITTANCE_MAX: Final = 140
FIELDS: Final[Mapping[Direction, tuple[LayoutField, ...]]] = MappingProxyType(
    {
        Direction.OUT: (
            *(LayoutField.PAYMENT, LayoutField.AMOUNT, LayoutField.CURRENCY, LayoutField.NAME),
            *(LayoutField.ACCOUNT, LayoutField.BANK, LayoutField.CONCEPT),
        ),
        Direction.IN: (
            *(LayoutField.PAYMENT, LayoutField.AMOUNT, LayoutField.CURRENCY),
            *(LayoutField.STATUS, LayoutField.REFERENCE),
        ),
    }
)
"""What a message holds of the fields of a layout."""
STATUSES: Final[Mapping[str, Told]] = MappingProxyType(
    {
        **dict.fromkeys(("ACSC", "ACCC"), Told.DELIVERED),
        "RJCT": Told.FAILED,
        **dict.fromkeys(("PDNG", "ACSP", "ACTC", "ACCP", "ACFC", "RCVD"), Told.PENDING),
    }
)
"""What a status of a transaction means (ISO 20022, external code set); any other waits for a person."""
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", flags=re.ASCII)
_BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", flags=re.ASCII)


def looks_like_iban(number: str) -> bool:
    """Whether an account has the form of an IBAN, whatever its check digits."""
    return _IBAN.fullmatch(number) is not None


def is_iban(number: str) -> bool:
    """Whether an account is an IBAN: its form, and its check digits by ISO 7064 (97-10)."""
    moved = number[4:] + number[:4]
    return looks_like_iban(number) and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def is_bic(code: str) -> bool:
    """Whether a bank's code has the form of a BIC (ISO 9362)."""
    return _BIC.fullmatch(code) is not None


def is_account(number: str) -> bool:
    """Whether an account can stand in a message: an IBAN that holds, or a number of the bank's own."""
    return is_iban(number) if looks_like_iban(number) else is_text(number, ACCOUNT_MAX)


def is_text(text: str, most: int) -> bool:
    """Whether a text can stand in a message: something, printed, without outer spaces, no longer than it may be."""
    return bool(text) and len(text) <= most and text == text.strip() and text.isprintable()
