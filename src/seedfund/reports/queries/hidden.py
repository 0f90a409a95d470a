"""Numbers that are not told to the one who looks: of things about people whom named roles alone see."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.tables.monitoring import Monitoring
from seedfund.accompaniment.tables.referrals import Referral
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.payouts.tables import PayoutException
from seedfund.people.queries import sees_restricted
from seedfund.people.tables import Participant
from seedfund.reports.queries.scope import Scope
from seedfund.schooling.tables import Schooling
from seedfund.store.statements import Query
from seedfund.visits.tables import Visit

HIDDEN: Final = "about a restricted person"
"""Stands in the place of a reason, beside no number, for those who may not see the person."""


def _numbers(table: Any) -> Any:
    return (
        sa.select(col(table.number))
        .join(Participant, col(Participant.id) == col(table.participant_id))
        .where(col(table.programme_id) == sa.bindparam("programme"), col(Participant.is_restricted).is_(True))
    )


def _of_payouts() -> Any:
    return (
        sa.select(col(PayoutException.number))
        .join(Disbursement, col(Disbursement.id) == col(PayoutException.disbursement_id))
        .join(Payee, col(Payee.id) == col(Disbursement.payee_id))
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(
            Participant,
            col(Participant.id) == sa.func.coalesce(col(Payee.participant_id), col(Grant.participant_id)),
        )
        .where(
            col(PayoutException.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
        )
    )


_HIDDEN: Final = Query(
    str,
    lambda: sa.union_all(
        *(_numbers(table) for table in (Visit, Referral, Schooling, Monitoring)), _of_payouts()
    ),
)


def hidden_numbers(scope: Scope) -> frozenset[str]:
    """Visits, referrals, schooling, looks, rows of providers about restricted people; none for who may see them."""
    if sees_restricted(scope.work):
        return frozenset()
    return frozenset(scope.reader.all(_HIDDEN, programme=scope.work.programme.id))
