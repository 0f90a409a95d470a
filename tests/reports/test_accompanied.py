"""Indicators of accompaniment, as of a day and on both databases: connected, visited, placed, at school, held."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.activities import ActivityKind
from seedfund.accompaniment.rules.referrals import Barrier, DeclinedBy
from seedfund.accompaniment.rules.services import ServiceKind
from seedfund.kernel.ids import Key
from seedfund.people.tables import Participant
from seedfund.reports.indicators.accompanied import ACTIVITIES, HOUSEHOLDS, PEOPLE
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.schooling.queries import schooling_facts
from seedfund.schooling.rules import LeftSchoolFor, SchoolProof
from seedfund.store.statements import Query
from seedfund.visits.rules import Irregularity, VisitMode, VisitRole
from seedfund.visits.service import RecordVisit, record_visit
from tests.accompaniment.serving import activity, agreed, held, placed, referral_step, referred, service
from tests.reports.test_indicators import figures, told
from tests.schooling.pupils import born, decided, enrolled, family, step
from tests.support.grants import TODAY, key, participating
from tests.support.programme import House
from tests.visits.test_service import decided as visit_decided
from tests.visits.visiting import dropped_in, planned
from tests.visits.visiting import told as visit_told

HEALTH: Final = "households_connected_to_health"
EDUCATION: Final = "households_connected_to_education"
VISITED: Final = "households_accompanied"
ALL_OF_IT: Final = "households_connected_and_accompanied"


def enrolled_home(house: House, *children: int) -> list[str]:
    """The numbers of a household's members, whose head takes part and agreed to share data with partners."""
    members = [one.participant for one in family(house, *(born(year) for year in children)).members]
    participating(house, members[0], "enrolled")
    agreed(house, members[0])
    return members


def counted(house: House, code: str, on: date = TODAY) -> tuple[int | None, int | None]:
    return told(figures(house, code, on=on))["all"]


def school(house: House) -> str:
    return service(house, name="Distrito educativo Ejemplo", kind=ServiceKind.EDUCATION)


def test_a_household_is_connected_from_the_day_a_service_takes_somebody_in(house: House) -> None:
    who, _ = enrolled_home(house)[0], enrolled_home(house)
    number = referred(house, who, service(house))
    assert counted(house, HEALTH) == (0, 2)

    house.clock.advance(timedelta(days=3))
    referral_step(house, number, "accepted")

    later = TODAY + timedelta(days=3)
    assert counted(house, HEALTH, later) == (1, 2)
    assert counted(house, HEALTH, TODAY) == (0, 2)
    assert counted(house, EDUCATION, later) == (0, 2)
    referral_step(house, number, "done")
    assert counted(house, HEALTH, later) == (1, 2)


@pytest.mark.parametrize("end", ["declined", "revoked"])
def test_a_referral_that_came_to_nothing_connects_nobody(house: House, end: str) -> None:
    number = referred(house, enrolled_home(house)[0], service(house))
    referral_step(house, number, "accepted")
    house.clock.advance(timedelta(days=1))
    why: dict[str, Any] = {"barrier": Barrier.MONEY, "declined_by": DeclinedBy.SERVICE}

    referral_step(house, number, end, **(why if end == "declined" else {}))

    assert counted(house, HEALTH, TODAY) == (1, 1)
    assert counted(house, HEALTH, TODAY + timedelta(days=1)) == (0, 1)


def test_a_household_is_connected_and_accompanied_when_all_of_it_is_true(house: House) -> None:
    clinic, lessons = service(house), school(house)
    both, one = enrolled_home(house)[0], enrolled_home(house)[0]
    for who, to in ((both, clinic), (both, lessons), (one, clinic)):
        referral_step(house, referred(house, who, to), "accepted")
    assert counted(house, ALL_OF_IT) == (0, 2)

    dropped_in(house, both, mode=VisitMode.PHONE)
    dropped_in(house, one)

    assert counted(house, ALL_OF_IT) == (1, 2)
    assert counted(house, VISITED) == (2, 2)
    assert (counted(house, HEALTH), counted(house, EDUCATION)) == ((2, 2), (1, 2))


def test_an_irregular_visit_accompanies_once_it_is_accepted(house: House) -> None:
    planned(house, enrolled_home(house)[0])
    with house.work("expert") as work:
        recording = RecordVisit(key=key(), number="VS-2026-0001", role=VisitRole.EXPERT, told=visit_told())
        irregular = record_visit(work, recording)
    assert irregular.irregularity is Irregularity.OTHER_ROLE
    assert counted(house, VISITED) == (0, 1)

    visit_decided(house, irregular.number, accepted=True, by="manager")

    assert counted(house, VISITED) == (1, 1)


def test_children_count_as_enrolled_as_the_rules_of_schooling_say(house: House) -> None:
    """The statement and the rule of the area say the same of every child on every day."""
    _, proven, declared, left, odd, _never = enrolled_home(house, 2014, 2015, 2016, 2000, 2017)
    enrolled(house, proven)
    enrolled(house, declared, proof=SchoolProof.DECLARED)
    gone = enrolled(house, left).number
    doubtful = enrolled(house, odd).number
    house.clock.advance(timedelta(days=2))
    step(house, gone, "left", reason=LeftSchoolFor.WORK)
    decided(house, doubtful, accepted=True)

    for days, expected in ((0, 2), (2, 2)):
        day = TODAY + timedelta(days=days)
        assert counted(house, "children_at_school", day) == (expected, None)
    assert counted(house, "households_with_children_at_school") == (1, None)
    assert counted(house, "children_at_school", date(2026, 7, 1)) == (0, None), "the term has ended"
    day = TODAY + timedelta(days=2)
    with house.work("manager") as work:
        people = work.reader().all(Query(Key, lambda: sa.select(col(Participant.id))))
        facts = schooling_facts(work.reader(), people, day)
    assert sum(any(one.answers for one in own) for own in facts.values()) == 2


def test_activities_are_counted_by_kind_once_they_were_held(house: House) -> None:
    for kind, code in (
        (ActivityKind.COMMUNITY, "community_activities_held"),
        (ActivityKind.OUTREACH, "outreach_campaigns_held"),
        (ActivityKind.JOB_FAIR, "job_fairs_held"),
    ):
        number = activity(house, kind=kind)
        activity(house, kind=kind)
        assert counted(house, code) == (0, None)
        held(house, number)
        assert counted(house, code) == (1, None)
        assert counted(house, code, TODAY - timedelta(days=1)) == (0, None)


def test_who_began_to_work_is_counted_once_however_many_jobs(house: House) -> None:
    who = enrolled_home(house)[0]
    enrolled_home(house)
    placed(house, who)
    placed(house, who)

    assert counted(house, "persons_placed") == (1, None)
    assert counted(house, "persons_placed", TODAY - timedelta(days=1)) == (0, None)


def test_every_fact_of_accompaniment_stands_in_an_indicator() -> None:
    used = {name for one in INDICATORS.values() for name in (*one.numerator, *(one.denominator or ()))}

    assert {*HOUSEHOLDS, *PEOPLE, *ACTIVITIES} <= used
