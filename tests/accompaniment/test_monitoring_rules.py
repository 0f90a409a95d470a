"""Business monitoring, pure: profit is worked out, what was not asked is unknown, not visited is its own answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.accompaniment.rules.monitoring import (
    SURVIVAL_MONTHS,
    BusinessFigures,
    Change,
    Looked,
    Survival,
    change_of,
    check_monitoring,
    survival_on,
)
from seedfund.kernel.dates import add_months
from seedfund.kernel.money import Money

PAID = date(2026, 1, 31)
LATER = date(2027, 6, 30)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def test_profit_is_sales_less_costs_and_unknown_while_one_is() -> None:
    assert BusinessFigures(sales=usd(10_000), costs=usd(12_500)).profit == usd(-2_500)
    assert BusinessFigures(sales=usd(10_000)).profit is None
    assert BusinessFigures(costs=usd(0)).profit is None


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (15_000, 10_000, Change(difference=usd(5_000), basis_points=5_000)),
        (5_000, 10_000, Change(difference=usd(-5_000), basis_points=-5_000)),
        (1, 3, Change(difference=usd(-2), basis_points=-6_667)),
        (7_000, 0, Change(difference=usd(7_000), basis_points=None)),
        (7_000, -100, Change(difference=usd(7_100), basis_points=None)),
        (None, 100, None),
        (100, None, None),
    ],
)
def test_a_change_has_a_rate_only_where_there_is_something_to_compare_with(
    now: int | None, before: int | None, expected: Change | None
) -> None:
    told = [None if one is None else usd(one) for one in (now, before)]

    assert change_of(told[0], told[1]) == expected


@pytest.mark.parametrize(
    ("is_operating", "has_reason", "currency", "codes"),
    [
        (True, False, "USD", []),
        (False, True, "USD", []),
        (False, False, "USD", ["monitoring_reason_missing"]),
        (True, True, "USD", ["monitoring_reason_not_expected"]),
        (True, False, "EUR", ["monitoring_currency"]),
    ],
)
def test_what_is_told_of_a_business_fits_together(
    *, is_operating: bool, has_reason: bool, currency: str, codes: list[str]
) -> None:
    figures = BusinessFigures(sales=usd(100))
    found = check_monitoring(
        "BP-1", figures, currency=currency, is_operating=is_operating, has_reason=has_reason
    )

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("looks", "on", "expected"),
    [
        ([], date(2026, 4, 29), Survival.NOT_DUE),
        ([], date(2026, 4, 30), Survival.NOT_VISITED),
        ([(date(2026, 4, 29), True)], LATER, Survival.NOT_VISITED),
        ([(date(2026, 4, 30), True)], LATER, Survival.OPERATING),
        ([(date(2026, 5, 9), False)], LATER, Survival.NOT_OPERATING),
        ([(date(2026, 5, 9), False), (date(2026, 8, 1), True)], LATER, Survival.NOT_OPERATING),
        ([(date(2026, 5, 9), True)], date(2026, 5, 8), Survival.NOT_VISITED),
    ],
)
def test_the_first_look_on_or_after_the_third_month_tells(
    looks: list[tuple[date, bool]], on: date, expected: Survival
) -> None:
    assert survival_on(PAID, [Looked(*one) for one in looks], on=on)[3] is expected


@given(
    st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=8),
    st.integers(0, 700),
)
def test_a_business_is_known_at_a_month_only_by_a_look_after_it(
    looks: list[tuple[int, bool]], after: int
) -> None:
    on = PAID + timedelta(days=after)
    looked = [Looked(PAID + timedelta(days=days), operating) for days, operating in looks]
    known = survival_on(PAID, looked, on=on)

    assert set(known) == set(SURVIVAL_MONTHS)
    for months, answer in known.items():
        due = add_months(PAID, months)
        seen = [one for one in looked if due <= one.on <= on]
        assert (answer is Survival.NOT_DUE) == (on < due)
        assert (answer in (Survival.OPERATING, Survival.NOT_OPERATING)) == bool(seen)
