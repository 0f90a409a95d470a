"""An amount in words says exactly what its figures say, in Spanish and in English, or is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, RefusalCode, Refused
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from seedfund.paper import rules
from seedfund.paper.words import PHRASES, language_of_words, words
from seedfund.paper.words.names import SPANISH

US_ES = "dólares de los Estados Unidos de América"
US_EN = "United States dollars"


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (50000, "USD", f"quinientos con 00/100 {US_ES}"),
        (0, "USD", f"cero con 00/100 {US_ES}"),
        (5, "USD", f"cero con 05/100 {US_ES}"),
        (100, "USD", "un con 00/100 dólar de los Estados Unidos de América"),
        (101, "USD", f"un con 01/100 {US_ES}"),
        (2100, "USD", f"veintiún con 00/100 {US_ES}"),
        (3100, "USD", f"treinta y un con 00/100 {US_ES}"),
        (10100, "USD", f"ciento un con 00/100 {US_ES}"),
        (125050, "USD", f"mil doscientos cincuenta con 50/100 {US_ES}"),
        (2100000, "USD", f"veintiún mil con 00/100 {US_ES}"),
        (3100100, "USD", f"treinta y un mil un con 00/100 {US_ES}"),
        (100000000, "USD", f"un millón de {US_ES} con 00/100"),
        (2100000000, "USD", f"veintiún millones de {US_ES} con 00/100"),
        (100000100, "USD", f"un millón un con 00/100 {US_ES}"),
        (90000, "EUR", "novecientos con 00/100 euros"),
        (150000, "AUD", "mil quinientos con 00/100 dólares australianos"),
        (250000, "THB", "dos mil quinientos con 00/100 bahts tailandeses"),
        (20000000, "COP", "doscientos mil con 00/100 pesos colombianos"),
        (30000, "PEN", "trescientos con 00/100 soles"),
        (250500, "JOD", "doscientos cincuenta con 500/1000 dinares jordanos"),
        (16, "CLP", "dieciséis pesos chilenos"),
        (100, "GBP", "una con 00/100 libra esterlina"),
        (20202100, "GBP", "doscientas dos mil veintiuna con 00/100 libras esterlinas"),
        (50010031, "EGP", "quinientas mil cien con 31/100 libras egipcias"),
        (20000000000, "GBP", "doscientos millones de libras esterlinas con 00/100"),
        (20020000000, "GBP", "doscientos millones doscientas mil con 00/100 libras esterlinas"),
        (125000, "KES", "mil doscientos cincuenta con 00/100 chelines kenianos"),
    ],
)
def test_an_amount_reads_in_spanish_as_agreements_state_it(minor: int, currency: str, expected: str) -> None:
    assert words(Money(minor, currency), "es") == expected


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (50000, "USD", f"five hundred and 00/100 {US_EN}"),
        (100, "USD", "one and 00/100 United States dollar"),
        (125050, "USD", f"one thousand two hundred fifty and 50/100 {US_EN}"),
        (100000000, "USD", f"one million and 00/100 {US_EN}"),
        (90000, "EUR", "nine hundred and 00/100 euros"),
        (150000, "AUD", "one thousand five hundred and 00/100 Australian dollars"),
        (250000, "THB", "two thousand five hundred and 00/100 Thai baht"),
        (100, "COP", "one and 00/100 Colombian peso"),
        (30000, "PEN", "three hundred and 00/100 Peruvian soles"),
        (250500, "JOD", "two hundred fifty and 500/1000 Jordanian dinars"),
    ],
)
def test_an_amount_reads_in_english_as_agreements_state_it(minor: int, currency: str, expected: str) -> None:
    assert words(Money(minor, currency), "en") == expected


UNITS = {
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
}
TENS = {
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "en": "thirty forty fifty sixty seventy eighty ninety",
}
HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)


def small_numbers(language: str) -> dict[str, int]:
    known = {word: value for value, word in enumerate(UNITS[language].split())}
    known |= {word: 30 + 10 * index for index, word in enumerate(TENS[language].split())}
    if language == "es":
        known |= {word: 100 * (index + 1) for index, word in enumerate(HUNDREDS.split())}
        known |= {"cien": 100, "un": 1, "veintiún": 21}
    return known


def read_back(text: str, language: str) -> int:
    """A reader of whole numbers in words, written apart from the code that writes them."""
    known, whole, group = small_numbers(language), 0, 0
    for word in re.split("[ -]", text):
        if word in ("mil", "thousand"):
            group = (group or 1) * 1000
        elif word in ("millón", "millones", "million"):
            whole, group = whole + group * 1_000_000, 0
        elif word == "billion":
            whole, group = whole + group * 1_000_000_000, 0
        elif word == "hundred":
            group += group % 10 * 99
        elif word != "y":
            group += known[word]
    return whole + group


amounts = st.integers(min_value=0, max_value=999_999_999_99)


@given(amounts, st.sampled_from(["es", "en"]), st.sampled_from(["USD", "JOD", "CLP"]))
def test_words_read_back_give_the_figures(minor: int, language: str, currency: str) -> None:
    text = words(Money(minor, currency), language)

    scale = 10 ** exponent(currency)
    fraction = re.search(r"([0-9]+)/([0-9]+)", text)
    cardinal = re.split(r" con | and | de | pesos | peso | Chilean", text)[0]
    assert read_back(cardinal, language) == minor // scale
    assert (int(fraction[1]) if fraction else 0) == minor % scale
    assert (int(fraction[2]) if fraction else 1) == scale


@given(amounts)
def test_no_spanish_amount_ends_its_number_in_uno(minor: int) -> None:
    assert not re.search(r"uno\b", words(Money(minor, "USD"), "es"))


def test_a_currency_without_a_phrase_is_refused_by_name() -> None:
    for language in PHRASES:
        with pytest.raises(Refused) as refused:
            words(Money(100, "JPY"), language)

        assert refused.value.codes == ("currency_without_words",)
        assert "JPY" in str(refused.value)


@pytest.mark.parametrize("language", ["qu", "my", "xx"])
def test_a_language_without_words_is_refused_by_name(language: str) -> None:
    with pytest.raises(Refused) as refused:
        words(Money(100, "USD"), language)

    assert refused.value.codes == ("language_without_words",)


@pytest.mark.parametrize("language", PHRASES)
def test_a_negative_amount_has_no_words(language: str) -> None:
    with pytest.raises(InvalidInput, match="negative"):
        words(Money(-100, "USD"), language)


@pytest.mark.parametrize("language", PHRASES)
def test_every_language_knows_the_same_currencies(language: str) -> None:
    assert set(PHRASES[language]) == set(SPANISH)
    assert {"USD", "EUR", "AUD", "THB", "COP", "PEN", "JOD", "KES", "MMK"} <= set(SPANISH)
    assert set(PHRASES) == {"es", "en", "fr", "pt", "ar", "th"}


@pytest.mark.parametrize("language", ["fr", "pt", "ar", "th"])
def test_a_language_that_spells_parts_out_names_them_where_a_currency_has_them(language: str) -> None:
    for currency, names in PHRASES[language].items():
        assert (names.part is not None) == (exponent(currency) > 0), currency


@pytest.mark.parametrize(
    ("language", "prevailing", "expected"),
    [("es", "en", "es"), ("th", "es", "th"), ("qu", "es", "es"), ("my", "th", "th")],
)
def test_words_stand_in_the_prevailing_language_where_a_paper_has_no_rule_of_its_own(
    language: str, prevailing: str, expected: str
) -> None:
    assert language_of_words(language, prevailing) == expected


def test_a_paper_whose_languages_both_have_no_rule_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        language_of_words("my", "qu")

    assert refused.value.codes == ("language_without_words",)


def test_every_refusal_of_paper_is_read_in_spanish() -> None:
    kinds = [value for value in vars(rules).values() if isinstance(value, RefusalCode)]

    assert len(kinds) == 11
    assert untranslated(kinds, "es") == ()
