"""Sums keep currencies apart, and a sum that would leave a row out says so."""

import pytest

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.reports.totals import INCOMPLETE, grand_totals, percent_of, section_of, sum_money, totals_of
from seedfund.reports.value import Carry, Column, Kind, NotKnown, Phrase, Row

COLUMNS = (
    Column("name", "Name", Kind.TEXT),
    Column("paid", "Paid", Kind.MONEY, carry=Carry.SUM),
    Column("left", "Left", Kind.MONEY, carry=Carry.LAST),
    Column("visits", "Visits", Kind.INTEGER, carry=Carry.SUM),
)


def _row(name: str, paid: int, left: int, currency: str = "USD") -> Row:
    return (name, Money(paid, currency), Money(left, currency), 1)


def test_a_total_sums_what_is_summed_and_keeps_the_last_balance() -> None:
    expected = (None, Money(300, "USD"), Money(70, "USD"), 2)

    (total,) = totals_of(COLUMNS, [_row("a", 100, 90), _row("b", 200, 70)])

    assert total.cells == expected


def test_two_currencies_have_two_totals_and_counts_a_line_of_their_own() -> None:
    rows = [_row("a", 100, 90), _row("b", 5, 4, "JOD"), _row("c", 1, 2)]

    jordan, dollar, counts = totals_of(COLUMNS, rows)

    assert jordan.cells == (None, Money(5, "JOD"), Money(4, "JOD"), None)
    assert dollar.cells == (None, Money(101, "USD"), Money(2, "USD"), None)
    assert counts.cells == (None, None, None, 3)


def test_a_sum_with_a_row_nobody_knows_is_not_known() -> None:
    rows: list[Row] = [_row("a", 100, 90), ("b", NotKnown(), Money(1, "USD"), NotKnown())]

    (total,) = totals_of(COLUMNS, rows)

    assert total.cells == (None, INCOMPLETE, Money(1, "USD"), INCOMPLETE)


def test_balances_of_parts_are_added_over_the_parts() -> None:
    parts = [
        section_of(COLUMNS, [_row("a", 100, 90), _row("b", 1, 80)], title=Phrase("One")),
        section_of(COLUMNS, [_row("c", 10, 7)], title=Phrase("Two")),
    ]

    (total,) = grand_totals(COLUMNS, parts)

    assert total.cells == (None, Money(111, "USD"), Money(87, "USD"), 3)


def test_no_rows_have_no_total() -> None:
    assert totals_of(COLUMNS, []) == ()


def test_money_of_two_currencies_has_no_sum() -> None:
    with pytest.raises(InvalidInput):
        sum_money([Money(1, "USD"), Money(1, "EUR")])


@pytest.mark.parametrize(
    ("part", "whole", "points"),
    [(1, 3, 3333), (2, 3, 6667), (0, 5, 0), (-1, 8, -1250), (1, 80_000, 0), (1, 20_000, 1), (7, 5, 14000)],
)
def test_a_percentage_is_rounded_half_up_to_hundredths(part: int, whole: int, points: int) -> None:
    assert percent_of(Money(part, "USD"), Money(whole, "USD")) == points


def test_a_percentage_of_nothing_is_not_known() -> None:
    assert percent_of(Money(1, "USD"), Money(0, "USD")) == NotKnown("nothing to compare with")


def test_a_percentage_of_another_currency_is_refused() -> None:
    with pytest.raises(InvalidInput):
        percent_of(Money(1, "USD"), Money(1, "EUR"))
