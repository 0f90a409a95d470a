"""A household with its members and their documents, registered in one command."""

from collections.abc import Sequence
from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused, Values
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
from seedfund.people.service import MemberEntry, PersonEntry, RegisterHousehold, register_household


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


def _washington_group(values: Values) -> WashingtonGroup | None:
    answers = {column.name: values.word(column.name, Difficulty) for column in QUESTIONS}
    if any(answers.values()) or values.has("disability_asked"):
        return WashingtonGroup(**answers)
    return None


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


def member_of(entry: Entry, documents: Sequence[Entry]) -> MemberEntry:
    """The person of a row, with the documents of further rows that are theirs."""
    values = entry.values
    own = [row for row in documents if row.values.text("member") == entry.key]
    phones = (values.secret("phone"), values.secret("phone_2"))
    person = PersonEntry(
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
        documents=_documents([entry, *own]),
        is_restricted=values.flag("is_restricted"),
    )
    return MemberEntry(
        person=person,
        relationship=values.need_word("relationship", Relationship),
        is_dependant=values.flag("is_dependant"),
        participates=values.flag("participates"),
    )


def _register(intake: Intake, group: Group) -> Numbers:
    root, members = group.root, group.of("members")
    command = RegisterHousehold(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        country=root.values.need_text("country"),
        locality=root.values.need_text("locality"),
        members=tuple(member_of(entry, group.of("documents")) for entry in members),
        community=root.values.text("community"),
        phase=root.values.text("phase"),
    )
    done = register_household(intake.work, command)
    people = {
        ("members", entry.key): registered.participant
        for entry, registered in zip(members, done.members, strict=True)
    }
    return {("households", root.key): done.household, **people}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    """A member that a refusal counts from one."""
    position, members = refusal.facts.get("position", ""), group.of("members")
    if not position.isdecimal() or not 1 <= int(position) <= len(members):
        return None
    columns = {"birth": "birth_date", "name_or_alias": "given_names"}
    return members[int(position) - 1], columns.get(refusal.facts.get("field", ""))


HOUSEHOLDS: Final = Kind(
    name="households",
    title_en="Households with their members and documents",
    title_es="Hogares con sus miembros y documentos",
    parts=(HOUSEHOLDS_PART, MEMBERS_PART, DOCUMENTS_PART),
    is_whole=False,
    carry_out=_register,
    locate=_locate,
)
