"""Money told as paid beyond what was held for a payment, until somebody decides what it is. Must not know rows.

A payment that failed, expired or came back may turn out to have been paid after all, and one may be paid before it was
released. That is a fact and a claim on the provider (accounting: row 18); paying once more before it is decided would
pay twice. It is not bound to a place in the schedule, which an adenda may move: while it waits, nothing of its grant
is paid and nothing of its promise changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.grants.rules.deliveries import BOUNCED, Outcome
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

LATE_RESULT_WAITS: Final = RefusalCode(
    "late_result_waits",
    "{amount} of the payment {payment} for tranche {position} of {number} were told as paid though nothing was on "
    "the way, and nobody decided what they are.",
    "Decide it with: seedfund do grants.decide_late_result, or record what came back with: seedfund do "
    "grants.record_bounce.",
)
LATE_NOTHING: Final = RefusalCode(
    "late_nothing",
    "Nothing that was told as paid of {payment} waits for a decision.",
    "Look the payment up with: seedfund show {number}.",
)
LATE_BY_RECORDER: Final = RefusalCode(
    "late_by_recorder",
    "Who released the payment {payment} or recorded its results does not decide what its late money is.",
    "Ask another person with the authority to decide.",
)
LATE_NOT_RELEASED: Final = RefusalCode(
    "late_not_released",
    "The payment {payment} was never released, so what was paid of it cannot be charged to {number}.",
    "Have the money back from the provider, or decide that the payee did not receive it.",
)
LATE_BEYOND_TRANCHE: Final = RefusalCode(
    "late_beyond_tranche",
    "{amount} would be charged to tranche {position} of {number}, and {rest} of it is neither paid nor listed.",
    "Take a retry that is only listed out of its list, or have the money back from the provider.",
)
LATE_BEYOND_PAYMENT: Final = RefusalCode(
    "late_beyond_payment",
    "The payment {payment} was delivered in full; what was told as paid beyond that is not its grant's.",
    "Decide that the provider owes it with: seedfund do grants.decide_late_result, decision not_received.",
)
REFUSALS: Final = (
    *(LATE_RESULT_WAITS, LATE_NOTHING, LATE_BY_RECORDER, LATE_NOT_RELEASED, LATE_BEYOND_TRANCHE),
    LATE_BEYOND_PAYMENT,
)


OUTCOMES: Final = tuple(Outcome)


class LateDecision(StrEnum):
    """What late money is: received by the payee and charged to the grant, or not, so that the provider owes it."""

    TO_GRANT = "to_grant"
    NOT_RECEIVED = "not_received"


DECISIONS: Final = tuple(LateDecision)


@dataclass(frozen=True, slots=True)
class Told:
    """A step of a payment: the first word of its reason, the state it found, how much it speaks of."""

    word: str
    was: str
    amount: int


@dataclass(frozen=True, slots=True)
class LateMoney:
    """What of a payment would be paid twice if it were paid once more, and the tranche it was for."""

    payment: str
    position: int
    amount: Money


def undecided(amount: int, history: Sequence[Told]) -> int:
    """What was told as paid of a payment beyond what was held for it, and neither came back nor was decided."""
    delivered = above = 0
    for step in history:
        if step.word in OUTCOMES:
            held = amount - delivered if step.was in IN_FLIGHT else 0
            settled = min(step.amount, held)
            delivered, above = delivered + settled, above + step.amount - settled
        elif step.word == BOUNCED:
            late = min(step.amount, above)
            delivered, above = delivered - min(step.amount - late, delivered), above - late
        elif step.word in DECISIONS:
            above -= step.amount
            delivered += step.amount if step.word == LateDecision.TO_GRANT else 0
    return above


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of a payment up to some day: what was told, where it led, how much it speaks of."""

    told: Told
    became: str


def still_held(amount: int, history: Sequence[Moved]) -> int:
    """What of a payment was on its way after these steps of its history, in order; zero where it had ended."""
    if not history or history[-1].became not in IN_FLIGHT:
        return 0
    delivered = 0
    for step in history:
        if step.told.word in OUTCOMES and step.told.was in IN_FLIGHT:
            delivered += min(step.told.amount, amount - delivered)
    return amount - delivered


def check_late(number: str, late: Sequence[LateMoney]) -> list[Refusal]:
    """Why a grant is neither paid nor changed: money of a payment of it may have reached the payee."""
    return [
        LATE_RESULT_WAITS(amount=one.amount, payment=one.payment, position=one.position, number=number)
        for one in late
    ]


def check_decider(
    number: str, payment: str, *, late: int, chargeable: int, is_recorder: bool
) -> list[Refusal]:
    """Why a person does not decide what the late money of a payment is; `chargeable` is what the decision takes."""
    refusals = []
    if not late:
        refusals.append(LATE_NOTHING(payment=payment, number=number))
    elif not chargeable:
        refusals.append(LATE_BEYOND_PAYMENT(payment=payment))
    return [*refusals, LATE_BY_RECORDER(payment=payment)] if is_recorder else refusals


def check_charge(number: str, late: LateMoney, *, rest: Money, is_released: bool) -> list[Refusal]:
    """Why late money cannot be charged to the tranche its payment was for."""
    refusals = [] if is_released else [LATE_NOT_RELEASED(payment=late.payment, number=number)]
    if late.amount > rest:
        refusals.append(
            LATE_BEYOND_TRANCHE(amount=late.amount, position=late.position, number=number, rest=rest)
        )
    return refusals
