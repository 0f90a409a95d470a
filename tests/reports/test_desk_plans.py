"""A call, a committee session and a plan by their numbers, on both databases and in both languages."""

import pytest

from seedfund.cli.rendering import cell
from seedfund.plans.rules import UNDEFINED_REASONS
from seedfund.plans.service import decide_plan
from seedfund.reports.queries.desk import Thing, show
from seedfund.reports.queries.desk.figures import EQUAL, FORMULAS, NONE_BELOW_ZERO, NOT_EQUAL
from seedfund.reports.value import Word
from tests.funds.support import funded
from tests.plans.samples import bakery, usd
from tests.plans.sittings import MEMBERS, approving, call, scored, session, submitted, verified, voted
from tests.plans.test_versions import lowered, submitting_again
from tests.reports.test_reports_speak import untold
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


def figures(house: House, number: str) -> dict[str, object]:
    return {row["figure"].text: row["value"] for row in shown(house, number).parts["figures"]}


def test_a_plan_shows_its_computed_figures_with_a_formula_each(house: House) -> None:
    call(house)
    number = submitted(house)[1].number
    thing = shown(house, number)
    found = figures(house, number)

    assert (found["start_up_total"], found["capital_needed"]) == (usd(600), usd(440))
    assert (found["sources_against_uses"], found["own_share"]) == (Word("equal"), "16.66 %")
    assert (found["break_even_sales"], found["break_even_quantity"]) == (usd(60), "30 Pan")
    assert (found["payback_month"], found["profit"]) == (10, usd(720))
    assert (found["deepest_balance"], found["deepest_balance_month"]) == (usd(-100), "2026-11")
    assert [len(thing.parts[name]) for name in ("cash_flow", "profit_by_month")] == [12, 12]
    assert {row["formula"].text for row in thing.parts["figures"]} == set(FORMULAS)


def test_a_figure_that_does_not_exist_is_named(house: House) -> None:
    call(house)
    found = figures(house, submitted(house, bakery(sales=()))[1].number)

    assert found["break_even_sales"] == found["break_even_quantity"] == Word("no_sales")
    assert found["payback_month"] == Word("not_reached_in_horizon")


def test_a_plan_tells_which_version_waits_for_a_second_person(house: House) -> None:
    again, number = lowered(house)
    before = shown(house, number).fields
    submitting_again(house, again)

    assert "waiting_version" not in before
    assert shown(house, number).fields["waiting_version"] == 2


def test_the_figures_of_a_plan_are_told_in_spanish() -> None:
    said = (*FORMULAS, *UNDEFINED_REASONS, NONE_BELOW_ZERO, EQUAL, NOT_EQUAL)

    assert untold(said) == []
