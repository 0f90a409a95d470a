"""Asking for money back: one demand, split over the parts where it is open, from which its age counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.service.common import LoadedPart
from seedfund.grants.tables.endings import RefundDemand, RefundDemandPart
from seedfund.kernel.errors import Corrupt
from seedfund.kernel.money import Money
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.store.unit import Unit

SERIES = "RD"


@dataclass(frozen=True, kw_only=True)
class NewDemand:
    """How much, why (a word of `DEMAND_REASONS`), by when, and from which holder."""

    amount: Money
    reason: str
    due_on: date
    holder: str = PARTICIPANT


def write_demand(unit: Unit, grant: GrantRow, parts: Sequence[LoadedPart], demand: NewDemand) -> str:
    """Demand an open advance back (accounting: row 22); returns the demand's number.

    Raises:
        Refused: `balance_too_low` when less is open.
    """
    number, demand_id = unit.human_number(SERIES), unit.key()
    rows = refunds.demand([item.position for item in parts], demand.amount.minor, holder=demand.holder)
    unit.insert(
        RefundDemand,
        id=demand_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        reason=demand.reason,
        amount_minor=demand.amount.minor,
        due_on=demand.due_on,
        state="open",
        demanded_on=unit.occurred_on,
        demanded_by=unit.actor.id,
        resolved_on=None,
        resolved_by=None,
    )
    entry = write_entry(
        unit, EntryDraft(event="refund_demanded", subject=number, postings=rows, reason=demand.reason)
    )
    by_account = {item.part.account("claims", demand.holder): item.row.id for item in parts}
    for row in rows:
        if row.debit is None or row.debit not in by_account:
            raise Corrupt("a demand was posted to no part of its grant; run: seedfund audit verify")
        unit.insert(
            RefundDemandPart,
            demand_id=demand_id,
            part_id=by_account[row.debit],
            amount_minor=row.amount,
            entry_id=entry.id,
        )
    unit.created(
        "sf_refund_demand",
        number,
        {"grant": grant.number, "amount": str(demand.amount), "reason": demand.reason},
    )
    return number
