"""A flagged document or account stops payment wherever the person or the account is found, until somebody decides."""

from dataclasses import replace

import pytest

from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.rules.words import OwnerKind
from seedfund.grants.service import award_grant
from seedfund.kernel.errors import Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.rules import DuplicateDecision, Relationship
from seedfund.people.service import (
    AddMember,
    DecideDuplicate,
    EndMembership,
    add_member,
    decide_duplicate,
    end_membership,
)
from tests.funds.support import benefit
from tests.grants.paying import account, approved, at, listed, paid, payee, release, stands_in, wish
from tests.people.samples import propose
from tests.support.benefits import SEED
from tests.support.grants import (
    GROUPS,
    Home,
    agreed,
    drafted,
    eligible,
    home,
    issued,
    key,
    prepared,
    referring,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House

NUMBER = "111122223333"


def not_listed(house: House, grant: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))
    return caught.value.codes


def shared(house: House, number: str = NUMBER) -> tuple[Key, Home]:
    """The flag that is raised when a new household brings an account that is known, and that household."""
    other = home(house)
    (found,) = propose(house, other.head, number).duplicates
    return found.flag, other


def decided(house: House, flag: Key, decision: DuplicateDecision, excluded: str | None = None) -> None:
    with house.work("protection") as work:
        deciding = DecideDuplicate(
            key=key(), flag=flag, decision=decision, reason=Secret("looked at both files"), excluded=excluded
        )
        decide_duplicate(work, deciding)


def paid_to_another(house: House, grant: str, other: Home) -> None:
    """A member of another household, with an account of theirs, as approved payee of a grant."""
    stands_in(house, grant, other.head, account=account(house, other.head, NUMBER))


def test_an_account_flagged_between_two_other_households_is_not_paid_until_it_is_decided(
    house: House,
) -> None:
    prepared(house)
    grant = agreed(house)
    paid_to_another(house, grant, home(house))
    flag, _ = shared(house)
    assert not_listed(house, grant) == ("duplicate_stops_payment",)

    decided(house, flag, DuplicateDecision.SHARED_ACCOUNT)

    paid(house, grant)
    assert at(house, grant).advances["participant"] == 50_000


def test_a_flag_raised_after_the_list_was_approved_stops_its_release(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number=NUMBER)
    sent = approved(house, wish(grant))
    shared(house)

    with pytest.raises(Refused) as caught:
        release(house, sent.number)

    assert caught.value.codes == ("duplicate_stops_payment",)


def test_a_flag_follows_a_person_who_moved_to_another_household(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number=NUMBER)
    moved_to = home(house)
    with house.work("field") as work:
        leaving = EndMembership(key=key(), household=owner.household, participant=owner.head)
        end_membership(work, leaving)
        joining = AddMember(
            key=key(),
            household=moved_to.household,
            relationship=Relationship.SIBLING,
            participant=owner.head,
        )
        add_member(work, joining)
    shared(house)

    assert not_listed(house, grant) == ("duplicate_stops_payment",)


def test_a_group_is_not_paid_into_a_flagged_account(house: House) -> None:
    prepared(house)
    benefit(house, "coop", replace(SEED, unit=BenefitUnit.GROUP), series="CO")
    eligible(house, "coop", *(Eligible(population_group=group, fund="UNHCR") for group in GROUPS))
    represents = home(house)
    awarding = replace(
        referring(represents),
        benefit="coop",
        owner_kind=OwnerKind.GROUP,
        owner_name="Asociación Ejemplo",
        participant=represents.head,
        household="",
    )
    with house.work("manager") as work:
        grant = award_grant(work, awarding).number
    drafted(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))
    payee(house, grant, represents.head, number=NUMBER)
    shared(house)

    assert not_listed(house, grant) == ("duplicate_stops_payment",)


def test_of_one_person_in_two_households_only_the_excluded_one_is_stopped(house: House) -> None:
    prepared(house)
    kept = home(house)
    first = agreed(house, owner=kept)
    payee(house, first, kept.head, number=NUMBER)
    flag, excluded = shared(house)
    second = agreed(house, owner=excluded)
    payee(house, second, excluded.head)

    decided(house, flag, DuplicateDecision.SAME_PERSON, excluded.household)

    assert not_listed(house, second) == ("duplicate_stops_payment",)
    paid(house, first)
