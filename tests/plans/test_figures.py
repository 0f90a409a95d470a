"""The figures of a plan follow from its lines, add up, and have names where they do not exist."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.dates import Month
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money, total
from seedfund.plans.rules import (
    EVEN_YEAR,
    BusinessPlan,
    CostKind,
    FundedBy,
    LineQuantity,
    PlannedTranche,
    Shortage,
    Sources,
    StartUpPart,
    Undefined,
    break_even_quantities,
    break_even_sales,
    capital_needed,
    cash_flow,
    compute_figures,
    deepest_shortage,
    month_at,
    monthly_results,
    own_contribution,
    own_contribution_basis_points,
    payback_months,
    start_up_by_part,
    start_up_total,
    uses_by_source,
)
from tests.plans.samples import bakery, cost, item, sales, usd

NOTHING = Sources(grant=usd(0), own_cash=usd(0), own_kind=usd(0), other=usd(0))
ONLY_DECEMBER = (*(0,) * 11, 20_000)


@pytest.mark.parametrize(
    ("quantity_thousandths", "price", "expected"),
    [(1_000, 333, 333), (1_500, 333, 500), (500, 1, 1), (499, 1, 0), (2_333, 100, 233), (0, 500, 0)],
)
def test_a_line_is_quantity_times_price_rounded_half_up(
    quantity_thousandths: int, price: int, expected: int
) -> None:
    line = item(1, Money(price, "USD"), quantity_thousandths=quantity_thousandths)

    assert line.total == Money(expected, "USD")


def test_the_start_up_total_is_the_same_by_part_and_by_source() -> None:
    plan = bakery()

    assert start_up_total(plan) == usd(600)
    assert start_up_by_part(plan) == (
        (StartUpPart.FIXED_ASSETS, usd(460)),
        (StartUpPart.PRE_OPENING, usd(0)),
        (StartUpPart.FIRST_STOCK, usd(100)),
        (StartUpPart.WORKING_CAPITAL, usd(40)),
    )
    assert uses_by_source(plan) == (
        (FundedBy.GRANT, usd(500)),
        (FundedBy.OWN_CASH, usd(40)),
        (FundedBy.OWN_KIND, usd(60)),
        (FundedBy.OTHER, usd(0)),
    )


def test_own_contribution_counts_things_only_where_the_programme_does() -> None:
    plan = bakery()

    assert (own_contribution(plan), own_contribution(plan, counts_kind=False)) == (usd(100), usd(40))
    assert own_contribution_basis_points(plan) == 1_666
    assert own_contribution_basis_points(bakery(items=())) == Undefined("no_start_up_cost")


def test_cash_is_counted_month_by_month_with_tranches_and_without_things_in_kind() -> None:
    first, second, third, fourth = cash_flow(bakery(), 4)

    # 300 of the grant + 40 own cash + 200 sales, less 500 bought, 100 stock, 30 fixed and 10 drawn.
    assert (first.grant, first.own_funds, first.start_up) == (usd(300), usd(40), usd(500))
    assert first.closing == usd(-100)
    assert [month.closing for month in (second, third, fourth)] == [usd(-40), usd(20), usd(280)]
    assert [str(month.month) for month in (first, second, third, fourth)] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_a_plan_without_tranches_counts_on_the_whole_grant_at_the_start() -> None:
    assert cash_flow(bakery(tranches=()), 1)[0].grant == usd(500)


def test_an_item_bought_later_is_paid_later() -> None:
    plan = bakery(items=(item(1, usd(400), month=2),))

    assert [month.start_up for month in cash_flow(plan, 3)] == [usd(0), usd(0), usd(400)]


def test_sales_on_credit_come_in_when_they_are_due() -> None:
    plan = bakery(sales=(sales(credit_share=2_500, credit_months=2),))

    assert [month.sales_received for month in cash_flow(plan, 4)] == [usd(150), usd(150), usd(200), usd(200)]


def test_a_season_moves_sales_and_their_cost_together() -> None:
    november, december = monthly_results(bakery(sales=(sales(season=ONLY_DECEMBER),)), 2)

    assert (november.sales, november.cost_of_sales) == (usd(0), usd(0))
    assert (december.sales, december.cost_of_sales) == (usd(400), usd(200))


def test_opening_cash_of_an_existing_business_comes_first() -> None:
    assert cash_flow(bakery(opening_cash=usd(150)), 1)[0].opening == usd(150)


def test_the_deepest_shortage_names_its_month_and_is_none_when_cash_suffices() -> None:
    assert deepest_shortage(cash_flow(bakery(), 12)) == Shortage(Month(2026, 11), usd(100))
    assert deepest_shortage(cash_flow(bakery(opening_cash=usd(100)), 12)) is None


def test_the_capital_needed_is_what_would_be_missing_without_any_funds() -> None:
    # 500 bought in the first month, less the 60 the trade leaves in it.
    assert capital_needed(bakery()) == usd(440)
    assert capital_needed(bakery(items=())) == usd(0)


def test_profit_is_shown_before_and_after_drawings_and_unpaid_work() -> None:
    plan = bakery(costs=(*bakery().costs, cost(3, CostKind.FAMILY_LABOUR, usd(45))))
    first = monthly_results(plan, 1)[0]

    assert (first.gross, first.fixed, first.depreciation) == (usd(100), usd(30), usd(10))
    assert (first.profit, first.after_drawings, first.after_family_labour) == (usd(60), usd(50), usd(5))


def test_unpaid_work_and_depreciation_take_no_cash_and_debt_takes_no_profit() -> None:
    plan = bakery()
    with_work = bakery(costs=(*plan.costs, cost(3, CostKind.FAMILY_LABOUR, usd(45))))
    with_debt = bakery(costs=(*plan.costs, cost(3, CostKind.DEBT, usd(5))))

    assert cash_flow(with_work) == cash_flow(plan)
    assert monthly_results(with_debt) == monthly_results(plan)
    assert cash_flow(with_debt)[0].closing == cash_flow(plan)[0].closing - usd(5)


@given(st.integers(min_value=1, max_value=10**7), st.integers(min_value=1, max_value=60))
def test_depreciation_of_a_whole_life_is_the_price_to_the_cent(price: int, life: int) -> None:
    plan = bakery(items=(item(1, Money(price, "USD"), life_months=life),))
    parts = [result.depreciation for result in monthly_results(plan, 72)]

    assert total(parts, "USD") == Money(price, "USD")


def test_break_even_is_where_the_contribution_pays_the_fixed_costs() -> None:
    # 30 fixed, half of each sale is left: 60 a month, thirty loaves.
    assert break_even_sales(bakery()) == usd(60)
    assert break_even_quantities(bakery()) == (LineQuantity(1, 30_000),)


def test_break_even_is_rounded_up_so_that_it_really_pays() -> None:
    plan = bakery(costs=(cost(1, CostKind.FIXED, Money(1, "USD")),), sales=(sales(unit_cost=usd(1, 99)),))

    assert break_even_sales(plan) == usd(2)
    assert break_even_quantities(plan) == (LineQuantity(1, 1_000),)


def test_break_even_of_several_products_keeps_their_mix() -> None:
    twice = sales(line=2, monthly_quantity_thousandths=200_000, unit_price=usd(1), unit_cost=usd(0, 75))
    plan = bakery(sales=(sales(), twice), costs=(cost(1, CostKind.FIXED, usd(75)),))

    # Together they leave 150 a month, so half of the planned month pays 75.
    assert break_even_quantities(plan) == (LineQuantity(1, 50_000), LineQuantity(2, 100_000))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sales": ()}, "no_sales"),
        ({"sales": (sales(season=(0,) * 12),)}, "no_sales"),
        ({"sales": (sales(unit_cost=usd(2)),)}, "contribution_ratio_not_positive"),
        ({"sales": (sales(unit_cost=usd(3)),)}, "contribution_ratio_not_positive"),
    ],
)
def test_a_break_even_that_does_not_exist_has_a_name(changes: dict[str, Any], reason: str) -> None:
    assert break_even_sales(bakery(**changes)) == Undefined(reason)
    assert break_even_quantities(bakery(**changes)) == Undefined(reason)


def test_payback_is_the_first_month_the_trade_has_paid_the_start() -> None:
    assert payback_months(bakery()) == 10
    assert payback_months(bakery(), 9) == Undefined("not_reached_in_horizon")
    assert payback_months(bakery(items=())) == Undefined("no_start_up_cost")


@pytest.mark.parametrize("horizon", [0, -1, 121])
def test_a_horizon_nobody_plans_for_is_refused(horizon: int) -> None:
    for compute in (cash_flow, capital_needed, monthly_results, payback_months, compute_figures):
        with pytest.raises(InvalidInput, match="1 to 120 months"):
            compute(bakery(), horizon)


@pytest.mark.parametrize("season", [(), EVEN_YEAR[:11], (*EVEN_YEAR[:11], -1)])
def test_a_season_has_twelve_months(season: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match="twelve"):
        sales(season=season)
    with pytest.raises(InvalidInput, match="twelve"):
        cost(1, CostKind.FIXED, usd(1), season=season)


@pytest.mark.parametrize("changes", [{"credit_share": 10_001}, {"credit_share": -1}, {"credit_months": -1}])
def test_credit_is_a_share_of_sales_paid_later(changes: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="credit"):
        sales(**changes)


def test_an_undefined_figure_has_a_declared_reason() -> None:
    with pytest.raises(ValueError, match="no declared reason"):
        Undefined("because")


def test_months_of_the_plan_run_over_the_year() -> None:
    assert [str(month_at(bakery(), index)) for index in (0, 1, 2, 14)] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2028-01",
    ]


minor = st.integers(min_value=0, max_value=10**6).map(lambda amount: Money(amount, "USD"))
seasons = st.lists(st.integers(0, 30_000), min_size=12, max_size=12).map(tuple)
plans = st.builds(
    bakery,
    items=st.lists(
        st.builds(item, st.integers(1, 9), minor, month=st.integers(0, 12), life_months=st.integers(0, 30)),
        max_size=4,
    ).map(tuple),
    tranches=st.lists(st.builds(PlannedTranche, st.integers(0, 12), minor), max_size=3).map(tuple),
    opening_cash=minor,
    sales=st.lists(
        st.builds(
            sales,
            unit_price=minor,
            unit_cost=minor,
            monthly_quantity_thousandths=st.integers(0, 10**6),
            season=seasons,
            credit_share=st.integers(0, 10_000),
            credit_months=st.integers(0, 14),
        ),
        max_size=3,
    ).map(tuple),
    costs=st.lists(
        st.builds(cost, st.integers(1, 9), st.sampled_from(CostKind), minor, season=seasons), max_size=4
    ).map(tuple),
)


@given(plans, st.integers(min_value=1, max_value=24))
def test_every_printed_month_adds_up_and_follows_the_one_before(plan: BusinessPlan, horizon: int) -> None:
    flow = cash_flow(plan, horizon)
    opening = plan.opening_cash

    assert len(flow) == horizon
    for month in flow:
        came_in = month.opening + month.sales_received + month.grant + month.own_funds
        went_out = month.start_up + month.purchases + month.fixed + month.drawings + month.debt
        assert month.opening == opening
        assert month.closing == came_in - went_out
        opening = month.closing


@given(plans)
def test_no_plan_makes_a_figure_fail(plan: BusinessPlan) -> None:
    computed = compute_figures(plan, 18)

    assert all(
        getattr(computed, field.name) is not None or field.name == "deepest_shortage"
        for field in fields(computed)
    )
    assert sum(amount.minor for _, amount in computed.by_part) == computed.start_up_total.minor
    assert sum(amount.minor for _, amount in computed.by_source) == computed.start_up_total.minor


@given(plans)
def test_sales_on_credit_are_received_in_full_in_the_end(plan: BusinessPlan) -> None:
    lasting = 40
    received = sum(month.sales_received.minor for month in cash_flow(plan, lasting))
    sold = [result.sales.minor for result in monthly_results(plan, lasting)]

    assert sum(sold[: lasting - 14]) <= received <= sum(sold)
