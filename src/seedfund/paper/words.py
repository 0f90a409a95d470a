"""Amounts in words, as agreements state them. Must not know templates or pages.

The words of whole numbers come from num2words; the currency's phrase, the fraction and the joints are ours, because
they are what a court reads. Figures and words are written from the same `Money` and so cannot disagree.
"""

import re
from collections.abc import Mapping
from typing import Final

from num2words import num2words

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.paper.rules import CURRENCY_WITHOUT_WORDS, LANGUAGE_WITHOUT_WORDS

Phrases = Mapping[str, tuple[str, str]]

# One and many. Every Spanish noun here is masculine: "un", "veintiún" and "doscientos" rest on it.
SPANISH: Final[Phrases] = {
    "USD": ("dólar de los Estados Unidos de América", "dólares de los Estados Unidos de América"),
    "EUR": ("euro", "euros"),
    "AUD": ("dólar australiano", "dólares australianos"),
    "CAD": ("dólar canadiense", "dólares canadienses"),
    "CHF": ("franco suizo", "francos suizos"),
    "THB": ("baht tailandés", "bahts tailandeses"),
    "COP": ("peso colombiano", "pesos colombianos"),
    "CLP": ("peso chileno", "pesos chilenos"),
    "MXN": ("peso mexicano", "pesos mexicanos"),
    "PEN": ("sol", "soles"),
    "JOD": ("dinar jordano", "dinares jordanos"),
}
ENGLISH: Final[Phrases] = {
    "USD": ("United States dollar", "United States dollars"),
    "EUR": ("euro", "euros"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "THB": ("Thai baht", "Thai baht"),
    "COP": ("Colombian peso", "Colombian pesos"),
    "CLP": ("Chilean peso", "Chilean pesos"),
    "MXN": ("Mexican peso", "Mexican pesos"),
    "PEN": ("Peruvian sol", "Peruvian soles"),
    "JOD": ("Jordanian dinar", "Jordanian dinars"),
}
PHRASES: Final[Mapping[str, Phrases]] = {"es": SPANISH, "en": ENGLISH}
_MILLION: Final = 1_000_000
# "uno" loses its end before a noun and before mil, millones, billones: "veintiún mil dólares".
_SHORT_ONE: Final = re.compile(r"\b(veinti)?uno(?= mil\b| \w*ill[oó]n|$)")


def words(money: Money, language: str) -> str:
    """The amount in words: `quinientos con 00/100 dólares de los Estados Unidos de América`.

    The fraction is printed over the currency's own hundred or thousand, and left out where it has no decimals.

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
    fraction = f"{rest:0{exponent(money.currency)}d}/{scale}" if scale > 1 else ""
    noun = phrases[money.currency][0 if money.minor == scale else 1]
    return (_spanish if language == "es" else _english)(whole, fraction=fraction, noun=noun)


def _spanish(whole: int, *, fraction: str, noun: str) -> str:
    cardinal = _SHORT_ONE.sub(lambda found: "veintiún" if found[1] else "un", num2words(whole, lang="es"))
    if whole and whole % _MILLION == 0:
        return f"{cardinal} de {noun}" + (f" con {fraction}" if fraction else "")
    return f"{cardinal} con {fraction} {noun}" if fraction else f"{cardinal} {noun}"


def _english(whole: int, *, fraction: str, noun: str) -> str:
    cardinal = str(num2words(whole, lang="en")).replace(",", "").replace(" and ", " ")
    return f"{cardinal} and {fraction} {noun}" if fraction else f"{cardinal} {noun}"
