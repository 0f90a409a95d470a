"""Taking back what settled a grant's money and was entered in error: a refund, a write-off, money kept back or set off.

The entry is reversed by another hand, and what was demanded before is demanded again, in one unit: rows and books
never disagree. The record itself stays, and whoever reads it sees that its entry was reversed.
"""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.grants.queries.endings import demand_debtors, demands_of, open_demands_on
from seedfund.grants.queries.grants import GrantRow, grants_by_id, grants_by_number
from seedfund.grants.rules.settling_up import check_undoing
from seedfund.grants.service.common import load_parts
from seedfund.grants.service.demanding import write_claim
from seedfund.grants.service.evidence_use import apply_evidence
from seedfund.kernel.errors import refuse
from seedfund.kernel.roles import Role
from seedfund.ledger.queries.reversed import entry_by_number, grants_of_entry
from seedfund.ledger.rules.accounts import HOLDERS
from seedfund.ledger.rules.posting import PostedEntry
from seedfund.ledger.service.reversals import write_reversal
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

UNDOERS: Final = (Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class UndoSettlement(Command):
    """An entry (by number) that settled a grant's money and should not have been made, and why (naming nobody)."""

    entry: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SettlementUndone:
    """The entry that was taken back, the one that reverses it, and the demands that stand again."""

    undone: str
    entry: str
    demands: tuple[str, ...]


@verb("grants.undo_settlement", roles=UNDOERS, moves_money=True)
def undo_settlement(unit: Unit, command: UndoSettlement) -> SettlementUndone:
    """Reverse a refund, a write-off, money kept back or set off, or a claim borne by an own fund, entered in error.

    Raises:
        NotFound: there is no such entry.
        InvalidInput: no reason is given.
        Refused: `settlement_none`, `entry_already_reversed`, `entry_is_reversal`, `reversed_by_own_poster`,
            `period_closed`, or a floor that stands against it: what followed has to be undone first.
    """
    entry = entry_by_number(unit, unit.programme.id, command.entry.strip().upper())
    refuse(check_undoing(entry.number, entry.event))
    found = grants_by_id(unit, grants_of_entry(unit, entry.id))
    grants = grants_by_number(unit, unit.programme.id, [row.number for row in found.values()], locked=True)
    reversal = write_reversal(unit, entry.number, command.reason, by_owner=True)
    demands = [number for grant in grants.values() for number in _demand_again(unit, grant, reversal)]
    for grant in grants.values():
        unit.changed("sf_grant", grant.number, {"settled_by": entry.number}, {"undone_by": reversal.number})
    apply_evidence(unit, list(grants.values()))
    return SettlementUndone(undone=entry.number, entry=reversal.number, demands=tuple(demands))


def _demand_again(unit: Unit, grant: GrantRow, reversal: PostedEntry) -> list[str]:
    """A demand for what is claimed of a holder again and no open demand asks for."""
    numbers = []
    for holder in HOLDERS:
        parts = load_parts(unit, grant)
        claims = {item.row.id: item.position.claims.get(holder, 0) for item in parts}
        asked = sum(demand.amount_minor for demand in open_demands_on(unit, grant.id, holder))
        amounts = {}
        for part, claimed in claims.items():
            covered = min(claimed, asked)
            asked -= covered
            if claimed > covered:
                amounts[part] = claimed - covered
        if amounts:
            reason = _reason(unit, grant, holder)
            numbers.append(write_claim(unit, grant, amounts, reason=reason, entry=reversal))
    return numbers


def _reason(unit: Unit, grant: GrantRow, holder: str) -> str:
    """Why it had been demanded: the reason of the last demand on the holder."""
    demands = demands_of(unit, [grant.id])[grant.id]
    holders = demand_debtors(unit, demands)
    mine = [demand for demand in demands if holders.get(demand.id) == holder]
    return mine[-1].reason if mine else "overpaid"


COMMANDS: Final[tuple[Any, ...]] = (undo_settlement,)
