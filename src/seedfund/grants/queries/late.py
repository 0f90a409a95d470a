"""Late money of payments: told as paid beyond what was held, and not decided. Batches of grants; verbs lock."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.payments import PaymentStep, steps_of
from seedfund.grants.rules.late import LateMoney, Told, undecided
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader

# A result beyond what was held always marks its payment; what was delivered in full is not paid again anyway.
DOUBTFUL: Final = Query(
    lambda payment, grant, position, number, amount, delivered, currency: (
        Key(payment),
        (Key(grant), int(position)),
        str(number),
        int(amount),
        Money(int(amount) - int(delivered), currency),
    ),
    lambda: (
        sa.select(
            col(Disbursement.id),
            col(Disbursement.grant_id),
            col(Disbursement.tranche_position),
            col(Disbursement.number),
            col(Disbursement.amount_minor),
            col(Disbursement.delivered_minor),
            col(Grant.currency),
        )
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(Disbursement.is_irregular).is_(True),
            col(Disbursement.delivered_minor) < col(Disbursement.amount_minor),
        )
        .order_by(col(Disbursement.number))
    ),
)


def late_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[tuple[Key, int], list[LateMoney]]:
    """What may have reached payees already, by grant and tranche position, payment by payment."""
    rows = reader.among(DOUBTFUL, "ids", list(dict.fromkeys(grant_ids)))
    steps = steps_of(reader, [row[0] for row in rows])
    result: dict[tuple[Key, int], list[LateMoney]] = {}
    for payment_id, place, number, amount, missing in rows:
        late = min(undecided(amount, told_by(steps[payment_id])), missing.minor)
        if late:
            result.setdefault(place, []).append(LateMoney(number, Money(late, missing.currency)))
    return result


def told_by(steps: Sequence[PaymentStep]) -> list[Told]:
    """The history of a payment as the rule of late money reads it."""
    return [Told(step.reason.partition(" ")[0], step.from_state or "", step.amount_minor) for step in steps]
