"""Numbers that are not told to the one who looks: of things about people whom named roles alone see."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.tables.monitoring import Monitoring
from seedfund.accompaniment.tables.referrals import Referral
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import RefundReceived
from seedfund.grants.tables.justification import Justification, JustificationLine
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.ledger.tables import Account, Entry, Transfer
from seedfund.payouts.tables import PayoutException
from seedfund.people.queries import sees_restricted
from seedfund.people.tables import Participant
from seedfund.reports.queries.scope import Scope
from seedfund.schooling.tables import Schooling
from seedfund.store.statements import Query
from seedfund.store.work import Work
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


def _of_grants() -> Any:
    """The numbers of restricted people's grants, and of the payments, receipts and refunds of those."""
    lines = (JustificationLine, col(JustificationLine.justification_id) == col(Justification.id))
    return sa.union(
        *(
            found.join(Participant, col(Participant.id) == col(Grant.participant_id)).where(
                col(Grant.programme_id) == sa.bindparam("programme"), col(Participant.is_restricted).is_(True)
            )
            for found in (
                sa.select(col(Grant.number)),
                sa.select(col(Disbursement.number)).join(Grant, col(Grant.id) == col(Disbursement.grant_id)),
                sa.select(col(RefundReceived.number)).join(
                    Grant, col(Grant.id) == col(RefundReceived.grant_id)
                ),
                sa.select(col(Justification.number))
                .join(*lines)
                .join(Grant, col(Grant.id) == col(JustificationLine.grant_id)),
            )
        )
    )


_GRANTS: Final = Query(str, _of_grants)


def _entries() -> Any:
    """The entries that move an account of a restricted person's grant, by whichever of their four sides."""
    sides = (Transfer.debit_id, Transfer.credit_id, Transfer.memo_debit_id, Transfer.memo_credit_id)
    return sa.union(
        *(
            sa.select(col(Entry.number))
            .join(Transfer, col(Transfer.entry_id) == col(Entry.id))
            .join(Account, col(Account.id) == col(side))
            .join(Grant, col(Grant.id) == col(Account.grant_id))
            .join(Participant, col(Participant.id) == col(Grant.participant_id))
            .where(
                col(Entry.programme_id) == sa.bindparam("programme"),
                col(Participant.is_restricted).is_(True),
            )
            for side in sides
        )
    )


_ENTRIES: Final = Query(str, _entries)


def hidden_grants(work: Work) -> frozenset[str]:
    """The grants of restricted people, their payments, receipts and refunds: their numbers are told, no reason is.

    None for who may see them.
    """
    if sees_restricted(work):
        return frozenset()
    return frozenset(work.reader().all(_GRANTS, programme=work.programme.id))


def hidden_entries(work: Work) -> frozenset[str]:
    """The entries about those grants: what they move is told, and the reason somebody wrote is not."""
    if sees_restricted(work):
        return frozenset()
    return frozenset(work.reader().all(_ENTRIES, programme=work.programme.id))


def hidden_numbers(scope: Scope) -> frozenset[str]:
    """Visits, referrals, schooling, looks, rows of providers about restricted people; none for who may see them."""
    if sees_restricted(scope.work):
        return frozenset()
    return frozenset(scope.reader.all(_HIDDEN, programme=scope.work.programme.id))
