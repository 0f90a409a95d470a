"""Releasing a payment list: the one moment in which money leaves, in one entry of holds, a row for each part.

Who releases is neither who prepared nor who approved. Ten thousand payments are one command: what they stand on is read
in batches, what is written goes to the database in single calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries import current_policy
from seedfund.approvals.rules.policy import Act, hold_days
from seedfund.approvals.service import require_assurance, require_granted
from seedfund.funds.queries import BankAccountFacts, bank_accounts
from seedfund.grants.queries.agreements import witnesses_of
from seedfund.grants.queries.grants import PartRow
from seedfund.grants.queries.grounds import Grounds, Wished, check_wished, read_grounds
from seedfund.grants.queries.payment_lists import PaymentListRow, list_by_number
from seedfund.grants.queries.payments import (
    LOCKED_GRANTS_OF_LIST,
    STEPS_BEFORE_RELEASE,
    PaymentRow,
    payments_of_list,
)
from seedfund.grants.rules.payments import LIST_EMPTY, PAYER_WITNESSED
from seedfund.grants.rules.places import PlaceIrregularity, irregularities
from seedfund.grants.rules.states import PAYMENT_LIST_STATES
from seedfund.grants.service.accounts import list_irregular
from seedfund.grants.service.common import moment_of
from seedfund.grants.service.listing import one_after_the_other, step_row
from seedfund.grants.service.payment_lists import hash_of
from seedfund.grants.tables.payments import (
    Disbursement,
    DisbursementPart,
    DisbursementStep,
    PaymentList,
)
from seedfund.kernel.errors import Refusal, Refused, insist, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import AccountRef, cash
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

PAYERS: Final = (Role.CASHIER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER)
RELEASE_LIST: Final = Write(
    lambda: (
        sa.update(PaymentList)
        .where(col(PaymentList.id) == sa.bindparam("this_id"))
        .values(state="released", released_on=sa.bindparam("new_on"), released_by=sa.bindparam("new_by"))
    )
)
RELEASE: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(
            col(Disbursement.list_id) == sa.bindparam("list"),
            col(Disbursement.state) == "listed",
            col(Disbursement.method) == sa.bindparam("this_method"),
        )
        .values(
            state="released",
            released_on=sa.bindparam("new_on"),
            released_by=sa.bindparam("new_by"),
            expires_on=sa.bindparam("new_expiry"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class ReleasePaymentList(Command):
    """An approved list, to be paid."""

    number: str


@dataclass(frozen=True, kw_only=True)
class PaymentListReleased:
    """The list, how many payments left and how much, the entry that holds them, and what is odd about the account."""

    number: str
    count: int
    total: Money
    entry: str
    irregular: tuple[PlaceIrregularity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lot:
    """What one payment takes from one part."""

    payment: PaymentRow
    part_id: Key
    lot: recipes.Lot


@verb("grants.release_payment_list", roles=PAYERS, moves_money=True)
def release_payment_list(unit: Unit, command: ReleasePaymentList) -> PaymentListReleased:
    """Pay an approved list: each payment is judged again, cash and promises are held (accounting: rows 15 and 33).

    An account that does not go with the method of a payment stands on the exceptions page.

    Raises:
        NotFound: there is no such list.
        Refused: `no_such_step`, `list_empty`, `request_missing`, `request_open`, `request_closed`,
            `content_changed`, `maker_pays`, `approver_pays`, `assurance_lacking`, `payer_witnessed`, everything
            `prepare_payment_list` refuses, and what the ledger refuses (`cash_too_low`, `commitment_exceeded`,
            `cash_shortfall_open`, `line_overrun_open`, `period_closed`).
    """
    row = list_by_number(unit, unit.programme.id, command.number)
    PAYMENT_LIST_STATES.require(row.state, "released", which=row.number)
    grants = {one.id: one for one in unit.all(LOCKED_GRANTS_OF_LIST, list=row.id)}
    payments = payments_of_list(unit, row.id)
    grounds = read_grounds(unit, grants, moment_of(unit))
    banks = {one.id: one for one in bank_accounts(unit, unit.programme.id)}
    refusals = [
        *([] if payments else [LIST_EMPTY()]),
        *_check_hands(unit, row, payments),
        *check_wished(grounds, one_after_the_other(_wished(payments))),
    ]
    try:
        lots = _lots(payments, grounds, banks)
        entry = _post(unit, row, lots, grounds)
    except Refused as refused:
        # What the ledger says is told together with what we say; nothing of it is kept.
        raise Refused([*refusals, *refused.refusals]) from None
    refuse(refusals)
    _write(unit, row, lots, entry)
    unit.changed(
        "sf_payment_list",
        row.number,
        {"state": row.state},
        {"state": "released", "entry": entry.number, "total": str(row.total), "count": len(payments)},
    )
    return PaymentListReleased(
        number=row.number,
        count=len(payments),
        total=row.total,
        entry=entry.number,
        irregular=_list_irregular(unit, row, payments, banks[payments[0].bank_account_id]),
    )


def _list_irregular(
    unit: Unit, row: PaymentListRow, payments: Sequence[PaymentRow], bank: BankAccountFacts
) -> tuple[PlaceIrregularity, ...]:
    """What is odd about the account the list is paid from; once for the list, not for each payment."""
    methods = sorted({one.method for one in payments})
    irregular = irregularities(methods, bank.kind)
    list_irregular(unit, irregular, subject_kind="payment_list", subject_number=row.number, bank=bank)
    return irregular


def _check_hands(unit: Unit, row: PaymentListRow, payments: Sequence[PaymentRow]) -> list[Refusal]:
    refusals: list[Refusal] = []
    try:
        require_granted(
            unit,
            subject_id=row.id,
            number=row.number,
            content_hash=hash_of(row, payments),
            payer=unit.actor.id,
        )
    except Refused as refused:
        refusals += refused.refusals
    try:
        require_assurance(unit, Act.RELEASE_PAYMENT)
    except Refused as refused:
        refusals += refused.refusals
    numbers = {one.grant_id: one.grant for one in payments}
    witnesses = witnesses_of(unit, list(numbers))
    refusals += [
        PAYER_WITNESSED(number=numbers[grant_id])
        for grant_id, actors in witnesses.items()
        if unit.actor.id in actors
    ]
    return refusals


def _wished(payments: Sequence[PaymentRow]) -> list[Wished]:
    """What of a tranche stands in this list does not stand in its own way."""
    listed: dict[tuple[Key, int], Money] = {}
    for one in payments:
        place = (one.grant_id, one.position)
        listed[place] = listed[place] + one.amount if place in listed else one.amount
    return [
        Wished(
            one.grant_id,
            one.position,
            one.amount,
            listed[one.grant_id, one.position],
            one.payee,
            one.retry_of_number or "",
        )
        for one in payments
    ]


# What is held ---------------------------------------------------------------------------------------------------------


def _lots(
    payments: Sequence[PaymentRow], grounds: Grounds, banks: Mapping[Key, BankAccountFacts]
) -> list[_Lot]:
    """Each payment split over the parts of its grant, by what is promised and free in each."""
    rows = grounds.parts
    stands = {key: grounds.positions(key) for key in grounds.grants}
    lots: list[_Lot] = []
    for one in payments:
        parts = rows[one.grant_id]
        here = _in_order(stands[one.grant_id], parts)
        amounts = _split(here, one.amount_minor)
        lots += [
            _Lot(
                one, part.id, recipes.Lot(at.part, amount, _cash(at, banks[one.bank_account_id]), one.holder)
            )
            for part, at, amount in zip(parts, here, amounts, strict=True)
            if amount
        ]
        if len(payments) > len(stands):
            stands[one.grant_id] = [_taken(at, amount) for at, amount in zip(here, amounts, strict=True)]
    return lots


def _in_order(stands: Sequence[PartPosition], parts: Sequence[PartRow]) -> list[PartPosition]:
    if len(stands) == 1 == len(parts):
        return list(stands)
    by_line = {(at.part.book_id, at.part.line.line_id): at for at in stands}
    found = [by_line[part.book_id, part.line_id] for part in parts if (part.book_id, part.line_id) in by_line]
    insist(len(found) == len(parts), "every part of a grant that is paid has its accounts")
    return found


def _split(stands: Sequence[PartPosition], amount: int) -> list[int]:
    """What is more than all parts have free is asked of the first one, and the ledger says no."""
    if len(stands) == 1:
        return [amount]
    amounts = list(recipes.split_payment(stands, amount))
    amounts[0] += amount - sum(amounts)
    return amounts


def _taken(at: PartPosition, amount: int) -> PartPosition:
    return replace(at, in_payment=at.in_payment + amount)


def _cash(at: PartPosition, bank: BankAccountFacts) -> AccountRef:
    return cash(at.part.book_id, bank.code, bank_account_id=bank.id)


def _post(unit: Unit, row: PaymentListRow, lots: Sequence[_Lot], grounds: Grounds) -> PostedEntry:
    needs = {key: found.terms.justification_required for key, found in grounds.benefits.items()}
    rows = tuple(
        posting
        for lot in lots
        for posting in recipes.release([lot.lot], needs_receipts=needs[lot.payment.benefit_type_id])
    )
    return write_entry(unit, EntryDraft(event="payments_released", subject=row.number, postings=rows))


# What is written ------------------------------------------------------------------------------------------------------


def _write(unit: Unit, row: PaymentListRow, lots: Sequence[_Lot], entry: PostedEntry) -> None:
    terms = current_policy(unit, unit.programme.id, unit.work.today())
    day, actor = unit.occurred_on, unit.actor.id
    unit.execute(RELEASE_LIST, this_id=row.id, new_on=day, new_by=actor)
    for method in sorted({lot.payment.method for lot in lots}):
        days = hold_days(terms, method)
        expiry = None if days is None else day + timedelta(days=days)
        unit.execute(RELEASE, list=row.id, this_method=method, new_on=day, new_by=actor, new_expiry=expiry)
    parts: list[dict[str, Any]] = [
        {
            "disbursement_id": lot.payment.id,
            "part_id": lot.part_id,
            "book_id": lot.lot.part.book_id,
            "amount_minor": lot.lot.amount,
            "delivered_minor": 0,
            "hold_seq": seq,
            "entry_id": entry.id,
        }
        for lot, seq in zip(lots, entry.seqs, strict=True)
    ]
    unit.insert_many(DisbursementPart, parts)
    paid = {lot.payment.id: lot.payment.amount_minor for lot in lots}
    before = dict(unit.all(STEPS_BEFORE_RELEASE, list=row.id))
    steps = [
        step_row(
            unit,
            key,
            position=before.get(key, 1) + 1,
            before="listed",
            after="released",
            amount=amount,
            reason="released",
            entry=entry.id,
        )
        for key, amount in paid.items()
    ]
    unit.insert_many(DisbursementStep, steps)


COMMANDS: Final[tuple[Any, ...]] = (release_payment_list,)
