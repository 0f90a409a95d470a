"""When a grant may be closed, and what life events do to it. Must not know rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from seedfund.grants.rules.late import LateMoney, check_late
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

PAYMENT_IN_FLIGHT: Final = RefusalCode(
    "payment_in_flight",
    "{amount} of {number} is on the way in: {payments}.",
    "Record the result of each payment, or close the grant all the same and say why.",
)
LISTED_PAYMENT: Final = RefusalCode(
    "payment_still_listed",
    "{number} stands in the payment lists {lists}, which are not released.",
    "Release the lists, or take the grant out of them.",
)
ADVANCE_OPEN: Final = RefusalCode(
    "advance_open",
    "{amount} of {number} is paid and not accounted for.",
    "Review its receipts, ask the rest back, or have it written off.",
)
REFUND_OPEN: Final = RefusalCode(
    "refund_open",
    "{amount} is asked back on {number} and has not come.",
    "Record the refund, let the demand go, or have it written off.",
)
EXCESS_OPEN: Final = RefusalCode(
    "excess_open",
    "{amount} came back on {number} beyond what was owed.",
    "Pay it back, or record that it was given to the programme.",
)
RECEIPTS_PENDING: Final = RefusalCode(
    "receipts_pending",
    "{count} receipts of {number} are not reviewed.",
    "Review each of them.",
)
FIGURES_CONTRADICT: Final = RefusalCode(
    "figures_contradict",
    "The books of {number} contradict themselves: {names}.",
    "Close nothing, and run: seedfund audit verify.",
)
REFUSALS: Final = (
    *(PAYMENT_IN_FLIGHT, LISTED_PAYMENT, ADVANCE_OPEN, REFUND_OPEN, EXCESS_OPEN, RECEIPTS_PENDING),
    FIGURES_CONTRADICT,
)


@dataclass(frozen=True, kw_only=True)
class ClosingFacts:
    """What a grant stands at when somebody wants to close it."""

    number: str
    in_payment: Money
    payments: Sequence[str]
    lists: Sequence[str]
    open_advance: Money
    refund_due: Money
    excess: Money
    pending: int
    contradictions: Sequence[str]
    late: Sequence[LateMoney] = ()


def check_closing(facts: ClosingFacts, *, despite_open: bool) -> list[Refusal]:
    """Why a grant cannot be closed; with `despite_open` money that is open stays open and is listed.

    Late money is decided first, whatever the reason: a grant that ended can no longer be charged with it.
    """
    number = facts.number
    refusals = check_late(number, facts.late)
    if facts.lists:
        refusals.append(LISTED_PAYMENT(number=number, lists=", ".join(facts.lists)))
    if facts.pending:
        refusals.append(RECEIPTS_PENDING(count=facts.pending, number=number))
    if facts.contradictions:
        refusals.append(FIGURES_CONTRADICT(number=number, names=", ".join(facts.contradictions)))
    return refusals if despite_open else [*refusals, *open_points(facts)]


def open_points(facts: ClosingFacts) -> list[Refusal]:
    """Money of a grant that is still open."""
    number = facts.number
    points = []
    if facts.in_payment:
        payments = ", ".join(facts.payments)
        points.append(PAYMENT_IN_FLIGHT(amount=facts.in_payment, number=number, payments=payments))
    if facts.open_advance:
        points.append(ADVANCE_OPEN(amount=facts.open_advance, number=number))
    if facts.refund_due:
        points.append(REFUND_OPEN(amount=facts.refund_due, number=number))
    if facts.excess:
        points.append(EXCESS_OPEN(amount=facts.excess, number=number))
    return points


@dataclass(frozen=True, kw_only=True)
class LifeEffect:
    """What an event does to a grant: the state it comes to (empty: none), and whether its payee is retired.

    Money is touched only where the grant ends: what is neither paid nor on the way goes back to its lines.
    """

    state: str
    end: EndReason | None = None
    retires_payee: bool = False


EFFECTS: Final[Mapping[LifeEventKind, LifeEffect]] = MappingProxyType(
    {
        LifeEventKind.WITHDRAWAL: LifeEffect(state="terminated", end=EndReason.WITHDRAWN, retires_payee=True),
        LifeEventKind.RELOCATION: LifeEffect(state="suspended"),
        LifeEventKind.DEATH: LifeEffect(state="suspended", retires_payee=True),
        LifeEventKind.THEFT: LifeEffect(state=""),
        LifeEventKind.PAYEE_REPLACEMENT: LifeEffect(state="", retires_payee=True),
    }
)
"""Domain: life events. Who withdraws gets nothing more; who moves or dies stops all payments until somebody decides
(a substitute by adenda, or the end); a theft changes nothing by itself and is what a write-off can stand on."""


def effect_on(kind: LifeEventKind, state: str, *, is_own: bool) -> LifeEffect:
    """What an event does to a grant in a state; nothing to one that ended.

    An award never agreed on lapses with its owner's withdrawal or death. Where the person only stands for a household
    or group (`is_own` is false), a death leaves the award: a substitute may sign for it, the dead may not.
    """
    effect = EFFECTS[kind]
    if state in ("declined", "terminated", "closed"):
        return LifeEffect(state="")
    if state == "awarded":
        end = EndReason.DECEASED if kind is LifeEventKind.DEATH and is_own else effect.end
        state = "" if end is None else "declined"
        return LifeEffect(state=state, end=end, retires_payee=effect.retires_payee)
    if effect.state == state:
        return LifeEffect(state="", retires_payee=effect.retires_payee)
    return effect
