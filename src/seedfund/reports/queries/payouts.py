"""The queue of providers' rows as reports tell it: what waits this week, and how each stood on a day."""

from collections.abc import Iterator, Mapping
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.roles import Role
from seedfund.payouts.queries import list_exceptions
from seedfund.payouts.tables import PayoutDecision, PayoutException
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.store.statements import Query

SUBJECT: Final = "payout_exception"
_STATES: Final = Query(
    lambda number, outcome: (str(number), str(outcome or "open")),
    lambda: (
        sa.select(col(PayoutException.number), col(PayoutDecision.outcome))
        .select_from(PayoutException)
        .outerjoin(
            PayoutDecision,
            sa.and_(
                col(PayoutDecision.exception_id) == col(PayoutException.id),
                col(PayoutDecision.decided_on) <= sa.bindparam("as_of", type_=sa.Date),
            ),
        )
        .where(col(PayoutException.programme_id) == sa.bindparam("programme"))
    ),
)


def payout_states(scope: Scope) -> Mapping[str, str]:
    """How each exception of a provider's file stood on the day of the scope, by number."""
    return dict(scope.reader.all(_STATES, programme=scope.work.programme.id, as_of=scope.as_of))


def payouts_due(scope: Scope) -> Iterator[DueItem]:
    """Rows of providers that wait for a person; those about restricted people only for named roles."""
    for one in list_exceptions(scope.work):
        if one.row.state == "open" and one.row.raised_on <= scope.as_of:
            yield DueItem(
                due=Due.PAYOUT_TO_ANSWER,
                due_on=one.row.raised_on,
                number=one.row.number,
                participant=one.payment,
                what=word(one.row.misfit.value),
                who=word(Role.RECONCILER.value),
            )
