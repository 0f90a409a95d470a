"""The months of a plan: what comes in and goes out, and what is left as profit. Must not judge them.

Rounding: each line of a month is rounded half up to a minor unit on its own, and totals add rounded lines, so
that every printed column adds up. Stock is taken to be bought again in the month it is sold; the first stock
stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.dates import Month
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money, total, zero
from seedfund.plans.rules.values import (
    PART_OF,
    BusinessPlan,
    CostKind,
    CostLine,
    FundedBy,
    PlanItem,
    SalesLine,
    StartUpPart,
)

HORIZON_MONTHS_MAX: Final = 120
_SCALE: Final = 10_000_000
"""Thousandths of a unit times basis points of a season."""


@dataclass(frozen=True)
class MonthFlow:
    """The cash of one month: `closing` = opening + what comes in − what goes out."""

    month: Month
    opening: Money
    sales_received: Money
    grant: Money
    own_funds: Money
    start_up: Money
    purchases: Money
    fixed: Money
    drawings: Money
    debt: Money
    closing: Money

    @property
    def trade(self) -> Money:
        """What the trade left in the month: sales received − purchases − fixed − drawings − debt."""
        return self.sales_received - self.purchases - self.fixed - self.drawings - self.debt


@dataclass(frozen=True)
class MonthResult:
    """The profit of one month, before and after what the family takes and what its unpaid work is worth."""

    month: Month
    sales: Money
    cost_of_sales: Money
    gross: Money
    fixed: Money
    depreciation: Money
    profit: Money
    drawings: Money
    after_drawings: Money
    family_labour: Money
    after_family_labour: Money


@dataclass(frozen=True)
class Year:
    """Sales, sales less variable costs, and fixed costs of twelve months, in minor units."""

    sales: int
    contribution: int
    fixed: int


@dataclass(frozen=True)
class Shortage:
    """The deepest point of a cash flow: the month and how much is missing then."""

    month: Month
    missing: Money


def cash_flow(plan: BusinessPlan, horizon_months: int = 12) -> tuple[MonthFlow, ...]:
    """Month by month: opening + what comes in − what goes out = closing.

    In: sales received, grant by planned month, own funds. Out: start-up, purchases, fixed, drawings, debt.

    Own cash and other funds come in month 0; things brought in kind and the working-capital reserve are no
    purchase.

    Raises:
        InvalidInput: the horizon is not 1 to 120 months.
    """
    return _flow(plan, _horizon(horizon_months), is_funded=True)


def capital_needed(plan: BusinessPlan, horizon_months: int = 12) -> Money:
    """The deepest negative balance when the plan starts with no grant, no own funds and no cash.

    Raises:
        InvalidInput: the horizon is not 1 to 120 months.
    """
    flow = _flow(plan, _horizon(horizon_months), is_funded=False)
    deepest = min(month.closing.minor for month in flow)
    return Money(max(0, -deepest), plan.currency)


def deepest_shortage(flow: Sequence[MonthFlow]) -> Shortage | None:
    """The month with the lowest closing below zero (the first of equals), or None when there is none."""
    worst = min(flow, key=lambda month: month.closing.minor)
    return Shortage(worst.month, -worst.closing) if worst.closing.minor < 0 else None


def monthly_results(plan: BusinessPlan, horizon_months: int = 12) -> tuple[MonthResult, ...]:
    """Profit month by month: sales − cost of sales − fixed − depreciation, then drawings, then family labour.

    Raises:
        InvalidInput: the horizon is not 1 to 120 months.
    """
    return tuple(_result(plan, index) for index in range(_horizon(horizon_months)))


def month_at(plan: BusinessPlan, index: int) -> Month:
    """The calendar month that many months after the start."""
    count = plan.start.year * 12 + plan.start.month - 1 + index
    return Month(count // 12, count % 12 + 1)


def _flow(plan: BusinessPlan, horizon: int, *, is_funded: bool) -> tuple[MonthFlow, ...]:
    months: list[MonthFlow] = []
    balance = plan.opening_cash if is_funded else zero(plan.currency)
    for index in range(horizon):
        months.append(_month_flow(plan, index, balance, is_funded=is_funded))
        balance = months[-1].closing
    return tuple(months)


def _month_flow(plan: BusinessPlan, index: int, opening: Money, *, is_funded: bool) -> MonthFlow:
    none = zero(plan.currency)
    received = _sales_received(plan, index)
    grant = _grant_in(plan, index) if is_funded else none
    own = plan.sources.own_cash + plan.sources.other if is_funded and index == 0 else none
    start_up = _start_up_paid(plan, index)
    purchases = _cost_of_sales(plan, index)
    fixed, drawings, debt = (
        _costs(plan, index, kind) for kind in (CostKind.FIXED, CostKind.DRAWINGS, CostKind.DEBT)
    )
    closing = opening + received + grant + own - start_up - purchases - fixed - drawings - debt
    return MonthFlow(
        month=month_at(plan, index),
        opening=opening,
        sales_received=received,
        grant=grant,
        own_funds=own,
        start_up=start_up,
        purchases=purchases,
        fixed=fixed,
        drawings=drawings,
        debt=debt,
        closing=closing,
    )


def _result(plan: BusinessPlan, index: int) -> MonthResult:
    sales = total((_sold(plan, line, index) for line in plan.sales), plan.currency)
    cost, fixed = _cost_of_sales(plan, index), _costs(plan, index, CostKind.FIXED)
    depreciation = total((_depreciation(item, index) for item in plan.items), plan.currency)
    drawings = _costs(plan, index, CostKind.DRAWINGS)
    labour = _costs(plan, index, CostKind.FAMILY_LABOUR)
    profit = sales - cost - fixed - depreciation
    return MonthResult(
        month=month_at(plan, index),
        sales=sales,
        cost_of_sales=cost,
        gross=sales - cost,
        fixed=fixed,
        depreciation=depreciation,
        profit=profit,
        drawings=drawings,
        after_drawings=profit - drawings,
        family_labour=labour,
        after_family_labour=profit - drawings - labour,
    )


def year(plan: BusinessPlan) -> Year:
    """The sums of the twelve months from the start."""
    months = range(12)
    sales = sum(_sold(plan, line, index).minor for line in plan.sales for index in months)
    variable = sum(_cost_of_sales(plan, index).minor for index in months)
    fixed = sum(_costs(plan, index, CostKind.FIXED).minor for index in months)
    return Year(sales, sales - variable, fixed)


def _sold(plan: BusinessPlan, line: SalesLine, index: int) -> Money:
    return Money(_seasonal(plan, line, index, price=line.unit_price.minor), line.unit_price.currency)


def _sales_received(plan: BusinessPlan, index: int) -> Money:
    """What is paid at once of this month's sales, and what is due now of earlier sales on credit."""
    received = zero(plan.currency)
    for line in plan.sales:
        sold = _sold(plan, line, index)
        received = received + sold - sold.share(line.credit_share)
        if index >= line.credit_months:
            received = received + _sold(plan, line, index - line.credit_months).share(line.credit_share)
    return received


def _cost_of_sales(plan: BusinessPlan, index: int) -> Money:
    lines = (
        Money(_seasonal(plan, line, index, price=line.unit_cost.minor), line.unit_cost.currency)
        for line in plan.sales
    )
    return total(lines, plan.currency) + _costs(plan, index, CostKind.VARIABLE)


def _costs(plan: BusinessPlan, index: int, kind: CostKind) -> Money:
    return total((_cost(plan, line, index) for line in plan.costs if line.kind is kind), plan.currency)


def _cost(plan: BusinessPlan, line: CostLine, index: int) -> Money:
    return line.monthly.share(line.season[month_at(plan, index).month - 1])


def _grant_in(plan: BusinessPlan, index: int) -> Money:
    """The tranches of the month; a plan that names none counts on the whole grant at the start."""
    if not plan.tranches:
        return plan.sources.grant if index == 0 else zero(plan.currency)
    return total((tranche.amount for tranche in plan.tranches if tranche.month == index), plan.currency)


def _start_up_paid(plan: BusinessPlan, index: int) -> Money:
    bought = (
        item.total
        for item in plan.items
        if item.month == index
        and item.funded_by is not FundedBy.OWN_KIND
        and PART_OF[item.category] is not StartUpPart.WORKING_CAPITAL
    )
    return total(bought, plan.currency)


def _depreciation(item: PlanItem, index: int) -> Money:
    """The month's part of a fixed asset, straight line; the parts of its life add up to its price exactly."""
    age = index - item.month
    whole = item.total
    if not 0 <= age < item.life_months:
        return zero(whole.currency)
    return whole.allocate([1] * item.life_months)[age]


def _seasonal(plan: BusinessPlan, line: SalesLine, index: int, *, price: int) -> int:
    season = line.season[month_at(plan, index).month - 1]
    return (line.monthly_quantity_thousandths * price * season + _SCALE // 2) // _SCALE


def _horizon(months: int) -> int:
    if not 1 <= months <= HORIZON_MONTHS_MAX:
        raise InvalidInput(
            field="horizon_months",
            problem=f"{months} months are no horizon for a plan",
            remedy=f"give 1 to {HORIZON_MONTHS_MAX} months",
        )
    return months
