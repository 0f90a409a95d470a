"""Nobody is erased while money still depends on who they are; afterwards nothing stands in the way."""

import pytest

from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.grants.service.awards import DeclineAward, decline_award
from seedfund.kernel.errors import Refused
from seedfund.people.rules import ErasureGround, ExitReason
from tests.grants.accounting_for import accounted, closed, grant_of, handed_in, receipt
from tests.grants.paying import ended, paid, payable, released, stands_in, told, wish
from tests.support.grants import Home, agreed, awarded, home, key, left, prepared, usd
from tests.support.programme import House


def erased(house: House, owner: Home) -> str:
    with house.work("protection") as work:
        command = EraseParticipant(key=key(), participant=owner.head, ground=ErasureGround.REQUESTED)
        return erase_participant(work, command).participant


def not_erased(house: House, owner: Home) -> str:
    """What the refusal says."""
    with pytest.raises(Refused) as caught:
        erased(house, owner)
    assert caught.value.codes == ("grants_not_over",)
    return str(caught.value)


def test_who_has_money_on_the_way_is_not_erased_and_the_facts_are_still_taken_in(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    (payment,) = released(house, wish(grant)).payments
    left(house, owner.head, ExitReason.RELOCATED)

    assert grant in not_erased(house, owner)

    told(house, payment)
    assert handed_in(house, grant, receipt(usd(500))).number


def test_an_award_and_a_grant_that_only_ended_hold_a_person_too(house: House) -> None:
    prepared(house)
    first, second = home(house), home(house)
    award, stopped = awarded(house, first).number, payable(house, second)
    paid(house, stopped)
    ended(house, stopped)
    for owner in (first, second):
        left(house, owner.head, ExitReason.RELOCATED)

    assert award in not_erased(house, first)
    assert stopped in not_erased(house, second)


def test_who_is_payee_of_a_grant_of_others_is_not_erased(house: House) -> None:
    prepared(house)
    collector = home(house)
    grant = agreed(house)
    stands_in(house, grant, collector.head)
    left(house, collector.head, ExitReason.RELOCATED)

    assert grant in not_erased(house, collector)


def test_a_grant_closed_with_a_payment_on_the_way_holds_its_person_until_the_result(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    (payment,) = released(house, wish(grant)).payments
    closed(house, grant, despite_open=True, reason="year ends")
    left(house, owner.head, ExitReason.RELOCATED)
    assert grant in not_erased(house, owner)

    told(house, payment)

    assert erased(house, owner) == owner.head


def test_who_has_accounted_for_everything_or_was_never_paid_is_erased(house: House) -> None:
    prepared(house)
    first, second = home(house), home(house)
    grant, award = payable(house, first), awarded(house, second).number
    paid(house, grant)
    accounted(house, grant, usd(500))
    closed(house, grant)
    with house.work("manager") as work:
        decline_award(work, DeclineAward(key=key(), grant=award))
    for owner in (first, second):
        left(house, owner.head, ExitReason.RELOCATED)

    assert [erased(house, owner) for owner in (first, second)] == [first.head, second.head]
    assert grant_of(house, grant).state == "closed"
