"""What is kept back or set off is tied to the tranche whose next payment it makes less, and judged like a payment."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from seedfund.grants.queries.why import explain_grant
from seedfund.grants.rules.conditions import QuotesFiled
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from tests.grants.accounting_for import demanded, figures, refunded, require_sound
from tests.grants.paying import at, listed, paid, payee, wish
from tests.grants.test_settlements import half_paid, kept_back, pay_transfer, set_against
from tests.grants.test_undoing import undone
from tests.support.grants import agreed, home, prepared, tranche, transferred, usd
from tests.support.programme import House


def next_payments(house: House, grant: str) -> list[tuple[Money, Money]]:
    """What each tranche has answered without a payment, and what its next payment would be."""
    with house.work("finance") as work:
        return [(item.offset, item.rest) for item in explain_grant(work, grant)]


def in_two(house: House) -> str:
    """A grant of 300 and 200 dollars, of which the first was paid and 250 of it demanded back."""
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant)
    demanded(house, grant, usd(250))
    return grant


def test_the_next_payment_is_less_by_what_was_kept_back_and_no_more_is_listed(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    kept = kept_back(house, grant)

    assert (kept.tranche, next_payments(house, grant)) == (f"{grant}/1", [(usd(100), usd(200))])
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant, amount=usd(201)))
    assert caught.value.codes == ("tranche_exceeded",)
    assert listed(house, wish(grant)).total == usd(200)


def test_no_more_is_kept_back_than_the_next_tranche_pays(house: House) -> None:
    prepared(house)
    grant = in_two(house)

    with pytest.raises(Refused) as caught:
        kept_back(house, grant)
    kept = kept_back(house, grant, usd(200))

    assert (caught.value.codes, kept.tranche) == (("promise_exceeded",), f"{grant}/2")
    assert next_payments(house, grant) == [(usd(0), usd(0)), (usd(200), usd(0))]
    require_sound(house)


def test_a_tranche_answered_in_full_keeps_no_later_one_waiting(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(200)), tranche(usd(100)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant)
    demanded(house, grant, usd(100))

    kept_back(house, grant)

    assert listed(house, wish(grant, 3)).total == usd(200)


def test_what_was_kept_back_in_error_is_paid_again(house: House) -> None:
    prepared(house)
    grant = half_paid(house)
    kept = kept_back(house, grant)

    undone(house, kept.entry)

    assert next_payments(house, grant) == [(usd(0), usd(300))]


def test_a_set_off_pays_the_next_tranche_of_the_other_grant(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)
    other = transferred(house, owner)

    done = set_against(house, grant, other, usd(40))
    payee(house, other, owner.head)

    assert (done.tranche, next_payments(house, other)) == (f"{other}/1", [(usd(40), usd(20))])
    paid(house, other)
    assert figures(house, other).total.disbursed == usd(60)
    require_sound(house)


def test_a_set_off_waits_for_the_conditions_of_the_tranche_it_pays(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = transferred(house, owner)
    pay_transfer(house, grant, owner)
    other = agreed(house, tranche(usd(500), QuotesFiled(count=3)), owner=owner)

    with pytest.raises(Refused) as caught:
        set_against(house, grant, other, usd(25))

    assert caught.value.codes == ("quotes_missing",)
    assert next_payments(house, other) == [(usd(0), usd(500))]


def test_a_set_off_in_error_is_taken_back_on_both_grants(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)
    other = transferred(house, owner)
    done = set_against(house, grant, other, usd(60))

    undone(house, done.entry)

    assert (figures(house, other).total.disbursed, figures(house, grant).total.returned) == (usd(0), usd(0))
    assert next_payments(house, other) == [(usd(0), usd(60))]
    require_sound(house)


def test_what_was_tied_to_a_tranche_is_never_changed(house: House) -> None:
    prepared(house)
    kept_back(house, half_paid(house))

    with pytest.raises(DatabaseError), house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_tranche_offset SET amount_minor = 1"))


def test_a_refund_undone_after_it_was_paid_again_leaves_no_more_to_pay_than_is_promised(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    refund = refunded(house, grant, usd(200))
    paid(house, grant, 1)

    undone(house, refund.entry)

    assert at(house, grant).committed == 0
    assert next_payments(house, grant) == [(usd(0), usd(0)), (usd(0), usd(0))]
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant, 2))
    assert caught.value.codes == ("tranche_paid",)
