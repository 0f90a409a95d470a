"""A plan is stopped or warned of for every reason at once, in the declared order; its versions can be compared."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.plans.rules import (
    PART_OF,
    PLAN_STATES,
    STATE_AFTER,
    BusinessPlan,
    Category,
    CategoryCap,
    Change,
    FieldChange,
    FundedBy,
    LineChange,
    Outcome,
    PlannedTranche,
    PlanPolicy,
    Section,
    Severity,
    Sources,
    check_plan,
    check_version,
    checks,
    diff_plans,
    percent,
    plan_from_text,
    plan_hash,
    plan_text,
    states,
)
from tests.plans.samples import bakery, cost, item, sales, usd
from tests.plans.test_figures import plans

LENIENT = PlanPolicy(version="1")
STRICT = PlanPolicy(
    version="1",
    grant_min=usd(300),
    grant_max=usd(500),
    own_contribution_min=1_000,
    start_up_of_grant_max=20_000,
    category_caps=(CategoryCap(Category.RAW_MATERIAL, 2_000),),
    excluded=(Category.DEBT_REPAYMENT, Category.LAND_AND_BUILDINGS, Category.PRIVATE_VEHICLE),
    quotes_from=usd(100),
    required=(Section.SALES, Section.COSTS, Section.TRANCHES),
)
FUNDED = {"opening_cash": usd(200)}
SOURCES = bakery().sources


def of(plan: BusinessPlan, policy: PlanPolicy, severity: Severity) -> list[str]:
    findings = check_plan(plan, policy)
    kept = findings.refusals if severity is Severity.REFUSE else findings.warnings
    return [refusal.code for refusal in kept]


def test_a_sound_plan_is_neither_stopped_nor_warned_of() -> None:
    findings = check_plan(bakery(**FUNDED), STRICT)

    assert findings.refusals == ()
    assert findings.warnings == ()


REFUSING: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "plan_without_items",
        {"items": (), "tranches": (), "sources": Sources(usd(0), usd(0), usd(0), usd(0))},
        {},
    ),
    ("plan_line_twice", {"costs": (*bakery().costs, bakery().costs[0])}, {}),
    ("plan_other_currency", {"opening_cash": Money(1, "COP")}, {}),
    ("plan_item_empty", {"items": (*bakery().items, item(9, usd(0)))}, {}),
    ("plan_item_month", {"items": (replace(bakery().items[0], month=12), *bakery().items[1:])}, {}),
    ("plan_amount_negative", {"opening_cash": usd(-1)}, {}),
    ("plan_sources_not_uses", {"sources": replace(SOURCES, own_cash=usd(50))}, {}),
    ("plan_tranches_not_grant", {"tranches": (PlannedTranche(0, usd(499)),)}, {}),
    ("plan_tranche_months", {"tranches": (PlannedTranche(3, usd(300)), PlannedTranche(3, usd(200)))}, {}),
    ("plan_section_missing", {}, {"required": (Section.RISKS,)}),
    ("plan_grant_too_small", {}, {"grant_min": usd(501)}),
    ("plan_grant_too_large", {}, {"grant_max": usd(499)}),
    ("plan_own_contribution_low", {}, {"own_contribution_min": 1_667}),
    ("plan_excluded_use", {}, {"excluded": (Category.EQUIPMENT,)}),
    ("plan_category_cap", {}, {"category_caps": (CategoryCap(Category.RAW_MATERIAL, 1_999),)}),
    (
        "plan_quote_missing",
        {"items": (replace(bakery().items[0], quote_ref=" "), *bakery().items[1:])},
        {"quotes_from": usd(400)},
    ),
    ("plan_start_up_too_large", {}, {"start_up_of_grant_max": 11_999}),
    ("plan_cash_runs_out", {"opening_cash": usd(99)}, {"on_negative_cash": Severity.REFUSE}),
    ("plan_makes_loss", {"costs": (), "sales": (sales(unit_cost=usd(3)),)}, {"on_loss": Severity.REFUSE}),
]


@pytest.mark.parametrize(("code", "changes", "asked"), REFUSING, ids=[row[0] for row in REFUSING])
def test_each_fault_of_a_plan_is_refused_by_its_name(
    code: str, changes: dict[str, Any], asked: dict[str, Any]
) -> None:
    plan = bakery(**{**FUNDED, **changes})

    assert code in of(plan, replace(LENIENT, **asked), Severity.REFUSE)


def test_each_declared_code_of_checks_has_a_row_in_their_order() -> None:
    assert [row[0] for row in REFUSING] == [kind.code for kind in checks.REFUSALS]


def test_all_faults_are_told_at_once_in_the_declared_order() -> None:
    plan = bakery(
        sources=replace(SOURCES, grant=usd(600), own_cash=usd(0)),
        items=(*bakery().items, item(4, usd(0))),
        sales=(),
    )

    assert of(plan, STRICT, Severity.REFUSE) == [
        "plan_line_twice",
        "plan_item_empty",
        "plan_sources_not_uses",
        "plan_sources_not_uses",
        "plan_tranches_not_grant",
        "plan_section_missing",
        "plan_grant_too_large",
    ]


@pytest.mark.parametrize(
    ("code", "changes", "asked"),
    [
        ("plan_category_cap", {}, {"category_caps": (CategoryCap(Category.EQUIPMENT, 1, Severity.WARN),)}),
        ("plan_start_up_too_large", {}, {"start_up_of_grant_max": 1, "on_start_up": Severity.WARN}),
        (
            "plan_quote_missing",
            {"items": (replace(bakery().items[0], supplier=""), *bakery().items[1:])},
            {"quotes_from": usd(1), "on_quotes": Severity.WARN},
        ),
        ("plan_cash_runs_out", {"opening_cash": usd(0)}, {}),
        ("plan_makes_loss", {"sales": (sales(unit_cost=usd(3)),)}, {}),
    ],
)
def test_a_programme_may_choose_to_warn_instead(
    code: str, changes: dict[str, Any], asked: dict[str, Any]
) -> None:
    plan, policy = bakery(**{**FUNDED, **changes}), replace(LENIENT, **asked)

    assert of(plan, policy, Severity.REFUSE) == []
    assert code in of(plan, policy, Severity.WARN)


def test_every_month_without_cash_is_named() -> None:
    warnings = check_plan(bakery(), LENIENT).warnings

    assert [(w.facts["month"], w.facts["missing"]) for w in warnings] == [
        ("2026-11", "USD 100.00"),
        ("2026-12", "USD 40.00"),
    ]


def test_what_the_participant_pays_alone_is_not_excluded_or_capped() -> None:
    owned = bakery(
        **FUNDED,
        items=(*bakery().items, item(5, usd(30), category=Category.DEBT_REPAYMENT, funded_by=FundedBy.OTHER)),
        sources=replace(SOURCES, other=usd(30)),
    )

    assert of(owned, STRICT, Severity.REFUSE) == []


def test_a_plan_in_two_currencies_is_judged_no_further() -> None:
    assert of(bakery(opening_cash=Money(1, "COP"), sales=()), STRICT, Severity.REFUSE) == [
        "plan_other_currency"
    ]


@given(plans)
def test_no_plan_makes_the_checks_fail(plan: BusinessPlan) -> None:
    check_plan(plan, STRICT)


def test_every_kind_of_thing_belongs_to_a_part_of_the_start() -> None:
    assert set(PART_OF) == set(Category)


@pytest.mark.parametrize(
    ("basis_points", "text"), [(1_500, "15 %"), (1_250, "12.5 %"), (5, "0.05 %"), (0, "0 %")]
)
def test_shares_are_shown_as_percent(basis_points: int, text: str) -> None:
    assert percent(basis_points) == text


@given(plans)
def test_a_stored_plan_is_read_back_the_same(plan: BusinessPlan) -> None:
    again = plan_from_text(plan_text(plan))

    assert again == plan
    assert plan_hash(again) == plan_hash(plan)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Otra"},
        {"items": bakery().items[::-1]},
        {"sources": replace(SOURCES, other=usd(1))},
        {"is_home_based": True},
        {"training_needs": ("costos",)},
    ],
)
def test_any_change_changes_the_hash(changes: dict[str, Any]) -> None:
    assert plan_hash(bakery(**changes)) != plan_hash(bakery())


def test_a_stored_text_with_a_misspelt_field_is_a_typed_error() -> None:
    with pytest.raises(InvalidInput, match=r"plan\.tittle"):
        plan_from_text(plan_text(bakery()).replace('"title"', '"tittle"'))


def test_a_version_compared_with_itself_shows_nothing() -> None:
    assert diff_plans(bakery(), bakery()).is_empty


def test_lines_are_matched_by_their_number_whatever_their_order() -> None:
    oven, _, table, reserve = bakery().items
    after = bakery(
        title="Panadería La Muestra",
        items=(item(5, usd(25)), reserve, table, replace(oven, unit_price=usd(350))),
    )

    found = diff_plans(bakery(), after)

    assert found.fields == (FieldChange("title", "Panadería El Ejemplo", "Panadería La Muestra"),)
    assert [(change.section, change.line, change.change) for change in found.lines] == [
        ("items", 1, Change.CHANGED),
        ("items", 2, Change.REMOVED),
        ("items", 5, Change.ADDED),
    ]
    assert found.lines[0] == LineChange(
        "items", 1, Change.CHANGED, (FieldChange("unit_price", "USD 400.00", "USD 350.00"),)
    )
    assert FieldChange("unit_price", "USD 50.00", "") in found.lines[1].fields
    assert FieldChange("unit_price", "", "USD 25.00") in found.lines[2].fields
    assert found.figures[0] == FieldChange("start_up_total", "USD 600.00", "USD 475.00")


def test_a_figure_that_ceases_to_exist_is_shown_by_its_reason() -> None:
    found = diff_plans(bakery(), bakery(sales=(), costs=(cost(1, bakery().costs[0].kind, usd(30)),)))

    assert FieldChange("break_even_sales", "USD 60.00", "no_sales") in found.figures


@pytest.mark.parametrize(
    ("state", "asked", "approved", "codes"),
    [
        ("draft", 900, None, []),
        ("returned", 900, None, []),
        ("approved", 500, 500, []),
        ("submitted", 1, None, ["plan_closed_to_versions"]),
        ("verified", 1, None, ["plan_closed_to_versions"]),
        ("rejected", 1, None, ["plan_closed_to_versions"]),
        ("approved", 501, 500, ["plan_above_approved_amount"]),
    ],
)
def test_a_version_is_written_only_while_a_plan_is_open_and_within_what_was_approved(
    state: str, asked: int, approved: int | None, codes: list[str]
) -> None:
    ceiling = None if approved is None else usd(approved)

    assert [r.code for r in check_version(state, asked=usd(asked), approved=ceiling)] == codes
    assert set(codes) <= {kind.code for kind in states.REFUSALS}


def test_every_outcome_is_a_state_a_verified_plan_can_reach() -> None:
    assert set(STATE_AFTER) == set(Outcome)
    assert all(PLAN_STATES.allows("verified", state) for state in STATE_AFTER.values())


def test_every_state_of_a_plan_can_be_reached_and_left_or_is_an_end() -> None:
    reached = {PLAN_STATES.start, *(target for targets in PLAN_STATES.steps.values() for target in targets)}

    assert reached == set(PLAN_STATES.states)
    assert PLAN_STATES.ends == ("rejected", "withdrawn")
