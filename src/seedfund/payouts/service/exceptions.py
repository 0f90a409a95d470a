"""Ending an exception: answering it with what happened, naming the command that did, or dismissing it with a reason.

Nothing is taken out of the queue without a decision, and who paid does not wave away what came back of it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.payments import PaymentRow, payments_by_number
from seedfund.grants.rules.deliveries import Outcome, check_recorder
from seedfund.grants.service.deliveries import RECORDERS, PaymentResult, write_results
from seedfund.grants.service.retries import RecordBounce, record_bounce
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.payouts.queries import ANSWERING, PAYMENTS, ExceptionRow, exception_by_number, payments_of
from seedfund.payouts.rules import EXCEPTION_STATES, Told
from seedfund.payouts.rules.refusals import (
    ANSWER_MOVES_NOTHING,
    COMMAND_OF_OTHER_PAYMENT,
    COMMAND_UNKNOWN,
    DISMISSED_BY_PAYER,
)
from seedfund.payouts.service.fees import Ended, charge, fee_of, tells_fee
from seedfund.payouts.service.keeping import SUBJECT, Answered, decide
from seedfund.store.commands import Command, verb
from seedfund.store.records import read_command, rows_changed
from seedfund.store.unit import Unit

DISMISSERS: Final = (*RECORDERS, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
_RETURN: Final = "grants.record_bounce"
_OUTCOMES: Final = {
    Told.DELIVERED: Outcome.FULL,
    Told.PARTIAL: Outcome.PART,
    Told.FAILED: Outcome.FAILED,
    Told.NOT_DISTRIBUTED: Outcome.EXPIRED,
}


@dataclass(frozen=True, kw_only=True)
class AnswerException(Command):
    """What happened, as the provider confirmed it; the payment where the row named none, or another than is meant.

    `amount` is what arrived by it or came back; without one it is all that is on its way, or was delivered. `fee` is
    what the provider charged for it, 0 for none; without one it is the fee that the row told, where it is not charged
    yet. `reason` says how it is known, and names nobody.
    """

    number: str
    told: Told
    reason: str
    payment: str = ""
    amount: Money | None = None
    fee: Money | None = None
    rest_stays_open: bool = False
    value_date: date | None = None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionEnded:
    """The exception, its state, the payment it was about and its state, the entry and the fee charged, if any."""

    number: str
    state: str
    payment: str = ""
    payment_state: str = ""
    entry: str = ""
    fee: Money | None = None


_MOVING: Final = (Told.DELIVERED, Told.PARTIAL, Told.REVERSED)
"""Answers that say that money moved."""


@verb("payouts.answer_exception", roles=RECORDERS)
def answer_exception(unit: Unit, command: AnswerException) -> ExceptionEnded:
    """Record what became of the payment behind an exception, charge its fee, and resolve it by that.

    Raises:
        NotFound: there is no such exception or payment.
        InvalidInput: no payment is named, the result is pending, the fee is negative, in another currency or has no
            line of charges in the layout, or as `grants.confirm_payment`.
        Refused: `no_such_step`, `reason_missing`, `payout_answer_moves_nothing`, `payer_confirms`,
            `result_recorded_already`.
    """
    row = exception_by_number(unit, unit.programme.id, command.number)
    EXCEPTION_STATES.require(row.state, "resolved", which=row.number)
    refuse(check_reason(command.reason))
    payment = _payment(unit, row, command.payment)
    is_back = command.told is Told.REVERSED
    refuse([*_check_payers(unit, row, payment), *_check_moves(payment, command)])
    ended = Ended(row=row, payment=payment, is_reversal=is_back, value_date=command.value_date)
    fee = fee_of(unit, ended, command.fee)
    state, entry = _post(unit, payment, command)
    charge(unit, ended, fee)
    decide(
        unit,
        row,
        outcome="resolved",
        reason=command.reason.strip(),
        released_by=payment.released_by,
        answered=Answered(told=command.told, payment=payment, fee=fee),
    )
    return ExceptionEnded(
        number=row.number,
        state="resolved",
        payment=payment.number,
        payment_state=state,
        entry=entry,
        fee=fee,
    )


def _payment(unit: Unit, row: ExceptionRow, named: str) -> PaymentRow:
    known = payments_of(unit, [row])
    number = named.strip().upper() or next((one.number for one in known.values()), "")
    if not number:
        raise InvalidInput(
            field="payment",
            problem="the row named no payment of ours",
            remedy="name the payment that it is about",
        )
    return payments_by_number(unit, unit.programme.id, [number], locked=True)[number]


def _check_moves(payment: PaymentRow, command: AnswerException) -> list[Refusal]:
    """An answer that moved nothing would end the exception, and the money it is about would be nowhere."""
    if command.told not in _OUTCOMES and command.told is not Told.REVERSED:
        # What says nothing is told so when it is posted.
        return []
    nothing = [ANSWER_MOVES_NOTHING(payment=payment.number, state=payment.state)]
    has_amount = command.amount is not None and bool(command.amount)
    if command.amount is not None and not has_amount and command.told in _MOVING:
        return nothing
    if payment.facts.is_in_flight or (command.told is Told.REVERSED and payment.delivered_minor > 0):
        return []
    moves = has_amount and command.told in _MOVING
    return [] if moves else nothing


def _check_payers(unit: Unit, row: ExceptionRow, payment: PaymentRow) -> list[Refusal]:
    """Who released the payment that is named, or the one that the row itself names, ends nothing about it."""
    own = payments_of(unit, [row]).values()
    payers = {one.number: one.released_by for one in (*own, payment)}
    return [
        refusal
        for number, payer in payers.items()
        for refusal in check_recorder(number, is_payer=payer == unit.actor.id)
    ]


def _post(unit: Unit, payment: PaymentRow, command: AnswerException) -> tuple[str, str]:
    """The state of the payment after it, and the entry."""
    if command.told is Told.REVERSED:
        bounce = RecordBounce(
            key=unit.command_key,
            payment=payment.number,
            amount=command.amount,
            value_date=command.value_date,
            reference=command.reference,
        )
        back = record_bounce.write(unit, bounce)
        return back.state, back.entry
    outcome = _OUTCOMES.get(command.told)
    if outcome is None:
        raise InvalidInput(field="told", problem="it says nothing", remedy="say what became of the payment")
    result = PaymentResult(
        payment=payment.number,
        outcome=outcome,
        amount=command.amount,
        rest_stays_open=command.rest_stays_open,
        value_date=command.value_date,
        reference=command.reference,
    )
    (done,) = write_results(unit, [result])
    return done.state, done.entry


@dataclass(frozen=True, kw_only=True)
class ResolveException(Command):
    """The key of the command that told what became of the payment, and how it answers the exception.

    `fee` is what the provider charged for it, 0 for none; without one it is the fee that the row told, where it is not
    charged yet. `payment` is the one that is meant, where the row named none, or another.
    """

    number: str
    command_key: str
    reason: str
    payment: str = ""
    fee: Money | None = None


@verb("payouts.resolve_exception", roles=RECORDERS)
def resolve_exception(unit: Unit, command: ResolveException) -> ExceptionEnded:
    """Resolve an exception by a command that told of its payment already; nothing is posted but its fee.

    Raises:
        NotFound: there is no such exception or payment.
        InvalidInput: no payment is named, or a fee is negative, in another currency or has no line of charges in the
            layout.
        Refused: `reason_missing`, `payout_command_unknown`, `payout_command_of_other_payment`, `payer_confirms`,
            `no_such_step`.
    """
    row = exception_by_number(unit, unit.programme.id, command.number)
    EXCEPTION_STATES.require(row.state, "resolved", which=row.number)
    payment = _payment(unit, row, command.payment)
    done = read_command(unit, command.command_key)
    operation = "" if done is None else done.operation
    refuse(
        [
            *check_reason(command.reason),
            *_check_command(unit, command, payment, operation),
            # Naming a command, or another payment, would else be the payer's way to wave a row away.
            *_check_payers(unit, row, payment),
        ]
    )
    is_back = operation == _RETURN or row.told is Told.REVERSED
    answered = _charged(unit, row, command, Ended(row=row, payment=payment, is_reversal=is_back))
    decide(
        unit,
        row,
        outcome="resolved",
        reason=command.reason.strip(),
        released_by=payment.released_by,
        by_key=command.command_key,
        answered=answered,
    )
    return ExceptionEnded(
        number=row.number,
        state="resolved",
        payment=payment.number,
        fee=None if answered is None else answered.fee,
    )


def _check_command(
    unit: Unit, command: ResolveException, payment: PaymentRow, operation: str
) -> list[Refusal]:
    """The command has to be one that tells of payments, and to have told of this one: a key is easily mistaken."""
    if operation not in ANSWERING:
        return [COMMAND_UNKNOWN()]
    if payment.number in rows_changed(unit, command.command_key, PAYMENTS):
        return []
    return [COMMAND_OF_OTHER_PAYMENT(payment=payment.number, exception=command.number.strip().upper())]


def _charged(unit: Unit, row: ExceptionRow, command: ResolveException, ended: Ended) -> Answered | None:
    """The fee that goes with a result on record, charged; None where nobody told one."""
    if command.fee is None and not tells_fee(row):
        return None
    ended = replace(ended, by_key=command.command_key)
    fee = fee_of(unit, ended, command.fee)
    charge(unit, ended, fee)
    return Answered(told=Told.REVERSED if ended.is_reversal else row.told, payment=ended.payment, fee=fee)


@dataclass(frozen=True, kw_only=True)
class DismissException(Command):
    """An exception behind which nothing happened, and how that is known, in words that name nobody."""

    number: str
    reason: str


@verb("payouts.dismiss_exception", roles=DISMISSERS)
def dismiss_exception(unit: Unit, command: DismissException) -> ExceptionEnded:
    """Dismiss an exception for good; it stays listed, with its reason, and its row is never posted.

    Raises:
        NotFound: there is no such exception.
        Refused: `reason_missing`, `payout_dismissed_by_payer`, `no_such_step`.
    """
    row = exception_by_number(unit, unit.programme.id, command.number)
    payment = next(iter(payments_of(unit, [row]).values()), None)
    refuse([*check_reason(command.reason), *_check_payer(unit, row, payment)])
    reason = command.reason.strip()
    decide(
        unit,
        row,
        outcome="dismissed",
        reason=reason,
        released_by=None if payment is None else payment.released_by,
    )
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind=SUBJECT,
        subject_number=row.number,
        reason=reason,
        facts={"misfit": row.misfit.value, "decision": "dismissed"},
    )
    return ExceptionEnded(number=row.number, state="dismissed")


def _check_payer(unit: Unit, row: ExceptionRow, payment: PaymentRow | None) -> list[Refusal]:
    if payment is None or payment.released_by != unit.actor.id:
        return []
    return [DISMISSED_BY_PAYER(payment=payment.number, exception=row.number)]


COMMANDS: Final = (answer_exception, resolve_exception, dismiss_exception)
