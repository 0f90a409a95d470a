"""Who lived in which household on a day that may be past: what a figure as of that day is counted over."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.tables import HouseholdMember
from seedfund.store.statements import Query, Reader

MEMBERS_ON: Final = Query(
    lambda household, participant: (Key(household), Key(participant)),
    lambda: (
        sa.select(col(HouseholdMember.household_id), col(HouseholdMember.participant_id))
        .where(
            col(HouseholdMember.household_id).in_(sa.bindparam("ids", expanding=True)),
            col(HouseholdMember.from_day) <= sa.bindparam("on_day", type_=sa.Date),
            sa.or_(
                col(HouseholdMember.until_day).is_(None),
                col(HouseholdMember.until_day) > sa.bindparam("on_day", type_=sa.Date),
            ),
        )
        .order_by(col(HouseholdMember.household_id), col(HouseholdMember.participant_id))
    ),
)


def members_on(reader: Reader, households: Sequence[Key], on: date) -> dict[Key, tuple[Key, ...]]:
    """The members of these households on a day; one without any on that day has an empty tuple."""
    found: dict[Key, list[Key]] = {household: [] for household in dict.fromkeys(households)}
    for household, person in reader.among(MEMBERS_ON, "ids", list(found), on_day=on):
        found[household].append(person)
    return {household: tuple(people) for household, people in found.items()}
