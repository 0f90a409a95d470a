"""The tranche a claim is answered by: which is next, whether it may be paid, and what of it is not paid any more.

What is kept back or set off makes the next payment of that tranche less; it is stored with its entry, and counts until
that is reversed.
"""

from typing import Any

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.grounds import APPROVED, Wished, check_wished, read_grounds
from seedfund.grants.queries.payments import PaidTo
from seedfund.grants.queries.standing import TrancheFacts, tranche_facts
from seedfund.grants.rules.words import Delivery, OffsetKind, PayeeKind, PaymentMethod
from seedfund.grants.service.common import moment_of
from seedfund.grants.service.listing import check_waived
from seedfund.grants.tables.offsets import TrancheOffset
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.ledger.rules.posting import PostedEntry
from seedfund.store.unit import Unit


def next_tranche(unit: Unit, grant: GrantRow, *, holder: str = PARTICIPANT) -> TrancheFacts | None:
    """The first tranche of which something is neither paid, nor on the way, nor answered, and that pays the holder.

    What is given in goods is paid to a supplier: it answers no debt of the participant, and the other way round.
    """
    tranches = tranche_facts(unit, [grant], moment_of(unit))[grant.id]
    of_supplier = holder == SUPPLIER
    own = (one for one in tranches if (one.tranche.delivery == Delivery.IN_KIND) == of_supplier)
    return next((one for one in own if one.rest.minor > 0), None)


def rest_of(tranche: TrancheFacts | None, currency: str) -> Money:
    """What the next payment would be; nothing where there is none."""
    return zero(currency) if tranche is None else tranche.rest


def check_as_payment(unit: Unit, grant: GrantRow, tranche: TrancheFacts, amount: Money) -> list[Refusal]:
    """Every reason against paying an amount of a tranche today: state, conditions, order, duplicates, calendar.

    The money goes to nobody, so that no account is judged; what is given in goods answers no debt in money.
    """
    payee = PaidTo(
        Key(""), PayeeKind.PARTICIPANT.value, APPROVED, PaymentMethod.CASH.value, grant.participant_id, None
    )
    grounds = read_grounds(unit, {grant.id: grant}, moment_of(unit))
    wished = Wished(grant.id, tranche.tranche.position, amount, zero(grant.currency), payee)
    return [*check_wished(grounds, [wished]), *check_waived(unit, {grant.id: grant})]


def write_offset(
    unit: Unit,
    kind: OffsetKind,
    tranche: TrancheFacts,
    *,
    claimed: GrantRow,
    amount: Money,
    entry: PostedEntry,
) -> str:
    """Tie an amount to the tranche whose next payment it makes less; returns the tranche as it is written."""
    grant, position = tranche.grant, tranche.tranche.position
    row: dict[str, Any] = {
        "id": unit.key(),
        "grant_id": grant.id,
        "tranche_position": position,
        "kind": kind.value,
        "claimed_grant_id": claimed.id,
        "amount_minor": amount.minor,
        "entry_id": entry.id,
        "decided_on": unit.occurred_on,
        "recorded_at": unit.now,
        "decided_by": unit.actor.id,
    }
    unit.insert(TrancheOffset, **row)
    shown = f"{grant.number}/{position}"
    noted = {"kind": kind, "tranche": shown, "amount": str(amount), "claimed": claimed.number}
    unit.created("sf_tranche_offset", row["id"], noted)
    return shown
