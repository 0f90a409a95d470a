"""Reviewing receipts: accepted, with an observation, or rejected, by another person; and taking an acceptance back.

What is accepted beyond the open advance waits for the next delivery (accounting: row 21); an acceptance that proves
wrong is taken back by a third person (row 24).
"""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries import current_policy
from seedfund.approvals.rules.policy import declaration_cap
from seedfund.grants.queries.grants import GrantRow, grants_by_id
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.grants.queries.receipts import PAYMENTS_OF_ACTS, ReceiptRow, receipt, receipts_of
from seedfund.grants.queries.sameness import twins_of
from seedfund.grants.rules.handing import first_of
from seedfund.grants.rules.justifying import (
    PaymentRoom,
    PlanRoom,
    ReviewDecision,
    ReviewFacts,
    acceptance,
    check_review,
    check_withdrawal,
)
from seedfund.grants.rules.sameness import used_before
from seedfund.grants.rules.states import ACCEPTED, JUSTIFICATION_LINE_STATES
from seedfund.grants.rules.words import DocumentKind
from seedfund.grants.service.common import load_grant, load_parts, runs_from
from seedfund.grants.service.demanding import write_claim
from seedfund.grants.service.evidence_use import applied_of_line, apply_evidence, holder_of, take_line_back
from seedfund.grants.tables.justification import JustificationLine
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.plans.queries import items_of
from seedfund.plans.rules import FundedBy
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

REVIEWERS: Final = (
    *(Role.ECONOMIC_INCLUSION_EXPERT, Role.REVIEWER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER),
    *(Role.PROGRAMME_MANAGER, Role.DIRECTOR),
)
REVIEW: Final = Write(
    lambda: (
        sa.update(JustificationLine)
        .where(col(JustificationLine.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            accepted_minor=sa.bindparam("new_accepted"),
            own_minor=sa.bindparam("new_own"),
            observation=sa.bindparam("new_observation"),
            reviewed_on=sa.bindparam("new_on"),
            reviewed_at=sa.bindparam("new_at"),
            reviewed_by=sa.bindparam("new_by"),
        )
    )
)
WITHDRAW: Final = Write(
    lambda: (
        sa.update(JustificationLine)
        .where(col(JustificationLine.id) == sa.bindparam("this_id"))
        .values(state="withdrawn")
    )
)


@dataclass(frozen=True, kw_only=True)
class ReviewReceipt(Command):
    """A line of a justification by number and place, the decision, and what is accepted of it (all, if not given)."""

    justification: str
    position: int
    decision: ReviewDecision
    accepted: Money | None = None
    observation: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptReviewed:
    """The line's state, what stands against the grant, what is own contribution, and what was applied just now.

    `applied` counts everything that was applied to the grant's open advances, lines that had waited included.
    """

    receipt: str
    state: str
    accepted: Money
    own: Money
    applied: Money


@verb("grants.review_receipt", roles=REVIEWERS)
def review_receipt(unit: Unit, command: ReviewReceipt) -> ReceiptReviewed:
    """Decide about a receipt; what its plan line and the agreement do not take any more is own contribution.

    Raises:
        NotFound: there is no such receipt.
        InvalidInput: the accepted amount is in another currency.
        Refused: `no_such_step`, `recorder_reviews`, `grant_closed`, `receipt_used_before`, `plan_line_missing`,
            `declaration_cap_missing`, `declaration_above_cap`, `accepted_above_receipt`, `receipt_before_grant`,
            `handover_without_payment`, `handover_above_payment`, `observation_missing`, `policy_missing`.
    """
    grant, line = _loaded(unit, command.justification, command.position)
    shown = f"{command.justification.strip().upper()}/{line.position}"
    JUSTIFICATION_LINE_STATES.require(line.state, command.decision.value, which=shown)
    facts = _facts(unit, command, grant, line, shown=shown)
    refuse(check_review(facts))
    found = acceptance(facts)
    unit.execute(
        REVIEW,
        this_id=line.id,
        new_state=command.decision.value,
        new_accepted=found.accepted.minor,
        new_own=found.own.minor,
        new_observation=command.observation.strip(),
        new_on=unit.occurred_on,
        new_at=unit.now,
        new_by=unit.actor.id,
    )
    unit.changed(
        "sf_justification_line",
        shown,
        {"state": line.state},
        {"state": command.decision.value, "accepted": str(found.accepted), "own": str(found.own)},
    )
    applied = apply_evidence(unit, [grant]).get(grant.id, 0)
    return ReceiptReviewed(
        receipt=shown,
        state=command.decision.value,
        accepted=found.accepted,
        own=found.own,
        applied=Money(applied, grant.currency),
    )


def _loaded(unit: Unit, number: str, position: int) -> tuple[GrantRow, ReceiptRow]:
    """The line again once its grant is locked, so that two reviewers see each other."""
    first = receipt(unit, unit.programme.id, number, position)
    grant = load_grant(unit, grants_by_id(unit, [first.grant_id])[first.grant_id].number)
    return grant, receipt(unit, unit.programme.id, number, position)


def _facts(
    unit: Unit, command: ReviewReceipt, grant: GrantRow, line: ReceiptRow, *, shown: str
) -> ReviewFacts:
    currency = grant.currency
    amount = Money(line.amount_minor, currency)
    wanted = amount if command.accepted is None else command.accepted
    if wanted.currency != currency:
        raise InvalidInput(
            field="accepted", problem=f"{wanted} is in another currency", remedy=f"give it in {currency}"
        )
    stand = [row for row in receipts_of(unit, [grant.id])[grant.id] if row.state in ACCEPTED]
    terms = current_policy(unit, unit.programme.id, unit.work.today())
    used = Money(sum(row.accepted_minor for row in stand), currency)
    return ReviewFacts(
        receipt=shown,
        number=grant.number,
        kind=DocumentKind(line.kind),
        document_on=line.document_on,
        runs_from=runs_from(unit, grant),
        amount=amount,
        wanted=wanted,
        decision=command.decision,
        observation=command.observation,
        is_recorder=line.recorded_by == unit.actor.id,
        is_settled=_is_settled(unit, grant),
        has_plan=grant.plan_version_id is not None,
        line=_plan_room(unit, line, stand, currency),
        grant_room=grant.agreed - used,
        tolerance_bps=terms.receipt_tolerance_bps,
        declared=_declared(stand, currency),
        declaration_cap=declaration_cap(terms, currency),
        duplicate=used_before(twins_of(unit, unit.programme.id, line.id, line.file_sha256)),
        goods=_payment_room(unit, grant, line, stand),
    )


def _payment_room(
    unit: Unit, grant: GrantRow, line: ReceiptRow, stand: list[ReceiptRow]
) -> PaymentRoom | None:
    """What of the supplier's payment no act shows yet; a retry stands for the payment it repeats."""
    behind = dict(unit.all(PAYMENTS_OF_ACTS, grant=grant.id))
    if line.act_id is None or line.act_id not in behind:
        return None
    payments = {row.id: row for row in payments_of_grants(unit, [grant.id])[grant.id]}
    payment = payments[behind[line.act_id]]
    if payment.payee_kind != "supplier":
        return None
    chain = {row.id: row.retry_of for row in payments.values()}
    same = {key for key in payments if first_of(key, chain) == first_of(payment.id, chain)}
    paid = sum(payments[key].counted_minor for key in same)
    shown = sum(
        row.accepted_minor for row in stand if row.act_id is not None and behind.get(row.act_id) in same
    )
    return PaymentRoom(number=payment.number, room=Money(max(paid - shown, 0), grant.currency))


def _declared(stand: list[ReceiptRow], currency: str) -> Money:
    kind = DocumentKind.DECLARATION
    return Money(sum(row.accepted_minor for row in stand if row.kind == kind), currency)


def _is_settled(unit: Unit, grant: GrantRow) -> bool:
    """Whether a grant is closed and all that was paid on it, before the close or after it, is accounted for."""
    return grant.state == "closed" and not any(one.position.open_advance for one in load_parts(unit, grant))


def _plan_room(unit: Unit, line: ReceiptRow, stand: list[ReceiptRow], currency: str) -> PlanRoom | None:
    if line.plan_version_id is None or line.plan_line is None:
        return None
    version = line.plan_version_id
    item = {one.line: one for one in items_of(unit, [version])[version]}[line.plan_line]
    before = sum(row.accepted_minor for row in stand if row.plan_line == line.plan_line)
    return PlanRoom(
        total=Money(item.total_minor, currency),
        is_of_grant=item.funded_by == FundedBy.GRANT,
        accepted=Money(before, currency),
    )


@dataclass(frozen=True, kw_only=True)
class WithdrawAcceptance(Command):
    """An accepted line that proves wrong, and why, in words that name nobody.

    With `is_slip` it was the reviewer's mistake and the advance is open again; without, the money is demanded back.
    """

    justification: str
    position: int
    reason: str
    is_slip: bool = False


@dataclass(frozen=True, kw_only=True)
class AcceptanceWithdrawn:
    """The line, what of it had been applied, and the demand that answers it (empty for a slip)."""

    receipt: str
    amount: Money
    demand: str


@verb("grants.withdraw_acceptance", roles=(Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def withdraw_acceptance(unit: Unit, command: WithdrawAcceptance) -> AcceptanceWithdrawn:
    """Take the acceptance of a receipt back (accounting: row 24); other receipts that waited take its place.

    Raises:
        NotFound: there is no such receipt.
        Refused: `no_such_step`, `withdrawn_by_reviewer`, `observation_missing`, `policy_missing`.
    """
    grant, line = _loaded(unit, command.justification, command.position)
    shown = f"{command.justification.strip().upper()}/{line.position}"
    JUSTIFICATION_LINE_STATES.require(line.state, "withdrawn", which=shown)
    refuse(check_withdrawal(shown, is_reviewer=line.reviewed_by == unit.actor.id, reason=command.reason))
    applied = applied_of_line(unit, line.id, grant.id)
    demand = _post_withdrawal(unit, command, grant, line) if applied else ""
    unit.execute(WITHDRAW, this_id=line.id)
    unit.changed(
        "sf_justification_line",
        shown,
        {"state": line.state},
        {"state": "withdrawn", "reason": command.reason.strip()},
    )
    apply_evidence(unit, [grant])
    whole = Money(sum(applied.values()), grant.currency)
    return AcceptanceWithdrawn(receipt=shown, amount=whole, demand=demand)


def _post_withdrawal(unit: Unit, command: WithdrawAcceptance, grant: GrantRow, line: ReceiptRow) -> str:
    """Rows of the parts the line had been applied to; returns the number of the demand."""
    applied = applied_of_line(unit, line.id, grant.id)
    holder = holder_of(unit, line.id, grant.id)
    post = refunds.correct_acceptance if command.is_slip else refunds.withdraw_acceptance
    rows: list[Posting] = []
    claimed: dict[Key, int] = {}
    for item in load_parts(unit, grant):
        amount = applied.get(item.row.id, 0)
        if amount:
            rows += post([item.position], amount, holder=holder)
            claimed[item.row.id] = amount
    entry = write_entry(
        unit,
        EntryDraft(
            event="acceptance_withdrawn",
            subject=grant.number,
            postings=tuple(rows),
            reason=command.reason.strip(),
        ),
    )
    take_line_back(unit, line.id, grant.id, entry=entry)
    if command.is_slip:
        return ""
    return write_claim(unit, grant, claimed, reason="rejected", entry=entry)


COMMANDS: Final[tuple[Any, ...]] = (review_receipt, withdraw_acceptance)
