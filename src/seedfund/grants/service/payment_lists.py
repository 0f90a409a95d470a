"""Payment lists up to their approval: prepared and sent by one hand, approved by others, taken back when they change.

The approval stages are copied from the policy when a list is sent, by its weighed amount; the approval holds for one
content. Releasing is a room of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import GRANTED, REJECTED, Decision, Exposure
from seedfund.approvals.rules.policy import Stage
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import (
    NewRequest,
    RequestSent,
    void_request,
    write_approval,
    write_approval_request,
)
from seedfund.grants.queries.hands import waived_tranches
from seedfund.grants.queries.payment_lists import PaymentListRow, list_by_number
from seedfund.grants.queries.payments import PaymentRow, payments_of_list
from seedfund.grants.rules.payments import (
    APPROVER_WAIVED,
    LIST_EMPTY,
    PAYMENT_NOT_IN_LIST,
    SENT_BY_OTHER_HAND,
    content_hash,
)
from seedfund.grants.rules.states import PAYMENT_LIST_STATES
from seedfund.grants.service.listing import PaymentWish, plan_payments, write_payments
from seedfund.grants.tables.payments import Disbursement, PaymentList
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money, total
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "PL"
SUBJECT: Final = "payment_list"
PREPARERS: Final = (Role.FINANCE_OFFICER, Role.FIELD_OFFICER, Role.ECONOMIC_INCLUSION_EXPERT)
APPROVERS: Final = (
    *(Role.REVIEWER, Role.PROGRAMME_MANAGER, Role.FINANCE_APPROVER, Role.DIRECTOR, Role.FINANCE_OFFICER),
    *(Role.ECONOMIC_INCLUSION_EXPERT, Role.COMMITTEE_SECRETARY),
)
"""Who may be asked at all; which of them decides a stage is the policy's word."""


def _update(*names: str) -> Write:
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    return Write(
        lambda: sa.update(PaymentList).where(col(PaymentList.id) == sa.bindparam("this_id")).values(**values)
    )


MOVE: Final = _update("state")
SEND: Final = _update("state", "content_hash")
COUNT: Final = _update("state", "content_hash", "count", "total_minor")
TAKE_OUT: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.id) == sa.bindparam("this_id"))
        .values(state="void", retry_of=None)
    )
)
TAKE_ALL_OUT: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.list_id) == sa.bindparam("list"), col(Disbursement.state) == "listed")
        .values(state="void", retry_of=None)
    )
)


@dataclass(frozen=True, kw_only=True)
class PreparePaymentList(Command):
    """Payments to be made together out of one bank account, cash box, envelope or float (by its code)."""

    bank_account: str
    payments: tuple[PaymentWish, ...]
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentListSent:
    """The list as sent: number, state, payments by number, total, content hash, and the stages it has to pass."""

    number: str
    state: str
    count: int
    total: Money
    content_hash: str
    weighed: Money
    stages: tuple[Stage, ...]
    payments: tuple[str, ...]


@verb("grants.prepare_payment_list", roles=PREPARERS)
def prepare_payment_list(unit: Unit, command: PreparePaymentList) -> PaymentListSent:
    """Prepare a list of payments and send it for approval; each payment is judged as if it were made today.

    Raises:
        NotFound: there is no such bank account, grant, payee or failed payment.
        Refused: `list_empty`, `list_currency`, `tranche_missing`, `tranche_listed_twice`, `tranche_exceeded`,
            `grant_not_in_force`, `earlier_tranche_not_delivered`, `tranche_paid`, `duplicate_stops_payment`, every
            condition that is not met, `payee_missing`, `payee_account_not_verified`, `payee_account_cooling`,
            `payee_account_retired`, `payee_not_for_delivery`, `agreement_not_signed`, `paid_before_agreement`,
            `outside_fund_period`, `failed_payment_waits`, `retry_not_failed`, `retried_already`, `preparer_waived`,
            `policy_missing`, `policy_lacks_currency`.
    """
    return write_payment_list(
        unit, bank=command.bank_account, wishes=command.payments, purpose=command.purpose
    )


def write_payment_list(
    unit: Unit, *, bank: str, wishes: Sequence[PaymentWish], purpose: str = ""
) -> PaymentListSent:
    """Prepare and send a list inside another command."""
    refuse([] if wishes else [LIST_EMPTY()])
    planned = plan_payments(unit, bank, wishes)
    list_id, number = unit.key(), unit.human_number(SERIES)
    currency = planned[0].amount.currency
    unit.insert(
        PaymentList,
        id=list_id,
        programme_id=unit.programme.id,
        number=number,
        currency=currency,
        purpose=purpose.strip(),
        count=len(planned),
        total_minor=total((one.amount for one in planned), currency).minor,
        content_hash=None,
        request_id=None,
        state="prepared",
        prepared_on=unit.occurred_on,
        prepared_by=unit.actor.id,
        released_on=None,
        released_by=None,
        finished_on=None,
    )
    write_payments(unit, list_id, planned)
    return _send(unit, list_by_number(unit, unit.programme.id, number))


def _send(unit: Unit, row: PaymentListRow) -> PaymentListSent:
    """Send a prepared list: what it holds now is hashed, and the policy of today says who decides."""
    PAYMENT_LIST_STATES.require(row.state, "in_approval", which=row.number)
    payments = payments_of_list(unit, row.id)
    hashed = hash_of(row, payments)
    sent = _request(unit, row, payments, hashed)
    unit.execute(SEND, this_id=row.id, new_state="in_approval", new_content_hash=hashed)
    unit.changed(
        "sf_payment_list",
        row.number,
        {"state": row.state},
        {"state": "in_approval", "content_hash": hashed, "total": str(row.total), "count": row.count},
    )
    return PaymentListSent(
        number=row.number,
        state="in_approval",
        count=row.count,
        total=row.total,
        content_hash=hashed,
        weighed=sent.weighed,
        stages=tuple(step.stage for step in sent.steps),
        payments=tuple(one.number for one in payments),
    )


def hash_of(row: PaymentListRow, payments: Sequence[PaymentRow]) -> str:
    """The hash of what a list holds now."""
    return content_hash(row.number, row.currency, (one.listed for one in payments))


def _request(unit: Unit, row: PaymentListRow, payments: Sequence[PaymentRow], hashed: str) -> RequestSent:
    return write_approval_request(
        unit,
        NewRequest(
            subject_kind=SUBJECT,
            subject_id=row.id,
            number=row.number,
            content_hash=hashed,
            amount=row.total,
            exposures=_exposures(payments),
        ),
    )


def _exposures(payments: Sequence[PaymentRow]) -> tuple[Exposure, ...]:
    """What is asked for each owner and payee, so that payments split over lists weigh together."""
    asked: dict[str, Money] = {}
    for one in payments:
        payee = one.payee_participant_id or one.payee_id
        for party in {f"owner:{one.participant_id}", f"payee:{payee}"}:
            asked[party] = asked[party] + one.amount if party in asked else one.amount
    return tuple(Exposure(party, amount) for party, amount in sorted(asked.items()))


@dataclass(frozen=True, kw_only=True)
class SendPaymentList(Command):
    """A list that fell back to its preparer, to be sent again as it is now."""

    number: str


@verb("grants.send_payment_list", roles=PREPARERS)
def send_payment_list(unit: Unit, command: SendPaymentList) -> PaymentListSent:
    """Send a list that was rejected or changed for approval again.

    Raises:
        NotFound: there is no such list.
        Refused: `no_such_step`, `sent_by_other_hand`, `policy_missing`, `policy_lacks_currency`.
    """
    row = list_by_number(unit, unit.programme.id, command.number)
    refuse(_own(unit, row))
    return _send(unit, row)


def _own(unit: Unit, row: PaymentListRow) -> list[Refusal]:
    return [] if row.prepared_by == unit.actor.id else [SENT_BY_OTHER_HAND(number=row.number)]


@dataclass(frozen=True, kw_only=True)
class ApprovePaymentList(Command):
    """One person's decision at one stage of a list; a rejection gives its reason in words that name nobody."""

    number: str
    stage: Stage = Stage.APPROVE
    decision: Decision = Decision.APPROVED
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentListMoved:
    """The list, its state, and the stage it waits for (empty when none)."""

    number: str
    state: str
    waits_for: str = ""


@verb("grants.approve_payment_list", roles=APPROVERS)
def approve_payment_list(unit: Unit, command: ApprovePaymentList) -> PaymentListMoved:
    """Decide one stage of a list as it stands now; the last one opens it for release, a rejection lets it fall back.

    Raises:
        NotFound: there is no such list.
        Refused: `request_missing`, `request_closed`, `content_changed`, `stage_unknown`, `stage_not_now`,
            `maker_decides`, `decided_twice`, `role_lacking`, `above_authority`, `assurance_lacking`,
            `reason_missing`, `approver_waived`.
    """
    row = list_by_number(unit, unit.programme.id, command.number)
    payments = payments_of_list(unit, row.id)
    if command.decision is Decision.APPROVED:
        refuse(_check_waived(unit, payments))
    given = write_approval(
        unit,
        subject_id=row.id,
        number=row.number,
        stage=command.stage.value,
        content_hash=hash_of(row, payments),
        decision=command.decision,
        reason=command.reason,
    )
    states: Mapping[str, str] = {GRANTED: "approved", REJECTED: "prepared"}
    state = states.get(given.state, row.state)
    if state != row.state:
        PAYMENT_LIST_STATES.require(row.state, state, which=row.number)
        unit.execute(MOVE, this_id=row.id, new_state=state)
        unit.changed("sf_payment_list", row.number, {"state": row.state}, {"state": state})
    return PaymentListMoved(number=row.number, state=state, waits_for=given.waits_for)


def _check_waived(unit: Unit, payments: Sequence[PaymentRow]) -> list[Refusal]:
    """Who let a condition of a tranche go is no second pair of eyes on its payment."""
    waived = waived_tranches(unit, list({one.grant_id for one in payments}), unit.actor.id)
    numbers = {one.grant: None for one in payments if (one.grant_id, one.position) in waived}
    return [APPROVER_WAIVED(number=number) for number in numbers]


@dataclass(frozen=True, kw_only=True)
class DropPayments(Command):
    """Payments (by number) to be taken out of a list, and why, in words that name nobody."""

    number: str
    payments: tuple[str, ...]
    reason: str


@verb("grants.drop_payments", roles=PREPARERS)
def drop_payments(unit: Unit, command: DropPayments) -> PaymentListMoved:
    """Take payments out of a list that is not released: it falls back to its preparer, its approvals are void.

    Raises:
        NotFound: there is no such list.
        Refused: `reason_missing`, `sent_by_other_hand`, `no_such_step`, `payment_not_in_list`.
    """
    row = list_by_number(unit, unit.programme.id, command.number)
    if row.state != "prepared":
        PAYMENT_LIST_STATES.require(row.state, "prepared", which=row.number)
    payments = {one.number: one for one in payments_of_list(unit, row.id)}
    wanted = [number.strip().upper() for number in dict.fromkeys(command.payments)]
    unknown = [PAYMENT_NOT_IN_LIST(payment=one, number=row.number) for one in wanted if one not in payments]
    refuse([*check_reason(command.reason), *_own(unit, row), *unknown])
    void_request(unit, subject_id=row.id, reason=command.reason)
    for number in wanted:
        unit.execute(TAKE_OUT, this_id=payments[number].id)
        unit.changed("sf_disbursement", number, {"state": "listed"}, {"state": "void"})
    left = [one for number, one in payments.items() if number not in wanted]
    unit.execute(
        COUNT,
        this_id=row.id,
        new_state="prepared",
        new_content_hash=None,
        new_count=len(left),
        new_total_minor=sum(one.amount_minor for one in left),
    )
    unit.changed("sf_payment_list", row.number, {"state": row.state}, {"state": "prepared"})
    return PaymentListMoved(number=row.number, state="prepared")


@dataclass(frozen=True, kw_only=True)
class VoidPaymentList(Command):
    """A list that shall not be paid, and why, in words that name nobody."""

    number: str
    reason: str


@verb("grants.void_payment_list", roles=(*PREPARERS, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def void_payment_list(unit: Unit, command: VoidPaymentList) -> PaymentListMoved:
    """Give up a list before it is released: its payments are void, its tranches can be listed again.

    Raises:
        NotFound: there is no such list.
        Refused: `no_such_step`, `reason_missing`.
    """
    row = list_by_number(unit, unit.programme.id, command.number)
    PAYMENT_LIST_STATES.require(row.state, "void", which=row.number)
    refuse(check_reason(command.reason))
    void_request(unit, subject_id=row.id, reason=command.reason)
    unit.execute(TAKE_ALL_OUT, list=row.id)
    unit.execute(MOVE, this_id=row.id, new_state="void")
    unit.changed(
        "sf_payment_list",
        row.number,
        {"state": row.state},
        {"state": "void", "reason": command.reason.strip()},
    )
    return PaymentListMoved(number=row.number, state="void")


COMMANDS: Final[tuple[Any, ...]] = (
    prepare_payment_list,
    send_payment_list,
    approve_payment_list,
    drop_payments,
    void_payment_list,
)
