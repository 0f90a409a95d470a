"""Award, agreement, amendment, waiver and end: what each decision needs. Must not know rows.

Amounts of a grant lie in parts (fund × budget line); a change of the whole is split so that parts sum exactly
and no part gives up what is paid or in flight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from seedfund.grants.rules.words import AgreementKind, EndReason
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, allocate, total

AWARD_AMOUNT: Final = RefusalCode(
    "award_amount", "The award is of {amount}.", "Give each part an amount above zero."
)
AWARD_CURRENCIES: Final = RefusalCode(
    "award_currencies",
    "The parts of the award are in more than one currency.",
    "Award each currency with a grant of its own.",
)
LINE_TWICE: Final = RefusalCode(
    "line_twice", "The budget line {line} of {fund} stands in the award twice.", "Put both into one part."
)
FUND_NOT_ELIGIBLE: Final = RefusalCode(
    "fund_not_eligible",
    "The fund {fund} does not pay {benefit} for the population group {group} on {day}.",
    "Choose one of: {eligible}; or have the rule of eligibility changed.",
)
AWARD_RANGE: Final = RefusalCode(
    "award_range",
    "{amount} is not within what {benefit} gives: {least} to {most}.",
    "Award an amount within the range, or have the benefit changed.",
)
BASIS_NOT_APPROVED: Final = RefusalCode(
    "basis_not_approved",
    "The decision {basis} does not grant the plan money: {outcome}.",
    "Take the plan to a committee again.",
)
BASIS_USED: Final = RefusalCode(
    "basis_awarded_already", "{basis} has been awarded already with {number}.", "Use that grant."
)
AWARD_NOT_AS_DECIDED: Final = RefusalCode(
    "award_not_as_decided",
    "The award is of {amount}, and {basis} decided {decided}.",
    "Award what was decided, or take the plan to the committee again.",
)
AWARD_OTHER_LINE: Final = RefusalCode(
    "award_other_line",
    "The award takes from {lines}, and {basis} decided {decided}.",
    "Award from {decided}, or take the plan to the committee again.",
)
PLAN_NOT_APPROVED: Final = RefusalCode(
    "plan_not_approved",
    "The plan of {basis} is {state} by now.",
    "Award nothing on it: what its owner took back is not given.",
)
AWARD_BEFORE_DECISION: Final = RefusalCode(
    "award_before_decision",
    "The award is dated {day}, before the decision of {decided}.",
    "Date the award on the day of the decision or later.",
)
BASIS_KIND: Final = RefusalCode(
    "basis_kind",
    "{benefit} is not awarded on {basis}.",
    "Award it on one of: {allowed}.",
)
PAPER_OF_BASIS_MISSING: Final = RefusalCode(
    "basis_paper_missing",
    "An award without a committee's decision has no paper it stands on.",
    "Record the list, plan or referral and give its SHA-256 as the basis.",
)
NO_PLACE_HELD: Final = RefusalCode(
    "award_needs_selection",
    "{household} holds no place in a selection, and the policy in force asks for one.",
    "Select it, or promote it from the waiting list; a policy without awards_need_selection lets it be awarded.",
)
OWNER_KIND: Final = RefusalCode(
    "owner_kind",
    "{benefit} is given to a {unit}, and the owner is a {owner}.",
    "Award it to a {unit}, or choose another benefit.",
)
HOUSEHOLD_NEEDED: Final = RefusalCode(
    "household_needed",
    "{owner} belongs to no household, and {benefit} is counted by household.",
    "Register the person in a household first.",
)
GROUP_UNKNOWN: Final = RefusalCode(
    "population_group_unknown",
    "The population group of {owner} is not known.",
    "Complete the household's population group first; it is frozen with the award.",
)
AGREEMENT_OPEN: Final = RefusalCode(
    "agreement_open",
    "The agreement {number} of this grant is {state} and not signed.",
    "Sign it or void it before another one is drafted.",
)
AGREEMENT_KIND_STATE: Final = RefusalCode(
    "agreement_kind_state",
    "A grant that is {state} takes no {kind}.",
    "Draft the first agreement on an award, and an adenda on a grant in force.",
)
NO_AGREEMENT_NEEDED: Final = RefusalCode(
    "no_agreement_needed",
    "{benefit} is given without an agreement.",
    "Bring the award into force with the list the participants signed.",
)
AGREEMENT_NEEDED: Final = RefusalCode(
    "agreement_needed", "{benefit} is given with an agreement.", "Draft the agreement and have it signed."
)
NO_DRAFT: Final = RefusalCode(
    "no_draft",
    "The grant {number} has no agreement under way that could take this step.",
    "Draft an agreement or an adenda first.",
)
AGREEMENT_ABOVE_AWARD: Final = RefusalCode(
    "agreement_above_award",
    "The agreement is for {amount}, and {awarded} was awarded.",
    "Agree on {awarded} or less; more needs a new decision.",
)
PLAN_CHANGED: Final = RefusalCode(
    "plan_changed",
    "The plan of this grant is no longer the version that the agreement {number} is bound to.",
    "Void the agreement and draft it again with the version in force.",
)
PAPER_MISSING: Final = RefusalCode(
    "agreement_paper_missing",
    "The agreement {number} has no paper.",
    "Issue its paper first, or record the paper that was signed elsewhere.",
)
RAISE_WITHOUT_BASIS: Final = RefusalCode(
    "raise_without_basis",
    "The adenda raises the grant by {amount} and names no decision.",
    "Name the decision that allows the raise, and its paper.",
)
RAISE_PAPER: Final = RefusalCode(
    "raise_paper_missing",
    "The paper of {basis} is not on file as minutes or as an act of authority that somebody else filed.",
    "Let another person record the minutes or the act of authority, and draft the adenda after that.",
)
LOWERED_BELOW_USED: Final = RefusalCode(
    "lowered_below_used",
    "The adenda lowers the grant to {amount}, and {used} is paid or on the way.",
    "Agree on {used} or more; what was paid comes back as a refund.",
)
CONDITION_UNKNOWN: Final = RefusalCode(
    "condition_unknown",
    "Tranche {tranche} of {number} has no condition {position}.",
    "Look the conditions up with: seedfund why {number}.",
)
NOT_WAIVABLE: Final = RefusalCode(
    "condition_not_waivable",
    "The condition {condition} is never waived.",
    "Have it met.",
)
WAIVED_ALREADY: Final = RefusalCode(
    "condition_waived_already",
    "Condition {position} of tranche {tranche} was waived on {day}.",
    "Nothing has to be done.",
)
WAIVED_BY_PREPARER: Final = RefusalCode(
    "waived_by_preparer",
    "{actor} prepared a payment of {number} and may not waive its conditions.",
    "Ask another person with the authority to decide.",
)
WAIVED_BY_APPROVER: Final = RefusalCode(
    "waived_by_approver",
    "{actor} approved a payment of {number} that is not released, and may not waive its conditions.",
    "Ask another person with the authority to decide.",
)
WAIVER_PAPER: Final = RefusalCode(
    "waiver_paper",
    "The waiver on {number} has no paper of an authority on file.",
    "File the minutes or the decision with: seedfund do register.file_evidence, and give its SHA-256.",
)
NOT_SUSPENDED: Final = RefusalCode(
    "grant_not_suspended",
    "The grant {number} is {state}, not suspended.",
    "Only a suspended grant is resumed; a first agreement brings a grant into force by being signed.",
)
END_REASON_NOT_FOR: Final = RefusalCode(
    "end_reason_not_for",
    "A grant is not {step} for the reason {reason}.",
    "Use one of: {allowed}.",
)
REFUSALS: Final = (
    *(
        AWARD_AMOUNT,
        AWARD_CURRENCIES,
        LINE_TWICE,
        FUND_NOT_ELIGIBLE,
        AWARD_RANGE,
        BASIS_NOT_APPROVED,
        BASIS_USED,
    ),
    *(
        AWARD_NOT_AS_DECIDED,
        AWARD_OTHER_LINE,
        PLAN_NOT_APPROVED,
        AWARD_BEFORE_DECISION,
        BASIS_KIND,
        PAPER_OF_BASIS_MISSING,
        NO_PLACE_HELD,
        OWNER_KIND,
        HOUSEHOLD_NEEDED,
    ),
    *(
        GROUP_UNKNOWN,
        AGREEMENT_OPEN,
        AGREEMENT_KIND_STATE,
        NO_AGREEMENT_NEEDED,
        AGREEMENT_NEEDED,
        NO_DRAFT,
        AGREEMENT_ABOVE_AWARD,
        PLAN_CHANGED,
    ),
    *(PAPER_MISSING, RAISE_WITHOUT_BASIS, RAISE_PAPER, LOWERED_BELOW_USED, CONDITION_UNKNOWN),
    *(NOT_WAIVABLE, WAIVED_ALREADY, WAIVER_PAPER, WAIVED_BY_PREPARER, WAIVED_BY_APPROVER),
    *(NOT_SUSPENDED, END_REASON_NOT_FOR),
)

DECLINE_REASONS: Final = (
    *(EndReason.DECLINED, EndReason.LAPSED, EndReason.WITHDRAWN, EndReason.DECEASED),
    EndReason.ERROR,
)
TERMINATE_REASONS: Final = tuple(
    reason
    for reason in EndReason
    if reason not in (EndReason.COMPLETED, EndReason.DECLINED, EndReason.LAPSED)
)
END_REASONS: Final[Mapping[str, tuple[EndReason, ...]]] = MappingProxyType(
    {"declined": DECLINE_REASONS, "terminated": TERMINATE_REASONS}
)


def check_end(step: str, reason: EndReason) -> tuple[Refusal, ...]:
    """Why a grant is not `declined` or `terminated` for a reason."""
    allowed = END_REASONS[step]
    if reason in allowed:
        return ()
    words = ", ".join(word.value for word in allowed)
    return (END_REASON_NOT_FOR(step=step, reason=reason.value, allowed=words),)


@dataclass(frozen=True, kw_only=True)
class AwardPart:
    """An amount from one budget line of one fund."""

    fund: str
    line: str
    amount: Money


def check_parts(parts: Sequence[AwardPart]) -> tuple[Refusal, ...]:
    """Why parts make no award: no amount, two currencies, a line twice."""
    refusals = [AWARD_AMOUNT(amount=part.amount) for part in parts if part.amount.minor <= 0]
    if not parts:
        refusals.append(AWARD_AMOUNT(amount=0))
    if len({part.amount.currency for part in parts}) > 1:
        refusals.append(AWARD_CURRENCIES())
    seen: set[tuple[str, str]] = set()
    for part in parts:
        if (part.fund, part.line) in seen:
            refusals.append(LINE_TWICE(fund=part.fund, line=part.line))
        seen.add((part.fund, part.line))
    return tuple(refusals)


def check_range(
    benefit: str, amount: Money, *, least: Money | None, most: Money | None
) -> tuple[Refusal, ...]:
    """Why a benefit does not give an amount; a bound in another currency says nothing about it."""
    low = least is not None and least.currency == amount.currency and amount < least
    high = most is not None and most.currency == amount.currency and amount > most
    if not (low or high):
        return ()
    return (AWARD_RANGE(amount=amount, benefit=benefit, least=least or 0, most=most or "…"),)


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """A committee's decision as an award reads it, and the state its plan is in now.

    `line` is the budget line it decided on, as `FUND/LINE`.
    """

    number: str
    outcome: str
    is_granting: bool
    amount: Money
    decided_on: date
    line: str
    plan_state: str
    used_by: str = ""


def check_decision(
    decision: DecisionFacts, *, amount: Money, lines: Sequence[str], day: date
) -> tuple[Refusal, ...]:
    """Why an award of an amount from `lines` (each as `FUND/LINE`) does not follow from a decision."""
    refusals = []
    if not decision.is_granting:
        refusals.append(BASIS_NOT_APPROVED(basis=decision.number, outcome=decision.outcome))
    else:
        refusals += _check_as_decided(decision, amount=amount, lines=lines)
    if decision.used_by:
        refusals.append(BASIS_USED(basis=decision.number, number=decision.used_by))
    if day < decision.decided_on:
        refusals.append(AWARD_BEFORE_DECISION(day=day, decided=decision.decided_on))
    return tuple(refusals)


def _check_as_decided(decision: DecisionFacts, *, amount: Money, lines: Sequence[str]) -> list[Refusal]:
    """The plan is still approved, and the award is of the amount and from the line that were decided."""
    basis, refusals = decision.number, []
    if decision.plan_state != "approved":
        refusals.append(PLAN_NOT_APPROVED(basis=basis, state=decision.plan_state))
    if amount != decision.amount:
        refusals.append(AWARD_NOT_AS_DECIDED(amount=amount, basis=basis, decided=decision.amount))
    if set(lines) != {decision.line}:
        refusals.append(AWARD_OTHER_LINE(lines=", ".join(lines), basis=basis, decided=decision.line))
    return refusals


AGREED_IN: Final = ("awarded",)
AMENDED_IN: Final = ("in_force", "suspended")


def check_agreement_kind(kind: AgreementKind, state: str) -> tuple[Refusal, ...]:
    """Why a grant in a state takes no agreement of a kind, neither drafted nor signed."""
    states = AMENDED_IN if kind is AgreementKind.ADENDA else AGREED_IN
    return () if state in states else (AGREEMENT_KIND_STATE(state=state, kind=kind.value),)


def split_signed(amount: Money, awarded: Sequence[Money]) -> tuple[Money, ...]:
    """What of each part an agreement of `amount` commits, by what was awarded; never above it."""
    return amount.allocate([part.minor for part in awarded])


def split_change(weights: Sequence[Money], *, before: Money, after: Money) -> tuple[Money, ...]:
    """The change of each part when an adenda moves the whole; negative when it lowers.

    Raised by what is committed in each part; lowered by what is committed and not in flight, so that no part
    gives up what is paid (accounting: rows 14 and 33). The caller hands in those weights.
    """
    change = after - before
    if not change:
        return tuple(Money(0, change.currency) for _ in weights)
    shares = allocate(change.minor, [weight.minor for weight in weights])
    return tuple(Money(share, change.currency) for share in shares)


def check_amount_change(
    *, before: Money, after: Money, used: Sequence[Money], has_basis: bool
) -> tuple[Refusal, ...]:
    """Why an adenda may not move the amount: a raise without a decision, or below what is paid or in flight."""
    spent = total(used, before.currency)
    refusals = []
    if after > before and not has_basis:
        refusals.append(RAISE_WITHOUT_BASIS(amount=after - before))
    if after < spent:
        refusals.append(LOWERED_BELOW_USED(amount=after, used=spent))
    return tuple(refusals)
