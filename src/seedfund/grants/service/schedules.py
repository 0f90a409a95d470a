"""Schedules as commands carry them, and writing one version of a grant's schedule."""

from dataclasses import dataclass
from datetime import date

from seedfund.grants.queries.tranches import LAST_VERSION
from seedfund.grants.rules.conditions import condition_to_plain
from seedfund.grants.rules.schedule import Schedule, TrancheTerms, conditions_from_text, conditions_to_text
from seedfund.grants.rules.words import Delivery
from seedfund.grants.tables.tranches import Tranche, TrancheCondition, TrancheSchedule
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class TrancheAsked:
    """A tranche as a command carries it: amount, day, what it is given in, and its conditions as a JSON list."""

    amount: Money
    due_on: date | None = None
    delivery: Delivery = Delivery.MONEY
    conditions: str = "[]"


def asked(schedule: Schedule) -> tuple[TrancheAsked, ...]:
    """A schedule as a command carries it."""
    return tuple(
        TrancheAsked(
            amount=tranche.amount,
            due_on=tranche.due_on,
            delivery=tranche.delivery,
            conditions=conditions_to_text(tranche.conditions),
        )
        for tranche in schedule.tranches
    )


def schedule_asked(tranches: tuple[TrancheAsked, ...]) -> Schedule:
    """The schedule a command carries.

    Raises:
        InvalidInput: a condition is unknown or incomplete; names its place.
    """
    return Schedule(
        tranches=tuple(
            TrancheTerms(
                amount=tranche.amount,
                due_on=tranche.due_on,
                delivery=tranche.delivery,
                conditions=conditions_from_text(tranche.conditions, field=f"tranches[{place}].conditions"),
            )
            for place, tranche in enumerate(tranches)
        )
    )


def write_schedule(unit: Unit, grant_id: Key, schedule: Schedule, amount: Money) -> int:
    """Write the next version of a grant's schedule; it is in force when its agreement is signed."""
    version = unit.one(LAST_VERSION, grant=grant_id) + 1
    unit.insert(
        TrancheSchedule,
        grant_id=grant_id,
        version=version,
        content=canonical_text(schedule.to_plain()),
        content_hash=schedule.hash,
        amount_minor=amount.minor,
        written_at=unit.now,
    )
    for position, tranche in enumerate(schedule.tranches, start=1):
        tranche_id = unit.key()
        unit.insert(
            Tranche,
            id=tranche_id,
            grant_id=grant_id,
            schedule_version=version,
            position=position,
            amount_minor=tranche.amount.minor,
            due_on=tranche.due_on,
            delivery=tranche.delivery.value,
        )
        unit.insert_many(
            TrancheCondition,
            [
                {
                    "tranche_id": tranche_id,
                    "position": place,
                    "code": condition.code,
                    "params": canonical_text(condition_to_plain(condition)),
                }
                for place, condition in enumerate(tranche.conditions, start=1)
            ],
        )
    return version
