"""What a team has to do: tranches that can be paid, receipts, visits, refunds, payments on their way, files to decide.

Items of restricted people are left out for those who may not see them: a place and a day would tell who it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow, list_grants, suspensions
from seedfund.grants.queries.payments import failed_of
from seedfund.grants.queries.standing import Moment, TrancheFacts, tranche_facts
from seedfund.grants.rules.facts import Finding
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.grants.tables.agreements import Agreement
from seedfund.grants.tables.endings import RefundDemand
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.kernel.dates import local_date
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.queries import PersonName, list_duplicates, names_of
from seedfund.reports.books.open_advances_ageing import OpenAdvance
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.accompaniment_due import accompaniment_due
from seedfund.reports.queries.advances import open_advances
from seedfund.reports.queries.likeness import likely_due
from seedfund.reports.queries.parties import Owner, owners
from seedfund.reports.queries.payouts import payouts_due
from seedfund.reports.queries.reconciliation import bank_due
from seedfund.reports.queries.savings import savings_due
from seedfund.reports.queries.scholarships_due import scholarships_due
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.selection_due import selection_due
from seedfund.reports.queries.training import training_due
from seedfund.reports.queries.visits_due import visits_due
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from seedfund.store.statements import Query

HORIZON: Final = timedelta(days=7)
VISIT: Final = "visit_done_since"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Something of a grant that waits since or until a day."""

    grant_id: Key
    number: str
    on: date | None
    amount_minor: int | None


_ISSUED: Final = Query(
    _Waiting,
    lambda: sa.select(
        col(Agreement.grant_id), col(Agreement.number), col(Agreement.issued_on), col(Agreement.amount_minor)
    ).where(col(Agreement.programme_id) == sa.bindparam("programme"), col(Agreement.state) == "issued"),
)


def _in_flight() -> Any:
    days = sa.func.coalesce(col(Disbursement.expires_on), col(Disbursement.released_on), type_=sa.Date)
    return sa.select(
        col(Disbursement.grant_id),
        col(Disbursement.number),
        days,
        col(Disbursement.amount_minor) - col(Disbursement.delivered_minor),
    ).where(
        col(Disbursement.programme_id) == sa.bindparam("programme"), col(Disbursement.state).in_(IN_FLIGHT)
    )


_IN_FLIGHT: Final = Query(_Waiting, _in_flight)
_DEMANDS: Final = Query(
    _Waiting,
    lambda: sa.select(
        col(RefundDemand.grant_id),
        col(RefundDemand.number),
        col(RefundDemand.due_on),
        col(RefundDemand.amount_minor),
    ).where(col(RefundDemand.programme_id) == sa.bindparam("programme"), col(RefundDemand.state) == "open"),
)
_PAYEES: Final = Query(
    lambda grant, day: (Key(grant), day),
    lambda: sa.select(col(Payee.grant_id), col(Payee.proposed_on)).where(col(Payee.state) == "proposed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """Something to do about a grant, before it is known who it is about."""

    due: Due
    grant_id: Key
    on: date
    what: str | Word
    number: str = ""
    who: Role | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is looked at, and whose grants there are."""

    scope: Scope
    owners: Mapping[Key, Owner]


def due_items(scope: Scope) -> Iterator[DueItem]:
    """Everything due up to seven days after the day of the scope; only the people it is about are opened."""
    desk = _Desk(scope, owners(scope.reader, scope.work.programme.id))
    items = [
        item
        for item in (
            *_tranches(desk),
            *_receipts(desk, open_advances(scope)),
            *_waiting(desk),
            *_suspended(desk),
            *_payees(desk),
        )
        if item.grant_id in desk.owners
    ]
    names = names_of(scope.work, [desk.owners[item.grant_id].participant_id for item in items])
    for item in items:
        owner = desk.owners[item.grant_id]
        name = names[owner.participant_id]
        if not name.is_hidden:
            yield _told(item, owner, name)
    yield from payouts_due(scope)
    yield from savings_due(scope)
    yield from training_due(scope)
    yield from scholarships_due(scope, HORIZON)
    yield from _duplicates(desk)
    yield from likely_due(scope)
    yield from visits_due(scope, HORIZON)
    yield from accompaniment_due(scope, HORIZON)
    yield from selection_due(scope, HORIZON)
    yield from bank_due(scope)


def _told(item: _Item, owner: Owner, name: PersonName) -> DueItem:
    return DueItem(
        due=item.due,
        due_on=item.on,
        number=item.number or owner.grant,
        participant=name.printed.reveal(),
        place=owner.locality,
        what=item.what,
        who=word(item.who.value) if item.who is not None else "",
        amount=item.amount,
    )


def _tranches(desk: _Desk) -> Iterator[_Item]:
    scope = desk.scope
    moment = Moment(on=scope.as_of, now=scope.work.clock.now(), zone=scope.work.programme.zone)
    grants: list[GrantRow] = [
        grant for grant in list_grants(scope.reader, scope.work.programme.id) if grant.state == "in_force"
    ]
    lost = failed_of(scope.reader, [grant.id for grant in grants])
    for rows in tranche_facts(scope.reader, grants, moment).values():
        for facts in rows:
            failed = lost.get((facts.grant.id, facts.tranche.position), [])
            yield from _of_tranche(desk, facts, [one.number for one in failed if not one.retry])


def _of_tranche(desk: _Desk, facts: TrancheFacts, failed: Sequence[str]) -> Iterator[_Item]:
    on = facts.tranche.due_on or desk.scope.as_of
    number = f"{facts.grant.number}/{facts.tranche.position}"
    if facts.rest.minor <= 0:
        return
    findings = facts.findings()
    missing = [finding for finding in findings if not finding.holds]
    if not missing:
        yield _Item(
            due=Due.TRANCHE_PAYABLE,
            grant_id=facts.grant.id,
            on=on,
            number=failed[0] if failed else number,
            what=word("retry the failed payment" if failed else "put the tranche on a payment list"),
            who=Role.FINANCE_OFFICER,
            amount=facts.rest,
        )
    elif all(finding.code != "earlier_tranches_delivered" for finding in missing):
        for finding in _visits(missing):
            yield _Item(
                due=Due.VISIT_DUE,
                grant_id=facts.grant.id,
                on=finding.by or on,
                number=number,
                what=word("visit the business and record it"),
                who=finding.responsible,
            )


def _visits(findings: Iterable[Finding]) -> list[Finding]:
    """Visits that are missing, also inside conditions made of several."""
    found = []
    for finding in findings:
        if not finding.holds:
            found += [finding] if finding.code == VISIT else _visits(finding.parts)
    return found[:1]


def _receipts(desk: _Desk, advances: Iterable[OpenAdvance]) -> Iterator[_Item]:
    by_number = {owner.grant: owner.grant_id for owner in desk.owners.values()}
    today = desk.scope.as_of
    for advance in advances:
        if advance.due_on is not None and advance.due_on <= today + HORIZON:
            is_late = advance.due_on < today
            yield _Item(
                due=Due.RECEIPTS_OVERDUE if is_late else Due.RECEIPTS_DUE,
                grant_id=by_number[advance.number],
                on=advance.due_on,
                what=word("collect the receipts"),
                who=Role.ECONOMIC_INCLUSION_EXPERT,
                amount=advance.open,
            )


_STEPS: Final = (
    (_ISSUED, Due.AGREEMENT_TO_SIGN, "have the agreement signed", Role.ECONOMIC_INCLUSION_EXPERT),
    (_IN_FLIGHT, Due.PAYMENT_TO_RESOLVE, "record what became of the payment", Role.FINANCE_OFFICER),
    (_DEMANDS, Due.REFUND_DUE, "receive the refund", Role.CASHIER),
)


def _waiting(desk: _Desk) -> Iterator[_Item]:
    scope = desk.scope
    until = scope.as_of + HORIZON
    for query, due, what, who in _STEPS:
        for row in scope.reader.all(query, programme=scope.work.programme.id):
            on = row.on or scope.as_of
            if on <= until and row.grant_id in desk.owners:
                currency = desk.owners[row.grant_id].currency
                yield _Item(
                    due=due,
                    grant_id=row.grant_id,
                    on=on,
                    number=row.number,
                    what=word(what),
                    who=who,
                    amount=Money(row.amount_minor or 0, currency),
                )


def _suspended(desk: _Desk) -> Iterator[_Item]:
    """Suspended grants since the day they were stopped, with the reason: somebody resumes or ends them."""
    for stopped in suspensions(desk.scope.reader, desk.scope.work.programme.id):
        yield _Item(
            due=Due.SUSPENDED,
            grant_id=stopped.grant_id,
            on=stopped.on,
            what=Word(stopped.event.replace("_", " "), stopped.reason) if stopped.event else stopped.reason,
            who=Role.PROGRAMME_MANAGER,
        )


def _payees(desk: _Desk) -> Iterator[_Item]:
    for grant_id, proposed_on in desk.scope.reader.all(_PAYEES):
        yield _Item(
            due=Due.PAYEE_TO_APPROVE,
            grant_id=grant_id,
            on=proposed_on,
            what=word("approve or refuse the payee"),
            who=Role.FINANCE_APPROVER,
        )


def _duplicates(desk: _Desk) -> Iterator[DueItem]:
    work = desk.scope.work
    for flag in list_duplicates(work):
        if flag.state == "open" and flag.first is not None and flag.second is not None:
            yield DueItem(
                due=Due.DUPLICATE_TO_DECIDE,
                due_on=local_date(flag.flagged_at, work.programme.zone),
                number=flag.first.household,
                participant=f"{flag.first.household} · {flag.second.household}",
                what=word(f"decide about the shared {flag.kind.value}"),
                who=word(Role.PROGRAMME_MANAGER.value),
            )
