"""Scholarships, applications, bills and complaints as the desk shows them; those of hidden people are left out."""

from collections.abc import Mapping
from typing import Final

from seedfund.grants.queries.grants import GrantRow
from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.parties import handles
from seedfund.reports.value import Word
from seedfund.scholarships.queries.applications import (
    ApplicationRow,
    application_by_number,
    interview_place,
    interviews_of,
    list_applications,
    people_shown,
    plans_by_id,
    plans_of,
)
from seedfund.scholarships.queries.bills import bill_by_number, bill_lines, list_bills, list_complaints
from seedfund.scholarships.queries.placements import placements_of
from seedfund.scholarships.queries.scholarships import (
    ScholarshipRow,
    confirmations_of,
    last_decided,
    list_scholarships,
    scholarship_of_application,
    scholarship_tranches,
    scholarships_by_id,
    scholarships_of_grants,
)
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work
from seedfund.training.queries.courses import courses_by_id, list_providers
from seedfund.training.queries.enrolments import enrolments_by_id

NOTE_ROLES: Final = frozenset(
    (*(Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.PROTECTION_OFFICER),)
)
"""Who reads what an interview noted."""


def application_rows(work: Work) -> list[Row]:
    """Applications, those of restricted people only for named roles."""
    rows = list_applications(work)
    names = names_of(work, list(dict.fromkeys(row.participant_id for row in rows)))
    courses = courses_by_id(work.reader(), [row.course_id for row in rows])
    return [
        {
            "number": row.number,
            "participant": names[row.participant_id].printed,
            "course": courses[row.course_id].code,
            "occupation": row.occupation,
            "applied_on": row.applied_on,
            "state": Word(row.state),
        }
        for row in rows
    ]


def scholarship_rows(work: Work) -> list[Row]:
    """Scholarships with their course and how far it is confirmed."""
    reader, rows = work.reader(), list_scholarships(work)
    names = names_of(work, list(dict.fromkeys(row.participant_id for row in rows)))
    plans = plans_by_id(reader, [row.plan_id for row in rows])
    tranches = scholarship_tranches(reader, [row.id for row in rows])
    decided = confirmations_of(reader, [row.id for row in rows])
    return [
        {
            "number": row.number,
            "participant": names[row.participant_id].printed,
            "course": plans[row.plan_id].terms.course,
            "starts": plans[row.plan_id].terms.starts_on,
            "ends": plans[row.plan_id].terms.ends_on,
            "cost": plans[row.plan_id].cost,
            "decided": f"{len(last_decided(decided[row.id]))}/{len(tranches[row.id])}",
            "state": Word(row.state),
        }
        for row in rows
    ]


def bill_rows(work: Work) -> list[Row]:
    """Bills of providers."""
    providers = {one.id: one.code for one in list_providers(work.reader(), work.programme.id)}
    return [
        {
            "number": row.number,
            "given_by": providers[row.provider_id],
            "their_number": row.their_number,
            "billed_on": row.billed_on,
            "total": row.total,
            "state": Word(row.state),
        }
        for row in list_bills(work.reader(), work.programme.id)
    ]


def complaint_rows(work: Work) -> list[Row]:
    """Complaints against providers, without their words and without who complained."""
    providers = {one.id: one.code for one in list_providers(work.reader(), work.programme.id)}
    return [
        {
            "number": row.number,
            "given_by": providers[row.provider_id],
            "kind": Word(row.kind),
            "opened_on": row.opened_on,
            "closed_on": row.closed_on,
            "state": Word(row.state),
        }
        for row in list_complaints(work.reader(), work.programme.id)
    ]


def show_application(work: Work, number: str) -> Thing:
    """An application with its interviews, its plans and what came of it."""
    reader = work.reader()
    row = application_by_number(reader, work.programme.id, number)
    if row.participant_id not in people_shown(work, [row.participant_id]):
        raise NotAllowed(f"{row.number} is restricted; ask the protection officer or the director.")
    names, actors = names_of(work, [row.participant_id]), handles(reader, work.programme.id)
    found = scholarship_of_application(reader, row.id)
    fields: Row = {
        "state": Word(row.state),
        "participant": names[row.participant_id].printed,
        "course": courses_by_id(reader, [row.course_id])[row.course_id].code,
        "occupation": row.occupation,
        "applied_on": row.applied_on,
        "closed_for": None if row.closed_for is None else Word(row.closed_for),
        "scholarship": None if found is None else found.number,
    }
    plans: list[Row] = [
        {
            "number": plan.number,
            "course": plan.terms.course,
            "starts": plan.terms.starts_on,
            "ends": plan.terms.ends_on,
            "cost": plan.cost,
            "prepared_by": actors.get(plan.prepared_by, ""),
            "state": Word(plan.state),
        }
        for plan in plans_of(reader, [row.id])[row.id]
    ]
    parts = {"interviews": _interviews(work, row, actors), "employment_plans": plans}
    if found is not None:
        parts |= _parts(
            work, found, currency=plans_by_id(reader, [found.plan_id])[found.plan_id].cost.currency
        )
    return Thing("scholarship application", row.number, fields, parts)


def _interviews(work: Work, row: ApplicationRow, actors: Mapping[Key, str]) -> list[Row]:
    reader, may_read = work.reader(), bool(roles_of(work).intersection(NOTE_ROLES))
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id) if may_read else None
    found: list[Row] = []
    for one in interviews_of(reader, [row.id])[row.id]:
        told: Row = {
            "on": one.held_on,
            "recommended": one.is_recommended,
            "within_income": one.is_within_income,
            "actor": actors.get(one.held_by, ""),
        }
        if vault is not None and one.note is not None:
            told["note"] = vault.open(one.note, interview_place(row.id, one.version))
        found.append(told)
    return found


def course_parts(work: Work, grant: GrantRow) -> dict[str, list[Row]]:
    """What belongs to a grant that pays a course, for those who may see the trainee; nothing for any other."""
    row = scholarships_of_grants(work.reader(), [grant.id]).get(grant.id)
    if row is None or row.participant_id not in people_shown(work, [row.participant_id]):
        return {}
    return _parts(work, row, currency=grant.currency)


def _parts(work: Work, row: ScholarshipRow, *, currency: str) -> dict[str, list[Row]]:
    """The enrolment that is paid, each tranche with what was decided of it, and the checks of work."""
    reader, actors = work.reader(), handles(work.reader(), work.programme.id)
    last = last_decided(confirmations_of(reader, [row.id])[row.id])
    confirmations: list[Row] = []
    for one in scholarship_tranches(reader, [row.id])[row.id]:
        known = last.get(one.position)
        confirmations.append(
            {
                "tranche": one.position,
                "pays": Word(one.purpose.value),
                "reached": Word(one.milestone.value),
                "most": Money(one.amount_minor, currency),
                "due_on": one.due_on,
                "outcome": None if known is None else Word(known.outcome.value),
                "due": None if known is None else Money(known.due_minor, currency),
                "days_paid": None if known is None else known.days_paid,
                "decided_by": None if known is None else actors.get(known.decided_by, ""),
            }
        )
    checks: list[Row] = [
        {
            "month": month,
            "work": Word(one.work.value),
            "relevant": one.is_relevant,
            "witness": Word(one.witness.value),
            "on": one.checked_on,
        }
        for month, one in sorted(placements_of(reader, [row.id])[row.id].items())
    ]
    ids = [row.enrolment_id] if row.enrolment_id else []
    enrolments: list[Row] = [
        {"number": one.number, "cohort": one.cohort, "on": row.proven_on, "state": Word(one.state)}
        for one in enrolments_by_id(reader, ids).values()
    ]
    return {"enrolments": enrolments, "confirmations": confirmations, "work": checks}


def show_bill(work: Work, number: str) -> Thing:
    """A bill with its lines; a line of somebody hidden is shown without its scholarship."""
    reader = work.reader()
    row = bill_by_number(reader, work.programme.id, number)
    lines = bill_lines(reader, [row.id])[row.id]
    rows = scholarships_by_id(reader, [line.scholarship_id for line in lines])
    shown = people_shown(work, [one.participant_id for one in rows.values()])
    provider = next(one for one in list_providers(reader, work.programme.id) if one.id == row.provider_id)
    fields: Row = {
        "state": Word(row.state),
        "given_by": provider.code,
        "their_number": row.their_number,
        "billed_on": row.billed_on,
        "total": row.total,
        "decided_on": row.decided_on,
        "reason": row.reason or None,
    }
    told: list[Row] = [
        {
            "scholarship": rows[line.scholarship_id].number
            if rows[line.scholarship_id].participant_id in shown
            else None,
            "tranche": line.tranche_position,
            "amount": Money(line.amount_minor, line.currency),
        }
        for line in lines
    ]
    return Thing("provider bill", row.number, fields, {"lines": told})
