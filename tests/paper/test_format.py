"""Dates, numbers and amounts read as the reader of a language writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money, parse_money
from seedfund.paper.format import (
    LOCALES,
    date_text,
    figures,
    locale_of,
    money_text,
    number_style,
    number_text,
    ordinal_text,
)


def test_a_date_is_written_out() -> None:
    day = date(2026, 11, 22)

    assert date_text(day, "es") == "22 de noviembre de 2026"
    assert date_text(day, "en") == "22 November 2026"


def test_an_amount_keeps_its_code_and_figures_on_one_line() -> None:
    assert money_text(Money(125050, "USD"), "es") == "USD\u00a01.250,50"
    assert money_text(Money(125050, "USD"), "en") == "USD\u00a01,250.50"
    assert figures(Money(-1250, "JOD"), "es") == "-1,250"
    assert figures(Money(1250, "CLP"), "es") == "1.250"


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(sorted(LOCALES)))
def test_printed_figures_read_back_as_the_amount(minor: int, language: str) -> None:
    money = Money(minor, "USD")

    assert parse_money(figures(money, language), "USD", style=number_style(language)) == money


@pytest.mark.parametrize(
    ("number", "spanish", "english"),
    [
        (0, "0", "0"),
        (1250, "1.250", "1,250"),
        (Decimal("1.5"), "1,5", "1.5"),
        (Decimal("1250.50"), "1.250,50", "1,250.50"),
        (Decimal("1E+3"), "1.000", "1,000"),
    ],
)
def test_a_quantity_keeps_its_own_decimals(number: int | Decimal, spanish: str, english: str) -> None:
    assert (number_text(number, "es"), number_text(number, "en")) == (spanish, english)


def test_a_quantity_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="finite"):
        number_text(Decimal("NaN"), "es")


def test_a_disbursement_is_counted_as_people_say_it() -> None:
    spanish = [ordinal_text(number, "es") for number in (1, 2, 3, 4, 11, 21)]
    english = [ordinal_text(number, "en") for number in (1, 2, 3, 4, 11, 12, 13, 21, 111)]

    assert spanish == ["1.er", "2.º", "3.er", "4.º", "11.º", "21.er"]
    assert english == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        locale_of("xx")

    assert refused.value.codes == ("language_without_words",)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "22 novembre 2026"),
        ("pt", "22 de novembro de 2026"),
        ("ar", "22 تشرين الثاني/نوفمبر 2026"),
        ("th", "22 พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)"),
        ("my", "2026 ခုနှစ်၊ နိုဝင်ဘာလ 22 ရက်"),
        ("qu", "22 puncha, noviembre killa, 2026 wata"),
    ],
)
def test_a_date_is_written_in_every_language_of_papers(language: str, expected: str) -> None:
    assert date_text(date(2026, 11, 22), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "THB\u00a01\u202f250,50"),
        ("pt", "THB\u00a01.250,50"),
        ("qu", "THB\u00a01.250,50"),
        *((language, "THB\u00a01,250.50") for language in ("ar", "th", "my")),
    ],
)
def test_an_amount_has_the_same_figures_in_every_language_of_papers(language: str, expected: str) -> None:
    assert money_text(Money(125050, "THB"), language) == expected


@pytest.mark.parametrize("language", LOCALES)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_in_words_is_of_one_day_alone(language: str, day: date) -> None:
    text = date_text(day, language)

    assert str(day.day) in text
    assert str(day.year) in text
    months = {date_text(day.replace(day=1, month=month), language) for month in range(1, 13)}
    assert len(months) == 12


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", ["1er", "2e"]), ("pt", ["1.º", "2.º"]), ("qu", ["1-niki", "2-niki"]), ("th", ["1", "2"])],
)
def test_an_ordinal_has_the_ending_its_language_gives_figures(language: str, expected: list[str]) -> None:
    assert [ordinal_text(number, language) for number in (1, 2)] == expected
