"""Open advances by payment: what of each delivery is not yet accounted for, and until when it has to be."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from seedfund.approvals.queries import policy_on
from seedfund.grants.rules.figures import DELIVERED
from seedfund.kernel.money import Money
from seedfund.reports.books.open_advances_ageing import OpenAdvance
from seedfund.reports.effects import Leg
from seedfund.reports.queries.counters import counted
from seedfund.reports.queries.parties import Owner, owners
from seedfund.reports.queries.rows import Booked, rows_of_money
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word

PARTICIPANT: Final = "participant"


def open_advances(scope: Scope) -> list[OpenAdvance]:
    """What is open of every delivery: receipts answer the oldest first (accounting: finding 20).

    The term is that of the policy in force on the day; without a policy there is none.
    """
    found = owners(scope.reader, scope.work.programme.id)
    policy = policy_on(scope.reader, scope.work.programme.id, scope.as_of)
    term = timedelta(days=policy.terms.overdue_days) if policy is not None else None
    accounts = {one.leg.id: one for one in counted(scope) if one.leg.kind == "advances" and one.balance > 0}
    rows = rows_of_money(scope, list(accounts))
    result: list[OpenAdvance] = []
    for key, one in accounts.items():
        owner = found.get(one.leg.grant_id) if one.leg.grant_id is not None else None
        if owner is not None:
            delivered = [row for row in rows if row.debit_id == key and _is_delivery(row)]
            for paid_on, minor in _open_layers(delivered, one.balance, scope.as_of):
                result.append(_advance(scope, one.leg, owner, paid_on=paid_on, minor=minor, term=term))
    return result


def _is_delivery(row: Booked) -> bool:
    return row.recipe in DELIVERED and row.reverses_seq is None


def _open_layers(delivered: Sequence[Booked], balance: int, as_of: date) -> Iterator[tuple[date, int]]:
    """The newest deliveries that make up the balance, newest first; what is left over is as old as the oldest."""
    days: dict[date, int] = {}
    left = balance
    for row in reversed(delivered):
        taken = min(left, row.amount)
        if taken:
            days[row.value_date] = days.get(row.value_date, 0) + taken
        left -= taken
    if left:
        oldest = delivered[0].value_date if delivered else as_of
        days[oldest] = days.get(oldest, 0) + left
    yield from days.items()


def _advance(
    scope: Scope, leg: Leg, owner: Owner, *, paid_on: date, minor: int, term: timedelta | None
) -> OpenAdvance:
    return OpenAdvance(
        holder=owner.participant if leg.holder == PARTICIPANT else leg.holder,
        holder_kind=word(leg.holder),
        number=owner.grant,
        fund=scope.books[leg.book_id].code,
        paid_on=paid_on,
        due_on=None if term is None else paid_on + term,
        open=Money(minor, scope.currency(leg.book_id)),
    )
