"""Money that has to come back: demanded, let go, received, given up. What each decision needs. Must not know rows."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from seedfund.grants.rules.justifying import GRANT_CLOSED
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

NOTHING_TO_DEMAND: Final = RefusalCode(
    "nothing_to_demand",
    "Nothing of {number} is open that could be asked back.",
    "Look at the figures of the grant with: seedfund show {number}.",
)
DEMAND_EXCEEDS_OPEN: Final = RefusalCode(
    "demand_exceeds_open",
    "{amount} would be asked back on {number}, and {is_open} is open.",
    "Ask for {is_open} or less.",
)
DEMAND_AFTER_DEATH: Final = RefusalCode(
    "demand_after_death",
    "The participant of {number} has died; nothing is asked back of the family.",
    "Accept what receipts there are, and have the rest written off.",
)
OVERPAID_HAS_RECEIPTS: Final = RefusalCode(
    "overpaid_has_receipts",
    "The grant {number} is accounted for with receipts; what is open or was accepted is demanded as such.",
    "Use grants.demand_refund for what is open, or grants.withdraw_acceptance for what was accepted.",
)
DEMAND_ANSWERED: Final = RefusalCode(
    "demand_answered", "The demand {number} is {state}.", "Nothing has to be done."
)
LIFTED_BY_DEMANDER: Final = RefusalCode(
    "lifted_by_demander",
    "Who asked for {number} does not let it go.",
    "Ask another person with the authority to decide.",
)
WRITE_OFF_NOTHING: Final = RefusalCode(
    "write_off_nothing",
    "Nothing of {number} is demanded or open that could be given up.",
    "Look at the figures of the grant with: seedfund show {number}.",
)
WRITE_OFF_EXCEEDS: Final = RefusalCode(
    "write_off_exceeds",
    "{amount} would be given up on {number}, and {is_open} is demanded or open.",
    "Give up {is_open} or less.",
)
WRITE_OFF_PAPER: Final = RefusalCode(
    "write_off_paper",
    "The write-off on {number} has no paper of an authority on file.",
    "File the minutes or the decision with: seedfund do register.file_evidence, and give its SHA-256.",
)
WRITE_OFF_DONOR_PAPER: Final = RefusalCode(
    "write_off_donor_paper",
    "From {limit} on a write-off needs the donor's paper, and none is on file.",
    "File the donor's letter, and give its SHA-256 as the donor's paper.",
)
WRITE_OFF_AUTHORITY: Final = RefusalCode(
    "write_off_authority",
    "The write-off on {number} is of {amount}, above this person's authority of {ceiling}.",
    "Ask somebody with a higher ceiling.",
)
REFUSALS: Final = (
    *(NOTHING_TO_DEMAND, DEMAND_EXCEEDS_OPEN, DEMAND_AFTER_DEATH, DEMAND_ANSWERED, LIFTED_BY_DEMANDER),
    OVERPAID_HAS_RECEIPTS,
    *(WRITE_OFF_NOTHING, WRITE_OFF_EXCEEDS, WRITE_OFF_PAPER, WRITE_OFF_DONOR_PAPER, WRITE_OFF_AUTHORITY),
)


class DemandReason(StrEnum):
    """Why money is asked back."""

    UNSPENT = "unspent"
    REJECTED = "rejected"
    OVERDUE = "overdue"
    INELIGIBLE = "ineligible"
    OVERPAID = "overpaid"
    ENDED = "ended"


def check_demand(
    number: str, *, amount: Money, is_open: Money, has_died: bool, is_closed: bool
) -> list[Refusal]:
    """Why a refund cannot be demanded."""
    refusals = [GRANT_CLOSED(number=number)] if is_closed and not is_open else []
    if has_died:
        refusals.append(DEMAND_AFTER_DEATH(number=number))
    if not is_open or amount.minor <= 0:
        refusals.append(NOTHING_TO_DEMAND(number=number))
    elif amount > is_open:
        refusals.append(DEMAND_EXCEEDS_OPEN(amount=amount, number=number, is_open=is_open))
    return refusals


def check_lift(number: str, *, state: str, is_demander: bool) -> list[Refusal]:
    """Why a demand cannot be let go by this person."""
    refusals = [] if state == "open" else [DEMAND_ANSWERED(number=number, state=state)]
    if is_demander:
        refusals.append(LIFTED_BY_DEMANDER(number=number))
    return refusals


def outstanding(demands: Sequence[int], claimed: int) -> tuple[int, ...]:
    """What of each demand, oldest first, is still unpaid: what is claimed lies on the newest ones. Minor units."""
    left, result = claimed, []
    for amount in reversed(demands):
        part = min(left, amount)
        result.append(part)
        left -= part
    return tuple(reversed(result))


def check_write_off(number: str, *, amount: Money, is_open: Money, has_paper: bool) -> list[Refusal]:
    """Why a write-off cannot be asked for."""
    refusals = []
    if not is_open or amount.minor <= 0:
        refusals.append(WRITE_OFF_NOTHING(number=number))
    elif amount > is_open:
        refusals.append(WRITE_OFF_EXCEEDS(amount=amount, number=number, is_open=is_open))
    if not has_paper:
        refusals.append(WRITE_OFF_PAPER(number=number))
    return refusals


def check_authority(
    number: str, *, amount: Money, ceiling: Money, donor_from: Money | None, has_donor_paper: bool
) -> list[Refusal]:
    """Why this person cannot give so much up; from `donor_from` on the donor's paper is needed (None: no limit)."""
    refusals = []
    if amount > ceiling:
        refusals.append(WRITE_OFF_AUTHORITY(number=number, amount=amount, ceiling=ceiling))
    if donor_from is not None and amount >= donor_from and not has_donor_paper:
        refusals.append(WRITE_OFF_DONOR_PAPER(limit=donor_from))
    return refusals
