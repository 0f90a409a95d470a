"""Registering households and the people in them; joining, leaving, changing.

Few fields at the door: a name or alias, sex, birth, group, place and household are asked; the rest when a step needs
it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.people.rules import (
    HOUSEHOLD_STATES,
    MEMBER_FIELD_NEEDED,
    Birth,
    DocumentEntry,
    Identity,
    LegalStatus,
    Member,
    PersonField,
    PopulationGroup,
    Relationship,
    Sex,
    Step,
    WashingtonGroup,
    age_range,
    check_household,
    disability,
    fields_needed,
    household_warnings,
    plain_text,
)
from seedfund.people.service.duplicates import DuplicateFound, flag_duplicates
from seedfund.people.service.identity import REGISTRARS, write_document, write_sheet
from seedfund.people.service.participation import begin_participation
from seedfund.people.tables import Household, HouseholdMember, Participant
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

COMMUNITY_MAX: Final = 120
LOCALITY_MAX: Final = 30
PHASE_MAX: Final = 60


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    """A person as registered; countries are two letters (ISO 3166), languages their code, such as es or qu.

    `washington_group` with no answers records that the questions were not asked; None leaves the field open.
    """

    identity: Identity
    sex: Sex
    population_group: PopulationGroup
    birth: Birth | None = None
    nationality: str | None = None
    legal_status: LegalStatus | None = None
    language: str | None = None
    washington_group: WashingtonGroup | None = None
    documents: tuple[DocumentEntry, ...] = ()
    is_restricted: bool = False


@dataclass(frozen=True, kw_only=True)
class MemberEntry:
    """A person as a member; `participates` records them as identified for the programme."""

    person: PersonEntry
    relationship: Relationship
    is_dependant: bool = False
    participates: bool = False


@dataclass(frozen=True, kw_only=True)
class HouseholdEntry:
    """A household with its members, one of them the head.

    `country` (ISO 3166, two letters) is where it lives and whose phone numbers need no prefix; `locality` is the code
    of the place.
    """

    country: str
    locality: str
    members: tuple[MemberEntry, ...]
    community: str = ""
    phase: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterHousehold(Command, HouseholdEntry):
    """Register a household."""


@dataclass(frozen=True, kw_only=True)
class MemberRegistered:
    """A person's number and key, and what to look at again."""

    participant: str
    participant_id: Key
    warnings: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class HouseholdRegistered:
    """The household's number and key, its members in the order given, and the households that share something."""

    household: str
    household_id: Key
    members: tuple[MemberRegistered, ...]
    warnings: tuple[Refusal, ...]
    duplicates: tuple[DuplicateFound, ...]


@verb("people.register_household", roles=REGISTRARS)
def register_household(unit: Unit, command: RegisterHousehold) -> HouseholdRegistered:
    """Register a household with its members, their sheets and documents; duplicates are flagged at once.

    Raises:
        InvalidInput: a country is no two letters, a birth does not fit, or a document's number is none.
        Refused: `household_empty`, `household_member_twice`, `household_without_head`,
            `household_with_several_heads`, `head_is_dependant`, `member_field_needed`.
    """
    warnings = check_entry(command, unit.occurred_on)
    key = write_household(unit, command, number := unit.human_number("HH"))
    registered = tuple(write_member(unit, key, entry, region=command.country) for entry in command.members)
    unit.created("sf_household", number, {"members": [member.participant for member in registered]})
    return HouseholdRegistered(
        household=number,
        household_id=key,
        members=registered,
        warnings=warnings,
        duplicates=flagged(unit, registered),
    )


def check_entry(entry: HouseholdEntry, on: date) -> tuple[Refusal, ...]:
    """Look at a household before anything is written; what is to be looked at again.

    Raises:
        InvalidInput: a country is no two letters, a text is too long, or a birth does not fit.
        Refused: as `register_household`.
    """
    check_countries(entry.country, entry.members)
    members = [_member(str(index), one) for index, one in enumerate(entry.members)]
    refuse([*check_household(members), *missing(entry.locality, entry.members)])
    _texts(entry)
    for one in entry.members:
        _language(one.person)
        if one.person.birth is not None:
            age_range(one.person.birth, on)
    return household_warnings(members, on)


def _texts(entry: HouseholdEntry) -> dict[str, str]:
    return {
        "community": plain_text(entry.community, field="community", most=COMMUNITY_MAX),
        "locality": plain_text(entry.locality, field="locality", most=LOCALITY_MAX),
        "phase": plain_text(entry.phase, field="phase", most=PHASE_MAX),
    }


def _language(person: PersonEntry) -> str | None:
    return plain_text(person.language, field="language", most=8) if person.language else None


def write_household(unit: Unit, entry: HouseholdEntry, number: str) -> Key:
    """Write the row of a new household."""
    key = unit.key()
    unit.insert(
        Household,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        country=entry.country,
        **_texts(entry),
        state=HOUSEHOLD_STATES.start,
        registered_on=unit.occurred_on,
        registered_by=unit.actor.id,
    )
    return key


def _member(person: str, entry: MemberEntry) -> Member:
    about = entry.person
    return Member(
        person, entry.relationship, about.sex, about.birth, about.population_group, entry.is_dependant
    )


def missing(locality: str, members: tuple[MemberEntry, ...]) -> list[Refusal]:
    """Which fields these people lack to be registered, member by member, each counted from one."""
    filled = {PersonField.HOUSEHOLD, PersonField.SEX, PersonField.POPULATION_GROUP}
    filled |= {PersonField.PLACE} if locality.strip() else set()
    own = [field for field in fields_needed(Step.REGISTER) if field not in filled]
    return [
        MEMBER_FIELD_NEEDED(position=position, field=field.value)
        for position, entry in enumerate(members, start=1)
        for field in own
        if not _fills(entry.person, field)
    ]


def _fills(person: PersonEntry, field: PersonField) -> bool:
    return person.birth is not None if field is PersonField.BIRTH else field in person.identity.filled


def check_countries(country: str, members: tuple[MemberEntry, ...]) -> None:
    """Look at every country code of a household and its members.

    Raises:
        InvalidInput: one is no two capital letters.
    """
    check_country(country, field="country")
    for entry in members:
        if entry.person.nationality is not None:
            check_country(entry.person.nationality, field="nationality")
        for document in entry.person.documents:
            if document.country:
                check_country(document.country, field="document.country")


def check_country(code: str, *, field: str) -> None:
    """Look at one country code.

    Raises:
        InvalidInput: it is no two capital letters.
    """
    if not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
        raise InvalidInput(
            field=field,
            problem="it is no country code of two capital letters",
            remedy="write it as in ISO 3166, for example EC",
        )


def write_member(unit: Unit, household: Key, entry: MemberEntry, *, region: str) -> MemberRegistered:
    """Write a new person with sheet, documents and membership."""
    person = entry.person
    number = unit.human_number("PT")
    key = write_participant(unit, person, number)
    unit.new_vault(key)
    warnings = write_sheet(unit, key, person.identity, region=region)
    for document in person.documents:
        warnings += write_document(unit, key, document)
    take_in(unit, key, number, household=household, entry=entry)
    return MemberRegistered(participant=number, participant_id=key, warnings=warnings)


def take_in(unit: Unit, participant: Key, number: str, *, household: Key, entry: MemberEntry) -> None:
    """Make a new person a member of a household, and identified for the programme where the entry says so."""
    write_membership(
        unit,
        household=household,
        participant=participant,
        relationship=entry.relationship,
        is_dependant=entry.is_dependant,
    )
    if entry.participates:
        begin_participation(unit, participant, number)


def write_participant(unit: Unit, person: PersonEntry, number: str) -> Key:
    """Write the row of a new person.

    Raises:
        InvalidInput: the birth does not fit the command's day.
    """
    birth, answers = person.birth, person.washington_group
    if birth is not None:
        age_range(birth, unit.occurred_on)
    key = unit.key()
    unit.insert(
        Participant,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        sex=person.sex.value,
        **birth_values(birth),
        population_group=person.population_group.value,
        nationality=person.nationality,
        legal_status=person.legal_status.value if person.legal_status else None,
        language=_language(person),
        disability=disability(answers).value if answers else None,
        disability_answers=canonical_text(encode(answers, [])) if answers else None,
        is_restricted=person.is_restricted,
        registered_on=unit.occurred_on,
        registered_by=unit.actor.id,
        erased_at=None,
        erasure_ground=None,
    )
    return key


def birth_values(birth: Birth | None) -> dict[str, Any]:
    """The columns of a birth."""
    return {
        "age_source": birth.source.value if birth else None,
        "birth_date": birth.born_on if birth else None,
        "birth_year": birth.born_in if birth else None,
        "birth_age": birth.age if birth else None,
        "birth_asked_on": birth.asked_on if birth else None,
    }


def write_membership(
    unit: Unit, *, household: Key, participant: Key, relationship: Relationship, is_dependant: bool
) -> None:
    """Write a membership from the command's day on."""
    unit.insert(
        HouseholdMember,
        id=unit.key(),
        household_id=household,
        participant_id=participant,
        relationship=relationship.value,
        is_dependant=is_dependant,
        from_day=unit.occurred_on,
        until_day=None,
    )


def flagged(unit: Unit, members: tuple[MemberRegistered, ...]) -> tuple[DuplicateFound, ...]:
    """Flag what these people share with other households."""
    return tuple(flag for member in members for flag in flag_duplicates(unit, member.participant_id))
