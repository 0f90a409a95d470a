"""The states of savings, trails as of a day, masked numbers, and the two counts of accounts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.states import StateTable
from seedfund.people.rules import AgeSource, Birth
from seedfund.savings.rules.groups import (
    CYCLE_STATES,
)
from seedfund.savings.rules.indicators import Held, count_households, count_persons
from seedfund.savings.rules.links import LINK_STATES, VERIFIED_STATES, Step, masked, state_on
from seedfund.savings.rules.plans import (
    SAVINGS_PLAN_STATES,
)
from seedfund.savings.rules.words import AccountKind

DAY = date(2026, 6, 30)
TABLES = (LINK_STATES, SAVINGS_PLAN_STATES, CYCLE_STATES)


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
