"""A stipend or transfer found overpaid: demanded back, and answered like any demand (accounting: rows 24 to 27)."""

import pytest

from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from tests.grants.accounting_for import figures, overpaid, refunded, require_sound
from tests.grants.paying import at, paid, paid_grant, payable_transfer
from tests.grants.test_findings import lifted
from tests.grants.test_settlements import kept_back
from tests.grants.test_undoing import open_demands, undone
from tests.support.grants import prepared, usd
from tests.support.programme import House


def transfer(house: House) -> str:
    """A transfer of 60 dollars, paid in full without receipts."""
    prepared(house)
    grant = payable_transfer(house)
    paid(house, grant)
    return grant


def test_what_was_paid_too_much_without_receipts_is_demanded_back(house: House) -> None:
    grant = transfer(house)

    demand = overpaid(house, grant, usd(25))

    position = at(house, grant)
    assert demand.amount == usd(25)
    assert (position.expense, position.claims, position.spent) == (3_500, {"participant": 2_500}, 6_000)
    assert open_demands(house, grant) == [2_500]
    require_sound(house)


def test_an_overpayment_that_comes_back_closes_its_demand(house: House) -> None:
    grant = transfer(house)
    demand = overpaid(house, grant, usd(25))

    back = refunded(house, grant, usd(25))

    assert (back.settled, back.excess) == ((demand.number,), usd(0))
    assert (at(house, grant).spent, figures(house, grant).total.returned) == (3_500, usd(25))
    require_sound(house)


def test_an_overpayment_let_go_counts_as_given_again(house: House) -> None:
    grant = transfer(house)
    before = figures(house, grant).total
    demand = overpaid(house, grant, usd(25))

    assert lifted(house, demand.number).amount == usd(25)

    assert (figures(house, grant).total, at(house, grant).expense) == (before, 6_000)
    require_sound(house)


def test_an_overpayment_is_kept_back_and_that_is_taken_back(house: House) -> None:
    prepared(house)
    grant = payable_transfer(house)
    paid(house, grant, amount=usd(40))
    overpaid(house, grant, usd(10))

    entry = kept_back(house, grant).entry
    settled = at(house, grant)
    undone(house, entry)

    assert (settled.expense, settled.claims) == (4_000, {"participant": 0})
    assert open_demands(house, grant) == [1_000]
    require_sound(house)


def test_no_more_than_was_given_is_found_overpaid_and_nothing_without_a_reason(house: House) -> None:
    grant = transfer(house)

    with pytest.raises(Refused) as caught:
        overpaid(house, grant, usd(61), reason=" ")
    with pytest.raises(Refused) as nothing:
        overpaid(house, grant, usd(0))

    assert caught.value.codes == ("demand_exceeds_open", "reason_missing")
    assert nothing.value.codes == ("nothing_to_demand",)


def test_where_receipts_are_due_it_is_the_receipts_that_are_looked_at(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)

    with pytest.raises(Refused) as caught:
        overpaid(house, grant, usd(25))

    assert caught.value.codes == ("overpaid_has_receipts", "nothing_to_demand")


def test_an_overpayment_is_demanded_in_its_currency_by_who_may(house: House) -> None:
    grant = transfer(house)

    with pytest.raises(InvalidInput, match="currency"):
        overpaid(house, grant, Money(2_500, "EUR"))
    with pytest.raises(NotAllowed):
        overpaid(house, grant, usd(25), actor="cashier")
