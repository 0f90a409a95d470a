"""Payments that failed or came back: retried once with a link, free to be paid again, taken in when not ours."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.listing import PaymentWish
from seedfund.kernel.errors import Refused
from tests.grants.accounting_for import require_sound
from tests.grants.paying import (
    approve,
    at,
    bounced,
    ended,
    listed,
    paid,
    payable,
    payee,
    payment_of,
    release,
    released,
    retried,
    standing,
    told,
    wish,
)
from tests.support.grants import agreed, awarded, drafted, home, issued, prepared, signed, tranche, usd
from tests.support.programme import House


def test_a_failed_payment_is_retried_with_a_link_and_only_once(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (failed,) = released(house, wish(grant)).payments
    told(house, failed, Outcome.FAILED)
    with pytest.raises(Refused) as unlinked:
        listed(house, wish(grant))

    sent = retried(house, failed)
    with pytest.raises(Refused) as again:
        retried(house, failed)
    approve(house, sent.number)
    release(house, sent.number)
    told(house, sent.payments[0])

    assert unlinked.value.codes == ("failed_payment_waits",)
    assert "retried_already" in again.value.codes
    assert payment_of(house, sent.payments[0]).retry_of_number == failed
    assert at(house, grant).spent == 50_000


def test_a_retry_pays_what_its_payment_did_not_bring_and_no_more(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (failed,) = released(house, wish(grant, 1, usd(100))).payments
    told(house, failed, Outcome.FAILED)

    with pytest.raises(Refused) as caught:
        listed(house, PaymentWish(grant=grant, tranche=1, amount=usd(100, 1), retry_of=failed))

    assert caught.value.codes == ("retry_exceeded",)
    assert retried(house, failed).total == usd(100)
    assert listed(house, wish(grant)).total == usd(400)


def test_the_database_itself_takes_one_retry_of_a_payment(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    sent = released(house, wish(first), wish(second))
    told(house, sent.payments[0], Outcome.FAILED)
    retry = retried(house, sent.payments[0])

    with pytest.raises(IntegrityError), house.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE sf_disbursement SET retry_of = (SELECT retry_of FROM sf_disbursement WHERE number = :a)"
                " WHERE number = :b"
            ),
            {"a": retry.payments[0], "b": sent.payments[1]},
        )


def test_a_delivered_payment_is_not_retried(house: House) -> None:
    prepared(house)
    payment = paid(house, payable(house))

    with pytest.raises(Refused) as caught:
        retried(house, payment)

    assert "retry_not_failed" in caught.value.codes


def test_a_failed_earlier_tranche_keeps_later_ones_waiting(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    (payment,) = released(house, wish(grant, 1)).payments
    told(house, payment, Outcome.FAILED)

    with pytest.raises(Refused) as caught:
        listed(house, wish(grant, 2))

    assert caught.value.codes == ("earlier_tranche_not_delivered",)


def test_a_payment_that_bounced_is_free_to_be_paid_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)

    back = bounced(house, payment)

    position = at(house, grant)
    assert (back.state, back.delivered) == ("bounced", usd(0))
    assert (position.committed, position.spent, position.open_advance) == (50_000, 0, 0)
    assert retried(house, payment).total == usd(500)


def test_a_bounce_of_a_part_leaves_the_rest_delivered(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)

    back = bounced(house, payment, usd(100))

    assert (back.state, back.delivered, at(house, grant).spent) == ("bounced", usd(400), 40_000)
    assert retried(house, payment).total == usd(100)


def test_what_stayed_of_a_bounced_payment_counts_for_the_next_tranche(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    payment = paid(house, grant)
    bounced(house, payment, usd(100))
    sent = retried(house, payment)
    approve(house, sent.number)
    release(house, sent.number)
    told(house, sent.payments[0])

    assert listed(house, wish(grant, 2)).total == usd(200)


def test_more_than_was_delivered_that_comes_back_is_not_ours(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)

    back = bounced(house, payment, usd(520))

    assert (back.is_irregular, at(house, grant).credit) == (True, 2_000)


def test_the_return_of_what_had_failed_tells_it_again_and_moves_nothing(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)
    before = at(house, grant)

    back = bounced(house, payment)

    assert (back.state, back.is_irregular, back.entry) == ("failed", False, "")
    assert at(house, grant) == before
    require_sound(house)


def test_more_than_had_failed_that_comes_back_is_not_ours(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)

    back = bounced(house, payment, usd(520))

    assert (back.state, back.is_irregular, at(house, grant).credit) == ("failed", True, 2_000)


def test_money_that_left_after_all_and_came_back_is_the_providers_and_nobodys_excess(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)
    told(house, payment, amount=usd(500))

    back = bounced(house, payment, usd(500))

    assert (back.is_irregular, at(house, grant).credit) == (False, 0)


def test_the_return_of_a_payment_nobody_had_confirmed_is_how_it_failed(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    back = bounced(house, payment)

    position = at(house, grant)
    assert (back.state, back.delivered, back.is_irregular) == ("failed", usd(0), False)
    assert (position.committed_free, position.spent, position.credit) == (50_000, 0, 0)
    assert retried(house, payment).total == usd(500)
    require_sound(house)


def test_what_did_not_come_back_of_a_payment_nobody_had_confirmed_arrived(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    back = bounced(house, payment, usd(100))

    position = at(house, grant)
    assert (back.state, back.delivered, back.is_irregular) == ("part", usd(400), True)
    assert (position.spent, position.open_advance, position.credit) == (40_000, 40_000, 0)
    assert payment_of(house, payment).is_irregular
    require_sound(house)


def test_only_what_goes_beyond_a_payment_nobody_had_confirmed_is_not_ours(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    back = bounced(house, payment, usd(520))

    assert (back.state, back.is_irregular, at(house, grant).credit) == ("failed", True, 2_000)
    require_sound(house)


def test_the_return_of_all_of_a_payment_half_on_its_way_is_no_excess(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.PART, amount=usd(200), rest_stays_open=True)

    back = bounced(house, payment, usd(500))

    position = at(house, grant)
    assert (back.state, back.is_irregular, position.credit) == ("bounced", False, 0)
    assert (position.committed_free, position.spent) == (50_000, 0)
    require_sound(house)


def test_a_bounce_on_an_ended_grant_goes_back_to_its_line(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)
    ended(house, grant)

    bounced(house, payment)

    assert (at(house, grant).committed, at(house, grant).spent) == (0, 0)


def test_a_co_financed_payment_settles_each_part(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner, usd(300), usd(200)).number
    drafted(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    (payment,) = released(house, wish(grant)).payments

    told(house, payment, Outcome.PART, amount=usd(250))
    back = bounced(house, payment)

    assert [position.spent for position in standing(house, grant)] == [0, 0]
    assert [position.committed for position in standing(house, grant)] == [30_000, 20_000]
    assert back.state == "bounced"
