"""What nobody may receive twice: one grant of a benefit a period, and no double support for a purpose.

Checked before money is set aside for an award. A benefit of households is counted by household, whoever of it
owns the grant; one of persons by person, and neither beside the other for one purpose, which is compared without
case or accents. Must not know where the facts come from: grants of ours and transfers that
somebody else pays stand side by side (domain: disbursement, same purpose in the same cycle).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.dates import DateRange, add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.people.names import fold

ONE_PER_PERIOD: Final = RefusalCode(
    "one_per_household_and_period",
    "{owner} or its household was awarded {benefit} on {day} with {number}; the next may be awarded on {free}.",
    "Wait until {free}, or raise the first grant by an adenda.",
)
DOUBLE_SUPPORT: Final = RefusalCode(
    "double_support",
    "{owner} is supported for {purpose} already: {number}, paid by {payer}, {period}.",
    "Choose another benefit, or wait until that support has ended.",
)
REFUSALS: Final = (ONE_PER_PERIOD, DOUBLE_SUPPORT)
OURS: Final = "this programme"


@dataclass(frozen=True, kw_only=True)
class Support:
    """What an owner receives or received: a grant of ours, or a transfer outside our books.

    `is_counted` is false for what never came about: declined, or ended before anything was paid. `is_running`
    is true while more may be paid. `months` is how long one award of this benefit keeps the next away (0: no
    such limit).
    """

    number: str
    benefit: str
    purpose: str
    day: date
    payer: str = OURS
    months: int = 0
    until: date | None = None
    is_counted: bool = True
    is_running: bool = True

    @property
    def is_ours(self) -> bool:
        """Whether it stands in our own books."""
        return self.payer == OURS

    def supports_on(self, day: date) -> bool:
        """Whether it still supports its owner for its purpose on a day."""
        return self.is_running and (self.until is None or self.until > day)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be awarded to whom: benefit, its purpose and its limit in months (0: none), and the day."""

    owner: str
    benefit: str
    purpose: str
    day: date
    months: int


def check_stacking(wish: Wish, supports: Iterable[Support]) -> tuple[Refusal, ...]:
    """Why the owner may not be awarded this; one reason for each support that stands against it."""
    refusals = []
    for support in supports:
        if not support.is_counted:
            continue
        blocked = _blocked(wish, support)
        if blocked is not None:
            refusals.append(blocked)
        elif fold(support.purpose) == fold(wish.purpose) and support.supports_on(wish.day):
            refusals.append(_double(wish, support))
    return tuple(refusals)


def _blocked(wish: Wish, support: Support) -> Refusal | None:
    """Both awards keep their distance, whichever of the two was dated first."""
    if not (support.is_ours and support.benefit == wish.benefit and wish.months):
        return None
    kept = DateRange(support.day, add_months(support.day, wish.months))
    if not kept.overlaps(DateRange(wish.day, add_months(wish.day, wish.months))):
        return None
    return ONE_PER_PERIOD(
        owner=wish.owner, benefit=wish.benefit, day=support.day, number=support.number, free=kept.end
    )


def _double(wish: Wish, support: Support) -> Refusal:
    period = f"{support.day} – {support.until}" if support.until else f"{support.day} –"
    return DOUBLE_SUPPORT(
        owner=wish.owner,
        purpose=wish.purpose,
        number=support.number,
        payer=support.payer,
        period=period,
    )
