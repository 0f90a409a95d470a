"""Payment lists: judged, hashed, approved by other hands, released once, in holds that no part exceeds."""

from datetime import date, timedelta

import pytest

from seedfund.approvals.rules.hands import Decision
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    DropPayments,
    SendPaymentList,
    VoidPaymentList,
    approve_payment_list,
    drop_payments,
    send_payment_list,
    void_payment_list,
)
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.roles import Assurance
from tests.grants.paying import (
    approved,
    at,
    list_of,
    listed,
    payable,
    payable_transfer,
    payee,
    payment_of,
    release,
    released,
    standing,
    wish,
)
from tests.support.grants import awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House


def refused(house: House, number: str, actor: str = "cashier") -> tuple[str, ...]:
    from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list

    with pytest.raises(Refused) as caught, house.work(actor) as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=number))
    return caught.value.codes


def test_a_released_list_holds_cash_and_promise_until_its_result_is_known(house: House) -> None:
    prepared(house)
    grant = payable(house)

    sent = released(house, wish(grant))

    position = at(house, grant)
    assert (position.committed, position.in_payment, position.spent) == (50_000, 50_000, 0)
    assert list_of(house, sent.number).state == "released"
    assert payment_of(house, sent.payments[0]).state == "released"


def test_a_payment_is_shared_by_what_is_promised_in_each_part(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner, usd(300), usd(200)).number
    drafted(house, grant, tranche(usd(100)), tranche(usd(400)))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)

    released(house, wish(grant))

    assert [position.in_payment for position in standing(house, grant)] == [6_000, 4_000]
