"""Opening sealed sheets for those who may see them: names for papers, a sheet to correct, an account to pay.

A restricted person is opened for named roles only; everybody else gets the number. An
erased person has the number left.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import text_of_encoded
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries.access import sees_restricted
from seedfund.people.queries.records import ParticipantRow, participant_by_number
from seedfund.people.rules import DocumentKind, Identity
from seedfund.people.tables import IdentityDocument, IdentitySheet, Participant, PayoutAccount
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Query
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class PersonName:
    """How a person is printed: the names where the actor may see them, else the number alone."""

    participant_id: Key
    number: str
    printed: Secret
    is_hidden: bool
    is_erased: bool


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document of a person; the number is None for the kind `none`."""

    id: Key
    kind: DocumentKind
    country: str
    number: Secret | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """What a bank file needs of a payout account."""

    id: Key
    participant_id: Key
    method: str
    institution: str
    number: Secret
    holder: Secret | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    participant_id: Key
    number: str
    is_restricted: bool
    is_erased: bool
    row: Key | None
    content: bytes | None


def latest_sheet() -> Any:
    """The condition that joins a person with the last version of their sheet."""
    newer = sa.select(sa.func.max(col(IdentitySheet.version))).where(
        col(IdentitySheet.participant_id) == col(Participant.id)
    )
    return sa.and_(
        col(IdentitySheet.participant_id) == col(Participant.id),
        col(IdentitySheet.version) == newer.correlate(Participant).scalar_subquery(),
    )


SHEETS: Final = Query(
    lambda key, number, restricted, erased_at, row, content: _Sheet(
        key, number, restricted, erased_at is not None, row, content
    ),
    lambda: (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(Participant.is_restricted),
            col(Participant.erased_at),
            col(IdentitySheet.id),
            col(IdentitySheet.content),
        )
        .select_from(Participant)
        .outerjoin(IdentitySheet, latest_sheet())
        .where(
            col(Participant.id).in_(sa.bindparam("ids", expanding=True)),
            col(Participant.programme_id) == sa.bindparam("programme"),
        )
        .order_by(col(Participant.number))
    ),
)
DOCUMENTS: Final = Query(
    lambda key, kind, country, number, warnings: (key, DocumentKind(kind), country, number, warnings),
    lambda: (
        sa.select(
            col(IdentityDocument.id),
            col(IdentityDocument.kind),
            col(IdentityDocument.country),
            col(IdentityDocument.number),
            col(IdentityDocument.warnings),
        )
        .where(col(IdentityDocument.participant_id) == sa.bindparam("participant"))
        .order_by(col(IdentityDocument.recorded_at), col(IdentityDocument.id))
    ),
)
ACCOUNTS: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(PayoutAccount.id),
            col(PayoutAccount.participant_id),
            col(PayoutAccount.method),
            col(PayoutAccount.institution),
            col(PayoutAccount.number),
            col(PayoutAccount.holder),
            col(Participant.number),
            col(Participant.is_restricted),
        )
        .join(Participant, col(Participant.id) == col(PayoutAccount.participant_id))
        .where(
            col(PayoutAccount.id).in_(sa.bindparam("ids", expanding=True)),
            col(Participant.programme_id) == sa.bindparam("programme"),
        )
    ),
)


def sheet_place(row: Key) -> Place:
    """Where a version of a sheet is sealed."""
    return Place("sf_identity_sheet", row, "content")


def document_place(row: Key) -> Place:
    """Where a document's number is sealed."""
    return Place("sf_identity_document", row, "number")


def account_place(row: Key, column: str) -> Place:
    """Where an account's number or holder is sealed."""
    return Place("sf_payout_account", row, column)


def sheet_text(identity: Identity) -> Secret:
    """A sheet as it is sealed."""
    content = {
        name: [part.reveal() for part in value] if isinstance(value, tuple) else value.reveal()
        for name in Identity.__dataclass_fields__
        if (value := getattr(identity, name))
    }
    return Secret(text_of_encoded(content))


def read_sheet(text: Secret) -> Identity:
    """A sheet back from its text."""
    return decode(Identity, json.loads(text.reveal()))


def names_of(work: Work, participant_ids: Sequence[Key]) -> dict[Key, PersonName]:
    """How these people are printed, by id; one of another programme has no entry.

    Raises:
        NotAllowed: the actor is none of the programme's.
        Corrupt: a sealed sheet does not open in its place.
    """
    sees_all = sees_restricted(work)
    wanted = list(dict.fromkeys(participant_ids))
    reader = work.reader()
    sheets = reader.among(SHEETS, "ids", wanted, programme=work.programme.id)
    opened = [sheet.participant_id for sheet in sheets if sees_all or not sheet.is_restricted]
    vaults = open_vaults(reader, work, opened)
    return {sheet.participant_id: _name(sheet, vaults, sees_all) for sheet in sheets}


def identity_of(work: Work, number: str) -> Identity:
    """The identity sheet of a person, to show or to correct.

    Raises:
        NotFound: there is no such person, or the identity was erased.
        NotAllowed: the actor is none of the programme's, or the person is restricted.
        Corrupt: the sealed sheet does not open in its place.
    """
    person = open_person(work, number)
    reader = work.reader()
    sheets = reader.among(SHEETS, "ids", [person.id], programme=work.programme.id)
    vault = open_vaults(reader, work, [person.id]).get(person.id)
    if not sheets or sheets[0].row is None or sheets[0].content is None or vault is None:
        raise NotFound(what="identity sheet of", which=number)
    return read_sheet(vault.open(sheets[0].content, sheet_place(sheets[0].row)))


def documents_of(work: Work, number: str) -> list[DocumentShown]:
    """The identity documents of a person, oldest first; an erased person's numbers are gone, and so is the list.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the actor is none of the programme's, or the person is restricted.
        Corrupt: a sealed number does not open in its place.
    """
    person = open_person(work, number)
    reader = work.reader()
    vault = open_vaults(reader, work, [person.id]).get(person.id)
    if vault is None:
        return []
    return [
        DocumentShown(
            key,
            kind,
            country,
            vault.open(blob, document_place(key)) if blob is not None else None,
            tuple(code for code, _ in json.loads(warnings)),
        )
        for key, kind, country, blob, warnings in reader.all(DOCUMENTS, participant=person.id)
    ]


def open_accounts(work: Work, account_ids: Sequence[Key]) -> dict[Key, AccountOpened]:
    """Numbers and holders of payout accounts, for a bank file; erased people's are left out.

    Raises:
        NotAllowed: the actor is none of the programme's, or one of the people is restricted.
        Corrupt: a sealed value does not open in its place.
    """
    sees_all = sees_restricted(work)
    reader = work.reader()
    rows = reader.among(ACCOUNTS, "ids", list(dict.fromkeys(account_ids)), programme=work.programme.id)
    hidden = [row[6] for row in rows if row[7] and not sees_all]
    if hidden:
        raise NotAllowed(_restricted(hidden[0]))
    vaults = open_vaults(reader, work, [Key(row[1]) for row in rows])
    return {row[0]: _opened(row, vaults[row[1]]) for row in rows if row[1] in vaults}


def open_person(work: Work, number: str) -> ParticipantRow:
    """The person of a number, if the actor may see them.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the actor is none of the programme's, or the person is restricted.
    """
    sees_all = sees_restricted(work)
    person = participant_by_number(work.reader(), work.programme.id, number)
    if person.is_restricted and not sees_all:
        raise NotAllowed(_restricted(person.number))
    return person


def _restricted(number: str) -> str:
    return f"{number} is restricted; ask the protection officer or the director."


def _opened(row: tuple[Any, ...], vault: Vault) -> AccountOpened:
    key, participant, method, institution, number, holder = row[:6]
    return AccountOpened(
        key,
        participant,
        method,
        institution,
        vault.open(number, account_place(key, "number")),
        vault.open(holder, account_place(key, "holder")) if holder is not None else None,
    )


def _name(sheet: _Sheet, vaults: dict[Key, Vault], sees_all: bool) -> PersonName:
    vault = vaults.get(sheet.participant_id)
    is_hidden = sheet.is_restricted and not sees_all
    printed = Secret(sheet.number)
    if vault is not None and not is_hidden and sheet.row is not None and sheet.content is not None:
        printed = read_sheet(vault.open(sheet.content, sheet_place(sheet.row))).printed
    return PersonName(sheet.participant_id, sheet.number, printed, is_hidden, sheet.is_erased)
