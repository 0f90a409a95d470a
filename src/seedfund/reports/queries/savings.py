"""What savings ask of a team, and what of them stands on the exceptions page. Reads only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.kernel.dates import add_months, local_date
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.parties import handles
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.savings.queries.links import LinkFacts, StepFacts, links_by_id, links_of, list_links, steps_of
from seedfund.savings.queries.observations import (
    MEETINGS_UNDECIDED,
    UNDECIDED,
    counted_of,
)
from seedfund.savings.rules.links import OPEN_STATES, WAITING_STATES
from seedfund.savings.rules.observing import (
    DORMANT_MONTHS,
    Activity,
    Observed,
    RoundTrip,
    activity_on,
    movements,
    round_trip,
)
from seedfund.savings.tables import SavingsDecision, SavingsMeeting, SavingsObservation
from seedfund.store.statements import Query

WAITING_DAYS: Final = 30
"""How long a step of an account may wait before somebody asks what keeps it."""
HORIZON: Final = timedelta(days=7)
NEXT_STEP: Final = {
    "invited": "ask what keeps the account from being opened",
    "documents": "ask what keeps the account from being opened",
    "opened": "have another person verify the account",
    "refused": "bring other papers, or close the link",
}
"""What is to be done about an account that waits, by its state."""
ASK_SAVER: Final = "ask why nothing was saved, or record that the account is dormant"
READ_BALANCE: Final = "read the balance of the account"
DECIDE: Final = "decide whether the irregular record counts"
TOLD: Final = (*sorted(set(NEXT_STEP.values())), ASK_SAVER, READ_BALANCE, DECIDE)
"""Everything the week says about savings."""


@dataclass(frozen=True, slots=True)
class _Follow:
    link: LinkFacts
    on: date
    what: str
    number: str = ""


def savings_due(scope: Scope) -> Iterator[DueItem]:
    """Accounts that wait too long, sleep, or were not looked at, and irregular records; hidden people left out."""
    reader, programme = scope.reader, scope.work.programme.id
    links = list_links(reader, programme)
    found = list(_to_follow(scope, links))
    by_id = {link.id: link for link in links}
    for odd in reader.all(UNDECIDED, programme=programme):
        on = local_date(odd.recorded_at, scope.work.programme.zone)
        found.append(_Follow(by_id[odd.link_id], on, DECIDE, odd.number))
    people = {person for one in found for person in _holders(one.link)}
    names = names_of(scope.work, sorted(people))
    for one in found:
        if not any(names[person].is_hidden for person in _holders(one.link)):
            yield DueItem(
                due=Due.SAVINGS_TO_FOLLOW,
                due_on=one.on,
                number=one.number or one.link.number,
                participant=names[one.link.participant_id].printed.reveal(),
                what=word(one.what),
                who=word((Role.PROGRAMME_MANAGER if one.what == DECIDE else Role.COACH).value),
            )
    for meeting in reader.all(MEETINGS_UNDECIDED, programme=programme):
        yield DueItem(
            due=Due.SAVINGS_TO_FOLLOW,
            due_on=meeting.held_on,
            number=meeting.number,
            participant="",
            what=word(DECIDE),
            who=word(Role.PROGRAMME_MANAGER.value),
        )


def _holders(link: LinkFacts) -> tuple[Key, ...]:
    return link.participant_id, *([] if link.co_holder_id is None else [link.co_holder_id])


def _to_follow(scope: Scope, links: Sequence[LinkFacts]) -> Iterator[_Follow]:
    trails = steps_of(scope.reader, [link.id for link in links])
    seen = counted_of(scope.reader, [link.id for link in links if link.state in OPEN_STATES])
    until = scope.as_of + HORIZON
    for link in links:
        found = (
            _waiting(link, trails[link.id])
            if link.state in WAITING_STATES
            else _unused(link, seen.get(link.id, ()), scope.as_of)
        )
        if found is not None and found.on <= until:
            yield found


def _waiting(link: LinkFacts, trail: Sequence[StepFacts]) -> _Follow:
    return _Follow(link, trail[-1].step.on + timedelta(days=WAITING_DAYS), NEXT_STEP[link.state])


def _unused(link: LinkFacts, seen: Sequence[Observed], on: date) -> _Follow | None:
    """What is to be done about an open account: nothing where it is used, or where it is known to sleep."""
    if link.state not in ("verified", "active") or link.opened_on is None:
        return None
    activity = activity_on(seen, link.life, on)
    last = max([link.opened_on, *(one.on for one in seen if one.on <= on)])
    if activity is Activity.DORMANT:
        return _Follow(link, last, ASK_SAVER)
    return _Follow(link, add_months(last, DORMANT_MONTHS), READ_BALANCE)


@dataclass(frozen=True, slots=True)
class _Paid:
    number: str
    grant: str
    participant_id: Key
    currency: str
    delivered_minor: int
    delivered_on: date


_PAID: Final = Query(
    _Paid,
    lambda: (
        sa.select(
            col(Disbursement.number),
            col(Grant.number),
            col(Payee.participant_id),
            col(Grant.currency),
            col(Disbursement.delivered_minor),
            col(Disbursement.delivered_on),
        )
        .select_from(Disbursement)
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(Payee, col(Payee.id) == col(Disbursement.payee_id))
        .where(
            col(Disbursement.programme_id) == sa.bindparam("programme"),
            col(Disbursement.delivered_on) >= sa.bindparam("since", type_=sa.Date),
            col(Disbursement.delivered_on) <= sa.bindparam("as_of", type_=sa.Date),
            col(Disbursement.delivered_minor) > 0,
            # What a supplier was paid never was in the participant's hands.
            col(Payee.participant_id).is_not(None),
        )
        .order_by(col(Disbursement.number))
    ),
)


@dataclass(frozen=True, slots=True)
class _Irregular:
    """Something irregular that was taken in, and what another hand decided about it, if it did."""

    number: str
    recorded_at: datetime
    irregular: str
    currency: str | None
    balance_minor: int | None
    recorded_by: Key
    decided_by: Key | None
    decided_at: datetime | None
    counts: bool | None


def _irregular(kind: Any, decided: Any, *amount: Any) -> Any:
    """The irregular rows of a table with their decisions, in the order of their numbers."""
    return (
        sa.select(
            col(kind.number),
            col(kind.recorded_at),
            col(kind.irregular),
            *amount,
            col(kind.recorded_by),
            col(SavingsDecision.decided_by),
            col(SavingsDecision.decided_at),
            col(SavingsDecision.counts),
        )
        .select_from(kind)
        .outerjoin(SavingsDecision, col(decided) == col(kind.id))
        .where(col(kind.programme_id) == sa.bindparam("programme"), col(kind.irregular).is_not(None))
        .order_by(col(kind.number))
    )


_READINGS: Final = Query(
    _Irregular,
    lambda: _irregular(
        SavingsObservation,
        SavingsDecision.observation_id,
        col(SavingsObservation.currency),
        col(SavingsObservation.balance_minor),
    ),
)
_MEETINGS: Final = Query(
    _Irregular,
    lambda: _irregular(
        SavingsMeeting,
        SavingsDecision.meeting_id,
        sa.cast(sa.null(), sa.String),
        sa.cast(sa.null(), sa.BigInteger),
    ),
)


def savings_exceptions(scope: Scope, since: date) -> Iterator[ExceptionEntry]:
    """Irregular records with what was decided about them, and payments that an account's movements mirror."""
    programme = scope.work.programme
    names = handles(scope.reader, programme.id)
    for query in (_READINGS, _MEETINGS):
        for one in scope.reader.all(query, programme=programme.id):
            on = local_date(one.recorded_at, programme.zone)
            if since <= on <= scope.as_of and one.recorded_at <= scope.known_at:
                yield _taken_in(scope, one, on, names)
    yield from _round_trips(scope, since)


def _taken_in(scope: Scope, one: _Irregular, on: date, names: Mapping[Key, str]) -> ExceptionEntry:
    zone = scope.work.programme.zone
    is_decided = (
        one.decided_at is not None
        and one.decided_at <= scope.known_at
        and local_date(one.decided_at, zone) <= scope.as_of
    )
    state = ("counted" if one.counts else "set aside") if is_decided else "open"
    has_amount = one.balance_minor is not None and one.currency is not None
    return ExceptionEntry(
        kind=Irregularity.IRREGULAR_FACT,
        on=on,
        number=one.number,
        what=word("savings record"),
        reason=word(one.irregular),
        decided_by=names.get(one.decided_by, "") if is_decided and one.decided_by is not None else "",
        recorded_by=names.get(one.recorded_by, ""),
        state=word(state),
        amount=Money(one.balance_minor or 0, one.currency or "") if has_amount else None,
    )


def _round_trips(scope: Scope, since: date) -> Iterator[ExceptionEntry]:
    """Payments whose amount was put into an account of the payee and taken out again (domain: E25)."""
    reader = scope.reader
    paid = reader.all(_PAID, programme=scope.work.programme.id, since=since, as_of=scope.as_of)
    links = links_of(reader, [one.participant_id for one in paid])
    every = links_by_id(reader, [link.id for own in links.values() for link in own])
    seen = counted_of(reader, list(every), known_at=scope.known_at)
    for one in paid:
        for link in links[one.participant_id]:
            known = [reading for reading in seen[link.id] if reading.on <= scope.as_of]
            if link.currency != one.currency or not known:
                continue
            amount = Money(one.delivered_minor, one.currency)
            found = round_trip(amount, one.delivered_on, movements(known, link.life))
            if found is not None:
                yield _mirrored(one, link, found)


def _mirrored(paid: _Paid, link: LinkFacts, found: RoundTrip) -> ExceptionEntry:
    return ExceptionEntry(
        kind=Irregularity.ROUND_TRIP,
        on=found.withdrawn_by,
        number=paid.number,
        what=link.number,
        reason=word("put in and taken out again"),
        decided_by="",
        recorded_by="",
        state=word("open"),
        amount=found.deposited,
    )
