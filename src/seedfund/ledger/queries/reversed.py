"""Which entries were reversed, and which grants an entry moved. Reads only."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.locked import ENTRY_BY_NUMBER, EntryHead
from seedfund.ledger.tables import Account, Entry, Transfer
from seedfund.store.statements import Query, Reader

_REVERSALS: Final = Query(
    lambda entry, number: (Key(entry), str(number)),
    lambda: sa.select(col(Entry.reverses), col(Entry.number)).where(
        col(Entry.reverses).in_(sa.bindparam("entries", expanding=True))
    ),
)
_GRANTS: Final = Query(
    Key,
    lambda: (
        sa.select(col(Account.grant_id))
        .join(
            Transfer,
            sa.or_(col(Transfer.debit_id) == col(Account.id), col(Transfer.credit_id) == col(Account.id)),
        )
        .where(col(Transfer.entry_id) == sa.bindparam("entry"), col(Account.grant_id).is_not(None))
        .distinct()
        .order_by(col(Account.grant_id))
    ),
)


def reversals_of(reader: Reader, entry_ids: Sequence[Key]) -> dict[Key, str]:
    """The number of the entry that reversed each of these; those that stand are left out."""
    return dict(reader.among(_REVERSALS, "entries", list(dict.fromkeys(entry_ids))))


def entry_by_number(reader: Reader, programme: Key, number: str) -> EntryHead:
    """The head of the entry of a number.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(ENTRY_BY_NUMBER, programme=programme, number=number)
    if found is None:
        raise NotFound(what="entry", which=number)
    return found


def grants_of_entry(reader: Reader, entry_id: Key) -> list[Key]:
    """The grants whose money an entry moved."""
    return reader.all(_GRANTS, entry=entry_id)
