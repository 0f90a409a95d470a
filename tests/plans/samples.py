"""A small bakery on paper: round figures, so that every computed one can be checked by hand."""

from dataclasses import replace
from typing import Any

from seedfund.kernel.dates import Month
from seedfund.kernel.money import Money
from seedfund.plans.rules import (
    BusinessPlan,
    BusinessStage,
    Category,
    CostKind,
    CostLine,
    FundedBy,
    OwnerKind,
    PlanItem,
    PlannedTranche,
    SalesLine,
    Sources,
)


def usd(dollars: int, cents: int = 0) -> Money:
    return Money(dollars * 100 + cents, "USD")


def item(line: int, price: Money, **changes: Any) -> PlanItem:
    usual = PlanItem(
        line=line,
        description="Horno",
        category=Category.EQUIPMENT,
        quantity_thousandths=1_000,
        unit_price=price,
        supplier="Almacén Ficticio",
        quote_ref="P-1",
        funded_by=FundedBy.GRANT,
    )
    return replace(usual, **changes)


def sales(**changes: Any) -> SalesLine:
    usual = SalesLine(
        line=1,
        description="Pan",
        monthly_quantity_thousandths=100_000,
        unit_price=usd(2),
        unit_cost=usd(1),
    )
    return replace(usual, **changes)


def cost(line: int, kind: CostKind, monthly: Money, **changes: Any) -> CostLine:
    return replace(CostLine(line=line, description="Costo", kind=kind, monthly=monthly), **changes)


def bakery(**changes: Any) -> BusinessPlan:
    """Start-up 600: oven 400 (grant), flour 100 (grant), table 60 (kind), reserve 40 (own cash); trade +60 a month."""
    usual = BusinessPlan(
        title="Panadería El Ejemplo",
        stage=BusinessStage.NEW,
        sector="food",
        owner_kind=OwnerKind.HOUSEHOLD,
        currency="USD",
        start=Month(2026, 11),
        items=(
            item(1, usd(400), life_months=40),
            item(2, usd(50), quantity_thousandths=2_000, category=Category.RAW_MATERIAL),
            item(3, usd(60), category=Category.FURNITURE, funded_by=FundedBy.OWN_KIND),
            item(4, usd(40), category=Category.WORKING_CAPITAL, funded_by=FundedBy.OWN_CASH),
        ),
        sources=Sources(grant=usd(500), own_cash=usd(40), own_kind=usd(60), other=usd(0)),
        opening_cash=usd(0),
        tranches=(PlannedTranche(0, usd(300)), PlannedTranche(3, usd(200))),
        sales=(sales(),),
        costs=(cost(1, CostKind.FIXED, usd(30)), cost(2, CostKind.DRAWINGS, usd(10))),
    )
    return replace(usual, **changes)
