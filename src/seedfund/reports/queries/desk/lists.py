"""Lists by a noun: what there is of it in the programme, a row each."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
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
from seedfund.kernel.lazy import Later
from seedfund.kernel.money import Money
from seedfund.people.queries import PersonName, list_duplicates, names_of, sees_restricted
from seedfund.people.queries.restricted import households_of_restricted, restricted_people
from seedfund.plans.queries import list_plans
from seedfund.reports.queries.desk import grant_reads, reads
from seedfund.reports.queries.desk.grant_reads import PaymentShown, ReceiptShown
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.hidden import HIDDEN, hidden_entries
from seedfund.reports.queries.parties import handles, owners
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


def receipt_rows(work: Work, receipts: Sequence[ReceiptShown]) -> list[Row]:
    """Receipts for the desk; what a restricted person bought, and what was said of it, is for named roles."""
    hidden = hidden_people(work)
    return [
        with_words(with_money(dataclasses.asdict(one)), "kind", "state")
        | ({"description": None, "observation": None} if one.participant_id in hidden else {})
        for one in receipts
    ]


def hidden_people(work: Work) -> frozenset[Key]:
    """People whom the one who looks may not see; none for named roles."""
    if sees_restricted(work):
        return frozenset()
    return frozenset(restricted_people(work.reader(), work.programme.id))


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
    hidden = _hidden_homes(work)
    result = []
    for row in rows:
        head = names.get(row.pop("head_id"))
        if row.pop("household_id") in hidden:
            row["community"] = None
        row["head"] = head.printed if head is not None and not head.is_hidden else None
        result.append(with_words(row, "state"))
    return result


def _hidden_homes(work: Work) -> frozenset[Key]:
    """Households of which the one who looks is not told where they live."""
    if sees_restricted(work):
        return frozenset()
    return households_of_restricted(work.reader(), work.programme.id)


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
    return receipt_rows(work, work.reader().all(grant_reads.RECEIPTS, programme=work.programme.id))


def entry_rows(work: Work, entries: Sequence[Row]) -> list[Row]:
    """Entries for the desk; why one about a restricted person was booked is for named roles."""
    hidden = hidden_entries(work)
    return [
        with_words(row, "event")
        | ({"reason": Word(HIDDEN)} if row["reason"] and row["number"] in hidden else {})
        for row in entries
    ]


def _entries(work: Work) -> list[Row]:
    return entry_rows(work, work.reader().all(reads.ENTRIES, programme=work.programme.id))


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
            "name": item.terms.name_in(work.programme.language),
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


def _later(room: str, name: str) -> Callable[[Work], list[Row]]:
    """A list of another room of the desk, which is loaded when somebody looks there."""
    return Later(f"{__package__}.{room}", name)


LISTS: Final[Mapping[str, Callable[[Work], list[Row]]]] = MappingProxyType(
    {
        "households": _households,
        "participants": _participants,
        "duplicates": _duplicates,
        "likely-duplicates": _later("likeness", "likely_rows"),
        "donors": _donors,
        "funds": _funds,
        "lines": _lines,
        "accounts": _accounts,
        "benefits": _benefits,
        "eligibility": _eligibility,
        "calls": _read(reads.CALLS),
        "plans": _plans,
        "providers": _later("training", "provider_rows"),
        "courses": _later("training", "course_rows"),
        "cohorts": _later("training", "cohort_rows"),
        "sessions": _later("training", "session_rows"),
        "enrolments": _later("training", "enrolment_rows"),
        "certificates": _later("training", "certificate_rows"),
        "savings": _later("savings", "links_rows"),
        "savings-plans": _later("savings", "plan_rows"),
        "savings-groups": _later("savings", "group_rows"),
        "visits": _later("visits", "visit_rows"),
        "statements": _later("banking", "statement_rows"),
        "lines-to-enter": _later("banking", "to_enter_rows"),
        "matches": _later("banking", "match_rows"),
        "reconciliations": _later("banking", "signed_rows"),
        "schooling": _later("schooling", "schooling_rows"),
        "services": _later("services", "service_rows"),
        "referrals": _later("services", "referral_rows"),
        "barriers": _later("services", "barrier_rows"),
        "vacancies": _later("work", "vacancy_rows"),
        "interviews": _later("work", "interview_rows"),
        "placements": _later("work", "placement_rows"),
        "activities": _later("activities", "activity_rows"),
        "monitoring": _later("monitoring", "monitoring_rows"),
        "household-plans": _later("progress", "household_plan_rows"),
        "instruments": _later("yardsticks", "instrument_rows"),
        "assessments": _later("progress", "assessment_rows"),
        "graduation-criteria": _later("yardsticks", "criteria_rows"),
        "graduations": _later("progress", "graduation_rows"),
        "selection-rules": _later("selection", "rules_rows"),
        "screenings": _later("selection", "screening_rows"),
        "selections": _later("selection", "selection_rows"),
        "applications": _later("scholarships", "application_rows"),
        "scholarships": _later("scholarships", "scholarship_rows"),
        "bills": _later("scholarships", "bill_rows"),
        "complaints": _later("scholarships", "complaint_rows"),
        "grants": _grants,
        "agreements": _read(grant_reads.AGREEMENTS, "kind", "state"),
        "lists": _lists,
        "payments": _payments,
        "payout-layouts": _later("payouts", "layout_rows"),
        "payout-files": _later("payouts", "file_rows"),
        "payout-results": _later("payouts", "intake_rows"),
        "payout-exceptions": _later("payouts", "payout_exception_rows"),
        "receipts": _receipts,
        "demands": _read(grant_reads.DEMANDS, "reason", "state"),
        "refunds": _read(grant_reads.REFUNDS, "method"),
        "papers": _read(reads.PAPERS, "kind"),
        "entries": _entries,
        "periods": _read(reads.PERIODS, "state"),
        "extracts": _later("extracts", "extracts"),
        "exceptions": _later("exceptions", "exception_rows"),
        "proposals": _proposals,
        "actors": _actors,
    }
)
"""Every list by its noun."""
