"""Lists by a noun: what there is of it in the programme, a row each."""

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from seedfund.approvals.queries import open_proposals
from seedfund.funds.queries import (
    bank_accounts,
    lines_of,
    list_benefits,
    list_donors,
    list_eligibility,
    list_funds,
)
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.queries.history import told_by_others
from seedfund.grants.queries.payment_lists import list_payment_lists
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import PersonName, list_duplicates, names_of
from seedfund.plans.queries import list_plans
from seedfund.reports.queries.desk import grant_reads, reads
from seedfund.reports.queries.desk.activities import activity_rows
from seedfund.reports.queries.desk.banking import match_rows, signed_rows, statement_rows
from seedfund.reports.queries.desk.extracts import extracts
from seedfund.reports.queries.desk.grant_reads import PaymentShown, ReceiptShown
from seedfund.reports.queries.desk.likeness import likely_rows
from seedfund.reports.queries.desk.monitoring import monitoring_rows
from seedfund.reports.queries.desk.payouts import (
    file_rows,
    intake_rows,
    layout_rows,
    payout_exception_rows,
)
from seedfund.reports.queries.desk.progress import assessment_rows, graduation_rows, household_plan_rows
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.savings import group_rows, links_rows, plan_rows
from seedfund.reports.queries.desk.scholarships import (
    application_rows,
    bill_rows,
    complaint_rows,
    scholarship_rows,
)
from seedfund.reports.queries.desk.schooling import schooling_rows
from seedfund.reports.queries.desk.selection import rules_rows, screening_rows, selection_rows
from seedfund.reports.queries.desk.services import barrier_rows, referral_rows, service_rows
from seedfund.reports.queries.desk.training import (
    certificate_rows,
    cohort_rows,
    course_rows,
    enrolment_rows,
    provider_rows,
    session_rows,
)
from seedfund.reports.queries.desk.visits import visit_rows
from seedfund.reports.queries.desk.work import interview_rows, placement_rows, vacancy_rows
from seedfund.reports.queries.desk.yardsticks import criteria_rows, instrument_rows
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.parties import handles, owners
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.value import Word
from seedfund.store.statements import Query
from seedfund.store.work import Work


def list_rows(work: Work, noun: str) -> list[Row]:
    """The rows of a list.

    Raises:
        NotFound: there is no list of that noun.
        NotAllowed: the actor is none of the programme's.
    """
    found = LISTS.get(noun)
    if found is None:
        raise NotFound(what="list of", which=f"{noun} (there are: {', '.join(LISTS)})", look="seedfund list")
    return found(work)


def with_money(row: Mapping[str, Any]) -> Row:
    """A row whose `…_minor` fields became amounts in its currency."""
    currency = row.get("currency")
    return {
        name.removesuffix("_minor"): Money(value, str(currency)) if name.endswith("_minor") else value
        for name, value in row.items()
        if name != "currency" and not name.endswith("_id")
    }


def with_words(row: Mapping[str, Any], *names: str) -> Row:
    """A row whose named fields are words of the house."""
    return {name: Word(value) if name in names and value else value for name, value in row.items()}


def payment_row(payment: PaymentShown) -> Row:
    """A payment for the desk."""
    return with_words(with_money(dataclasses.asdict(payment)), "method", "state")


def receipt_row(receipt: ReceiptShown) -> Row:
    """A receipt for the desk."""
    return with_words(with_money(dataclasses.asdict(receipt)), "kind", "state")


def _read(query: Query[Row], *words: str) -> Callable[[Work], list[Row]]:
    """A list that is one statement."""

    def rows(work: Work) -> list[Row]:
        found = work.reader().all(query, programme=work.programme.id)
        return [with_words(with_money(row), *words) for row in found]

    return rows


def _names(work: Work, ids: list[Key]) -> dict[Key, PersonName]:
    return names_of(work, ids)


def _households(work: Work) -> list[Row]:
    rows = work.reader().all(reads.HOUSEHOLDS, programme=work.programme.id)
    names = _names(work, [row["head_id"] for row in rows if row["head_id"]])
    result = []
    for row in rows:
        head = names.get(row.pop("head_id"))
        row.pop("household_id")
        row["head"] = head.printed if head is not None and not head.is_hidden else None
        result.append(with_words(row, "state"))
    return result


def _participants(work: Work) -> list[Row]:
    rows = work.reader().all(reads.PEOPLE, programme=work.programme.id)
    names = _names(work, [row["participant_id"] for row in rows])
    return [
        with_words(
            {"number": row["number"], "name": names[row["participant_id"]].printed}
            | {key: row[key] for key in ("household", "relationship", "sex", "group", "registered_on")},
            *("relationship", "sex", "group"),
        )
        for row in rows
        if not names[row["participant_id"]].is_hidden
    ]


def _duplicates(work: Work) -> list[Row]:
    return [
        {
            "flag": flag.id,
            "kind": Word(flag.kind.value),
            "state": Word(flag.state),
            "decision": Word(flag.decision.value) if flag.decision is not None else None,
            "household": flag.first.household if flag.first is not None else None,
            "other": flag.second.household if flag.second is not None else None,
            "flagged_at": flag.flagged_at,
        }
        for flag in list_duplicates(work, only_open=False)
    ]


def _plans(work: Work) -> list[Row]:
    names = _names(work, [plan.participant_id for plan in list_plans(work)])
    return [
        {
            "number": plan.number,
            "version": plan.version,
            "state": Word(plan.state),
            "owner": names[plan.participant_id].printed,
            "sector": plan.sector,
            "requested": plan.requested,
            "approved_amount": Money(plan.approved_minor, plan.currency)
            if plan.approved_minor is not None
            else None,
            "submitted_on": plan.submitted_on,
        }
        for plan in list_plans(work)
        if not names[plan.participant_id].is_hidden
    ]


def _grants(work: Work) -> list[Row]:
    """Every grant; where some were brought forward, with the number those had outside."""
    reader, programme = work.reader(), work.programme.id
    grants = list_grants(reader, programme)
    outside = told_by_others(reader, [grant.id for grant in grants])
    found = owners(reader, programme)
    names = _names(work, [owner.participant_id for owner in found.values()])
    return [
        {
            "number": grant.number,
            "state": Word(grant.state),
            "benefit": grant.benefit,
            "household": found[grant.id].household,
            "owner": names[grant.participant_id].printed,
            "group": Word(grant.population_group),
            "awarded": grant.awarded,
            "agreed": grant.agreed,
            "awarded_on": grant.awarded_on,
            **({"brought_forward_unverified": outside.get(grant.id, "")} if outside else {}),
        }
        for grant in grants
        if not names[grant.participant_id].is_hidden
    ]


def _lists(work: Work) -> list[Row]:
    return [
        {
            "number": row.number,
            "state": Word(row.state),
            "payments": row.count,
            "total": row.total,
            "prepared_on": row.prepared_on,
            "released_on": row.released_on,
        }
        for row in list_payment_lists(work.reader(), work.programme.id)
    ]


def _payments(work: Work) -> list[Row]:
    return [payment_row(row) for row in work.reader().all(grant_reads.PAYMENTS, programme=work.programme.id)]


def _receipts(work: Work) -> list[Row]:
    return [receipt_row(row) for row in work.reader().all(grant_reads.RECEIPTS, programme=work.programme.id)]


def _funds(work: Work) -> list[Row]:
    return [
        {
            "code": fund.code,
            "name": fund.name,
            "donor": fund.donor,
            "currency": fund.currency,
            "starts": fund.starts,
            "ends": fund.ends,
            "basis": Word(fund.basis.value),
        }
        for fund in list_funds(work.reader(), work.programme.id)
    ]


def _lines(work: Work) -> list[Row]:
    reader = work.reader()
    return [
        {"fund": line.fund, "code": line.code, "name": line.name, "kind": Word(line.kind.value)}
        for fund in list_funds(reader, work.programme.id)
        for line in lines_of(reader, fund.id)
    ]


def _donors(work: Work) -> list[Row]:
    return [
        {"code": donor.code, "name": donor.name} for donor in list_donors(work.reader(), work.programme.id)
    ]


def _accounts(work: Work) -> list[Row]:
    return [
        {"code": bank.code, "name": bank.name, "kind": Word(bank.kind.value), "currency": bank.currency}
        for bank in bank_accounts(work.reader(), work.programme.id)
    ]


def _benefits(work: Work) -> list[Row]:
    return [
        {
            "code": item.code,
            "version": item.version,
            "series": item.series,
            "name": item.terms.name_es if work.programme.language == "es" else item.terms.name_en,
            "unit": Word(item.terms.unit.value),
            "receipts": item.terms.justification_required,
            "effective_from": item.effective_from,
        }
        for item in list_benefits(work.reader(), work.programme.id)
    ]


def _eligibility(work: Work) -> list[Row]:
    found = list_eligibility(work.reader(), work.programme.id)
    return [with_words(dataclasses.asdict(rule), "population_group") for rule in found]


def _actors(work: Work) -> list[Row]:
    rows = work.reader().all(reads.ACTORS, programme=work.programme.id, on_day=work.today())
    found: dict[str, Row] = {}
    for row in rows:
        actor = found.setdefault(
            row["handle"],
            {"handle": row["handle"], "name": row["name"], "active": row["active"], "roles": []},
        )
        if row["role"]:
            actor["roles"].append(Word(row["role"]))
    return list(found.values())


def _exceptions(work: Work) -> list[Row]:
    scope = open_scope(work)
    return [
        {
            "on": entry.on,
            "kind": Word(entry.kind.value),
            "number": entry.number,
            "what": entry.what,
            "reason": entry.reason,
            "decided_by": entry.decided_by,
            "amount": entry.amount,
        }
        for entry in exception_entries(scope, since=None)
    ]


def _proposals(work: Work) -> list[Row]:
    names = handles(work.reader(), work.programme.id)
    return [
        {
            "number": row.number,
            "kind": Word(row.kind),
            "effective_from": row.effective_from,
            "proposed_by": names.get(row.proposed_by, ""),
            "proposed_at": row.proposed_at,
        }
        for row in open_proposals(work.reader(), work.programme.id)
    ]


LISTS: Final[Mapping[str, Callable[[Work], list[Row]]]] = MappingProxyType(
    {
        "households": _households,
        "participants": _participants,
        "duplicates": _duplicates,
        "likely-duplicates": likely_rows,
        "donors": _donors,
        "funds": _funds,
        "lines": _lines,
        "accounts": _accounts,
        "benefits": _benefits,
        "eligibility": _eligibility,
        "calls": _read(reads.CALLS),
        "plans": _plans,
        "providers": provider_rows,
        "courses": course_rows,
        "cohorts": cohort_rows,
        "sessions": session_rows,
        "enrolments": enrolment_rows,
        "certificates": certificate_rows,
        "savings": links_rows,
        "savings-plans": plan_rows,
        "savings-groups": group_rows,
        "visits": visit_rows,
        "statements": statement_rows,
        "matches": match_rows,
        "reconciliations": signed_rows,
        "schooling": schooling_rows,
        "services": service_rows,
        "referrals": referral_rows,
        "barriers": barrier_rows,
        "vacancies": vacancy_rows,
        "interviews": interview_rows,
        "placements": placement_rows,
        "activities": activity_rows,
        "monitoring": monitoring_rows,
        "household-plans": household_plan_rows,
        "instruments": instrument_rows,
        "assessments": assessment_rows,
        "graduation-criteria": criteria_rows,
        "graduations": graduation_rows,
        "selection-rules": rules_rows,
        "screenings": screening_rows,
        "selections": selection_rows,
        "applications": application_rows,
        "scholarships": scholarship_rows,
        "bills": bill_rows,
        "complaints": complaint_rows,
        "grants": _grants,
        "agreements": _read(grant_reads.AGREEMENTS, "kind", "state"),
        "lists": _lists,
        "payments": _payments,
        "payout-layouts": layout_rows,
        "payout-files": file_rows,
        "payout-results": intake_rows,
        "payout-exceptions": payout_exception_rows,
        "receipts": _receipts,
        "demands": _read(grant_reads.DEMANDS, "reason", "state"),
        "refunds": _read(grant_reads.REFUNDS, "method"),
        "papers": _read(reads.PAPERS, "kind"),
        "entries": _read(reads.ENTRIES, "event"),
        "periods": _read(reads.PERIODS, "state"),
        "extracts": extracts,
        "exceptions": _exceptions,
        "proposals": _proposals,
        "actors": _actors,
    }
)
"""Every list by its noun."""
