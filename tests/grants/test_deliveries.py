"""What became of payments: settled, voided, kept open, paid too much, bounced, retried once. No fact is refused."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.approvals.queries import exceptions_in
from seedfund.grants.rules.deliveries import Irregularity, Outcome
from seedfund.grants.rules.words import EndReason
from seedfund.grants.service import terminate_grant
from seedfund.grants.service.course import TerminateGrant
from seedfund.grants.service.deliveries import (
    ConfirmPayment,
    ConfirmPayments,
    PaymentResult,
    confirm_payment,
    confirm_payments,
)
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    PaymentListSent,
    approve_payment_list,
)
from seedfund.grants.service.retries import (
    PaymentBounced,
    RecordBounce,
    RetryPayments,
    record_bounce,
    retry_payments,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from tests.grants.paying import (
    at,
    list_of,
    listed,
    paid,
    payable,
    payable_transfer,
    payee,
    payment_of,
    release,
    released,
    standing,
    told,
    wish,
)
from tests.support.grants import agreed, awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House


def bounced(
    house: House, payment: str, amount: Money | None = None, actor: str = "reconciler"
) -> PaymentBounced:
    with house.work(actor) as work:
        return record_bounce(work, RecordBounce(key=key(), payment=payment, amount=amount))


def retried(house: House, payment: str) -> PaymentListSent:
    with house.work("finance") as work:
        return retry_payments(work, RetryPayments(key=key(), payments=(payment,), bank_account="BANK"))


def exceptions(house: House) -> list[str]:
    with house.work("auditor") as work:
        days = DateRange(date(2026, 1, 1), date(2028, 1, 1))
        return [row.reason for row in exceptions_in(work.reader(), work.programme.id, days)]


def ended(house: House, grant: str) -> None:
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.BREACH))


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
    assert exceptions(house) == ["paid_too_much"]


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


def test_a_hold_that_resolves_after_the_end_gives_its_rest_back_by_itself(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    ended(house, grant)
    kept = at(house, grant).committed

    told(house, payment, Outcome.PART, amount=usd(200))

    position = at(house, grant)
    assert (kept, position.committed, position.spent) == (50_000, 0, 20_000)


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
    with house.work("director") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))
    release(house, sent.number)
    told(house, sent.payments[0])

    assert unlinked.value.codes == ("failed_payment_waits",)
    assert "retried_already" in again.value.codes
    assert payment_of(house, sent.payments[0]).retry_of_number == failed
    assert at(house, grant).spent == 50_000


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
    with house.work("director") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))
    release(house, sent.number)
    told(house, sent.payments[0])

    assert listed(house, wish(grant, 2)).total == usd(200)


def test_more_than_was_delivered_that_comes_back_is_not_ours(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)

    back = bounced(house, payment, usd(520))

    assert (back.is_irregular, at(house, grant).credit) == (True, 2_000)


def test_money_of_a_payment_that_failed_and_came_back_is_taken_in(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)

    back = bounced(house, payment, usd(500))

    assert (back.state, back.is_irregular, at(house, grant).credit) == ("failed", True, 50_000)


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
