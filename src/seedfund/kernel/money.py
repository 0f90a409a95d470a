"""Money: an integer of minor units and a currency. Must not know locales beyond a declared number style.

Invariants: never a float, never a fraction of a minor unit, never two currencies in one sum, splits add up.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from seedfund.kernel.currencies import EXPONENTS, exponent
from seedfund.kernel.errors import InvalidInput

MINOR_MAX: Final = 10**17
"""Largest amount of minor units taken anywhere; far below 64 bits, so that sums cannot overflow."""


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """An amount in minor units (cents, fils) of one ISO 4217 currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise InvalidInput(
                field="amount",
                problem=f"{type(self.minor).__name__} is not a whole number",
                remedy="give minor units",
            )
        exponent(self.currency)
        if abs(self.minor) > MINOR_MAX:
            raise InvalidInput(
                field="amount", problem="the amount is too large", remedy=f"stay below {MINOR_MAX}"
            )

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise TypeError("money is multiplied by whole numbers only; use `share` for a rate")
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {format_minor(self.minor, self.currency, PLAIN)}"

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money and {type(other).__name__} do not mix")
        if other.currency != self.currency:
            raise InvalidInput(
                field="currency",
                problem=f"{self.currency} and {other.currency} cannot be added or compared",
                remedy="exchange one of them first",
            )
        return other.minor

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split by weights so that the parts sum exactly (largest remainder; ties go to the earlier part)."""
        return tuple(Money(part, self.currency) for part in allocate(self.minor, weights))

    def share(self, basis_points: int) -> "Money":
        """The part of `basis_points` in 10,000, rounded half up away from zero (2,000 = 20 %)."""
        product = abs(self.minor) * basis_points
        rounded = (product + 5_000) // 10_000
        return Money(rounded if self.minor >= 0 else -rounded, self.currency)


@cache
def zero(currency: str) -> Money:
    """No money of a currency."""
    return Money(0, currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency; an empty sum is zero of it."""
    result = zero(currency)
    for amount in amounts:
        result = result + amount
    return result


def allocate(minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an integer by non-negative weights: largest remainder, exact, ties to the earlier part.

    Raises:
        InvalidInput: no weights, a negative weight, or all weights zero.
    """
    if not weights or any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise InvalidInput(
            field="weights", problem="there is nothing to split by", remedy="give positive weights"
        )
    sign, size, whole = (1 if minor >= 0 else -1), abs(minor), sum(weights)
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % whole), index))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return tuple(sign * part for part in parts)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a file or a reader writes numbers: the decimal mark and the grouping mark (may be empty)."""

    decimal: str
    group: str


SPANISH: Final = NumberStyle(decimal=",", group=".")
ENGLISH: Final = NumberStyle(decimal=".", group=",")
PLAIN: Final = NumberStyle(decimal=".", group="")
STYLES: Final = {"es": SPANISH, "en": ENGLISH, "plain": PLAIN}


def parse_money(text: str, currency: str, *, style: NumberStyle, field: str = "amount") -> Money:
    """Read an amount in a declared style: `1.250,50` (Spanish) or `1,250.50` (English), ASCII digits only.

    Groups must stand in threes and not begin with 0 (`0.500` is half a unit in another style, not 500),
    decimals may be fewer than the currency's but never more, a sign stands in front.

    Raises:
        InvalidInput: anything else (exponents, other digits, stray marks, a currency sign), naming `field`.
    """
    digits = exponent(currency)
    fraction = rf"(?:{re.escape(style.decimal)}([0-9]{{1,{digits}}}))?" if digits else "()"
    match = re.fullmatch(rf"(-?)({_whole(style)}){fraction}", text.strip(), flags=re.ASCII)
    if match is None:
        example = format_minor(125050 * 10 ** max(digits - 2, 0), currency, style)
        raise InvalidInput(
            field=field,
            problem=f"{text!r} is not an amount in {currency} with '{style.decimal}' as the decimal mark",
            remedy=f"write it like {example}",
        )
    sign, integer, decimals = match.groups()
    minor = int(integer.replace(style.group, "") if style.group else integer) * 10**digits
    minor += int((decimals or "").ljust(digits, "0") or "0")
    if minor > MINOR_MAX:
        raise InvalidInput(
            field=field, problem="the amount is too large", remedy=f"stay below {MINOR_MAX} minor units"
        )
    return Money(-minor if sign else minor, currency)


def _whole(style: NumberStyle) -> str:
    """The pattern of a whole number: grouped in threes or not at all, and short enough to be counted."""
    plain = r"[0-9]{1,18}"
    return (
        rf"(?:[1-9][0-9]{{0,2}}(?:{re.escape(style.group)}[0-9]{{3}}){{1,5}}|{plain})"
        if style.group
        else plain
    )


def format_minor(minor: int, currency: str, style: NumberStyle) -> str:
    """Figures of an amount with the currency's own decimals: `1.250,50` for 125050 in Spanish style."""
    digits = exponent(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    grouped = f"{whole:,}".replace(",", style.group)
    sign = "-" if minor < 0 else ""
    return f"{sign}{grouped}{style.decimal}{fraction:0{digits}d}" if digits else f"{sign}{grouped}"


_AS_STORED: Final = re.compile(r"([A-Z]{3}) (-?[0-9]+)(?:\.([0-9]+))?", re.ASCII)


def style_of(language: str) -> NumberStyle:
    """How a language writes numbers; `plain` is 1250.50, and so write those without a style."""
    return STYLES.get(language, PLAIN)


def money_text(amount: Money, language: str) -> str:
    """An amount as a language writes it, with its currency: `USD 1.250,50`. All that people read goes through here."""
    return f"{amount.currency} {format_minor(amount.minor, amount.currency, style_of(language))}"


def restyled(text: str, language: str) -> str:
    """A text that is an amount as `str` writes it, as the language writes it; any other text as it is."""
    found = _AS_STORED.fullmatch(text)
    if found is None:
        return text
    currency, whole, fraction = found[1], found[2], found[3] or ""
    if EXPONENTS.get(currency) != len(fraction):
        return text
    return money_text(Money(int(whole + fraction), currency), language)


def parse_decimal(text: str, *, style: NumberStyle, field: str, places: int = 3) -> Decimal:
    """Read a quantity or rate (not money) in a declared style, at most `places` decimals, never negative.

    Raises:
        InvalidInput: not such a number, naming `field`.
    """
    fraction = rf"(?:{re.escape(style.decimal)}([0-9]{{1,{places}}}))?" if places else "()"
    match = re.fullmatch(rf"({_whole(style)}){fraction}", text.strip(), flags=re.ASCII)
    if match is None:
        raise InvalidInput(
            field=field,
            problem=f"{text!r} is not a number with '{style.decimal}' as the decimal mark",
            remedy=f"write digits, and at most {places} of them after the mark",
        )
    whole, decimals = match.groups()
    return Decimal(f"{whole.replace(style.group, '') if style.group else whole}.{decimals or '0'}")
