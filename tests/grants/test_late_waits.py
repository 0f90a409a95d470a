"""While late money of a payment waits for its decision, nothing of the whole grant is paid and its promise stays."""

import pytest

from seedfund.grants.queries.why import explain_grant
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.late import LateDecision
from seedfund.kernel.errors import Refused
from tests.grants.accounting_for import closed, demanded, grant_of, refunded, require_sound
from tests.grants.paying import at, ended, listed, paid, payable, payee, released, told, wish
from tests.grants.test_late_results import decided, paid_late
from tests.grants.test_settlements import kept_back
from tests.support.grants import agreed, amended, home, issued, prepared, signed, tranche, usd
from tests.support.programme import House


def late_in_two(house: House) -> tuple[str, str]:
    """The same, and the payment that failed was told as paid after all."""
    grant, payment = failed_in_two(house)
    told(house, payment, amount=usd(200), reference="late")
    return grant, payment


def failed_in_two(house: House) -> tuple[str, str]:
    """A grant of 300 and 200 dollars, the first paid; and the payment of the second that failed."""
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    (payment,) = released(house, wish(grant, 2)).payments
    told(house, payment, Outcome.FAILED)
    return grant, payment


def waiting(house: House, grant: str) -> list[set[str]]:
    """What each tranche of a grant is said to wait for."""
    with house.work("expert") as work:
        return [{item.code for item in told.missing} for told in explain_grant(work, grant)]


def test_no_adenda_is_drafted_while_late_money_of_its_grant_waits(house: House) -> None:
    prepared(house)
    grant, payment = late_in_two(house)

    with pytest.raises(Refused) as caught:
        amended(house, grant, tranche(usd(500)))
    decided(house, payment)

    assert caught.value.codes == ("late_result_waits",)
    assert at(house, grant).spent == 50_000
    require_sound(house)


def test_an_adenda_drafted_before_late_money_was_told_is_signed_once_that_is_decided(house: House) -> None:
    prepared(house)
    grant, payment = failed_in_two(house)
    amended(house, grant, tranche(usd(500)))
    agreement = issued(house, grant)
    told(house, payment, amount=usd(200), reference="late")

    with pytest.raises(Refused) as caught:
        signed(house, agreement)

    assert caught.value.codes == ("late_result_waits",)


def test_late_money_told_after_an_adenda_removed_its_tranche_keeps_the_others_waiting(house: House) -> None:
    prepared(house)
    grant, payment = failed_in_two(house)
    amended(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))
    told(house, payment, amount=usd(200), reference="late")
    before = waiting(house, grant)

    with pytest.raises(Refused) as caught:
        listed(house, wish(grant, 1))
    decided(house, payment, LateDecision.NOT_RECEIVED)

    assert caught.value.codes == ("late_result_waits",)
    assert before == [{"late_results_decided"}]
    assert listed(house, wish(grant, 1)).total == usd(200)


def test_a_refund_is_not_paid_again_while_a_second_run_of_its_payment_waits(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid(house, grant)
    told(house, payment, amount=usd(500), reference="second run")
    refunded(house, grant, usd(500))

    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))
    with pytest.raises(Refused) as charged:
        decided(house, payment)
    decided(house, payment, LateDecision.NOT_RECEIVED)

    assert caught.value.codes == ("late_result_waits",)
    assert charged.value.codes == ("late_beyond_payment",)
    assert listed(house, wish(grant)).total == usd(500)
    require_sound(house)


def test_a_refund_of_one_tranche_waits_for_the_second_run_of_another(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    told(house, paid(house, grant, 2), amount=usd(200), reference="second run")
    refunded(house, grant, usd(200))

    assert all("late_results_decided" in missing for missing in waiting(house, grant))


def test_a_grant_is_not_closed_whatever_the_reason_while_late_money_waits(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)

    with pytest.raises(Refused) as plain:
        closed(house, grant)
    with pytest.raises(Refused) as despite:
        closed(house, grant, despite_open=True, reason="year ends")
    decided(house, payment)

    assert plain.value.codes == despite.value.codes == ("late_result_waits",)
    assert closed(house, grant, despite_open=True, reason="year ends").disbursed == usd(500)
    require_sound(house)


def test_a_grant_is_not_terminated_while_late_money_waits(house: House) -> None:
    prepared(house)
    grant = payable(house)
    payment = paid_late(house, grant)

    with pytest.raises(Refused) as caught:
        ended(house, grant)
    decided(house, payment)
    ended(house, grant)

    assert caught.value.codes == ("late_result_waits",)
    assert (grant_of(house, grant).state, at(house, grant).open_advance) == ("terminated", 50_000)


def test_nothing_is_kept_back_from_the_tranche_that_late_money_may_have_paid(house: House) -> None:
    prepared(house)
    grant, payment = late_in_two(house)
    demanded(house, grant, usd(100))

    with pytest.raises(Refused) as caught:
        kept_back(house, grant)

    assert caught.value.codes == ("late_result_waits",)
    assert decided(house, payment).delivered == usd(200)
