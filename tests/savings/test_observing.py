"""What balances tell as of a day: movements, deposits, net saved, use, and payments they mirror."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.money import Money
from seedfund.savings.rules.observing import (
    AccountLife,
    Activity,
    Observed,
    Unknown,
    activity_on,
    balance_on,
    deposits_between,
    irregular,
    movements,
    net_saved,
    round_trip,
    used_since,
)
from seedfund.savings.rules.words import Irregular
from tests.savings.accounts import usd

DAY = date(2026, 6, 30)
LIFE = AccountLife(currency="USD", opened_on=date(2026, 1, 10))
BALANCES = st.integers(0, 500_000).map(lambda minor: Money(minor, "USD"))
DAYS = st.integers(0, 400).map(lambda days: date(2026, 1, 10) + timedelta(days=days))


def seen(on: date, balance: int, deposited: int | None = None, withdrawn: int | None = None) -> Observed:
    return Observed(
        on=on,
        balance=usd(balance),
        deposited=None if deposited is None else usd(deposited),
        withdrawn=None if withdrawn is None else usd(withdrawn),
    )


READINGS = st.lists(
    st.builds(lambda on, balance: Observed(on=on, balance=balance), DAYS, BALANCES), max_size=8
)


IRREGULARITIES = (
    (seen(DAY, 50), None, None),
    (Observed(on=DAY, balance=Money(50_00, "EUR")), None, Irregular.OTHER_CURRENCY),
    (seen(date(2026, 1, 9), 50), None, Irregular.BEFORE_OPENING),
    (seen(DAY, 50, 60, 10), None, None),
    (seen(DAY, 50, 60, 0), None, Irregular.DOES_NOT_ADD_UP),
    (seen(DAY, 50, 20, 10), seen(date(2026, 3, 1), 40), None),
    (seen(DAY, 50, 60, 10), seen(date(2026, 3, 1), 40), Irregular.DOES_NOT_ADD_UP),
)


@pytest.mark.parametrize(("reading", "before", "expected"), IRREGULARITIES)
def test_a_reading_that_does_not_agree_is_flagged_by_its_first_reason(
    reading: Observed, before: Observed | None, expected: Irregular | None
) -> None:
    assert irregular(reading, LIFE, before) is expected


def test_a_reading_of_an_account_that_is_not_open_or_closed_is_flagged() -> None:
    closed = AccountLife(currency="USD", opened_on=LIFE.opened_on, closed_on=date(2026, 5, 1))
    never = AccountLife(currency="USD", opened_on=None)

    assert irregular(seen(DAY, 0), closed, None) is Irregular.AFTER_CLOSING
    assert irregular(seen(DAY, 0), never, None) is Irregular.NOT_OPENED


@given(READINGS, DAYS)
def test_movements_explain_every_balance(readings: list[Observed], day: date) -> None:
    ordered = sorted((one for one in readings if one.on <= day), key=lambda one: one.on)
    balance = usd(0)
    for one, moved in zip(ordered, movements(ordered, LIFE), strict=True):
        balance = balance + moved.deposited - moved.withdrawn
        assert balance == one.balance
        assert moved.deposited.minor >= 0 <= moved.withdrawn.minor


@given(READINGS, DAYS, DAYS)
def test_net_saved_over_two_spans_is_that_over_both(readings: list[Observed], one: date, other: date) -> None:
    first, second, third = sorted((one, other, date(2027, 6, 1)))
    parts = [
        net_saved(readings, LIFE, start=first, end=second),
        net_saved(readings, LIFE, start=second, end=third),
    ]
    whole = net_saved(readings, LIFE, start=first, end=third)

    if not any(isinstance(part, Unknown) for part in (*parts, whole)):
        assert parts[0] + parts[1] == whole  # type: ignore[operator] # none is unknown here


@given(READINGS, DAYS, DAYS)
def test_what_is_read_later_changes_nothing_as_of_an_earlier_day(
    readings: list[Observed], day: date, cut: date
) -> None:
    known = [one for one in readings if one.on <= day]

    assert balance_on(readings, day) == balance_on(known, day)
    assert activity_on(readings, LIFE, day) is activity_on(known, LIFE, day)
    assert deposits_between(readings, LIFE, start=cut, end=day) == deposits_between(
        known, LIFE, start=cut, end=day
    )


def test_what_nobody_observed_is_named_and_never_zero() -> None:
    older = AccountLife(currency="USD", opened_on=date(2024, 1, 1))
    late = [seen(DAY, 80)]

    assert balance_on([], DAY) is Unknown.NOT_OBSERVED
    assert net_saved([], LIFE, start=date(2026, 1, 1), end=DAY) is Unknown.NOT_OBSERVED
    assert net_saved(late, older, start=date(2026, 1, 1), end=DAY) is Unknown.START_NOT_OBSERVED
    assert deposits_between(late, older, start=date(2026, 1, 1), end=DAY) is Unknown.START_NOT_OBSERVED
    assert net_saved(late, LIFE, start=date(2026, 1, 1), end=DAY) == usd(80)


def test_what_the_passbook_tells_counts_more_than_the_difference_of_two_balances() -> None:
    told = [seen(date(2026, 2, 1), 40), seen(DAY, 50, 100, 90)]
    silent = [seen(date(2026, 2, 1), 40), seen(DAY, 50)]
    span = {"start": date(2026, 2, 1), "end": DAY}

    assert deposits_between(told, LIFE, **span) == usd(100)
    assert deposits_between(silent, LIFE, **span) == usd(10)


ACTIVITIES: tuple[tuple[list[Observed], date, Activity], ...] = (
    ([], DAY, Activity.NOT_OBSERVED),
    ([seen(date(2026, 2, 1), 40)], DAY, Activity.ACTIVE),
    ([seen(date(2026, 2, 1), 40)], date(2026, 12, 31), Activity.NOT_OBSERVED),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 40)], date(2026, 12, 31), Activity.DORMANT),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 20)], date(2026, 12, 31), Activity.DORMANT),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 45)], date(2026, 12, 31), Activity.ACTIVE),
    ([seen(date(2026, 2, 1), 0)], date(2026, 2, 2), Activity.NOT_OBSERVED),
)


@pytest.mark.parametrize(("readings", "day", "expected"), ACTIVITIES)
def test_an_account_is_dormant_where_somebody_looked_and_saw_no_deposit(
    readings: list[Observed], day: date, expected: Activity
) -> None:
    assert activity_on(readings, LIFE, day) is expected


def test_the_first_reading_of_an_old_account_tells_nothing_of_this_year() -> None:
    older = AccountLife(currency="USD", opened_on=date(2020, 1, 1))

    assert activity_on([seen(DAY, 300)], older, DAY) is Activity.NOT_OBSERVED
    assert not used_since([seen(DAY, 300)], older, DAY)
    assert used_since([seen(DAY, 300, 20)], older, DAY)


PAID = date(2026, 4, 1)
TRIPS = (
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 305), seen(date(2026, 4, 20), 5)], True),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 325), seen(date(2026, 4, 20), 55)], True),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 305), seen(date(2026, 4, 20), 290)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 105), seen(date(2026, 4, 20), 5)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 6, 5), 5), seen(date(2026, 6, 20), 305)], False),
    ([seen(date(2026, 3, 1), 300), seen(date(2026, 3, 30), 0)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 20), 5, 300, 300)], True),
)


@pytest.mark.parametrize(("readings", "is_one"), TRIPS)
def test_a_payment_that_is_put_in_and_taken_out_again_is_a_round_trip(
    readings: list[Observed], is_one: bool
) -> None:
    assert (round_trip(usd(300), PAID, movements(readings, LIFE)) is not None) is is_one


@given(READINGS, st.integers(100, 100_000))
def test_a_round_trip_is_never_told_of_an_account_from_which_nothing_was_taken(
    readings: list[Observed], minor: int
) -> None:
    rising = sorted(readings, key=lambda one: one.on)
    steady = [
        Observed(on=one.on, balance=max([one.balance, *(each.balance for each in rising[:place])]))
        for place, one in enumerate(rising)
    ]

    assert round_trip(Money(minor, "USD"), PAID, movements(steady, LIFE)) is None
