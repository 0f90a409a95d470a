"""PINs: surer than a claimed name, set once by an administrator, then only by oneself."""

import pytest

from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.roles import Assurance
from seedfund.store.pins import SetPin, assurance_by_pin, pin_verifier, set_pin
from tests.support.programme import House


def test_the_right_pin_assures_and_a_wrong_one_does_not(house: House) -> None:
    with house.work("admin") as work:
        set_pin(work, SetPin(key="p1", handle="cashier", verifier=pin_verifier("482916")))

    with house.work("cashier", Assurance.CLAIMED) as work:
        assert assurance_by_pin(work, "482916") is Assurance.PIN
        with pytest.raises(NotAllowed):
            assurance_by_pin(work, "482917")


def test_an_actor_without_a_pin_is_never_assured_by_one(house: House) -> None:
    with house.work("cashier", Assurance.CLAIMED) as work, pytest.raises(NotAllowed):
        assurance_by_pin(work, "")


def test_an_administrator_cannot_replace_a_pin_that_was_set(house: House) -> None:
    with house.work("admin") as work:
        set_pin(work, SetPin(key="p1", handle="cashier", verifier=pin_verifier("482916")))
        with pytest.raises(Refused) as caught:
            set_pin(work, SetPin(key="p2", handle="cashier", verifier=pin_verifier("000000")))

    assert caught.value.codes == ("not_your_pin",)


@pytest.mark.parametrize("pin", ["", "12345"])
def test_a_short_pin_is_refused(pin: str) -> None:
    with pytest.raises(InvalidInput, match="short"):
        pin_verifier(pin)
