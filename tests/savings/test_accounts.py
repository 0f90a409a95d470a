"""The two counts of accounts, as of any day and as known at any instant, and accounts that can be paid into."""

from datetime import date, timedelta

from seedfund.kernel.ids import Key
from seedfund.savings.queries.accounts import payable_accounts
from seedfund.savings.queries.indicators import households_with_savings_account, persons_with_account
from seedfund.savings.rules.words import AccountKind, Holding
from seedfund.savings.service import AccountStep
from tests.savings.accounts import (
    TODAY,
    later,
    opened,
    parent_and_child,
    read,
    saver,
    step,
    usd,
    verified,
    verify,
)
from tests.support.programme import House


def persons(house: House, *people: Key, on: date) -> tuple[int, int, int]:
    with house.work("field") as work:
        found = persons_with_account(work.reader(), people, on)
    return len(found.numerator), len(found.denominator), len(found.not_collected)


def households(house: House, *homes: Key, on: date) -> tuple[int, int]:
    with house.work("field") as work:
        found = households_with_savings_account(work.reader(), homes, on)
    return len(found.numerator), len(found.denominator)


def test_an_account_counts_from_the_day_it_was_verified_to_the_day_it_was_closed(house: House) -> None:
    who = saver(house)
    link = opened(house, who)
    day = later(house, 10)
    verify(house, link)
    end = later(house, 10)
    step(house, link, AccountStep.CLOSED)

    days = (TODAY, day - timedelta(days=1), day, end - timedelta(days=1), end)
    assert [persons(house, who.id, on=on)[0] for on in days] == [0, 0, 1, 1, 0]
    assert [households(house, who.household_id, on=on)[0] for on in days] == [0, 0, 1, 1, 0]


def test_a_joint_account_is_one_household_account_and_two_persons_with_one(house: House) -> None:
    who, other = saver(house), saver(house)
    verified(house, who, holding=Holding.JOINT, co_holder=other.number, kind=AccountKind.BANK)

    assert persons(house, who.id, other.id, on=TODAY) == (2, 2, 0)
    assert households(house, who.household_id, other.household_id, on=TODAY) == (2, 2)


def test_a_childs_account_counts_for_the_household_and_not_for_its_mother(house: House) -> None:
    mother, son = parent_and_child(house, date(2014, 3, 1))
    verified(house, son, holding=Holding.CHILD, co_holder=mother.number, kind=AccountKind.BANK)

    assert persons(house, mother.id, son.id, on=TODAY) == (0, 1, 0)
    assert households(house, mother.household_id, on=TODAY) == (1, 1)


def test_mobile_money_counts_for_persons_while_it_is_used_and_never_for_households(house: House) -> None:
    who = saver(house)
    link = verified(house, who, kind=AccountKind.MOBILE_MONEY, institution="Billetera Ejemplo")
    assert persons(house, who.id, on=TODAY)[0] == 0
    read(house, link, usd(12))

    assert persons(house, who.id, on=TODAY)[0] == 1
    assert persons(house, who.id, on=TODAY + timedelta(days=366))[0] == 0
    assert households(house, who.household_id, on=TODAY)[0] == 0


def test_a_count_as_known_leaves_out_what_was_recorded_later(house: House) -> None:
    who = saver(house)
    before = house.clock.now()
    later(house, 2)
    verified(house, who)

    with house.work("field") as work:
        today = work.today()
        then = persons_with_account(work.reader(), [who.id], today, known_at=before)
        now = persons_with_account(work.reader(), [who.id], today)
    assert (len(then.numerator), len(now.numerator)) == (0, 1)


def test_members_are_those_of_the_day(house: House) -> None:
    who = saver(house)
    verified(house, who)

    assert households(house, who.household_id, on=TODAY - timedelta(days=1)) == (0, 1)


def test_an_account_to_be_paid_into_is_no_group_and_no_childs(house: House) -> None:
    mother, son = parent_and_child(house, date(2014, 3, 1))
    verified(house, mother, "1", kind=AccountKind.SAVINGS_GROUP, institution="Grupo Ejemplo")
    verified(house, son, "2", holding=Holding.CHILD, co_holder=mother.number)
    link = verified(house, mother, "3")

    with house.work("field") as work:
        found = payable_accounts(work.reader(), [mother.id, son.id], TODAY)
    assert {key: [one.link for one in own] for key, own in found.items()} == {mother.id: [link], son.id: []}
    assert found[mother.id][0].is_linked
