"""Who may receive is asked when money is awarded, agreed and paid: participation, household, consents, fields."""

from dataclasses import replace

import pytest

from seedfund.grants.queries.why import explain_tranche
from seedfund.grants.rules.words import LifeEventKind, PaymentMethod
from seedfund.grants.service import award_grant, commit_award
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.lists import CommitAward
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from seedfund.people.rules import ConsentMethod, ConsentPurpose, DocumentKind, ExitReason, Identity
from seedfund.people.service import (
    ChangeHousehold,
    WithdrawConsent,
    change_household,
    withdraw_consent,
)
from tests.grants.paying import (
    approved,
    at,
    listed,
    paid,
    payable,
    payee,
    release,
    spouse_of,
    stands_in,
    wish,
)
from tests.people.samples import document, head, person, register
from tests.support.grants import (
    SHA,
    Home,
    agreed,
    awarded,
    drafted,
    home,
    issued,
    key,
    left,
    may_receive,
    participating,
    prepared,
    referring,
    signed,
    tranche,
    transferred,
    usd,
)
from tests.support.programme import House


def withdrawn(house: House, participant: str, purpose: ConsentPurpose) -> None:
    with house.work("field") as work:
        withdrawing = WithdrawConsent(
            key=key(),
            participant=participant,
            purpose=purpose,
            language="es",
            method=ConsentMethod.VERBAL,
        )
        withdraw_consent(work, withdrawing)


def gone(house: House, household: str) -> None:
    with house.work("field") as work:
        change_household(work, ChangeHousehold(key=key(), household=household, state="left"))


def not_awarded(house: House, owner: Home) -> tuple[str, ...]:
    with house.work("manager") as work, pytest.raises(Refused) as caught:
        award_grant(work, referring(owner))
    return caught.value.codes


def not_signed(house: House, agreement: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        signed(house, agreement)
    return caught.value.codes


def not_listed(house: House, grant: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))
    return caught.value.codes


def to_be_signed(house: House, owner: Home) -> str:
    """The number of an issued agreement over 500 dollars."""
    grant = awarded(house, owner).number
    drafted(house, grant, tranche(usd(500)))
    return issued(house, grant)


def test_nothing_is_awarded_to_somebody_who_is_not_enrolled_or_has_left(house: House) -> None:
    prepared(house)
    found = register(house, head())
    gone_away = home(house)
    left(house, gone_away.head, ExitReason.WITHDRAWN)

    assert not_awarded(house, Home(found.household, found.members[0].participant)) == ("not_taking_part",)
    assert not_awarded(house, gone_away) == ("not_taking_part",)


def test_nothing_is_awarded_to_a_household_that_left(house: House) -> None:
    prepared(house)
    owner = home(house)
    gone(house, owner.household)

    assert not_awarded(house, owner) == ("household_not_active",)


def test_nothing_is_awarded_to_somebody_whose_death_another_grant_tells(house: House) -> None:
    prepared(house)
    owner = home(house)
    other = transferred(house, owner)
    with house.work("coach") as work:
        record_life_event(work, RecordLifeEvent(key=key(), grant=other, kind=LifeEventKind.DEATH))

    assert not_awarded(house, owner) == ("owner_deceased",)


def test_an_agreement_does_not_bind_who_left_nor_a_household_that_is_gone(house: House) -> None:
    prepared(house)
    owner = home(house)
    agreement = to_be_signed(house, owner)
    left(house, owner.head, ExitReason.DROPPED_OUT)
    gone(house, owner.household)

    assert not_signed(house, agreement) == ("participation_ended", "household_not_active")


def test_an_agreement_waits_for_the_consent_to_the_registration(house: House) -> None:
    prepared(house)
    owner = home(house)
    agreement = to_be_signed(house, owner)
    withdrawn(house, owner.head, ConsentPurpose.REGISTRATION)

    assert not_signed(house, agreement) == ("consent_withdrawn",)


def test_a_transfer_is_not_committed_to_who_left(house: House) -> None:
    prepared(house)
    owner = home(house)
    awarding = replace(referring(owner, usd(60)), benefit="seed")
    with house.work("manager") as work:
        grant = award_grant(work, awarding).number
    left(house, owner.head, ExitReason.RELOCATED)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        commit_award(work, CommitAward(key=key(), grant=grant, list_sha256=SHA))

    assert caught.value.codes[:2] == ("agreement_needed", "participation_ended")


def test_who_left_is_not_paid_and_why_says_so(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    left(house, owner.head, ExitReason.WITHDRAWN)

    assert not_listed(house, grant) == ("participation_ended",)
    with house.work("expert") as work:
        explained = explain_tranche(work, grant, 1)
    assert [(one.code, one.missing and one.missing.code) for one in explained.missing] == [
        ("owner_may_receive", "participation_ended")
    ]


def test_who_leaves_after_the_list_was_approved_is_not_paid_by_it(house: House) -> None:
    prepared(house)
    owner = home(house)
    sent = approved(house, wish(payable(house, owner)))
    gone(house, owner.household)

    with pytest.raises(Refused) as caught:
        release(house, sent.number)

    assert caught.value.codes == ("household_not_active",)


def test_who_graduated_is_still_paid_what_was_agreed(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    participating(house, owner.head, "active")
    participating(house, owner.head, "graduated")

    paid(house, grant)

    assert at(house, grant).advances["participant"] == 50_000


def test_a_payee_who_left_the_programme_is_not_paid_and_one_who_never_took_part_is(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500)), owner=owner)
    spouse = spouse_of(house, owner)
    stands_in(house, grant, spouse)
    sent = approved(house, wish(grant))
    for state in ("identified", "enrolled"):
        participating(house, spouse, state)
    left(house, spouse, ExitReason.EXCLUDED_FRAUD)

    with pytest.raises(Refused) as caught:
        release(house, sent.number)

    assert caught.value.codes == ("payee_left",)


def test_a_bank_is_told_of_nobody_without_consent_and_cash_needs_none(house: House) -> None:
    prepared(house)
    banked, cashed = home(house), home(house)
    by_bank, in_cash = agreed(house, owner=banked), agreed(house, owner=cashed)
    payee(house, by_bank, banked.head, number="5566778899")
    payee(house, in_cash, cashed.head, method=PaymentMethod.CASH)
    for owner in (banked, cashed):
        withdrawn(house, owner.head, ConsentPurpose.BANK)

    assert not_listed(house, by_bank) == ("consent_withdrawn",)
    paid(house, in_cash)


def test_a_payment_waits_until_it_is_known_how_to_reach_the_person(house: House) -> None:
    prepared(house)
    names = Identity(given_names=Secret("Nelly"), family_names=Secret("Ejemplo Prueba"))
    entry = replace(person(names, document("EJ-77", DocumentKind.PASSPORT)), language="es")
    found = register(house, head(entry))
    owner = Home(found.household, found.members[0].participant)
    may_receive(house, owner.head)

    assert not_listed(house, payable(house, owner)) == ("person_field_needed",)
