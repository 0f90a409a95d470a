"""Instruments, graduation criteria and selection criteria, in versions under two persons. Schema only."""

from datetime import date

import sqlalchemy as sa

from seedfund.accompaniment.rules.words import YardstickKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import Table, choice, day, document, integer, primary_key, reference, text


class Yardstick(Table, table=True):
    """A version of an instrument or of criteria, in force from a day on, under two persons; append-only."""

    __tablename__ = "sf_yardstick"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "kind", "code", "version"),
        sa.UniqueConstraint("proposal_id"),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    kind: str = choice("kind", YardstickKind)
    code: str = text(40)
    version: int = integer("version", least=1)
    content: str = document()
    content_hash: str = text(64)
    effective_from: date = day()
    proposal_id: Key = reference("sf_proposal.id", index=False)
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_by: Key = reference("sf_actor.id", index=False)
