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

LOCALES: Final[Mapping[str, str]] = {
    "es": "es_EC",
    "en": "en_GB",
    "fr": "fr_FR",
    "pt": "pt_BR",
    "ar": "ar_JO",
    "th": "th_TH",
    "my": "my_MM",
    "qu": "qu_EC",
}
"""The languages papers are issued in, and the country whose habits they follow.

Figures are 0 to 9 in all of them, so that two languages side by side show the same amount in the same signs.
"""
_BORROWED: Final[Mapping[str, str]] = {"qu": "es"}
"""Kichwa has the marks and months of Ecuador's Spanish; what CLDR has for it is a variety of Peru's."""
_DATE: Final[Mapping[str, str]] = {
    "es": "d 'de' MMMM 'de' y",
    "en": "d MMMM y",
    "fr": "d MMMM y",
    "pt": "d 'de' MMMM 'de' y",
    "my": "y 'ခုနှစ်၊' MMMM'လ' d 'ရက်'",
    "qu": "d 'puncha', MMMM 'killa', y 'wata'",
}
_BUDDHIST_ERA: Final = 543
_OTHER_MONTHS: Final = "ar_EG"
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


def _habits(language: str) -> Locale:
    """The locale whose months and marks a language is written with."""
    locale_of(language)
    return locale_of(_BORROWED.get(language, language))


@cache
def number_style(language: str) -> NumberStyle:
    """The decimal and grouping marks of a language, beside the figures 0 to 9."""
    locale = _habits(language)
    return NumberStyle(
        decimal=get_decimal_symbol(locale, numbering_system="latn"),
        group=get_group_symbol(locale, numbering_system="latn"),
    )


def money_text(money: Money, language: str) -> str:
    """Code and figures: `USD 1.250,50` in Spanish, `USD 1,250.50` in English."""
    return f"{money.currency}{_NO_BREAK}{figures(money, language)}"


def figures(money: Money, language: str) -> str:
    """The figures alone, with all the decimals of the currency."""
    return format_minor(money.minor, money.currency, number_style(language))


def date_text(day: date, language: str) -> str:
    """`22 de noviembre de 2026`, `22 November 2026`.

    Thai names the Buddhist year and ours; Arabic the month as in the Levant and as in Egypt, since each knows its own.
    """
    if language == "th":
        month = _month(day, "th_TH")
        return f"{day.day} {month} พ.ศ. {day.year + _BUDDHIST_ERA} (ค.ศ. {day.year})"
    if language == "ar":
        return f"{day.day} {_month(day, LOCALES[language])}/{_month(day, _OTHER_MONTHS)} {day.year}"
    locale = _habits(language)
    return format_date(day, format=_DATE[language], locale=locale)


def _month(day: date, locale: str) -> str:
    return format_date(day, format="MMMM", locale=locale)


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
    """A position before a masculine noun: `1.er desembolso`, `2.º desembolso`; `1st`, `2nd` in English.

    Arabic, Thai and Burmese have no ending for figures: their wording says `number one`.
    """
    locale_of(language)
    match language:
        case "es":
            return f"{number}.er" if number % 10 in (1, 3) and number % 100 != 11 else f"{number}.º"
        case "en":
            teens = number % 100 in (11, 12, 13)
            return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
        case "fr":
            return f"{number}er" if number == 1 else f"{number}e"
        case "pt":
            return f"{number}.º"
        case "qu":
            return f"{number}-niki"
        case _:
            return str(number)
