"""Rules of visits: the days of a plan, the life of a visit, what of a report counts."""

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refused
from seedfund.visits.rules import (
    VISIT_STATES,
    Frequency,
    Irregularity,
    Named,
    VisitMode,
    VisitRole,
    answers_a_condition,
    check_decision,
    check_move,
    check_plan,
    irregularity,
    rule_text,
    visit_days,
)

START = date(2026, 1, 31)
COACH, EXPERT = VisitRole.COACH, VisitRole.EXPERT
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
MONTHS = st.integers(1, 60)
GAPS = {Frequency.WEEKLY: (7, 7), Frequency.FORTNIGHTLY: (14, 14)}


def test_eighteen_months_of_monthly_visits_are_eighteen_and_fall_on_the_last_day_of_short_months() -> None:
    days = visit_days(START, 18, Frequency.MONTHLY)

    assert len(days) == 18
    assert days[:4] == (START, date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))


@given(DAYS, MONTHS, st.sampled_from(Frequency))
def test_visits_begin_on_the_first_day_rise_and_end_before_the_plan_does(
    start: date, months: int, often: Frequency
) -> None:
    days = visit_days(start, months, often)

    assert days[0] == start
    assert days[-1] < add_months(start, months)
    assert all(earlier < later for earlier, later in pairwise(days))


@given(DAYS, MONTHS, st.sampled_from([*GAPS]))
def test_visits_by_the_week_are_whole_weeks_apart(start: date, months: int, often: Frequency) -> None:
    days = visit_days(start, months, often)

    assert all(GAPS[often][0] == (later - earlier).days for earlier, later in pairwise(days))


@given(DAYS, MONTHS)
def test_visits_by_the_month_fall_where_the_calendar_of_months_does(start: date, months: int) -> None:
    assert visit_days(start, months, Frequency.MONTHLY) == tuple(add_months(start, n) for n in range(months))


def test_the_rule_is_written_as_calendars_do() -> None:
    assert (
        rule_text(date(2026, 1, 5), 2, Frequency.FORTNIGHTLY)
        == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260304T000000"
    )


@pytest.mark.parametrize(
    ("months", "last", "codes"),
    [
        (1, None, []),
        (60, START - timedelta(days=1), []),
        (0, None, ["visit_plan_length"]),
        (61, START, ["visit_plan_length", "visit_plan_running"]),
        (18, START, ["visit_plan_running"]),
    ],
)
def test_a_plan_is_refused_for_its_length_and_for_visits_that_are_planned_already(
    months: int, last: date | None, codes: list[str]
) -> None:
    found = check_plan(months, role="coach", participant="PT-1", starts_on=START, last=last)

    assert [one.code for one in found] == codes


def test_a_visit_is_moved_to_today_or_later() -> None:
    assert check_move("VS-1", START, today=START) == []
    assert [one.code for one in check_move("VS-1", START - timedelta(days=1), today=START)] == [
        "visit_not_later"
    ]


@pytest.mark.parametrize(("state", "wanted"), list(product(VISIT_STATES.states, repeat=2)))
def test_a_visit_takes_the_steps_of_its_table_and_no_other(state: str, wanted: str) -> None:
    if VISIT_STATES.allows(state, wanted):
        VISIT_STATES.require(state, wanted, which="VS-1")
    else:
        with pytest.raises(Refused) as caught:
            VISIT_STATES.require(state, wanted, which="VS-1")
        assert caught.value.codes == ("no_such_step",)


@given(st.lists(st.sampled_from(VISIT_STATES.states), max_size=8))
def test_a_visit_that_ended_never_moves_again(wanted: list[str]) -> None:
    state, ended = VISIT_STATES.start, False
    for one in wanted:
        if VISIT_STATES.allows(state, one):
            assert not ended
            state = one
        ended = state in VISIT_STATES.ends
    assert state in VISIT_STATES.states


@pytest.mark.parametrize(
    ("named", "second", "expected"),
    [
        (None, False, None),
        (Named(state="planned", role=COACH), False, None),
        (Named(state="missed", role=COACH), False, None),
        (Named(state="held", role=EXPERT), True, Irregularity.ALREADY_CLOSED),
        (Named(state="cancelled", role=COACH), False, Irregularity.ALREADY_CLOSED),
        (Named(state="planned", role=EXPERT), True, Irregularity.OTHER_ROLE),
        (None, True, Irregularity.TWICE_ON_A_DAY),
    ],
)
def test_a_report_is_irregular_for_the_first_reason_that_holds(
    named: Named | None, second: bool, expected: Irregularity | None
) -> None:
    assert irregularity(named, COACH, is_second_of_day=second) is expected


@pytest.mark.parametrize(
    ("mode", "irregular", "accepted", "expected"),
    [
        (VisitMode.HOME, None, False, True),
        (VisitMode.OFFICE, None, False, True),
        (VisitMode.PHONE, None, False, False),
        (VisitMode.HOME, Irregularity.TWICE_ON_A_DAY, False, False),
        (VisitMode.HOME, Irregularity.TWICE_ON_A_DAY, True, True),
        (VisitMode.PHONE, Irregularity.TWICE_ON_A_DAY, True, False),
    ],
)
def test_a_visit_answers_a_tranche_face_to_face_and_in_order_or_accepted(
    mode: VisitMode, irregular: Irregularity | None, accepted: bool, expected: bool
) -> None:
    assert answers_a_condition(mode, irregular, is_accepted=accepted) is expected


def test_what_is_irregular_is_decided_once_and_by_another() -> None:
    odd = Irregularity.OTHER_ROLE

    assert check_decision("VS-1", odd, is_decided=False, is_by_recorder=False) == []
    assert [one.code for one in check_decision("VS-1", odd, is_decided=True, is_by_recorder=True)] == [
        "visit_decided",
        "visit_decided_by_visitor",
    ]
    assert [one.code for one in check_decision("VS-1", None, is_decided=False, is_by_recorder=False)] == [
        "visit_not_irregular"
    ]
