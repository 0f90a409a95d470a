"""A plan keeps its call and its owner through all versions; once approved it changes under a second hand only."""

from dataclasses import replace

import pytest

from seedfund.kernel.errors import Refused
from seedfund.plans.queries import open_version, plan_facts
from seedfund.plans.rules import BusinessPlan, FundedBy, Outcome, OwnerKind, PlanPolicy, Sources
from seedfund.plans.service import (
    PlanSubmitted,
    ReturnPlan,
    SubmitPlan,
    VerifyPlan,
    plan_secret,
    return_plan,
    submit_plan,
    verify_plan,
)
from tests.funds.support import funded
from tests.people.samples import register
from tests.plans.samples import bakery, item, usd
from tests.plans.sittings import TERMS, call, decided, submitted, submitting, verified
from tests.support.programme import START, House

LOWER = bakery(
    items=(replace(bakery().items[0], unit_price=usd(300)), *bakery().items[1:]),
    sources=Sources(grant=usd(400), own_cash=usd(40), own_kind=usd(60), other=usd(0)),
    tranches=(),
)


def submitting_again(house: House, again: SubmitPlan) -> PlanSubmitted:
    with house.work("expert") as work:
        return submit_plan(work, again)


def refused(house: House, again: SubmitPlan) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        submitting_again(house, again)
    return caught.value.codes


def returned(house: House, number: str) -> None:
    with house.work("reviewer") as work:
        return_plan(work, ReturnPlan(key="r", number=number, reason="The oven has no quotation."))


def lowered(house: House, **changes: object) -> tuple[SubmitPlan, str]:
    """The next version of a plan that a committee gave 400 of its 500, and the plan's number."""
    funded(house)
    call(house)
    first, result = submitted(house)
    verified(house, result.number)
    less = {"outcome": Outcome.LOWER_AMOUNT, "amount": usd(400), "reasons": ("The budget.",)}
    decided(house, result.number, bakery(), **(less | changes))
    again = replace(first, key="bp2", number=result.number, plan=plan_secret(LOWER))
    return again, result.number


def in_force(house: House, number: str) -> tuple[int, BusinessPlan]:
    with house.work("expert") as work:
        facts = plan_facts(work.reader(), work.programme.id, number)
        return facts.version, open_version(work, facts.version_id)


def test_a_plan_of_a_household_is_submitted_by_one_of_its_members(house: House) -> None:
    call(house)
    stranger = register(house).members[0].participant

    assert refused(house, replace(submitting(house, bakery()), participant=stranger)) == (
        "plan_owner_not_member",
    )


def test_a_further_version_is_of_the_same_person_household_and_kind_of_owner(house: House) -> None:
    call(house)
    first, result = submitted(house)
    returned(house, result.number)
    other = register(house)
    again = replace(first, key="bp2", number=result.number)
    as_person = replace(again, plan=plan_secret(bakery(owner_kind=OwnerKind.PERSON)))

    assert refused(house, replace(again, participant=other.members[0].participant)) == ("plan_keeps_owner",)
    assert refused(house, replace(again, household=other.household)) == ("plan_keeps_owner",)
    assert refused(house, as_person) == ("plan_keeps_owner",)
    assert submitting_again(house, replace(again, household=None)).version == 2
    assert in_force(house, result.number) == (2, bakery())


def test_a_further_version_is_asked_what_the_plans_own_call_asks(house: House) -> None:
    call(house, replace(TERMS, plan_policy=PlanPolicy(version="1", grant_max=usd(400))), code="C2")
    call(house)
    first = replace(submitting(house, LOWER), call="C2")
    number = submitting_again(house, first).number
    returned(house, number)
    again = replace(first, key="bp2", number=number, plan=plan_secret(bakery()))

    assert refused(house, again) == ("plan_grant_too_large",)
    assert refused(house, replace(again, call="C1", plan=plan_secret(LOWER))) == ("plan_keeps_call",)


def test_a_lower_amount_is_brought_down_by_the_author_and_in_force_with_a_second_hand(house: House) -> None:
    again, number = lowered(house)

    assert submitting_again(house, again).is_pending
    assert in_force(house, number) == (1, bakery())
    looking = VerifyPlan(key="look", number=number, visited_on=START.date())
    with house.work("expert") as work, pytest.raises(Refused) as own:
        verify_plan(work, looking)
    with house.work("field") as work:
        assert verify_plan(work, looking).state == "approved"

    assert own.value.codes == ("plan_verified_by_author",)
    assert in_force(house, number) == (2, LOWER)


def test_a_version_that_nobody_confirmed_is_followed_by_another_one(house: House) -> None:
    again, number = lowered(house)
    submitting_again(house, again)
    third = submitting_again(house, replace(again, key="bp3"))

    assert (third.version, in_force(house, number)[0]) == (3, 1)


def test_an_approved_plan_without_a_version_that_waits_is_not_verified_again(house: House) -> None:
    _, number = lowered(house)

    with house.work("field") as work, pytest.raises(Refused) as caught:
        verify_plan(work, VerifyPlan(key="look", number=number, visited_on=START.date()))

    assert caught.value.codes == ("no_such_step",)


def test_after_an_approval_no_other_business_takes_the_place_of_the_approved_one(house: House) -> None:
    again, number = lowered(house)
    bar = bakery(
        title="Bar El Ejemplo",
        sector="bar",
        items=(item(1, usd(400), description="Moto"), *bakery().items[2:]),
        sources=LOWER.sources,
        tranches=(),
    )
    with_kind = replace(LOWER, items=(*LOWER.items, item(5, usd(1), funded_by=FundedBy.OTHER)))

    assert refused(house, replace(again, plan=plan_secret(bar))) == ("plan_changed_after_approval",)
    assert refused(house, replace(again, plan=plan_secret(bakery()))) == ("plan_above_approved_amount",)
    assert "plan_changed_after_approval" in refused(house, replace(again, plan=plan_secret(with_kind)))
    assert in_force(house, number) == (1, bakery())


def test_a_plan_approved_in_full_takes_no_other_version(house: House) -> None:
    again, _ = lowered(house, outcome=Outcome.APPROVED, amount=usd(500), reasons=())

    assert refused(house, again) == ("plan_approved_as_it_is",)
