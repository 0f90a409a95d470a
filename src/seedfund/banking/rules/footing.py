"""What is odd about a statement and its lines as told. Pure; nothing here turns a statement away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.banking.rules.words import LineFlag, StatementFlag

BARRING: Final = frozenset(
    (
        *(StatementFlag.DOES_NOT_FOOT, StatementFlag.BALANCE_MISSING),
        *(StatementFlag.OTHER_CURRENCY, StatementFlag.AMOUNT_UNREADABLE),
    )
)
"""Flags with which a statement does not foot: none of its lines is matched and nothing is posted from it."""

WEIGHED_BY: Final = 1_000_003
"""What is left of an amount over this number is weighed by the line's position; small enough to add up in 64 bits."""


def weighed(amounts: Sequence[int | None]) -> int:
    """A sum in which every amount counts for its place, so that two that change places change it."""
    return sum(
        (abs(amount) % WEIGHED_BY) * (1 if amount > 0 else -1) * position
        for position, amount in enumerate(amounts, start=1)
        if amount is not None
    )


@dataclass(frozen=True, kw_only=True)
class LineTold:
    """A line as told; `amount` is None where it cannot be read, `is_foreign` where it is in another currency.

    The days are None where the bank names none or one that does not exist; then `unread` names the field.
    """

    amount: int | None
    is_foreign: bool = False
    booked: date | None = None
    value: date | None = None
    reference: str = ""
    unread: frozenset[str] = frozenset()
    was_seen: bool = False


@dataclass(frozen=True, kw_only=True)
class Before:
    """The statement of the account that ends last before this one begins: its last day and closing balance."""

    until: date | None
    closing: int | None


@dataclass(frozen=True, kw_only=True)
class StatementTold:
    """A statement as told, in minor units of its currency, beside what is known of the account.

    `is_told_twice` when another statement that counts tells days of it too.
    """

    opening: int | None
    closing: int | None
    is_other_currency: bool
    from_day: date | None
    until_day: date | None
    lines: tuple[LineTold, ...]
    before: Before | None = None
    is_other_number: bool = False
    is_signed: bool = False
    is_told_twice: bool = False


def difference(told: StatementTold) -> int | None:
    """What opening and lines make beyond the closing balance; None where one of them cannot be read."""
    amounts = [line.amount for line in told.lines]
    if told.opening is None or told.closing is None or None in amounts:
        return None
    return told.opening + sum(amount for amount in amounts if amount is not None) - told.closing


def statement_flags(told: StatementTold) -> tuple[StatementFlag, ...]:
    """Everything odd about a statement, in the declared order."""
    off = difference(told)
    unreadable = any(line.amount is None for line in told.lines)
    before = told.before
    found = {
        StatementFlag.DOES_NOT_FOOT: off is not None and off != 0,
        StatementFlag.BALANCE_MISSING: told.opening is None or told.closing is None,
        StatementFlag.OTHER_CURRENCY: told.is_other_currency or any(line.is_foreign for line in told.lines),
        StatementFlag.AMOUNT_UNREADABLE: unreadable,
        StatementFlag.STATEMENT_MISSING: not told.is_told_twice
        and before is not None
        and None not in (before.closing, told.opening)
        and before.closing != told.opening,
        StatementFlag.OVERLAPS: told.is_told_twice or (before is not None and _overlaps(before, told)),
        StatementFlag.OTHER_NUMBER: told.is_other_number,
        StatementFlag.MONTH_SIGNED: told.is_signed,
    }
    return tuple(flag for flag in StatementFlag if found[flag])


def _overlaps(before: Before, told: StatementTold) -> bool:
    return before.until is not None and told.from_day is not None and told.from_day < before.until


def is_barred(flags: Sequence[StatementFlag]) -> bool:
    """Whether nothing of the statement counts until a corrected one comes."""
    return bool(BARRING.intersection(flags))


def line_flags(line: LineTold, told: StatementTold, *, is_repeated: bool) -> tuple[LineFlag, ...]:
    """Everything odd about a line, in the declared order; `is_repeated` when its reference stood on one before it."""
    day = line.booked or line.value
    first, last = told.from_day, told.until_day
    is_outside = day is not None and (
        (first is not None and day < first) or (last is not None and day > last)
    )
    found = {
        LineFlag.AMOUNT_UNREADABLE: line.amount is None,
        LineFlag.OTHER_CURRENCY: line.is_foreign,
        LineFlag.BOOKING_DATE_UNREADABLE: "booking_date" in line.unread,
        LineFlag.VALUE_DATE_UNREADABLE: "value_date" in line.unread,
        LineFlag.OUTSIDE_STATEMENT: is_outside,
        LineFlag.REFERENCE_TWICE: is_repeated,
        LineFlag.SEEN_BEFORE: line.was_seen,
        LineFlag.NOTHING_MOVED: line.amount == 0,
    }
    return tuple(flag for flag in LineFlag if found[flag])


def counted_day(line: LineTold, told: StatementTold, *, recorded: date) -> date:
    """The day on which a line counts: its booking date, else its value date, else the statement's last day."""
    return line.booked or line.value or told.until_day or recorded
