"""Payments as a provider's row finds them, by their numbers; unknown ones are left out. A verb locks their grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.payment_lists import list_payment_lists
from seedfund.grants.queries.payments import LOCKED_GRANTS, PAYMENTS_BY_NUMBER, PaymentRow, steps_of
from seedfund.grants.rules.deliveries import BOUNCED
from seedfund.kernel.ids import Key
from seedfund.payouts.rules import Fate, Paid, Told
from seedfund.payouts.tables import PayoutDecision, PayoutRow
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a row or an answer told of a payment: its fee, whether money came back, by the key of which command."""

    payment: Key
    is_back: bool
    fee: int
    command_key: str = ""


TOLD_BY_ROWS: Final = Query(
    lambda payment, outcome, fee: _Telling(Key(payment), outcome == BOUNCED, int(fee)),
    lambda: sa.select(col(PayoutRow.disbursement_id), col(PayoutRow.outcome), col(PayoutRow.fee_minor)).where(
        col(PayoutRow.disbursement_id).in_(sa.bindparam("ids", expanding=True)),
        sa.or_(col(PayoutRow.fate) == Fate.POSTED.value, col(PayoutRow.fee_minor) > 0),
    ),
)
TOLD_BY_ANSWERS: Final = Query(
    lambda payment, told, fee, key: _Telling(Key(payment), told == Told.REVERSED.value, int(fee or 0), key),
    lambda: sa.select(
        *(col(PayoutDecision.disbursement_id), col(PayoutDecision.told), col(PayoutDecision.fee_minor)),
        col(PayoutDecision.command_key),
    ).where(
        col(PayoutDecision.disbursement_id).in_(sa.bindparam("ids", expanding=True)),
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
    told = _told(reader, [row.id for row in rows])
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
                **_facts(told.get(row.id, ())),
            ),
        )
        for row in rows
    }


def _told(reader: Reader, payments: Sequence[Key]) -> dict[Key, list[_Telling]]:
    """What rows and answers told of payments."""
    found: dict[Key, list[_Telling]] = {}
    for query in (TOLD_BY_ROWS, TOLD_BY_ANSWERS):
        for one in reader.among(query, "ids", sorted(set(payments))):
            found.setdefault(one.payment, []).append(one)
    return found


def _facts(tellings: Sequence[_Telling]) -> dict[str, Any]:
    """The fees that were charged for a payment, and how many of its results were told; a command tells one of each."""
    facts: dict[str, Any] = {}
    for is_back, fees, told in ((False, "fees", "told"), (True, "fees_back", "told_back")):
        of_them = [one for one in tellings if one.is_back is is_back]
        facts[fees] = tuple(one.fee for one in of_them if one.fee)
        keys = [one.command_key for one in of_them]
        facts[told] = keys.count("") + len({key for key in keys if key})
    return {**facts, "told_by": frozenset(one.command_key for one in tellings if one.command_key)}
