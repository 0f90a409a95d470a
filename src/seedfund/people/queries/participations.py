"""How far people came in the programme, and how those who left came to leave. No names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.rules import ExitReason
from seedfund.people.tables import Participation
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class ParticipationFacts:
    """The latest participation of a person: its state, and if it ended, when and why (only leaving early has a why)."""

    state: str
    reason: ExitReason | None = None
    ended_on: date | None = None

    @property
    def died_on(self) -> date | None:
        """The day it ended by death."""
        return self.ended_on if self.reason is ExitReason.DECEASED else None


def _participation(*values: Any) -> tuple[Key, ParticipationFacts]:
    participant, state, reason, ended_on = values
    return participant, ParticipationFacts(state, ExitReason(reason) if reason else None, ended_on)


PARTICIPATIONS: Final = Query(
    _participation,
    lambda: (
        sa.select(
            col(Participation.participant_id),
            col(Participation.state),
            col(Participation.reason),
            col(Participation.ended_on),
        )
        .where(col(Participation.participant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Participation.began_on), col(Participation.id))
    ),
)


def participations_of(reader: Reader, ids: Sequence[Key]) -> dict[Key, ParticipationFacts]:
    """The latest participation of these people; who never had one is not in it."""
    return dict(reader.among(PARTICIPATIONS, "ids", list(dict.fromkeys(ids))))
