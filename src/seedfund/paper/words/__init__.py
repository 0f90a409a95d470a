"""Amounts in words, as agreements state them. Must not know templates or pages.

`names` what currencies are called · `latin`, `arabic`, `thai` the grammar of each. Figures and words are written from
the same `Money` and so cannot disagree. Kichwa and Burmese have no rule: their papers state the amount in words of the
language that prevails, and say so (`language_of_words`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.paper.rules import CURRENCY_WITHOUT_WORDS, LANGUAGE_WITHOUT_WORDS
from seedfund.paper.words.arabic import ARABIC, arabic
from seedfund.paper.words.latin import english, french, portuguese, spanish
from seedfund.paper.words.names import ENGLISH, FRENCH, PORTUGUESE, SPANISH, THAI
from seedfund.paper.words.thai import thai

PHRASES: Final[Mapping[str, Mapping[str, Any]]] = {
    "es": SPANISH,
    "en": ENGLISH,
    "fr": FRENCH,
    "pt": PORTUGUESE,
    "ar": ARABIC,
    "th": THAI,
}
"""The currencies each language with a rule has names for."""
_GRAMMAR: Final[Mapping[str, Callable[..., str]]] = {
    "es": spanish,
    "en": english,
    "fr": french,
    "pt": portuguese,
    "ar": lambda whole, rest, *, scale, names: arabic(whole, rest, names=names),
    "th": thai,
}


def words(money: Money, language: str) -> str:
    """The amount in words: `quinientos con 00/100 dólares de los Estados Unidos de América`.

    Spanish and English print the fraction over the currency's own hundred or thousand, the others spell it out; it is
    left out where a currency has no decimals.

    Raises:
        Refused: `language_without_words` or `currency_without_words`.
        InvalidInput: the amount is negative.
    """
    if language not in PHRASES:
        raise Refused([LANGUAGE_WITHOUT_WORDS(language=language, known=", ".join(PHRASES))])
    phrases = PHRASES[language]
    if money.currency not in phrases:
        known = ", ".join(phrases)
        raise Refused([CURRENCY_WITHOUT_WORDS(currency=money.currency, language=language, known=known)])
    if money.minor < 0:
        raise InvalidInput(
            field="amount", problem="a negative amount has no words", remedy="state what is owed to whom"
        )
    scale = 10 ** exponent(money.currency)
    whole, rest = divmod(money.minor, scale)
    return partial(_GRAMMAR[language], scale=scale, names=phrases[money.currency])(whole, rest)


def language_of_words(language: str, prevailing: str) -> str:
    """In which language a paper states its amounts in words: its own, or the prevailing one where it has no rule.

    Raises:
        Refused: `language_without_words`, neither has a rule.
    """
    for one in (language, prevailing):
        if one in PHRASES:
            return one
    raise Refused([LANGUAGE_WITHOUT_WORDS(language=prevailing, known=", ".join(PHRASES))])
