"""Savings are sound through the doors, and each figure altered behind them is named."""

import pytest

from seedfund.kernel.money import Money
from tests.assurance.support import Lived, found_after
from tests.ledger.support import BookOfTest
from tests.savings.accounts import invited, read, saver, usd, verified
from tests.savings.test_groups import group, met, shared
from tests.savings.test_plans import agreed
from tests.support.programme import House


@pytest.fixture
def saved(house: House) -> Lived:
    """Accounts at several steps, readings of every kind, a plan, and a group that shared out."""
    link = verified(house, saver(house))
    first = read(house, link, usd(40), deposited=usd(50), withdrawn=usd(10))
    read(house, link, usd(30), corrects=first.observation, reason="typed wrong")
    read(house, link, Money(5_00, "EUR"))
    agreed(house, link)
    invited(house, saver(house))
    number = group(house)
    met(house, number, 1, 2, 3, fund=12)
    shared(house, number, usd(12))
    return Lived(house, BookOfTest(1, "F1"))


def test_savings_in_every_state_are_sound(saved: Lived) -> None:
    found = saved.verified()

    assert [(one.code, one.table, one.which, dict(one.facts)) for one in found.findings] == []


CHANGES = (
    ("UPDATE sf_savings_observation SET balance_minor = balance_minor + 1", "noted_otherwise"),
    (
        "UPDATE sf_savings_observation SET deposited_minor = deposited_minor + 1 "
        "WHERE deposited_minor IS NOT NULL",
        "noted_otherwise",
    ),
    (
        "UPDATE sf_savings_observation SET withdrawn_minor = 7 WHERE deposited_minor IS NOT NULL",
        "noted_otherwise",
    ),
    ("UPDATE sf_savings_observation SET irregular = NULL WHERE irregular IS NOT NULL", "noted_otherwise"),
    ("UPDATE sf_savings_link SET state = 'closed' WHERE state = 'invited'", "noted_otherwise"),
    ("UPDATE sf_savings_link SET state = 'closed' WHERE state = 'invited'", "content_unlike"),
    ("UPDATE sf_savings_plan SET target_minor = target_minor + 1", "noted_otherwise"),
    ("UPDATE sf_savings_plan SET match_most_minor = match_most_minor + 1", "noted_otherwise"),
    ("UPDATE sf_savings_cycle SET share_minor = share_minor + 1", "noted_otherwise"),
    ("UPDATE sf_savings_meeting SET fund_counted_minor = fund_counted_minor + 1", "noted_otherwise"),
    ("UPDATE sf_savings_share SET shares = shares + 1", "noted_otherwise"),
    ("UPDATE sf_share_out SET fund_minor = fund_minor + 1", "noted_otherwise"),
    ("UPDATE sf_share_out_line SET amount_minor = amount_minor + 1", "content_unlike"),
)


def test_each_figure_that_was_altered_is_named(saved: Lived) -> None:
    missed = [
        (statement, code)
        for statement, code in CHANGES
        if code not in {one.code for one in found_after(saved, statement).errors}
    ]

    assert missed == []


def test_an_account_number_moved_to_another_row_does_not_open(house: House) -> None:
    verified(house, saver(house), "2200-112-233")
    verified(house, saver(house), "3300-112-233")
    lived = Lived(house, BookOfTest(1, "F1"))
    swap = (
        "UPDATE sf_savings_link SET account_number = (SELECT o.account_number FROM sf_savings_link o "
        "WHERE o.number = 'SL-2026-0002') WHERE number = 'SL-2026-0001'"
    )

    assert ("sealed_closed", "sf_savings_link") in {
        (one.code, one.table) for one in found_after(lived, swap).errors
    }
