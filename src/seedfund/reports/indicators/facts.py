"""What is known of households, people and businesses as of a day: each fact is the set of keys it holds for.

A fact is a select of one column, `id`; a row it does not hold for is not in it. What nobody recorded is therefore never
a yes, and never a no either: an indicator says whom it is out of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import ExternalTransfer
from seedfund.grants.tables.payments import Disbursement
from seedfund.people.rules import PopulationGroup, Relationship, Sex
from seedfund.people.tables import HouseholdMember, Participant
from seedfund.plans.tables import PlanVersion
from seedfund.reports.indicators.bases import current, day_asked, households_of
from seedfund.reports.indicators.rules import GROUPING, Unit

CASH_TRANSFER: Final = "cash_transfer"
SEED_CAPITAL: Final = "seed_capital"
REFUGEES: Final = tuple(own for own, told in GROUPING.items() if told == PopulationGroup.REFUGEE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of one kind of rows: the keys it holds for on the day."""

    unit: Unit
    keys: Callable[[], Any]


def _headed_by_women() -> Any:
    return (
        sa.select(col(HouseholdMember.household_id).label("id"))
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(HouseholdMember.relationship) == Relationship.HEAD.value,
            current(HouseholdMember),
            col(Participant.sex) == Sex.FEMALE.value,
        )
    )


def _delivered(*which: Any) -> Any:
    """Grants of which something had reached somebody by the day: delivered, not entitled."""
    return (
        sa.select(col(Grant.id))
        .join(Disbursement, col(Disbursement.grant_id) == col(Grant.id))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(Disbursement.delivered_minor) > 0,
            col(Disbursement.delivered_on) <= day_asked(),
            *which,
        )
    )


def _paid_by_us(purpose: str) -> Any:
    people = _delivered(col(Grant.purpose) == purpose).with_only_columns(
        col(Grant.participant_id).label("id")
    )
    owned = _delivered(col(Grant.purpose) == purpose, col(Grant.household_id).is_not(None))
    owned = owned.with_only_columns(col(Grant.household_id).label("id"))
    return sa.union(households_of(people), owned)


def _paid_by_others(purpose: str) -> Any:
    return sa.select(col(ExternalTransfer.household_id).label("id")).where(
        col(ExternalTransfer.programme_id) == sa.bindparam("programme"),
        col(ExternalTransfer.purpose) == purpose,
        col(ExternalTransfer.from_day) <= day_asked(),
    )


def _businesses_paid() -> Any:
    return (
        _delivered(col(Grant.purpose) == SEED_CAPITAL)
        .join(PlanVersion, col(PlanVersion.id) == col(Grant.plan_version_id))
        .with_only_columns(col(PlanVersion.plan_id).label("id"))
        .distinct()
    )


def recipients(purpose: str | None = None) -> Any:
    """The people on whom grants stand of which something was delivered."""
    which = [] if purpose is None else [col(Grant.purpose) == purpose]
    return _delivered(*which).with_only_columns(col(Grant.participant_id).label("id")).distinct()


def _women() -> Any:
    return sa.select(col(Participant.id).label("id")).where(
        col(Participant.programme_id) == sa.bindparam("programme"), col(Participant.sex) == Sex.FEMALE.value
    )


FACTS: Final[Mapping[str, Fact]] = MappingProxyType(
    {
        "headed_by_a_woman": Fact(Unit.HOUSEHOLD, _headed_by_women),
        "cash_transfer_from_us": Fact(Unit.HOUSEHOLD, lambda: _paid_by_us(CASH_TRANSFER)),
        "cash_transfer_from_others": Fact(Unit.HOUSEHOLD, lambda: _paid_by_others(CASH_TRANSFER).distinct()),
        "seed_capital_delivered": Fact(Unit.HOUSEHOLD, lambda: _paid_by_us(SEED_CAPITAL)),
        "business_got_seed_capital": Fact(Unit.BUSINESS, _businesses_paid),
        "recipient": Fact(Unit.PERSON, recipients),
        "recipient_of_cash_transfer": Fact(Unit.PERSON, lambda: recipients(CASH_TRANSFER)),
        "recipient_of_seed_capital": Fact(Unit.PERSON, lambda: recipients(SEED_CAPITAL)),
        "woman": Fact(Unit.PERSON, _women),
    }
)
