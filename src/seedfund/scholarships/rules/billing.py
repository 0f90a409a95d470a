"""What a provider may bill, and what is taken off it. Must not know rows.

No more is paid for than are enrolled and attending; what was paid for somebody who left is taken off the next bill;
while a complaint is open nothing is paid (domain: scholarships and training attendance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, total
from seedfund.scholarships.rules.words import Outcome, Purpose

BILL_EMPTY: Final = RefusalCode(
    "bill_empty", "The bill {bill} has no line.", "Name the scholarships and tranches it is for."
)
BILL_SUM: Final = RefusalCode(
    "bill_sum",
    "The lines of {bill} make {sum}, and its total is {total}.",
    "Reject it, and ask the provider for a bill that adds up.",
)
BILLED_TWICE: Final = RefusalCode(
    "billed_twice",
    "Tranche {position} of {scholarship} was billed with {other} already.",
    "Reject the bill, and ask the provider for one without it.",
)
BILLED_OTHER_PROVIDER: Final = RefusalCode(
    "billed_by_other_provider",
    "The course of {scholarship} is not given by {provider}.",
    "Reject the bill.",
)
BILLED_NO_FEE: Final = RefusalCode(
    "billed_no_fee",
    "Tranche {position} of {scholarship} is no part of its fee.",
    "Reject the bill, and ask for one that names a part of the fee.",
)
BILLED_ABOVE: Final = RefusalCode(
    "billed_above_fee",
    "{amount} is billed for tranche {position} of {scholarship}, and {most} is agreed.",
    "Reject the bill, and ask for one of {most} or less.",
)
BILLED_UNCONFIRMED: Final = RefusalCode(
    "billed_unconfirmed",
    "Tranche {position} of {scholarship} is billed and not confirmed: nobody said the trainee reached it.",
    "Confirm it, or reject the bill.",
)
BILLED_ABOVE_ATTENDING: Final = RefusalCode(
    "billed_above_attending",
    "The bill is for {billed} trainees, and {attending} of them are enrolled and attending.",
    "Reject the bill, and ask for one without those who left or never came.",
)
BILL_OWN: Final = RefusalCode(
    "bill_own", "Who recorded {bill} does not accept it.", "Ask a colleague with the authority to decide."
)
BILL_CURRENCY: Final = RefusalCode(
    "bill_currency",
    "The bill {bill} is in more than one currency.",
    "Ask the provider for a bill in each currency.",
)
BILL_NOT_ACCEPTED: Final = RefusalCode(
    "bill_not_accepted",
    "The bill {bill} is {state}.",
    "Accept it first with: seedfund do scholarships.decide_bill.",
)
COMPLAINT_OWN: Final = RefusalCode(
    "complaint_own",
    "Who opened {complaint} does not close it.",
    "Ask a colleague with the authority to decide.",
)
NETTED_NOTHING: Final = RefusalCode(
    "netted_nothing",
    "Nothing of {bill} can be taken for what {provider} owes: no claim, or no line in the same book that is unpaid.",
    "Look at what is demanded with: seedfund list refunds; else ask for the money back.",
)
NETTED_BY_DEMANDER: Final = RefusalCode(
    "netted_by_demander",
    "Who asked {provider} for what was paid too much does not take it off a bill.",
    "Ask a colleague with the authority to decide.",
)
REFUSALS: Final = (
    *(BILL_EMPTY, BILL_SUM, BILL_CURRENCY, BILLED_TWICE, BILLED_OTHER_PROVIDER, BILLED_NO_FEE),
    *(BILLED_ABOVE, BILLED_UNCONFIRMED, BILLED_ABOVE_ATTENDING, BILL_OWN, COMPLAINT_OWN),
    *(BILL_NOT_ACCEPTED, NETTED_NOTHING, NETTED_BY_DEMANDER),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """A line of a bill beside what is known of its tranche; `most` is what can still be paid of it.

    `other` is the accepted bill it stood on before.
    """

    scholarship: str
    position: int
    amount: Money
    most: Money
    purpose: Purpose | None
    outcome: Outcome | None
    is_of_provider: bool
    is_attending: bool
    other: str = ""


def check_bill(bill: str, provider: str, stated: Money, lines: Sequence[BilledLine]) -> list[Refusal]:
    """Why a bill is not accepted, line by line and as a whole."""
    if not lines:
        return [BILL_EMPTY(bill=bill)]
    if len({one.amount.currency for one in lines} | {stated.currency}) > 1:
        return [BILL_CURRENCY(bill=bill)]
    summed = total((one.amount for one in lines), stated.currency)
    refusals = [] if summed == stated else [BILL_SUM(bill=bill, sum=summed, total=stated)]
    refusals += [refusal for one in lines for refusal in _check_line(one, provider)]
    trainees = {one.scholarship: one.is_attending for one in lines}
    attending = sum(trainees.values())
    if attending < len(trainees):
        refusals.append(BILLED_ABOVE_ATTENDING(billed=len(trainees), attending=attending))
    return refusals


def _check_line(one: BilledLine, provider: str) -> list[Refusal]:
    where = {"position": one.position, "scholarship": one.scholarship}
    if not one.is_of_provider:
        return [BILLED_OTHER_PROVIDER(scholarship=one.scholarship, provider=provider)]
    if one.purpose is not Purpose.TUITION:
        return [BILLED_NO_FEE(**where)]
    if one.other:
        return [BILLED_TWICE(**where, other=one.other)]
    refusals = []
    if one.outcome is not Outcome.CONFIRMED:
        refusals.append(BILLED_UNCONFIRMED(**where))
    if not 0 < one.amount.minor <= one.most.minor:
        refusals.append(BILLED_ABOVE(**where, amount=one.amount, most=one.most))
    return refusals


def net(claims: Mapping[str, int], lines: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Which claim is taken off which line, oldest first, in minor units: claim, line and amount.

    No claim and no line gives more than it has; together they give the smaller of both sums.
    """
    owed, left, found = dict(claims), dict(lines), []
    for claim in claims:
        for line in lines:
            taken = min(owed[claim], left[line])
            if taken > 0:
                found.append((claim, line, taken))
                owed[claim], left[line] = owed[claim] - taken, left[line] - taken
    return found
