"""Savings at the desk, in the week and among the exceptions; a restricted person's nowhere but for named roles."""

from datetime import timedelta
from enum import StrEnum

import pytest

from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.messages import translate
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.queries import participant_by_number
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.desk import Thing, list_rows, show
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.savings import TOLD
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.value import Word
from seedfund.savings.rules import words
from seedfund.savings.rules.observing import Activity, Unknown
from seedfund.savings.service import AccountStep, DecideIrregular, decide_irregular
from tests.grants.paying import paid, payable
from tests.savings.accounts import (
    TODAY,
    Saver,
    done,
    invited,
    key,
    later,
    opened,
    read,
    saver,
    step,
    usd,
    verified,
)
from tests.savings.test_groups import group, met, shared
from tests.savings.test_plans import agreed
from tests.support.grants import Home, home, prepared
from tests.support.programme import House


def rows(house: House, noun: str, actor: str = "coach") -> list[Row]:
    with house.work(actor) as work:
        return list_rows(work, noun)


def thing(house: House, number: str, actor: str = "coach") -> Thing:
    with house.work(actor) as work:
        return show(work, number)


def due(house: House, actor: str = "coach") -> list[DueItem]:
    with house.work(actor) as work:
        return [item for item in due_items(open_scope(work)) if item.due is Due.SAVINGS_TO_FOLLOW]


def exceptions(house: House, kind: Irregularity) -> list[ExceptionEntry]:
    with house.work("auditor") as work:
        return [one for one in exception_entries(open_scope(work), since=None) if one.kind is kind]


def test_an_account_is_listed_with_what_was_observed_and_shown_with_its_trail(house: House) -> None:
    link = verified(house, saver(house))
    first = read(house, link, usd(40))
    read(house, link, usd(30), corrects=first.observation, reason="typed wrong")
    (row,) = rows(house, "savings")
    shown_link = thing(house, link)

    assert (row["number"], row["balance"], row["use"]) == (link, usd(30), Word("active"))
    assert [one["state"] for one in shown_link.parts["trail"]] == [
        Word(state) for state in ("invited", "opened", "verified", "active")
    ]
    assert [one["counts"] for one in shown_link.parts["observations"]] == [False, True]
    assert thing(house, first.observation).number == link


def test_a_number_is_masked_and_shown_to_those_who_handle_accounts_alone(house: House) -> None:
    link = opened(house, saver(house), "2200-112-233")
    number = thing(house, link).fields["account"]

    assert isinstance(number, Secret)
    assert number.reveal() == "••••••••-233"
    assert "account" not in thing(house, link, "auditor").fields


def test_what_was_not_observed_is_said_and_never_zero(house: House) -> None:
    opened(house, saver(house))
    (row,) = rows(house, "savings")

    assert row["balance"] == Word("not_observed")


def test_a_restricted_persons_account_is_nowhere_but_for_named_roles(house: House) -> None:
    who = saver(house)
    link = verified(house, who)
    plan = agreed(house, link)
    read(house, link, Money(500, "EUR"))
    number = group(house)
    done(house, restrict_participant, RestrictParticipant(key=key(), participant=who.number), "protection")
    later(house, 300)

    assert (rows(house, "savings"), rows(house, "savings-plans"), due(house)) == ([], [], [])
    for hidden in (link, plan):
        with pytest.raises(NotAllowed):
            thing(house, hidden)
    assert len(rows(house, "savings", "protection")) == len(rows(house, "savings-plans", "protection")) == 1
    assert len(due(house, "protection")) == 2
    assert thing(house, number).number == number


def test_a_plan_and_a_group_are_shown_with_how_far_they_have_come(house: House) -> None:
    link = verified(house, saver(house))
    plan = agreed(house, link)
    read(house, link, usd(25), later(house, 62))
    number = group(house)
    met(house, number, 1, 2, 3, fund=12)
    shared(house, number, usd(12))
    fields = thing(house, plan).fields
    told = thing(house, number)

    assert (fields["saved"], fields["planned_by_now"]) == (usd(25), usd(40))
    assert [one["shares"] for one in told.parts["members"]] == [1, 2, 3]
    assert [one["amount"] for one in told.parts["share_out"]] == [usd(2), usd(4), usd(6)]
    (listed,) = rows(house, "savings-groups")
    assert (listed["members"], listed["cycle"]) == (3, None)


def test_an_account_stands_on_the_page_of_its_person(house: House) -> None:
    who = saver(house)
    link = invited(house, who)

    assert [row["number"] for row in thing(house, who.number).parts["savings"]] == [link]


def test_the_week_tells_what_waits_sleeps_or_was_not_looked_at(house: House) -> None:
    waiting = invited(house, saver(house))
    asleep, unseen = verified(house, saver(house), "11"), verified(house, saver(house), "22")
    closed = verified(house, saver(house), "33")
    step(house, closed, AccountStep.CLOSED)
    read(house, asleep, usd(10))
    assert due(house) == []
    read(house, asleep, usd(10), later(house, 200))

    assert {item.number: item.what for item in due(house)} == {
        waiting: Word("ask what keeps the account from being opened"),
        asleep: Word("ask why nothing was saved, or record that the account is dormant"),
        unseen: Word("read the balance of the account"),
    }


def test_an_irregular_record_is_due_until_it_is_decided_and_an_exception_for_good(house: House) -> None:
    odd = read(house, verified(house, saver(house)), Money(500, "EUR"))
    number = group(house)
    meeting = met(house, number, 1, 1, 1, fund=1)
    both = {odd.observation, meeting.meeting}

    assert {item.number for item in due(house)} == both
    found = exceptions(house, Irregularity.IRREGULAR_FACT)
    assert {(one.number, one.state, one.decided_by) for one in found} == {
        (number, Word("open"), "") for number in both
    }
    for which in sorted(both):
        deciding = DecideIrregular(key=key(), number=which, counts=False, reason="looked at the paper")
        done(house, decide_irregular, deciding, "coach")
    told = exceptions(house, Irregularity.IRREGULAR_FACT)
    assert due(house) == []
    assert [(one.number, one.state, one.decided_by, one.recorded_by) for one in told] == [
        (odd.observation, Word("set aside"), "coach", "field"),
        (meeting.meeting, Word("set aside"), "coach", "field"),
    ]


def owner_as_saver(house: House, owner: Home) -> Saver:
    with house.work("field") as work:
        row = participant_by_number(work.reader(), work.programme.id, owner.head)
    return Saver(row.id, row.number, owner.household, row.id)


@pytest.mark.parametrize(("left", "is_flagged"), [(5, True), (290, False)])
def test_a_payment_that_went_through_the_account_is_an_exception(
    house: House, left: int, is_flagged: bool
) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    link = verified(house, owner_as_saver(house, owner))
    read(house, link, usd(0))
    payment = paid(house, grant)
    with house.work("auditor") as work:
        amount = show(work, payment).fields["delivered"]
    day = later(house, 3)
    read(house, link, amount, day)
    read(house, link, usd(left), later(house, 10))
    found = exceptions(house, Irregularity.ROUND_TRIP)

    assert [(one.number, one.what, one.amount) for one in found] == (
        [(payment, link, amount)] if is_flagged else []
    )


def test_every_word_of_savings_is_told_in_spanish() -> None:
    listed: list[type[StrEnum]] = [Activity, Unknown]
    listed += [kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    told = {word.value.replace("_", " ") for kind in listed for word in kind} | set(TOLD)
    told |= {item.value for item in (Due.SAVINGS_TO_FOLLOW, Irregularity.ROUND_TRIP)}
    told |= {"savings record", "put in and taken out again", "counted", "set aside"}

    assert sorted(word for word in told if translate(word, "es") == word) == []


def test_every_column_of_savings_is_told_in_spanish(house: House) -> None:
    link = verified(house, saver(house))
    plan, number = agreed(house, link), group(house)
    read(house, link, usd(25))
    met(house, number, 1, 2, 3, fund=12)
    shared(house, number, usd(12))
    things = [thing(house, one) for one in (link, plan, number)]
    heads = {name for noun in ("savings", "savings-plans", "savings-groups") for name in rows(house, noun)[0]}
    heads |= {name for one in things for name in one.fields}
    heads |= {name for one in things for part in one.parts.values() for row in part for name in row}
    told = [name.replace("_", " ") for name in heads | {name for one in things for name in one.parts}]

    untold = {one for one in told if translate(one, "es") == one == translate(one.capitalize(), "es").lower()}
    assert untold == {"irregular"}  # the same word in both languages


def test_the_day_of_a_waiting_account_is_thirty_days_after_its_last_step(house: House) -> None:
    invited(house, saver(house))
    later(house, 25)

    assert [item.due_on for item in due(house)] == [TODAY + timedelta(days=30)]
