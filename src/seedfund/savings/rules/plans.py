"""A savings plan: what is saved for, how much a month, until when, the match the programme adds. Must not know rows.

Own savings are never programme money. The match is: it is only worked out here, and paid through a grant when what the
plan saves for is bought (domain: matched savings).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, zero
from seedfund.kernel.states import StateTable
from seedfund.savings.rules.words import Purpose

SAVINGS_PLAN_STATES: Final = StateTable(
    "savings plan",
    "agreed",
    {"agreed": ("reached", "ended"), "reached": ("ended",), "ended": ()},
)
"""Agreed with the saver, its target reached, and ended: by the purchase, by the saver, or by the calendar."""
MONTHS_MOST: Final = 60

TARGET_NOT_ABOVE_ZERO: Final = RefusalCode(
    "savings_target_not_above_zero",
    "The target {target} or the monthly amount {monthly} is not above zero.",
    "Agree with the saver on amounts above zero.",
)
PLAN_MONTHS: Final = RefusalCode(
    "savings_plan_months",
    "The plan is for {months} months, and it can be for 1 to {most}.",
    "Give the number of months agreed with the saver.",
)
TARGET_OUT_OF_REACH: Final = RefusalCode(
    "savings_target_out_of_reach",
    "{monthly} a month for {months} months is {sum}, less than the target {target}.",
    "Agree on a higher monthly amount, on more months, or on a lower target.",
)
PLAN_OTHER_CURRENCY: Final = RefusalCode(
    "savings_plan_other_currency",
    "The plan is in {found}, and {link} is in {currency}.",
    "Write the amounts of the plan in {currency}.",
)
PLAN_ACCOUNT_NOT_OPEN: Final = RefusalCode(
    "savings_plan_account_not_open",
    "{link} is {state}, and a plan needs an open account to save in.",
    "Record the opening of the account first.",
)
PLAN_UNDER_WAY: Final = RefusalCode(
    "savings_plan_under_way",
    "{plan} is under way in {link} already.",
    "End it before another plan begins in the same account.",
)
MATCH_WITHOUT_MOST: Final = RefusalCode(
    "savings_match_without_most",
    "A match of {rate} is promised without a limit.",
    "Say how much the match is at most; it is programme money.",
)
NOT_REACHED: Final = RefusalCode(
    "savings_target_not_reached",
    "{saved} is saved of the target {target}.",
    "Go on saving, record a newer balance, or end the plan.",
)
SAVED_NOT_KNOWN: Final = RefusalCode(
    "savings_saved_not_known",
    "What was saved in {link} since {start} is not known.",
    "Record the balance of the account.",
)
MATCH_NOT_PROMISED: Final = RefusalCode(
    "savings_match_not_promised",
    "{plan} promises no match.",
    "The saver buys with own savings alone, or another plan is agreed.",
)
MATCH_FOR_ANOTHER_PURPOSE: Final = RefusalCode(
    "savings_match_for_another_purpose",
    "The purchase is for {asked}, and {plan} saves for {purpose}.",
    "A match is paid for what the plan saves for alone.",
)
MATCH_ABOVE_SAVINGS: Final = RefusalCode(
    "savings_match_above_savings",
    "{own} of own savings is to be matched, and {left} of what was saved is not matched yet.",
    "Match what was saved, or record a newer balance.",
)
MATCH_USED_UP: Final = RefusalCode(
    "savings_match_used_up",
    "The match of {plan} is used up: {most} was promised, and {matched} is matched.",
    "Nothing more is due under this plan.",
)
REFUSALS: Final = (
    *(TARGET_NOT_ABOVE_ZERO, PLAN_MONTHS, TARGET_OUT_OF_REACH, PLAN_OTHER_CURRENCY),
    *(PLAN_ACCOUNT_NOT_OPEN, PLAN_UNDER_WAY, MATCH_WITHOUT_MOST, NOT_REACHED, SAVED_NOT_KNOWN),
    *(MATCH_NOT_PROMISED, MATCH_FOR_ANOTHER_PURPOSE, MATCH_ABOVE_SAVINGS, MATCH_USED_UP),
)


@dataclass(frozen=True, kw_only=True)
class SavingsTerms:
    """What was agreed with a saver: the target, the amount a month, for how many months from which day.

    `match_basis_points` is what the programme adds to own savings: 10,000 is one for one, 0 nothing; `match_most` is
    its limit.
    """

    purpose: Purpose
    target: Money
    monthly: Money
    starts_on: date
    months: int
    match_basis_points: int = 0
    match_most: Money | None = None

    @property
    def ends_on(self) -> date:
        """The day after its last month."""
        return add_months(self.starts_on, self.months)


@dataclass(frozen=True, kw_only=True)
class MatchFacts:
    """What a match is worked out from: what the plan saved so far, and what of it was matched before."""

    plan: str
    terms: SavingsTerms
    saved: Money
    own_matched: Money
    matched: Money


def check_terms(terms: SavingsTerms, *, link: str, currency: str) -> tuple[Refusal, ...]:
    """Why a plan cannot be agreed as it stands."""
    amounts = (terms.target, terms.monthly, *([terms.match_most] if terms.match_most is not None else []))
    other = next((one for one in amounts if one.currency != currency), None)
    if other is not None:
        return (PLAN_OTHER_CURRENCY(found=other.currency, link=link, currency=currency),)
    found = []
    if terms.target.minor <= 0 or terms.monthly.minor <= 0:
        found.append(TARGET_NOT_ABOVE_ZERO(target=terms.target, monthly=terms.monthly))
    if not 1 <= terms.months <= MONTHS_MOST:
        found.append(PLAN_MONTHS(months=terms.months, most=MONTHS_MOST))
    elif Money(terms.monthly.minor * terms.months, currency) < terms.target:
        reached = Money(terms.monthly.minor * terms.months, currency)
        found.append(
            TARGET_OUT_OF_REACH(monthly=terms.monthly, months=terms.months, sum=reached, target=terms.target)
        )
    if terms.match_basis_points > 0 and (terms.match_most is None or terms.match_most.minor <= 0):
        found.append(MATCH_WITHOUT_MOST(rate=_percent(terms.match_basis_points)))
    return tuple(found)


def planned_by(terms: SavingsTerms, day: date) -> Money:
    """What should be saved by a day: the monthly amount for each month that has ended, up to the target."""
    months = 0
    while months < terms.months and add_months(terms.starts_on, months + 1) <= day:
        months += 1
    return min(Money(terms.monthly.minor * months, terms.monthly.currency), terms.target)


def check_match(facts: MatchFacts, *, purpose: Purpose, own: Money) -> tuple[Refusal, ...]:
    """Why a purchase of which `own` is paid from own savings is not matched."""
    terms = facts.terms
    if terms.match_basis_points <= 0 or terms.match_most is None:
        return (MATCH_NOT_PROMISED(plan=facts.plan),)
    found = []
    if purpose is not terms.purpose:
        found.append(
            MATCH_FOR_ANOTHER_PURPOSE(asked=purpose.value, plan=facts.plan, purpose=terms.purpose.value)
        )
    left = max(facts.saved - facts.own_matched, zero(own.currency))
    if own > left:
        found.append(MATCH_ABOVE_SAVINGS(own=own, left=left))
    if facts.matched >= terms.match_most:
        found.append(MATCH_USED_UP(plan=facts.plan, most=terms.match_most, matched=facts.matched))
    return tuple(found)


def match_of(facts: MatchFacts, own: Money) -> Money:
    """What the programme adds to `own` savings: the rate of them, rounded half up, never beyond the limit."""
    nothing = zero(own.currency)
    if facts.terms.match_most is None:
        return nothing
    left = max(facts.terms.match_most - facts.matched, nothing)
    return min(own.share(facts.terms.match_basis_points), left)


def _percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"
