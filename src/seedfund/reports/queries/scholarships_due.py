"""What of scholarships waits for somebody this week: interviews, confirmations, bills, complaints, checks of work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from seedfund.grants.queries.grants import GrantRow, grants_by_id
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.scholarships.queries.applications import PlanRow, list_applications, plans_by_id
from seedfund.scholarships.queries.bills import list_bills, list_complaints
from seedfund.scholarships.queries.placements import PlacementRow, placements_of
from seedfund.scholarships.queries.scholarships import (
    ConfirmationRow,
    ScholarshipRow,
    TrancheOfRow,
    confirmations_of,
    last_decided,
    list_scholarships,
    scholarship_tranches,
)
from seedfund.scholarships.rules.placing import check_day
from seedfund.scholarships.rules.words import Outcome, Purpose

INTERVIEW: Final = "interview the applicant"
PLAN: Final = "prepare the employment plan"
CONFIRM: Final = "confirm what was reached, or refuse it"
ASK: Final = "ask about work"
BILL: Final = "decide about the bill"
COMPLAINT: Final = "look into the complaint"
OPEN: Final = ("awarded", "enrolled", "completed", "dropped_out")


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of all scholarships, by key."""

    grants: Mapping[Key, GrantRow]
    tranches: Mapping[Key, Sequence[TrancheOfRow]]
    decided: Mapping[Key, Sequence[ConfirmationRow]]
    plans: Mapping[Key, PlanRow]
    checks: Mapping[Key, Mapping[int, PlacementRow]]


def scholarships_due(scope: Scope, horizon: timedelta) -> Iterator[DueItem]:
    """Everything of scholarships that is due up to the horizon; hidden people are left out."""
    applications, rows = list_applications(scope.work), list_scholarships(scope.work)
    people = [row.participant_id for row in applications] + [row.participant_id for row in rows]
    names = names_of(scope.work, list(dict.fromkeys(people)))
    for one in applications:
        what = {"received": INTERVIEW, "interviewed": PLAN}.get(one.state)
        if what is not None:
            named = names[one.participant_id].printed.reveal()
            yield _item(one.number, one.applied_on, what, Role.COACH, participant=named)
    last, read = scope.as_of + horizon, _read(scope, rows)
    for row in rows:
        named = names[row.participant_id].printed.reveal()
        for on in _to_confirm(read, row, last):
            yield _item(row.number, on, CONFIRM, Role.ECONOMIC_INCLUSION_EXPERT, participant=named)
        for on in _to_ask(read, row, last):
            yield _item(row.number, on, ASK, Role.COACH, participant=named)
    for bill in list_bills(scope.reader, scope.work.programme.id):
        if bill.state == "received":
            yield _item(bill.number, bill.billed_on, BILL, Role.PROGRAMME_MANAGER)
    for complaint in list_complaints(scope.reader, scope.work.programme.id):
        if complaint.state == "open":
            yield _item(complaint.number, complaint.opened_on, COMPLAINT, Role.PROGRAMME_MANAGER)


def _read(scope: Scope, rows: Sequence[ScholarshipRow]) -> _Read:
    ids = [row.id for row in rows]
    return _Read(
        grants=grants_by_id(scope.reader, [row.grant_id for row in rows]),
        tranches=scholarship_tranches(scope.reader, ids),
        decided=confirmations_of(scope.reader, ids),
        plans=plans_by_id(scope.reader, [row.plan_id for row in rows]),
        checks=placements_of(scope.reader, ids),
    )


def _item(number: str, on: date, what: str, who: Role, *, participant: str = "") -> DueItem:
    return DueItem(
        due=Due.TRAINING_TO_FOLLOW,
        due_on=on,
        number=number,
        participant=participant,
        what=word(what),
        who=word(who.value),
    )


def _to_confirm(read: _Read, row: ScholarshipRow, last: date) -> Iterator[date]:
    """The next tranche to be decided of each kind, unless a refusal stops it or its grant is not in force."""
    grant, decided = read.grants[row.grant_id], last_decided(read.decided[row.id])
    tranches, has_left = read.tranches[row.id], row.state == "dropped_out"
    refused = {one.position for one in decided.values() if one.outcome is Outcome.REFUSED}
    # Who left is paid the days attended, whatever was refused of the fee; the fee itself is confirmed no more.
    open_ones = [one for one in tranches if not has_left or one.purpose is Purpose.STIPEND]
    is_stopped = any(one.position in refused for one in open_ones)
    if row.state not in OPEN or grant.state != "in_force" or is_stopped:
        return
    seen = set()
    for one in open_ones:
        if one.position not in decided and one.purpose not in seen:
            seen.add(one.purpose)
            if one.due_on <= last:
                yield one.due_on


def _to_ask(read: _Read, row: ScholarshipRow, last: date) -> Iterator[date]:
    """The checks of work that fall due and were not held."""
    if row.state != "completed" or row.ended_on is None:
        return
    known = read.checks[row.id]
    for month in read.plans[row.plan_id].terms.checks:
        on = check_day(row.ended_on, month)
        if month not in known and on <= last:
            yield on
