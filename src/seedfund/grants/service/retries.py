"""Payments that brought nothing: a bounce after delivery, and the one retry that may stand for a failed payment.

A retry is a payment of its own with all its hands; it is linked to the failed one, and a failed payment has one retry
at most, so that nothing is ever paid twice (accounting: rows 17 and 19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BankAccountFacts, bank_accounts, benefit_by_id
from seedfund.grants.queries.grants import grants_by_id, parts_of
from seedfund.grants.queries.late import told_by
from seedfund.grants.queries.payments import HeldPart, PaymentRow, held_parts, payments_by_number, steps_of
from seedfund.grants.rules.deliveries import (
    BOUNCED,
    Irregularity,
    Returned,
    check_recorder,
    check_repeated,
    mark_of,
    result_of_return,
    returned,
)
from seedfund.grants.rules.late import undecided
from seedfund.grants.rules.states import DISBURSEMENT_STATES
from seedfund.grants.service.deliveries import RECORDERS, PaymentResult, write_results
from seedfund.grants.service.evidence_use import take_evidence_back
from seedfund.grants.service.listing import PaymentWish, step_row
from seedfund.grants.service.payment_lists import PREPARERS, PaymentListSent, write_payment_list
from seedfund.grants.service.settling import (
    SETTLE_PART,
    bank_day,
    finish_lists,
    holds_of,
    settle_demands,
    unheld_shares,
)
from seedfund.grants.tables.payments import Disbursement, DisbursementStep
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import PROVIDER, AccountRef, cash, other
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.positions import PartPosition, shared
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting, money
from seedfund.ledger.service.entries import lock_balances, write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

BOUNCE: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            delivered_minor=sa.bindparam("new_delivered"),
            # What was irregular once stays on the list, whatever comes after.
            is_irregular=sa.or_(
                col(Disbursement.is_irregular), sa.bindparam("new_irregular", type_=sa.Boolean)
            ),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class RetryPayments(Command):
    """Failed, expired or bounced payments (by number) to be made again out of a bank account, as a list of their own.

    What is paid is what the failed payment did not bring and its tranche still lacks, to the payee approved now.
    """

    payments: tuple[str, ...]
    bank_account: str


@verb("grants.retry_payments", roles=PREPARERS)
def retry_payments(unit: Unit, command: RetryPayments) -> PaymentListSent:
    """Prepare and send a list of retries, each linked to the payment it stands for.

    Raises:
        NotFound: there is no such payment or bank account.
        Refused: `retry_not_failed`, `retried_already`, and everything `prepare_payment_list` refuses.
    """
    rows = payments_by_number(unit, unit.programme.id, command.payments, locked=True)
    wishes = [
        PaymentWish(grant=row.grant, tranche=row.position, retry_of=row.number) for row in rows.values()
    ]
    return write_payment_list(unit, bank=command.bank_account, wishes=wishes, purpose="retry")


@dataclass(frozen=True, kw_only=True)
class RecordBounce(Command):
    """A payment that the bank sent back: all that was delivered, or is on its way, unless an `amount` is given."""

    payment: str
    amount: Money | None = None
    value_date: date | None = None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentBounced:
    """The payment, its state, what of it stays delivered, whether it was irregular, and the entry."""

    payment: str
    state: str
    delivered: Money
    is_irregular: bool
    entry: str


@dataclass(frozen=True, slots=True)
class _Bounce:
    """A payment with what came back of it, in minor units."""

    payment: PaymentRow
    parts: Sequence[HeldPart]
    told: int
    came: Returned
    value_date: date


@verb("grants.record_bounce", roles=RECORDERS)
def record_bounce(unit: Unit, command: RecordBounce) -> PaymentBounced:
    """Take in that a payment came back; what was accepted on it waits for the retry (accounting: row 19).

    Of a payment whose result nobody had recorded this is the result: it failed, or what did not come back arrived (row
    17). What had been told as failed moves nothing again. What the provider had paid beyond what was held comes back
    first and answers the claim on it. Any other money is not ours until somebody decides.

    Raises:
        NotFound: there is no such payment.
        InvalidInput: the amount is not above zero, in another currency, or the value date lies in the future.
        Refused: `payer_confirms`, `result_recorded_already`.
    """
    payment = payments_by_number(unit, unit.programme.id, [command.payment], locked=True)[
        command.payment.strip().upper()
    ]
    steps = steps_of(unit, [payment.id])[payment.id]
    bounce = _told(unit, command, payment, late=undecided(payment.amount_minor, told_by(steps)))
    mark = mark_of(BOUNCED, bounce.told, bounce.value_date, command.reference)
    refuse(
        [
            *check_recorder(payment.number, is_payer=payment.released_by == unit.actor.id),
            *check_repeated(payment.number, mark, [step.reason for step in steps]),
        ]
    )
    if payment.state == "released":
        return _first_result(unit, command, bounce)
    return _take_back(unit, bounce, mark=mark, position=len(steps) + 1)


def _first_result(unit: Unit, command: RecordBounce, bounce: _Bounce) -> PaymentBounced:
    """Nobody had told the payment's result; its return is the result, and what goes beyond it is not ours."""
    payment = bounce.payment
    outcome, arrived = result_of_return(payment.facts, bounce.told)
    told = PaymentResult(
        payment=payment.number,
        outcome=outcome,
        amount=Money(arrived, payment.currency),
        value_date=bounce.value_date,
        reference=command.reference,
    )
    (done,) = write_results(unit, [told])
    after = payments_by_number(unit, unit.programme.id, [payment.number])[payment.number]
    if arrived:
        _mark_irregular(unit, after)
        _list(unit, payment, Irregularity.NOT_CONFIRMED, {"arrived_minor": arrived, "was": payment.state})
    above = bounce.told - payment.facts.held
    if above > 0:
        beyond = _Bounce(
            after, bounce.parts, above, Returned(delivered=0, never_left=0, above=above), bounce.value_date
        )
        mark = f"{BOUNCED} {above} {bounce.value_date} {command.reference}".strip()
        _take_back(unit, beyond, mark=mark, position=len(steps_of(unit, [payment.id])[payment.id]) + 1)
    return PaymentBounced(
        payment=payment.number,
        state=done.state,
        delivered=done.delivered,
        is_irregular=arrived > 0 or above > 0,
        entry=done.entry,
    )


def _take_back(unit: Unit, bounce: _Bounce, *, mark: str, position: int) -> PaymentBounced:
    payment = bounce.payment
    postings = _postings(unit, bounce, _stands(unit, bounce))
    draft = EntryDraft(
        event="payment_bounced", subject=payment.number, postings=postings, value_date=bounce.value_date
    )
    entry = write_entry(unit, draft) if postings else None
    _write(unit, bounce, entry, mark=mark, position=position)
    if entry is not None:
        _undo_evidence(unit, bounce, postings, entry)
    settle_demands(unit, grants_by_id(unit, [payment.grant_id])[payment.grant_id], state="lifted")
    return PaymentBounced(
        payment=payment.number,
        state=_state_after(bounce),
        delivered=Money(payment.delivered_minor - bounce.came.delivered, payment.currency),
        is_irregular=bounce.came.above > 0,
        entry="" if entry is None else entry.number,
    )


def _told(unit: Unit, command: RecordBounce, payment: PaymentRow, *, late: int) -> _Bounce:
    whole = payment.delivered_minor or late or payment.facts.never_left
    amount = command.amount or Money(whole, payment.currency)
    if amount.minor <= 0 or amount.currency != payment.currency:
        raise InvalidInput(
            field="amount",
            problem=f"{amount} cannot have come back from {payment.number}",
            remedy=f"give what came back, above zero in {payment.currency}",
        )
    value_date = bank_day(unit, command.value_date)
    parts = held_parts(unit, [payment.id])[payment.id]
    came = returned(payment.facts, amount.minor, late=late)
    return _Bounce(payment, parts, amount.minor, came, value_date)


def _state_after(bounce: _Bounce) -> str:
    state = bounce.payment.state
    return "bounced" if bounce.came.delivered and DISBURSEMENT_STATES.allows(state, "bounced") else state


# What is posted -------------------------------------------------------------------------------------------------------


def _stands(unit: Unit, bounce: _Bounce) -> dict[Key, PartPosition]:
    """Where each part of the grant stands, by the part's key."""
    grant_id = bounce.payment.grant_id
    at = {(one.part.book_id, one.part.line.line_id): one for one in positions(unit, [grant_id])[grant_id]}
    rows = parts_of(unit, [grant_id])[grant_id]
    return {row.id: at[row.book_id, row.line_id] for row in rows if (row.book_id, row.line_id) in at}


def _postings(unit: Unit, bounce: _Bounce, stands: Mapping[Key, PartPosition]) -> tuple[Posting, ...]:
    payment = bounce.payment
    bank = {one.id: one for one in bank_accounts(unit, unit.programme.id)}[payment.bank_account_id]
    rows = list(_still_open(unit, payment))
    for part, amount in zip(bounce.parts, _shares(bounce), strict=True):
        if amount:
            rows += refunds.bounce(
                stands[part.part_id],
                amount,
                bank=_cash(part.book_id, bank),
                needs_receipts=benefit_by_id(unit, payment.benefit_type_id).terms.justification_required,
                has_ended=payment.has_ended,
                holder=payment.holder,
            )
    answered = _answered(unit, bounce, bank)
    rows += answered
    first = next(iter(stands.values()))
    unclaimed = bounce.came.above + bounce.came.late - sum(row.amount for row in answered)
    rows += money("excess.received", unclaimed, _cash(first.part.book_id, bank), first.part.account("credit"))
    return tuple(rows)


def _answered(unit: Unit, bounce: _Bounce, bank: BankAccountFacts) -> list[Posting]:
    """What the provider had paid beyond what was held answers the claim on it, as far as it is still claimed."""
    rows: list[Posting] = []
    if bounce.came.late:
        for book_id, amount in unheld_shares(unit, bounce.payment, bounce.parts, bounce.came.late):
            claim, paid_in = other("claims", book_id, PROVIDER), _cash(book_id, bank)
            refs = {(ref.book_id, ref.code): ref for ref in (claim, paid_in)}
            owed = min(amount, lock_balances(unit, refs)[claim.book_id, claim.code].free)
            rows += refunds.provider_refund(paid_in, owed, debtor=PROVIDER)
    return rows


def _still_open(unit: Unit, payment: PaymentRow) -> tuple[Posting, ...]:
    """What of a bounced payment was still on its way fails with it."""
    open_holds = holds_of(unit, [payment])[payment.id] if payment.state == "part_open" else []
    return recipes.fail(open_holds, has_ended=payment.has_ended) if open_holds else ()


def _shares(bounce: _Bounce) -> tuple[int, ...]:
    return shared(bounce.came.delivered, [part.delivered_minor for part in bounce.parts])


def _cash(book_id: int, bank: BankAccountFacts) -> AccountRef:
    return cash(book_id, bank.code, bank_account_id=bank.id)


# What is written ------------------------------------------------------------------------------------------------------


def _write(unit: Unit, bounce: _Bounce, entry: PostedEntry | None, *, mark: str, position: int) -> None:
    payment, state = bounce.payment, _state_after(bounce)
    for part, amount in zip(bounce.parts, _shares(bounce), strict=True):
        unit.execute(
            SETTLE_PART,
            this_payment=payment.id,
            this_part=part.part_id,
            new_delivered=part.delivered_minor - amount,
            new_seq=None if state == "bounced" else part.hold_seq,
        )
    unit.execute(
        BOUNCE,
        this_id=payment.id,
        new_state=state,
        new_delivered=payment.delivered_minor - bounce.came.delivered,
        new_irregular=bounce.came.above > 0,
    )
    row = step_row(
        unit,
        payment.id,
        position=position,
        before=payment.state,
        after=state,
        amount=bounce.told,
        reason=mark,
        entry=None if entry is None else entry.id,
    )
    unit.insert(DisbursementStep, **row)
    finish_lists(unit, [payment.list_id])
    if bounce.came.above:
        facts = {"told": mark, "above_minor": bounce.came.above, "was": payment.state}
        _list(unit, payment, Irregularity.NOT_IN_FLIGHT, facts)
    unit.changed(
        "sf_disbursement",
        payment.number,
        {"state": payment.state, "delivered": payment.delivered_minor},
        {"state": state, "delivered": payment.delivered_minor - bounce.came.delivered},
    )


def _mark_irregular(unit: Unit, payment: PaymentRow) -> None:
    unit.execute(
        BOUNCE,
        this_id=payment.id,
        new_state=payment.state,
        new_delivered=payment.delivered_minor,
        new_irregular=True,
    )


def _list(unit: Unit, payment: PaymentRow, why: Irregularity, facts: Mapping[str, Any]) -> None:
    """Put what does not fit on the exceptions page."""
    write_exception(
        unit,
        ExceptionKind.IRREGULAR_FACT,
        subject_kind="payment",
        subject_number=payment.number,
        reason=why.value,
        facts=dict(facts),
    )


def _undo_evidence(unit: Unit, bounce: _Bounce, postings: Sequence[Posting], entry: PostedEntry) -> None:
    """What the ledger undid of acceptances, part by part, waits unapplied again."""
    undone: dict[Key, int] = {}
    for part_id, at in _stands(unit, bounce).items():
        expense = at.part.account("expense")
        for posting in postings:
            if posting.recipe == "bounce.unaccepted" and posting.credit == expense:
                undone[part_id] = undone.get(part_id, 0) + posting.amount
    if undone:
        take_evidence_back(unit, bounce.payment.grant_id, undone, entry=entry, holder=bounce.payment.holder)


COMMANDS: Final[tuple[Any, ...]] = (retry_payments, record_bounce)
