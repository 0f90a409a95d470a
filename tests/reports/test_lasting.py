"""What lasts, as indicators of a day and on both databases: households that graduated and stand, jobs that are kept."""

from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.employment import (
    RETENTION_MONTHS,
    Check,
    LostFor,
    Retention,
    RetentionResult,
    due_on,
    last_start_due,
    retention_on,
)
from seedfund.accompaniment.rules.words import FollowUpStanding
from seedfund.accompaniment.service import RecordFollowUp, record_follow_up
from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts
from seedfund.people.tables import Participant
from seedfund.reports.folio import lasting as folio_part
from seedfund.reports.folios import FOLIOS
from seedfund.reports.indicators.compute import NOT_COUNTED, Counting
from seedfund.reports.indicators.facts import FACTS, Fact
from seedfund.reports.indicators.report import NOT_TOLD
from seedfund.reports.indicators.rules import Unit
from seedfund.reports.make import Asked
from seedfund.reports.value import NotKnown, Rate, Word
from seedfund.store.statements import Query
from tests.accompaniment.serving import checked, placed
from tests.accompaniment.test_graduation import assessed, decided, governed, planned, proposed
from tests.reports.test_accompanied import counted, enrolled_home
from tests.support.grants import TODAY, key
from tests.support.programme import House

JOBS: Final = {
    1: "persons_in_the_job_after_1_month",
    3: "persons_in_the_job_after_3_months",
    6: "persons_in_the_job_after_6_months",
}
STANDING: Final = "households_sustained_after_3_months"


def household_of(house: House, member: str) -> str:
    with house.work("coach") as work:
        people = work.reader().all(Query(Key, lambda: sa.select(col(Participant.id))))
        facts = participant_facts(work.reader(), people).values()
        return next(one.household for one in facts if one.number == member and one.household)


def seen_again(house: House, number: str, standing: FollowUpStanding, correction: str | None = None) -> None:
    with house.work("coach") as work:
        told = RecordFollowUp(key=key(), number=number, months=3, standing=standing, correction=correction)
        record_follow_up(work, told)


@pytest.mark.parametrize("starts", [date(2025, 8, 31), date(2025, 11, 30), date(2025, 12, 5)])
def test_jobs_kept_are_counted_as_the_rule_of_retention_says(house: House, starts: date) -> None:
    """The statement and the rule of the area say the same of each check on every day."""
    kept_on, lost_on = TODAY + timedelta(days=1), TODAY + timedelta(days=61)
    number = placed(house, enrolled_home(house)[0], starts_on=starts)
    house.clock.advance(timedelta(days=1))
    checked(house, number, 1, RetentionResult.KEPT)
    house.clock.advance(timedelta(days=60))
    checked(house, number, 6, RetentionResult.LOST, reason=LostFor.RESIGNED)
    told = [
        Check(months=1, result=RetentionResult.KEPT, on=kept_on),
        Check(months=6, result=RetentionResult.LOST, on=lost_on),
    ]

    for day in (TODAY, kept_on, lost_on, date(2026, 6, 5)):
        stands = retention_on(starts, told, on=day)
        for months, code in JOBS.items():
            due = due_on(starts, months) <= day
            kept = due and stands[months] is Retention.KEPT
            assert counted(house, code, day) == (int(kept), int(due)), (day, months)


def test_a_check_of_a_job_is_due_from_the_day_the_rule_gives() -> None:
    for offset in range(420):
        day = date(2026, 1, 1) + timedelta(days=offset)
        for months in RETENTION_MONTHS:
            last = last_start_due(day, months)
            assert due_on(last, months) <= day < due_on(last + timedelta(days=1), months)


def test_households_are_counted_assessed_planned_and_graduated_from_the_day_it_was_so(house: House) -> None:
    governed(house)
    enrolled_home(house)
    home = household_of(house, enrolled_home(house)[0])
    house.clock.advance(timedelta(days=1))
    day = TODAY + timedelta(days=1)

    def graduates() -> None:
        decided(house, proposed(house, home))

    for code, act in (
        ("households_assessed", lambda: assessed(house, home, "meals=yes")),
        ("households_with_plan", lambda: planned(house, home)),
        ("households_graduated", graduates),
    ):
        assert counted(house, code, day) == (0, 2)
        act()
        assert counted(house, code, day) == (1, 2)
        assert counted(house, code, TODAY) == (0, 2)


def test_a_graduated_household_stands_as_it_was_last_told_and_one_not_found_is_in_neither_count(
    house: House,
) -> None:
    governed(house)
    home = household_of(house, enrolled_home(house)[0])
    assessed(house, home, "meals=yes")
    number = proposed(house, home)
    decided(house, number)
    house.clock.advance(timedelta(days=92))
    first = TODAY + timedelta(days=92)
    seen_again(house, number, FollowUpStanding.NOT_FOUND)
    assert counted(house, STANDING, first) == (0, 0)

    house.clock.advance(timedelta(days=2))
    seen_again(house, number, FollowUpStanding.SLIPPED_BACK, "Volvió a su casa")
    second = first + timedelta(days=2)
    assert counted(house, STANDING, second) == (0, 1)
    assert counted(house, STANDING, first) == (0, 0), "what is told again holds from its own day"
    seen_again(house, number, FollowUpStanding.SUSTAINED, "Se anotó la de otra familia")
    assert counted(house, STANDING, second) == (1, 1)
    assert counted(house, "households_sustained_after_6_months", second) == (0, 0)


def lasting(house: House, day: date, *, is_shared: bool = False) -> list[tuple[Any, ...]]:
    with house.work("manager") as work:
        folio = FOLIOS["programme"].make(work, Asked(as_of=day, is_shared=is_shared), "es")
    (table,) = [one.table for one in folio.parts if one.key == "lasting"]
    assert table is not None
    return [tuple(row) for row in table.rows]


def test_the_programmes_report_tells_what_lasts_as_the_indicators_do_and_leaves_out_what_is_not_due(
    house: House,
) -> None:
    people = [enrolled_home(house)[0] for _ in range(2)]
    jobs = [placed(house, person, starts_on=date(2025, 12, 5)) for person in people]
    checked(house, jobs[0], 1, RetentionResult.KEPT)

    assert lasting(house, TODAY) == [(Word("Jobs kept"), Word("After 1 month"), Rate(1, 2))]
    assert counted(house, JOBS[1]) == (1, 2)
    assert lasting(house, TODAY - timedelta(days=1)) == []
    assert lasting(house, TODAY, is_shared=True) == [
        (Word("Jobs kept"), Word("After 1 month"), NotKnown(NOT_TOLD))
    ]


def test_what_lasts_is_told_as_not_counted_where_it_cannot_be_and_never_as_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(house, enrolled_home(house)[0], starts_on=date(2025, 12, 5))
    missing = Fact(Unit.PERSON, lambda _: sa.select(sa.column("id")).select_from(sa.table("sf_no_such")))
    facts = {**FACTS, "job_kept_at_1": missing}
    monkeypatch.setattr(folio_part, "Counting", partial(Counting, facts=facts))

    assert lasting(house, TODAY) == [(Word("Jobs kept"), Word("After 1 month"), NotKnown(NOT_COUNTED))]
