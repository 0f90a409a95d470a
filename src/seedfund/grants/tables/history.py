"""What a grant had received and accounted for before our books began. Schema only.

It was told by others and is marked as such: nothing of it was verified here.
"""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
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
    *append_only("sf_brought_forward", ("id",)),
    *append_only("sf_brought_forward_tranche", ("history_id", "tranche_position")),
    *append_only("sf_grant_taken_over", ("id",)),
)


class BroughtForward(Table, table=True):
    """A running grant's gross history up to a day, with the number it had outside; append-only.

    It counts until its entry is reversed.
    """

    __tablename__ = "sf_brought_forward"
    __table_args__ = (
        sa.CheckConstraint("justified_minor + returned_minor <= paid_minor", name="within_paid"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    grant_id: Key = reference("sf_grant.id")
    outside_number: str = text(60)
    cut_off: date = day()
    paid_minor: int = minor("paid_minor", least=1)
    justified_minor: int = minor("justified_minor", least=0)
    returned_minor: int = minor("returned_minor", least=0)
    evidence_sha256: str = text(64)
    exception_id: Key = reference("sf_exception.id", index=False)
    entry_id: Key = key()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class BroughtForwardTranche(Table, table=True):
    """What of a brought-forward history was paid of one tranche, and on which day; append-only."""

    __tablename__ = "sf_brought_forward_tranche"
    history_id: Key = reference("sf_brought_forward.id", primary=True)
    tranche_position: int = integer("tranche_position", least=1, primary=True)
    amount_minor: int = minor("amount_minor", least=1)
    paid_on: date = day()


class GrantTakenOver(Table, table=True):
    """A grant that ran before our books began: awarded and agreed on elsewhere, under the numbers it had there.

    Append-only. What was paid of it stands as its history, if anything was.
    """

    __tablename__ = "sf_grant_taken_over"
    __table_args__ = (
        sa.UniqueConstraint("grant_id"),
        sa.CheckConstraint("(agreement_number = '') = (agreed_on IS NULL)", name="agreement_is_complete"),
        sa.CheckConstraint("approved_on <= cut_off", name="approved_before"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    grant_id: Key = reference("sf_grant.id", index=False)
    outside_number: str = text(60)
    approved_on: date = day()
    approved_minor: int = minor("approved_minor", least=1)
    agreement_number: str = text(60)
    agreed_on: date | None = day(nullable=True)
    cut_off: date = day()
    evidence_sha256: str = text(64)
    exception_id: Key = reference("sf_exception.id", index=False)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
