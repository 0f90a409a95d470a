"""What becomes of money that was told as paid when nothing was held for it: the grant's, or the provider's debt.

Who released the payment or recorded its results does not decide (accounting: rows 18 and 28).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.late import told_by
from seedfund.grants.queries.payments import (
    HeldPart,
    PaymentRow,
    PaymentStep,
    held_parts,
    payments_by_number,
    steps_of,
)
from seedfund.grants.queries.standing import Moment, tranche_facts
from seedfund.grants.rules.late import (
    OUTCOMES,
    LateDecision,
    LateMoney,
    check_charge,
    check_decider,
    undecided,
)
from seedfund.grants.rules.settling_up import check_promise
from seedfund.grants.rules.states import DISBURSEMENT_STATES
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.evidence_use import apply_evidence
from seedfund.grants.service.listing import step_row
from seedfund.grants.service.settlements.claims import SETTLERS
from seedfund.grants.service.settling import SETTLE_PART
from seedfund.grants.tables.payments import Disbursement, DisbursementStep
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money, zero
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

CHARGE: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            delivered_minor=sa.bindparam("new_delivered"),
            delivered_on=sa.bindparam("new_on"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class DecideLateResult(Command):
    """A payment that was told as paid when nothing was on the way, what that money is, and why.

    `to_grant`: the payee has it, and it counts as delivered. `not_received`: the payee has it not, or gave it back; the
    provider owes it, and the tranche can be paid. `reason` names nobody.
    """

    payment: str
    decision: LateDecision
    reason: str


@dataclass(frozen=True, kw_only=True)
class LateResultDecided:
    """The payment, its state, how much was decided on, what of it was delivered in all, and the entry, if any."""

    payment: str
    state: str
    amount: Money
    delivered: Money
    entry: str


@dataclass(frozen=True, slots=True)
class _Late:
    """A payment with its late money (`told`); `amount` is what the decision is about. Minor units."""

    grant: GrantRow
    payment: PaymentRow
    parts: Sequence[HeldPart]
    steps: Sequence[PaymentStep]
    told: int
    amount: int
    decision: LateDecision

    @property
    def delivered(self) -> int:
        """What of the payment counts as delivered after the decision."""
        charged = self.amount if self.decision is LateDecision.TO_GRANT else 0
        return self.payment.delivered_minor + charged

    @property
    def state(self) -> str:
        """The state of the payment after the decision."""
        if self.decision is LateDecision.NOT_RECEIVED:
            return self.payment.state
        return "delivered" if self.delivered == self.payment.amount_minor else "part"

    @property
    def money(self) -> LateMoney:
        """What the decision is about."""
        return LateMoney(
            self.payment.number, self.payment.position, Money(self.amount, self.payment.currency)
        )


@verb("grants.decide_late_result", roles=SETTLERS)
def decide_late_result(unit: Unit, command: DecideLateResult) -> LateResultDecided:
    """Decide what late money of a payment is; until then its grant is neither paid nor changed.

    It stands on the exceptions page.

    Money that came back to our account is recorded with `record_bounce` and needs no decision.

    Raises:
        NotFound: there is no such payment.
        Refused: `late_nothing`, `late_by_recorder`, `late_not_released`, `late_beyond_payment`,
            `late_beyond_tranche`, `promise_not_in_force`, `promise_exceeded`, `reason_missing`, and what the
            ledger refuses (`balance_too_low` where the provider paid its debt already, `commitment_exceeded`,
            `period_closed`).
    """
    late = _load(unit, command)
    loaded = load_parts(unit, late.grant)
    refuse([*_check(unit, late, loaded), *check_reason(command.reason)])
    entry = None
    if late.decision is LateDecision.TO_GRANT:
        entry = _charge(unit, late, loaded, reason=command.reason.strip())
    _write_step(unit, late, entry)
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="payment",
        subject_number=late.payment.number,
        reason=command.reason.strip(),
        facts={"decision": late.decision.value, "amount": str(late.money.amount), "was": late.payment.state},
    )
    unit.changed(
        "sf_disbursement",
        late.payment.number,
        {"state": late.payment.state, "delivered": late.payment.delivered_minor},
        {"state": late.state, "delivered": late.delivered, "late": late.decision.value},
    )
    apply_evidence(unit, [late.grant])
    return LateResultDecided(
        payment=late.payment.number,
        state=late.state,
        amount=late.money.amount,
        delivered=Money(late.delivered, late.payment.currency),
        entry="" if entry is None else entry.number,
    )


def _load(unit: Unit, command: DecideLateResult) -> _Late:
    """The payment with what nobody decided; no more of it is charged than the payment did not bring."""
    number = command.payment.strip().upper()
    payment = payments_by_number(unit, unit.programme.id, [number], locked=True)[number]
    steps = steps_of(unit, [payment.id])[payment.id]
    late = amount = undecided(payment.amount_minor, told_by(steps))
    if command.decision is LateDecision.TO_GRANT:
        amount = min(amount, payment.amount_minor - payment.delivered_minor)
    parts = held_parts(unit, [payment.id])[payment.id]
    return _Late(load_grant(unit, payment.grant), payment, parts, steps, late, amount, command.decision)


def _check(unit: Unit, late: _Late, parts: Sequence[LoadedPart]) -> list[Refusal]:
    payment, grant = late.payment, late.grant
    told = {step.recorded_by for step in late.steps if step.reason.partition(" ")[0] in OUTCOMES}
    refusals = check_decider(
        grant.number,
        payment.number,
        late=late.told,
        chargeable=late.amount,
        is_recorder=unit.actor.id in {*told, payment.released_by},
    )
    if not late.amount or late.decision is LateDecision.NOT_RECEIVED:
        return refusals
    free = Money(sum(item.position.committed_free for item in parts), grant.currency)
    return [
        *refusals,
        *check_charge(
            grant.number,
            late.money,
            rest=_rest(unit, late),
            is_released=bool(late.parts),
        ),
        *check_promise(grant.number, amount=late.money.amount, free=free, state=grant.state),
    ]


def _rest(unit: Unit, late: _Late) -> Money:
    """What of the payment's tranche is neither paid nor listed; nothing where the schedule has it no more."""
    moment = Moment(on=unit.occurred_on, now=unit.now, zone=unit.programme.zone)
    for found in tranche_facts(unit, [late.grant], moment)[late.grant.id]:
        if found.tranche.position == late.payment.position:
            return found.rest
    return zero(late.grant.currency)


def _charge(unit: Unit, late: _Late, loaded: Sequence[LoadedPart], *, reason: str) -> PostedEntry:
    payment, by_id = late.payment, {item.row.id: item.part for item in loaded}
    needs_receipts = benefit_by_id(unit, payment.benefit_type_id).terms.justification_required
    shares = shared(late.amount, [part.amount_minor - part.delivered_minor for part in late.parts])
    rows: list[Posting] = []
    for part, amount in zip(late.parts, shares, strict=True):
        rows += refunds.set_off_provider(
            by_id[part.part_id], amount, needs_receipts=needs_receipts, holder=payment.holder
        )
        unit.execute(
            SETTLE_PART,
            this_payment=payment.id,
            this_part=part.part_id,
            new_delivered=part.delivered_minor + amount,
            new_seq=part.hold_seq,
        )
    if late.state != payment.state:
        DISBURSEMENT_STATES.require(payment.state, late.state, which=payment.number)
    unit.execute(
        CHARGE,
        this_id=payment.id,
        new_state=late.state,
        new_delivered=late.delivered,
        new_on=payment.delivered_on or unit.occurred_on,
    )
    return write_entry(
        unit,
        EntryDraft(event="late_result_charged", subject=payment.number, postings=tuple(rows), reason=reason),
    )


def _write_step(unit: Unit, late: _Late, entry: PostedEntry | None) -> None:
    row = step_row(
        unit,
        late.payment.id,
        position=len(late.steps) + 1,
        before=late.payment.state,
        after=late.state,
        amount=late.amount,
        reason=late.decision.value,
        entry=None if entry is None else entry.id,
    )
    unit.insert(DisbursementStep, **row)


COMMANDS: Final[tuple[Any, ...]] = (decide_late_result,)
