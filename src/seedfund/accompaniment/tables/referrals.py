"""Services, their steps, referrals to them and their steps. Schema only.

What a person needs, and what was told of a step, is sealed under the person's data key. Steps are only ever appended.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.referrals import (
    REFERRAL_STATES,
    Barrier,
    DeclinedBy,
    ReferralGround,
    ReferralIrregularity,
)
from seedfund.accompaniment.rules.services import SERVICE_STATES, ServiceKind, ServiceProviderKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    primary_key,
    reference,
    sealed,
    state,
    text,
)


class Service(Table, table=True):
    """A service somebody can be referred to: who offers what, where, to whom."""

    __tablename__ = "sf_service"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    name: str = text(120)
    provider: str = text(120)
    provider_kind: str = choice("provider_kind", ServiceProviderKind)
    kind: str = choice("kind", ServiceKind)
    locality: str = text(40)
    place: str = text(120)
    open_to: str = text(300)
    state: str = state(SERVICE_STATES)


class ServiceStep(Table, table=True):
    """One step of a service: opened, paused, closed; append-only."""

    __tablename__ = "sf_service_step"
    __table_args__ = (
        sa.CheckConstraint("(position = 1) = (from_state IS NULL)", name="first_comes_from_nothing"),
    )
    service_id: Key = reference("sf_service.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", SERVICE_STATES.states, nullable=True)
    to_state: str = choice("to_state", SERVICE_STATES.states)
    reason: str = text(300)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class Referral(Table, table=True):
    """A person referred to a service, with consent or by an act that stands in its place."""

    __tablename__ = "sf_referral"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("(consent = 'override') = (override_id IS NOT NULL)", name="override_is_recorded"),
        sa.CheckConstraint("answer_by >= offered_on", name="answer_after_offer"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    household_id: Key | None = reference("sf_household.id", nullable=True)
    service_id: Key = reference("sf_service.id")
    need: bytes = sealed("need")
    consent: str = choice("consent", ReferralGround)
    override_id: Key | None = reference("sf_exception.id", nullable=True, index=False)
    offered_on: date = day()
    answer_by: date = day()
    state: str = state(REFERRAL_STATES)


class ReferralStep(Table, table=True):
    """One step of a referral; a declined one says what kept the person from the service; append-only."""

    __tablename__ = "sf_referral_step"
    __table_args__ = (
        sa.CheckConstraint("(position = 1) = (from_state IS NULL)", name="first_comes_from_nothing"),
        sa.CheckConstraint("(to_state = 'declined') = (barrier IS NOT NULL)", name="declined_has_barrier"),
        sa.CheckConstraint("(barrier IS NULL) = (declined_by IS NULL)", name="barrier_is_of_somebody"),
        sa.CheckConstraint("barrier <> 'other' OR note IS NOT NULL", name="other_barrier_is_told"),
    )
    referral_id: Key = reference("sf_referral.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", REFERRAL_STATES.states, nullable=True)
    to_state: str = choice("to_state", REFERRAL_STATES.states)
    declined_by: str | None = choice("declined_by", DeclinedBy, nullable=True)
    barrier: str | None = choice("barrier", Barrier, nullable=True)
    irregularity: str | None = choice("irregularity", ReferralIrregularity, nullable=True)
    note: bytes | None = sealed("note", nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
