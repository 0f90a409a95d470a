"""Who has died: told as an event of a grant, or as the end of a participation. It counts for all a person's grants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.words import LifeEventKind
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import LifeEvent
from seedfund.kernel.ids import Key
from seedfund.people.queries import ParticipationFacts, participations_of
from seedfund.store.statements import Query, Reader

TOLD: Final = Query(
    lambda participant, grant, day: (Key(participant), Key(grant), day),
    lambda: (
        sa.select(col(Grant.participant_id), col(LifeEvent.grant_id), col(LifeEvent.happened_on))
        .join(Grant, col(Grant.id) == col(LifeEvent.grant_id))
        .where(
            col(Grant.participant_id).in_(sa.bindparam("ids", expanding=True)),
            col(LifeEvent.kind) == LifeEventKind.DEATH.value,
        )
        .order_by(col(LifeEvent.happened_on), col(LifeEvent.number))
    ),
)


@dataclass(frozen=True, slots=True)
class Deaths:
    """The day of death of the people who died, and the grants that were told of it and so wait for a substitute."""

    days: Mapping[Key, date]
    told: frozenset[Key]


def deaths_among(
    reader: Reader, participants: Sequence[Key], ends: Mapping[Key, ParticipationFacts] | None = None
) -> Deaths:
    """Who of these people has died; `ends` are their latest participations, read if not given."""
    ids = list(dict.fromkeys(participants))
    known = participations_of(reader, ids) if ends is None else ends
    days = {key: item.died_on for key, item in known.items() if item.died_on is not None}
    told: set[Key] = set()
    for participant, grant, day in reader.among(TOLD, "ids", ids):
        days[participant] = min(day, days.get(participant, day))
        told.add(grant)
    return Deaths(days, frozenset(told))
