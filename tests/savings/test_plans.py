"""Savings plans: agreed in an open account, reached by what was observed, matched only by the rule."""

from typing import Any

import pytest

from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from seedfund.savings.queries.plans import list_savings_plans, match_facts, saved_in, savings_plan
from seedfund.savings.rules.observing import Unknown
from seedfund.savings.rules.plans import MatchFacts, check_match, match_of
from seedfund.savings.rules.words import Purpose
from seedfund.savings.service import (
    AgreeSavingsPlan,
    EndSavingsPlan,
    MarkTargetReached,
    SavingsPlanMoved,
    agree_savings_plan,
    end_savings_plan,
    mark_target_reached,
)
from tests.savings.accounts import done, invited, key, later, read, saver, usd, verified
from tests.support.programme import House


def agreeing(link: str, **fields: Any) -> AgreeSavingsPlan:
    asked: dict[str, Any] = {
        "purpose": Purpose.BUSINESS,
        "target": usd(120),
        "monthly": usd(20),
        "months": 6,
        "match_basis_points": 10_000,
        "match_most": usd(100),
    }
    return AgreeSavingsPlan(key=key(), link=link, **{**asked, **fields})


def agreed(house: House, link: str, **fields: Any) -> str:
    found: SavingsPlanMoved = done(house, agree_savings_plan, agreeing(link, **fields), "expert")
    return found.plan


def codes(house: House, verb: Any, command: Any) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        done(house, verb, command, "expert")
    return caught.value.codes


def test_a_plan_is_reached_by_what_was_observed_and_then_ended(house: House) -> None:
    link = verified(house, saver(house))
    plan = agreed(house, link)
    assert codes(house, mark_target_reached, MarkTargetReached(key=key(), plan=plan)) == (
        "savings_saved_not_known",
    )
    day = later(house, 60)
    read(house, link, usd(90), day)
    assert codes(house, mark_target_reached, MarkTargetReached(key=key(), plan=plan)) == (
        "savings_target_not_reached",
    )
    read(house, link, usd(130), later(house, 60))
    reached = done(house, mark_target_reached, MarkTargetReached(key=key(), plan=plan), "expert")
    ended = done(house, end_savings_plan, EndSavingsPlan(key=key(), plan=plan), "coach")

    assert (reached.state, ended.state) == ("reached", "ended")
    assert codes(house, end_savings_plan, EndSavingsPlan(key=key(), plan=plan)) == ("no_such_step",)


def test_a_plan_needs_an_open_account_and_is_the_only_one_in_it(house: House) -> None:
    link = invited(house, saver(house))
    assert codes(house, agree_savings_plan, agreeing(link)) == ("savings_plan_account_not_open",)
    other = verified(house, saver(house))
    agreed(house, other)

    assert codes(house, agree_savings_plan, agreeing(other)) == ("savings_plan_under_way",)
    with house.work("field") as work:
        assert len(list_savings_plans(work.reader(), work.programme.id)) == 1


def test_what_a_plan_saved_is_counted_from_its_first_day(house: House) -> None:
    link = verified(house, saver(house))
    read(house, link, usd(50))
    plan = agreed(house, link)
    day = later(house, 30)
    read(house, link, usd(85), day)

    with house.work("field") as work:
        facts = savings_plan(work.reader(), work.programme.id, plan)
        assert saved_in(work.reader(), [facts], day) == {facts.id: usd(35)}


def test_the_facts_of_a_match_are_those_of_the_rule(house: House) -> None:
    link = verified(house, saver(house))
    plan = agreed(house, link)
    none = {"own_matched": usd(0), "matched": usd(0)}
    with house.work("field") as work:
        today = work.today()
        unseen = match_facts(work.reader(), work.programme.id, plan, today, **none)
    day = later(house, 30)
    read(house, link, usd(150), day)
    with house.work("field") as work:
        facts = match_facts(work.reader(), work.programme.id, plan, day, own_matched=usd(40), matched=usd(40))

    assert unseen is Unknown.NOT_OBSERVED
    assert isinstance(facts, MatchFacts)
    assert check_match(facts, purpose=Purpose.BUSINESS, own=usd(110)) == ()
    assert match_of(facts, usd(110)) == usd(60)
    assert match_of(facts, Money(10_01, "USD")) == Money(10_01, "USD")
