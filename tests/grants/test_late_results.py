"""Payments told as paid when nothing was on the way: nothing of their tranche is paid before somebody decided."""

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.grants.queries.why import explain_tranche
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.late import LateDecision
from seedfund.grants.rules.words import PaymentMethod
from seedfund.grants.service.late_results import DecideLateResult, LateResultDecided, decide_late_result
from seedfund.grants.service.payment_lists import VoidPaymentList, void_payment_list
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import Refused
from seedfund.ledger.queries.lines import balances_of
from seedfund.ledger.service.money import RecordClaimRefund, record_claim_refund
from tests.funds.support import bank_of, fund
from tests.grants.accounting_for import accounted, closed, handed_in, receipt, reviewed
from tests.grants.paying import (
    approve,
    approved,
    at,
    bounced,
    listed,
    paid,
    payable,
    payable_transfer,
    payee,
    payment_of,
    release,
    released,
    retried,
    told,
    wish,
)
from tests.grants.test_adendas import withdrawn
from tests.grants.test_settlements import assert_sound
from tests.support.grants import TODAY, agreed, home, key, prepared, tranche, usd
from tests.support.programme import House


def paid_late(house: House, grant: str, amount: int = 500) -> str:
    """A payment of all of a grant that failed, and that the bank told as paid afterwards."""
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)
    told(house, payment, amount=usd(amount), reference="late")
    return payment


def decided(
    house: House,
    payment: str,
    decision: LateDecision = LateDecision.TO_GRANT,
    *,
    actor: str = "approver",
    reason: str = "the payee confirms it",
) -> LateResultDecided:
    with house.work(actor) as work:
        command = DecideLateResult(key=key(), payment=payment, decision=decision, reason=reason)
        return decide_late_result(work, command)


def claimed(house: House) -> int:
    """What the provider owes."""
    book = fund(house, "UNHCR").book_id
    with house.work("finance") as work:
        found = balances_of(work.reader(), book, ["claims:provider"]).get("claims:provider")
    return found.balance if found is not None else 0


def voided(house: House, number: str) -> None:
    with house.work("finance") as work:
        void_payment_list(work, VoidPaymentList(key=key(), number=number, reason="paid already"))


def test_what_the_bank_paid_after_it_had_failed_is_not_paid_again_before_somebody_decides(
    house: House,
) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)

    with pytest.raises(Refused) as caught:
        retried(house, payment)

    assert caught.value.codes == ("late_result_waits",)
    assert "USD 500.00" in str(caught.value)


def test_a_code_that_was_redeemed_after_it_expired_is_not_paid_again(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, method=PaymentMethod.WITHDRAWAL_CODE)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.EXPIRED)
    told(house, payment, Outcome.REDEEMED, amount=usd(500))

    with pytest.raises(Refused) as caught:
        retried(house, payment)

    assert caught.value.codes == ("late_result_waits",)


def test_a_retry_that_is_approved_already_is_not_released_on_late_money(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)
    sent = retried(house, payment)
    approve(house, sent.number)
    told(house, payment, amount=usd(500), reference="late")

    with pytest.raises(Refused) as caught:
        release(house, sent.number)

    assert caught.value.codes == ("late_result_waits",)
    assert at(house, grant).in_payment == 0


def test_the_rest_of_a_part_that_arrived_after_all_is_not_paid_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.PART, amount=usd(300))
    told(house, payment, amount=usd(200), reference="rest")
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))

    result = decided(house, payment)

    assert caught.value.codes == ("late_result_waits",)
    assert (result.state, result.delivered, at(house, grant).spent) == ("delivered", usd(500), 50_000)


def test_a_payment_that_was_made_before_its_release_is_not_released(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = approved(house, wish(grant))
    told(house, sent.payments[0], amount=usd(500))

    with pytest.raises(Refused) as caught:
        release(house, sent.number)
    voided(house, sent.number)
    with pytest.raises(Refused) as again:
        listed(house, wish(grant))

    assert caught.value.codes == again.value.codes == ("late_result_waits",)


def test_a_payment_that_nobody_received_before_its_release_is_released_after_all(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = approved(house, wish(grant))
    told(house, sent.payments[0], amount=usd(500))
    decided(house, sent.payments[0], LateDecision.NOT_RECEIVED, reason="it was another payment")

    release(house, sent.number)
    told(house, sent.payments[0], reference="its own")

    assert (payment_of(house, sent.payments[0]).state, at(house, grant).spent) == ("delivered", 50_000)


def test_late_money_that_the_payee_has_counts_as_delivered_and_answers_the_claim(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    before = claimed(house)

    result = decided(house, payment)

    stands = at(house, grant)
    assert (result.state, result.amount, result.delivered) == ("delivered", usd(500), usd(500))
    assert (before, claimed(house)) == (50_000, 0)
    assert (stands.committed, stands.spent, stands.open_advance) == (0, 50_000, 50_000)
    assert accounted(house, grant, usd(500)).applied == usd(500)
    with pytest.raises(Refused) as again:
        retried(house, payment)
    assert "retry_not_failed" in again.value.codes
    assert_sound(house, grant)


def test_late_money_is_expense_where_no_receipts_are_due(house: House) -> None:
    prepared(house)
    grant = payable_transfer(house)
    payment = paid_late(house, grant, 60)

    decided(house, payment)

    assert (at(house, grant).expense, at(house, grant).open_advance) == (6_000, 0)
    assert_sound(house, grant)


def test_a_receipt_that_waited_is_applied_when_late_money_is_charged(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    reviewed(house, handed_in(house, grant, receipt(usd(500))).number)

    decided(house, payment)

    assert (at(house, grant).expense, at(house, grant).open_advance) == (50_000, 0)


def test_a_part_that_arrived_late_leaves_the_rest_to_be_paid(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant, 200)

    result = decided(house, payment)

    assert (result.state, result.delivered) == ("part", usd(200))
    assert listed(house, wish(grant)).total == usd(300)
    assert_sound(house, grant)


def test_more_than_the_payment_stays_the_debt_of_the_provider(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant, 550)

    result = decided(house, payment)

    assert (result.amount, claimed(house), at(house, grant).spent) == (usd(500), 5_000, 50_000)


def test_late_money_that_the_payee_did_not_receive_can_be_paid_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)

    result = decided(house, payment, LateDecision.NOT_RECEIVED)

    assert (result.state, result.delivered, result.entry) == ("failed", usd(0), "")
    assert claimed(house) == 50_000
    assert retried(house, payment).total == usd(500)


def test_late_money_that_came_back_answers_the_claim_and_can_be_paid_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)

    back = bounced(house, payment)

    assert (back.state, back.is_irregular, claimed(house)) == ("failed", False, 0)
    assert at(house, grant).credit == 0
    assert retried(house, payment).total == usd(500)
    assert_sound(house, grant)


def test_late_money_that_came_back_in_part_still_waits_for_the_other_part(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    bounced(house, payment, usd(300))

    with pytest.raises(Refused) as caught:
        retried(house, payment)
    result = decided(house, payment)

    assert caught.value.codes == ("late_result_waits",)
    assert (result.state, result.delivered, claimed(house)) == ("part", usd(200), 0)


def test_of_a_payment_made_twice_the_second_comes_back_first(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)
    told(house, payment, amount=usd(500), reference="second run")

    back = bounced(house, payment)

    assert (back.state, back.delivered, claimed(house)) == ("delivered", usd(500), 0)
    assert at(house, grant).spent == 50_000
    assert_sound(house, grant)


def test_what_comes_back_after_the_provider_paid_its_debt_is_not_ours(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    with house.work("finance") as work:
        account = bank_of(house).code.partition(":")[2]
        command = RecordClaimRefund(
            key=key(), book="UNHCR", account=account, debtor="provider", amount=usd(500)
        )
        record_claim_refund(work, command)

    with pytest.raises(Refused) as charged:
        decided(house, payment)
    bounced(house, payment)

    assert charged.value.codes == ("balance_too_low",)
    assert (claimed(house), at(house, grant).credit) == (0, 50_000)


def test_nothing_is_decided_where_nothing_came_late(house: House) -> None:
    prepared(house)
    payment = paid(house, payable(house))

    with pytest.raises(Refused) as caught:
        decided(house, payment, reason=" ")

    assert caught.value.codes == ("late_nothing", "reason_missing")


def test_late_money_is_decided_once(house: House) -> None:
    prepared(house)
    payment = paid_late(house, payable(house))
    decided(house, payment, LateDecision.NOT_RECEIVED)

    with pytest.raises(Refused) as caught:
        decided(house, payment)

    assert caught.value.codes == ("late_nothing",)


def test_neither_who_released_nor_who_told_the_results_decides_on_late_money(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = approved(house, wish(grant))
    release(house, sent.number)
    (payment,) = sent.payments
    told(house, payment, Outcome.FAILED)
    told(house, payment, amount=usd(500), reference="late", actor="approver")

    with pytest.raises(Refused) as caught:
        decided(house, payment)

    assert caught.value.codes == ("late_by_recorder",)
    assert decided(house, payment, actor="manager").state == "delivered"


def test_a_payment_that_was_never_released_is_not_charged_to_its_grant(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = approved(house, wish(grant))
    (payment,) = sent.payments
    told(house, payment, amount=usd(500))
    voided(house, sent.number)

    with pytest.raises(Refused) as caught:
        decided(house, payment)

    assert caught.value.codes == ("late_not_released",)
    assert decided(house, payment, LateDecision.NOT_RECEIVED).state == "void"


def test_late_money_is_not_charged_beside_a_retry_that_was_paid(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(250)), tranche(usd(250)), owner=owner)
    payee(house, grant, owner.head)
    (payment,) = released(house, wish(grant, 1)).payments
    told(house, payment, Outcome.FAILED)
    sent = retried(house, payment)
    approve(house, sent.number)
    release(house, sent.number)
    told(house, sent.payments[0])
    told(house, payment, amount=usd(250), reference="late")

    with pytest.raises(Refused) as caught:
        decided(house, payment)

    decided(house, payment, LateDecision.NOT_RECEIVED)

    assert caught.value.codes == ("late_beyond_tranche",)
    assert listed(house, wish(grant, 2)).total == usd(250)


def test_late_money_of_a_grant_that_was_withdrawn_from_is_the_debt_of_the_provider(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    withdrawn(house, grant)

    with pytest.raises(Refused) as caught:
        decided(house, payment)

    assert caught.value.codes == ("promise_not_in_force", "promise_exceeded")
    assert decided(house, payment, LateDecision.NOT_RECEIVED).delivered == usd(0)
    assert closed(house, grant).number


def test_why_says_that_late_money_waits_and_the_decision_is_an_exception(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)
    with house.work("finance") as work:
        before = explain_tranche(work, grant, 1)
    decided(house, payment, LateDecision.NOT_RECEIVED)
    with house.work("auditor") as work:
        after = explain_tranche(work, grant, 1)
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(TODAY, TODAY.replace(year=2027)))

    assert "late_results_decided" in [finding.code for finding in before.missing]
    assert [finding.code for finding in after.missing] == ["failed_payments_retried"]
    assert {"not_in_flight", "the payee confirms it"} <= {row.reason for row in rows}
    assert payment_of(house, payment).state == "failed"
