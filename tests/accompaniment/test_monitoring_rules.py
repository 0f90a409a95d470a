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
    LookIrregularity,
    Survival,
    change_of,
    check_decision,
    counts_on,
    irregularities,
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
    ("is_operating", "has_reason", "currency", "is_second", "expected"),
    [
        (True, False, "USD", False, []),
        (False, True, "USD", False, []),
        (False, False, "USD", False, ["reason_missing"]),
        (True, True, "USD", False, ["reason_not_expected"]),
        (True, False, "EUR", False, ["other_currency"]),
        (True, False, "USD", True, ["second_look"]),
        (False, False, "EUR", True, ["second_look", "other_currency", "reason_missing"]),
    ],
)
def test_a_look_says_everything_that_is_irregular_about_it(
    *, is_operating: bool, has_reason: bool, currency: str, is_second: bool, expected: list[str]
) -> None:
    found = irregularities(
        BusinessFigures(sales=usd(100)),
        currency=currency,
        is_operating=is_operating,
        has_reason=has_reason,
        is_second=is_second,
    )

    assert [one.value for one in found] == expected


@pytest.mark.parametrize(
    ("irregular", "is_accepted", "decided_on", "expected"),
    [
        ((), None, None, True),
        ((LookIrregularity.SECOND_LOOK,), None, None, False),
        ((LookIrregularity.SECOND_LOOK,), False, PAID, False),
        ((LookIrregularity.SECOND_LOOK,), True, PAID, True),
        ((LookIrregularity.SECOND_LOOK,), True, LATER + timedelta(days=1), False),
    ],
)
def test_an_irregular_look_counts_from_the_day_somebody_accepted_it(
    irregular: tuple[LookIrregularity, ...],
    is_accepted: bool | None,
    decided_on: date | None,
    expected: bool,
) -> None:
    assert counts_on(irregular, is_accepted=is_accepted, decided_on=decided_on, on=LATER) is expected


@pytest.mark.parametrize(
    ("irregular", "is_decided", "is_by_recorder", "codes"),
    [
        ((), True, True, ["monitoring_not_irregular"]),
        (tuple(LookIrregularity), False, False, []),
        (tuple(LookIrregularity), True, False, ["monitoring_decided"]),
        (tuple(LookIrregularity), False, True, ["monitoring_decided_by_recorder"]),
        (tuple(LookIrregularity), True, True, ["monitoring_decided", "monitoring_decided_by_recorder"]),
    ],
)
def test_a_look_is_decided_once_by_somebody_else_and_only_where_it_is_irregular(
    irregular: tuple[LookIrregularity, ...], is_decided: bool, is_by_recorder: bool, codes: list[str]
) -> None:
    found = check_decision("BM-1", irregular, is_decided=is_decided, is_by_recorder=is_by_recorder)

    assert [one.code for one in found] == codes


def test_figures_in_two_currencies_are_not_compared() -> None:
    assert change_of(usd(100), Money(90, "EUR")) is None


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
