"""Reads of requests: a subject's request with its decisions, what waits, who had which hand in it, split amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import GRANTED, OPEN, VOID, Ask, Given, PastExposure
from seedfund.approvals.rules.policy import Step
from seedfund.approvals.tables import Approval, ApprovalExposure, ApprovalRequest
from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as it was sent."""

    id: Key
    subject_kind: str
    subject_id: Key
    number: str
    content_hash: str
    amount: Money
    weighed: Money
    steps: tuple[Step, ...]
    assurance_min: Assurance
    policy_id: Key
    maker_id: Key
    state: str
    sent_on: date

    @property
    def ask(self) -> Ask:
        """What the rules need of it."""
        return Ask(
            self.number,
            self.maker_id,
            self.state,
            self.content_hash,
            self.weighed,
            self.steps,
            self.assurance_min,
        )


@lru_cache(maxsize=256)
def _steps(text: str) -> tuple[Step, ...]:
    return tuple(decode(Step, item) for item in parse_document(text))


def _request(row: Any) -> RequestRow:
    return RequestRow(
        row["id"],
        row["subject_kind"],
        row["subject_id"],
        row["number"],
        row["content_hash"],
        Money(row["amount_minor"], row["currency"]),
        Money(row["weighed_minor"], row["currency"]),
        _steps(row["steps"]),
        Assurance(row["assurance_min"]),
        row["policy_id"],
        row["maker_id"],
        row["state"],
        row["sent_on"],
    )


_REQUEST_COLUMNS: Final = (
    "id",
    "subject_kind",
    "subject_id",
    "number",
    "content_hash",
    "amount_minor",
    "weighed_minor",
    "currency",
    "steps",
    "assurance_min",
    "policy_id",
    "maker_id",
    "state",
    "sent_on",
)


def _requests() -> Any:
    return sa.select(*(col(getattr(ApprovalRequest, name)) for name in _REQUEST_COLUMNS))


def _request_of_values(*values: Any) -> RequestRow:
    return _request(dict(zip(_REQUEST_COLUMNS, values, strict=True)))


LIVE_REQUEST: Final = Query(
    _request_of_values,
    lambda: (
        _requests()
        .where(
            col(ApprovalRequest.subject_id) == sa.bindparam("subject"),
            col(ApprovalRequest.state).in_((OPEN, GRANTED)),
        )
        .with_for_update()
    ),
)
_LAST_REQUEST: Final = Query(
    _request_of_values,
    lambda: (
        _requests()
        .where(col(ApprovalRequest.subject_id) == sa.bindparam("subject"))
        .order_by(col(ApprovalRequest.sent_at).desc(), col(ApprovalRequest.id).desc())
        .limit(1)
    ),
)
_OPEN_REQUESTS: Final = Query(
    _request_of_values,
    lambda: (
        _requests()
        .where(
            col(ApprovalRequest.programme_id) == sa.bindparam("programme"),
            col(ApprovalRequest.state) == OPEN,
        )
        .order_by(col(ApprovalRequest.sent_on), col(ApprovalRequest.number))
    ),
)
GIVEN: Final = Query(
    Given,
    lambda: (
        sa.select(col(Approval.stage), col(Approval.approver_id), col(Approval.decision))
        .where(col(Approval.request_id) == sa.bindparam("request"))
        .order_by(col(Approval.decided_at), col(Approval.id))
    ),
)


def last_request(reader: Reader, subject_id: Key) -> RequestRow | None:
    """The request sent last for a subject, in whatever state."""
    return reader.first(_LAST_REQUEST, subject=subject_id)


def open_requests(reader: Reader, programme: Key) -> list[RequestRow]:
    """Requests that wait for somebody, oldest first."""
    return reader.all(_OPEN_REQUESTS, programme=programme)


def given_for(reader: Reader, request_id: Key) -> list[Given]:
    """The decisions on a request, in order."""
    return reader.all(GIVEN, request=request_id)


@dataclass(frozen=True, slots=True)
class Hand:
    """One step of one person on a subject, for the table of duties: who prepared, who decided what, when."""

    subject_id: Key
    number: str
    maker_id: Key
    stage: str
    approver_id: Key
    decision: str
    decided_at: datetime
    content_hash: str


_HANDS: Final = Query(
    Hand,
    lambda: (
        sa.select(
            col(ApprovalRequest.subject_id),
            col(ApprovalRequest.number),
            col(ApprovalRequest.maker_id),
            col(Approval.stage),
            col(Approval.approver_id),
            col(Approval.decision),
            col(Approval.decided_at),
            col(Approval.content_hash),
        )
        .select_from(sa.join(Approval, ApprovalRequest, col(Approval.request_id) == col(ApprovalRequest.id)))
        .where(
            col(ApprovalRequest.subject_id).in_(sa.bindparam("subjects", expanding=True)),
            col(ApprovalRequest.state) != VOID,
        )
        .order_by(col(ApprovalRequest.number), col(Approval.decided_at), col(Approval.id))
    ),
)


def hands_of(reader: Reader, subject_ids: Sequence[Key]) -> list[Hand]:
    """Who decided what on these subjects, leaving out approvals that became void."""
    return reader.among(_HANDS, "subjects", subject_ids)


def _past(party: str, on_day: date, amount_minor: int, currency: str) -> PastExposure:
    return PastExposure(party, on_day, Money(amount_minor, currency))


_EARLIER: Final = Query(
    _past,
    lambda: (
        sa.select(
            col(ApprovalExposure.party),
            col(ApprovalExposure.on_day),
            col(ApprovalExposure.amount_minor),
            col(ApprovalExposure.currency),
        )
        .select_from(
            sa.join(
                ApprovalExposure,
                ApprovalRequest,
                col(ApprovalExposure.request_id) == col(ApprovalRequest.id),
            )
        )
        .where(
            col(ApprovalRequest.programme_id) == sa.bindparam("programme"),
            col(ApprovalRequest.state).in_((OPEN, GRANTED)),
            col(ApprovalExposure.on_day) >= sa.bindparam("since", type_=sa.Date),
            col(ApprovalExposure.party).in_(sa.bindparam("parties", expanding=True)),
        )
    ),
)


def earlier_exposures(
    reader: Reader, programme: Key, parties: Sequence[str], since: date
) -> list[PastExposure]:
    """What requests that stand have asked for these parties since a day."""
    return reader.among(_EARLIER, "parties", parties, programme=programme, since=since)
