"""The computed figures of a business plan as the desk shows them: each with its formula in words. Computes nothing.

A figure that does not exist is named: its value is the reason, as a word.
"""

from typing import Any, Final

from seedfund.kernel.money import Money, total
from seedfund.plans.rules import (
    BusinessPlan,
    Figures,
    MonthFlow,
    MonthResult,
    Undefined,
    compute_figures,
    percent,
)
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.value import Word

START_UP: Final = "fixed assets + pre-opening costs + first stock + working capital"
SOURCES: Final = "grant + own cash + own things + other sources = start-up total"
OWN_SHARE: Final = "(own cash + own things) ÷ start-up total"
CAPITAL: Final = "the deepest balance below zero when the plan begins without any money"
DEEPEST: Final = "the lowest closing balance of the cash flow, where it is below zero"
BREAK_EVEN: Final = (
    "fixed costs ÷ contribution ratio, in an average month; "
    "contribution ratio = (sales − variable costs) ÷ sales"
)
QUANTITY: Final = (
    "fixed costs ÷ (price − variable cost of a unit), in the plan's own mix, rounded up to whole units"
)
PAYBACK: Final = "the first month in which the cash of the trade so far reaches the start-up total"
PROFIT: Final = "sales − cost of sales − fixed costs − depreciation, over all months"
AFTER_DRAWINGS: Final = "profit − what the family takes out, over all months"
AFTER_LABOUR: Final = "profit after drawings − what unpaid work of the family is worth, over all months"
CLOSING: Final = (
    "opening + sales received + grant + own funds − start-up − purchases − fixed costs − drawings − debt, "
    "month by month"
)
FORMULAS: Final = (
    *(START_UP, SOURCES, OWN_SHARE, CAPITAL, DEEPEST, BREAK_EVEN, QUANTITY, PAYBACK),
    *(PROFIT, AFTER_DRAWINGS, AFTER_LABOUR, CLOSING),
)
"""Every formula, as it is printed beside its figure; each is told in Spanish."""
NONE_BELOW_ZERO: Final = "no_balance_below_zero"
EQUAL: Final = "equal"
NOT_EQUAL: Final = "not_equal"


def figure_parts(plan: BusinessPlan, *, horizon_months: int) -> dict[str, list[Row]]:
    """Figures, sources against uses, cash flow and profit by month."""
    figures = compute_figures(plan, horizon_months)
    return {
        "figures": _figures(plan, figures),
        "start_up_by_part": [{"part": Word(part), "amount": amount} for part, amount in figures.by_part],
        "sources_and_uses": [
            {
                "source": Word(source),
                "declared": plan.sources.of(source),
                "used": used,
                "difference": plan.sources.of(source) - used,
            }
            for source, used in figures.by_source
        ],
        "cash_flow": [_flow(month) for month in figures.flow],
        "profit_by_month": [_result(month) for month in figures.results],
    }


def _figures(plan: BusinessPlan, figures: Figures) -> list[Row]:
    deepest, own = figures.deepest_shortage, figures.own_contribution_basis_points
    equal = all(plan.sources.of(source) == used for source, used in figures.by_source)
    return [
        _figure("start_up_total", figures.start_up_total, START_UP),
        _figure("sources_against_uses", Word(EQUAL if equal else NOT_EQUAL), SOURCES),
        _figure("own_share", own if isinstance(own, Undefined) else percent(own), OWN_SHARE),
        _figure("capital_needed", figures.capital_needed, CAPITAL),
        _figure("deepest_balance", Word(NONE_BELOW_ZERO) if deepest is None else -deepest.missing, DEEPEST),
        _figure("deepest_balance_month", None if deepest is None else str(deepest.month), DEEPEST),
        _figure("break_even_sales", figures.break_even_sales, BREAK_EVEN),
        *_quantities(plan, figures),
        _figure("payback_month", figures.payback_months, PAYBACK),
        _figure("closing_balance", figures.flow[-1].closing, CLOSING),
        _figure("profit", _sum(plan, [month.profit for month in figures.results]), PROFIT),
        _figure(
            "after_drawings",
            _sum(plan, [month.after_drawings for month in figures.results]),
            AFTER_DRAWINGS,
        ),
        _figure(
            "after_family_labour",
            _sum(plan, [month.after_family_labour for month in figures.results]),
            AFTER_LABOUR,
        ),
    ]


def _figure(name: str, value: Any, formula: str) -> Row:
    shown = Word(value.reason) if isinstance(value, Undefined) else value
    return {"figure": Word(name), "value": shown, "formula": Word(formula)}


def _quantities(plan: BusinessPlan, figures: Figures) -> list[Row]:
    found = figures.break_even_quantities
    if isinstance(found, Undefined):
        return [_figure("break_even_quantity", found, QUANTITY)]
    names = {line.line: line.description for line in plan.sales}
    return [
        _figure("break_even_quantity", f"{one.quantity_thousandths // 1_000} {names[one.line]}", QUANTITY)
        for one in found
    ]


def _sum(plan: BusinessPlan, amounts: list[Money]) -> Money:
    return total(amounts, plan.currency)


def _flow(month: MonthFlow) -> Row:
    return {
        "month": str(month.month),
        "opening": month.opening,
        "sales_received": month.sales_received,
        "grant": month.grant,
        "own_funds": month.own_funds,
        "start_up": month.start_up,
        "purchases": month.purchases,
        "fixed": month.fixed,
        "drawings": month.drawings,
        "debt": month.debt,
        "closing": month.closing,
        "is_below_zero": month.closing.minor < 0,
    }


def _result(month: MonthResult) -> Row:
    return {
        "month": str(month.month),
        "sales": month.sales,
        "cost_of_sales": month.cost_of_sales,
        "gross": month.gross,
        "fixed": month.fixed,
        "depreciation": month.depreciation,
        "profit": month.profit,
        "drawings": month.drawings,
        "after_drawings": month.after_drawings,
        "family_labour": month.family_labour,
        "after_family_labour": month.after_family_labour,
    }
