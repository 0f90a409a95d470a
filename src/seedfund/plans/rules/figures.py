"""What follows from a plan: totals by part and source, break-even, payback. Must not judge them.

A figure that does not exist is an `Undefined` with its reason, never an error or infinity.
"""

from dataclasses import dataclass
from typing import Final

from seedfund.kernel.money import Money, total, zero
from seedfund.plans.rules.months import (
    MonthFlow,
    MonthResult,
    Shortage,
    capital_needed,
    cash_flow,
    deepest_shortage,
    monthly_results,
    year,
)
from seedfund.plans.rules.values import (
    CONTRIBUTION_RATIO_NOT_POSITIVE,
    NO_SALES,
    NO_START_UP_COST,
    NOT_REACHED_IN_HORIZON,
    PART_OF,
    BusinessPlan,
    FundedBy,
    SalesLine,
    StartUpPart,
    Undefined,
)

_UNIT: Final = 1_000
_WHOLE: Final = 10_000


@dataclass(frozen=True)
class LineQuantity:
    """So much of one sales line in a month, in thousandths of a unit."""

    line: int
    quantity_thousandths: int


@dataclass(frozen=True)
class Figures:
    """Every computed figure of a plan, as it is printed beside it."""

    start_up_total: Money
    by_part: tuple[tuple[StartUpPart, Money], ...]
    by_source: tuple[tuple[FundedBy, Money], ...]
    own_contribution_basis_points: int | Undefined
    flow: tuple[MonthFlow, ...]
    results: tuple[MonthResult, ...]
    deepest_shortage: Shortage | None
    capital_needed: Money
    break_even_sales: Money | Undefined
    break_even_quantities: tuple[LineQuantity, ...] | Undefined
    payback_months: int | Undefined


def start_up_total(plan: BusinessPlan) -> Money:
    """All start-up items together: fixed assets + pre-opening costs + first stock + working capital."""
    return total((item.total for item in plan.items), plan.currency)


def start_up_by_part(plan: BusinessPlan) -> tuple[tuple[StartUpPart, Money], ...]:
    """The start-up total by its four parts, in their declared order."""
    return tuple(
        (part, total((i.total for i in plan.items if PART_OF[i.category] is part), plan.currency))
        for part in StartUpPart
    )


def uses_by_source(plan: BusinessPlan) -> tuple[tuple[FundedBy, Money], ...]:
    """What the items ask of each source, in the declared order; sources must equal these uses."""
    return tuple(
        (source, total((i.total for i in plan.items if i.funded_by is source), plan.currency))
        for source in FundedBy
    )


def own_contribution(plan: BusinessPlan, *, counts_kind: bool = True) -> Money:
    """What the participant brings: cash, and things where the programme counts them."""
    uses = dict(uses_by_source(plan))
    return uses[FundedBy.OWN_CASH] + (uses[FundedBy.OWN_KIND] if counts_kind else zero(plan.currency))


def own_contribution_basis_points(plan: BusinessPlan, *, counts_kind: bool = True) -> int | Undefined:
    """Own contribution ÷ start-up total, in basis points, rounded down: no minimum is reached by rounding."""
    whole = start_up_total(plan)
    if not whole:
        return Undefined(NO_START_UP_COST)
    return own_contribution(plan, counts_kind=counts_kind).minor * _WHOLE // whole.minor


def break_even_sales(plan: BusinessPlan) -> Money | Undefined:
    """Sales of an average month that just pay the fixed costs: fixed ÷ contribution ratio, rounded up.

    Contribution ratio = (sales − variable costs) ÷ sales, over the twelve months of a year; depreciation is
    not a fixed cost here.
    """
    sums = year(plan)
    if sums.sales == 0:
        return Undefined(NO_SALES)
    if sums.contribution <= 0:
        return Undefined(CONTRIBUTION_RATIO_NOT_POSITIVE)
    return Money(_rounded_up(sums.fixed * sums.sales, sums.contribution * 12), plan.currency)


def break_even_quantities(plan: BusinessPlan) -> tuple[LineQuantity, ...] | Undefined:
    """How much of each line, in the plan's own mix, an average month must sell to pay the fixed costs.

    With one line: fixed ÷ (price − unit variable cost). Rounded up to whole units, since half a haircut is
    not sold.
    """
    sums = year(plan)
    if sums.sales == 0:
        return Undefined(NO_SALES)
    if sums.contribution <= 0:
        return Undefined(CONTRIBUTION_RATIO_NOT_POSITIVE)
    return tuple(
        LineQuantity(
            line.line,
            _rounded_up(_yearly_quantity(line) * sums.fixed, sums.contribution * 12 * _WHOLE * _UNIT) * _UNIT,
        )
        for line in plan.sales
    )


def payback_months(plan: BusinessPlan, horizon_months: int = 12) -> int | Undefined:
    """The first month, counted from 1, in which the cash of the trade so far reaches the start-up total.

    Raises:
        InvalidInput: the horizon is not 1 to 120 months.
    """
    goal = start_up_total(plan)
    if not goal:
        return Undefined(NO_START_UP_COST)
    reached = zero(plan.currency)
    for number, month in enumerate(cash_flow(plan, horizon_months), start=1):
        reached = reached + month.trade
        if reached >= goal:
            return number
    return Undefined(NOT_REACHED_IN_HORIZON)


def compute_figures(plan: BusinessPlan, horizon_months: int = 12) -> Figures:
    """Every figure of a plan at once.

    Raises:
        InvalidInput: the horizon is not 1 to 120 months, or amounts are of several currencies.
    """
    flow = cash_flow(plan, horizon_months)
    return Figures(
        start_up_total=start_up_total(plan),
        by_part=start_up_by_part(plan),
        by_source=uses_by_source(plan),
        own_contribution_basis_points=own_contribution_basis_points(plan),
        flow=flow,
        results=monthly_results(plan, horizon_months),
        deepest_shortage=deepest_shortage(flow),
        capital_needed=capital_needed(plan, horizon_months),
        break_even_sales=break_even_sales(plan),
        break_even_quantities=break_even_quantities(plan),
        payback_months=payback_months(plan, horizon_months),
    )


def _yearly_quantity(line: SalesLine) -> int:
    """Thousandths of a unit sold in a year, times 10,000."""
    return line.monthly_quantity_thousandths * sum(line.season)


def _rounded_up(value: int, divisor: int) -> int:
    return -(-value // divisor)
