"""Business monitoring: whether a business runs, what it turns over, how that compares, and what survives. Pure.

What nobody asked is left out and never zero; profit is worked out, never typed. Sources: domain, visit form of a
business (step 13) and survival of businesses (standard indicators).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

SURVIVAL_MONTHS: Final = (3, 6, 12)
"""Months after the first payment arrived at which a business is looked at (domain: standard indicators)."""
WHOLE: Final = 10_000

MONITORING_NOT_IRREGULAR = RefusalCode(
    "monitoring_not_irregular",
    "Nothing is irregular about the look at a business {number}.",
    "Look at it with: seedfund show {number}.",
)
MONITORING_DECIDED = RefusalCode(
    "monitoring_decided",
    "It was decided already whether the look at a business {number} counts.",
    "Leave it as decided; look at the business again.",
)
MONITORING_DECIDED_BY_RECORDER = RefusalCode(
    "monitoring_decided_by_recorder",
    "Whoever recorded the look at a business {number} cannot decide whether it counts.",
    "Ask another person with the authority to decide it.",
)
REFUSALS: Final = (MONITORING_NOT_IRREGULAR, MONITORING_DECIDED, MONITORING_DECIDED_BY_RECORDER)


class LookIrregularity(StrEnum):
    """Why a look at a business does not count until somebody decides it."""

    SECOND_LOOK = "second_look"
    OTHER_CURRENCY = "other_currency"
    REASON_MISSING = "reason_missing"
    REASON_NOT_EXPECTED = "reason_not_expected"


class StoodStillFor(StrEnum):
    """Why a business was not operating when it was looked at."""

    NO_CUSTOMERS = "no_customers"
    COSTS = "costs"
    ILLNESS = "illness"
    CARE = "care"
    THEFT = "theft"
    MOVED_AWAY = "moved_away"
    OTHER_WORK = "other_work"
    PERMIT = "permit"
    SEASON = "season"
    OTHER = "other"


class Survival(StrEnum):
    """What is known of a business at a month after its first payment; `not_visited` is neither open nor closed."""

    OPERATING = "operating"
    NOT_OPERATING = "not_operating"
    NOT_VISITED = "not_visited"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessFigures:
    """What a month of a business brought, as far as it was asked: whole minor units of its plan's currency."""

    sales: Money | None = None
    costs: Money | None = None
    stock: Money | None = None
    cash: Money | None = None

    @property
    def profit(self) -> Money | None:
        """Sales less costs; unknown while one of them is."""
        return None if self.sales is None or self.costs is None else self.sales - self.costs

    def told(self) -> Sequence[Money]:
        """The amounts that were told."""
        return [one for one in (self.sales, self.costs, self.stock, self.cash) if one is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a figure compares with another one: the difference, and in basis points of it where that is above zero."""

    difference: Money
    basis_points: int | None


@dataclass(frozen=True, slots=True)
class Looked:
    """That a business was looked at on a day, and whether it was operating."""

    on: date
    is_operating: bool


def change_of(now: Money | None, before: Money | None) -> Change | None:
    """The change from one figure to another; None where one is not known, or they are in two currencies.

    Basis points are of the earlier figure, rounded half away from zero; of nothing or less there is no rate.
    """
    if now is None or before is None or now.currency != before.currency:
        return None
    difference = now - before
    if before.minor <= 0:
        return Change(difference=difference, basis_points=None)
    sign = -1 if difference.minor < 0 else 1
    rounded = (abs(difference.minor) * WHOLE * 2 + before.minor) // (before.minor * 2)
    return Change(difference=difference, basis_points=sign * rounded)


def irregularities(
    figures: BusinessFigures,
    *,
    currency: str,
    is_operating: bool,
    has_reason: bool,
    is_second: bool,
) -> tuple[LookIrregularity, ...]:
    """Why a look does not count as it is told, every reason in their declared order: it is taken in all the same.

    `is_second` where the business was looked at that day already; `currency` is that of its plan.
    """
    found = {
        LookIrregularity.SECOND_LOOK: is_second,
        LookIrregularity.OTHER_CURRENCY: any(one.currency != currency for one in figures.told()),
        LookIrregularity.REASON_MISSING: not is_operating and not has_reason,
        LookIrregularity.REASON_NOT_EXPECTED: is_operating and has_reason,
    }
    return tuple(one for one in LookIrregularity if found[one])


def counts_on(
    irregular: Sequence[LookIrregularity], *, is_accepted: bool | None, decided_on: date | None, on: date
) -> bool:
    """Whether a look is counted on a day: nothing is irregular about it, or it was accepted by then."""
    return not irregular or (bool(is_accepted) and decided_on is not None and decided_on <= on)


def check_decision(
    number: str, irregular: Sequence[LookIrregularity], *, is_decided: bool, is_by_recorder: bool
) -> list[Refusal]:
    """Why it may not be decided whether a look counts."""
    if not irregular:
        return [MONITORING_NOT_IRREGULAR(number=number)]
    found = [MONITORING_DECIDED(number=number)] if is_decided else []
    return [*found, *([MONITORING_DECIDED_BY_RECORDER(number=number)] if is_by_recorder else [])]


def survival_on(first_paid: date, looked: Iterable[Looked], *, on: date) -> MappingProxyType[int, Survival]:
    """What is known on a day of each month of `SURVIVAL_MONTHS`: the first look on or after the month tells."""
    days = sorted((one for one in looked if one.on <= on), key=lambda one: one.on)
    return MappingProxyType({months: _survived(first_paid, months, days, on) for months in SURVIVAL_MONTHS})


def _survived(first_paid: date, months: int, days: Sequence[Looked], on: date) -> Survival:
    due = add_months(first_paid, months)
    if on < due:
        return Survival.NOT_DUE
    for one in days:
        if one.on >= due:
            return Survival.OPERATING if one.is_operating else Survival.NOT_OPERATING
    return Survival.NOT_VISITED
