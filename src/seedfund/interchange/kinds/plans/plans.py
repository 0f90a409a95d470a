"""A business plan from its files to a submitted version."""

from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, Values
from seedfund.interchange.kinds.plans.columns import (
    COSTS_PART,
    ITEMS_PART,
    PLANS_PART,
    RISKS_PART,
    SALES_PART,
    SEASONS,
    TRANCHES_MAX,
)
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money, zero
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
    Risk,
    SalesLine,
    Sources,
)
from seedfund.plans.service import SubmitPlan, plan_secret, submit_plan

_WHOLE: Final = 10_000
_SECTIONS: Final = ("items", "sales", "costs")


def _item(values: Values) -> PlanItem:
    return PlanItem(
        line=values.whole("line"),
        description=values.need_text("description"),
        category=values.need_word("category", Category),
        quantity_thousandths=values.whole("quantity"),
        unit_price=values.need_money("unit_price"),
        supplier=values.text("supplier"),
        quote_ref=values.text("quote"),
        funded_by=values.need_word("funded_by", FundedBy),
        unit=values.text("unit"),
        month=values.whole("month"),
        life_months=values.whole("life_months"),
    )


def _season(values: Values) -> tuple[int, ...]:
    return tuple(values.whole(column.name, _WHOLE) for column in SEASONS)


def _sale(values: Values, none: Money) -> SalesLine:
    return SalesLine(
        line=values.whole("line"),
        description=values.need_text("description"),
        monthly_quantity_thousandths=values.whole("monthly_quantity"),
        unit_price=values.need_money("unit_price"),
        unit_cost=values.money("unit_cost") or none,
        season=_season(values),
        credit_share=values.whole("credit_share"),
        credit_months=values.whole("credit_months"),
    )


def _cost(values: Values) -> CostLine:
    return CostLine(
        line=values.whole("line"),
        description=values.need_text("description"),
        kind=values.need_word("kind", CostKind),
        monthly=values.need_money("monthly"),
        season=_season(values),
    )


def _tranches(values: Values) -> tuple[PlannedTranche, ...]:
    found = []
    for place in range(1, TRANCHES_MAX + 1):
        amount = values.money(f"tranche_{place}")
        if amount is not None:
            found.append(PlannedTranche(values.whole(f"tranche_{place}_month"), amount))
    return tuple(found)


def business_plan(group: Group) -> BusinessPlan:
    """The plan that the rows of a group say, complete in itself."""
    values = group.root.values
    none = zero(values.need_text("currency"))
    needs = (need.strip() for need in values.text("training_needs").split("|"))
    return BusinessPlan(
        title=values.need_text("title"),
        stage=values.need_word("stage", BusinessStage),
        sector=values.need_text("sector"),
        owner_kind=values.need_word("owner_kind", OwnerKind),
        currency=none.currency,
        start=values.need_month("start"),
        items=tuple(_item(row.values) for row in group.of("items")),
        sources=Sources(
            grant=values.need_money("grant"),
            own_cash=values.money("own_cash") or none,
            own_kind=values.money("own_kind") or none,
            other=values.money("other") or none,
        ),
        opening_cash=values.money("opening_cash") or none,
        tranches=_tranches(values),
        sales=tuple(_sale(row.values, none) for row in group.of("sales")),
        costs=tuple(_cost(row.values) for row in group.of("costs")),
        risks=tuple(
            Risk(row.values.need_text("description"), row.values.need_text("mitigation"))
            for row in group.of("risks")
        ),
        training_needs=tuple(need for need in needs if need),
        is_home_based=values.flag("is_home_based"),
    )


def _submit(intake: Intake, group: Group) -> Numbers:
    root = group.root
    household, replaces = root.values.has("household"), root.values.has("replaces")
    command = SubmitPlan(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        call=root.values.need_text("call"),
        participant=intake.number(root, "member", kind="households", part="members"),
        household=intake.number(root, "household", kind="households", part="households")
        if household
        else None,
        plan=plan_secret(business_plan(group)),
        number=intake.number(root, "replaces", kind="plans", part="plans") if replaces else None,
    )
    return {("plans", root.key): submit_plan(intake.work, command).number}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    """The line a refusal is about, or the column of the source that does not add up."""
    line, section = refusal.facts.get("line", ""), refusal.facts.get("section", "items")
    if line.isdecimal() and section in _SECTIONS:
        for entry in group.of(section):
            if entry.values.whole("line") == int(line):
                return entry, None
    source = refusal.facts.get("source")
    return (group.root, source) if source in PLANS_PART.by_name else None


PLANS: Final = Kind(
    name="plans",
    title_en="Business plans with their items, sales, costs and risks",
    title_es="Planes de negocio con inversiones, ventas, costos y riesgos",
    parts=(PLANS_PART, ITEMS_PART, SALES_PART, COSTS_PART, RISKS_PART),
    is_whole=False,
    carry_out=_submit,
    locate=_locate,
)
