"""A cell is read as its column declares, or not at all; nothing is guessed, no digit is lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.rules import (
    Calendar,
    CellKind,
    CellStyle,
    Column,
    DateOrder,
    Unreadable,
    Word,
    read_cell,
)
from seedfund.interchange.rules.cells import day_text
from seedfund.kernel.dates import Month
from seedfund.kernel.money import ENGLISH, PLAIN, SPANISH, STYLES, Money, format_minor

EN = CellStyle(numbers=ENGLISH, dates=DateOrder.MONTH_DAY_YEAR, currency="USD")
ES = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")
ISO = CellStyle(numbers=PLAIN, currency="USD")


def column(kind: CellKind, **changes: Any) -> Column:
    return Column(name="cell", spanish="celda", kind=kind, **changes)


def refused(kind: CellKind, text: str, style: CellStyle = ES, **changes: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        read_cell(column(kind, **changes), text, style)
    assert text == "" or text not in str(caught.value.refusal)
    return caught.value.refusal.code


@pytest.mark.parametrize(
    ("kind", "text", "style", "expected"),
    [
        (CellKind.TEXT, "Ana", ES, "Ana"),
        (CellKind.AMOUNT, "1.250,50", ES, Money(125050, "USD")),
        (CellKind.AMOUNT, "1,250.50", EN, Money(125050, "USD")),
        (CellKind.AMOUNT, "1250.5", ISO, Money(125050, "USD")),
        (CellKind.QUANTITY, "1,5", ES, 1_500),
        (CellKind.PERCENT, "66,67 %", ES, 6_667),
        (CellKind.PERCENT, "80", EN, 8_000),
        (CellKind.WHOLE, "1.200", ES, 1_200),
        (CellKind.DATE, "31/12/2026", ES, date(2026, 12, 31)),
        (CellKind.DATE, "12/31/2026", EN, date(2026, 12, 31)),
        (CellKind.DATE, "2026-12-31", ISO, date(2026, 12, 31)),
        (CellKind.MONTH, "2026-03", ES, Month(2026, 3)),
        (CellKind.YES_NO, "Sí", ES, True),
        (CellKind.YES_NO, "no", ES, False),
        (CellKind.COUNTRY, "EC", ES, "EC"),
        (CellKind.CURRENCY, "USD", ES, "USD"),
        (CellKind.IDENTIFIER, "0102030405", ES, "0102030405"),
        (CellKind.IDENTIFIER, "AX-00.123", ES, "AX-00.123"),
        (CellKind.IDENTIFIER, "'4079520000000000", ES, "4079520000000000"),
        (CellKind.PHONE, "+593 99 000 0001", ES, "+593 99 000 0001"),
    ],
)
def test_a_cell_is_read_as_its_column_says(
    kind: CellKind, text: str, style: CellStyle, expected: object
) -> None:
    assert read_cell(column(kind), text, style) == expected


@pytest.mark.parametrize("text", ["CEDULA", "Cédula ", "national_id", "cédula"])
def test_a_word_is_read_in_both_languages(text: str) -> None:
    words = (Word("national_id", "cédula"), Word("none", "ninguno"))

    assert read_cell(column(CellKind.WORD, words=words), text, ES) == "national_id"


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "1e5",
        "1,000.00",
        "١٢٣",
        "１２３",
        "-0",
        "-5",
        "0x10",
        "1e400",
        "$120",
        "1 000",
        "1,005",
    ],
)
def test_no_amount_is_guessed(text: str) -> None:
    assert refused(CellKind.AMOUNT, text) == "amount_unreadable"


def test_an_amount_without_a_currency_is_not_read() -> None:
    assert refused(CellKind.AMOUNT, "5", CellStyle(numbers=SPANISH)) == "currency_missing"


@pytest.mark.parametrize("text", ["5.22645E+13", "4,07952E+14", "1e3", "1710034065.0", "1710034065,00"])
def test_an_identifier_a_spreadsheet_has_spoiled_is_refused(text: str) -> None:
    assert refused(CellKind.IDENTIFIER, text) == "identifier_spoiled"


def test_an_identifier_that_looks_rounded_is_refused() -> None:
    assert refused(CellKind.IDENTIFIER, "4079520000000000") == "identifier_rounded"


@pytest.mark.parametrize("text", ["=639267283918", "=1+1", "@SUM(A1)", "+A1", "-cmd|'/c calc'!A1"])
@pytest.mark.parametrize("kind", [CellKind.TEXT, CellKind.IDENTIFIER, CellKind.PHONE])
def test_a_cell_that_begins_like_a_formula_is_refused(kind: CellKind, text: str) -> None:
    assert refused(kind, text) == "cell_looks_like_formula"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (CellKind.TEXT, "a\x00b", "cell_with_hidden_character"),
        (CellKind.TEXT, "a" * 201, "cell_too_long"),
        (CellKind.DATE, "2026-12-31", "date_unreadable"),
        (CellKind.DATE, "30/02/2026", "date_impossible"),
        (CellKind.DATE, "31/12/26", "date_unreadable"),
        (CellKind.MONTH, "marzo", "month_unreadable"),
        (CellKind.YES_NO, "tal vez", "word_unknown"),
        (CellKind.WORD, "gato", "word_unknown"),
        (CellKind.COUNTRY, "ECU", "code_unreadable"),
        (CellKind.CURRENCY, "US$", "code_unreadable"),
        (CellKind.QUANTITY, "1.5", "number_unreadable"),
        (CellKind.WHOLE, "1,5", "number_unreadable"),
        (CellKind.PERCENT, "ochenta", "number_unreadable"),
    ],
)
def test_any_other_cell_is_turned_away_with_its_reason(kind: CellKind, text: str, expected: str) -> None:
    assert refused(kind, text) == expected


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#DIV/0!", "#¡VALOR!", "#¿NOMBRE?", "#N/D", "########", "#NULL!"]
)
@pytest.mark.parametrize("kind", [CellKind.TEXT, CellKind.IDENTIFIER, CellKind.AMOUNT, CellKind.DATE])
def test_an_error_of_a_spreadsheet_is_never_a_value(kind: CellKind, text: str) -> None:
    assert refused(kind, text) == "cell_is_error"


def test_a_text_that_only_begins_with_the_sign_is_a_text() -> None:
    assert read_cell(column(CellKind.TEXT), "#7 casa azul", ES) == "#7 casa azul"


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u200f"])
def test_an_identifier_with_a_character_nobody_sees_is_refused(sign: str) -> None:
    assert refused(CellKind.IDENTIFIER, f"01020{sign}30405") == "cell_with_hidden_character"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("31/12/2569", date(2026, 12, 31)), ("29/02/2567", date(2024, 2, 29))],
)
def test_buddhist_years_are_read_where_they_are_declared(text: str, expected: date) -> None:
    style = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, calendar=Calendar.BUDDHIST)

    assert read_cell(column(CellKind.DATE), text, style) == expected
    assert refused(CellKind.DATE, text) == "date_other_calendar"
    assert refused(CellKind.DATE, "31/12/2026", style) == "date_other_calendar"


@given(
    day=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    order=st.sampled_from(DateOrder),
    calendar=st.sampled_from(Calendar),
)
def test_a_day_comes_back_as_it_was_written(day: date, order: DateOrder, calendar: Calendar) -> None:
    style = CellStyle(numbers=PLAIN, dates=order, calendar=calendar)

    assert read_cell(column(CellKind.DATE), day_text(day, style), style) == day


def test_an_empty_cell_is_nothing_or_missing() -> None:
    assert read_cell(column(CellKind.AMOUNT), "", ES) is None
    assert refused(CellKind.TEXT, "", is_required=True) == "cell_missing"


@given(minor=st.integers(0, 10**14), style=st.sampled_from(sorted(STYLES)))
def test_an_amount_comes_back_as_it_was_written(minor: int, style: str) -> None:
    numbers = STYLES[style]
    text = format_minor(minor, "USD", numbers)

    assert read_cell(column(CellKind.AMOUNT), text, CellStyle(numbers=numbers, currency="USD")) == Money(
        minor, "USD"
    )
