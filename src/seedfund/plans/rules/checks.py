"""What a programme asks of a plan before it can be submitted. Must not know who decides or what is scored.

Some checks always refuse, because the plan contradicts itself; the others come from a `PlanPolicy`, which
says for each whether it refuses or warns. Every limit is data with its source in the programme's own rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, total
from seedfund.plans.rules.figures import own_contribution_basis_points, start_up_total, uses_by_source
from seedfund.plans.rules.months import cash_flow, monthly_results
from seedfund.plans.rules.values import BusinessPlan, Category, FundedBy, PlanItem, Undefined


class Severity(StrEnum):
    """Whether a finding stops the plan or is shown beside it."""

    REFUSE = "refuse"
    WARN = "warn"


class Section(StrEnum):
    """A part of the plan a programme may require; one-page plans require few."""

    SALES = "sales"
    COSTS = "costs"
    RISKS = "risks"
    TRAINING_NEEDS = "training_needs"
    TRANCHES = "tranches"


@dataclass(frozen=True)
class CategoryCap:
    """At most so many basis points of the grant for one kind of thing."""

    category: Category
    basis_points: int
    severity: Severity = Severity.REFUSE


@dataclass(frozen=True)
class PlanPolicy:
    """What a programme asks of plans, frozen with each decision by its `version`.

    Shares are basis points. `start_up_of_grant_max` limits the start-up total as a share of the grant
    (20,000 = twice). `quotes_from` is the line total from which a quotation is needed.
    """

    version: str
    horizon_months: int = 12
    grant_min: Money | None = None
    grant_max: Money | None = None
    own_contribution_min: int = 0
    counts_own_kind: bool = True
    start_up_of_grant_max: int | None = None
    category_caps: tuple[CategoryCap, ...] = ()
    excluded: tuple[Category, ...] = ()
    quotes_from: Money | None = None
    required: tuple[Section, ...] = ()
    on_start_up: Severity = Severity.REFUSE
    on_quotes: Severity = Severity.REFUSE
    on_negative_cash: Severity = Severity.WARN
    on_loss: Severity = Severity.WARN


@dataclass(frozen=True)
class Findings:
    """What stops a plan and what is only shown, each in the declared order of the checks."""

    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]


PLAN_WITHOUT_ITEMS = RefusalCode(
    "plan_without_items",
    "The start-up list is empty.",
    "Write down what will be bought or brought in.",
)
PLAN_LINE_TWICE = RefusalCode(
    "plan_line_twice",
    "Line {line} stands twice in {section}.",
    "Give each line its own number; a line keeps its number in later versions.",
)
PLAN_OTHER_CURRENCY = RefusalCode(
    "plan_other_currency",
    "An amount in {section} is in {found}, and the plan is in {expected}.",
    "Write every amount in {expected}.",
)
PLAN_ITEM_EMPTY = RefusalCode(
    "plan_item_empty",
    "Item {line} has no description, no quantity or no price.",
    "Write what it is, how many and what one costs.",
)
PLAN_ITEM_MONTH = RefusalCode(
    "plan_item_month",
    "Item {line} is bought in month {month}, outside the {horizon} months of the plan.",
    "Give a month from 0 to the last of the plan.",
)
PLAN_AMOUNT_NEGATIVE = RefusalCode(
    "plan_amount_negative",
    "An amount or quantity in {section} is below zero.",
    "Write amounts without a sign; the line says whether they come in or go out.",
)
PLAN_SOURCES_NOT_USES = RefusalCode(
    "plan_sources_not_uses",
    "The plan counts on {declared} from {source}, and its items ask for {used}.",
    "Change the source or the items until both are the same.",
)
PLAN_TRANCHES_NOT_GRANT = RefusalCode(
    "plan_tranches_not_grant",
    "The planned tranches add up to {tranches}, and the grant is {grant}.",
    "Change the tranches until they add up to the grant.",
)
PLAN_TRANCHE_MONTHS = RefusalCode(
    "plan_tranche_months",
    "The months of the planned tranches do not rise within the {horizon} months of the plan.",
    "List the tranches from the first to the last.",
)
PLAN_SECTION_MISSING = RefusalCode(
    "plan_section_missing",
    "The plan says nothing about {section}.",
    "Fill in that part; this programme asks for it.",
)
PLAN_GRANT_TOO_SMALL = RefusalCode(
    "plan_grant_too_small",
    "The grant of {grant} is below the least this programme gives, {least}.",
    "Ask for {least} or more.",
)
PLAN_GRANT_TOO_LARGE = RefusalCode(
    "plan_grant_too_large",
    "The grant of {grant} is above the most this programme gives, {most}.",
    "Ask for {most} or less, or fund items from other sources.",
)
PLAN_OWN_CONTRIBUTION_LOW = RefusalCode(
    "plan_own_contribution_low",
    "The own contribution is {share} of the start-up total; the programme asks for {least}.",
    "Add what the participant brings in, in cash or in kind where that counts.",
)
PLAN_EXCLUDED_USE = RefusalCode(
    "plan_excluded_use",
    "Item {line} ({category}) may not be paid from the grant.",
    "Take it off the list, or pay it from another source.",
)
PLAN_CATEGORY_CAP = RefusalCode(
    "plan_category_cap",
    "The grant pays {amount} for {category}; at most {cap} are allowed.",
    "Move some of it to another source.",
)
PLAN_QUOTE_MISSING = RefusalCode(
    "plan_quote_missing",
    "Item {line} costs {amount} and has no supplier or quotation.",
    "Ask for a quotation and write down its number; it is needed from {least}.",
)
PLAN_START_UP_TOO_LARGE = RefusalCode(
    "plan_start_up_too_large",
    "The start-up total of {start_up} is more than {most}, the limit for this grant.",
    "Begin smaller, or show where the rest comes from and ask for an exception.",
)
PLAN_CASH_RUNS_OUT = RefusalCode(
    "plan_cash_runs_out",
    "In {month} cash runs out: {missing} are missing.",
    "Move a purchase or a tranche, lower the drawings, or plan a reserve.",
)
PLAN_MAKES_LOSS = RefusalCode(
    "plan_makes_loss",
    "Over {horizon} months the business loses {loss} before drawings.",
    "Look at prices, costs and quantities again.",
)
REFUSALS: Final = (
    *(PLAN_WITHOUT_ITEMS, PLAN_LINE_TWICE, PLAN_OTHER_CURRENCY, PLAN_ITEM_EMPTY, PLAN_ITEM_MONTH),
    *(PLAN_AMOUNT_NEGATIVE, PLAN_SOURCES_NOT_USES, PLAN_TRANCHES_NOT_GRANT, PLAN_TRANCHE_MONTHS),
    *(PLAN_SECTION_MISSING, PLAN_GRANT_TOO_SMALL, PLAN_GRANT_TOO_LARGE, PLAN_OWN_CONTRIBUTION_LOW),
    *(PLAN_EXCLUDED_USE, PLAN_CATEGORY_CAP, PLAN_QUOTE_MISSING, PLAN_START_UP_TOO_LARGE),
    *(PLAN_CASH_RUNS_OUT, PLAN_MAKES_LOSS),
)
"""Every refusal or warning of this page, in the order in which they are given."""

_Found = Iterator[tuple[Severity, Refusal]]


def check_plan(plan: BusinessPlan, policy: PlanPolicy) -> Findings:
    """Everything that stops a plan from being submitted, and every warning, in the declared order.

    A plan in several currencies, or with amounts below zero, is judged no further: its sums would mean
    nothing.
    """
    found = list(_form(plan, policy))
    if not any(refusal.kind in (PLAN_OTHER_CURRENCY, PLAN_AMOUNT_NEGATIVE) for _, refusal in found):
        found += [
            *_balance(plan, policy),
            *_limits(plan, policy),
            *_uses(plan, policy),
            *_outlook(plan, policy),
        ]
    return Findings(
        refusals=tuple(refusal for severity, refusal in found if severity is Severity.REFUSE),
        warnings=tuple(refusal for severity, refusal in found if severity is Severity.WARN),
    )


def percent(basis_points: int) -> str:
    """Basis points as people read them, `15 %` or `12.5 %`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %"


def _form(plan: BusinessPlan, policy: PlanPolicy) -> _Found:
    """Whether the plan can be read at all."""
    if not plan.items:
        yield Severity.REFUSE, PLAN_WITHOUT_ITEMS()
    for section, lines in _numbered(plan):
        for line in sorted({line for line in lines if lines.count(line) > 1}):
            yield Severity.REFUSE, PLAN_LINE_TWICE(line=line, section=section)
    for section, amounts in _amounts(plan):
        for currency in sorted({money.currency for money in amounts} - {plan.currency}):
            yield (
                Severity.REFUSE,
                PLAN_OTHER_CURRENCY(section=section, found=currency, expected=plan.currency),
            )
    for item in plan.items:
        if not item.description.strip() or item.quantity_thousandths == 0 or not item.unit_price:
            yield Severity.REFUSE, PLAN_ITEM_EMPTY(line=item.line)
    for item in plan.items:
        if not 0 <= item.month < policy.horizon_months:
            yield (
                Severity.REFUSE,
                PLAN_ITEM_MONTH(line=item.line, month=item.month, horizon=policy.horizon_months),
            )
    quantities = {
        "items": [item.quantity_thousandths for item in plan.items],
        "sales": [line.monthly_quantity_thousandths for line in plan.sales],
    }
    for section, amounts in _amounts(plan):
        if any(n < 0 for n in (*(money.minor for money in amounts), *quantities.get(section, ()))):
            yield Severity.REFUSE, PLAN_AMOUNT_NEGATIVE(section=section)


def _balance(plan: BusinessPlan, policy: PlanPolicy) -> _Found:
    """Whether its two sides agree: sources and uses, grant and tranches."""
    for source, used in uses_by_source(plan):
        declared = plan.sources.of(source)
        if declared != used:
            yield (
                Severity.REFUSE,
                PLAN_SOURCES_NOT_USES(declared=declared, source=source.value, used=used),
            )
    if not plan.tranches:
        return
    planned = total((tranche.amount for tranche in plan.tranches), plan.currency)
    if planned != plan.sources.grant:
        yield Severity.REFUSE, PLAN_TRANCHES_NOT_GRANT(tranches=planned, grant=plan.sources.grant)
    months = [tranche.month for tranche in plan.tranches]
    if months != sorted(set(months)) or not 0 <= months[0] <= months[-1] < policy.horizon_months:
        yield Severity.REFUSE, PLAN_TRANCHE_MONTHS(horizon=policy.horizon_months)


def _limits(plan: BusinessPlan, policy: PlanPolicy) -> _Found:
    """Whether it is complete, and within what the programme gives."""
    for section in policy.required:
        if not getattr(plan, section.value):
            yield Severity.REFUSE, PLAN_SECTION_MISSING(section=section.value)
    grant = plan.sources.grant
    if policy.grant_min is not None and grant < policy.grant_min:
        yield Severity.REFUSE, PLAN_GRANT_TOO_SMALL(grant=grant, least=policy.grant_min)
    if policy.grant_max is not None and grant > policy.grant_max:
        yield Severity.REFUSE, PLAN_GRANT_TOO_LARGE(grant=grant, most=policy.grant_max)
    share = own_contribution_basis_points(plan, counts_kind=policy.counts_own_kind)
    if not isinstance(share, Undefined) and share < policy.own_contribution_min:
        least = percent(policy.own_contribution_min)
        yield Severity.REFUSE, PLAN_OWN_CONTRIBUTION_LOW(share=percent(share), least=least)


def _uses(plan: BusinessPlan, policy: PlanPolicy) -> _Found:
    """Whether what the grant pays for may be paid from it."""
    granted = tuple(item for item in plan.items if item.funded_by is FundedBy.GRANT)
    for item in granted:
        if item.category in policy.excluded:
            yield Severity.REFUSE, PLAN_EXCLUDED_USE(line=item.line, category=item.category.value)
    for cap in policy.category_caps:
        amount = total((i.total for i in granted if i.category is cap.category), plan.currency)
        most = plan.sources.grant.share(cap.basis_points)
        if amount > most:
            yield cap.severity, PLAN_CATEGORY_CAP(amount=amount, category=cap.category.value, cap=most)
    for item in granted:
        if policy.quotes_from is not None and _lacks_quote(item, policy.quotes_from):
            amount = item.total
            yield (
                policy.on_quotes,
                PLAN_QUOTE_MISSING(line=item.line, amount=amount, least=policy.quotes_from),
            )


def _outlook(plan: BusinessPlan, policy: PlanPolicy) -> _Found:
    """Whether the figures promise a business that lasts (domain: business plan, sanity rules)."""
    if policy.start_up_of_grant_max is not None:
        most, start_up = plan.sources.grant.share(policy.start_up_of_grant_max), start_up_total(plan)
        if start_up > most:
            yield policy.on_start_up, PLAN_START_UP_TOO_LARGE(start_up=start_up, most=most)
    for month in cash_flow(plan, policy.horizon_months):
        if month.closing.minor < 0:
            yield policy.on_negative_cash, PLAN_CASH_RUNS_OUT(month=month.month, missing=-month.closing)
    results = monthly_results(plan, policy.horizon_months)
    profit = total((result.profit for result in results), plan.currency)
    if profit.minor < 0:
        yield policy.on_loss, PLAN_MAKES_LOSS(horizon=policy.horizon_months, loss=-profit)


def _lacks_quote(item: PlanItem, least: Money) -> bool:
    return item.total >= least and not (item.supplier.strip() and item.quote_ref.strip())


def _numbered(plan: BusinessPlan) -> tuple[tuple[str, list[int]], ...]:
    return (
        ("items", [item.line for item in plan.items]),
        ("sales", [line.line for line in plan.sales]),
        ("costs", [line.line for line in plan.costs]),
    )


def _amounts(plan: BusinessPlan) -> tuple[tuple[str, list[Money]], ...]:
    sources = plan.sources
    return (
        ("items", [item.unit_price for item in plan.items]),
        ("sources", [sources.grant, sources.own_cash, sources.own_kind, sources.other, plan.opening_cash]),
        ("tranches", [tranche.amount for tranche in plan.tranches]),
        ("sales", [price for line in plan.sales for price in (line.unit_price, line.unit_cost)]),
        ("costs", [line.monthly for line in plan.costs]),
    )
