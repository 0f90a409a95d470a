"""Goods handed over: the supplier owes until they are there, and they stand for what he was paid, once."""

from decimal import Decimal

import pytest

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import Delivery, PaymentMethod
from seedfund.grants.service.handovers import HandedItem, RecordHandover, record_handover
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import Refused
from tests.grants.accounting_for import handed_over, reviewed
from tests.grants.paying import (
    at,
    listed,
    paid,
    payee,
    released,
    retried,
    supplier,
    told,
    wish,
)
from tests.support.grants import (
    agreed,
    home,
    key,
    prepared,
    tranche,
    usd,
)
from tests.support.programme import House


def in_kind(house: House) -> tuple[str, str, str]:
    """A grant given in kind: its number, its owner's number, and the supplier's released payment."""
    owner = home(house)
    grant = agreed(house, TrancheAsked(amount=usd(500), delivery=Delivery.IN_KIND), owner=owner)
    supplier(house, grant)
    (payment,) = released(house, wish(grant)).payments
    return grant, owner.head, payment


def test_the_supplier_owes_until_the_goods_are_handed_over(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    told(house, payment)
    before = at(house, grant).advances
    act = handed_over(house, grant, head, usd(500), payment=payment)

    reviewed(house, act.justification)

    assert before == {"supplier": 50_000}
    assert (at(house, grant).expense, at(house, grant).open_advance) == (50_000, 0)
    assert act.number == "AE-2026-0001"


def test_goods_accepted_before_the_supplier_is_paid_wait_for_the_payment(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    act = handed_over(house, grant, head, usd(500), payment=payment)
    applied = reviewed(house, act.justification).applied

    told(house, payment)

    assert (applied, at(house, grant).expense) == (usd(0), 50_000)


def test_goods_never_account_for_money_that_a_person_was_given(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head)
    cash = paid(house, grant)
    acts = [
        handed_over(house, grant, owner.head, usd(500)),
        handed_over(house, grant, owner.head, usd(500), payment=cash),
    ]

    for act in acts:
        with pytest.raises(Refused) as caught:
            reviewed(house, act.justification)
        assert caught.value.codes == ("handover_without_payment",)
    assert at(house, grant).advances == {"participant": 50_000}


def test_acts_show_no_more_than_their_supplier_was_paid(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(
        house, TrancheAsked(amount=usd(300), delivery=Delivery.IN_KIND), tranche(usd(200)), owner=owner
    )
    supplier(house, grant)
    payment = paid(house, grant, 1)
    first, again = (handed_over(house, grant, owner.head, usd(200), payment=payment) for _ in range(2))
    reviewed(house, first.justification)

    with pytest.raises(Refused) as caught:
        reviewed(house, again.justification)
    result = reviewed(house, again.justification, accepted=usd(100), observation="200 before")

    assert caught.value.codes == ("handover_above_payment",)
    assert "USD 100.00 is left to show" in str(caught.value)
    assert (result.accepted, at(house, grant).expense) == (usd(100), 30_000)


def test_a_retry_to_the_supplier_stands_for_the_payment_it_repeats(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    acts = [handed_over(house, grant, head, usd(500), payment=payment)]
    told(house, payment, Outcome.FAILED)
    with pytest.raises(Refused) as failed:
        reviewed(house, acts[0].justification)
    again = retried(house, payment).payments[0]
    acts.append(handed_over(house, grant, head, usd(500), payment=again))
    reviewed(house, acts[0].justification)

    with pytest.raises(Refused) as twice:
        reviewed(house, acts[1].justification)

    assert (failed.value.codes, twice.value.codes) == (("handover_above_payment",),) * 2


def test_money_goes_to_a_person_and_goods_are_paid_to_a_supplier(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    supplier(house, grant)
    with pytest.raises(Refused) as unpaid:
        listed(house, wish(grant))
    with pytest.raises(Refused) as wrong:
        payee(house, grant, owner.head, method=PaymentMethod.IN_KIND)

    assert unpaid.value.codes == ("payee_missing",)
    assert wrong.value.codes == ("payee_supplier_method",)


def test_who_hands_goods_over_does_not_witness_it(house: House) -> None:
    prepared(house)
    grant, head, _ = in_kind(house)
    item = HandedItem(description="horno", quantity=Decimal(1), unit_value=usd(1))

    with pytest.raises(Refused) as caught, house.work("coach") as work:
        record_handover(
            work,
            RecordHandover(
                key=key(),
                grant=grant,
                receiver=head,
                items=(item,),
                delivered_by="field",
                witnessed_by="field",
            ),
        )

    assert caught.value.codes == ("witness_delivered",)
