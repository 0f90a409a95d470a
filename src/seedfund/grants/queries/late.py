"""Late money of grants: told as paid beyond what was held, and not decided. Batches of grants; verbs lock."""

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

# A result beyond what was held always marks its payment.
DOUBTFUL: Final = Query(
    lambda payment, grant, position, number, amount, currency: (
        Key(payment),
        Key(grant),
        int(position),
        str(number),
        Money(int(amount), currency),
    ),
    lambda: (
        sa.select(
            col(Disbursement.id),
            col(Disbursement.grant_id),
            col(Disbursement.tranche_position),
            col(Disbursement.number),
            col(Disbursement.amount_minor),
            col(Grant.currency),
        )
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(Disbursement.is_irregular).is_(True),
        )
        .order_by(col(Disbursement.number))
    ),
)


def late_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[LateMoney]]:
    """What may have reached payees beside what is on the books, by grant, payment by payment.

    A payment delivered in full counts as well: what came back of it is promised again, and would be paid a third time.
    """
    result: dict[Key, list[LateMoney]] = {grant_id: [] for grant_id in grant_ids}
    rows = reader.among(DOUBTFUL, "ids", list(result))
    steps = steps_of(reader, [row[0] for row in rows])
    for payment_id, grant_id, position, number, amount in rows:
        late = undecided(amount.minor, told_by(steps[payment_id]))
        if late:
            result[grant_id].append(LateMoney(number, position, Money(late, amount.currency)))
    return result


def told_by(steps: Sequence[PaymentStep]) -> list[Told]:
    """The history of a payment as the rule of late money reads it."""
    return [Told(step.reason.partition(" ")[0], step.from_state or "", step.amount_minor) for step in steps]
