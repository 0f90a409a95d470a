"""What `why` tells and what a list refuses are one thing, tranche by tranche."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from seedfund.grants.queries.why import explain_tranche
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import Delivery
from seedfund.grants.service.course import SuspendGrant, suspend_grant
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import Refusal, Refused
from seedfund.kernel.ids import Key
from seedfund.people.service import (
    RetirePayoutAccount,
    VerifyPayoutAccount,
    retire_payout_account,
    verify_payout_account,
)
from tests.grants.paying import account, listed, payable, released, stands_in, supplier, told, wish
from tests.people.samples import propose
from tests.support.grants import agreed, home, key, prepared, usd
from tests.support.programme import House


def told_why(house: House, grant: str, on: date | None = None) -> list[str]:
    """The codes of what is missing for the first tranche of a grant."""
    with house.work("expert") as work:
        explained = explain_tranche(work, grant, 1, on=on)
    return [gap.code for finding in explained.missing for gap in finding.gaps()]


def refused(house: House, grant: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))
    return list(caught.value.codes)


def without_payee(house: House) -> str:
    return agreed(house)


def with_a_retired_account(house: House) -> str:
    owner = home(house)
    grant = agreed(house, owner=owner)
    known = account(house, owner.head)
    stands_in(house, grant, owner.head, account=known)
    with house.work("finance") as work:
        retire_payout_account(work, RetirePayoutAccount(key=key(), account=known))
    return grant


def with_an_account_nobody_verified(house: House) -> str:
    owner = home(house)
    grant = agreed(house, owner=owner)
    stands_in(house, grant, owner.head, account=propose(house, owner.head, "2200334455").account)
    return grant


def with_an_account_that_replaces_another(house: House) -> str:
    owner = home(house)
    grant = agreed(house, owner=owner)
    account(house, owner.head)
    stands_in(house, grant, owner.head, account=account(house, owner.head, "2200999888"))
    return grant


def suspended(house: House) -> str:
    grant = payable(house)
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="a look at the file"))
    return grant


def with_a_failed_payment(house: House) -> str:
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)
    return grant


def with_two_suppliers(house: House) -> str:
    grant = agreed(house, TrancheAsked(amount=usd(500), delivery=Delivery.IN_KIND))
    supplier(house, grant)
    supplier(house, grant, "Comercial Ejemplo")
    return grant


@pytest.mark.parametrize(
    ("making", "codes"),
    [
        (without_payee, ["payee_missing"]),
        (with_a_retired_account, ["payee_account_retired"]),
        (with_an_account_nobody_verified, ["payee_account_not_verified"]),
        (with_an_account_that_replaces_another, ["payee_account_cooling"]),
        (suspended, ["grant_not_in_force"]),
        (with_a_failed_payment, ["failed_payment_waits"]),
        (with_two_suppliers, ["payee_not_named"]),
    ],
    ids=lambda one: one.__name__ if callable(one) else "",
)
def test_why_tells_what_a_list_refuses(
    house: House, making: Callable[[House], str], codes: list[str]
) -> None:
    prepared(house)
    grant = making(house)

    assert told_why(house, grant) == refused(house, grant) == codes


def told_of_account(house: House, grant: str) -> Refusal:
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))
    (found,) = caught.value.refusals
    return found


def test_what_keeps_an_account_from_being_paid_is_told_with_what_ends_it(house: House) -> None:
    prepared(house)
    waiting = told_of_account(house, with_an_account_nobody_verified(house))
    account_key = waiting.facts["account"]
    with house.work("finance") as work:
        verify_payout_account(work, VerifyPayoutAccount(key=key(), account=Key(account_key)))

    assert waiting.remedy.endswith(f"seedfund do people.verify_payout_account --set account={account_key}")


def test_an_account_in_its_cooling_time_is_paid_from_the_day_that_was_told(house: House) -> None:
    prepared(house)
    grant = with_an_account_that_replaces_another(house)
    day = date.fromisoformat(told_of_account(house, grant).facts["day"])
    today = house.clock.now().date()
    house.clock.advance(day - today)

    assert today < day
    assert len(listed(house, wish(grant)).payments) == 1


def test_a_payment_before_the_agreement_is_told_too(house: House) -> None:
    prepared(house)
    grant = payable(house)
    before = house.clock.now().date() - timedelta(days=1)

    assert told_why(house, grant, on=before)[-1] == "paid_before_agreement"


def test_of_two_suppliers_the_one_that_is_named_is_paid(house: House) -> None:
    prepared(house)
    grant = with_two_suppliers(house)

    sent = listed(house, replace(wish(grant), payee=2))

    assert len(sent.payments) == 1
