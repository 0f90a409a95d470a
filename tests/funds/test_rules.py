"""Benefits, eligibility, periods and report views are decided without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.funds.rules import REFUSALS
from seedfund.funds.rules.benefits import BenefitTerms, NameIn, TrancheTemplate, check_benefit
from seedfund.funds.rules.budgets import (
    check_amount,
    check_bank,
    check_donor_amount,
    check_line_kind,
    check_period,
)
from seedfund.funds.rules.eligibility import EligibilityFacts, Eligible, Payers, check_rules, payers_for
from seedfund.funds.rules.positions import FundPosition, LinePosition, reported, total_of
from seedfund.funds.rules.words import AGREEMENT_KINDS, BASES, METHODS, POPULATION_GROUPS, Basis, LineKind
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.dates import DateRange
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from tests.funds.support import SEED, TRANSFER, usd

PERIOD = DateRange(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2025, 12, 31), ["fund_not_open"]),
        (date(2026, 1, 1), []),
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["fund_not_open"]),
    ],
)
def test_a_fund_is_open_from_its_first_day_to_its_last(day: date, codes: list[str]) -> None:
    assert [refusal.code for refusal in check_period("F", PERIOD, day)] == codes


def test_an_amount_is_above_zero_and_in_the_fund_s_currency() -> None:
    assert check_amount("F", "USD", usd(1)) == []
    assert [one.code for one in check_amount("F", "EUR", Money(0, "USD"))] == [
        "amount_not_above_zero",
        "fund_other_currency",
    ]
    assert [one.code for one in check_bank("F", "USD", code="B", kept="EUR")] == [
        "bank_account_other_currency"
    ]
    assert check_bank("F", "USD", code="B", kept="USD") == []


@pytest.mark.parametrize(
    ("amount", "rate", "source", "codes"),
    [
        (None, "", "", []),
        (Money(1, "EUR"), "1.08", "bank advice", []),
        (Money(1, "EUR"), " ", "bank advice", ["donor_amount_incomplete"]),
        (Money(1, "EUR"), "1.08", "", ["donor_amount_incomplete"]),
        (None, "1.08", "bank advice", ["donor_amount_incomplete"]),
    ],
)
def test_the_donor_s_own_amount_comes_whole_or_not_at_all(
    amount: Money | None, rate: str, source: str, codes: list[str]
) -> None:
    assert [one.code for one in check_donor_amount(amount, rate, source)] == codes


def test_each_kind_of_spending_has_its_own_lines() -> None:
    assert check_line_kind("F", "A", LineKind.GRANTS, wanted=[LineKind.GRANTS]) == []
    assert [one.code for one in check_line_kind("F", "A", LineKind.GRANTS, wanted=[LineKind.CHARGES])] == [
        "line_not_for"
    ]


@pytest.mark.parametrize("terms", [SEED, TRANSFER])
def test_a_benefit_is_data_that_can_be_kept_and_read_again(terms: BenefitTerms) -> None:
    assert check_benefit(terms) == []
    assert decode(BenefitTerms, encode(terms, [])) == terms


HALF = TrancheTemplate(share_bps=5_000)
BROKEN = [
    ("benefit_word", {"methods": ("pigeon",)}),
    ("benefit_word", {"bases": ("a feeling",)}),
    ("benefit_word", {"agreement_kind": "handshake"}),
    ("benefit_without_method", {"methods": ()}),
    ("benefit_without_basis", {"bases": ()}),
    ("benefit_amounts", {"amount_min": usd(2), "amount_max": usd(1)}),
    ("benefit_amounts", {"amount_min": usd(2), "amount_max": Money(900, "EUR")}),
    ("benefit_amounts", {"amount_max": Money(0, "USD")}),
    ("benefit_tranches", {"tranches": (HALF,)}),
    ("benefit_tranches", {"tranches": ()}),
    ("benefit_tranches", {"tranches": (replace(HALF, after_months=2), HALF)}),
    ("benefit_tranches", {"tranches": (replace(HALF, after_months=-1), HALF)}),
    ("benefit_tranches", {"tranches": (replace(HALF, share_bps=0), HALF, HALF)}),
    ("benefit_condition", {"tranches": (TrancheTemplate(share_bps=10_000, conditions="[{}]"),)}),
    ("benefit_condition", {"tranches": (TrancheTemplate(share_bps=10_000, conditions="{"),)}),
    ("benefit_period", {"one_per_months": -1}),
    ("benefit_name", {"names": (NameIn(language="es", name="Semilla"),)}),
    ("benefit_name", {"names": (NameIn(language="Burmese", name="x"),)}),
    ("benefit_name", {"names": (NameIn(language="my", name=" "),)}),
    ("benefit_name", {"names": (NameIn(language="my", name="a"), NameIn(language="my", name="b"))}),
]


@pytest.mark.parametrize(("code", "change"), BROKEN)
def test_terms_that_cannot_be_used_are_refused_for_their_reason(code: str, change: dict[str, object]) -> None:
    broken = replace(SEED, **change)  # type: ignore[arg-type] # one field by name

    assert [refusal.code for refusal in check_benefit(broken)] == [code]


@pytest.mark.parametrize(
    ("language", "name"),
    [("es", SEED.name_es), ("en", SEED.name_en), ("qu", SEED.name_es), ("th", "ทุน"), ("my", SEED.name_en)],
)
def test_a_benefit_is_called_by_its_name_in_the_language_of_the_paper(language: str, name: str) -> None:
    named = replace(SEED, names=(NameIn(language="th", name="ทุน"),))

    assert check_benefit(named) == []
    assert named.name_in(language) == name
    assert decode(BenefitTerms, encode(named, [])) == named


@pytest.mark.parametrize(
    ("codes", "rules"),
    [
        ([], (Eligible(population_group="host", payer="MIES"),)),
        (["eligibility_payer"], (Eligible(population_group="host"),)),
        (["eligibility_payer"], (Eligible(population_group="host", payer="MIES", fund="UNHCR"),)),
        (["eligibility_group"], (Eligible(population_group="hosts", payer="MIES"),)),
        (["eligibility_twice"], (Eligible(population_group="host", payer="MIES"),) * 2),
    ],
)
def test_a_rule_names_one_payer_for_a_known_group_once(codes: list[str], rules: tuple[Eligible, ...]) -> None:
    assert [refusal.code for refusal in check_rules(rules)] == codes


def test_a_rule_holds_from_its_first_day_until_it_ends() -> None:
    rule = EligibilityFacts("host", "cash", "", "MIES", date(2026, 2, 1), date(2026, 3, 1))
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]

    found = [payers_for([rule], population_group="host", benefit="cash", day=day).outside for day in days]

    assert found == [(), ("MIES",), ("MIES",), ()]
    assert payers_for([rule], population_group="refugee", benefit="cash", day=days[1]) == Payers((), ())


amounts = st.integers(0, 10**9)


@given(amounts, amounts, amounts, amounts, amounts)
def test_both_report_views_sum_to_what_was_spent(
    advances: int, claims: int, justified: int, written_off: int, other: int
) -> None:
    line = LinePosition(
        open_advances=advances,
        refund_due=claims,
        justified=justified,
        written_off=written_off,
        other_spending=other,
        spent=advances + claims + justified + written_off + other,
    )
    views = [reported(line, basis) for basis in Basis]

    assert line.is_tied
    assert [view.expenditure + view.advances for view in views] == [line.spent, line.spent]
    assert reported(line, Basis.WHEN_JUSTIFIED).expenditure == justified + written_off + other
    assert reported(line, Basis.EXPENSE_ON_PAYMENT).advances == 0


def test_the_three_figures_called_free_are_kept_apart() -> None:
    total = total_of(
        [
            LinePosition(available=300, pre_committed=50, open_commitment=400, in_payment=100),
            LinePosition(available=100),
        ]
    )
    position = FundPosition(received=600, cash=250, in_payment=100, total=total)

    assert (position.uncommitted, position.unreserved_cash, position.unfunded_commitments) == (400, 150, 200)


def test_every_refusal_is_read_in_spanish_and_words_are_those_of_the_neighbours() -> None:
    assert untranslated(REFUSALS, "es") == ()
    assert len({code.code for code in REFUSALS}) == len(REFUSALS)


def test_words_are_those_of_people_and_grants() -> None:
    people = pytest.importorskip("seedfund.people.rules.values")
    grants = pytest.importorskip("seedfund.grants.rules.words")
    papers = [kind for kind in grants.AgreementKind if kind != "adenda"]

    assert {*people.PopulationGroup} - {"not_collected"} == {*POPULATION_GROUPS}
    assert tuple(kind for kind in grants.BasisKind if kind != "earlier_books") == BASES
    assert tuple(grants.PaymentMethod) == METHODS
    assert tuple(papers) == AGREEMENT_KINDS
