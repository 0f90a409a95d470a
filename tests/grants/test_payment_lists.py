"""Payment lists: judged, hashed, approved by other hands, released once, in holds that no part exceeds."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.approvals.rules.hands import Decision
from seedfund.grants.service import suspend_grant
from seedfund.grants.service.course import SuspendGrant
from seedfund.grants.service.listing import PaymentWish
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    DropPayments,
    PreparePaymentList,
    SendPaymentList,
    VoidPaymentList,
    approve_payment_list,
    drop_payments,
    prepare_payment_list,
    send_payment_list,
    void_payment_list,
)
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Assurance
from seedfund.people.service import RetirePayoutAccount, retire_payout_account
from tests.funds.support import bank
from tests.grants.paying import (
    approved,
    at,
    list_of,
    listed,
    payable,
    payable_transfer,
    payee,
    payment_of,
    released,
    standing,
    told,
    wish,
)
from tests.support.grants import agreed, awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House
from tests.support.unguarded import unguarded


def refused(house: House, number: str, actor: str = "cashier") -> tuple[str, ...]:
    with pytest.raises(Refused) as caught, house.work(actor) as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=number))
    return caught.value.codes


def not_listed(house: House, *wishes: PaymentWish) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        listed(house, *wishes)
    return caught.value.codes


def suspended(house: House, grant: str) -> None:
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="visit pending"))


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


def test_who_prepares_and_who_approves_does_not_pay(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = listed(house, wish(grant))
    with house.work("approver") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))

    assert refused(house, sent.number, "finance") == ("maker_pays",)
    assert refused(house, sent.number, "approver") == ("approver_pays",)


def test_who_prepared_a_list_does_not_approve_it(house: House) -> None:
    prepared(house)
    sent = listed(house, wish(payable(house)))

    with pytest.raises(Refused) as caught, house.work("finance") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))

    assert "maker_decides" in caught.value.codes


def test_a_list_that_nobody_approved_is_not_released(house: House) -> None:
    prepared(house)
    sent = listed(house, wish(payable(house)))

    assert refused(house, sent.number) == ("no_such_step",)


def test_a_claimed_name_does_not_release_money(house: House) -> None:
    prepared(house)
    sent = approved(house, wish(payable(house)))

    with pytest.raises(NotAllowed), house.work("cashier", Assurance.CLAIMED) as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=sent.number))


def test_an_amount_changed_between_two_hands_is_found_at_release(house: House) -> None:
    prepared(house)
    sent = approved(house, wish(payable(house), amount=usd(100)))
    with unguarded(house.engine, "sf_disbursement") as connection:
        connection.execute(sa.text("UPDATE sf_disbursement SET amount_minor = amount_minor + 1"))

    assert refused(house, sent.number) == ("content_changed",)


def test_another_account_between_two_hands_is_found_at_release(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200111222")
    sent = approved(house, wish(grant))
    with unguarded(house.engine, "sf_payee") as connection:
        connection.execute(sa.text(f"UPDATE sf_payee SET account_digest = '{'0' * 64}'"))

    assert refused(house, sent.number) == ("content_changed",)


def test_everything_that_changed_since_it_was_prepared_is_told_at_once(house: House) -> None:
    prepared(house, received=100)
    first, second = payable(house), payable(house)
    sent = approved(house, wish(first), wish(second))
    suspended(house, first)

    assert refused(house, sent.number) == ("grant_not_in_force", "cash_too_low")


def test_a_list_is_released_once(house: House) -> None:
    prepared(house)
    sent = released(house, wish(payable(house)))

    assert refused(house, sent.number) == ("no_such_step",)


def test_a_second_stage_is_asked_for_above_its_threshold(house: House) -> None:
    prepared(house, received=50_000, allotted=20_000)
    grants = []
    for _ in range(3):
        owner = home(house)
        grant = awarded(house, owner, usd(4_000)).number
        drafted(house, grant, tranche(usd(4_000)))
        signed(house, issued(house, grant))
        payee(house, grant, owner.head)
        grants.append(grant)
    sent = approved(house, *(wish(grant) for grant in grants))

    assert list_of(house, sent.number).state == "in_approval"
    with house.work("approver") as work:
        with pytest.raises(Refused) as caught:
            approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))
        assert caught.value.codes == ("above_authority",)


def test_a_rejected_list_falls_back_and_may_be_sent_again_by_its_preparer_alone(house: House) -> None:
    prepared(house)
    sent = listed(house, wish(payable(house)))
    with house.work("director") as work:
        moved = approve_payment_list(
            work,
            ApprovePaymentList(key=key(), number=sent.number, decision=Decision.REJECTED, reason="no visit"),
        )
    with pytest.raises(Refused) as caught, house.work("field") as work:
        send_payment_list(work, SendPaymentList(key=key(), number=sent.number))
    with house.work("finance") as work:
        again = send_payment_list(work, SendPaymentList(key=key(), number=sent.number))

    assert moved.state == "prepared"
    assert caught.value.codes == ("sent_by_other_hand",)
    assert (again.state, again.content_hash) == ("in_approval", sent.content_hash)


def test_a_list_that_changes_after_it_was_sent_loses_its_approvals(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    sent = approved(house, wish(first), wish(second))
    with house.work("finance") as work:
        drop_payments(
            work,
            DropPayments(key=key(), number=sent.number, payments=sent.payments[:1], reason="moved away"),
        )

    row = list_of(house, sent.number)
    assert (row.state, row.count, row.total_minor) == ("prepared", 1, 50_000)
    assert payment_of(house, sent.payments[0]).state == "void"
    assert refused(house, sent.number) == ("no_such_step",)


def test_a_payment_that_does_not_stand_in_the_list_cannot_be_dropped(house: House) -> None:
    prepared(house)
    sent = listed(house, wish(payable(house)))

    with pytest.raises(Refused) as caught, house.work("finance") as work:
        drop_payments(
            work, DropPayments(key=key(), number=sent.number, payments=("PG-2026-9999",), reason="x")
        )

    assert caught.value.codes == ("payment_not_in_list",)


def test_a_tranche_of_a_list_that_was_given_up_can_be_listed_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    sent = listed(house, wish(grant))
    assert not_listed(house, wish(grant)) == ("tranche_paid",)
    with house.work("finance") as work:
        void_payment_list(work, VoidPaymentList(key=key(), number=sent.number, reason="wrong bank"))

    assert listed(house, wish(grant)).number == "PL-2026-0002"


def test_an_empty_list_is_refused(house: House) -> None:
    prepared(house)

    assert not_listed(house) == ("list_empty",)


def test_a_tranche_takes_no_more_than_its_rest(house: House) -> None:
    prepared(house)
    grant = payable(house)

    assert not_listed(house, wish(grant, amount=usd(500, 1))) == ("tranche_exceeded",)
    assert not_listed(house, wish(grant), wish(grant)) == (
        "tranche_listed_twice",
        "tranche_paid",
    )
    assert not_listed(house, wish(grant, 2)) == ("tranche_missing",)


def test_a_later_tranche_waits_until_the_earlier_one_is_delivered(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)

    assert not_listed(house, wish(grant, 2)) == ("earlier_tranche_not_delivered",)
    (payment,) = released(house, wish(grant, 1)).payments
    assert not_listed(house, wish(grant, 2)) == ("earlier_tranche_not_delivered",)
    told(house, payment)
    assert listed(house, wish(grant, 2)).total == usd(200)


def test_without_an_approved_payee_nobody_is_paid(house: House) -> None:
    prepared(house)
    grant = agreed(house)

    assert not_listed(house, wish(grant)) == ("payee_missing",)


def test_an_account_that_was_retired_is_not_paid(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200111222")
    sent = approved(house, wish(grant))
    with house.engine.connect() as connection:
        named = connection.execute(sa.text("SELECT payout_account_id FROM sf_payee")).scalar_one()
    with house.work("finance") as work:
        retire_payout_account(work, RetirePayoutAccount(key=key(), account=Key(str(named).replace("-", ""))))

    assert refused(house, sent.number) == ("payee_account_retired",)


def test_a_payment_is_not_dated_before_the_agreement(house: House) -> None:
    prepared(house)
    house.clock.advance(timedelta(days=3))
    grant = payable(house)
    with pytest.raises(Refused) as caught, house.work("finance") as work:
        prepare_payment_list(
            work,
            PreparePaymentList(
                key=key(),
                bank_account="BANK",
                payments=(wish(grant),),
                occurred_on=date(2026, 1, 6),
            ),
        )

    assert "paid_before_agreement" in caught.value.codes


def test_a_payment_stays_within_the_period_of_its_fund(house: House) -> None:
    prepared(house)
    grant = payable(house)
    house.clock.advance(timedelta(days=600))

    assert not_listed(house, wish(grant)) == ("outside_fund_period",)


def test_a_list_is_paid_from_an_account_of_its_currency(house: House) -> None:
    prepared(house)
    bank(house, "EURBANK", currency="EUR")
    grant = payable(house)
    with pytest.raises(Refused) as caught, house.work("finance") as work:
        prepare_payment_list(
            work, PreparePaymentList(key=key(), bank_account="EURBANK", payments=(wish(grant),))
        )

    assert caught.value.codes == ("list_currency",)


def test_a_cash_transfer_needs_no_agreement_to_be_paid(house: House) -> None:
    prepared(house)

    sent = released(house, wish(payable_transfer(house)))

    assert sent.total == usd(60)


def test_the_database_itself_refuses_a_payer_who_prepared(house: House) -> None:
    prepared(house)
    released(house, wish(payable(house)))

    with pytest.raises(IntegrityError), unguarded(house.engine, "sf_payment_list") as connection:
        connection.execute(sa.text("UPDATE sf_payment_list SET released_by = prepared_by"))
