"""Whose grants, who acted, what payments and receipts stand behind entries: numbers and handles, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.approvals.rules.hands import GRANTED, Decision
from seedfund.approvals.tables import Approval, ApprovalRequest
from seedfund.grants.rules.deliveries import reference_in
from seedfund.grants.tables.agreements import Agreement
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import RefundReceived, WriteOff
from seedfund.grants.tables.payments import Disbursement, DisbursementStep, PaymentList
from seedfund.kernel.ids import Key
from seedfund.people.tables import Household, Participant
from seedfund.register.tables import Paper
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class Owner:
    """A grant with the numbers of who it is for."""

    grant_id: Key
    grant: str
    participant_id: Key
    participant: str
    household: str
    locality: str
    benefit_type_id: Key
    currency: str
    state: str


def _owner(*values: Any) -> Owner:
    grant_id, grant, participant_id, participant, household, locality, benefit, currency, state = values
    return Owner(
        grant_id,
        grant,
        participant_id,
        participant,
        household or "",
        locality or "",
        benefit,
        currency,
        state,
    )


def _owners() -> Any:
    return (
        sa.select(
            col(Grant.id),
            col(Grant.number),
            col(Participant.id),
            col(Participant.number),
            col(Household.number),
            col(Household.locality),
            col(Grant.benefit_type_id),
            col(Grant.currency),
            col(Grant.state),
        )
        .join(Participant, col(Participant.id) == col(Grant.participant_id))
        .outerjoin(Household, col(Household.id) == col(Grant.household_id))
        .where(col(Grant.programme_id) == sa.bindparam("programme"))
        .order_by(col(Grant.number))
    )


_OWNERS: Final = Query(_owner, _owners)
_OWNERS_OF: Final = Query(
    _owner,
    lambda: _owners().where(
        sa.or_(
            col(Grant.number) == sa.bindparam("number"),
            col(Participant.number) == sa.bindparam("number"),
            col(Household.number) == sa.bindparam("number"),
        )
    ),
)
_HANDLES: Final = Query(
    lambda key, handle: (Key(key), str(handle)),
    lambda: sa.select(col(Actor.id), col(Actor.handle)).where(
        col(Actor.programme_id) == sa.bindparam("programme")
    ),
)


def owners(reader: Reader, programme: Key) -> dict[Key, Owner]:
    """Every grant's owner, by the grant's key."""
    return {found.grant_id: found for found in reader.all(_OWNERS, programme=programme)}


def owners_of(reader: Reader, programme: Key, number: str) -> list[Owner]:
    """The grants of a number: of one grant, of a participant, or of a household."""
    return reader.all(_OWNERS_OF, programme=programme, number=number.strip().upper())


def handles(reader: Reader, programme: Key) -> dict[Key, str]:
    """The handle of every actor of a programme."""
    return dict(reader.all(_HANDLES, programme=programme))


@dataclass(frozen=True, slots=True)
class PaymentBehind:
    """The payment an entry is about: its number, tranche, method; the payment it repeats; who prepared its list.

    `provider_ref` is what the result booked here says, empty for a release. `request_id` is the granted request of the
    list; who granted it stands there.
    """

    grant_id: Key
    entry_id: Key
    number: str
    tranche: int
    method: str
    provider_ref: str
    repeats: str
    prepared_by: str
    request_id: Key | None


def _payment(*values: Any) -> PaymentBehind:
    grant, entry, number, tranche, method, mark, repeats, *hands = values
    return PaymentBehind(grant, entry, number, tranche, method, reference_in(mark), repeats or "", *hands)


def of_granted_list() -> Any:
    """Joins a payment list with the request that opened it for release, if it was granted."""
    return sa.and_(
        col(ApprovalRequest.subject_id) == col(PaymentList.id), col(ApprovalRequest.state) == GRANTED
    )


def _payments() -> Any:
    earlier = aliased(Disbursement)
    return (
        sa.select(
            col(Disbursement.grant_id),
            col(DisbursementStep.entry_id),
            col(Disbursement.number),
            col(Disbursement.tranche_position),
            col(Disbursement.method),
            col(DisbursementStep.reason),
            col(earlier.number),
            col(Actor.handle),
            col(ApprovalRequest.id),
        )
        .select_from(DisbursementStep)
        .join(Disbursement, col(Disbursement.id) == col(DisbursementStep.disbursement_id))
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .join(Actor, col(Actor.id) == col(PaymentList.prepared_by))
        .outerjoin(earlier, col(earlier.id) == col(Disbursement.retry_of))
        .outerjoin(ApprovalRequest, of_granted_list())
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("grants", expanding=True)),
            col(DisbursementStep.entry_id).is_not(None),
        )
        .order_by(col(Disbursement.number), col(DisbursementStep.position))
    )


_PAYMENTS: Final = Query(_payment, _payments)
_REFERENCES: Final = Query(
    lambda entry, participant, mark: (Key(entry), (str(participant), reference_in(mark))),
    lambda: (
        sa.select(col(DisbursementStep.entry_id), col(Participant.number), col(DisbursementStep.reason))
        .join(Disbursement, col(Disbursement.id) == col(DisbursementStep.disbursement_id))
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(Participant, col(Participant.id) == col(Grant.participant_id))
        .where(
            col(Disbursement.programme_id) == sa.bindparam("programme"),
            col(Disbursement.number).in_(sa.bindparam("numbers", expanding=True)),
            col(DisbursementStep.entry_id).is_not(None),
        )
    ),
)
_APPROVERS: Final = Query(
    lambda request, handle: (Key(request), str(handle)),
    lambda: (
        sa.select(col(Approval.request_id), col(Actor.handle))
        .join(Actor, col(Actor.id) == col(Approval.approver_id))
        .where(
            col(Approval.request_id).in_(sa.bindparam("requests", expanding=True)),
            col(Approval.decision) == Decision.APPROVED.value,
        )
        .order_by(col(Approval.decided_at), col(Approval.id))
    ),
)


def payments_behind(reader: Reader, grant_ids: Sequence[Key]) -> dict[tuple[Key, Key], PaymentBehind]:
    """The payment behind each entry of these grants, by grant and entry."""
    rows = reader.among(_PAYMENTS, "grants", list(grant_ids))
    return {(row.grant_id, row.entry_id): row for row in rows}


def payment_references(reader: Reader, programme: Key, numbers: Sequence[str]) -> dict[Key, tuple[str, str]]:
    """Participant and provider's reference of each entry about payments of these numbers."""
    return dict(reader.among(_REFERENCES, "numbers", sorted(set(numbers)), programme=programme))


def approvers(reader: Reader, request_ids: Sequence[Key]) -> dict[Key, str]:
    """Who approved each request, in the order of their decisions."""
    found: dict[Key, list[str]] = {}
    for request, handle in reader.among(_APPROVERS, "requests", list(dict.fromkeys(request_ids))):
        found.setdefault(request, []).append(handle)
    return {request: ", ".join(handles) for request, handles in found.items()}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who asked for what an entry books, and who allowed it."""

    entry_id: Key
    prepared_by: str
    approved_by: str


def _given_up() -> Any:
    requester, authority = aliased(Actor), aliased(Actor)
    return (
        sa.select(col(WriteOff.entry_id), col(requester.handle), col(authority.handle))
        .select_from(WriteOff)
        .join(requester, col(requester.id) == col(WriteOff.requested_by))
        .join(authority, col(authority.id) == col(WriteOff.authorised_by))
        .where(col(WriteOff.grant_id).in_(sa.bindparam("grants", expanding=True)))
    )


_GIVEN_UP: Final = Query(Hands, _given_up)


def hands_of_write_offs(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, Hands]:
    """Who asked for each write-off of grants and who authorised it, by entry."""
    return {row.entry_id: row for row in reader.among(_GIVEN_UP, "grants", list(grant_ids))}


@dataclass(frozen=True, slots=True)
class RefundBehind:
    """The refund an entry is about: how it was paid in, and the official receipt given for it, once issued."""

    entry_id: Key
    method: str
    receipt: str
    sha256: str


def _refunds() -> Any:
    return (
        sa.select(
            col(RefundReceived.entry_id),
            col(RefundReceived.method),
            col(RefundReceived.number),
            col(RefundReceived.evidence_sha256),
            col(Paper.content_hash),
        )
        .select_from(RefundReceived)
        .outerjoin(
            Paper,
            sa.and_(
                col(Paper.programme_id) == col(RefundReceived.programme_id),
                col(Paper.number) == col(RefundReceived.number),
            ),
        )
        .where(col(RefundReceived.grant_id).in_(sa.bindparam("grants", expanding=True)))
        .order_by(col(RefundReceived.number), col(Paper.version))
    )


_REFUNDS: Final = Query(
    lambda entry, method, number, evidence, paper: RefundBehind(
        Key(entry), str(method), str(number), str(evidence or paper or "")
    ),
    _refunds,
)


def refunds_behind(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, RefundBehind]:
    """The refund behind each entry of these grants; the hash is of the bank's advice, else of the last receipt."""
    return {row.entry_id: row for row in reader.among(_REFUNDS, "grants", list(grant_ids))}


_PAPERS: Final = Query(
    lambda number, sha256: (str(number), str(sha256)),
    lambda: sa.select(col(Agreement.number), col(Agreement.paper_hash)).where(
        col(Agreement.grant_id).in_(sa.bindparam("grants", expanding=True)),
        col(Agreement.number).is_not(None),
        col(Agreement.paper_hash).is_not(None),
    ),
)


def agreement_papers(reader: Reader, grant_ids: Sequence[Key]) -> Mapping[str, str]:
    """The hash of the signed paper of each agreement of grants, by its number."""
    return dict(reader.among(_PAPERS, "grants", list(grant_ids)))
