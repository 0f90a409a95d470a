"""What the exceptions page tells beside the register: turns that no rule was bent for and an auditor still asks about.

Duplicates that somebody decided, failed payments made again, what happened to participants, grants suspended or ended
before their time. Reads only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.approvals.tables import ApprovalRequest
from seedfund.grants.rules.deliveries import reference_in
from seedfund.grants.rules.words import EndReason
from seedfund.grants.tables.awards import Grant, GrantStep
from seedfund.grants.tables.endings import LifeEvent
from seedfund.grants.tables.payments import Disbursement, DisbursementStep, PaymentList
from seedfund.kernel.dates import local_date
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import list_duplicates
from seedfund.people.tables import DuplicateFlag
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.queries.hidden import HIDDEN, hidden_grants
from seedfund.reports.queries.likeness import likely_exceptions
from seedfund.reports.queries.parties import approvers, handles, of_granted_list
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from seedfund.store.statements import Query
from seedfund.store.tables import Actor


def turns(scope: Scope, first: date) -> Iterator[ExceptionEntry]:
    """Every such turn from a day up to the day of the scope."""
    found = (
        *(_duplicates(scope), likely_exceptions(scope), _repeated(scope)),
        *(_life_events(scope), _stopped(scope)),
    )
    for entries in found:
        yield from (entry for entry in entries if first <= entry.on <= scope.as_of)


# Duplicates -----------------------------------------------------------------------------------------------------------

_DECIDED: Final = Query(
    lambda flag, by, at, flagged: (Key(flag), (Key(by), at, Key(flagged))),
    lambda: sa.select(
        col(DuplicateFlag.id),
        col(DuplicateFlag.decided_by),
        col(DuplicateFlag.decided_at),
        col(DuplicateFlag.flagged_by),
    ).where(
        col(DuplicateFlag.programme_id) == sa.bindparam("programme"),
        col(DuplicateFlag.decided_by).is_not(None),
    ),
)


def _duplicates(scope: Scope) -> Iterator[ExceptionEntry]:
    """Decided duplicates; a household whose person this reader may not see is left out of the pair."""
    programme = scope.work.programme
    decided = dict(scope.reader.all(_DECIDED, programme=programme.id))
    names = handles(scope.reader, programme.id)
    for flag in list_duplicates(scope.work, only_open=False):
        if flag.id in decided and flag.decision is not None and decided[flag.id][1] <= scope.known_at:
            by, at, flagged_by = decided[flag.id]
            pair = [one.household for one in (flag.first, flag.second) if one is not None]
            yield ExceptionEntry(
                kind=Irregularity.DUPLICATE,
                on=local_date(at, programme.zone),
                number=" ".join(pair),
                what=word(f"shared_{flag.kind.value}"),
                reason=word(flag.decision),
                decided_by=names[by],
                recorded_by=names[flagged_by],
                state=word("decided"),
            )


# Failed payments made again -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Again:
    number: str
    failed: str
    mark: str
    on: date
    state: str
    amount_minor: int
    currency: str
    prepared_by: str
    request_id: Key | None
    recorded_at: datetime


def _agains() -> Any:
    failed, step, listed = aliased(Disbursement), aliased(DisbursementStep), aliased(DisbursementStep)
    last = (
        sa.select(sa.func.max(col(DisbursementStep.position)))
        .where(
            col(DisbursementStep.disbursement_id) == col(failed.id),
            col(DisbursementStep.to_state).in_(("failed", "expired", "part", "bounced")),
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Disbursement.number),
            col(failed.number),
            col(step.reason),
            col(PaymentList.prepared_on),
            col(Disbursement.state),
            col(Disbursement.amount_minor),
            col(Grant.currency),
            col(Actor.handle),
            col(ApprovalRequest.id),
            col(listed.recorded_at),
        )
        .select_from(Disbursement)
        .join(failed, col(failed.id) == col(Disbursement.retry_of))
        .join(step, sa.and_(col(step.disbursement_id) == col(failed.id), col(step.position) == last))
        .join(listed, sa.and_(col(listed.disbursement_id) == col(Disbursement.id), col(listed.position) == 1))
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .join(Actor, col(Actor.id) == col(PaymentList.prepared_by))
        .outerjoin(ApprovalRequest, of_granted_list())
        .where(col(Disbursement.programme_id) == sa.bindparam("programme"))
        .order_by(col(Disbursement.number))
    )


_AGAIN: Final = Query(_Again, _agains)


def _repeated(scope: Scope) -> Iterator[ExceptionEntry]:
    rows = scope.reader.all(_AGAIN, programme=scope.work.programme.id)
    granted = approvers(scope.reader, [row.request_id for row in rows if row.request_id is not None])
    for row in rows:
        if row.recorded_at <= scope.known_at:
            yield ExceptionEntry(
                kind=Irregularity.PAID_AGAIN,
                on=row.on,
                number=row.number,
                what=row.failed,
                reason=reference_in(row.mark),
                decided_by="" if row.request_id is None else granted.get(row.request_id, ""),
                recorded_by=row.prepared_by,
                state=word(row.state),
                amount=Money(row.amount_minor, row.currency),
            )


# What happened to participants and grants -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Happened:
    number: str
    grant: str
    kind: str
    on: date
    recorded_at: datetime
    by: str
    evidence_sha256: str | None


_EVENTS: Final = Query(
    _Happened,
    lambda: (
        sa.select(
            col(LifeEvent.number),
            col(Grant.number),
            col(LifeEvent.kind),
            col(LifeEvent.happened_on),
            col(LifeEvent.recorded_at),
            col(Actor.handle),
            col(LifeEvent.evidence_sha256),
        )
        .select_from(LifeEvent)
        .join(Grant, col(Grant.id) == col(LifeEvent.grant_id))
        .join(Actor, col(Actor.id) == col(LifeEvent.recorded_by))
        .where(col(LifeEvent.programme_id) == sa.bindparam("programme"))
        .order_by(col(LifeEvent.number))
    ),
)
_STOPS: Final = Query(
    lambda grant, state, on, at, by, reason: _Stop(str(grant), str(state), on, at, str(by), str(reason)),
    lambda: (
        sa.select(
            col(Grant.number),
            col(GrantStep.to_state),
            col(GrantStep.occurred_on),
            col(GrantStep.recorded_at),
            col(Actor.handle),
            col(GrantStep.reason),
        )
        .select_from(GrantStep)
        .join(Grant, col(Grant.id) == col(GrantStep.grant_id))
        .join(Actor, col(Actor.id) == col(GrantStep.recorded_by))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(GrantStep.to_state).in_(("suspended", "terminated")),
        )
        .order_by(col(Grant.number), col(GrantStep.position))
    ),
)


@dataclass(frozen=True, slots=True)
class _Stop:
    grant: str
    state: str
    on: date
    recorded_at: datetime
    by: str
    reason: str


def _life_events(scope: Scope) -> Iterator[ExceptionEntry]:
    for row in scope.reader.all(_EVENTS, programme=scope.work.programme.id):
        if row.recorded_at <= scope.known_at:
            yield ExceptionEntry(
                kind=Irregularity.LIFE_EVENT,
                on=row.on,
                number=row.grant,
                what=word(row.kind),
                reason=row.number,
                decided_by="",
                recorded_by=row.by,
                evidence_hash=row.evidence_sha256 or "",
                state=word("recorded"),
            )


def _stopped(scope: Scope) -> Iterator[ExceptionEntry]:
    hidden = hidden_grants(scope.work)
    for row in scope.reader.all(_STOPS, programme=scope.work.programme.id):
        if row.recorded_at <= scope.known_at:
            yield ExceptionEntry(
                kind=Irregularity.STOPPED,
                on=row.on,
                number=row.grant,
                what=word(row.state),
                reason=word(HIDDEN) if row.grant in hidden else reason_said(row.reason),
                decided_by=row.by,
                recorded_by=row.by,
                state=word("recorded"),
            )


def reason_said(reason: str) -> str | Word:
    """The reason of a grant's step: a word of the house where it is one, else what somebody wrote."""
    return word(reason) if reason in [known.value for known in EndReason] else reason
