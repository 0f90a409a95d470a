"""Which fields of people are filled: of their sheets, and that a document or a verified account is there. No values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.ids import Key
from seedfund.people.rules import PersonField
from seedfund.people.tables import IdentityDocument, IdentitySheet, PayoutAccount
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader


def _rows() -> Any:
    """Which fields the versions of each sheet fill; before them (as 0) that a document or verified account is there."""
    ids: Any = sa.bindparam("ids", expanding=True)
    with_document, with_account = col(IdentityDocument.participant_id), col(PayoutAccount.participant_id)
    is_verified = col(PayoutAccount.state) == "verified"
    return sa.union_all(
        sa.select(with_document, sa.literal_column("0"), _only(PersonField.IDENTITY_DOCUMENT))
        .where(with_document.in_(ids))
        .distinct(),
        sa.select(with_account, sa.literal_column("0"), _only(PersonField.PAYEE))
        .where(with_account.in_(ids), is_verified)
        .distinct(),
        sa.select(
            col(IdentitySheet.participant_id), col(IdentitySheet.version), col(IdentitySheet.filled)
        ).where(col(IdentitySheet.participant_id).in_(ids)),
    ).order_by(sa.literal_column("2"))


def _only(field: PersonField) -> Any:
    return sa.literal_column(f"'{filled_text([field])}'")


def filled_text(filled: Iterable[PersonField]) -> str:
    """Which fields a sheet fills, as it is stored beside it."""
    return _filled_text(frozenset(filled))


@lru_cache(maxsize=256)
def _filled_text(filled: frozenset[PersonField]) -> str:
    return canonical_text(sorted(field.value for field in filled))


FILLED: Final = Query(
    lambda participant, version, filled: (Key(participant), int(version), str(filled)), _rows
)


def filled_fields(reader: Reader, ids: Sequence[Key]) -> dict[Key, frozenset[PersonField]]:
    """The fields that are filled of each person; of a sheet the last version counts."""
    beside: dict[Key, frozenset[PersonField]] = defaultdict(frozenset)
    found: dict[Key, frozenset[PersonField]] = defaultdict(frozenset)
    for participant, version, filled in reader.among(FILLED, "ids", ids):
        if version:
            found[participant] = beside[participant] | _fields_in(filled)
        else:
            beside[participant] |= _fields_in(filled)
            found[participant] = beside[participant]
    return found


@lru_cache(maxsize=256)
def _fields_in(filled: str) -> frozenset[PersonField]:
    """Which fields a sheet fills; of thousands of sheets few differ in it."""
    return frozenset(PersonField(word) for word in parse_document(filled))
