"""What of tranches was delivered, is on the way, came back: figures that conditions, adendas and settlements share."""

from collections.abc import Sequence
from typing import Final

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.history import BROUGHT_FORWARD
from seedfund.grants.queries.tranches import LAPSED, PaidRow, TrancheRow, paid_of, schedule_of
from seedfund.grants.rules.payable import TrancheStanding, share_returned
from seedfund.grants.rules.words import OffsetKind
from seedfund.kernel.money import Money, zero
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.positions import PartPosition
from seedfund.store.statements import Reader

DELIVERED: Final = (
    *("delivered", "part", "part_open", "bounced"),
    *(OffsetKind.SET_OFF.value, BROUGHT_FORWARD),
)
"""What may have reached the payee: of a payment that bounced in part, the rest did; set off, it paid a debt."""
KEPT_BACK: Final = OffsetKind.KEPT_BACK.value
"""What had reached the payee before, with another tranche: it answers this one, and is not delivered again."""
ON_THE_WAY: Final = ("listed", "released", "part_open")
RUNNING: Final = ("in_force", "suspended")
"""States of grants whose promise stands; what one that ended did not pay was given back."""


def waiting_of(tranche: TrancheRow, paid: Sequence[PaidRow]) -> int:
    """What of a tranche is listed or on the way, in minor units."""
    return sum(
        row.amount_minor - row.delivered_minor
        for row in paid
        if row.position == tranche.position and row.state in ON_THE_WAY
    )


def returned_of(
    amounts: Sequence[int], paid: Sequence[PaidRow], parts: Sequence[PartPosition]
) -> dict[int, int]:
    """What of tranches of these amounts came back and can be paid again, by position, in minor units."""
    delivered: dict[int, int] = {}
    for row in paid:
        if row.state in DELIVERED:
            delivered[row.position] = delivered.get(row.position, 0) + row.delivered_minor
    # What lapsed was promised and is neither owed nor paid: the promise never covered it a second time.
    lapsed = sum(row.amount_minor for row in paid if row.state == LAPSED)
    committed = sum(part.committed for part in parts) + lapsed
    return share_returned(amounts, delivered, committed=committed)


def tranche_standing(
    tranche: TrancheRow,
    paid: Sequence[PaidRow],
    currency: str,
    *,
    returned: int = 0,
    bound: int | None = None,
    queue: str = "",
) -> TrancheStanding:
    """What of a tranche was delivered, is listed or on the way; `returned`, `bound` and `queue` as it keeps them."""
    mine = [row for row in paid if row.position == tranche.position]
    delivered = sum(row.delivered_minor for row in mine if row.state in DELIVERED)
    kept_back = sum(row.amount_minor for row in mine if row.state == KEPT_BACK)
    set_off = sum(row.amount_minor for row in mine if row.state == OffsetKind.SET_OFF)
    lapsed = sum(row.amount_minor for row in mine if row.state == LAPSED)
    return TrancheStanding(
        position=tranche.position,
        amount=Money(tranche.amount_minor, currency),
        delivered=_money(delivered - set_off, currency),
        in_payment=_money(waiting_of(tranche, paid), currency),
        offset=_money(kept_back + set_off + lapsed, currency),
        returned_minor=returned,
        bound_minor=bound,
        queue=queue,
    )


def _money(minor: int, currency: str) -> Money:
    """An amount; nothing, which most are in a long list, is made once."""
    return Money(minor, currency) if minor else zero(currency)


def used_of(paid: Sequence[PaidRow], currency: str) -> dict[int, Money]:
    """What is paid, answered, listed or on the way by tranche position: no adenda goes below it."""
    used: dict[int, int] = {}
    for row in paid:
        has_come = row.state in (*DELIVERED, KEPT_BACK, LAPSED)
        amount = row.delivered_minor if has_come and row.state not in ON_THE_WAY else 0
        amount = row.amount_minor if row.state in ON_THE_WAY else amount
        if amount:
            used[row.position] = used.get(row.position, 0) + amount
    return {position: Money(minor, currency) for position, minor in sorted(used.items())}


def used_now(reader: Reader, grant: GrantRow) -> dict[int, Money]:
    """What is paid, listed or on the way by tranche position, without what came back and is promised again.

    The schedule is the one that `grant` names, also while another one takes its place.
    """
    paid, parts = paid_of(reader, [grant.id])[grant.id], positions(reader, [grant.id])[grant.id]
    schedule = schedule_of(reader, grant.id, grant.schedule_version)
    returned = returned_of([tranche.amount.minor for tranche in schedule.tranches], paid, parts)
    used = {
        position: money - Money(returned.get(position, 0), grant.currency)
        for position, money in used_of(paid, grant.currency).items()
    }
    return {position: money for position, money in used.items() if money}
