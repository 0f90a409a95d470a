"""One rule of attendance: what counts, what does not, and that nobody attends more than was held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.training.rules.attendance import (
    WHOLE,
    Attendance,
    NoRate,
    RateRule,
    SessionSeen,
    attendance,
    totals_of,
)
from seedfund.training.rules.certifying import rate_text, verification_code
from seedfund.training.rules.states import COHORT_STATES, ENROLMENT_STATES, SESSION_STATES
from seedfund.training.rules.words import CourseUnit, Excused, Mark

IN_SESSIONS = RateRule(unit=CourseUnit.SESSIONS)
IN_HOURS = RateRule(unit=CourseUnit.HOURS)
CAPPED = RateRule(unit=CourseUnit.SESSIONS, excused=Excused.COUNTED, excused_most=1)


def seen(*marks: Mark | None, minutes: int = 120, missed: int = 0) -> list[SessionSeen]:
    return [SessionSeen(minutes, mark, missed if mark is Mark.LATE else 0) for mark in marks]


P, L, A, E, M = Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED, Mark.MADE_UP


@pytest.mark.parametrize(
    ("marks", "rule", "counts"),
    [
        ((P, P, A, P), IN_SESSIONS, (3, 4)),
        ((P, P, E, P), IN_SESSIONS, (3, 3)),
        ((P, P, E, E), CAPPED, (3, 4)),
        ((P, A, M, P), IN_SESSIONS, (3, 4)),
        ((P, L), IN_SESSIONS, (2, 2)),
        ((P, L), IN_HOURS, (210, 240)),
        ((P, None), IN_SESSIONS, (1, 2)),
    ],
)
def test_each_mark_counts_as_the_course_says(
    marks: tuple[Mark | None, ...], rule: RateRule, counts: tuple[int, int]
) -> None:
    found = attendance(totals_of(seen(*marks, missed=30), rule.unit), rule)

    assert isinstance(found, Attendance)
    assert (found.attended, found.possible) == counts


def test_no_session_yet_is_a_named_result_and_so_is_nothing_but_excuses() -> None:
    assert attendance(totals_of([], CourseUnit.SESSIONS), IN_SESSIONS) is NoRate.NO_SESSIONS_YET
    assert attendance(totals_of(seen(E), CourseUnit.SESSIONS), IN_SESSIONS) is NoRate.NO_SESSIONS_YET


def test_a_rate_is_cut_off_so_that_almost_eighty_is_not_eighty() -> None:
    almost = Attendance(7_999, 10_000)

    assert not almost.reaches(8_000)
    assert Attendance(8, 10).reaches(8_000)
    assert (rate_text(almost.basis_points), rate_text(7_500)) == ("79.99 %", "75 %")


@given(
    st.lists(
        st.builds(
            SessionSeen,
            st.integers(30, 240),
            st.one_of(st.none(), st.sampled_from(Mark)),
            st.integers(0, 29),
        ),
        max_size=30,
    ),
    st.builds(
        RateRule,
        unit=st.sampled_from(CourseUnit),
        excused=st.sampled_from(Excused),
        excused_most=st.integers(0, 600),
    ),
)
def test_a_rate_never_passes_one_hundred_percent_nor_falls_below_nothing(
    sessions: list[SessionSeen], rule: RateRule
) -> None:
    found = attendance(totals_of(sessions, rule.unit), rule)

    if isinstance(found, Attendance):
        assert 0 <= found.attended <= found.possible
        assert 0 <= found.basis_points <= WHOLE


@pytest.mark.parametrize("table", [COHORT_STATES, SESSION_STATES, ENROLMENT_STATES], ids=lambda one: one.name)
@given(st.data())
def test_every_walk_through_the_states_comes_to_an_end(table: object, data: st.DataObject) -> None:
    assert hasattr(table, "steps")
    states = (
        COHORT_STATES
        if table is COHORT_STATES
        else SESSION_STATES
        if table is SESSION_STATES
        else ENROLMENT_STATES
    )
    state, walked = states.start, 0
    while state not in states.ends:
        state = data.draw(st.sampled_from(states.steps[state]))
        walked += 1
    assert walked <= len(states.states)


def test_a_verification_code_goes_with_one_certificate() -> None:
    codes = {verification_code(f"CF-2026-{n:04d}", "MT-2026-0001", salt="a" * 32) for n in range(100)}

    assert len(codes) == 100
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)
