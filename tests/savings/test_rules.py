"""The rules of savings: states, what balances tell, plans and the match, groups and the share-out."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.states import StateTable
from seedfund.people.rules import AgeSource, Birth
from seedfund.savings.rules.groups import (
    CYCLE_STATES,
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
from seedfund.savings.rules.indicators import Held, count_households, count_persons
from seedfund.savings.rules.links import LINK_STATES, VERIFIED_STATES, Step, masked, state_on
from seedfund.savings.rules.observing import (
    AccountLife,
    Activity,
    Observed,
    Unknown,
    activity_on,
    balance_on,
    deposits_between,
    irregular,
    movements,
    net_saved,
    round_trip,
    used_since,
)
from seedfund.savings.rules.plans import (
    SAVINGS_PLAN_STATES,
    MatchFacts,
    SavingsTerms,
    check_match,
    check_terms,
    match_of,
    planned_by,
)
from seedfund.savings.rules.words import AccountKind, Irregular, Purpose
from tests.savings.accounts import usd

DAY = date(2026, 6, 30)
LIFE = AccountLife(currency="USD", opened_on=date(2026, 1, 10))
TABLES = (LINK_STATES, SAVINGS_PLAN_STATES, CYCLE_STATES)
BALANCES = st.integers(0, 500_000).map(lambda minor: Money(minor, "USD"))
DAYS = st.integers(0, 400).map(lambda days: date(2026, 1, 10) + timedelta(days=days))


def seen(on: date, balance: int, deposited: int | None = None, withdrawn: int | None = None) -> Observed:
    return Observed(
        on=on,
        balance=usd(balance),
        deposited=None if deposited is None else usd(deposited),
        withdrawn=None if withdrawn is None else usd(withdrawn),
    )


READINGS = st.lists(
    st.builds(lambda on, balance: Observed(on=on, balance=balance), DAYS, BALANCES), max_size=8
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(data=st.data())
def test_a_walk_takes_only_steps_of_its_table_and_never_leaves_an_end(table: StateTable, data: Any) -> None:
    state = table.start
    for _ in range(12):
        wanted = data.draw(st.sampled_from(table.states))
        if wanted in table.steps[state]:
            table.require(state, wanted, which="x")
            assert state not in table.ends
            state = wanted
        else:
            with pytest.raises(Refused) as caught:
                table.require(state, wanted, which="x")
            assert caught.value.codes == ("no_such_step",)


def test_no_trail_reaches_a_verified_state_without_having_been_opened() -> None:
    without = {state: targets for state, targets in LINK_STATES.steps.items() if state != "opened"}
    reached, waiting = {"invited"}, ["invited"]
    while waiting:
        fresh = {target for target in without[waiting.pop()] if target in without} - reached
        reached |= fresh
        waiting += fresh

    assert reached.isdisjoint(VERIFIED_STATES)


def test_the_state_of_a_day_is_the_last_step_by_it() -> None:
    steps = [Step(state="invited", on=date(2026, 1, 5)), Step(state="opened", on=date(2026, 2, 1))]

    assert state_on(steps, date(2026, 1, 4)) is None
    assert state_on(steps, date(2026, 1, 31)) == steps[0]
    assert state_on(steps, date(2026, 2, 1)) == steps[1]


@given(st.text(min_size=1, max_size=30))
def test_a_masked_number_shows_its_last_four_signs_at_most_and_never_more_than_half(number: str) -> None:
    shown = masked(number).lstrip("•") if "•" not in number else ""

    assert len(masked(number)) == len(number)
    assert len(shown) <= min(4, len(number) // 2)
    assert number.endswith(shown)


IRREGULARITIES = (
    (seen(DAY, 50), None, None),
    (Observed(on=DAY, balance=Money(50_00, "EUR")), None, Irregular.OTHER_CURRENCY),
    (seen(date(2026, 1, 9), 50), None, Irregular.BEFORE_OPENING),
    (seen(DAY, 50, 60, 10), None, None),
    (seen(DAY, 50, 60, 0), None, Irregular.DOES_NOT_ADD_UP),
    (seen(DAY, 50, 20, 10), seen(date(2026, 3, 1), 40), None),
    (seen(DAY, 50, 60, 10), seen(date(2026, 3, 1), 40), Irregular.DOES_NOT_ADD_UP),
)


@pytest.mark.parametrize(("reading", "before", "expected"), IRREGULARITIES)
def test_a_reading_that_does_not_agree_is_flagged_by_its_first_reason(
    reading: Observed, before: Observed | None, expected: Irregular | None
) -> None:
    assert irregular(reading, LIFE, before) is expected


def test_a_reading_of_an_account_that_is_not_open_or_closed_is_flagged() -> None:
    closed = AccountLife(currency="USD", opened_on=LIFE.opened_on, closed_on=date(2026, 5, 1))
    never = AccountLife(currency="USD", opened_on=None)

    assert irregular(seen(DAY, 0), closed, None) is Irregular.AFTER_CLOSING
    assert irregular(seen(DAY, 0), never, None) is Irregular.NOT_OPENED


@given(READINGS, DAYS)
def test_movements_explain_every_balance(readings: list[Observed], day: date) -> None:
    ordered = sorted((one for one in readings if one.on <= day), key=lambda one: one.on)
    balance = usd(0)
    for one, moved in zip(ordered, movements(ordered, LIFE), strict=True):
        balance = balance + moved.deposited - moved.withdrawn
        assert balance == one.balance
        assert moved.deposited.minor >= 0 <= moved.withdrawn.minor


@given(READINGS, DAYS, DAYS)
def test_net_saved_over_two_spans_is_that_over_both(readings: list[Observed], one: date, other: date) -> None:
    first, second, third = sorted((one, other, date(2027, 6, 1)))
    parts = [
        net_saved(readings, LIFE, start=first, end=second),
        net_saved(readings, LIFE, start=second, end=third),
    ]
    whole = net_saved(readings, LIFE, start=first, end=third)

    if not any(isinstance(part, Unknown) for part in (*parts, whole)):
        assert parts[0] + parts[1] == whole  # type: ignore[operator] # none is unknown here


@given(READINGS, DAYS, DAYS)
def test_what_is_read_later_changes_nothing_as_of_an_earlier_day(
    readings: list[Observed], day: date, cut: date
) -> None:
    known = [one for one in readings if one.on <= day]

    assert balance_on(readings, day) == balance_on(known, day)
    assert activity_on(readings, LIFE, day) is activity_on(known, LIFE, day)
    assert deposits_between(readings, LIFE, start=cut, end=day) == deposits_between(
        known, LIFE, start=cut, end=day
    )


def test_what_nobody_observed_is_named_and_never_zero() -> None:
    older = AccountLife(currency="USD", opened_on=date(2024, 1, 1))
    late = [seen(DAY, 80)]

    assert balance_on([], DAY) is Unknown.NOT_OBSERVED
    assert net_saved([], LIFE, start=date(2026, 1, 1), end=DAY) is Unknown.NOT_OBSERVED
    assert net_saved(late, older, start=date(2026, 1, 1), end=DAY) is Unknown.START_NOT_OBSERVED
    assert deposits_between(late, older, start=date(2026, 1, 1), end=DAY) is Unknown.START_NOT_OBSERVED
    assert net_saved(late, LIFE, start=date(2026, 1, 1), end=DAY) == usd(80)


def test_what_the_passbook_tells_counts_more_than_the_difference_of_two_balances() -> None:
    told = [seen(date(2026, 2, 1), 40), seen(DAY, 50, 100, 90)]
    silent = [seen(date(2026, 2, 1), 40), seen(DAY, 50)]
    span = {"start": date(2026, 2, 1), "end": DAY}

    assert deposits_between(told, LIFE, **span) == usd(100)
    assert deposits_between(silent, LIFE, **span) == usd(10)


ACTIVITIES: tuple[tuple[list[Observed], date, Activity], ...] = (
    ([], DAY, Activity.NOT_OBSERVED),
    ([seen(date(2026, 2, 1), 40)], DAY, Activity.ACTIVE),
    ([seen(date(2026, 2, 1), 40)], date(2026, 12, 31), Activity.NOT_OBSERVED),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 40)], date(2026, 12, 31), Activity.DORMANT),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 20)], date(2026, 12, 31), Activity.DORMANT),
    ([seen(date(2026, 2, 1), 40), seen(date(2026, 12, 1), 45)], date(2026, 12, 31), Activity.ACTIVE),
    ([seen(date(2026, 2, 1), 0)], date(2026, 2, 2), Activity.NOT_OBSERVED),
)


@pytest.mark.parametrize(("readings", "day", "expected"), ACTIVITIES)
def test_an_account_is_dormant_where_somebody_looked_and_saw_no_deposit(
    readings: list[Observed], day: date, expected: Activity
) -> None:
    assert activity_on(readings, LIFE, day) is expected


def test_the_first_reading_of_an_old_account_tells_nothing_of_this_year() -> None:
    older = AccountLife(currency="USD", opened_on=date(2020, 1, 1))

    assert activity_on([seen(DAY, 300)], older, DAY) is Activity.NOT_OBSERVED
    assert not used_since([seen(DAY, 300)], older, DAY)
    assert used_since([seen(DAY, 300, 20)], older, DAY)


PAID = date(2026, 4, 1)
TRIPS = (
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 305), seen(date(2026, 4, 20), 5)], True),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 325), seen(date(2026, 4, 20), 55)], True),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 305), seen(date(2026, 4, 20), 290)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 5), 105), seen(date(2026, 4, 20), 5)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 6, 5), 5), seen(date(2026, 6, 20), 305)], False),
    ([seen(date(2026, 3, 1), 300), seen(date(2026, 3, 30), 0)], False),
    ([seen(date(2026, 3, 30), 5), seen(date(2026, 4, 20), 5, 300, 300)], True),
)


@pytest.mark.parametrize(("readings", "is_one"), TRIPS)
def test_a_payment_that_is_put_in_and_taken_out_again_is_a_round_trip(
    readings: list[Observed], is_one: bool
) -> None:
    assert (round_trip(usd(300), PAID, movements(readings, LIFE)) is not None) is is_one


@given(READINGS, st.integers(100, 100_000))
def test_a_round_trip_is_never_told_of_an_account_from_which_nothing_was_taken(
    readings: list[Observed], minor: int
) -> None:
    rising = sorted(readings, key=lambda one: one.on)
    steady = [
        Observed(on=one.on, balance=max([one.balance, *(each.balance for each in rising[:place])]))
        for place, one in enumerate(rising)
    ]

    assert round_trip(Money(minor, "USD"), PAID, movements(steady, LIFE)) is None


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
    assert return_on_savings(usd(110), usd(100)) == 1_000
    assert return_on_savings(usd(90), usd(100)) == -1_000
    assert return_on_savings(usd(0), usd(0)) is None


def born(year: int) -> Birth:
    return Birth(AgeSource.DOCUMENT, born_on=date(year, 6, 30))


ADULT, TEEN, CHILD, UNKNOWN = (Key(letter * 32) for letter in "abcd")
BIRTHS = {ADULT: born(1990), TEEN: born(2011), CHILD: born(2012), UNKNOWN: None}
HELD = {
    "bank": Held(kind=AccountKind.BANK, state="active"),
    "unverified": Held(kind=AccountKind.BANK, state="opened"),
    "closed": Held(kind=AccountKind.COOPERATIVE, state="closed"),
    "group": Held(kind=AccountKind.SAVINGS_GROUP, state="verified"),
    "mobile": Held(kind=AccountKind.MOBILE_MONEY, state="verified"),
    "mobile used": Held(kind=AccountKind.MOBILE_MONEY, state="verified", is_used=True),
}


@pytest.mark.parametrize(
    ("held", "person", "household"),
    [
        ("bank", True, True),
        ("unverified", False, False),
        ("closed", False, False),
        ("group", False, False),
        ("mobile", False, False),
        ("mobile used", True, False),
    ],
)
def test_persons_and_households_are_counted_by_rules_of_their_own(
    held: str, person: bool, household: bool
) -> None:
    accounts = {ADULT: [HELD[held]]}
    home = Key("e" * 32)

    assert (count_persons(BIRTHS, accounts, DAY).numerator == {ADULT}) is person
    assert (count_households({home: [ADULT, CHILD]}, accounts, DAY).numerator == {home}) is household


def test_persons_are_counted_from_fifteen_and_whose_age_is_unknown_stand_apart() -> None:
    found = count_persons(BIRTHS, {key: [HELD["bank"]] for key in BIRTHS}, DAY)

    assert found.denominator == found.numerator == {ADULT, TEEN}
    assert found.not_collected == {UNKNOWN}


def test_a_childs_account_makes_a_household_count_and_no_person() -> None:
    home, accounts = Key("e" * 32), {CHILD: [HELD["bank"]]}

    assert count_persons(BIRTHS, accounts, DAY).numerator == frozenset()
    assert count_households({home: [ADULT, CHILD]}, accounts, DAY).numerator == {home}
