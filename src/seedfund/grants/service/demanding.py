"""Asking for money back and letting a demand go: demands of an open advance, of an acceptance taken back, lifted ones.

Nothing is demanded after a participant's death, and nothing from a family (domain: life events).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from seedfund.approvals.queries import current_policy
from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.endings import (
    DemandRow,
    demand_by_number,
    demand_debtors,
    open_demands_on,
)
from seedfund.grants.queries.grants import GrantRow, grants_by_id
from seedfund.grants.rules.refunding import (
    OVERPAID_HAS_RECEIPTS,
    DemandReason,
    check_demand,
    check_lift,
    outstanding,
)
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.demands import SERIES, NewDemand, write_demand
from seedfund.grants.service.evidence_use import apply_evidence
from seedfund.grants.service.settling import answer_demand
from seedfund.grants.service.substitutes import died_on
from seedfund.grants.tables.endings import RefundDemand, RefundDemandPart
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

DEMANDERS: Final = (
    *(Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR),
    Role.ECONOMIC_INCLUSION_EXPERT,
)


@dataclass(frozen=True, kw_only=True)
class DemandRefund(Command):
    """What is asked back on a grant: all that is open unless an `amount` is given, by the policy's term or a given day.

    `from_supplier` asks the supplier of goods that were paid and never handed over.
    """

    grant: str
    reason: DemandReason
    amount: Money | None = None
    due_on: date | None = None
    from_supplier: bool = False


@dataclass(frozen=True, kw_only=True)
class RefundDemanded:
    """The demand's number, what it asks, and by when."""

    number: str
    amount: Money
    due_on: date


@verb("grants.demand_refund", roles=DEMANDERS)
def demand_refund(unit: Unit, command: DemandRefund) -> RefundDemanded:
    """Ask an open advance back (accounting: row 22), also on a closed grant; its age counts from here.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency, or the term has passed.
        Refused: `nothing_to_demand`, `demand_exceeds_open`, `demand_after_death`, `grant_closed`, `policy_missing`.
    """
    grant = load_grant(unit, command.grant)
    parts = load_parts(unit, grant)
    holder = SUPPLIER if command.from_supplier else PARTICIPANT
    is_open = Money(sum(item.position.advances.get(holder, 0) for item in parts), grant.currency)
    amount = is_open if command.amount is None else command.amount
    due_on = command.due_on or due_day(unit)
    _check_terms(unit, grant, amount, due_on)
    refuse(
        check_demand(
            grant.number,
            amount=amount,
            is_open=is_open,
            has_died=holder == PARTICIPANT and died_on(unit, grant) is not None,
            is_closed=grant.state == "closed",
        )
    )
    demand = NewDemand(amount=amount, reason=command.reason.value, due_on=due_on, holder=holder)
    return RefundDemanded(number=write_demand(unit, grant, parts, demand), amount=amount, due_on=due_on)


@dataclass(frozen=True, kw_only=True)
class DemandOverpayment(Command):
    """What was given without receipts and was not due: a stipend, a transfer. `reason` says how it was found.

    By the policy's term or a given day; the reason names nobody. `from_supplier` asks who was paid in the owner's
    place: the fee of a course that somebody left.
    """

    grant: str
    amount: Money
    reason: str
    due_on: date | None = None
    from_supplier: bool = False


@verb("grants.demand_overpayment", roles=DEMANDERS)
def demand_overpayment(unit: Unit, command: DemandOverpayment) -> RefundDemanded:
    """Ask back what a benefit without receipts paid too much (accounting: row 24); its age counts from here.

    It is answered like any demand: by a refund, kept back from the next payment, set off, or given up.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency, or the term has passed.
        Refused: `overpaid_has_receipts`, `nothing_to_demand`, `demand_exceeds_open`, `demand_after_death`,
            `grant_closed`, `reason_missing`, `policy_missing`.
    """
    grant = load_grant(unit, command.grant)
    parts = load_parts(unit, grant)
    given = Money(sum(item.position.expense for item in parts), grant.currency)
    due_on = command.due_on or due_day(unit)
    _check_terms(unit, grant, command.amount, due_on)
    has_receipts = needs_receipts(unit, grant)
    holder = SUPPLIER if command.from_supplier else PARTICIPANT
    refuse(
        [
            *([OVERPAID_HAS_RECEIPTS(number=grant.number)] if has_receipts else []),
            *check_demand(
                grant.number,
                amount=command.amount,
                is_open=given,
                has_died=holder == PARTICIPANT and died_on(unit, grant) is not None,
                is_closed=grant.state == "closed",
            ),
            *check_reason(command.reason),
        ]
    )
    rows = refunds.withdraw_acceptance([item.position for item in parts], command.amount.minor, holder=holder)
    draft = EntryDraft(
        event="overpayment_found", subject=grant.number, postings=rows, reason=command.reason.strip()
    )
    entry = write_entry(unit, draft)
    by_account = {item.part.account("claims", holder): item.row.id for item in parts}
    amounts = {by_account[row.debit]: row.amount for row in rows if row.debit is not None}
    number = write_claim(unit, grant, amounts, reason=DemandReason.OVERPAID.value, entry=entry, due_on=due_on)
    return RefundDemanded(number=number, amount=command.amount, due_on=due_on)


def _check_terms(unit: Unit, grant: GrantRow, amount: Money, due_on: date) -> None:
    if amount.currency != grant.currency or due_on < unit.occurred_on:
        raise InvalidInput(
            field="amount" if amount.currency != grant.currency else "due_on",
            problem="the demand is in another currency, or its term has passed",
            remedy=f"ask in {grant.currency}, by a day to come",
        )


def needs_receipts(unit: Unit, grant: GrantRow) -> bool:
    """Whether what a grant pays is accounted for with receipts, by the version of its benefit."""
    return benefit_by_id(unit, grant.benefit_type_id).terms.justification_required


def due_day(unit: Unit) -> date:
    """By when a refund demanded today is due, by the policy in force."""
    terms = current_policy(unit, unit.programme.id, unit.work.today())
    return unit.occurred_on + timedelta(days=terms.refund_days)


def write_claim(
    unit: Unit,
    grant: GrantRow,
    amounts: Mapping[Key, int],
    *,
    reason: str,
    entry: PostedEntry,
    due_on: date | None = None,
) -> str:
    """The demand behind claims an entry has made already, by part; returns its number."""
    number, demand_id = unit.human_number(SERIES), unit.key()
    unit.insert(
        RefundDemand,
        id=demand_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        reason=reason,
        amount_minor=sum(amounts.values()),
        due_on=due_on or due_day(unit),
        state="open",
        demanded_on=unit.occurred_on,
        demanded_by=unit.actor.id,
        resolved_on=None,
        resolved_by=None,
    )
    rows = [
        {"demand_id": demand_id, "part_id": part, "amount_minor": amount, "entry_id": entry.id}
        for part, amount in amounts.items()
    ]
    unit.insert_many(RefundDemandPart, rows)
    unit.created("sf_refund_demand", number, {"grant": grant.number, "reason": reason})
    return number


@dataclass(frozen=True, kw_only=True)
class LiftDemand(Command):
    """A demand to be let go, such as after late receipts, and why, in words that name nobody."""

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DemandLifted:
    """The demand, what of it was still unpaid and is an open advance again, or counts as given."""

    number: str
    amount: Money


@verb("grants.lift_demand", roles=(Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def lift_demand(unit: Unit, command: LiftDemand) -> DemandLifted:
    """Let a demand go: what of it is unpaid is an open advance again, and receipts that waited meet it (row 23).

    Where no receipts are due it counts as given again.

    Raises:
        NotFound: there is no such demand.
        Refused: `demand_answered`, `lifted_by_demander`, `reason_missing`.
    """
    found = demand_by_number(unit, unit.programme.id, command.number)
    grant = load_grant(unit, grants_by_id(unit, [found.grant_id])[found.grant_id].number)
    demand = demand_by_number(unit, unit.programme.id, command.number)
    refuse(
        [
            *check_lift(
                demand.number,
                state=demand.state,
                is_demander=demand.demanded_by == unit.actor.id,
            ),
            *check_reason(command.reason),
        ]
    )
    parts = load_parts(unit, grant)
    holder = demand_debtors(unit, [demand])[demand.id]
    amount = _unpaid(unit, parts, demand, holder=holder, currency=grant.currency)
    if amount.minor:
        rows = refunds.lift_demand(
            [item.position for item in parts],
            amount.minor,
            needs_receipts=needs_receipts(unit, grant),
            holder=holder,
        )
        draft = EntryDraft(
            event="demand_lifted", subject=demand.number, postings=rows, reason=command.reason.strip()
        )
        write_entry(unit, draft)
    answer_demand(unit, demand.id, demand.number, state="lifted", on=unit.occurred_on)
    apply_evidence(unit, [grant])
    return DemandLifted(number=demand.number, amount=amount)


def _unpaid(
    unit: Unit, parts: Sequence[LoadedPart], demand: DemandRow, *, holder: str, currency: str
) -> Money:
    """What of a demand is unpaid: what is claimed of its holder lies on the newest demands on that holder."""
    claimed = sum(item.position.claims.get(holder, 0) for item in parts)
    demands = open_demands_on(unit, demand.grant_id, holder)
    amounts = outstanding([one.amount_minor for one in demands], claimed)
    for one, amount in zip(demands, amounts, strict=True):
        if one.id == demand.id:
            return Money(amount, currency)
    return zero(currency)


COMMANDS: Final[tuple[Any, ...]] = (demand_refund, demand_overpayment, lift_demand)
