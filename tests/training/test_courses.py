"""Setting courses up: codes are given once, figures fit, a cohort that is over takes nobody in."""

import pytest

from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.training.rules.words import Excused, MarkDecision
from seedfund.training.service import (
    DecideMark,
    EndCohort,
    ScheduleSession,
    decide_mark,
    end_cohort,
    schedule_session,
)
from tests.support.programme import House
from tests.training.courses import (
    TODAY,
    cohort,
    course,
    done,
    enrolled,
    key,
    mark,
    registered,
    session,
    trainee,
)


def test_a_code_is_given_once(house: House) -> None:
    course(house)

    with pytest.raises(Refused) as provider:
        course(house, "OTRO-1")
    with pytest.raises(Refused) as twice:
        course(house, is_second=True)

    assert (provider.value.codes, twice.value.codes) == (("training_code_taken",), ("training_code_taken",))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"fee": Money(-1, "USD")}, "fee"),
        ({"threshold_bps": 10_001}, "threshold_bps"),
        ({"excused_most": 1}, "excused_most"),
        ({"excused": Excused.COUNTED, "excused_most": -1}, "excused_most"),
        ({"code": "Panadería"}, "code"),
        ({"name": " "}, "name"),
    ],
)
def test_a_figure_that_does_not_fit_names_its_field(
    house: House, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        course(house, **fields)  # type: ignore[arg-type] # each row fits the call

    assert caught.value.field == field


@pytest.mark.parametrize(("begins_at", "minutes"), [(-1, 60), (1_400, 60), (540, 0)])
def test_a_session_fits_into_its_day(house: House, begins_at: int, minutes: int) -> None:
    course(house)
    command = ScheduleSession(
        key=key(), cohort=cohort(house), on_day=TODAY, begins_at=begins_at, minutes=minutes
    )

    with pytest.raises(InvalidInput):
        done(house, schedule_session, command)


def test_a_cohort_that_is_over_takes_nobody_in(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    done(house, end_cohort, EndCohort(key=key(), cohort=number))

    with pytest.raises(Refused) as late:
        enrolled(house, number, rosa)
    with pytest.raises(Refused) as more:
        session(house, number)

    assert (late.value.codes, more.value.codes) == (("cohort_closed",), ("cohort_closed",))


def test_a_cohort_with_people_in_it_is_not_given_up(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)

    with pytest.raises(Refused) as caught:
        done(house, end_cohort, EndCohort(key=key(), cohort=number, is_cancelled=True))

    assert caught.value.codes == ("cohort_not_empty",)


def test_a_regular_mark_waits_for_no_decision(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)
    first = session(house, number)
    registered(house, first, mark(rosa))
    command = DecideMark(
        key=key(), session=first, participant=rosa, decision=MarkDecision.VISITOR, reason="no aplica"
    )

    with pytest.raises(Refused) as caught:
        done(house, decide_mark, command, "field")

    assert caught.value.codes == ("mark_not_irregular",)
