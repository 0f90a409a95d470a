"""Grants for which a person still has to be known: receipts, results and refunds are sealed under the person's key."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader

ENDED: Final = ("declined", "closed")
UNSETTLED: Final = ("listed", "released", "part_open")
"""Payments whose result may still come."""


def _is_paid(*more: Any) -> Any:
    return sa.exists().where(
        col(Payee.grant_id) == col(Grant.id), col(Payee.participant_id) == sa.bindparam("person"), *more
    )


def _has_unsettled(*more: Any) -> Any:
    return sa.exists().where(
        col(Disbursement.grant_id) == col(Grant.id), col(Disbursement.state).in_(UNSETTLED), *more
    )


GRANTS_HELD: Final = Query(
    str,
    lambda: (
        sa.select(col(Grant.number))
        .where(
            sa.or_(
                sa.and_(
                    col(Grant.participant_id) == sa.bindparam("person"),
                    sa.or_(col(Grant.state).not_in(ENDED), _has_unsettled()),
                ),
                sa.and_(
                    col(Grant.state).not_in(ENDED), _is_paid(col(Payee.state).in_(("proposed", "approved")))
                ),
                _is_paid(_has_unsettled(col(Disbursement.payee_id) == col(Payee.id))),
            )
        )
        .order_by(col(Grant.number))
    ),
)


def grants_held_by(reader: Reader, participant: Key) -> list[str]:
    """The grants a person stands for or is paid for that are not over, by number."""
    return reader.all(GRANTS_HELD, person=participant)
