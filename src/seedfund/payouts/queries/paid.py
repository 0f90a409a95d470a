"""Payments as a provider's row finds them, by their numbers; unknown ones are left out. A verb locks their grants."""

from collections.abc import Sequence
from dataclasses import dataclass

from seedfund.grants.queries.payment_lists import list_payment_lists
from seedfund.grants.queries.payments import LOCKED_GRANTS, PAYMENTS_BY_NUMBER, PaymentRow, steps_of
from seedfund.kernel.ids import Key
from seedfund.payouts.rules import Paid
from seedfund.store.statements import Reader


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
            ),
        )
        for row in rows
    }
