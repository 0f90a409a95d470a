"""What the result of a payment means: the state it comes to, what is settled, what is irregular. Must not know rows.

A result is a fact: it is taken in whatever it says, and what does not fit is named (accounting: rows 16 to 19).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.grants.rules.methods import REDEEMED
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.kernel.errors import Refusal, RefusalCode

PAYER_CONFIRMS: Final = RefusalCode(
    "payer_confirms",
    "Who released the payment {payment} does not record its result.",
    "Ask the reconciler, or another person of finance.",
)
RESULT_RECORDED: Final = RefusalCode(
    "result_recorded_already",
    "This very result of the payment {payment} was recorded before.",
    "Nothing has to be done; a second payment by the provider has a reference or a day of its own.",
)
REFUSALS: Final = (PAYER_CONFIRMS, RESULT_RECORDED)


class Outcome(StrEnum):
    """What the bank, the provider, the signed list or the supplier says of a payment."""

    FULL = "full"
    PART = "part"
    FAILED = "failed"
    EXPIRED = "expired"
    REDEEMED = "redeemed"


BROUGHT_NOTHING: Final = (Outcome.FAILED, Outcome.EXPIRED)
BOUNCED: Final = "bounced"
"""The first word of a step by which money came back; a result's step begins with its outcome."""
ENDED_SHORT: Final = ("failed", "expired", "part")
"""States in which what is missing was told as not arrived: the bank's return of it tells the same again."""


class Irregularity(StrEnum):
    """Why a result stands on the exceptions page."""

    PAID_TOO_MUCH = "paid_too_much"
    NOT_IN_FLIGHT = "not_in_flight"
    OTHER_ACCOUNT = "other_account"
    BEFORE_RELEASE = "before_release"
    ROOM_MADE = "room_made"
    NOT_CONFIRMED = "not_confirmed"
    OTHER_METHOD = "outcome_of_other_method"
    WITHOUT_CODE = "redeemed_without_code"


@dataclass(frozen=True, kw_only=True)
class InFlight:
    """A payment as its result finds it, in minor units."""

    state: str
    amount: int
    delivered: int
    released_on: date | None
    method: str
    has_code: bool
    was_irregular: bool = False

    @property
    def is_in_flight(self) -> bool:
        """Whether money of it is still held."""
        return self.state in IN_FLIGHT

    @property
    def held(self) -> int:
        """What is still held for it."""
        return self.amount - self.delivered if self.is_in_flight else 0

    @property
    def never_left(self) -> int:
        """What our books say never left: still held, or told as not arrived and nothing else told since."""
        ended_short = self.state in ENDED_SHORT and not self.was_irregular
        return self.amount - self.delivered if ended_short else self.held


@dataclass(frozen=True, kw_only=True)
class Result:
    """A result in minor units; `paid` counts what left our account, tax withheld from the payee included."""

    outcome: Outcome
    paid: int
    rest_stays_open: bool
    value_date: date
    is_other_account: bool = False


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What a result does: the state after it, what is settled of what was held, what was paid beyond it."""

    state: str
    settled: int
    above: int
    irregular: tuple[Irregularity, ...]


def paid_of(outcome: Outcome, told: int | None, held: int) -> int:
    """The amount a result speaks of: what was told, else all that is held, or nothing."""
    if told is not None:
        return told
    return 0 if outcome in BROUGHT_NOTHING else held


_MARK: Final = re.compile(r"[a-z_]+ \d+ \d{4}-\d{2}-\d{2} (.*)", re.DOTALL)


def mark_of(outcome: str, paid: int, value_date: date, reference: str) -> str:
    """A result in one line, as its step keeps it: the same line twice is the same fact told twice."""
    return f"{outcome} {paid} {value_date} {reference}".strip()


def reference_in(mark: str) -> str:
    """The provider's reference (or its words) in the line of a result; a step that is no result has none."""
    found = _MARK.fullmatch(mark)
    return found[1] if found is not None else ""


def settle(payment: InFlight, result: Result) -> Settlement:
    """What a result does to a payment."""
    settled = min(result.paid, payment.held)
    above = result.paid - settled
    irregular: list[Irregularity] = []
    if not payment.is_in_flight:
        irregular.append(Irregularity.NOT_IN_FLIGHT)
    elif above:
        irregular.append(Irregularity.PAID_TOO_MUCH)
    if result.is_other_account:
        irregular.append(Irregularity.OTHER_ACCOUNT)
    if payment.released_on is not None and result.value_date < payment.released_on:
        irregular.append(Irregularity.BEFORE_RELEASE)
    if result.outcome is Outcome.REDEEMED and payment.method not in REDEEMED:
        irregular.append(Irregularity.OTHER_METHOD)
    if result.paid and payment.method in REDEEMED and not payment.has_code:
        irregular.append(Irregularity.WITHOUT_CODE)
    return Settlement(
        state=_state_after(payment, result, settled), settled=settled, above=above, irregular=tuple(irregular)
    )


def _state_after(payment: InFlight, result: Result, settled: int) -> str:
    if not payment.is_in_flight:
        return payment.state
    delivered = payment.delivered + settled
    if delivered == payment.amount:
        return "delivered"
    if result.rest_stays_open and settled:
        return "part_open"
    if delivered:
        return "part"
    return "expired" if result.outcome is Outcome.EXPIRED else "failed"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What came back of a payment, in minor units.

    `late` of what was paid beyond what was held, then what was delivered, what never left, and what is not ours.
    """

    delivered: int
    never_left: int
    above: int
    late: int = 0


def returned(payment: InFlight, told: int, *, late: int) -> Returned:
    """What the bank's return of an amount means for a payment (accounting: rows 17 to 19 and 26).

    `late` is what had been paid beyond what was held and nobody decided on: it comes back first. What our books say
    never left comes back to nobody: its return is how it failed, and moves nothing.
    """
    late = min(told, late)
    back = min(told - late, payment.delivered)
    never_left = min(told - late - back, payment.never_left)
    return Returned(delivered=back, never_left=never_left, above=told - late - back - never_left, late=late)


def result_of_return(payment: InFlight, told: int) -> tuple[Outcome, int]:
    """What the return of a payment tells of one whose result nobody had recorded: it failed, or the rest arrived."""
    arrived = max(payment.held - told, 0)
    return (Outcome.PART, arrived) if arrived else (Outcome.FAILED, 0)


def check_recorder(payment: str, *, is_payer: bool) -> list[Refusal]:
    """The floor no policy lifts: who pays does not say that it arrived."""
    return [PAYER_CONFIRMS(payment=payment)] if is_payer else []


def check_repeated(payment: str, mark: str, earlier: Sequence[str]) -> list[Refusal]:
    """A result with the same outcome, amount, day and reference as one on record is the same fact told twice."""
    return [RESULT_RECORDED(payment=payment)] if mark in earlier else []
