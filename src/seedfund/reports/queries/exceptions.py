"""Everything that left the usual way: exceptions, write-offs, what facts took beyond, refused decisions. Reads only."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.rules.monitoring import LookIrregularity
from seedfund.accompaniment.rules.referrals import ReferralIrregularity
from seedfund.approvals.queries.exceptions import ExceptionRow, exceptions_in
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.banking.rules import StatementFlag
from seedfund.grants.rules.deliveries import Irregularity as PaymentIrregularity
from seedfund.grants.rules.places import PlaceIrregularity
from seedfund.grants.rules.takeover import TakeoverIrregularity
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import WriteOff
from seedfund.kernel.dates import DateRange, local_date
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.tables import Entry
from seedfund.payouts.rules import Misfit
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.queries.counters import counted
from seedfund.reports.queries.graduations import graduation_exceptions
from seedfund.reports.queries.hidden import HIDDEN, hidden_grants, hidden_numbers
from seedfund.reports.queries.parties import handles
from seedfund.reports.queries.payouts import SUBJECT as PAYOUT
from seedfund.reports.queries.payouts import payout_states
from seedfund.reports.queries.rows import LONG_AGO
from seedfund.reports.queries.savings import savings_exceptions
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.training import training_exceptions
from seedfund.reports.queries.turns import turns
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from seedfund.schooling.rules import SchoolingIrregularity
from seedfund.store.records import parse_document
from seedfund.store.statements import Query
from seedfund.store.tables import Actor, RefusalRecord

KINDS: Final[Mapping[str, Irregularity]] = {
    ExceptionKind.WAIVER: Irregularity.WAIVER,
    ExceptionKind.OVERRIDE: Irregularity.OVERRIDE,
    ExceptionKind.RELAXATION: Irregularity.RELAXED_POLICY,
    ExceptionKind.IRREGULAR_FACT: Irregularity.IRREGULAR_FACT,
    ExceptionKind.MANUAL_ENTRY: Irregularity.MANUAL_ENTRY,
    ExceptionKind.SUSPENSE: Irregularity.SUSPENSE_ENTRY,
    ExceptionKind.CHAIN_ON_ONE_MACHINE: Irregularity.ONE_MACHINE,
}
CODED: Final = frozenset(
    one.value
    for kind in (
        *(PlaceIrregularity, PaymentIrregularity, SchoolingIrregularity),
        *(ReferralIrregularity, LookIrregularity, Misfit),
        *(StatementFlag, TakeoverIrregularity),
    )
    for one in kind
)
"""Reasons that a rule gave as a word; all others are sentences that somebody wrote."""


@dataclass(frozen=True, slots=True)
class _WriteOff:
    exception_id: Key
    number: str
    grant: str
    currency: str
    amount_minor: int
    reason: str
    evidence_sha256: str
    written_on: date
    requested_by: str
    authorised_by: str
    undone_by: str


def _write_offs() -> Any:
    requester, authority, undoing = aliased(Actor), aliased(Actor), aliased(Entry)
    as_of = sa.bindparam("as_of", type_=sa.Date)
    return (
        sa.select(
            col(WriteOff.exception_id),
            col(WriteOff.number),
            col(Grant.number),
            col(Grant.currency),
            col(WriteOff.amount_minor),
            col(WriteOff.reason),
            col(WriteOff.evidence_sha256),
            col(WriteOff.written_on),
            col(requester.handle),
            col(authority.handle),
            sa.func.coalesce(col(undoing.number), ""),
        )
        .select_from(WriteOff)
        .join(Grant, col(Grant.id) == col(WriteOff.grant_id))
        .join(requester, col(requester.id) == col(WriteOff.requested_by))
        .join(authority, col(authority.id) == col(WriteOff.authorised_by))
        .outerjoin(
            undoing,
            sa.and_(col(undoing.reverses) == col(WriteOff.entry_id), col(undoing.booking_date) <= as_of),
        )
        .where(
            col(WriteOff.programme_id) == sa.bindparam("programme"),
            col(WriteOff.written_on) >= sa.bindparam("since", type_=sa.Date),
            col(WriteOff.written_on) <= as_of,
        )
        .order_by(col(WriteOff.number))
    )


_WRITE_OFFS: Final = Query(_WriteOff, _write_offs)


@dataclass(frozen=True, slots=True)
class RefusedAttempt:
    """A decision that was refused: who tried what, when, and the codes of the reasons."""

    recorded_at: datetime
    actor: str
    operation: str
    codes: tuple[str, ...]


_REFUSED: Final = Query(
    lambda at, actor, operation, codes: RefusedAttempt(at, actor, operation, tuple(json.loads(codes))),
    lambda: (
        sa.select(
            col(RefusalRecord.recorded_at),
            col(RefusalRecord.actor),
            col(RefusalRecord.operation),
            col(RefusalRecord.codes),
        )
        .where(col(RefusalRecord.programme_id) == sa.bindparam("programme"))
        .order_by(col(RefusalRecord.recorded_at), col(RefusalRecord.id))
    ),
)


def exception_entries(scope: Scope, *, since: date | None) -> Iterator[ExceptionEntry]:
    """Every exception from a day (the first of all unless given) up to the day of the scope."""
    first = since or LONG_AGO
    found = scope.reader.all(_WRITE_OFFS, programme=scope.work.programme.id, since=first, as_of=scope.as_of)
    hidden = hidden_grants(scope.work)
    yield from (_written_off(one, is_hidden=one.grant in hidden) for one in found)
    yield from _recorded(scope, first, {one.exception_id for one in found})
    yield from turns(scope, first)
    yield from savings_exceptions(scope, first)
    yield from training_exceptions(scope, first)
    yield from graduation_exceptions(scope, first)
    yield from _rooms(scope)
    yield from _refused(scope, first)


def _written_off(one: _WriteOff, *, is_hidden: bool) -> ExceptionEntry:
    return ExceptionEntry(
        kind=Irregularity.WRITE_OFF,
        on=one.written_on,
        number=one.number,
        what=one.grant,
        reason=word(HIDDEN) if is_hidden else one.reason,
        decided_by=one.authorised_by,
        recorded_by=one.requested_by,
        evidence_hash=one.evidence_sha256,
        state=word("undone" if one.undone_by else "closed"),
        amount=Money(one.amount_minor, one.currency),
    )


def _recorded(scope: Scope, first: date, told: set[Key]) -> Iterator[ExceptionEntry]:
    """The register of exceptions; a write-off stands there too and is told once, with its amount."""
    programme = scope.work.programme
    if scope.as_of < first:
        return
    days = DateRange(first, date.fromordinal(scope.as_of.toordinal() + 1))
    names = handles(scope.reader, programme.id)
    hidden, quiet = hidden_numbers(scope), hidden_grants(scope.work)
    payouts = payout_states(scope)
    for row in exceptions_in(scope.reader, programme.id, days):
        if row.id not in told and row.recorded_at <= scope.known_at:
            actor = names.get(row.authorised_by, "")
            is_hidden = row.subject_number in hidden
            is_quiet = is_hidden or row.subject_number.partition("/")[0] in quiet
            yield ExceptionEntry(
                kind=KINDS[row.kind],
                on=row.occurred_on,
                number="" if is_hidden else row.subject_number,
                what=_bent(row),
                reason=word(HIDDEN) if is_quiet else word(row.reason) if row.reason in CODED else row.reason,
                decided_by=actor,
                recorded_by=actor,
                state=word(payouts[row.subject_number] if row.subject_kind == PAYOUT else "recorded"),
            )


OVERRIDDEN: Final[Mapping[str, str]] = {
    "close_out": "closed although amounts were open",
    "referral": "referred without consent",
    "selection": "promoted out of turn",
    "set_off": "set off against another grant",
    "cost_absorbed": "cost borne by an own fund",
}
"""What an override set aside, by what it is about."""


def _bent(row: ExceptionRow) -> Word:
    """What was set aside: the condition that was waived, the refusal that was overridden; else what it is about."""
    if row.kind == ExceptionKind.WAIVER and "condition" in row.facts:
        return word(str(parse_document(str(row.facts["condition"]))["code"]))
    return word(OVERRIDDEN.get(row.subject_kind, row.subject_kind))


def _rooms(scope: Scope) -> Iterator[ExceptionEntry]:
    """Cash and budget that facts took beyond what there was, still open on the day (accounting: row 40)."""
    for one in counted(scope):
        if one.leg.kind in ("shortfall", "over") and one.balance > 0:
            yield ExceptionEntry(
                kind=Irregularity.SUSPENSE_ENTRY,
                on=scope.as_of,
                number=scope.books[one.leg.book_id].code,
                what=one.leg.code,
                reason="",
                decided_by="",
                recorded_by="",
                state=word("open"),
                amount=Money(one.balance, scope.currency(one.leg.book_id)),
            )


def _refused(scope: Scope, first: date) -> Iterator[ExceptionEntry]:
    programme = scope.work.programme
    for attempt in scope.reader.all(_REFUSED, programme=programme.id):
        on = local_date(attempt.recorded_at, programme.zone)
        if first <= on <= scope.as_of and attempt.recorded_at <= scope.known_at:
            yield ExceptionEntry(
                kind=Irregularity.REFUSED,
                on=on,
                number="",
                what=attempt.operation,
                reason=", ".join(attempt.codes),
                decided_by="",
                recorded_by=attempt.actor,
                state=word("refused"),
            )
