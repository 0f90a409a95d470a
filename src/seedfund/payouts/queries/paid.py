"""Payments as a provider's row finds them, by their numbers; unknown ones are left out. A verb locks their grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.payment_lists import list_payment_lists
from seedfund.grants.queries.payments import LOCKED_GRANTS, PAYMENTS_BY_NUMBER, PaymentRow, steps_of
from seedfund.grants.rules.deliveries import BOUNCED
from seedfund.kernel.ids import Key
from seedfund.payouts.rules import Paid, Told
from seedfund.payouts.tables import PayoutDecision, PayoutRow
from seedfund.store.statements import Query, Reader

FEES_OF_ROWS: Final = Query(
    lambda payment, outcome, fee: (Key(payment), outcome == BOUNCED, int(fee)),
    lambda: sa.select(col(PayoutRow.disbursement_id), col(PayoutRow.outcome), col(PayoutRow.fee_minor)).where(
        col(PayoutRow.disbursement_id).in_(sa.bindparam("ids", expanding=True)), col(PayoutRow.fee_minor) > 0
    ),
)
FEES_OF_ANSWERS: Final = Query(
    lambda payment, told, fee: (Key(payment), told == Told.REVERSED.value, int(fee)),
    lambda: sa.select(
        col(PayoutDecision.disbursement_id), col(PayoutDecision.told), col(PayoutDecision.fee_minor)
    ).where(
        col(PayoutDecision.disbursement_id).in_(sa.bindparam("ids", expanding=True)),
        col(PayoutDecision.fee_minor) > 0,
    ),
)


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment's row, and what a verdict asks of it."""

    row: PaymentRow
    facts: Paid


def lock_payments(reader: Reader, programme: Key, numbers: Sequence[str]) -> None:
    """Let nobody else tell a result of these payments until the command ends."""
    reader.among(LOCKED_GRANTS, "numbers", sorted(set(numbers)), programme=programme)


def list_numbers(reader: Reader, programme: Key) -> dict[Key, str]:
    """The number of every payment list, by its key."""
    return {row.id: row.number for row in list_payment_lists(reader, programme)}


def paid_rows(
    reader: Reader, programme: Key, numbers: Sequence[str], lists: dict[Key, str]
) -> dict[str, PaidRow]:
    """These payments as they stand now, by number."""
    rows = reader.among(PAYMENTS_BY_NUMBER, "numbers", sorted(set(numbers)), programme=programme)
    steps = steps_of(reader, [row.id for row in rows])
    fees = _fees(reader, [row.id for row in rows])
    return {
        row.number: PaidRow(
            row,
            Paid(
                number=row.number,
                state=row.state,
                amount=row.amount_minor,
                delivered=row.delivered_minor,
                currency=row.currency,
                list_number=lists[row.list_id],
                marks=tuple(step.reason for step in steps[row.id]),
                released_by=row.released_by or "",
                fees=tuple(fee for is_back, fee in fees.get(row.id, ()) if not is_back),
                fees_back=tuple(fee for is_back, fee in fees.get(row.id, ()) if is_back),
            ),
        )
        for row in rows
    }


def _fees(reader: Reader, payments: Sequence[Key]) -> dict[Key, list[tuple[bool, int]]]:
    """The fees that were charged for payments by rows and by answers, and whether money came back by them."""
    found: dict[Key, list[tuple[bool, int]]] = {}
    for query in (FEES_OF_ROWS, FEES_OF_ANSWERS):
        for payment, is_back, fee in reader.among(query, "ids", sorted(set(payments))):
            found.setdefault(payment, []).append((is_back, fee))
    return found
