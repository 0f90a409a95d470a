"""The text of a cell to its value, under a declared style of numbers and order of dates. Nothing is guessed.

Identifiers are text: what a spreadsheet has rewritten as a number is turned away, because the digits that are gone
cannot be told.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from seedfund.interchange.rules.columns import CellKind, Column
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.refusals import (
    AMOUNT_UNREADABLE,
    CELL_IS_ERROR,
    CELL_LOOKS_LIKE_FORMULA,
    CELL_MISSING,
    CELL_TOO_LONG,
    CELL_WITH_HIDDEN_CHARACTER,
    CODE_UNREADABLE,
    CURRENCY_MISSING,
    DATE_IMPOSSIBLE,
    DATE_OTHER_CALENDAR,
    DATE_UNREADABLE,
    IDENTIFIER_ROUNDED,
    IDENTIFIER_SPOILED,
    MONTH_UNREADABLE,
    NUMBER_UNREADABLE,
    TEXT_HIDDEN,
    TEXT_ZAWGYI,
    WORD_UNKNOWN,
)
from seedfund.interchange.rules.texts import has_hidden, is_zawgyi
from seedfund.kernel.currencies import exponent
from seedfund.kernel.dates import parse_month
from seedfund.kernel.errors import InvalidInput, Refusal
from seedfund.kernel.money import NumberStyle, format_minor, parse_decimal, parse_money

YES: Final = ("yes", "si", "true", "1", "x")
NO: Final = ("no", "false", "0")
_FORMULA: Final = re.compile(r"[=@]|[+-]\s*[A-Za-z(=@]")
_SPOILED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+|[0-9]+[.,]0+", flags=re.ASCII)
_ERROR: Final = re.compile(r"#{3,}|#[¡¿]?[A-ZÁÉÍÓÚ0-9/_]{2,20}[!?]|#N/[AD]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ROUNDED: Final = re.compile(r"[0-9]{15}0+", flags=re.ASCII)


class DateOrder(StrEnum):
    """In which order a file writes the parts of a day."""

    YEAR_MONTH_DAY = "ymd"
    DAY_MONTH_YEAR = "dmy"
    MONTH_DAY_YEAR = "mdy"


class Calendar(StrEnum):
    """In which calendar a file counts years; Thai papers write 2569 for 2026."""

    GREGORIAN = "gregorian"
    BUDDHIST = "buddhist"


BUDDHIST_AHEAD: Final = 543
_BUDDHIST_FROM: Final = 2400
"""No day of this work lies so far ahead, and none of the Buddhist calendar so far back."""
_DAYS: Final[Mapping[DateOrder, tuple[re.Pattern[str], str]]] = MappingProxyType(
    {
        DateOrder.YEAR_MONTH_DAY: (
            re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", flags=re.ASCII),
            "2026-12-31",
        ),
        DateOrder.DAY_MONTH_YEAR: (
            re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})", flags=re.ASCII),
            "31/12/2026",
        ),
        DateOrder.MONTH_DAY_YEAR: (
            re.compile(r"(?P<m>[0-9]{1,2})[/.-](?P<d>[0-9]{1,2})[/.-](?P<y>[0-9]{4})", flags=re.ASCII),
            "12/31/2026",
        ),
    }
)


_WRITTEN: Final[Mapping[DateOrder, str]] = MappingProxyType(
    {
        DateOrder.YEAR_MONTH_DAY: "{y:04}-{m:02}-{d:02}",
        DateOrder.DAY_MONTH_YEAR: "{d:02}/{m:02}/{y:04}",
        DateOrder.MONTH_DAY_YEAR: "{m:02}/{d:02}/{y:04}",
    }
)


@dataclass(frozen=True, kw_only=True)
class CellStyle:
    """How a file writes numbers and days, and the currency of amounts where no column says it."""

    numbers: NumberStyle
    dates: DateOrder = DateOrder.YEAR_MONTH_DAY
    currency: str = ""
    calendar: Calendar = Calendar.GREGORIAN


class Unreadable(Exception):
    """A cell cannot be read; carries the refusal and never the cell."""

    def __init__(self, refusal: Refusal):
        self.refusal: Final = refusal
        super().__init__(refusal.code)


def read_cell(column: Column, text: str, style: CellStyle) -> Any:
    """The value of a cell, or None where it is empty and may be.

    Raises:
        Unreadable: the cell is not what its column says.
    """
    if not text:
        if column.is_required:
            raise Unreadable(CELL_MISSING())
        return None
    if len(text) > column.length:
        raise Unreadable(CELL_TOO_LONG(most=column.length))
    if _CONTROL.search(text):
        raise Unreadable(CELL_WITH_HIDDEN_CHARACTER())
    if column.kind is CellKind.AS_WRITTEN:
        return text
    if text[0] == "#" and _ERROR.fullmatch(text):
        raise Unreadable(CELL_IS_ERROR())
    return _READERS[column.kind](column, text, style)


def flags_of(column: Column, text: str) -> tuple[Refusal, ...]:
    """What is worth telling about a text that is taken as it is."""
    if column.kind is not CellKind.TEXT or text.isascii():
        return ()
    hidden = (TEXT_HIDDEN(),) if has_hidden(text) else ()
    return (*hidden, *((TEXT_ZAWGYI(),) if is_zawgyi(text) else ()))


def _text(column: Column, text: str, style: CellStyle) -> str:
    if _FORMULA.match(text):
        raise Unreadable(CELL_LOOKS_LIKE_FORMULA())
    return text


def _identifier(column: Column, text: str, style: CellStyle) -> str:
    """An apostrophe in front says that the digits are meant as they stand, as spreadsheets have it."""
    if has_hidden(text):
        raise Unreadable(CELL_WITH_HIDDEN_CHARACTER())
    if text.startswith("'"):
        return _text(column, text[1:].strip(), style)
    if text[0] in "=@-+":
        raise Unreadable(CELL_LOOKS_LIKE_FORMULA())
    bare = text.replace(" ", "")
    if _SPOILED.fullmatch(bare):
        raise Unreadable(IDENTIFIER_SPOILED())
    if _ROUNDED.fullmatch(bare):
        raise Unreadable(IDENTIFIER_ROUNDED())
    return text


def _phone(column: Column, text: str, style: CellStyle) -> str:
    """A plus in front belongs to a phone number, and only there."""
    if text.startswith("+") and text[1:2].isdigit():
        return "+" + _identifier(column, text[1:], style)
    return _identifier(column, text, style)


def _amount(column: Column, text: str, style: CellStyle) -> Any:
    if not style.currency:
        raise Unreadable(CURRENCY_MISSING())
    try:
        if text.startswith("-"):
            raise InvalidInput(field="amount", problem="it has a sign", remedy="leave the sign")
        return parse_money(text, style.currency, style=style.numbers)
    except InvalidInput:
        digits = exponent(style.currency)
        example = format_minor(125050 * 10 ** max(digits - 2, 0), style.currency, style.numbers)
        raise Unreadable(AMOUNT_UNREADABLE(example=example)) from None


def _signed(column: Column, text: str, style: CellStyle) -> Any:
    """An amount with its sign in front; a bank writes what left the account below zero."""
    sign = -1 if text.startswith("-") else 1
    return _amount(column, text.removeprefix("-").strip(), style) * sign


def _number(text: str, style: CellStyle, *, places: int, example: str) -> Decimal:
    try:
        return parse_decimal(text, style=style.numbers, field="number", places=places)
    except InvalidInput:
        shown = example.replace(".", style.numbers.decimal)
        raise Unreadable(NUMBER_UNREADABLE(example=shown)) from None


def _quantity(column: Column, text: str, style: CellStyle) -> int:
    """Thousandths of a unit."""
    return int(_number(text, style, places=3, example="1.5") * 1_000)


def _percent(column: Column, text: str, style: CellStyle) -> int:
    """Basis points, from `80`, `80 %` or `66,67`."""
    return int(_number(text.removesuffix("%").strip(), style, places=2, example="66.67") * 100)


def _whole(column: Column, text: str, style: CellStyle) -> int:
    return int(_number(text, style, places=0, example="12"))


def _date(column: Column, text: str, style: CellStyle) -> date:
    pattern, example = _DAYS[style.dates]
    match = pattern.fullmatch(text)
    if match is None:
        raise Unreadable(DATE_UNREADABLE(example=example))
    year = int(match["y"])
    if year >= _BUDDHIST_FROM and style.calendar is Calendar.GREGORIAN:
        raise Unreadable(DATE_OTHER_CALENDAR())
    if style.calendar is Calendar.BUDDHIST:
        if year < _BUDDHIST_FROM:
            raise Unreadable(DATE_OTHER_CALENDAR())
        year -= BUDDHIST_AHEAD
    try:
        return date(year, int(match["m"]), int(match["d"]))
    except ValueError:
        raise Unreadable(DATE_IMPOSSIBLE(example=example)) from None


def day_text(day: date, style: CellStyle) -> str:
    """A day as a file of this style writes it."""
    year = day.year + (BUDDHIST_AHEAD if style.calendar is Calendar.BUDDHIST else 0)
    return _WRITTEN[style.dates].format(y=year, m=day.month, d=day.day)


def _month(column: Column, text: str, style: CellStyle) -> Any:
    try:
        return parse_month(text)
    except InvalidInput:
        raise Unreadable(MONTH_UNREADABLE()) from None


def _yes_no(column: Column, text: str, style: CellStyle) -> bool:
    word = fold(text)
    if word not in (*YES, *NO):
        raise Unreadable(WORD_UNKNOWN(possible="yes, no, sí"))
    return word in YES


def _word(column: Column, text: str, style: CellStyle) -> str:
    code = column.by_word.get(text) or column.by_word.get(fold(text))
    if code is not None:
        return code
    possible = ", ".join(
        word.code if word.code == word.spanish else f"{word.code} ({word.spanish})" for word in column.words
    )
    raise Unreadable(WORD_UNKNOWN(possible=possible))


def _country(column: Column, text: str, style: CellStyle) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text, flags=re.ASCII):
        raise Unreadable(CODE_UNREADABLE(length=2, standard="ISO 3166", example="EC"))
    return text


def _currency(column: Column, text: str, style: CellStyle) -> str:
    try:
        exponent(text)
    except InvalidInput:
        raise Unreadable(CODE_UNREADABLE(length=3, standard="ISO 4217", example="USD")) from None
    return text


_READERS: Final[Mapping[CellKind, Callable[[Column, str, CellStyle], Any]]] = MappingProxyType(
    {
        CellKind.TEXT: _text,
        CellKind.IDENTIFIER: _identifier,
        CellKind.PHONE: _phone,
        CellKind.AMOUNT: _amount,
        CellKind.SIGNED: _signed,
        CellKind.QUANTITY: _quantity,
        CellKind.PERCENT: _percent,
        CellKind.WHOLE: _whole,
        CellKind.DATE: _date,
        CellKind.MONTH: _month,
        CellKind.YES_NO: _yes_no,
        CellKind.WORD: _word,
        CellKind.COUNTRY: _country,
        CellKind.CURRENCY: _currency,
    }
)
