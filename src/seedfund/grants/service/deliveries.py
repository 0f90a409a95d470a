"""What became of payments: delivered in full or in part, failed, expired, redeemed, paid too much. Never refused.

Who releases a payment does not record its result. What does not fit is taken in, marked irregular and listed; money
that left without a ground is a claim on the provider and never the participant's debt (accounting: rows 16 to 18).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BankAccountFacts, bank_accounts
from seedfund.grants.queries.grants import grants_by_id
from seedfund.grants.queries.payments import (
    HeldPart,
    PaymentRow,
    held_parts,
    payments_by_number,
    steps_of,
)
from seedfund.grants.rules.deliveries import (
    Irregularity,
    Outcome,
    Result,
    Settlement,
    check_recorder,
    check_repeated,
    mark_of,
    paid_of,
    settle,
)
from seedfund.grants.service.evidence_use import apply_evidence
from seedfund.grants.service.listing import step_row
from seedfund.grants.service.payees import account_digest
from seedfund.grants.service.settling import SETTLE_PART, bank_day, finish_lists, holds_of, unheld_shares
from seedfund.grants.tables.payments import (
    Disbursement,
    DisbursementStep,
)
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.rules.accounts import cash
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, Hold, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entries
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

RECORDERS: Final = (Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.CASHIER)
SETTLE: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            delivered_minor=sa.bindparam("new_delivered"),
            delivered_on=sa.bindparam("new_on"),
            confirmed_by=sa.bindparam("new_by"),
            # Bank lines are matched by it; a later word without a reference takes none away.
            provider_ref=sa.case(
                (sa.bindparam("new_ref", type_=sa.String) == "", col(Disbursement.provider_ref)),
                else_=sa.bindparam("new_ref", type_=sa.String),
            ),
            # What was irregular once stays on the list, whatever comes after.
            is_irregular=sa.or_(
                col(Disbursement.is_irregular), sa.bindparam("new_irregular", type_=sa.Boolean)
            ),
        )
    )
)
REFERENCE_LENGTH_MAX: Final = 80


@dataclass(frozen=True, kw_only=True)
class PaymentResult:
    """What the bank, the provider, the signed list or the supplier says of one payment.

    `amount` is what left our account, tax withheld from the payee included; without one it is all that was held, or
    nothing for a failed or expired payment; a part always names it. With `rest_stays_open` the rest is still on its
    way. `account` is the number the money went to, when the file tells it. `value_date` is the bank's day, today unless
    given.
    """

    payment: str
    outcome: Outcome
    amount: Money | None = None
    rest_stays_open: bool = False
    value_date: date | None = None
    reference: str = ""
    account: Secret | None = None
    withheld: Money | None = None
    tax: str = ""
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentSettled:
    """A payment after its result: state, what of it was delivered in all, what was irregular, and the entry."""

    payment: str
    state: str
    delivered: Money
    irregular: tuple[Irregularity, ...]
    entry: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPayment(Command):
    """The result of one payment."""

    result: PaymentResult


@verb("grants.confirm_payment", roles=RECORDERS)
def confirm_payment(unit: Unit, command: ConfirmPayment) -> PaymentSettled:
    """Take in the result of a payment, whatever it says (accounting: rows 16 to 18 and 20).

    Raises:
        NotFound: there is no such payment.
        InvalidInput: the amount is negative, in another currency, or missing of a part, or the value date lies in the
            future.
        Refused: `payer_confirms`, `result_recorded_already`.
    """
    return write_results(unit, [command.result])[0]


@dataclass(frozen=True, kw_only=True)
class ConfirmPayments(Command):
    """The results of many payments, such as a provider's file; each payment once."""

    results: tuple[PaymentResult, ...]


@dataclass(frozen=True, kw_only=True)
class PaymentsSettled:
    """Each payment after its result, in the order of the command."""

    payments: tuple[PaymentSettled, ...]


@verb("grants.confirm_payments", roles=RECORDERS)
def confirm_payments(unit: Unit, command: ConfirmPayments) -> PaymentsSettled:
    """Take in many results at once, all or none.

    Raises:
        NotFound: there is no such payment.
        InvalidInput: a payment is named twice, or as `confirm_payment`.
        Refused: `payer_confirms`, `result_recorded_already`, for each payment.
    """
    names = [result.payment.strip().upper() for result in command.results]
    if len(set(names)) < len(names):
        raise InvalidInput(field="results", problem="a payment is named twice", remedy="give one result each")
    return PaymentsSettled(payments=tuple(write_results(unit, command.results)))


@dataclass(frozen=True, slots=True)
class _Case:
    """A payment with its result and what that does."""

    payment: PaymentRow
    told: PaymentResult
    result: Result
    does: Settlement
    parts: Sequence[HeldPart]
    holds: Sequence[Hold]
    step: int
    mark: str


def write_results(unit: Unit, results: Sequence[PaymentResult]) -> list[PaymentSettled]:
    """Take in results inside another command: settle or void the holds, then apply receipts that waited for it."""
    rows = payments_by_number(unit, unit.programme.id, [one.payment for one in results], locked=True)
    cases = _cases(unit, [(rows[one.payment.strip().upper()], one) for one in results])
    banks = {one.id: one for one in bank_accounts(unit, unit.programme.id)}
    drafts = [_draft(unit, case, banks) for case in cases]
    posted = iter(write_entries(unit, [draft for draft in drafts if draft.postings]))
    entries = [next(posted) if draft.postings else None for draft in drafts]
    for case, draft, entry in zip(cases, drafts, entries, strict=True):
        _write_case(unit, case, draft, entry)
    finish_lists(unit, [case.payment.list_id for case in cases])
    delivered = list(dict.fromkeys(case.payment.grant_id for case in cases if case.does.settled))
    apply_evidence(unit, list(grants_by_id(unit, delivered).values()), booked_on=unit.work.today())
    return [_settled(case, entry) for case, entry in zip(cases, entries, strict=True)]


def _cases(unit: Unit, pairs: Sequence[tuple[PaymentRow, PaymentResult]]) -> list[_Case]:
    ids = [payment.id for payment, _ in pairs]
    parts, steps = held_parts(unit, ids), steps_of(unit, ids)
    open_holds = holds_of(unit, [payment for payment, _ in pairs])
    cases, refusals = [], list[Refusal]()
    for payment, told in pairs:
        result = _result(unit, payment, told)
        mark = mark_of(told.outcome.value, result.paid, result.value_date, told.reference)
        refusals += check_recorder(payment.number, is_payer=payment.released_by == unit.actor.id)
        refusals += check_repeated(payment.number, mark, [step.reason for step in steps[payment.id]])
        cases.append(
            _Case(
                payment,
                told,
                result,
                settle(payment.facts, result),
                parts[payment.id],
                open_holds[payment.id],
                len(steps[payment.id]) + 1,
                mark,
            )
        )
    refuse(refusals)
    return cases


def _result(unit: Unit, payment: PaymentRow, told: PaymentResult) -> Result:
    amount, value_date = told.amount, bank_day(unit, told.value_date)
    for money in (amount, told.withheld):
        if money is not None and (money.currency != payment.currency or money.minor < 0):
            raise InvalidInput(
                field="amount",
                problem=f"{money} is no amount for {payment.number}",
                remedy=f"give zero or more in {payment.currency}",
            )
    if amount is None and told.outcome is Outcome.PART:
        raise InvalidInput(
            field="amount",
            problem="no amount is told of a payment delivered in part",
            remedy="give what left the account",
        )
    if len(told.reference) > REFERENCE_LENGTH_MAX:
        raise InvalidInput(
            field="reference",
            problem="it is too long",
            remedy=f"keep it within {REFERENCE_LENGTH_MAX} characters",
        )
    return Result(
        outcome=told.outcome,
        paid=paid_of(told.outcome, None if amount is None else amount.minor, payment.facts.held),
        rest_stays_open=told.rest_stays_open,
        value_date=value_date,
        is_other_account=_is_other_account(unit, payment, told.account),
    )


def _is_other_account(unit: Unit, payment: PaymentRow, account: Secret | None) -> bool:
    """A result matches on its number, its amount and its account (accounting: finding 22)."""
    if account is None:
        return False
    unit.owns(payment.payee_participant_id or payment.participant_id, account)
    if payment.account_digest is None:
        return True
    try:
        return account_digest(unit, account) != payment.account_digest
    except InvalidInput:
        return True


# What is posted -------------------------------------------------------------------------------------------------------


def _draft(unit: Unit, case: _Case, banks: Mapping[Key, BankAccountFacts]) -> EntryDraft:
    event = "payment_delivered" if case.result.paid else "payment_failed"
    return EntryDraft(
        event=event,
        subject=case.payment.number,
        postings=_postings(unit, case, banks),
        value_date=case.result.value_date,
    )


def _postings(unit: Unit, case: _Case, banks: Mapping[Key, BankAccountFacts]) -> tuple[Posting, ...]:
    if case.holds:
        withheld = 0 if case.told.withheld is None else min(case.told.withheld.minor, case.does.settled)
        return recipes.deliver(
            case.holds,
            case.result.paid,
            withheld=withheld,
            tax=case.told.tax or "TAX",
            rest_stays_open=case.told.rest_stays_open and case.does.settled > 0,
            has_ended=case.payment.has_ended,
        )
    bank = banks[case.payment.bank_account_id]
    return tuple(
        row
        for book_id, amount in unheld_shares(unit, case.payment, case.parts, case.result.paid)
        for row in recipes.overpaid(cash(book_id, bank.code, bank_account_id=bank.id), amount)
    )


# What is written ------------------------------------------------------------------------------------------------------


def _write_case(unit: Unit, case: _Case, draft: EntryDraft, entry: PostedEntry | None) -> None:
    payment, does = case.payment, case.does
    delivered = payment.delivered_minor + does.settled
    irregular = _irregular(does, entry)
    if payment.facts.is_in_flight:
        _write_parts(unit, case, draft, entry)
    unit.execute(
        SETTLE,
        this_id=payment.id,
        new_state=does.state,
        new_delivered=delivered,
        new_on=case.result.value_date if does.settled else payment.delivered_on,
        new_by=unit.actor.id,
        new_ref=case.told.reference,
        new_irregular=bool(irregular),
    )
    _write_step(unit, case, entry)
    if irregular:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="payment",
            subject_number=payment.number,
            reason=", ".join(word.value for word in irregular),
            facts={"told": case.mark, "above_minor": does.above, "was": payment.state},
        )
    unit.changed(
        "sf_disbursement",
        payment.number,
        {"state": payment.state, "delivered": payment.delivered_minor},
        {"state": does.state, "delivered": delivered},
    )


def _irregular(does: Settlement, entry: PostedEntry | None) -> tuple[Irregularity, ...]:
    made = entry is not None and any(room.startswith("room.") for room in entry.rooms)
    return (*does.irregular, Irregularity.ROOM_MADE) if made else does.irregular


def _write_parts(unit: Unit, case: _Case, draft: EntryDraft, entry: PostedEntry | None) -> None:
    """What each part got, and the row that holds its rest where that is still on the way."""
    if entry is None:
        return
    parts = {(part.book_id, part.hold_seq): part for part in case.parts}
    rests = {
        (posting.book_id, posting.memo_credit): seq
        for posting, seq in zip(draft.postings, entry.seqs, strict=True)
        if posting.recipe.startswith("payment.rest.")
    }
    settled = shared(case.does.settled, [hold.amount for hold in case.holds])
    for hold, amount in zip(case.holds, settled, strict=True):
        part = parts[hold.book_id, hold.seq]
        unit.execute(
            SETTLE_PART,
            this_payment=case.payment.id,
            this_part=part.part_id,
            new_delivered=part.delivered_minor + amount,
            new_seq=rests.get((hold.book_id, hold.memo_credit)),
        )


def _write_step(unit: Unit, case: _Case, entry: PostedEntry | None) -> None:
    sha256 = case.told.evidence_sha256
    if sha256 is not None:
        filed = write_evidence_file(
            unit,
            sha256,
            kind=EvidenceKind.SIGNED_LIST if case.payment.method == "cash" else EvidenceKind.BANK_ADVICE,
            description=f"result of {case.payment.number}",
        )
        sha256 = filed.sha256
    row = step_row(
        unit,
        case.payment.id,
        position=case.step,
        before=case.payment.state,
        after=case.does.state,
        amount=case.result.paid,
        reason=case.mark,
        entry=None if entry is None else entry.id,
        evidence=sha256,
    )
    unit.insert(DisbursementStep, **row)


def _settled(case: _Case, entry: PostedEntry | None) -> PaymentSettled:
    payment = case.payment
    return PaymentSettled(
        payment=payment.number,
        state=case.does.state,
        delivered=Money(payment.delivered_minor + case.does.settled, payment.currency),
        irregular=_irregular(case.does, entry),
        entry="" if entry is None else entry.number,
    )


COMMANDS: Final[tuple[Any, ...]] = (confirm_payment, confirm_payments)
