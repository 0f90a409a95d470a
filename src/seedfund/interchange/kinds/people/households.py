"""A household with its members and their documents, registered in one command."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Many, Numbers, RowRefused, Values
from seedfund.interchange.kinds.people.columns import (
    DOCUMENTS_PART,
    HOUSEHOLDS_PART,
    MEMBERS_PART,
    QUESTIONS,
)
from seedfund.interchange.rules.refusals import IDENTIFIER_SHORT
from seedfund.kernel.errors import Refusal
from seedfund.people.rules import (
    AgeSource,
    Birth,
    Difficulty,
    DocumentEntry,
    DocumentKind,
    Identity,
    LegalStatus,
    PopulationGroup,
    Relationship,
    Sex,
    WashingtonGroup,
)
from seedfund.people.service import (
    HouseholdEntry,
    HouseholdRegistered,
    MemberEntry,
    PersonEntry,
    RegisterHousehold,
    RegisterHouseholds,
    check_entry,
    register_household,
    register_households,
)


def _birth(values: Values) -> Birth | None:
    if not any(values.has(name) for name in ("birth_date", "birth_year", "age")):
        return None
    return Birth(
        source=values.word("age_source", AgeSource) or AgeSource.DECLARED,
        born_on=values.day("birth_date"),
        born_in=values.maybe_whole("birth_year"),
        age=values.maybe_whole("age"),
        asked_on=values.day("age_asked_on"),
    )


_ASKED: Final = (*(column.name for column in QUESTIONS), "disability_asked")


def _washington_group(values: Values) -> WashingtonGroup | None:
    if not any(values.has(name) for name in _ASKED):
        return None
    return WashingtonGroup(**{column.name: values.word(column.name, Difficulty) for column in QUESTIONS})


_DIGITS: Final = {("EC", DocumentKind.NATIONAL_ID): 10, ("EC", DocumentKind.TAX_ID): 13}
"""Of documents whose number may begin with a zero, which spreadsheets take away; others are never counted."""


def _documents(rows: Sequence[Entry]) -> tuple[DocumentEntry, ...]:
    for row in rows:
        _count_digits(row)
    return tuple(
        DocumentEntry(
            kind=row.values.need_word("document_kind", DocumentKind),
            country=row.values.text("document_country"),
            number=row.values.secret("document_number"),
        )
        for row in rows
        if row.values.has("document_kind") or row.values.has("document_number")
    )


def _count_digits(row: Entry) -> None:
    """One digit short of what such a document has, and a zero in front is lost: which, only the paper can say.

    Raises:
        RowRefused: so it is.
    """
    kind = row.values.word("document_kind", DocumentKind)
    number = row.values.secret("document_number")
    expected = _DIGITS.get((row.values.text("document_country"), kind)) if kind is not None else None
    digits = number.reveal() if number is not None else ""
    if expected is not None and digits.isdecimal() and len(digits) == expected - 1:
        refusal = IDENTIFIER_SHORT(found=len(digits), expected=expected)
        raise RowRefused(row.complaint(refusal, "document_number"))


def person_of(entry: Entry, documents: Sequence[Entry] = ()) -> PersonEntry:
    """The person of a row; `documents` are further rows with a document of theirs.

    Raises:
        InvalidInput: the birth, or a document, is none.
        RowRefused: a document's number lost a zero.
    """
    values = entry.values
    phones = (values.secret("phone"), values.secret("phone_2"))
    return PersonEntry(
        identity=Identity(
            given_names=values.secret("given_names"),
            family_names=values.secret("family_names"),
            alias=values.secret("alias"),
            phones=tuple(phone for phone in phones if phone is not None),
            address=values.secret("address"),
            safe_contact_note=values.secret("safe_contact_note"),
            notes=values.secret("notes"),
        ),
        sex=values.need_word("sex", Sex),
        population_group=values.need_word("population_group", PopulationGroup),
        birth=_birth(values),
        nationality=values.text("nationality") or None,
        legal_status=values.word("legal_status", LegalStatus),
        language=values.text("language") or None,
        washington_group=_washington_group(values),
        documents=_documents([entry, *documents]),
        is_restricted=values.flag("is_restricted"),
    )


def member_of(entry: Entry, documents: Sequence[Entry]) -> MemberEntry:
    """The person of a row as a member, with the documents of further rows that are theirs."""
    values = entry.values
    return MemberEntry(
        person=person_of(entry, documents),
        relationship=values.need_word("relationship", Relationship),
        is_dependant=values.flag("is_dependant"),
        participates=values.flag("participates"),
    )


def _entry(group: Group) -> HouseholdEntry:
    root = group.root
    documents: dict[str, list[Entry]] = {}
    for row in group.of("documents"):
        documents.setdefault(row.values.text("member"), []).append(row)
    return HouseholdEntry(
        country=root.values.need_text("country"),
        locality=root.values.need_text("locality"),
        members=tuple(member_of(entry, documents.get(entry.key, ())) for entry in group.of("members")),
        community=root.values.text("community"),
        phase=root.values.text("phase"),
    )


def _register(intake: Intake, group: Group) -> Numbers:
    entry = _entry(group)
    command = RegisterHousehold(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        **{one.name: getattr(entry, one.name) for one in fields(entry)},
    )
    return _numbers(group, register_household(intake.work, command))


def _numbers(group: Group, done: HouseholdRegistered) -> Numbers:
    people = {
        ("members", entry.key): registered.participant
        for entry, registered in zip(group.of("members"), done.members, strict=True)
    }
    return {("households", group.root.key): done.household, **people}


def _prepared(intake: Intake, group: Group) -> HouseholdEntry:
    entry = _entry(group)
    check_entry(entry, intake.occurred_on or intake.work.today())
    return entry


def _register_many(intake: Intake, groups: Sequence[tuple[Group, HouseholdEntry]]) -> list[Numbers]:
    command = RegisterHouseholds(
        key=intake.key_of_many([group for group, _ in groups]),
        occurred_on=intake.occurred_on,
        households=tuple(entry for _, entry in groups),
    )
    done = register_households(intake.work, command).households
    return [_numbers(group, one) for (group, _), one in zip(groups, done, strict=True)]


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    """A member that a refusal counts from one."""
    position, members = refusal.facts.get("position", ""), group.of("members")
    if not position.isdecimal() or not 1 <= int(position) <= len(members):
        return None
    columns = {"birth": "birth_date", "name_or_alias": "given_names"}
    return members[int(position) - 1], columns.get(refusal.facts.get("field", ""))


HOUSEHOLDS_AT_ONCE: Final = 250
"""Households a command: enough that what a command costs is nothing beside them, few enough to keep in mind."""

HOUSEHOLDS: Final = Kind(
    name="households",
    title_en="Households with their members and documents",
    title_es="Hogares con sus miembros y documentos",
    parts=(HOUSEHOLDS_PART, MEMBERS_PART, DOCUMENTS_PART),
    is_whole=False,
    carry_out=_register,
    locate=_locate,
    many=Many(most=HOUSEHOLDS_AT_ONCE, prepare=_prepared, carry_out=_register_many),
)
