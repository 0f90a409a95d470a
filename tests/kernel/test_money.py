"""Money never loses a minor unit, never mixes currencies, and is read only as it was declared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.currencies import EXPONENTS, exponent
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import (
    ENGLISH,
    MINOR_MAX,
    PLAIN,
    SPANISH,
    STYLES,
    Money,
    NumberStyle,
    allocate,
    format_minor,
    parse_decimal,
    parse_money,
    total,
    zero,
)

amounts = st.integers(min_value=-(10**15), max_value=10**15)
currencies = st.sampled_from(sorted(EXPONENTS))
styles = st.sampled_from([SPANISH, ENGLISH, PLAIN])


@given(amounts, amounts)
def test_adding_and_taking_away_come_back_to_the_start(first: int, second: int) -> None:
    start = Money(first, "USD")

    assert start + Money(second, "USD") - Money(second, "USD") == start
    assert -Money(-first, "USD") == start


def test_sums_of_one_currency_add_up_and_an_empty_one_is_zero() -> None:
    assert total([Money(150, "USD"), Money(250, "USD")], "USD") == Money(400, "USD")
    assert total([], "JOD") == zero("JOD")
    assert Money(125, "USD") * 3 == Money(375, "USD")


def test_amounts_of_one_currency_have_an_order_and_zero_is_false() -> None:
    small, large = Money(1, "USD"), Money(2, "USD")

    assert (small < large, small <= large, large > small, large >= small) == (True, True, True, True)
    assert (small > large, small >= large, large < small, large <= small) == (False, False, False, False)
    assert (bool(zero("USD")), bool(small)) == (False, True)


def test_what_is_just_enough_is_neither_more_nor_less() -> None:
    amount, same = Money(5, "USD"), Money(5, "USD")

    assert (amount < same, amount > same) == (False, False)
    assert (amount <= same, amount >= same) == (True, True)


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_two_currencies_never_meet(operation: str) -> None:
    with pytest.raises(InvalidInput, match="exchange one of them first"):
        getattr(Money(1, "USD"), operation)(Money(1, "JOD"))


def test_equal_minor_units_of_two_currencies_are_not_equal() -> None:
    assert Money(1, "USD") != Money(1, "JOD")


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__mul__"])
@pytest.mark.parametrize("other", [1.5, Decimal("1.5"), "1"])
def test_money_does_not_mix_with_other_numbers(operation: str, other: object) -> None:
    with pytest.raises(TypeError):
        getattr(Money(1, "USD"), operation)(other)


@pytest.mark.parametrize("minor", [1.0, True, Decimal(1), "1", None])
def test_only_whole_minor_units_are_money(minor: object) -> None:
    with pytest.raises(InvalidInput, match="whole number"):
        Money(minor, "USD")  # type: ignore[arg-type]  # The wrong type is what is being tried.


@pytest.mark.parametrize("currency", ["usd", "US", "XXX", "", "dollar"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(InvalidInput, match="ISO 4217"):
        Money(1, currency)


@pytest.mark.parametrize("minor", [MINOR_MAX + 1, -MINOR_MAX - 1])
def test_an_amount_that_could_overflow_is_refused(minor: int) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        Money(minor, "USD")


@pytest.mark.parametrize("minor", [MINOR_MAX, -MINOR_MAX])
def test_the_largest_amount_is_kept_and_read(minor: int) -> None:
    amount = Money(minor, "USD")

    assert parse_money(format_minor(minor, "USD", PLAIN), "USD", style=PLAIN) == amount


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("THB", 2), ("JOD", 3), ("JPY", 0), ("CLF", 4)])
def test_decimals_follow_the_currency(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@given(amounts, st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=24).filter(any))
def test_a_split_sums_exactly_and_no_part_is_a_unit_off(minor: int, weights: list[int]) -> None:
    parts = allocate(minor, weights)

    assert sum(parts) == minor
    assert all(
        abs(part * sum(weights) - minor * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@given(amounts, st.integers(min_value=1, max_value=60))
def test_equal_parts_differ_by_at_most_one_minor_unit(minor: int, count: int) -> None:
    parts = Money(minor, "USD").allocate([1] * count)

    assert total(parts, "USD") == Money(minor, "USD")
    assert max(part.minor for part in parts) - min(part.minor for part in parts) <= 1


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (-100, (1, 1, 1), (-34, -33, -33)),
        (2, (1, 1, 1), (1, 1, 0)),
        (500, (60, 40), (300, 200)),
        (7, (0, 1), (0, 7)),
        (0, (3, 4), (0, 0)),
    ],
)
def test_the_rest_of_a_split_goes_to_the_larger_remainder_then_to_the_earlier_part(
    minor: int, weights: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    assert allocate(minor, weights) == parts


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1), (2, -1), (-1, 2)])
def test_a_split_by_nothing_is_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match="positive weights"):
        allocate(100, weights)


@pytest.mark.parametrize(
    ("minor", "basis_points", "expected"),
    [(10_000, 2_000, 2_000), (5, 1_000, 1), (-5, 1_000, -1), (4, 1_000, 0), (333, 10_000, 333)],
)
def test_a_share_is_rounded_half_away_from_zero(minor: int, basis_points: int, expected: int) -> None:
    assert Money(minor, "USD").share(basis_points) == Money(expected, "USD")


@given(amounts, currencies, styles)
def test_what_is_printed_is_read_back(minor: int, currency: str, style: NumberStyle) -> None:
    printed = format_minor(minor, currency, style)

    assert parse_money(printed, currency, style=style) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "style", "minor"),
    [
        ("1.250,50", "USD", "es", 125050),
        ("1,250.50", "USD", "en", 125050),
        ("1250.50", "USD", "plain", 125050),
        ("1250", "USD", "es", 125000),
        ("1.250", "USD", "es", 125000),
        ("0,5", "USD", "es", 50),
        ("-0,05", "USD", "es", -5),
        ("-0", "USD", "es", 0),
        (" 12,00 ", "USD", "es", 1200),
        ("1.250", "JOD", "en", 1250),
        ("1.000,005", "JOD", "es", 1000005),
        ("1.250", "JPY", "es", 1250),
        ("500", "JPY", "en", 500),
    ],
)
def test_an_amount_is_read_under_its_declared_style(text: str, currency: str, style: str, minor: int) -> None:
    assert parse_money(text, currency, style=STYLES[style]) == Money(minor, currency)


@pytest.mark.parametrize("style", [SPANISH, ENGLISH, PLAIN])
@pytest.mark.parametrize(
    "text",
    [
        *("NaN", "Infinity", "-inf", "1e5", "1e400", "0x10", "1_000", "١٢٣", "１２３", "$120", "USD 5", ""),
        *(" ", "-", "--1", "+5", "(5)", "1 250", "5.", ",5", ".5", "1..2", "1,2,3", "=5", "½", "9" * 5000),
    ],
)
def test_no_style_reads_what_is_not_a_plain_amount(text: str, style: NumberStyle) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_money(text, "USD", style=style, field="price")

    assert caught.value.field == "price"


@pytest.mark.parametrize(
    ("text", "currency", "style"),
    [
        ("1.000,00", "USD", ENGLISH),
        ("1,000.00", "USD", SPANISH),
        ("1.000,00", "USD", PLAIN),
        ("12.50", "USD", SPANISH),
        ("12,50", "USD", ENGLISH),
        ("0.500", "USD", SPANISH),
        ("0,500", "USD", ENGLISH),
        ("12,505", "USD", SPANISH),
        ("1.25,00", "USD", SPANISH),
        ("1234.567,00", "USD", SPANISH),
        ("5,00", "JPY", SPANISH),
        ("5,0005", "JOD", SPANISH),
    ],
)
def test_an_amount_of_another_style_or_finer_than_its_currency_is_refused(
    text: str, currency: str, style: NumberStyle
) -> None:
    with pytest.raises(InvalidInput, match="write it like"):
        parse_money(text, currency, style=style)


def test_an_amount_too_large_to_be_kept_names_its_own_field() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_money("9" * 18, "USD", style=PLAIN, field="price")

    assert caught.value.field == "price"


@pytest.mark.parametrize(
    ("minor", "currency", "style", "text"),
    [
        (125050, "USD", SPANISH, "1.250,50"),
        (125050, "USD", ENGLISH, "1,250.50"),
        (-5, "USD", SPANISH, "-0,05"),
        (1000005, "JOD", SPANISH, "1.000,005"),
        (1250, "JPY", ENGLISH, "1,250"),
        (0, "USD", PLAIN, "0.00"),
    ],
)
def test_an_amount_is_printed_with_the_decimals_of_its_currency(
    minor: int, currency: str, style: NumberStyle, text: str
) -> None:
    assert format_minor(minor, currency, style) == text


def test_an_amount_says_its_currency_first() -> None:
    assert str(Money(-125050, "USD")) == "USD -1250.50"


@pytest.mark.parametrize(
    ("text", "style", "places", "value"),
    [
        ("1,5", SPANISH, 3, "1.5"),
        ("1.250,125", SPANISH, 3, "1250.125"),
        ("0.500", ENGLISH, 3, "0.5"),
        ("12", PLAIN, 0, "12"),
    ],
)
def test_a_quantity_is_read_under_its_declared_style(
    text: str, style: NumberStyle, places: int, value: str
) -> None:
    assert parse_decimal(text, style=style, field="quantity", places=places) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "style", "places"),
    [
        ("1.5", SPANISH, 3),
        ("0.500", SPANISH, 3),
        ("1,2,3", ENGLISH, 3),
        ("1.2345", ENGLISH, 3),
        ("1.0", ENGLISH, 0),
        ("-1", ENGLISH, 3),
        ("NaN", PLAIN, 3),
        ("1e5", PLAIN, 3),
        ("٣", PLAIN, 3),
        ("", PLAIN, 3),
    ],
)
def test_a_quantity_of_another_style_is_refused(text: str, style: NumberStyle, places: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_decimal(text, style=style, field="quantity", places=places)

    assert caught.value.field == "quantity"
