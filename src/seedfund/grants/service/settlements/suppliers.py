"""What a supplier owes on one grant is taken off what it is paid on another: the course somebody left, say.

For the area that knows both to be of one supplier; the payment is judged like any other (accounting: row 28).
"""

from dataclasses import dataclass

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.endings import open_demands_on
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.settling_up import pair_up
from seedfund.grants.rules.words import OffsetKind
from seedfund.grants.service.common import load_parts
from seedfund.grants.service.demanding import needs_receipts
from seedfund.grants.service.lapsing import tranche_now
from seedfund.grants.service.settlements.offsetting import write_offset
from seedfund.grants.service.settling import settle_demands
from seedfund.kernel.errors import insist, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.accounts import SUPPLIER
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class SupplierSetOff:
    """What was taken off the tranche, the demands that closed, and the entry."""

    amount: Money
    closed: tuple[str, ...]
    entry: str


def owed_by_supplier(unit: Unit, grant: GrantRow) -> Money:
    """What is demanded back of the supplier of a grant."""
    parts = load_parts(unit, grant)
    return Money(sum(item.position.claims.get(SUPPLIER, 0) for item in parts), grant.currency)


def demanders_of_supplier(unit: Unit, grant: GrantRow) -> frozenset[Key]:
    """Who asked the supplier of a grant for it."""
    return frozenset(demand.demanded_by for demand in open_demands_on(unit, grant.id, SUPPLIER))


def pairable(unit: Unit, source: GrantRow, target: GrantRow, most: int) -> list[tuple[int, int, int]]:
    """Which part's claim is answered by which part's promise, within one book, up to an amount in minor units."""
    claims = [(item.row.book_id, item.position.claims.get(SUPPLIER, 0)) for item in load_parts(unit, source)]
    free = [(item.row.book_id, item.position.committed_free) for item in load_parts(unit, target)]
    return pair_up(claims, free, most)


def write_supplier_set_off(
    unit: Unit, grants: tuple[GrantRow, GrantRow], position: int, most: Money, *, reason: str
) -> SupplierSetOff:
    """Answer what is claimed of a supplier on the first grant out of a tranche of the second, as far as books allow.

    The caller has locked both grants, knows that one supplier stands behind them, and that the actor demanded nothing.

    Raises:
        Refused: what a payment of the tranche waits for.
    """
    source, target = grants
    tranche = tranche_now(unit, target, position)
    insist(tranche is not None, "the tranche that answers a claim is there")
    if tranche is None:
        raise AssertionError("checked above")
    refuse(tranche.gaps(tranche.standing.tranches[position - 1]))
    pairs = pairable(unit, source, target, min(most, tranche.rest).minor)
    amount = Money(sum(minor for _, _, minor in pairs), source.currency)
    if not amount.minor:
        return SupplierSetOff(amount, (), "")
    parts, others = load_parts(unit, source), load_parts(unit, target)
    rows: list[Posting] = []
    for i, j, minor in pairs:
        rows += refunds.set_off(
            parts[i].position,
            others[j].part,
            minor,
            needs_receipts=needs_receipts(unit, target),
            holder=SUPPLIER,
            target_holder=SUPPLIER,
        )
    draft = EntryDraft(event="set_off", subject=source.number, postings=tuple(rows), reason=reason)
    entry = write_entry(unit, draft)
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="set_off",
        subject_number=source.number,
        reason=reason,
        facts={"against": target.number, "amount": str(amount)},
    )
    write_offset(unit, OffsetKind.SET_OFF, tranche, claimed=source, amount=amount, entry=entry)
    closed = settle_demands(unit, source, state="settled")
    return SupplierSetOff(amount, tuple(closed), entry.number)
