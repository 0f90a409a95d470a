"""Places of households in selections, as the area that selects wrote them down here. Reads only."""

from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.words import PLACES, EvidenceKind
from seedfund.grants.tables.tranches import Evidence
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader

_OTHER: Final = Query(
    lambda topic, value: (str(topic), int(value or 0)),
    lambda: (
        sa.select(col(Evidence.topic), col(Evidence.value))
        .where(
            col(Evidence.household_id) == sa.bindparam("household"),
            col(Evidence.kind) == EvidenceKind.OTHER.value,
            col(Evidence.is_irregular).is_(False),
            col(Evidence.observed_on) <= sa.bindparam("day", type_=sa.Date),
        )
        .order_by(col(Evidence.recorded_at), col(Evidence.number))
    ),
)


def places_held(reader: Reader, household: Key, day: date) -> tuple[str, ...]:
    """The selections in which a household holds a place on a day: what was written last of each tells."""
    last = dict(reader.all(_OTHER, household=household, day=day))
    return tuple(
        topic.removeprefix(PLACES) for topic, value in last.items() if topic.startswith(PLACES) and value > 0
    )
