"""Receipts against the plan: what of one is accepted, what is own contribution, what is refused. Must not know rows.

A line of the plan takes its total and a tolerance; what goes beyond is the participant's own contribution, and the sum
of all that is accepted is never more than the agreement (accounting: finding 39).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.grants.rules.words import DocumentKind
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, zero

RECORDER_REVIEWS: Final = RefusalCode(
    "recorder_reviews",
    "Who recorded the receipt {receipt} does not review it.",
    "Ask another person.",
)
GRANT_CLOSED: Final = RefusalCode(
    "grant_closed",
    "The grant {number} is closed, and nothing paid on it is still to be accounted for.",
    "Nothing is decided on a closed grant; what still comes in is recorded as a fact.",
)
RECEIPT_USED_BEFORE: Final = RefusalCode(
    "receipt_used_before",
    "The receipt {receipt} is the same document as {other}, which is {state}.",
    "Reject it, or have the other one rejected or taken back first.",
)
PLAN_LINE_MISSING: Final = RefusalCode(
    "plan_line_missing",
    "The receipt {receipt} names no line of the plan.",
    "Reject it and record it against its line, or change the plan by an adenda.",
)
DECLARATION_ABOVE_CAP: Final = RefusalCode(
    "declaration_above_cap",
    "Of the declaration {receipt} {amount} would be accepted; of {number} {cap} in all may stand on declarations, and "
    "{declared} does.",
    "Ask for a receipt, or accept {room} with an observation.",
)
DECLARATION_CAP_MISSING: Final = RefusalCode(
    "declaration_cap_missing",
    "The policy in force sets no limit for declarations in {currency}, such as {receipt}.",
    "Ask for a receipt, or propose a policy with a limit in {currency}.",
)
ACCEPTED_ABOVE_RECEIPT: Final = RefusalCode(
    "accepted_above_receipt",
    "{accepted} would be accepted of the receipt {receipt}, which is of {amount}.",
    "Accept {amount} or less.",
)
HANDOVER_WITHOUT_PAYMENT: Final = RefusalCode(
    "handover_without_payment",
    "The handover {receipt} names no payment of the supplier the goods came from.",
    "Reject it and record the handover with that payment; what the participant bought is shown by receipts.",
)
HANDOVER_ABOVE_PAYMENT: Final = RefusalCode(
    "handover_above_payment",
    "{wanted} would be accepted of the handover {receipt}, and of the payment {payment} {room} is left to show.",
    "Accept {room} with an observation, or reject it where an act of the same goods was accepted before.",
)
RECEIPT_BEFORE_GRANT: Final = RefusalCode(
    "receipt_before_grant",
    "The receipt {receipt} is of {day}, and the grant {number} runs from {start}.",
    "Reject it, or accept it with an observation that says why it counts.",
)
OBSERVATION_MISSING: Final = RefusalCode(
    "observation_missing",
    "The receipt {receipt} is {decision} without a word why.",
    "Write the observation or the reason, without names of persons.",
)
WITHDRAWN_BY_REVIEWER: Final = RefusalCode(
    "withdrawn_by_reviewer",
    "Who accepted the receipt {receipt} does not take the acceptance back.",
    "Ask another person with the authority to decide.",
)
REFUSALS: Final = (
    *(RECORDER_REVIEWS, GRANT_CLOSED, RECEIPT_USED_BEFORE, PLAN_LINE_MISSING, DECLARATION_CAP_MISSING),
    *(DECLARATION_ABOVE_CAP, ACCEPTED_ABOVE_RECEIPT, RECEIPT_BEFORE_GRANT, HANDOVER_WITHOUT_PAYMENT),
    *(HANDOVER_ABOVE_PAYMENT, OBSERVATION_MISSING, WITHDRAWN_BY_REVIEWER),
)


class ReviewDecision(StrEnum):
    """What a reviewer says of a receipt."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_OBSERVATION = "accepted_with_observation"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class PlanRoom:
    """A line of the plan: its total, whether the grant pays it, and what was accepted on it before."""

    total: Money
    is_of_grant: bool
    accepted: Money


@dataclass(frozen=True, kw_only=True)
class PaymentRoom:
    """The supplier's payment behind a handover, and what of it no accepted act shows yet."""

    number: str
    room: Money


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """A receipt under review: `wanted` is what the reviewer accepts of it, `grant_room` what the agreement still takes.

    `is_settled` where the grant is closed and nothing on it is open; `duplicate` names the same document recorded
    before and its state, or nothing; `goods` is asked of handovers alone, `declared` (accepted on declarations of the
    grant before) and its cap of declarations.
    """

    receipt: str
    number: str
    kind: DocumentKind
    document_on: date
    runs_from: date
    amount: Money
    wanted: Money
    decision: ReviewDecision
    observation: str
    is_recorder: bool
    is_settled: bool
    has_plan: bool
    line: PlanRoom | None
    grant_room: Money
    tolerance_bps: int
    declared: Money
    declaration_cap: Money | None
    duplicate: tuple[str, str] | None = None
    goods: PaymentRoom | None = None


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What of a receipt stands against the grant, and what is own contribution."""

    accepted: Money
    own: Money


def check_review(facts: ReviewFacts) -> list[Refusal]:
    """Why a review cannot stand, in the declared order."""
    receipt, refusals = facts.receipt, []
    if facts.is_recorder:
        refusals.append(RECORDER_REVIEWS(receipt=receipt))
    if facts.is_settled:
        refusals.append(GRANT_CLOSED(number=facts.number))
    needs_words = facts.decision is not ReviewDecision.ACCEPTED
    if facts.decision is not ReviewDecision.REJECTED:
        refusals += _check_acceptance(facts)
        needs_words = needs_words or facts.wanted < facts.amount
    if needs_words and not facts.observation.strip():
        refusals.append(OBSERVATION_MISSING(receipt=receipt, decision=facts.decision.value))
    return refusals


def _check_acceptance(facts: ReviewFacts) -> list[Refusal]:
    receipt, refusals = facts.receipt, []
    if facts.duplicate is not None:
        other, state = facts.duplicate
        refusals.append(RECEIPT_USED_BEFORE(receipt=receipt, other=other, state=state))
    if facts.has_plan and facts.line is None:
        refusals.append(PLAN_LINE_MISSING(receipt=receipt))
    if facts.kind is DocumentKind.DECLARATION:
        refusals += _check_declaration(facts)
    if facts.wanted > facts.amount or facts.wanted.minor < 0:
        refusals.append(ACCEPTED_ABOVE_RECEIPT(receipt=receipt, accepted=facts.wanted, amount=facts.amount))
    if facts.document_on < facts.runs_from and not facts.observation.strip():
        refusals.append(
            RECEIPT_BEFORE_GRANT(
                receipt=receipt, day=facts.document_on, number=facts.number, start=facts.runs_from
            )
        )
    if facts.kind is DocumentKind.HANDOVER_ACT:
        refusals += _check_goods(facts)
    return refusals


def _check_declaration(facts: ReviewFacts) -> list[Refusal]:
    """All declarations of a grant share one cap, so that none is split to pass under it."""
    cap, declared = facts.declaration_cap, facts.declared
    if cap is None:
        return [DECLARATION_CAP_MISSING(receipt=facts.receipt, currency=declared.currency)]
    if declared + facts.wanted <= cap:
        return []
    room = cap - declared if declared < cap else zero(cap.currency)
    return [
        DECLARATION_ABOVE_CAP(
            receipt=facts.receipt,
            amount=facts.wanted,
            number=facts.number,
            cap=cap,
            declared=declared,
            room=room,
        )
    ]


def _check_goods(facts: ReviewFacts) -> list[Refusal]:
    """Goods stand for what a supplier was paid, never for money a person was given, and for no more than that."""
    goods = facts.goods
    if goods is None:
        return [HANDOVER_WITHOUT_PAYMENT(receipt=facts.receipt)]
    if facts.wanted > goods.room:
        return [
            HANDOVER_ABOVE_PAYMENT(
                receipt=facts.receipt, wanted=facts.wanted, payment=goods.number, room=goods.room
            )
        ]
    return []


def acceptance(facts: ReviewFacts) -> Acceptance:
    """What of an accepted receipt counts against the grant; the rest of what was accepted is own contribution."""
    nothing = zero(facts.amount.currency)
    if facts.decision is ReviewDecision.REJECTED:
        return Acceptance(accepted=nothing, own=nothing)
    accepted = min(facts.wanted, max(facts.grant_room, nothing, key=_minor), key=_minor)
    if facts.line is not None:
        accepted = min(accepted, _line_room(facts.line, facts.tolerance_bps), key=_minor)
    return Acceptance(accepted=accepted, own=facts.wanted - accepted)


def _line_room(line: PlanRoom, tolerance_bps: int) -> Money:
    """What a line still takes; one that the participant or somebody else pays takes nothing of the grant."""
    if not line.is_of_grant:
        return zero(line.total.currency)
    room = line.total + line.total.share(tolerance_bps) - line.accepted
    return room if room.minor > 0 else zero(line.total.currency)


def _minor(amount: Money) -> int:
    return amount.minor


def check_withdrawal(receipt: str, *, is_reviewer: bool, reason: str) -> list[Refusal]:
    """Why an acceptance cannot be taken back by this person."""
    refusals = [WITHDRAWN_BY_REVIEWER(receipt=receipt)] if is_reviewer else []
    if not reason.strip():
        refusals.append(OBSERVATION_MISSING(receipt=receipt, decision="withdrawn"))
    return refusals
