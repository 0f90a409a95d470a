"""Whether a key ring is the one that a database was sealed under. Reads only; must not know who asks.

Nothing is lost by the ring of another database until something is written under it: names sealed with it cannot be read
with the right one, and a duplicate is not known again. So it is asked before work begins.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from seedfund.kernel.errors import Corrupt, NotPrepared
from seedfund.kernel.ids import Key
from seedfund.store.hooks import read_connection
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.sealing.vault import unwrap_key
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import DataKey

TRIED: Final = 5
"""How many data keys are tried: one that was damaged must not make the right ring look wrong."""
SEALED_LAST: Final = Query(
    lambda subject, ring_key, wrapped: (Key(subject), str(ring_key), bytes(wrapped)),
    lambda: (
        sa.select(col(DataKey.subject_id), col(DataKey.ring_key), col(DataKey.wrapped))
        .order_by(col(DataKey.subject_id).desc())
        .limit(TRIED)
    ),
)


def is_ring_of(engine: sa.Engine, ring: KeyRing) -> bool:
    """Whether the ring opens what was sealed last; a database in which nothing is sealed yet takes any ring."""
    with Session(engine) as session:
        found = Reader(read_connection(session)).all(SEALED_LAST)
    return not found or any(_opens(ring, *one) for one in found)


def _opens(ring: KeyRing, subject: Key, ring_key: str, wrapped: bytes) -> bool:
    try:
        unwrap_key(ring, ring_key, wrapped, subject)
    except (Corrupt, NotPrepared, ValueError):
        return False
    return True
