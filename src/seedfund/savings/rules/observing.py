"""What observed balances tell as of a day: deposits, net saved, dormancy. Must not know rows.

A balance is an observation, never a calculation: what lies between two of them is known as far as the two tell. What
was not observed is a named result, never zero (domain: savings-account linkage, observation log).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, total, zero
from seedfund.savings.rules.words import Irregular, Source

DORMANT_MONTHS: Final = 6
"""After how many months without a deposit an account is dormant, unless a caller says otherwise."""
USE_MONTHS: Final = 12
"""How long a use of mobile money counts (UNHCR core outcome 13.1, after the Findex method)."""

NEVER_COUNTED: Final = (Irregular.OTHER_CURRENCY, Irregular.MEMBER_NOT_IN_GROUP)
"""What no decision can make count: amounts of two currencies have no sum, and nobody's shares have no owner."""

CORRECTED_ALREADY: Final = RefusalCode(
    "savings_observation_corrected_already",
    "{observation} was corrected by {by} already.",
    "Correct {by} instead; both stay on record.",
)
CORRECTS_ANOTHER_LINK: Final = RefusalCode(
    "savings_observation_of_another",
    "{observation} is of {found}, and the correction is for {link}.",
    "Give the observation of the same account.",
)
NOT_IRREGULAR: Final = RefusalCode(
    "savings_not_irregular",
    "{which} is not irregular, so there is nothing to decide.",
    "If it is wrong, record a correction.",
)
DECIDED_ALREADY: Final = RefusalCode(
    "savings_decided_already",
    "{which} was decided on already.",
    "Look it up with: seedfund show.",
)
OWN_DECISION: Final = RefusalCode(
    "savings_own_decision",
    "Whoever recorded {which} does not decide whether it counts.",
    "Ask a colleague to look at the paper.",
)
CANNOT_COUNT: Final = RefusalCode(
    "savings_cannot_count",
    "{which} is irregular ({irregular}), and no figure could count it as it stands.",
    "Set it aside, and record a correction in the account's own currency.",
)
REFUSALS: Final = (
    *(CANNOT_COUNT, CORRECTED_ALREADY, CORRECTS_ANOTHER_LINK, NOT_IRREGULAR, DECIDED_ALREADY, OWN_DECISION),
)


class Unknown(StrEnum):
    """Why a figure is not told: it is none of these, and never zero."""

    NOT_OBSERVED = "not_observed"
    START_NOT_OBSERVED = "start_not_observed"


class Activity(StrEnum):
    """How an account is used on a day."""

    ACTIVE = "active"
    DORMANT = "dormant"
    NOT_OBSERVED = "not_observed"


@dataclass(frozen=True, kw_only=True)
class Observed:
    """A balance read on a day; `deposited` and `withdrawn` since the one before, where the source tells them.

    Amounts are of one currency and not below zero, but a balance may be: fees can overdraw an account.
    """

    on: date
    balance: Money
    deposited: Money | None = None
    withdrawn: Money | None = None
    source: Source = Source.PASSBOOK


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What happened between two observations; `is_least` where only the difference of the balances is known.

    `is_opening`: it is the first, and all that is known of it is that the account once began at nothing.
    """

    since: date | None
    until: date
    deposited: Money
    withdrawn: Money
    is_least: bool = False
    is_opening: bool = False

    def began_after(self, day: date) -> bool:
        """Whether it can be counted from a day on: an opening alone tells nothing where the account is older."""
        return not self.is_opening or (self.since is not None and self.since >= day)


@dataclass(frozen=True, kw_only=True)
class AccountLife:
    """When the account was opened and closed, as far as it was, and its currency."""

    currency: str
    opened_on: date | None
    closed_on: date | None = None


def irregular(seen: Observed, life: AccountLife, before: Observed | None) -> Irregular | None:
    """Why an observation waits for a decision; None where it can be counted. `before` is the one before it by day."""
    if seen.balance.currency != life.currency:
        return Irregular.OTHER_CURRENCY
    if life.opened_on is None:
        return Irregular.NOT_OPENED
    if seen.on < life.opened_on:
        return Irregular.BEFORE_OPENING
    if life.closed_on is not None and seen.on > life.closed_on:
        return Irregular.AFTER_CLOSING
    if seen.deposited is not None and seen.withdrawn is not None:
        start = zero(life.currency) if before is None else before.balance
        if start + seen.deposited - seen.withdrawn != seen.balance:
            return Irregular.DOES_NOT_ADD_UP
    return None


@dataclass(frozen=True, kw_only=True)
class IrregularFacts:
    """What a decision about something irregular is judged by; `irregular` is None where it is not."""

    which: str
    irregular: Irregular | None
    is_decided: bool
    is_own: bool


def check_decision(facts: IrregularFacts, *, counts: bool) -> tuple[Refusal, ...]:
    """Why a decision about something irregular cannot stand."""
    if facts.irregular is None:
        return (NOT_IRREGULAR(which=facts.which),)
    found = []
    if facts.is_decided:
        found.append(DECIDED_ALREADY(which=facts.which))
    if facts.is_own:
        found.append(OWN_DECISION(which=facts.which))
    if counts and facts.irregular in NEVER_COUNTED:
        found.append(CANNOT_COUNT(which=facts.which, irregular=facts.irregular.value))
    return tuple(found)


def known_on(seen: Iterable[Observed], day: date) -> tuple[Observed, ...]:
    """What had been observed by a day, in the order of days; the later recorded of one day comes last."""
    return tuple(sorted((one for one in seen if one.on <= day), key=lambda one: one.on))


def movements(seen: Sequence[Observed], life: AccountLife) -> tuple[Movement, ...]:
    """What happened up to each observation; an account began at nothing on the day it was opened."""
    if not seen:
        return ()
    opening = _movement(seen[0], zero(life.currency), since=life.opened_on)
    first = replace(opening, is_opening=opening.is_least)
    rest = (_movement(later, earlier.balance, since=earlier.on) for earlier, later in pairwise(seen))
    return (first, *rest)


def _movement(seen: Observed, start: Money, *, since: date | None) -> Movement:
    change = seen.balance - start
    nothing = zero(start.currency)
    deposited, withdrawn = seen.deposited, seen.withdrawn
    is_least = deposited is None and withdrawn is None
    if deposited is None:
        deposited = max(change + (withdrawn or nothing), nothing)
    if withdrawn is None:
        withdrawn = max(deposited - change, nothing)
    return Movement(since=since, until=seen.on, deposited=deposited, withdrawn=withdrawn, is_least=is_least)


def balance_on(seen: Iterable[Observed], day: date) -> Money | Unknown:
    """The balance last observed by a day."""
    known = known_on(seen, day)
    return known[-1].balance if known else Unknown.NOT_OBSERVED


def deposits_between(
    seen: Iterable[Observed], life: AccountLife, *, start: date, end: date
) -> Money | Unknown:
    """What was put in after `start` and up to `end`, at least: a movement counts on the day it was observed."""
    known = known_on(seen, end)
    if not known:
        return Unknown.NOT_OBSERVED
    counted = [one for one in movements(known, life) if one.until > start]
    if any(not one.began_after(start) for one in counted):
        return Unknown.START_NOT_OBSERVED
    return total((one.deposited for one in counted), life.currency)


def net_saved(seen: Iterable[Observed], life: AccountLife, *, start: date, end: date) -> Money | Unknown:
    """The balance on `end` less that on `start`; an account opened after `start` began at nothing.

    It may be below zero: who took more out than was put in has not saved.
    """
    known = known_on(seen, end)
    if not known:
        return Unknown.NOT_OBSERVED
    before = known_on(known, start)
    if before:
        return known[-1].balance - before[-1].balance
    if life.opened_on is not None and life.opened_on >= start:
        return known[-1].balance
    return Unknown.START_NOT_OBSERVED


def activity_on(
    seen: Iterable[Observed], life: AccountLife, day: date, *, months: int = DORMANT_MONTHS
) -> Activity:
    """Active with a deposit in the last `months`; dormant where it was looked at in them and had none.

    What nobody looked at in that time is not observed, and so is an account younger than it that had no deposit yet,
    or an older one that was looked at for the first time: one balance alone tells no deposit.
    """
    known = known_on(seen, day)
    horizon = add_months(day, -months)
    recent = [one for one in movements(known, life) if one.until > horizon and one.began_after(horizon)]
    if any(one.deposited.minor > 0 for one in recent):
        return Activity.ACTIVE
    is_young = life.opened_on is None or life.opened_on > horizon
    return Activity.DORMANT if recent and not is_young else Activity.NOT_OBSERVED


def used_since(seen: Iterable[Observed], life: AccountLife, day: date, *, months: int = USE_MONTHS) -> bool:
    """Whether money went in or out in the last `months`: what counts of mobile money in UNHCR 13.1."""
    horizon = add_months(day, -months)
    found = movements(known_on(seen, day), life)
    return any(
        one.until > horizon and one.began_after(horizon) and (one.deposited or one.withdrawn) for one in found
    )


@dataclass(frozen=True, kw_only=True)
class RoundTrip:
    """A payment that seems to have gone through an account to look like savings: put in, and taken out again."""

    deposited: Money
    deposited_by: date
    withdrawn: Money
    withdrawn_by: date


ROUND_TRIP_DAYS: Final = 30
"""Within how many days of a payment a deposit is held against it, and of that a withdrawal (domain: round-tripping)."""
ROUND_TRIP_TOLERANCE: Final = 1_000
"""How far a deposit or withdrawal may be from the payment, in basis points of it."""


def round_trip(
    paid: Money, paid_on: date, moved: Sequence[Movement], *, days: int = ROUND_TRIP_DAYS
) -> RoundTrip | None:
    """The deposit and withdrawal that mirror a payment; None where there is none.

    A deposit of about the payment (within a tenth of it) seen after it, then a withdrawal of about as much. A movement
    spans the days between two observations: it counts where it can have happened in time.
    """
    least = paid - paid.share(ROUND_TRIP_TOLERANCE)
    most = paid + paid.share(ROUND_TRIP_TOLERANCE)
    window = timedelta(days=days)
    for position, one in enumerate(moved):
        is_in_time = one.until >= paid_on and (one.since is None or one.since <= paid_on + window)
        if not (is_in_time and one.began_after(paid_on - window) and least <= one.deposited <= most):
            continue
        for later in moved[position:]:
            is_soon = later.since is None or later.since <= one.until + window
            if is_soon and later.withdrawn >= least:
                return RoundTrip(
                    deposited=one.deposited,
                    deposited_by=one.until,
                    withdrawn=later.withdrawn,
                    withdrawn_by=later.until,
                )
    return None
