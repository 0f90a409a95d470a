"""The money of a line is promised once; what waits for a committee stands in an order that its decisions keep."""

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from seedfund.grants.service import award_grant
from seedfund.kernel.errors import Refused
from seedfund.plans.queries import CALL_IN_FORCE, line_left, ranking_of
from seedfund.plans.rules import TieBreak, TieBreakKind
from seedfund.plans.service import (
    DecidePlan,
    WithdrawPlan,
    decide_plan,
    withdraw_plan,
)
from seedfund.plans.tables import CommitteeDecision
from seedfund.store.columns import table_of
from tests.funds.support import funded
from tests.plans.samples import bakery, usd
from tests.plans.sittings import (
    MEMBERS,
    SHEET,
    TERMS,
    approving,
    call,
    scored,
    session,
    submitted,
    verified,
    voted,
)
from tests.support.grants import approved_plan, awarding, home, prepared
from tests.support.programme import House


def waiting(house: House, *marks: int) -> list[str]:
    """The numbers of verified plans of 500 each, scored with these marks; 0 is not scored."""
    numbers = []
    for mark in marks:
        number = submitted(house)[1].number
        verified(house, number)
        if mark:
            scored(house, number, mark)
        numbers.append(number)
    return numbers


def approved(house: House, sitting: str, number: str) -> None:
    voted(house, sitting, number, *MEMBERS)
    with house.work("secretary") as work:
        decide_plan(work, approving(sitting, number, bakery()))


def refused(house: House, command: DecidePlan) -> tuple[str, ...]:
    with house.work("secretary") as work, pytest.raises(Refused) as caught:
        decide_plan(work, command)
    return caught.value.codes


def left(house: House) -> int:
    """What a committee can still give of A1, in dollars."""
    with house.work("finance") as work:
        return line_left(work.reader(), work.programme.id, "UNHCR", "A1").left.minor // 100


def test_a_session_does_not_give_a_lines_money_twice(house: House) -> None:
    funded(house, received=2_000, allotted=600)
    call(house)
    first, second = waiting(house, 5, 5)
    sitting = session(house)
    approved(house, sitting, first)
    voted(house, sitting, second, *MEMBERS)

    assert left(house) == 100
    assert refused(house, approving(sitting, second, bakery())) == ("budget_exceeded",)


def test_a_plan_that_is_taken_back_gives_up_what_it_was_promised(house: House) -> None:
    funded(house, received=2_000, allotted=600)
    call(house)
    first, second = waiting(house, 5, 5)
    sitting = session(house)
    approved(house, sitting, first)
    with house.work("expert") as work:
        withdraw_plan(work, WithdrawPlan(key="w", number=first, reason="The family moves."))
    approved(house, sitting, second)

    assert left(house) == 100


def test_an_award_holds_the_money_instead_of_its_decision(house: House) -> None:
    prepared(house, allotted=1_100)
    number = approved_plan(house, home(house))
    promised = left(house)
    with house.work("secretary") as work:
        award_grant(work, awarding(number))

    assert (promised, left(house)) == (600, 600)


def test_what_waits_stands_in_the_order_of_scores_and_tie_breaks_against_the_money_left(house: House) -> None:
    funded(house, received=2_000, allotted=600)
    ties = (TieBreak(TieBreakKind.PRIORITY, "refugee"), TieBreak(TieBreakKind.EARLIER_SUBMISSION))
    call(house, replace(TERMS, sheet=replace(SHEET, tie_breaks=ties)))
    unscored, good, best, low = waiting(house, 0, 4, 5, 1)

    with house.work("secretary") as work:
        reader = work.reader()
        found = reader.one(CALL_IN_FORCE, programme=work.programme.id, code="C1")
        ranking = ranking_of(reader, work.programme.id, found, budget=usd(600))

    expected = [
        (best, "approved", ()),
        (good, "waiting_list", ("budget_used_up",)),
        (low, "rejected", ("plan_below_pass_mark",)),
        (unscored, "deferred", ("plan_not_scored",)),
    ]
    assert [
        (one.plan.number, one.proposal.outcome.value, tuple(why.code for why in one.proposal.reasons))
        for one in ranking
    ] == expected
    assert {one.place.candidate.priority for one in ranking} == {1}


def test_a_decision_keeps_the_ranking_it_was_taken_on(house: House) -> None:
    funded(house, received=2_000, allotted=600)
    call(house)
    good, best = waiting(house, 4, 5)
    approved(house, session(house), good)

    with house.engine.connect() as connection:
        basis = json.loads(connection.execute(sa.select(table_of(CommitteeDecision).c.basis)).scalar_one())

    assert [(row["position"], row["plan"], row["score"], row["outcome"]) for row in basis["ranking"]] == [
        (1, best, 10_000, "approved"),
        (2, good, 7_500, "waiting_list"),
    ]
