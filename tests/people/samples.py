"""Fictional people for tests: households, documents, accounts, as short as a test wants them."""

from datetime import date
from itertools import count

from seedfund.kernel.secret import Secret
from seedfund.people.rules import (
    AgeSource,
    Birth,
    DocumentEntry,
    DocumentKind,
    Identity,
    PayoutMethod,
    PopulationGroup,
    Relationship,
    Sex,
)
from seedfund.people.service import (
    HouseholdRegistered,
    MemberEntry,
    PayoutAccountProposed,
    PersonEntry,
    ProposePayoutAccount,
    RegisterHousehold,
    propose_payout_account,
    register_household,
)
from tests.support.programme import House

BORN = Birth(AgeSource.DECLARED, born_on=date(1990, 5, 17))
KEYS = count(1)


def key() -> str:
    """A fresh command key."""
    return f"people-{next(KEYS)}"


def identity(given: str = "Rosa Elvira", family: str = "Prueba Cuasi", *phones: str) -> Identity:
    return Identity(
        given_names=Secret(given),
        family_names=Secret(family),
        phones=tuple(Secret(phone) for phone in phones),
    )


def document(
    number: str, kind: DocumentKind = DocumentKind.NATIONAL_ID, country: str = "EC"
) -> DocumentEntry:
    return DocumentEntry(kind=kind, country=country, number=Secret(number))


def person(
    identity_sheet: Identity | None = None,
    *documents: DocumentEntry,
    group: PopulationGroup = PopulationGroup.REFUGEE,
    sex: Sex = Sex.FEMALE,
    birth: Birth | None = BORN,
    is_restricted: bool = False,
) -> PersonEntry:
    return PersonEntry(
        identity=identity_sheet or identity(),
        sex=sex,
        population_group=group,
        birth=birth,
        documents=documents,
        is_restricted=is_restricted,
    )


def head(entry: PersonEntry | None = None) -> MemberEntry:
    return MemberEntry(person=entry or person(), relationship=Relationship.HEAD, participates=True)


def child(entry: PersonEntry, relationship: Relationship = Relationship.CHILD) -> MemberEntry:
    return MemberEntry(person=entry, relationship=relationship, is_dependant=True)


def registering(*members: MemberEntry) -> RegisterHousehold:
    return RegisterHousehold(
        key=key(), country="EC", locality="EC0401", community="San Ejemplo", members=members or (head(),)
    )


def register(house: House, *members: MemberEntry, actor: str = "field") -> HouseholdRegistered:
    with house.work(actor) as work:
        return register_household(work, registering(*members))


def propose(house: House, participant: str, number: str, actor: str = "field") -> PayoutAccountProposed:
    command = ProposePayoutAccount(
        key=key(),
        participant=participant,
        method=PayoutMethod.BANK,
        institution="Banco Ejemplo",
        number=Secret(number),
    )
    with house.work(actor) as work:
        return propose_payout_account(work, command)
