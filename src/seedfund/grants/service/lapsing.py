"""What of a tranche is not due any more goes back to its lines; and is due again when that was decided wrongly.

A tranche may be a ceiling: a month's stipend lapses down to the days attended, a fee to what was billed. The areas that
know what came due decide; the money and its record move here, in one entry (accounting: row 31).
"""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.standing import TrancheFacts, tranche_facts
from seedfund.grants.service.common import load_parts, lots, moment_of
from seedfund.grants.tables.offsets import TrancheLapse
from seedfund.kernel.errors import insist
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.ledger.service.reversals import write_reversal
from seedfund.store.statements import Query
from seedfund.store.unit import Unit

ENTRIES: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: (
        sa.select(col(TrancheLapse.entry_id), col(TrancheLapse.entry_number))
        .where(
            col(TrancheLapse.grant_id) == sa.bindparam("grant"),
            col(TrancheLapse.tranche_position) == sa.bindparam("position"),
        )
        .order_by(col(TrancheLapse.id))
    ),
)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What of a tranche lapsed, and the entry that gave it back; empty where nothing did."""

    amount: Money
    entry: str


def tranche_now(unit: Unit, grant: GrantRow, position: int) -> TrancheFacts | None:
    """A tranche in force with all it is judged by; None where the grant has no such tranche."""
    found = tranche_facts(unit, [grant], moment_of(unit))[grant.id]
    return next((one for one in found if one.tranche.position == position), None)


def write_lapse(unit: Unit, grant: GrantRow, position: int, amount: Money, *, reason: str) -> Lapsed:
    """Give back what of a tranche is not due any more, by what is free in each part; nothing for nothing.

    `reason` names nobody. The caller has locked the grant and asked for no more than the rest of the tranche.

    Raises:
        Refused: what the ledger refuses, such as `period_closed`.
    """
    if not amount.minor:
        return Lapsed(amount, "")
    parts = load_parts(unit, grant)
    shares = shared(amount.minor, [item.position.committed_free for item in parts])
    insist(sum(shares) == amount.minor, "no more lapses than is promised and not on the way")
    rows = recipes.release_part(lots(parts, shares))
    entry = write_entry(
        unit, EntryDraft(event="tranche_lapsed", subject=grant.number, postings=rows, reason=reason.strip())
    )
    lapse = unit.key()
    unit.insert(
        TrancheLapse,
        id=lapse,
        grant_id=grant.id,
        tranche_position=position,
        amount_minor=amount.minor,
        reason=reason.strip(),
        entry_id=entry.id,
        entry_number=entry.number,
        decided_on=unit.occurred_on,
        recorded_at=unit.now,
        decided_by=unit.actor.id,
    )
    noted = {"tranche": f"{grant.number}/{position}", "amount": str(amount)}
    unit.created("sf_tranche_lapse", lapse, noted)
    return Lapsed(amount, entry.number)


def take_lapse_back(unit: Unit, grant: GrantRow, position: int, *, reason: str) -> tuple[str, ...]:
    """Reverse what of a tranche lapsed and still stands, so that it is promised again; the entries that do.

    Raises:
        Refused: `reversed_by_own_poster`, `period_closed`, or that its line has no longer so much available.
    """
    entries = unit.all(ENTRIES, grant=grant.id, position=position)
    undone = reversals_of(unit, [key for key, _ in entries])
    standing = [number for key, number in entries if key not in undone]
    return tuple(write_reversal(unit, number, reason, by_owner=True).number for number in standing)
