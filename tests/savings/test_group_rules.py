"""Savings groups: meetings against their box and rules, and a share-out that sums exactly."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.savings.rules.groups import (
    Boxes,
    CycleTerms,
    MeetingBook,
    MemberRow,
    ShareOutFacts,
    check_cycle,
    check_share_out,
    irregular_meeting,
    return_on_savings,
    share_out,
)
from seedfund.savings.rules.words import Irregular
from tests.savings.accounts import usd

DAY = date(2026, 6, 30)
FUND = CycleTerms(share=usd(2))
NOTHING = Boxes(fund=usd(0), social=usd(0))


def book(*rows: MemberRow, fund: int, social: int, **fields: Any) -> MeetingBook:
    zeros = dict.fromkeys(("lent", "repaid", "fines", "social_paid"), usd(0))
    asked: dict[str, Any] = {"held_on": DAY, **zeros, **fields}
    return MeetingBook(rows=rows, fund_counted=usd(fund), social_counted=usd(social), **asked)


def bought(member: int, shares: int, social: int = 1) -> MemberRow:
    return MemberRow(member=member, shares=shares, social=usd(social))


MEETINGS = (
    (book(bought(1, 3), bought(2, 5), fund=16, social=2), None),
    (book(bought(1, 3), fund=2, social=0, lent=usd(4), social_paid=usd(1)), None),
    (book(bought(1, 3), fund=18, social=1, repaid=usd(11), fines=usd(1)), None),
    (book(bought(1, 3), fund=5, social=1), Irregular.CASH_DIFFERS),
    (book(bought(1, 3), fund=6, social=0), Irregular.CASH_DIFFERS),
    (book(bought(1, 6), fund=12, social=1), Irregular.SHARES_ABOVE_MOST),
    (book(bought(9, 1), fund=2, social=1), Irregular.MEMBER_NOT_IN_GROUP),
    (book(bought(1, 1), fund=2, social=1, held_on=date(2025, 1, 1)), Irregular.OUTSIDE_CYCLE),
)


@pytest.mark.parametrize(("meeting", "expected"), MEETINGS)
def test_a_meeting_that_does_not_agree_with_its_box_or_rules_is_flagged(
    meeting: MeetingBook, expected: Irregular | None
) -> None:
    found = irregular_meeting(meeting, FUND, before=NOTHING, began_on=date(2026, 1, 1), members={1, 2})

    assert found is expected


@given(st.integers(0, 10**12), st.lists(st.integers(0, 2_000), min_size=1, max_size=25))
def test_a_share_out_sums_exactly_and_gives_equal_shares_the_same_within_a_cent(
    minor: int, shares: list[int]
) -> None:
    if sum(shares) == 0:
        with pytest.raises(InvalidInput):
            share_out(Money(minor, "USD"), shares)
        return
    parts = share_out(Money(minor, "USD"), shares)

    assert sum(part.minor for part in parts) == minor
    for part, own in zip(parts, shares, strict=True):
        assert abs(part.minor * sum(shares) - minor * own) < sum(shares)
        assert own > 0 or part.minor == 0


SHARING = {
    "group": "GA-2026-0001",
    "fund": usd(100),
    "shares": 10,
    "lent": usd(0),
    "repaid": usd(0),
    "lost": usd(0),
}
SHARE_OUTS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({}, ()),
    ({"undecided": ("GM-2026-0001",)}, ("savings_meeting_undecided",)),
    ({"shares": 0}, ("savings_no_shares",)),
    ({"shares": 0, "undecided": ("GM-2026-0001",)}, ("savings_meeting_undecided",)),
    ({"fund": usd(0)}, ("savings_fund_not_above_zero",)),
    ({"lent": usd(50), "repaid": usd(20)}, ("savings_loans_out",)),
    ({"lent": usd(50), "repaid": usd(20), "lost": usd(30)}, ()),
    ({"lent": usd(50), "repaid": usd(55)}, ()),
    ({"shares": 0, "fund": usd(0)}, ("savings_no_shares", "savings_fund_not_above_zero")),
)


@pytest.mark.parametrize(("fields", "codes"), SHARE_OUTS)
def test_a_cycle_is_not_shared_out_while_something_is_open(
    fields: dict[str, Any], codes: tuple[str, ...]
) -> None:
    facts = ShareOutFacts(**{**SHARING, **fields})

    assert tuple(refusal.code for refusal in check_share_out(facts)) == codes


def test_a_cycle_needs_a_price_and_none_open() -> None:
    asked = CycleTerms(share=usd(0))
    found = check_cycle("GA-2026-0001", "USD", asked, open_since=DAY)

    assert tuple(refusal.code for refusal in found) == ("savings_cycle_open", "savings_share_price")


def test_return_on_savings_is_what_the_cycle_earned() -> None:
    assert return_on_savings(fund=usd(110), saved=usd(100)) == 1_000
    assert return_on_savings(fund=usd(90), saved=usd(100)) == -1_000
    assert return_on_savings(fund=usd(0), saved=usd(0)) is None
