"""Who is restricted, by key: for areas that must not tell others about them. Reads only."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.tables import HouseholdMember, Participant
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

_HOUSEHOLDS: Final = Query(
    Key,
    lambda: (
        sa.select(col(HouseholdMember.household_id))
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
            col(HouseholdMember.until_day).is_(None),
        )
        .distinct()
        .order_by(col(HouseholdMember.household_id))
    ),
)


def restricted_people(reader: Reader, programme: Key) -> list[Key]:
    """The keys of the restricted people of a programme."""
    return reader.all(_RESTRICTED, programme=programme)


def households_of_restricted(reader: Reader, programme: Key) -> frozenset[Key]:
    """The keys of the households somebody restricted lives in now: where those are is not told to others."""
    return frozenset(reader.all(_HOUSEHOLDS, programme=programme))
