"""Payout accounts: two hands, a cooling time when an account is replaced, never a number in the facts."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import preset
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import PayoutAccountFacts, open_accounts, participant_facts, payout_account
from seedfund.people.rules import COOLING_DAYS, PayoutMethod, PersonField
from seedfund.people.service import (
    PayoutAccountChanged,
    ProposePayoutAccount,
    RetirePayoutAccount,
    VerifyPayoutAccount,
    propose_payout_account,
    retire_payout_account,
    verify_payout_account,
)
from tests.approvals.verbs import in_force
from tests.people.samples import head, identity, key, person, propose, register
from tests.support.programme import House


def verify(house: House, account: Key, actor: str = "finance") -> PayoutAccountChanged:
    with house.work(actor) as work:
        return verify_payout_account(work, VerifyPayoutAccount(key=key(), account=account))


def facts(house: House, account: Key) -> PayoutAccountFacts:
    with house.work("finance") as work:
        return payout_account(work.reader(), work.programme.id, account)


def test_a_first_account_is_usable_once_another_hand_has_verified_it(house: House) -> None:
    who = register(house).members[0]
    account = propose(house, who.participant, "2200112233").account
    before = facts(house, account)
    verified = verify(house, account)

    assert (before.state, before.is_usable(house.clock.now())) == ("proposed", False)
    assert verified.usable_from == house.clock.now()
    assert facts(house, account).is_usable(house.clock.now())
    with house.work("finance") as work:
        person_now = participant_facts(work.reader(), [who.participant_id])[who.participant_id]
    assert PersonField.PAYEE in person_now.filled


def replaced(house: House) -> tuple[Key, Key]:
    """A retired account and the verified one that replaces it."""
    who = register(house).members[0].participant
    old = propose(house, who, "2200112233").account
    verify(house, old)
    with house.work("field") as work:
        retire_payout_account(work, RetirePayoutAccount(key=key(), account=old))
    new = propose(house, who, "9988776655").account
    verify(house, new)
    return old, new


@pytest.mark.parametrize("days", [None, 0, 5])
def test_an_account_that_replaces_another_waits_the_cooling_time_of_the_policy(
    house: House, days: int | None
) -> None:
    if days is not None:
        in_force(house, replace(preset(Profile.SMALL), payout_cooling_days=days))
    old, new = replaced(house)
    now, cooling = house.clock.now(), timedelta(days=COOLING_DAYS if days is None else days)

    assert not facts(house, old).is_usable(now)
    assert not facts(house, new).is_usable(now + cooling - timedelta(seconds=1))
    assert facts(house, new).is_usable(now + cooling)


def test_who_proposed_an_account_does_not_verify_it_in_the_rule_and_in_the_database(house: House) -> None:
    account = propose(house, register(house).members[0].participant, "2200112233", actor="manager").account
    with pytest.raises(Refused) as caught:
        verify(house, account, "manager")

    assert caught.value.codes == ("account_own_verification",)
    attack = (
        "UPDATE sf_payout_account SET state = 'verified', verified_by = proposed_by, "
        "verified_at = proposed_at, usable_from = proposed_at"
    )
    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="maker_is_not"):
        connection.exec_driver_sql(attack)


def test_an_account_is_verified_once_and_a_retired_one_never(house: House) -> None:
    who = register(house).members[0].participant
    first, second = (propose(house, who, number).account for number in ("2200112233", "2200112234"))
    verify(house, first)
    with house.work("field") as work:
        retire_payout_account(work, RetirePayoutAccount(key=key(), account=second))

    for account in (first, second):
        with pytest.raises(Refused) as caught:
            verify(house, account)
        assert caught.value.codes == ("no_such_step",)


def test_an_account_needs_a_number_with_digits_and_a_person_that_exists(house: House) -> None:
    who = register(house).members[0].participant
    for participant, number, error in (
        (who, "pendiente", InvalidInput),
        (who, "2.2E+9", InvalidInput),
        ("PT-2026-0999", "2200112233", NotFound),
    ):
        with pytest.raises(error):
            propose(house, participant, number)


def test_the_account_of_a_restricted_person_is_for_named_roles_alone(house: House) -> None:
    home = register(house, head(person(identity(), is_restricted=True)), actor="protection")
    who = home.members[0].participant
    with pytest.raises(NotAllowed, match=who):
        propose(house, who, "2200112233")
    account = propose(house, who, "2200112233", actor="protection").account
    with pytest.raises(NotAllowed, match=who):
        verify(house, account)
    verify(house, account, "director")
    with pytest.raises(NotAllowed, match=who), house.work("finance") as work:
        open_accounts(work, [account])

    with house.work("director") as work:
        assert open_accounts(work, [account])[account].number.reveal() == "2200112233"


def test_the_holder_is_kept_when_it_is_somebody_else(house: House) -> None:
    command = ProposePayoutAccount(
        key=key(),
        participant=register(house).members[0].participant,
        method=PayoutMethod.MOBILE_MONEY,
        institution="Billetera Ejemplo",
        number=Secret("0991234567"),
        holder=Secret("Tía Ficticia"),
    )
    with house.work("field") as work:
        account = propose_payout_account(work, command).account
    with house.work("cashier") as work:
        opened = open_accounts(work, [account])[account]

    assert opened.holder is not None
    assert opened.holder.reveal() == "Tía Ficticia"
