"""What of a tranche was answered without a payment: kept back, set off, or not due any more. Schema only."""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.grants.rules.words import OffsetKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    key,
    minor,
    primary_key,
    reference,
    text,
)
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_tranche_offset", ("id",)),
    *append_only("sf_tranche_lapse", ("id",)),
)


class TrancheOffset(Table, table=True):
    """An amount by which the next payment of a tranche is less, because a claim was answered by it; append-only.

    The claim is on `claimed_grant_id`: the same grant where it is kept back, another of the payee where it is set off.
    It counts until its entry is reversed.
    """

    __tablename__ = "sf_tranche_offset"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'kept_back') = (grant_id = claimed_grant_id)", name="kept_back_within"),
    )
    id: Key = primary_key()
    grant_id: Key = reference("sf_grant.id")
    tranche_position: int = integer("tranche_position", least=1)
    kind: str = choice("kind", OffsetKind)
    claimed_grant_id: Key = reference("sf_grant.id")
    amount_minor: int = minor("amount_minor", least=1)
    entry_id: Key = key()
    decided_on: date = day()
    recorded_at: datetime = instant()
    decided_by: Key = reference("sf_actor.id", index=False)


class TrancheLapse(Table, table=True):
    """An amount of a tranche that is not due any more and went back to its lines; append-only.

    A tranche that is a ceiling, such as a month's stipend, lapses down to what came due. It counts until its entry is
    reversed.
    """

    __tablename__ = "sf_tranche_lapse"
    id: Key = primary_key()
    grant_id: Key = reference("sf_grant.id")
    tranche_position: int = integer("tranche_position", least=1)
    amount_minor: int = minor("amount_minor", least=1)
    reason: str = text(200)
    entry_id: Key = key()
    entry_number: str = text(30)
    decided_on: date = day()
    recorded_at: datetime = instant()
    decided_by: Key = reference("sf_actor.id", index=False)
