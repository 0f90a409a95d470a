"""Nobody receives twice: what a person got goes along to another household, and counts in both directions."""

from dataclasses import replace

import pytest

from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.rules.words import BasisKind, OwnerKind
from seedfund.grants.service import award_grant
from seedfund.grants.service.awards import AwardGrant
from seedfund.kernel.errors import Refused
from seedfund.people.rules import Relationship, Sex
from seedfund.people.service import AddMember, EndMembership, add_member, end_membership
from tests.funds.support import benefit
from tests.grants.accounting_for import supported
from tests.people.samples import child, head, identity, person, register
from tests.support.benefits import TRANSFER
from tests.support.grants import (
    GROUPS,
    SHA,
    Home,
    awarded,
    eligible,
    home,
    key,
    lines,
    participating,
    prepared,
    referring,
    transferred,
    usd,
)
from tests.support.programme import House


def given(house: House, code: str, unit: BenefitUnit) -> None:
    """A benefit for a unit that serves consumption, as the cash transfer of households does."""
    benefit(house, code, replace(TRANSFER, unit=unit), series="ST")
    eligible(house, code, *(Eligible(population_group=group, fund="UNHCR") for group in GROUPS))


def stipend(participant: str) -> AwardGrant:
    """A stipend for one person."""
    return AwardGrant(
        key=key(),
        benefit="stipend",
        parts=lines(usd(60)),
        basis_kind=BasisKind.ELIGIBILITY_LIST,
        basis_ref="EL-2",
        basis_sha256=SHA,
        owner_kind=OwnerKind.PERSON,
        participant=participant,
    )


def grouped(name: str, participant: str) -> AwardGrant:
    """A fund for a group that a person stands for."""
    return replace(stipend(participant), benefit="group", owner_kind=OwnerKind.GROUP, owner_name=name)


def award(house: House, command: AwardGrant) -> str:
    with house.work("manager") as work:
        return award_grant(work, command).number


def refused(house: House, command: AwardGrant) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        award(house, command)
    return caught.value.codes


def moved(house: House, leaver: Home, into: Home) -> Home:
    """The head of a household, heading another one by now."""
    with house.work("field") as work:
        for left in (leaver, into):
            end_membership(work, EndMembership(key=key(), household=left.household, participant=left.head))
        joining = AddMember(
            key=key(), household=into.household, relationship=Relationship.HEAD, participant=leaver.head
        )
        add_member(work, joining)
    return Home(into.household, leaver.head)


def test_who_moves_to_another_household_takes_the_seed_grant_along(house: House) -> None:
    prepared(house)
    first = home(house)
    awarded(house, first)
    second = moved(house, first, home(house))

    assert refused(house, referring(second)) == ("one_per_household_and_period",)


def test_a_household_whose_former_member_took_the_grant_along_still_had_it(house: House) -> None:
    prepared(house)
    first = home(house)
    awarded(house, first)
    moved(house, first, home(house))
    with house.work("field") as work:
        heading = AddMember(
            key=key(),
            household=first.household,
            relationship=Relationship.HEAD,
            person=person(identity()),
            participates=True,
        )
        added = add_member(work, heading)
    participating(house, added.participant, "enrolled")

    assert refused(house, referring(first)) == ("one_per_household_and_period",)


def test_a_benefit_of_persons_does_not_stand_beside_the_households_for_one_purpose(house: House) -> None:
    prepared(house)
    given(house, "stipend", BenefitUnit.PERSON)
    owner = home(house)
    transferred(house, owner)

    assert refused(house, stipend(owner.head)) == ("double_support",)


def test_a_benefit_of_households_does_not_stand_beside_a_members_for_one_purpose(house: House) -> None:
    prepared(house)
    given(house, "stipend", BenefitUnit.PERSON)
    first = home(house)
    award(house, stipend(first.head))
    second = moved(house, first, home(house))

    with pytest.raises(Refused) as caught:
        transferred(house, second)

    assert caught.value.codes == ("double_support",)


def test_each_member_of_a_household_may_own_a_benefit_of_persons(house: House) -> None:
    prepared(house)
    given(house, "stipend", BenefitUnit.PERSON)
    daughter = child(person(identity("Inés", "Prueba"), sex=Sex.FEMALE))
    found = register(house, head(), replace(daughter, participates=True))
    for member in found.members:
        participating(house, member.participant, "enrolled")
    numbers = [award(house, stipend(member.participant)) for member in found.members]

    assert numbers == ["ST-2026-0001", "ST-2026-0002"]


def test_a_transfer_of_another_payer_counts_for_every_member(house: House) -> None:
    prepared(house)
    given(house, "stipend", BenefitUnit.PERSON)
    owner = home(house)
    supported(house, owner.household, "consumption")

    assert refused(house, stipend(owner.head)) == ("double_support",)


def test_a_purpose_is_the_same_however_it_is_written(house: House) -> None:
    prepared(house)
    owner = home(house)
    supported(house, owner.household, "Consumptión ")

    with pytest.raises(Refused) as caught:
        transferred(house, owner)

    assert caught.value.codes == ("double_support",)


def test_a_group_is_known_by_its_name_and_by_who_stands_for_it(house: House) -> None:
    prepared(house)
    given(house, "group", BenefitUnit.GROUP)
    ana, rosa, third = home(house).head, home(house).head, home(house).head
    award(house, grouped("Asociación El Ejemplo", ana))

    assert refused(house, grouped("ASOCIACION EL EJEMPLO", rosa)) == ("double_support",)
    assert refused(house, grouped("Cooperativa Otra", ana)) == ("double_support",)
    assert award(house, grouped("Cooperativa Otra", third)) == "ST-2026-0002"
