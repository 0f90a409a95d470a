"""Accounts at third parties, their trails, balances observed, savings plans, savings groups. Schema only.

An account number is sealed under its holder's data key, or stands with the payout account it is. Steps, observations,
decisions, meetings and share-outs are only ever appended.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.savings.rules.groups import CYCLE_STATES
from seedfund.savings.rules.links import LINK_STATES
from seedfund.savings.rules.plans import SAVINGS_PLAN_STATES
from seedfund.savings.rules.words import (
    AccountKind,
    Barrier,
    Holding,
    Irregular,
    Proof,
    Purpose,
    RefusedFor,
    Source,
)
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    sealed,
    state,
    text,
    unique_where,
    yes_no,
)


class SavingsLink(Table, table=True):
    """A person's account at a third party, from the invitation on; its number is sealed or a payout account's."""

    __tablename__ = "sf_savings_link"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("(holding = 'own') = (co_holder_id IS NULL)", name="shared_has_its_other"),
        sa.CheckConstraint("co_holder_id <> participant_id", name="two_holders"),
        sa.CheckConstraint("account_number IS NULL OR payout_account_id IS NULL", name="number_once"),
        sa.CheckConstraint("verified_by <> opened_by", name="two_persons"),
        sa.CheckConstraint(
            "state NOT IN ('verified', 'active', 'dormant') OR verified_by IS NOT NULL",
            name="verified_is_complete",
        ),
        sa.CheckConstraint("(opened_on IS NULL) = (opened_by IS NULL)", name="opening_has_its_hand"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    participant_id: Key = reference("sf_participant.id")
    co_holder_id: Key | None = reference("sf_participant.id", nullable=True)
    kind: str = choice("kind", AccountKind)
    holding: str = choice("holding", Holding)
    institution: str = text(120)
    product: str = text(80)
    currency: str = text(3)
    payout_account_id: Key | None = reference("sf_payout_account.id", nullable=True)
    account_number: bytes | None = sealed("account_number", nullable=True)
    state: str = state(LINK_STATES)
    invited_on: date = day()
    opened_on: date | None = day(nullable=True)
    opened_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    verified_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    closed_on: date | None = day(nullable=True)


class SavingsStep(Table, table=True):
    """One dated step of a trail; what the institution refused for, or what it was verified with."""

    __tablename__ = "sf_savings_step"
    __table_args__ = (
        sa.CheckConstraint(
            "(to_state = 'refused') = (refused_for IS NOT NULL) AND (refused_for IS NULL) = (barrier IS NULL)",
            name="refusal_has_its_reason",
        ),
        sa.CheckConstraint(
            "(to_state = 'verified') = (proof IS NOT NULL)", name="verification_has_its_proof"
        ),
        sa.CheckConstraint("(position = 1) = (from_state IS NULL)", name="first_comes_from_nowhere"),
    )
    link_id: Key = reference("sf_savings_link.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", LINK_STATES.states, nullable=True)
    to_state: str = choice("to_state", LINK_STATES.states)
    happened_on: date = day()
    refused_for: str | None = choice("refused_for", RefusedFor, nullable=True)
    barrier: str | None = choice("barrier", Barrier, nullable=True)
    proof: str | None = choice("proof", Proof, nullable=True)
    proof_sha256: str | None = text(64, nullable=True)
    recorded_by: Key = reference("sf_actor.id", index=False)
    recorded_at: datetime = instant()


class SavingsObservation(Table, table=True):
    """A balance somebody read on a day; another row corrects it, and an irregular one waits for a decision."""

    __tablename__ = "sf_savings_observation"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("corrects_id"),
        sa.CheckConstraint("(corrects_id IS NULL) = (reason IS NULL)", name="correction_has_its_reason"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    link_id: Key = reference("sf_savings_link.id")
    observed_on: date = day()
    currency: str = text(3)
    balance_minor: int = minor("balance_minor")
    deposited_minor: int | None = minor("deposited_minor", nullable=True, least=0)
    withdrawn_minor: int | None = minor("withdrawn_minor", nullable=True, least=0)
    source: str = choice("source", Source)
    observer_id: Key = reference("sf_actor.id", index=False)
    recorded_by: Key = reference("sf_actor.id", index=False)
    recorded_at: datetime = instant()
    irregular: str | None = choice("irregular", Irregular, nullable=True)
    corrects_id: Key | None = reference("sf_savings_observation.id", nullable=True, index=False)
    reason: str | None = text(300, nullable=True)


class SavingsPlan(Table, table=True):
    """What a saver agreed to put aside in an account, for what, and the match the programme adds."""

    __tablename__ = "sf_savings_plan"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint("match_basis_points = 0 OR match_most_minor > 0", name="match_has_its_most"),
        unique_where(
            "uq_sf_savings_plan_under_way",
            "link_id",
            where="state <> 'ended'",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    link_id: Key = reference("sf_savings_link.id")
    purpose: str = choice("purpose", Purpose)
    currency: str = text(3)
    target_minor: int = minor("target_minor", least=1)
    monthly_minor: int = minor("monthly_minor", least=1)
    starts_on: date = day()
    months: int = integer("months", least=1)
    match_basis_points: int = integer("match_basis_points")
    match_most_minor: int | None = minor("match_most_minor", nullable=True, least=0)
    state: str = state(SAVINGS_PLAN_STATES)
    agreed_by: Key = reference("sf_actor.id", index=False)
    reached_on: date | None = day(nullable=True)
    ended_on: date | None = day(nullable=True)


class SavingsGroup(Table, table=True):
    """A savings group; its money is its own."""

    __tablename__ = "sf_savings_group"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id")
    number: str = text(30)
    name: str = text(120)
    locality: str = text(30)
    currency: str = text(3)
    formed_on: date = day()
    recorded_by: Key = reference("sf_actor.id", index=False)


class SavingsMember(Table, table=True):
    """A member by the number in the passbook; who is outside the programme has a number alone."""

    __tablename__ = "sf_savings_member"
    __table_args__ = (
        sa.CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="left_after_joining"),
        unique_where(
            "uq_sf_savings_member_current",
            "group_id",
            "participant_id",
            where="left_on IS NULL",
        ),
    )
    group_id: Key = reference("sf_savings_group.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    participant_id: Key | None = reference("sf_participant.id", nullable=True)
    joined_on: date = day()
    left_on: date | None = day(nullable=True)


class SavingsCycle(Table, table=True):
    """A cycle of a group: the price of a share stands for all of it."""

    __tablename__ = "sf_savings_cycle"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "position"),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_has_its_day"),
    )
    id: Key = primary_key()
    group_id: Key = reference("sf_savings_group.id", index=False)
    position: int = integer("position", least=1)
    share_minor: int = minor("share_minor", least=1)
    shares_most: int = integer("shares_most", least=1)
    state: str = state(CYCLE_STATES)
    began_on: date = day()
    ended_on: date | None = day(nullable=True)


class SavingsMeeting(Table, table=True):
    """A meeting of a group as it was written down, with both boxes as counted."""

    __tablename__ = "sf_savings_meeting"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    cycle_id: Key = reference("sf_savings_cycle.id")
    held_on: date = day()
    lent_minor: int = minor("lent_minor", least=0)
    repaid_minor: int = minor("repaid_minor", least=0)
    fines_minor: int = minor("fines_minor", least=0)
    social_paid_minor: int = minor("social_paid_minor", least=0)
    fund_counted_minor: int = minor("fund_counted_minor", least=0)
    social_counted_minor: int = minor("social_counted_minor", least=0)
    irregular: str | None = choice("irregular", Irregular, nullable=True)
    recorded_by: Key = reference("sf_actor.id", index=False)
    recorded_at: datetime = instant()


class SavingsShare(Table, table=True):
    """What one member did in a meeting; who did nothing but sit there has a row with zeros."""

    __tablename__ = "sf_savings_share"
    meeting_id: Key = reference("sf_savings_meeting.id", primary=True)
    member: int = integer("member", least=1, primary=True)
    shares: int = integer("shares")
    social_minor: int = minor("social_minor", least=0)


class SavingsDecision(Table, table=True):
    """Whether something irregular counts, decided by another hand than the one that recorded it."""

    __tablename__ = "sf_savings_decision"
    __table_args__ = (
        sa.UniqueConstraint("observation_id"),
        sa.UniqueConstraint("meeting_id"),
        sa.CheckConstraint("(observation_id IS NULL) <> (meeting_id IS NULL)", name="of_one_thing"),
        sa.CheckConstraint("decided_by <> recorded_by", name="two_persons"),
    )
    id: Key = primary_key()
    observation_id: Key | None = reference("sf_savings_observation.id", nullable=True, index=False)
    meeting_id: Key | None = reference("sf_savings_meeting.id", nullable=True, index=False)
    counts: bool = yes_no()
    reason: str = text(300)
    recorded_by: Key = reference("sf_actor.id", index=False)
    decided_by: Key = reference("sf_actor.id", index=False)
    decided_on: date = day()
    decided_at: datetime = instant()


class ShareOut(Table, table=True):
    """How a cycle was shared out: the fund as counted, by shares; the social fund stays with the group."""

    __tablename__ = "sf_share_out"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"), sa.UniqueConstraint("cycle_id"))
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    cycle_id: Key = reference("sf_savings_cycle.id", index=False)
    shared_on: date = day()
    fund_minor: int = minor("fund_minor", least=1)
    shares: int = integer("shares", least=1)
    loans_lost_minor: int = minor("loans_lost_minor", least=0)
    social_left_minor: int = minor("social_left_minor", least=0)
    recorded_by: Key = reference("sf_actor.id", index=False)


class ShareOutLine(Table, table=True):
    """What one member got."""

    __tablename__ = "sf_share_out_line"
    share_out_id: Key = reference("sf_share_out.id", primary=True)
    member: int = integer("member", least=1, primary=True)
    shares: int = integer("shares", least=1)
    amount_minor: int = minor("amount_minor", least=0)
