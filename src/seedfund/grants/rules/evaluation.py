"""Whether a tranche's conditions hold on a day, and if not, who has to do what by when. Must not know rows.

Every condition ends as met, not met or waived, with the evidence it stands on, who established it and when.
Evidence observed after the day asked about is not yet known on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from seedfund.grants.rules.conditions import (
    WHOLE,
    AccountLinked,
    AgreementSigned,
    AllOf,
    AnyOf,
    AttendanceAtLeast,
    ChildrenEnrolled,
    Condition,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    QuotesFiled,
    Since,
    VisitDoneSince,
    is_clearance,
    percent,
)
from seedfund.grants.rules.facts import AttendedCourse, ConditionFacts, EvidenceFact, Finding, Status, Waiver
from seedfund.grants.rules.schooled import SCHOOLS, enrolled_children
from seedfund.grants.rules.waiting import (
    ACCOUNT_CLOSED,
    ACCOUNT_NOT_LINKED,
    ACCOUNT_NOT_OPENED,
    ACCOUNT_NOT_VERIFIED,
    ACCOUNT_REFUSED,
    AGREEMENT_NOT_SIGNED,
    ATTENDANCE_NOT_RECORDED,
    ATTENDANCE_TOO_LOW,
    ATTENDED_TOO_LITTLE,
    BILL_MISSING,
    CONFIRMATION_MISSING,
    DATE_NOT_REACHED,
    DATE_NOT_SET,
    EVIDENCE_MISSING,
    NO_ALTERNATIVE_MET,
    NO_SESSION_HELD,
    NO_VISIT,
    NOT_OPERATING,
    PARTS_NOT_MET,
    PREVIOUS_NOT_JUSTIFIED,
    PREVIOUS_NOT_PAID,
    QUOTES_MISSING,
    VISIT_OWED,
)
from seedfund.grants.rules.words import CLEARANCES, EvidenceKind
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role

LEDGER: Final = "ledger"
CALENDAR: Final = "calendar"
REGISTERS: Final = "registers"


def evaluate(condition: Condition, facts: ConditionFacts) -> Finding:
    """How a condition stands on the day of the facts."""
    finding: Finding = _JUDGES[type(condition)](condition, facts)
    return finding


def evaluate_all(
    conditions: Sequence[Condition], facts: ConditionFacts, *, waivers: Mapping[int, Waiver]
) -> tuple[Finding, ...]:
    """How each condition stands, in order; `waivers` by position from 1. A met condition needs no waiver."""
    findings = []
    for position, condition in enumerate(conditions, start=1):
        finding, waiver = evaluate(condition, facts), waivers.get(position)
        if waiver is not None and not finding.holds and waiver.on <= facts.on:
            # What was waived is nobody's task any more.
            finding = Finding(
                code=finding.code,
                status=Status.WAIVED,
                evidence=waiver.ref,
                evaluator=waiver.authorised_by,
                on=waiver.on,
            )
        findings.append(finding)
    return tuple(findings)


def _met(code: str, *, evidence: str, evaluator: str, on: date | None) -> Finding:
    return Finding(code=code, status=Status.MET, evidence=evidence, evaluator=evaluator, on=on)


def _by_evidence(code: str, item: EvidenceFact) -> Finding:
    return _met(code, evidence=item.ref, evaluator=item.recorded_by, on=item.observed_on)


def _missing(code: str, refusal: Refusal, role: Role, facts: ConditionFacts) -> Finding:
    return Finding(code=code, status=Status.NOT_MET, missing=refusal, responsible=role, by=facts.due_on)


def _agreement_signed(condition: AgreementSigned, facts: ConditionFacts) -> Finding:
    signed = facts.agreement
    if signed is not None and signed.signed_on <= facts.on:
        return _met(condition.code, evidence=signed.number, evaluator=signed.recorded_by, on=signed.signed_on)
    return _missing(condition.code, AGREEMENT_NOT_SIGNED(), Role.ECONOMIC_INCLUSION_EXPERT, facts)


def _attendance(condition: AttendanceAtLeast, facts: ConditionFacts) -> Finding:
    """Our own registers count where the participant is enrolled; else the latest rate that was handed in.

    A value that is no share is an observation to be cleared up, not a rate.
    """
    own = _own_course(condition, facts)
    if own is not None:
        return _attended(condition, facts, own)
    rates = [
        item
        for item in facts.known(EvidenceKind.ATTENDANCE, condition.course)
        if item.value is not None and 0 <= item.value <= WHOLE
    ]
    needed = percent(condition.basis_points)
    if not rates:
        return _missing(condition.code, ATTENDANCE_NOT_RECORDED(needed=needed), Role.COACH, facts)
    last = rates[-1]
    if (last.value or 0) >= condition.basis_points:
        return _by_evidence(condition.code, last)
    refusal = ATTENDANCE_TOO_LOW(rate=percent(last.value or 0), needed=needed)
    return replace(_missing(condition.code, refusal, Role.COACH, facts), evidence=last.ref)


def _own_course(condition: AttendanceAtLeast, facts: ConditionFacts) -> AttendedCourse | None:
    """The enrolment that came furthest in the course asked for, or in any; one that was left, for want of others."""
    wanted = condition.course.strip().upper()
    found = [one for one in facts.courses if wanted in ("", one.course)]
    return max(found, key=lambda one: (not one.has_left, one.basis_points, one.ref), default=None)


def _attended(condition: AttendanceAtLeast, facts: ConditionFacts, own: AttendedCourse) -> Finding:
    needed, rate = percent(condition.basis_points), percent(own.basis_points)
    if not own.possible:
        refusal = NO_SESSION_HELD(course=own.course, enrolment=own.ref, needed=needed)
        return _missing(condition.code, refusal, Role.COACH, facts)
    if own.basis_points >= condition.basis_points:
        return _met(
            condition.code,
            evidence=f"{own.ref}: {own.attended}/{own.possible} ({rate})",
            evaluator=REGISTERS,
            on=facts.on,
        )
    in_hours = own.unit == "hours"
    refusal = ATTENDED_TOO_LITTLE(
        attended=_hours(own.attended) if in_hours else own.attended,
        possible=_hours(own.possible) if in_hours else own.possible,
        unit=own.unit,
        course=own.course,
        rate=rate,
        needed=needed,
    )
    return replace(_missing(condition.code, refusal, Role.COACH, facts), evidence=own.ref)


def _hours(minutes: int) -> str:
    """`7:30` of 450 minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _account(condition: AccountLinked, facts: ConditionFacts) -> Finding:
    account = facts.account
    if account is not None and account.usable_from <= facts.on:
        return _met(
            condition.code, evidence=account.ref, evaluator=account.verified_by, on=account.usable_from
        )
    opened = facts.known(EvidenceKind.ACCOUNT_LINKED)
    if opened:
        return _by_evidence(condition.code, opened[-1])
    return _missing(condition.code, _account_gap(facts), Role.FIELD_OFFICER, facts)


def _account_gap(facts: ConditionFacts) -> Refusal:
    """What is missing of the payee's account, by how far its trail has come."""
    own = facts.under_way
    if own is None:
        return ACCOUNT_NOT_LINKED(day=facts.on)
    if own.state == "refused":
        return ACCOUNT_REFUSED(account=own.ref, day=own.since, refused_for=own.refused_for)
    if own.state == "opened":
        return ACCOUNT_NOT_VERIFIED(account=own.ref, day=own.since)
    if own.state == "closed":
        return ACCOUNT_CLOSED(account=own.ref, day=own.since)
    return ACCOUNT_NOT_OPENED(account=own.ref, state=own.state, day=own.since)


def _justified(condition: PreviousTrancheJustified, facts: ConditionFacts) -> Finding:
    before = facts.paid_before
    if not before.disbursed:
        return _missing(condition.code, PREVIOUS_NOT_PAID(), Role.FINANCE_OFFICER, facts)
    accounted = before.justified + before.returned if before.needs_receipts else before.disbursed
    needed = before.disbursed.minor * condition.basis_points
    if accounted.minor * WHOLE >= needed:
        return _met(condition.code, evidence=str(accounted), evaluator=LEDGER, on=facts.on)
    short = -(-needed // WHOLE) - accounted.minor
    refusal = PREVIOUS_NOT_JUSTIFIED(
        disbursed=before.disbursed,
        accounted=accounted,
        rate=percent(accounted.minor * WHOLE // before.disbursed.minor),
        needed=percent(condition.basis_points),
        missing=Money(short, before.disbursed.currency),
    )
    return _missing(condition.code, refusal, Role.ECONOMIC_INCLUSION_EXPERT, facts)


def _visit(condition: VisitDoneSince, facts: ConditionFacts) -> Finding:
    signed = facts.agreement.signed_on if facts.agreement is not None else None
    since = signed if condition.since is Since.AGREEMENT else facts.paid_before.last_delivered_on
    if since is None:
        refusal = AGREEMENT_NOT_SIGNED() if condition.since is Since.AGREEMENT else PREVIOUS_NOT_PAID()
        return _missing(condition.code, refusal, Role.ECONOMIC_INCLUSION_EXPERT, facts)
    visits = [item for item in facts.known(EvidenceKind.VISIT) if item.observed_on >= since]
    if not visits:
        return _not_visited(condition, facts, since)
    if condition.is_operating:
        # A visit about the children's school says nothing of the business, so it does not undo one that did.
        visits = [item for item in visits if item.value is not None] or visits
    if condition.is_operating and not visits[-1].value:
        refusal = NOT_OPERATING(day=visits[-1].observed_on)
        return _missing(condition.code, refusal, Role.ECONOMIC_INCLUSION_EXPERT, facts)
    return _by_evidence(condition.code, visits[-1])


def _not_visited(condition: VisitDoneSince, facts: ConditionFacts, since: date) -> Finding:
    """The first visit that was planned since then and not held is named, with the day it was or is due."""
    owed = next((visit for visit in facts.owed_visits if visit.due_on >= since), None)
    if owed is None:
        return _missing(condition.code, NO_VISIT(since=since), Role.COACH, facts)
    refusal = VISIT_OWED(visit=owed.ref, due=owed.due_on, since=since)
    return replace(_missing(condition.code, refusal, Role.COACH, facts), by=owed.due_on)


def _quotes(condition: QuotesFiled, facts: ConditionFacts) -> Finding:
    """One file is one quotation, however often it was recorded; without its file it cannot be looked at."""
    quotes = {item.file_sha256: item for item in facts.known(EvidenceKind.QUOTE) if item.file_sha256}
    if len(quotes) >= condition.count:
        return _by_evidence(condition.code, list(quotes.values())[-1])
    refusal = QUOTES_MISSING(filed=len(quotes), needed=condition.count)
    return _missing(condition.code, refusal, Role.ECONOMIC_INCLUSION_EXPERT, facts)


def _date(condition: DateReached, facts: ConditionFacts) -> Finding:
    day = condition.on or facts.due_on
    if day is None:
        return _missing(condition.code, DATE_NOT_SET(), Role.ECONOMIC_INCLUSION_EXPERT, facts)
    if day <= facts.on:
        return _met(condition.code, evidence=day.isoformat(), evaluator=CALENDAR, on=day)
    return replace(
        _missing(condition.code, DATE_NOT_REACHED(day=day), Role.ECONOMIC_INCLUSION_EXPERT, facts), by=day
    )


def _on_file(condition: EvidenceOnFile, facts: ConditionFacts) -> Finding:
    found = _told_once(facts.known(condition.kind, condition.topic))
    reached = sum(item.value or 0 for item in found)
    if found and reached >= condition.least:
        return _by_evidence(condition.code, found[-1])
    if is_clearance(condition):
        is_bill = condition.topic.startswith(CLEARANCES[1])
        waits_for = BILL_MISSING() if is_bill else CONFIRMATION_MISSING()
        return _missing(condition.code, waits_for, Role.ECONOMIC_INCLUSION_EXPERT, facts)
    refusal = EVIDENCE_MISSING(
        kind=condition.kind.value,
        found=reached if condition.least else len(found),
        needed=condition.least or 1,
    )
    return _missing(condition.code, refusal, Role.FIELD_OFFICER, facts)


def _children(condition: ChildrenEnrolled, facts: ConditionFacts) -> Finding:
    enrolled, children, gap = enrolled_children(condition, facts)
    if gap is not None:
        return _missing(condition.code, gap, Role.COACH, facts)
    return _met(condition.code, evidence=f"{enrolled}/{children}", evaluator=SCHOOLS, on=facts.on)


def _told_once(found: Sequence[EvidenceFact]) -> list[EvidenceFact]:
    """The same value of the same day from the same file is one observation recorded twice."""
    once = {(item.file_sha256 or item.ref, item.observed_on, item.value): item for item in found}
    return list(once.values())


def _all_of(condition: AllOf, facts: ConditionFacts) -> Finding:
    parts = tuple(evaluate(part, facts) for part in condition.conditions)
    open_parts = [part for part in parts if not part.holds]
    if not open_parts:
        return replace(parts[-1], code=condition.code, parts=parts)
    missing = _missing(
        condition.code,
        PARTS_NOT_MET(count=len(open_parts)),
        open_parts[0].responsible or Role.FIELD_OFFICER,
        facts,
    )
    return replace(missing, parts=parts)


def _any_of(condition: AnyOf, facts: ConditionFacts) -> Finding:
    parts = tuple(evaluate(part, facts) for part in condition.conditions)
    for part in parts:
        if part.holds:
            return replace(part, code=condition.code, parts=parts)
    missing = _missing(
        condition.code,
        NO_ALTERNATIVE_MET(count=len(parts)),
        parts[0].responsible or Role.FIELD_OFFICER,
        facts,
    )
    return replace(missing, parts=parts)


_JUDGES: Final[Mapping[type[Condition], Callable[[Any, ConditionFacts], Finding]]] = MappingProxyType(
    {
        AgreementSigned: _agreement_signed,
        AttendanceAtLeast: _attendance,
        AccountLinked: _account,
        PreviousTrancheJustified: _justified,
        VisitDoneSince: _visit,
        QuotesFiled: _quotes,
        DateReached: _date,
        EvidenceOnFile: _on_file,
        ChildrenEnrolled: _children,
        AllOf: _all_of,
        AnyOf: _any_of,
    }
)
