"""A call, a committee session and a plan by their numbers, on both databases and in both languages."""

import pytest

from seedfund.cli.rendering import cell
from seedfund.plans.service import decide_plan
from seedfund.reports.queries.desk import Thing, show
from seedfund.reports.value import Word
from tests.funds.support import funded
from tests.plans.samples import bakery, usd
from tests.plans.sittings import MEMBERS, approving, call, scored, session, submitted, verified, voted
from tests.support.programme import House


@pytest.fixture
def story(house: House) -> tuple[House, list[str], str]:
    """Two plans scored 5 and 4 on a line of 600, the first of them approved in a session."""
    funded(house, received=2_000, allotted=600)
    call(house)
    numbers = []
    for mark in (5, 4):
        numbers.append(submitted(house)[1].number)
        verified(house, numbers[-1])
        scored(house, numbers[-1], mark)
    sitting = session(house)
    voted(house, sitting, numbers[0], *MEMBERS)
    with house.work("secretary") as work:
        decide_plan(work, approving(sitting, numbers[0], bakery()))
    return house, numbers, sitting


def shown(house: House, number: str) -> Thing:
    with house.work("manager") as work:
        return show(work, number)


def test_a_call_shows_what_is_left_and_the_plans_that_wait_in_their_order(
    story: tuple[House, list[str], str],
) -> None:
    house, (_, waiting), _ = story
    thing = shown(house, "C1")
    (place,) = thing.parts["ranking"]
    lines = {row["line"]: row["left"] for row in thing.parts["lines"]}

    assert (thing.kind, thing.fields["quorum"], lines["A1"]) == ("call", 2, usd(100))
    assert (place["plan"], place["score"], place["amount"]) == (waiting, "75 %", usd(500))
    assert cell(place["proposed"], "es") == "aprobado"


def test_a_session_shows_who_sat_and_from_which_place_each_plan_was_decided(
    story: tuple[House, list[str], str],
) -> None:
    house, (decided, _), sitting = story
    thing = shown(house, sitting)
    (decision,) = thing.parts["decisions"]

    assert [row["member"] for row in thing.parts["members"]] == list(MEMBERS)
    assert (decision["plan"], decision["position"], decision["outcome"]) == (decided, 1, Word("approved"))
