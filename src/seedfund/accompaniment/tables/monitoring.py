"""What was found at a business when it was looked at, in versions. Schema only.

A visit to a business is kept as recorded; what was told of it is only ever appended: a correction is a further
version with its reason. Amounts are whole minor units; what nobody asked is empty, never zero.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.monitoring import StoodStillFor
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    sealed,
    text,
    yes_no,
)


class Monitoring(Table, table=True):
    """That a business was looked at on a day; the business is that of a plan, named by its number too."""

    __tablename__ = "sf_monitoring"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    plan_id: Key = reference("sf_plan.id")
    plan: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    visited_on: date = day()


class MonitoringReport(Table, table=True):
    """A version of what was told of a business; append-only, the last version holds.

    `irregular` lists why it does not count until somebody decides, empty where nothing is.
    """

    __tablename__ = "sf_monitoring_report"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
    )
    monitoring_id: Key = reference("sf_monitoring.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    is_operating: bool = yes_no()
    stood_still_for: str | None = choice("stood_still_for", StoodStillFor, nullable=True)
    month: date = day()
    currency: str = text(3)
    sales_minor: int | None = minor("sales_minor", least=0, nullable=True)
    costs_minor: int | None = minor("costs_minor", least=0, nullable=True)
    stock_minor: int | None = minor("stock_minor", least=0, nullable=True)
    cash_minor: int | None = minor("cash_minor", least=0, nullable=True)
    paid_women: int | None = integer("paid_women", nullable=True)
    paid_men: int | None = integer("paid_men", nullable=True)
    family_women: int | None = integer("family_women", nullable=True)
    family_men: int | None = integer("family_men", nullable=True)
    family_hands: int | None = integer("family_hands", nullable=True)
    irregular: str | None = document(nullable=True)
    note: bytes | None = sealed("note", nullable=True)
    correction: str | None = text(300, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class MonitoringDecision(Table, table=True):
    """Whether an irregular look counts, by somebody who did not record it; append-only."""

    __tablename__ = "sf_monitoring_decision"
    __table_args__ = (sa.CheckConstraint("decided_by <> recorded_by", name="two_persons"),)
    monitoring_id: Key = reference("sf_monitoring.id", primary=True)
    is_accepted: bool = yes_no()
    reason: str = text(300)
    decided_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)
    decided_by: Key = reference("sf_actor.id", index=False)
