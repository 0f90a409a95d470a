"""Savings plans and the match: terms, what is planned by a day, what the programme adds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.dates import add_months
from seedfund.kernel.money import Money
from seedfund.savings.rules.plans import (
    MatchFacts,
    SavingsTerms,
    check_match,
    check_terms,
    match_of,
    planned_by,
)
from seedfund.savings.rules.words import Purpose
from tests.savings.accounts import usd

DAY = date(2026, 6, 30)


def terms(**fields: Any) -> SavingsTerms:
    asked: dict[str, Any] = {
        "purpose": Purpose.BUSINESS,
        "target": usd(240),
        "monthly": usd(20),
        "starts_on": date(2026, 1, 31),
        "months": 12,
        "match_basis_points": 10_000,
        "match_most": usd(200),
    }
    return SavingsTerms(**{**asked, **fields})


BAD_TERMS = (
    (terms(), ()),
    (terms(target=usd(0)), ("savings_target_not_above_zero",)),
    (terms(months=0), ("savings_plan_months",)),
    (terms(months=61), ("savings_plan_months",)),
    (terms(months=11), ("savings_target_out_of_reach",)),
    (terms(match_most=None), ("savings_match_without_most",)),
    (terms(target=Money(240_00, "EUR")), ("savings_plan_other_currency",)),
    (terms(target=usd(-1), months=0, match_most=None), (
        *("savings_target_not_above_zero", "savings_plan_months", "savings_match_without_most"),
    )),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "codes"), BAD_TERMS)
def test_terms_name_every_reason_at_once(asked: SavingsTerms, codes: tuple[str, ...]) -> None:
    found = check_terms(asked, link="SL-2026-0001", currency="USD")

    assert tuple(refusal.code for refusal in found) == codes


@given(st.integers(0, 30))
def test_what_is_planned_rises_by_the_month_and_stops_at_the_target(months: int) -> None:
    day = add_months(date(2026, 1, 31), months)

    assert planned_by(terms(), day) == min(usd(20 * months), usd(240))


def matched(**fields: Any) -> MatchFacts:
    asked: dict[str, Any] = {
        "plan": "SP-2026-0001",
        "terms": terms(),
        "saved": usd(150),
        "own_matched": usd(0),
        "matched": usd(0),
    }
    return MatchFacts(**{**asked, **fields})


MATCHES = (
    (matched(), Purpose.BUSINESS, usd(150), ()),
    (matched(), Purpose.HOUSING, usd(150), ("savings_match_for_another_purpose",)),
    (matched(), Purpose.BUSINESS, usd(151), ("savings_match_above_savings",)),
    (matched(own_matched=usd(100)), Purpose.BUSINESS, usd(60), ("savings_match_above_savings",)),
    (matched(matched=usd(200)), Purpose.BUSINESS, usd(1), ("savings_match_used_up",)),
    (matched(terms=terms(match_basis_points=0)), Purpose.BUSINESS, usd(1), ("savings_match_not_promised",)),
)


@pytest.mark.parametrize(("facts", "purpose", "own", "codes"), MATCHES)
def test_a_match_is_for_savings_that_were_made_and_for_what_they_were_made_for(
    facts: MatchFacts, purpose: Purpose, own: Money, codes: tuple[str, ...]
) -> None:
    assert tuple(refusal.code for refusal in check_match(facts, purpose=purpose, own=own)) == codes


@given(st.integers(0, 1_000_000), st.integers(0, 30_000), st.integers(0, 50_000), st.integers(0, 50_000))
def test_matches_together_never_pass_what_was_promised(own: int, rate: int, most: int, before: int) -> None:
    facts = matched(
        terms=terms(match_basis_points=rate, match_most=Money(most, "USD")), matched=Money(before, "USD")
    )
    due = match_of(facts, Money(own, "USD"))

    assert due.minor >= 0
    assert due + facts.matched <= max(Money(most, "USD"), facts.matched)


def test_two_for_one_doubles_what_was_saved() -> None:
    assert match_of(matched(terms=terms(match_basis_points=20_000)), usd(50)) == usd(100)
