"""Months step as people count them, ranges join without overlap, and a day is a day of the calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.dates import (
    DateRange,
    Month,
    add_months,
    local_date,
    month_of,
    parse_date,
    parse_month,
    time_zone,
    tranche_calendar,
    utc,
    years_between,
)
from seedfund.kernel.errors import InvalidInput

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(
    start: date, months: int, expected: date
) -> None:
    assert add_months(start, months) == expected


@given(days, st.integers(min_value=-240, max_value=240))
def test_a_step_of_months_lands_in_the_month_that_was_meant(day: date, months: int) -> None:
    landed = add_months(day, months)

    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == months
    assert landed.day <= day.day


def test_a_step_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput, match="fewer months"):
        add_months(date(9999, 12, 1), 1)


def test_a_short_month_does_not_shift_the_tranches_after_it() -> None:
    expected = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 7, 31))

    assert tranche_calendar(date(2026, 1, 31), (0, 1, 2, 6)) == expected
    assert tranche_calendar(date(2026, 1, 31), ()) == ()


@pytest.mark.parametrize("months", [(1, 1), (2, 1), (-1, 0)])
def test_a_calendar_that_does_not_rise_is_refused(months: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match="do not rise"):
        tranche_calendar(date(2026, 1, 31), months)


def test_a_range_holds_its_first_day_and_not_its_end() -> None:
    january = DateRange(date(2026, 1, 1), date(2026, 2, 1))

    assert date(2026, 1, 1) in january
    assert date(2026, 2, 1) not in january
    assert (january.days, january.last_day) == (31, date(2026, 1, 31))


def test_ranges_that_join_do_not_overlap() -> None:
    january, february = Month(2026, 1).range, Month(2026, 2).range

    assert not january.overlaps(february)
    assert not february.overlaps(january)
    assert january.overlaps(DateRange(date(2026, 1, 31), date(2026, 2, 2)))


@given(days, st.integers(min_value=1, max_value=400))
def test_every_day_lies_in_exactly_one_of_two_joined_ranges(day: date, length: int) -> None:
    border = day + timedelta(days=length)
    first, second = DateRange(day, border), DateRange(border, border + timedelta(days=length))

    for offset in (0, length - 1, length, 2 * length - 1):
        there = day + timedelta(days=offset)
        assert (there in first) != (there in second)


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_an_empty_or_backward_range_is_refused(end: date) -> None:
    with pytest.raises(InvalidInput, match="does not come after"):
        DateRange(date(2026, 1, 1), end)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 5, 10), date(2026, 5, 9), 25),
        (date(2000, 5, 10), date(2026, 5, 10), 26),
        (date(2004, 2, 29), date(2023, 2, 27), 18),
        (date(2004, 2, 29), date(2023, 2, 28), 19),
    ],
)
def test_age_is_counted_in_completed_years(birth: date, day: date, age: int) -> None:
    assert years_between(birth, day) == age


def test_months_follow_each_other_over_the_year() -> None:
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).next == Month(2026, 2)
    assert Month(2026, 2) < Month(2026, 11) < Month(2027, 1)
    assert str(Month(2026, 2)) == "2026-02"
    assert Month(2028, 2).range.days == 29


@given(days)
def test_a_month_holds_its_days(day: date) -> None:
    assert day in month_of(day).range
    assert parse_month(str(month_of(day))) == month_of(day)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026", "2026-1", "11-2026", "2026-W1", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="2026-11") as caught:
        parse_month(text)

    assert caught.value.field == "month"


@given(days)
def test_an_iso_date_is_read_back(day: date) -> None:
    assert parse_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "22/11/2026",
        "20261122",
        "2026-W01-1",
        "2026-11-2",
        "46348",
        "٢٠٢٦-١١-٢٢",
        "0000-01-01",
        "",
    ],
)
def test_what_is_no_iso_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="year-month-day") as caught:
        parse_date(text, field="birth_date")

    assert caught.value.field == "birth_date"


def test_the_day_is_the_programme_s_own() -> None:
    instant = datetime(2026, 3, 1, 3, 30, tzinfo=UTC)

    assert local_date(instant, "America/Guayaquil") == date(2026, 2, 28)
    assert local_date(instant, "Asia/Bangkok") == date(2026, 3, 1)


@pytest.mark.parametrize("name", ["", "Quito", "../etc/passwd", "America"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="IANA"):
        time_zone(name)


def test_an_instant_without_a_zone_is_refused_and_others_become_utc() -> None:
    bogota = timezone(timedelta(hours=-5))

    assert utc(datetime(2026, 1, 1, 20, tzinfo=bogota)) == datetime(2026, 1, 2, 1, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="no zone"):
        utc(datetime(2026, 1, 1))  # noqa: DTZ001  # A naive instant is what is being tried.


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 45_000))
def test_ages_are_counted_as_the_calendar_library_counts_them(birth: date, days: int) -> None:
    day = birth + timedelta(days=days)

    assert years_between(birth, day) == relativedelta(day, birth).years
