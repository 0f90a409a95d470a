"""What a bank statement is, as every format tells it: balances, entries, and what of them could not be read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from seedfund.kernel.currencies import EXPONENTS
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import MINOR_MAX, Money
from seedfund.kernel.secret import Secret

AMOUNT_LENGTH_MAX: Final = 40


class StatementUnreadable(Exception):
    """A file is no statement that can be read; carries the refusal, which names the place and never its content."""

    def __init__(self, refusal: Refusal):
        self.refusal: Final = refusal
        super().__init__(refusal.code)


@dataclass(frozen=True, kw_only=True)
class BatchDetail:
    """One transaction of an entry that books several: its reference, its amount if told, who is on the other side."""

    reference: str = ""
    amount: Money | None = None
    counterparty: Secret | None = None
    account: Secret | None = None
    remittance: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class StatementEntry:
    """A line of a statement, in the order of the file.

    `amount` is signed: what came in is above zero, what left below, also where the line takes an earlier one back
    (`is_reversal`). A day or an amount that is none (30 February, a third decimal of euros) is None, and `unread` holds
    how the file writes it. `reference` is the bank's, `end_to_end` the one that went out with the payment; `original`
    is the amount in the currency it was ordered in, with the bank's `rate`. `code` is the bank's code of its kind.
    """

    position: int
    reference: str = ""
    end_to_end: str = ""
    booking_date: date | None = None
    value_date: date | None = None
    amount: Money | None = None
    is_reversal: bool = False
    batch: str = ""
    batch_count: int = 0
    details: tuple[BatchDetail, ...] = ()
    counterparty: Secret | None = None
    account: Secret | None = None
    remittance: Secret | None = None
    original: Money | None = None
    rate: str = ""
    code: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement of one account: what identifies it, its balances, its entries.

    `reference` is the bank's identification and `sequence` its number, pages included. `number` is the account as the
    bank writes it. A balance that is missing or unreadable is None. `not_booked` counts entries that the bank announces
    and has not booked: they are no part of the balances and are left out.
    """

    reference: str
    sequence: str = ""
    number: Secret | None = None
    currency: str = ""
    from_day: date | None = None
    until_day: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    entries: tuple[StatementEntry, ...] = ()
    not_booked: int = 0
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def foots(self) -> bool:
        """Whether opening and entries make the closing balance, every amount read and in one currency."""
        amounts = [entry.amount for entry in self.entries]
        if self.opening is None or self.closing is None or None in amounts:
            return False
        known = [amount for amount in amounts if amount is not None]
        if {self.closing.currency, *(amount.currency for amount in known)} != {self.opening.currency}:
            return False
        return self.opening.minor + sum(amount.minor for amount in known) == self.closing.minor


def read_amount(text: str, currency: str, *, decimal: str = ".") -> Money | None:
    """An unsigned amount as banks write it, or None where it is none of that currency; never through a float.

    Zeros beyond the currency's decimals are nothing (`10.000` of euros); any other digit there makes it unreadable.
    """
    plain = text.strip().replace(decimal, ".", 1)
    digits = plain.replace(".", "", 1)
    if (
        currency not in EXPONENTS
        or len(plain) > AMOUNT_LENGTH_MAX
        or not (digits.isascii() and digits.isdigit())
    ):
        return None
    try:
        scaled = Decimal(plain).scaleb(EXPONENTS[currency])
    except InvalidOperation:
        return None
    minor = int(scaled)
    return Money(minor, currency) if minor == scaled and minor <= MINOR_MAX else None


def read_day(text: str) -> date | None:
    """The day of `2026-11-30`, also where a time follows it; None where there is no such day."""
    try:
        return date.fromisoformat(text.strip()[:10]) if text.isascii() else None
    except ValueError:
        return None


def first_day(balance_day: date | None, until: date | None, entries: Sequence[StatementEntry]) -> date | None:
    """The first day of a statement that tells only the day of its opening balance.

    Banks give that of the evening before, or of the first day itself; where an entry was booked on it, it is the first.
    """
    if balance_day is None or (until is not None and balance_day >= until):
        return balance_day
    days = [entry.booking_date for entry in entries if entry.booking_date is not None]
    return balance_day if days and min(days) <= balance_day else balance_day + timedelta(days=1)
