"""An approved plan is only brought to what the committee asked for."""

from dataclasses import replace
from typing import Any

import pytest

from seedfund.plans.rules import BusinessPlan, FundedBy, Outcome, adjusting, check_adjustment
from tests.plans.samples import bakery, item, usd

LOWERED = replace(bakery().items[0], unit_price=usd(300))


def refused(outcome: Outcome, after: BusinessPlan) -> list[tuple[str, str]]:
    found = check_adjustment(bakery(), after, outcome)
    return [(one.code, one.facts.get("fields", "")) for one in found]


def with_first(**changes: Any) -> BusinessPlan:
    """The bakery with another first item."""
    return bakery(items=(replace(LOWERED, **changes), *bakery().items[1:]))


@pytest.mark.parametrize("outcome", [Outcome.LOWER_AMOUNT, Outcome.APPROVED_WITH_OBSERVATIONS])
@pytest.mark.parametrize(
    "after",
    [
        with_first(),
        with_first(supplier="Otro Almacén Ficticio", quote_ref="P-9"),
        with_first(funded_by=FundedBy.OWN_CASH),
        bakery(items=bakery().items[1:]),
        bakery(risks=(), costs=(), sales=(), tranches=(), is_home_based=True),
    ],
)
def test_less_of_what_was_approved_follows_from_the_decision(outcome: Outcome, after: BusinessPlan) -> None:
    assert refused(outcome, after) == []


@pytest.mark.parametrize("outcome", [Outcome.LOWER_AMOUNT, Outcome.APPROVED_WITH_OBSERVATIONS])
@pytest.mark.parametrize(
    ("after", "fields"),
    [
        (bakery(title="Bar El Ejemplo", sector="bar"), "title, sector"),
        (bakery(currency="EUR"), "currency"),
        (bakery(items=(*bakery().items, item(5, usd(1)))), "items 5"),
        (with_first(unit_price=usd(401)), "items 1"),
        (with_first(category=bakery().items[1].category), "items 1"),
        (bakery(items=(LOWERED, replace(bakery().items[2], funded_by=FundedBy.GRANT))), "items 3"),
    ],
)
def test_another_business_or_more_money_does_not(outcome: Outcome, after: BusinessPlan, fields: str) -> None:
    assert refused(outcome, after) == [("plan_changed_after_approval", fields)]


def test_only_observations_ask_for_another_thing_of_the_same_kind() -> None:
    after = with_first(description="Horno a gas")

    assert refused(Outcome.APPROVED_WITH_OBSERVATIONS, after) == []
    assert refused(Outcome.LOWER_AMOUNT, after) == [("plan_changed_after_approval", "items 1")]


def test_a_plan_approved_as_it_is_stays_as_it_is() -> None:
    assert refused(Outcome.APPROVED, with_first()) == [("plan_approved_as_it_is", "")]


def test_every_code_of_adjusting_has_a_row() -> None:
    tried = {"plan_approved_as_it_is", "plan_changed_after_approval"}

    assert {kind.code for kind in adjusting.REFUSALS} == tried
