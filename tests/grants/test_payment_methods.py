"""What goes with a method of payment: how a tranche is given, what can become of it, the code it is paid with."""

import pytest
import sqlalchemy as sa

from seedfund.grants.queries.codes import open_payment_code
from seedfund.grants.rules.deliveries import Irregularity, Outcome
from seedfund.grants.rules.methods import METHODS, REDEEMED, check_method
from seedfund.grants.rules.words import Delivery, PaymentMethod
from seedfund.grants.service.codes import PaymentCodeRecorded, RecordPaymentCode, record_payment_code
from seedfund.grants.service.listing import PaymentWish
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.reports.queries.desk import show
from tests.grants.paying import approved, listed, payable, payee, released, told, wish
from tests.support.grants import agreed, home, key, prepared, usd
from tests.support.programme import House


def payable_by(house: House, method: PaymentMethod, delivery: Delivery = Delivery.MONEY) -> str:
    """A grant in force over 500 dollars given in one way, with its owner as payee by a method."""
    owner = home(house)
    grant = agreed(house, TrancheAsked(amount=usd(500), delivery=delivery), owner=owner)
    payee(house, grant, owner.head, method=method)
    return grant


def code_recorded(house: House, payment: str, code: str = "EJ-7788") -> PaymentCodeRecorded:
    with house.work("cashier") as work:
        return record_payment_code(work, RecordPaymentCode(key=key(), payment=payment, code=Secret(code)))


def code_of(house: House, payment: str, actor: str = "cashier") -> str | None:
    with house.work(actor) as work:
        found = open_payment_code(work, payment)
    return None if found is None else found.reveal()


def test_every_way_to_give_a_tranche_has_its_methods() -> None:
    assert set(METHODS) == set(Delivery)
    assert sorted(method for methods in METHODS.values() for method in methods) == sorted(PaymentMethod)


@pytest.mark.parametrize("delivery", Delivery)
@pytest.mark.parametrize("method", PaymentMethod)
def test_a_tranche_is_paid_by_a_method_of_its_own_alone(delivery: Delivery, method: PaymentMethod) -> None:
    refusals = check_method("SC-2026-0001", 1, delivery=delivery.value, method=method.value)

    assert [one.code for one in refusals] == (
        [] if method in METHODS[delivery] else ["method_not_for_delivery"]
    )


def test_vouchers_are_not_paid_out_as_money_nor_money_as_vouchers(house: House) -> None:
    prepared(house)
    owner = home(house)
    vouchers = agreed(house, TrancheAsked(amount=usd(500), delivery=Delivery.VOUCHER), owner=owner)
    payee(house, vouchers, owner.head, number="8877665544")
    money = payable_by(house, PaymentMethod.VOUCHER)

    with pytest.raises(Refused) as by_bank:
        listed(house, wish(vouchers))
    with pytest.raises(Refused) as by_voucher:
        listed(house, wish(money))

    assert by_bank.value.codes == by_voucher.value.codes == ("method_not_for_delivery",)


def test_vouchers_are_paid_by_voucher(house: House) -> None:
    prepared(house)

    assert listed(house, wish(payable_by(house, PaymentMethod.VOUCHER, Delivery.VOUCHER))).total == usd(500)


def test_a_code_that_was_issued_after_the_release_is_kept_sealed_and_opened_for_who_pays(
    house: House,
) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments
    before = code_of(house, payment)

    recorded = code_recorded(house, payment, " EJ-7788 ")

    with house.engine.connect() as connection:
        stored = connection.execute(sa.text("SELECT details FROM sf_disbursement")).scalar_one()
    assert (before, recorded.replaces, code_of(house, payment)) == (None, False, "EJ-7788")
    assert b"7788" not in bytes(stored)
    assert told(house, payment, Outcome.REDEEMED).irregular == ()


def test_a_code_that_was_known_at_listing_is_opened_too(house: House) -> None:
    prepared(house)
    grant = payable_by(house, PaymentMethod.CHEQUE)
    (payment,) = released(
        house, PaymentWish(grant=grant, tranche=1, details=Secret("cheque 000123"))
    ).payments

    assert code_of(house, payment) == "cheque 000123"


def test_a_code_that_is_issued_anew_takes_the_place_of_the_one_before(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments
    code_recorded(house, payment)

    again = code_recorded(house, payment, "EJ-9900")

    assert (again.replaces, code_of(house, payment)) == (True, "EJ-9900")


def test_a_code_is_shown_to_who_pays_and_to_nobody_else(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments
    code_recorded(house, payment)

    with pytest.raises(NotAllowed, match="open_payment_code"):
        code_of(house, payment, "auditor")
    with house.work("auditor") as work:
        hidden = show(work, payment).fields
    with house.work("cashier") as work:
        shown = show(work, payment).fields

    assert "code" not in hidden
    assert shown["code"] == Secret("EJ-7788")


def test_a_payment_that_is_not_there_has_no_code(house: House) -> None:
    prepared(house)

    with pytest.raises(NotFound):
        code_of(house, "PG-2026-0099")


def test_a_code_is_no_blank(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments

    with pytest.raises(InvalidInput, match="empty"):
        code_recorded(house, payment, " ")


def test_cash_has_no_code_and_what_is_not_on_its_way_wants_none(house: House) -> None:
    prepared(house)
    (cash,) = released(house, wish(payable(house))).payments
    (waiting,) = approved(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments

    with pytest.raises(Refused) as by_cash:
        code_recorded(house, cash)
    with pytest.raises(Refused) as early:
        code_recorded(house, waiting)

    assert by_cash.value.codes == ("code_not_of_method",)
    assert early.value.codes == ("code_not_wanted",)


def test_a_code_that_was_redeemed_and_never_recorded_is_listed(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable_by(house, PaymentMethod.WITHDRAWAL_CODE))).payments

    assert told(house, payment, Outcome.REDEEMED).irregular == (Irregularity.WITHOUT_CODE,)


def test_cash_that_is_told_as_redeemed_is_taken_in_and_listed(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments

    settled = told(house, payment, Outcome.REDEEMED)

    assert PaymentMethod.CASH not in REDEEMED
    assert (settled.state, settled.irregular) == ("delivered", (Irregularity.OTHER_METHOD,))
