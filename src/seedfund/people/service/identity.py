"""Writing identity: sealed sheets in versions, documents, and the digests by which a person is found.

`write_…` functions run inside another verb's unit; `correct_identity` and `record_document` are verbs of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import NotAllowed, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries.filled import filled_text
from seedfund.people.queries.names import document_place, sheet_place, sheet_text
from seedfund.people.queries.records import (
    SHEET_VERSION,
    ParticipantRow,
    last_household,
    participant_by_number,
)
from seedfund.people.rules import (
    NAME_HAS_HIDDEN_MARKS,
    PERSON_ERASED,
    SEE_RESTRICTED,
    DocumentEntry,
    DocumentKind,
    Identity,
    IdentityDocument,
    document_warnings,
    has_check_digit,
    normal_number,
    normal_phone,
    number_key,
    phone_keys,
)
from seedfund.people.service.duplicates import DuplicateFound, flag_duplicates
from seedfund.people.service.leading import require_leading
from seedfund.people.tables import IdentityDocument as IdentityDocumentRow
from seedfund.people.tables import IdentityIndex, IdentitySheet
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

REGISTRARS: Final = (
    Role.FIELD_OFFICER,
    Role.COACH,
    Role.ECONOMIC_INCLUSION_EXPERT,
    Role.PROGRAMME_MANAGER,
    Role.PROTECTION_OFFICER,
    Role.DIRECTOR,
)
"""Who meets people and writes down what they say."""

_FORGET: Final = Write(
    lambda: sa.delete(IdentityIndex).where(
        col(IdentityIndex.participant_id) == sa.bindparam("participant"),
        col(IdentityIndex.kind).in_(("name", "phone")),
    )
)
_INDEXED: Final = Query(
    str,
    lambda: sa.select(col(IdentityIndex.digest)).where(
        col(IdentityIndex.participant_id) == sa.bindparam("participant"),
        col(IdentityIndex.kind) == sa.bindparam("kind"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class CorrectIdentity(Command):
    """A person's whole identity as it should read from now on; the versions before stay, sealed."""

    participant: str
    identity: Identity


@dataclass(frozen=True, kw_only=True)
class IdentityCorrected:
    """The person, the sheet's new version, and what to look at again."""

    participant: str
    version: int
    warnings: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class RecordDocument(Command):
    """A document a person showed, or the kind `none` after asking."""

    participant: str
    document: DocumentEntry


@dataclass(frozen=True, kw_only=True)
class DocumentRecorded:
    """The person, what is unusual about the number, and the other households that have it."""

    participant: str
    warnings: tuple[Refusal, ...]
    duplicates: tuple[DuplicateFound, ...]


@verb("people.correct_identity", roles=REGISTRARS)
def correct_identity(unit: Unit, command: CorrectIdentity) -> IdentityCorrected:
    """Append a version of the identity sheet; phones that look wrong are warned about, never refused.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted.
        Refused: `person_erased`.
    """
    person = require_person(unit, command.participant)
    warnings = write_sheet(unit, person.id, command.identity, region=_region(unit, person.id))
    version = unit.one(SHEET_VERSION, participant=person.id)
    unit.changed("sf_identity_sheet", person.number, {"version": version - 1}, {"version": version})
    return IdentityCorrected(participant=person.number, version=version, warnings=warnings)


@verb("people.record_document", roles=REGISTRARS)
def record_document(unit: Unit, command: RecordDocument) -> DocumentRecorded:
    """Record a document; an unusual number is warned about, the same one in another household is flagged.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted.
        InvalidInput: the number holds no digit, or a spreadsheet has spoiled it.
        Refused: `person_erased`.
    """
    person = require_person(unit, command.participant)
    warnings = write_document(unit, person.id, command.document)
    unit.created("sf_identity_document", person.number, {"kind": command.document.kind})
    return DocumentRecorded(
        participant=person.number, warnings=warnings, duplicates=flag_duplicates(unit, person.id)
    )


def require_person(unit: Unit, number: str, *, goes_on: bool = False) -> ParticipantRow:
    """The person of a number whose identity is about to be touched; `goes_on` as `require_living` says.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `person_merged`.
    """
    person = require_living(unit, number, goes_on=goes_on)
    if person.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed(f"{person.number} is restricted; ask the protection officer or the director.")
    return person


def require_living(unit: Unit, number: str, *, goes_on: bool = False) -> ParticipantRow:
    """The person of a number, whose identity was not erased; nothing of it is touched.

    Nothing new begins under a number that another leads; what began under it before `goes_on` there.

    Raises:
        NotFound: there is no such person.
        Refused: `person_erased`, `person_merged`.
    """
    person = participant_by_number(unit, unit.programme.id, number)
    if person.is_erased:
        refuse([PERSON_ERASED(participant=person.number)])
    if not goes_on:
        require_leading(unit, person.id)
    return person


def write_sheet(
    unit: Unit, participant: Key, identity: Identity, *, region: str, is_first: bool = False
) -> tuple[Refusal, ...]:
    """Seal the next version of a sheet and index its names and phones; returns what to look at again.

    With `is_first` nothing is looked up: the person is being registered.
    """
    unit.owns(participant, *identity.secrets)
    row = unit.key()
    unit.insert(
        IdentitySheet,
        id=row,
        participant_id=participant,
        version=1 if is_first else unit.one(SHEET_VERSION, participant=participant) + 1,
        content=unit.vault(participant).seal(sheet_text(identity), sheet_place(row)),
        filled=filled_text(identity.filled),
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    phones = [normal_phone(phone.reveal(), region) for phone in identity.phones]
    if not is_first:
        unit.execute(_FORGET, participant=participant)
    write_index(unit, participant, "name", identity.name_keys, is_first=is_first)
    keys = [key for phone in phones for key in phone_keys(phone)]
    write_index(unit, participant, "phone", keys, is_first=is_first)
    hidden = (NAME_HAS_HIDDEN_MARKS(),) if identity.has_hidden_marks else ()
    return (*hidden, *(warning for phone in phones for warning in phone.warnings))


def write_document(
    unit: Unit, participant: Key, document: DocumentEntry, *, is_indexed: bool = False
) -> tuple[Refusal, ...]:
    """Seal and index a document; returns what is unusual about its number. The caller flags duplicates.

    With `is_indexed` the caller has written the index of all of a person's documents.
    """
    row = unit.key()
    sealed: bytes | None = None
    warnings: tuple[Refusal, ...] = ()
    if document.number is not None:
        unit.owns(participant, document.number)
        if not is_indexed:
            write_index(unit, participant, "document", [number_key(document.number)])
        sealed = unit.vault(participant).seal(document.number, document_place(row))
        warnings = _warnings(document.kind, document.country, document.number)
    unit.insert(
        IdentityDocumentRow,
        id=row,
        participant_id=participant,
        kind=document.kind.value,
        country=document.country,
        number=sealed,
        warnings=canonical_text([[one.code, dict(one.facts)] for one in warnings]) if warnings else "[]",
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    return warnings


def write_index(
    unit: Unit, participant: Key, kind: str, keys: Iterable[Secret], *, is_first: bool = False
) -> list[str]:
    """Add the keyed digests of these keys to what a person is found by, and give back what was added.

    Those present stay; with `is_first` there are none.
    """
    present = set() if is_first else set(unit.all(_INDEXED, participant=participant, kind=kind))
    digests = sorted(unit.work.blinder.indexes(kind, keys) - present)
    unit.insert_many(
        IdentityIndex,
        [{"participant_id": participant, "kind": kind, "digest": digest} for digest in digests],
    )
    return digests


def _warnings(kind: DocumentKind, country: str, number: Secret) -> tuple[Refusal, ...]:
    if not has_check_digit(kind, country):
        return ()
    return document_warnings(IdentityDocument(kind, country, normal_number(number.reveal())))


def _region(unit: Unit, participant: Key) -> str:
    home = last_household(unit, participant)
    return home[1] if home else ""
