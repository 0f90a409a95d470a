"""What grants had received before our books began, as far as it stands. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.history import BroughtForward, BroughtForwardTranche
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.store.statements import Query, Reader

BROUGHT_FORWARD: Final = "brought_forward"
"""The state of what was paid before our books began, beside those of payments."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A grant's history as told: the number it had outside, the day it was cut off, and the gross amounts."""

    id: Key
    grant_id: Key
    outside_number: str
    cut_off: date
    paid_minor: int
    justified_minor: int
    returned_minor: int
    entry_id: Key


@dataclass(frozen=True, slots=True)
class PaidEarlier:
    """What of a tranche was paid before our books began."""

    entry_id: Key
    grant_id: Key
    position: int
    amount_minor: int
    paid_on: date


_HISTORIES: Final = Query(
    HistoryRow,
    lambda: (
        sa.select(*(col(getattr(BroughtForward, name)) for name in HistoryRow.__slots__))
        .where(col(BroughtForward.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(BroughtForward.grant_id), col(BroughtForward.id))
    ),
)
_TRANCHES: Final = Query(
    PaidEarlier,
    lambda: (
        sa.select(
            col(BroughtForward.entry_id),
            col(BroughtForward.grant_id),
            col(BroughtForwardTranche.tranche_position),
            col(BroughtForwardTranche.amount_minor),
            col(BroughtForwardTranche.paid_on),
        )
        .join(BroughtForward, col(BroughtForward.id) == col(BroughtForwardTranche.history_id))
        .where(col(BroughtForward.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(BroughtForward.grant_id), col(BroughtForwardTranche.tranche_position))
    ),
)


def histories_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, HistoryRow]:
    """The history of each grant that was brought forward and stands."""
    rows = reader.among(_HISTORIES, "ids", list(dict.fromkeys(grant_ids)))
    undone = reversals_of(reader, [row.entry_id for row in rows]) if rows else {}
    return {row.grant_id: row for row in rows if row.entry_id not in undone}


def paid_earlier(reader: Reader, grant_ids: Sequence[Key]) -> list[PaidEarlier]:
    """What was paid of tranches of grants before our books began, and stands."""
    rows = reader.among(_TRANCHES, "ids", list(dict.fromkeys(grant_ids)))
    undone = reversals_of(reader, [row.entry_id for row in rows]) if rows else {}
    return [row for row in rows if row.entry_id not in undone]
