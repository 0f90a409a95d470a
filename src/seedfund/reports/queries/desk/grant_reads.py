"""Statements behind lists and things: payments, receipts, demands, refunds, agreements."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.queries.receipts import applied_by_line
from seedfund.grants.tables.agreements import Agreement
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import RefundDemand, RefundReceived
from seedfund.grants.tables.justification import Justification, JustificationLine
from seedfund.grants.tables.payments import Disbursement, PaymentList
from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Entry
from seedfund.reports.queries.desk.reads import named, of_programme
from seedfund.store.statements import Query
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class PaymentShown:
    """A payment as the desk sees it."""

    number: str
    list: str
    grant: str
    participant_id: Key
    tranche: int
    currency: str
    amount_minor: int
    delivered_minor: int
    method: str
    state: str
    released_on: date | None
    delivered_on: date | None
    expires_on: date | None
    provider_ref: str
    retry_of: str | None
    is_irregular: bool


def _payments() -> Any:
    earlier = aliased(Disbursement)
    return (
        sa.select(
            col(Disbursement.number),
            col(PaymentList.number),
            col(Grant.number),
            col(Grant.participant_id),
            col(Disbursement.tranche_position),
            col(Grant.currency),
            col(Disbursement.amount_minor),
            col(Disbursement.delivered_minor),
            col(Disbursement.method),
            col(Disbursement.state),
            col(Disbursement.released_on),
            col(Disbursement.delivered_on),
            col(Disbursement.expires_on),
            col(Disbursement.provider_ref),
            col(earlier.number),
            col(Disbursement.is_irregular),
        )
        .select_from(Disbursement)
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .outerjoin(earlier, col(earlier.id) == col(Disbursement.retry_of))
        .where(of_programme(Disbursement))
        .order_by(col(Disbursement.number))
    )


PAYMENTS: Final = Query(PaymentShown, _payments)
PAYMENT: Final = Query(
    PaymentShown, lambda: _payments().where(col(Disbursement.number) == sa.bindparam("number"))
)
PAYMENTS_OF_LIST: Final = Query(
    PaymentShown, lambda: _payments().where(col(PaymentList.number) == sa.bindparam("number"))
)
PAYMENTS_OF_GRANT: Final = Query(
    PaymentShown, lambda: _payments().where(col(Grant.number) == sa.bindparam("number"))
)


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """A receipt as the desk sees it; the supplier stays sealed.

    What was accepted is applied to an advance, or waits unapplied; only what is applied is justified in the ledger.
    """

    number: str
    position: int
    grant: str
    participant_id: Key
    kind: str
    description: str
    document_on: date
    currency: str
    amount_minor: int
    accepted_minor: int
    applied_minor: int
    unapplied_minor: int
    own_minor: int
    state: str
    observation: str


def _receipts() -> Any:
    used = applied_by_line()
    applied = sa.cast(sa.func.coalesce(used.c.applied, 0), sa.BigInteger)
    return (
        sa.select(
            col(Justification.number),
            col(JustificationLine.position),
            col(Grant.number),
            col(Grant.participant_id),
            col(JustificationLine.kind),
            col(JustificationLine.description),
            col(JustificationLine.document_on),
            col(Grant.currency),
            col(JustificationLine.amount_minor),
            col(JustificationLine.accepted_minor),
            applied,
            sa.case(
                (col(JustificationLine.state) == "withdrawn", 0),
                else_=col(JustificationLine.accepted_minor) - applied,
            ),
            col(JustificationLine.own_minor),
            col(JustificationLine.state),
            col(JustificationLine.observation),
        )
        .select_from(JustificationLine)
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .join(Grant, col(Grant.id) == col(JustificationLine.grant_id))
        .outerjoin(used, used.c.line_id == col(JustificationLine.id))
        .where(of_programme(Justification))
        .order_by(col(Justification.number), col(JustificationLine.position))
    )


RECEIPTS: Final = Query(ReceiptShown, _receipts)
RECEIPTS_NUMBERED: Final = Query(
    ReceiptShown, lambda: _receipts().where(col(Justification.number) == sa.bindparam("number"))
)
RECEIPTS_OF_GRANT: Final = Query(
    ReceiptShown, lambda: _receipts().where(col(Grant.number) == sa.bindparam("number"))
)


def _demands() -> Any:
    return (
        sa.select(
            col(RefundDemand.number),
            col(Grant.number),
            col(RefundDemand.reason),
            col(Grant.currency),
            col(RefundDemand.amount_minor),
            col(RefundDemand.demanded_on),
            col(RefundDemand.due_on),
            col(RefundDemand.state),
        )
        .select_from(RefundDemand)
        .join(Grant, col(Grant.id) == col(RefundDemand.grant_id))
        .where(of_programme(RefundDemand))
        .order_by(col(RefundDemand.number))
    )


_DEMAND: Final = named(
    "number", "grant", "reason", "currency", "amount_minor", "demanded_on", "due_on", "state"
)
DEMANDS: Final = Query(_DEMAND, _demands)
DEMAND: Final = Query(_DEMAND, lambda: _demands().where(col(RefundDemand.number) == sa.bindparam("number")))
DEMANDS_OF_GRANT: Final = Query(
    _DEMAND, lambda: _demands().where(col(Grant.number) == sa.bindparam("number"))
)


def _refunds() -> Any:
    undoing = aliased(Entry)
    return (
        sa.select(
            col(RefundReceived.number),
            col(Grant.number),
            col(Grant.currency),
            col(RefundReceived.amount_minor),
            col(RefundReceived.excess_minor),
            col(RefundReceived.method),
            col(RefundReceived.received_on),
            col(Actor.handle),
            sa.func.coalesce(col(undoing.number), ""),
        )
        .select_from(RefundReceived)
        .outerjoin(undoing, col(undoing.reverses) == col(RefundReceived.entry_id))
        .join(Grant, col(Grant.id) == col(RefundReceived.grant_id))
        .join(Actor, col(Actor.id) == col(RefundReceived.received_by))
        .where(of_programme(RefundReceived))
        .order_by(col(RefundReceived.number))
    )


_REFUND: Final = named(
    *("number", "grant", "currency", "amount_minor", "excess_minor", "method", "received_on", "received_by"),
    "undone_by",
)
REFUNDS: Final = Query(_REFUND, _refunds)
REFUND: Final = Query(_REFUND, lambda: _refunds().where(col(RefundReceived.number) == sa.bindparam("number")))


def _agreements() -> Any:
    return (
        sa.select(
            col(Agreement.number),
            col(Grant.number),
            col(Agreement.kind),
            col(Agreement.state),
            col(Grant.currency),
            col(Agreement.amount_minor),
            col(Agreement.issued_on),
            col(Agreement.signed_on),
            col(Agreement.paper_hash),
        )
        .select_from(Agreement)
        .join(Grant, col(Grant.id) == col(Agreement.grant_id))
        .where(of_programme(Agreement), col(Agreement.number).is_not(None))
        .order_by(col(Agreement.number))
    )


_AGREEMENT: Final = named(
    *("number", "grant", "kind", "state", "currency", "amount_minor", "issued_on", "signed_on", "paper_hash")
)
AGREEMENTS: Final = Query(_AGREEMENT, _agreements)
AGREEMENT: Final = Query(
    _AGREEMENT, lambda: _agreements().where(col(Agreement.number) == sa.bindparam("number"))
)
AGREEMENTS_OF_GRANT: Final = Query(
    _AGREEMENT, lambda: _agreements().where(col(Grant.number) == sa.bindparam("number"))
)


NUMBERS_OF_ENTRIES: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Entry.id), col(Entry.number)).where(
        col(Entry.id).in_(sa.bindparam("ids", expanding=True))
    ),
)
NUMBERS_OF_PAYMENTS: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Disbursement.id), col(Disbursement.number)).where(
        col(Disbursement.id).in_(sa.bindparam("ids", expanding=True))
    ),
)
