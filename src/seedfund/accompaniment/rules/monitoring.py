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

MONITORING_REASON_MISSING = RefusalCode(
    "monitoring_reason_missing",
    "The business of {plan} was not operating, and it is not said why.",
    "Give the reason the family gives.",
)
MONITORING_REASON_NOT_EXPECTED = RefusalCode(
    "monitoring_reason_not_expected",
    "The business of {plan} was operating, and a reason for its standing still is given.",
    "Leave the reason out.",
)
MONITORING_CURRENCY = RefusalCode(
    "monitoring_currency",
    "{amount} is told of the business of {plan}, whose plan is in {currency}.",
    "Tell every amount in {currency}.",
)
MONITORING_TWICE_ON_A_DAY = RefusalCode(
    "monitoring_twice_on_a_day",
    "The business of {plan} was monitored on {day} already: {number}.",
    "Correct that one with its reason, or give the day of this visit.",
)
REFUSALS: Final = (
    *(MONITORING_REASON_MISSING, MONITORING_REASON_NOT_EXPECTED),
    *(MONITORING_CURRENCY, MONITORING_TWICE_ON_A_DAY),
)


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
    """The change from one figure to another; None where one of them is not known.

    Basis points are of the earlier figure, rounded half away from zero; of nothing or less there is no rate.
    """
    if now is None or before is None:
        return None
    difference = now - before
    if before.minor <= 0:
        return Change(difference=difference, basis_points=None)
    sign = -1 if difference.minor < 0 else 1
    rounded = (abs(difference.minor) * WHOLE * 2 + before.minor) // (before.minor * 2)
    return Change(difference=difference, basis_points=sign * rounded)


def check_monitoring(
    plan: str,
    figures: BusinessFigures,
    *,
    currency: str,
    is_operating: bool,
    has_reason: bool,
) -> list[Refusal]:
    """Why what is told of a business cannot be taken: the reason does not fit, or an amount is in another currency."""
    found = []
    if not is_operating and not has_reason:
        found.append(MONITORING_REASON_MISSING(plan=plan))
    if is_operating and has_reason:
        found.append(MONITORING_REASON_NOT_EXPECTED(plan=plan))
    found += [
        MONITORING_CURRENCY(plan=plan, amount=one, currency=currency)
        for one in figures.told()
        if one.currency != currency
    ]
    return found


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
