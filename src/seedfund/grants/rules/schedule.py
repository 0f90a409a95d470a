"""Tranche schedules as values: how much, when at the earliest, in what, on which conditions. Must not know rows.

Invariants: positions run from 1 without a gap, amounts are above zero and sum exactly to the agreement, and
the hash covers every amount, day and condition.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.funds.rules.benefits import TrancheTemplate
from seedfund.grants.rules.conditions import (
    Condition,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    Since,
    VisitDoneSince,
    condition_from_plain,
    condition_to_plain,
    is_clearance,
    leaves_of,
)
from seedfund.grants.rules.words import BILLED, CONFIRMED, Delivery
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.kernel.money import Money, total

HASH_DOMAIN: Final = "seedfund.schedule.1"

SCHEDULE_EMPTY: Final = RefusalCode(
    "schedule_empty", "The schedule has no tranche.", "Plan at least one tranche."
)
SCHEDULE_SUM: Final = RefusalCode(
    "schedule_sum",
    "The tranches sum to {sum}, and the agreement is for {amount}.",
    "Correct the amounts so that they sum to {amount}.",
)
TRANCHE_AMOUNT: Final = RefusalCode(
    "tranche_amount", "Tranche {position} is of {amount}.", "Give it an amount above zero, or leave it out."
)
TRANCHE_ORDER: Final = RefusalCode(
    "tranche_order",
    "Tranche {position} is dated {day}, before the tranche that precedes it.",
    "Date the tranches in their order.",
)
TRANCHE_BEFORE_START: Final = RefusalCode(
    "tranche_before_start",
    "Tranche {position} is dated {day}, before {start}.",
    "A payment never comes before the award; give a later date.",
)
FIRST_TRANCHE_WAITS: Final = RefusalCode(
    "first_tranche_waits_for_earlier",
    "The first tranche waits for what was paid before it, and nothing comes before it.",
    "Take {condition} off the first tranche.",
)
DATE_CONDITION_WITHOUT_DATE: Final = RefusalCode(
    "date_condition_without_date",
    "Tranche {position} waits for its date, and has none.",
    "Give the tranche a date, or the condition a day.",
)
TRANCHE_BELOW_PAID: Final = RefusalCode(
    "tranche_below_paid",
    "Tranche {position} would be {wanted}, and {used} of it is paid or on the way.",
    "Keep at least {used} in it; money that was paid comes back as a refund, not by an adenda.",
)
SCHEDULE_UNCHANGED: Final = RefusalCode(
    "schedule_unchanged",
    "The adenda says what the agreement in force says already.",
    "Change an amount, a date or a condition, or leave the adenda.",
)
TRANCHE_NOT_CLEARED: Final = RefusalCode(
    "tranche_without_confirmation",
    "Tranche {position} of a benefit tied to attendance does not wait for its own confirmation or bill.",
    "Draft the agreement from its plan with: seedfund do scholarships.draft_agreement; keep those conditions later.",
)
REFUSALS: Final = (
    *(SCHEDULE_EMPTY, SCHEDULE_SUM, TRANCHE_AMOUNT, TRANCHE_ORDER, TRANCHE_BEFORE_START),
    *(FIRST_TRANCHE_WAITS, DATE_CONDITION_WITHOUT_DATE, TRANCHE_BELOW_PAID, SCHEDULE_UNCHANGED),
    TRANCHE_NOT_CLEARED,
)


@dataclass(frozen=True, kw_only=True)
class TrancheTerms:
    """One planned tranche: amount, the day it is planned for, what it is given in, its conditions in order."""

    amount: Money
    due_on: date | None = None
    delivery: Delivery = Delivery.MONEY
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The tranches of a grant; a tranche's position is its place, from 1."""

    tranches: tuple[TrancheTerms, ...]

    def total(self, currency: str) -> Money:
        """The sum of all tranches.

        Raises:
            InvalidInput: a tranche is in another currency.
        """
        return total((tranche.amount for tranche in self.tranches), currency)

    def to_plain(self) -> list[dict[str, Any]]:
        """Plain data: what is stored, hashed and read back."""
        return [
            {
                "amount": {"minor": tranche.amount.minor, "currency": tranche.amount.currency},
                "due_on": tranche.due_on.isoformat() if tranche.due_on is not None else None,
                "delivery": tranche.delivery.value,
                "conditions": [condition_to_plain(condition) for condition in tranche.conditions],
            }
            for tranche in self.tranches
        ]

    @property
    def hash(self) -> str:
        """SHA-256 in hex over the plain data: what an agreement binds to."""
        return digest(HASH_DOMAIN, canonical_text(self.to_plain()).encode("utf-8"))


def schedule_from_template(
    templates: Sequence[TrancheTemplate], amount: Money, *, first_day: date, delivery: Delivery
) -> Schedule:
    """The schedule a benefit begins with: its shares (largest remainder) and months after the first day.

    Raises:
        InvalidInput: a condition of the template is unknown or incomplete; names its place.
    """
    amounts = amount.allocate([template.share_bps for template in templates])
    return Schedule(
        tranches=tuple(
            TrancheTerms(
                amount=share,
                due_on=add_months(first_day, template.after_months),
                delivery=delivery,
                conditions=conditions_from_text(template.conditions, field=f"tranches[{place}].conditions"),
            )
            for place, (template, share) in enumerate(zip(templates, amounts, strict=True))
        )
    )


def conditions_from_text(text: str, *, field: str = "conditions") -> tuple[Condition, ...]:
    """Conditions from a JSON list of their plain forms.

    Raises:
        InvalidInput: it is no such list; names the place.
    """
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, list):
        raise InvalidInput(field=field, problem="it is no JSON list", remedy="list the conditions")
    return tuple(condition_from_plain(part, field=f"{field}[{place}]") for place, part in enumerate(data))


def conditions_to_text(conditions: Sequence[Condition]) -> str:
    """The canonical JSON list of conditions: what commands and benefit types carry."""
    return canonical_text([condition_to_plain(condition) for condition in conditions])


def schedule_from_plain(data: Any, *, field: str = "schedule") -> Schedule:
    """The schedule of plain data.

    Raises:
        InvalidInput: it is none; names the place.
    """
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise InvalidInput(field=field, problem="it is no list", remedy="list the tranches")
    return Schedule(tranches=tuple(_terms(item, f"{field}[{place}]") for place, item in enumerate(data)))


def _terms(item: Mapping[str, Any], field: str) -> TrancheTerms:
    try:
        amount, due = item["amount"], item.get("due_on")
        return TrancheTerms(
            amount=Money(amount["minor"], amount["currency"]),
            due_on=date.fromisoformat(due) if due else None,
            delivery=Delivery(item.get("delivery", "money")),
            conditions=tuple(
                condition_from_plain(part, field=f"{field}.conditions[{place}]")
                for place, part in enumerate(item.get("conditions", ()))
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise InvalidInput(
            field=field, problem="it is no tranche", remedy="give amount, due_on, delivery and conditions"
        ) from None


def check_schedule(schedule: Schedule, amount: Money, *, start: date) -> tuple[Refusal, ...]:
    """Why a schedule cannot be agreed for an amount; `start` is the day of the award.

    Raises:
        InvalidInput: a tranche is in another currency than the amount.
    """
    if not schedule.tranches:
        return (SCHEDULE_EMPTY(),)
    refusals = []
    if schedule.total(amount.currency) != amount:
        refusals.append(SCHEDULE_SUM(sum=schedule.total(amount.currency), amount=amount))
    last: date | None = None
    for position, tranche in enumerate(schedule.tranches, start=1):
        refusals += _check_tranche(tranche, position, start=start, last=last)
        last = tranche.due_on or last
    return tuple(refusals)


def _check_tranche(tranche: TrancheTerms, position: int, *, start: date, last: date | None) -> list[Refusal]:
    refusals = []
    if tranche.amount.minor <= 0:
        refusals.append(TRANCHE_AMOUNT(position=position, amount=tranche.amount))
    if tranche.due_on is not None and tranche.due_on < start:
        refusals.append(TRANCHE_BEFORE_START(position=position, day=tranche.due_on, start=start))
    elif tranche.due_on is not None and last is not None and tranche.due_on < last:
        refusals.append(TRANCHE_ORDER(position=position, day=tranche.due_on))
    for leaf in (leaf for condition in tranche.conditions for leaf in leaves_of(condition)):
        if position == 1 and _looks_back(leaf):
            refusals.append(FIRST_TRANCHE_WAITS(condition=leaf.code))
        if isinstance(leaf, DateReached) and leaf.on is None and tranche.due_on is None:
            refusals.append(DATE_CONDITION_WITHOUT_DATE(position=position))
    return refusals


def check_cleared(schedule: Schedule, *, is_tied: bool) -> tuple[Refusal, ...]:
    """Why tranches of a benefit tied to attendance (`is_tied`) could be paid without anybody's confirmation.

    Each waits for its own, and what is paid to a supplier for an accepted bill too.
    """
    if not is_tied:
        return ()
    refusals = []
    for position, tranche in enumerate(schedule.tranches, start=1):
        topics = {
            one.topic for one in tranche.conditions if isinstance(one, EvidenceOnFile) and is_clearance(one)
        }
        kinds = [CONFIRMED, BILLED] if tranche.delivery is Delivery.IN_KIND else [CONFIRMED]
        if not topics.issuperset(kind.format(position) for kind in kinds):
            refusals.append(TRANCHE_NOT_CLEARED(position=position))
    return tuple(refusals)


def _looks_back(leaf: Condition) -> bool:
    is_visit_after_payment = isinstance(leaf, VisitDoneSince) and leaf.since is Since.LAST_DELIVERY
    return isinstance(leaf, PreviousTrancheJustified) or is_visit_after_payment


def check_amendment(
    old: Schedule, new: Schedule, *, used: Mapping[int, Money], is_substitution: bool = False
) -> tuple[Refusal, ...]:
    """Why an adenda may not replace a schedule; `used` is what is paid or in flight, by position.

    A tranche that was touched keeps its place and at least what was used of it (accounting: row 14). An adenda by which
    a substitute takes the place of the dead may leave the schedule as it is.
    """
    refusals = [] if is_substitution or new.hash != old.hash else [SCHEDULE_UNCHANGED()]
    for position, amount in sorted(used.items()):
        is_there = position <= len(new.tranches)
        wanted = new.tranches[position - 1].amount if is_there else Money(0, amount.currency)
        if wanted < amount:
            refusals.append(TRANCHE_BELOW_PAID(position=position, wanted=wanted, used=amount))
    return tuple(refusals)
