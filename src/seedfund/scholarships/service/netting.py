"""What a provider owes for those who left is taken off what it billed for those who stayed."""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.grants.queries.grants import GrantRow, grants_by_number
from seedfund.grants.service.lapsing import tranche_now
from seedfund.grants.service.settlements.suppliers import (
    demanders_of_supplier,
    owed_by_supplier,
    pairable,
    write_supplier_set_off,
)
from seedfund.kernel.errors import Refused, refuse
from seedfund.kernel.money import Money
from seedfund.scholarships.queries.bills import BillLineRow, bill_by_number, bill_lines
from seedfund.scholarships.queries.scholarships import scholarships_by_id, scholarships_of_provider
from seedfund.scholarships.rules.billing import (
    BILL_NOT_ACCEPTED,
    NETTED_BY_DEMANDER,
    NETTED_NOTHING,
    net,
)
from seedfund.scholarships.service.common import BILL_JUDGES
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import list_providers


@dataclass(frozen=True, kw_only=True)
class NetBill:
    """An amount that a claim on one scholarship took off a tranche of another, and the entry."""

    scholarship: str
    against: str
    tranche: int
    amount: Money
    entry: str


@dataclass(frozen=True, kw_only=True)
class NetProviderBill(Command):
    """The accepted bill that what its provider owes is taken off."""

    bill: str


@dataclass(frozen=True, kw_only=True)
class BillNetted:
    """The bill, what was taken off it in all, claim by claim, and the demands that closed."""

    bill: str
    amount: Money
    taken: tuple[NetBill, ...]
    closed: tuple[str, ...]


@verb("scholarships.net_bill", roles=BILL_JUDGES)
def net_bill(unit: Unit, command: NetProviderBill) -> BillNetted:
    """Take what a provider owes off what it billed, the oldest claim first; the rest of the bill is paid as ever.

    Raises:
        NotFound: there is no such bill.
        Refused: `bill_not_accepted`, `netted_by_demander`, `netted_nothing`, and what a payment of a tranche waits for.
    """
    bill = bill_by_number(unit, unit.programme.id, command.bill)
    provider = next(one for one in list_providers(unit, unit.programme.id) if one.id == bill.provider_id)
    if bill.state != "accepted":
        raise Refused([BILL_NOT_ACCEPTED(bill=bill.number, state=bill.state)])
    lines = bill_lines(unit, [bill.id])[bill.id]
    rows = scholarships_by_id(unit, [line.scholarship_id for line in lines])
    owing = scholarships_of_provider(unit, bill.provider_id)
    numbers = sorted({row.number for row in (*rows.values(), *owing)})
    grants = grants_by_number(unit, unit.programme.id, numbers, locked=True)
    claims = {one.number: owed_by_supplier(unit, grants[one.number]).minor for one in owing}
    claims = {number: minor for number, minor in sorted(claims.items()) if minor}
    is_own = any(unit.actor.id in demanders_of_supplier(unit, grants[number]) for number in claims)
    refuse([NETTED_BY_DEMANDER(provider=provider.code)] if is_own else [])
    places = {f"{line.position:04d}": (line, grants[rows[line.scholarship_id].number]) for line in lines}
    taken, closed = _take(unit, claims, places, grants=grants, bill=bill.number)
    if not taken:
        raise Refused([NETTED_NOTHING(bill=bill.number, provider=provider.code)])
    amount = Money(sum(one.amount.minor for one in taken), bill.total.currency)
    unit.changed("sf_provider_bill", bill.number, {}, {"netted": str(amount)})
    return BillNetted(bill=bill.number, amount=amount, taken=tuple(taken), closed=tuple(closed))


def _take(
    unit: Unit,
    claims: dict[str, int],
    places: dict[str, tuple[BillLineRow, GrantRow]],
    *,
    grants: dict[str, GrantRow],
    bill: str,
) -> tuple[list[NetBill], list[str]]:
    """Carry out what the rule nets, line by line, in the books that claim and line have in common."""
    rests = {place: _rest(unit, line, grant) for place, (line, grant) in places.items()}
    taken: list[NetBill] = []
    closed: list[str] = []
    for claim, place, minor in net(claims, rests):
        line, target = places[place]
        source = grants[claim]
        if source.id == target.id or not pairable(unit, source, target, minor):
            continue
        most = Money(minor, source.currency)
        done = write_supplier_set_off(
            unit, (source, target), line.tranche_position, most, reason=f"netted from {bill}"
        )
        closed += done.closed
        taken.append(
            NetBill(
                scholarship=claim,
                against=target.number,
                tranche=line.tranche_position,
                amount=done.amount,
                entry=done.entry,
            )
        )
    return taken, closed


def _rest(unit: Unit, line: BillLineRow, grant: GrantRow) -> int:
    tranche = tranche_now(unit, grant, line.tranche_position)
    return 0 if tranche is None else tranche.rest.minor


COMMANDS: Final[tuple[Any, ...]] = (net_bill,)
