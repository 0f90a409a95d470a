"""What became of payments: settled, voided, kept open, paid too much. No fact is refused."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.grants.rules.deliveries import Irregularity, Outcome
from seedfund.grants.service.deliveries import (
    ConfirmPayment,
    ConfirmPayments,
    PaymentResult,
    confirm_payment,
    confirm_payments,
)
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.secret import Secret
from tests.grants.accounting_for import exceptions
from tests.grants.paying import (
    at,
    ended,
    list_of,
    listed,
    paid,
    payable,
    payable_transfer,
    payee,
    released,
    told,
    wish,
)
from tests.grants.test_settlements import assert_sound
from tests.support.grants import agreed, home, key, prepared, usd
from tests.support.programme import House


def reasons(house: House) -> list[str]:
    return [reason for _, reason in exceptions(house, "payment")]


def test_a_delivered_payment_is_an_open_advance_of_the_participant(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = released(house, wish(grant))

    settled = told(house, sent.payments[0])

    position = at(house, grant)
    assert (settled.state, settled.delivered, settled.irregular) == ("delivered", usd(500), ())
    assert (position.committed, position.spent, position.advances) == (0, 50_000, {"participant": 50_000})
    assert list_of(house, sent.number).state == "finished"


def test_a_benefit_without_receipts_is_expense_at_once(house: House) -> None:
    prepared(house)
    grant = payable_transfer(house)

    paid(house, grant)

    assert (at(house, grant).expense, at(house, grant).open_advance) == (6_000, 0)


def test_the_rest_of_a_part_delivery_falls_back_to_the_promise(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    settled = told(house, payment, Outcome.PART, amount=usd(300))

    position = at(house, grant)
    assert (settled.state, settled.delivered) == ("part", usd(300))
    assert (position.committed, position.in_payment, position.spent) == (20_000, 0, 30_000)
    assert listed(house, wish(grant)).total == usd(200)


def test_a_part_is_told_with_its_amount(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    with pytest.raises(InvalidInput, match="delivered in part"):
        told(house, payment, Outcome.PART)

    assert (at(house, grant).in_payment, at(house, grant).spent) == (50_000, 0)


def test_a_rest_that_stays_open_stays_in_flight_until_its_own_result(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = released(house, wish(grant))
    first = told(house, sent.payments[0], Outcome.PART, amount=usd(300), rest_stays_open=True)
    between = at(house, grant)
    second = told(house, sent.payments[0], Outcome.FULL)

    assert (first.state, second.state, second.delivered) == ("part_open", "delivered", usd(500))
    assert (between.in_payment, between.spent) == (20_000, 30_000)
    assert (at(house, grant).in_payment, at(house, grant).spent) == (0, 50_000)


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.FAILED, "failed"), (Outcome.EXPIRED, "expired")], ids=str
)
def test_a_payment_that_brings_nothing_frees_all_that_was_held(
    house: House, outcome: Outcome, state: str
) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    settled = told(house, payment, outcome)

    position = at(house, grant)
    assert (settled.state, settled.delivered) == (state, usd(0))
    assert (position.committed, position.in_payment, position.spent) == (50_000, 0, 0)


def test_who_released_a_payment_does_not_say_that_it_arrived(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    result = PaymentResult(payment=payment, outcome=Outcome.FULL)

    with pytest.raises(Refused) as caught, house.work("cashier") as work:
        confirm_payment(work, ConfirmPayment(key=key(), result=result))
    told(house, payment)
    with pytest.raises(IntegrityError), house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_disbursement SET confirmed_by = released_by"))

    assert caught.value.codes == ("payer_confirms",)


def test_what_the_provider_paid_too_much_is_its_debt_and_never_the_participants(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant, amount=usd(300))).payments

    settled = told(house, payment, amount=usd(350))

    assert (settled.state, settled.delivered) == ("delivered", usd(300))
    assert settled.irregular == (Irregularity.PAID_TOO_MUCH,)
    assert at(house, grant).advances == {"participant": 30_000}
    assert reasons(house) == ["paid_too_much"]
    assert_sound(house, grant)


def test_a_payment_that_was_made_twice_is_taken_in_as_a_claim_on_the_provider(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)

    settled = told(house, payment, amount=usd(500), reference="second run")

    assert (settled.state, settled.irregular) == ("delivered", (Irregularity.NOT_IN_FLIGHT,))
    assert at(house, grant).spent == 50_000


def test_the_same_result_told_twice_is_recorded_once(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    told(house, payment, amount=usd(500), reference="R1")

    with pytest.raises(Refused) as caught:
        told(house, payment, amount=usd(500), reference="R1")

    assert caught.value.codes == ("result_recorded_already",)


def test_money_that_went_to_another_account_is_taken_in_and_listed(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200111222")
    (payment,) = released(house, wish(grant)).payments
    result = PaymentResult(payment=payment, outcome=Outcome.FULL, account=Secret("9999999999"))

    with house.work("reconciler") as work:
        settled = confirm_payment(work, ConfirmPayment(key=key(), result=result))

    assert settled.irregular == (Irregularity.OTHER_ACCOUNT,)


def test_a_result_names_the_account_however_it_is_written(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200111222")
    (payment,) = released(house, wish(grant)).payments
    result = PaymentResult(payment=payment, outcome=Outcome.FULL, account=Secret("02200-111 222"))

    with house.work("reconciler") as work:
        settled = confirm_payment(work, ConfirmPayment(key=key(), result=result))

    assert settled.irregular == ()


def test_many_results_are_taken_in_at_once(house: House) -> None:
    prepared(house)
    sent = released(house, wish(payable(house)), wish(payable(house)))
    results = tuple(
        PaymentResult(payment=payment, outcome=outcome)
        for payment, outcome in zip(sent.payments, (Outcome.FULL, Outcome.FAILED), strict=True)
    )

    with house.work("reconciler") as work:
        settled = confirm_payments(work, ConfirmPayments(key=key(), results=results))

    assert [one.state for one in settled.payments] == ["delivered", "failed"]
    assert list_of(house, sent.number).state == "finished"


def test_a_payment_named_twice_in_a_file_is_told(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    result = PaymentResult(payment=payment, outcome=Outcome.FULL)

    with pytest.raises(InvalidInput, match="named twice"), house.work("reconciler") as work:
        confirm_payments(work, ConfirmPayments(key=key(), results=(result, result)))


def test_tax_withheld_is_disbursed_and_owed_to_the_state(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    result = PaymentResult(payment=payment, outcome=Outcome.FULL, withheld=usd(10), tax="IR")

    with house.work("reconciler") as work:
        confirm_payment(work, ConfirmPayment(key=key(), result=result))

    assert at(house, grant).spent == 50_000
    assert_sound(house, grant)


def test_a_hold_that_resolves_after_the_end_gives_its_rest_back_by_itself(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    ended(house, grant)
    kept = at(house, grant).committed

    told(house, payment, Outcome.PART, amount=usd(200))

    position = at(house, grant)
    assert (kept, position.committed, position.spent) == (50_000, 0, 20_000)


def test_a_result_that_takes_more_cash_than_there_is_finds_room(house: House) -> None:
    prepared(house, received=600)
    (payment,) = released(house, wish(payable(house))).payments

    settled = told(house, payment, amount=usd(700))

    assert settled.irregular == (Irregularity.PAID_TOO_MUCH, Irregularity.ROOM_MADE)


def test_a_value_date_before_the_release_is_listed(house: House) -> None:
    prepared(house)
    house.clock.advance(timedelta(days=5))
    (payment,) = released(house, wish(payable(house))).payments

    settled = told(house, payment, on=date(2026, 1, 6))

    assert settled.irregular == (Irregularity.BEFORE_RELEASE,)
