"""Who is restricted, by key: for areas that must not tell others about them. Reads only."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.tables import Participant
from seedfund.store.statements import Query, Reader

_RESTRICTED: Final = Query(
    Key,
    lambda: (
        sa.select(col(Participant.id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
        )
        .order_by(col(Participant.id))
    ),
)


def restricted_people(reader: Reader, programme: Key) -> list[Key]:
    """The keys of the restricted people of a programme."""
    return reader.all(_RESTRICTED, programme=programme)
