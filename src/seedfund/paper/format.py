"""Dates, numbers and amounts as a reader of a language writes them. Must not know templates or pages.

The marks and month names come from Babel (Unicode CLDR); an amount's figures come from its minor units, never from a
float. The blank inside an amount does not break at a line's end.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money, NumberStyle, format_minor
from seedfund.paper.rules import LANGUAGE_WITHOUT_WORDS

LOCALES: Final[Mapping[str, str]] = {"es": "es_EC", "en": "en_GB"}
"""The languages papers are issued in, and the country whose habits they follow."""
_DATE: Final[Mapping[str, str]] = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y"}
_NO_BREAK: Final = "\u00a0"


def locale_of(language: str) -> Locale:
    """The locale of a language.

    Raises:
        Refused: `language_without_words`, papers are not issued in it.
    """
    if language not in LOCALES:
        raise Refused([LANGUAGE_WITHOUT_WORDS(language=language, known=", ".join(LOCALES))])
    return _locale(language)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@cache
def number_style(language: str) -> NumberStyle:
    """The decimal and grouping marks of a language."""
    locale = locale_of(language)
    return NumberStyle(decimal=get_decimal_symbol(locale), group=get_group_symbol(locale))


def money_text(money: Money, language: str) -> str:
    """Code and figures: `USD 1.250,50` in Spanish, `USD 1,250.50` in English."""
    return f"{money.currency}{_NO_BREAK}{figures(money, language)}"


def figures(money: Money, language: str) -> str:
    """The figures alone, with all the decimals of the currency."""
    return format_minor(money.minor, money.currency, number_style(language))


def date_text(day: date, language: str) -> str:
    """`22 de noviembre de 2026`, `22 November 2026`."""
    return format_date(day, format=_DATE[language], locale=locale_of(language))


def number_text(number: int | Decimal, language: str) -> str:
    """A count or a quantity with its own decimals, grouped in threes: `1.250`, `2,5`."""
    style = number_style(language)
    places = Decimal(number).as_tuple().exponent
    if not isinstance(places, int):
        raise ValueError("a number on paper is finite")
    scaled = Decimal(number).quantize(Decimal(1)) if places > 0 else Decimal(number)
    whole, _, fraction = f"{scaled:,f}".partition(".")
    grouped = whole.replace(",", style.group)
    return f"{grouped}{style.decimal}{fraction}" if fraction else grouped


def ordinal_text(number: int, language: str) -> str:
    """A position before a masculine noun: `1.er desembolso`, `2.º desembolso`; `1st`, `2nd` in English."""
    locale_of(language)
    if language == "es":
        return f"{number}.er" if number % 10 in (1, 3) and number % 100 != 11 else f"{number}.º"
    teens = number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
