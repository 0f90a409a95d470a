"""What the agreement on a scholarship says, from its grant, its employment plan and the course. Must not write."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from seedfund.documents.content import (
    AgreementContent,
    CourseModality,
    PaidFor,
    ScholarshipAgreementContent,
    ScholarshipLine,
    StipendPeriod,
)
from seedfund.documents.service.contents.agreement import (
    agreement_content,
    benefit_name,
    ends_on,
    photo_consent,
)
from seedfund.documents.service.contents.common import Frame, common_fields, frame_of
from seedfund.documents.service.parties import owner_of, payee_of, person_of
from seedfund.documents.service.signing import Signing, signing_fields
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.queries.papers import AgreementFacts, agreement_facts
from seedfund.grants.rules.words import Delivery
from seedfund.kernel.money import Money
from seedfund.people.queries import participant_facts
from seedfund.people.rules import is_adult
from seedfund.scholarships.queries.applications import plans_by_id
from seedfund.scholarships.queries.scholarships import (
    ScholarshipRow,
    TrancheOfRow,
    scholarship_tranches,
    scholarships_of_grants,
)
from seedfund.scholarships.rules.terms import ScholarshipTerms
from seedfund.scholarships.rules.words import Purpose
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import (
    CourseFacts,
    ProviderFacts,
    cohort_by_number,
    course_by_code,
    list_providers,
)

_MINUTES_OF_HOUR: Final = 60
_BASIS_POINTS_OF_PERCENT: Final = 100


def agreement_of_grant(
    unit: Unit, grant: GrantRow, number: str, *, signing: Signing, languages: tuple[str, ...], drawn: str
) -> AgreementContent | ScholarshipAgreementContent:
    """The content of an issued agreement: of a scholarship where the grant pays a course, else of a plan.

    Raises:
        NotFound, NotAllowed, Refused: as `agreement_content` and `scholarship_content`.
    """
    row = scholarships_of_grants(unit, [grant.id]).get(grant.id)
    if row is None:
        return agreement_content(unit, number, signing=signing, languages=languages, drawn=drawn)
    return scholarship_content(
        unit, row, number, signing=signing, frame=frame_of(unit, languages, drawn=drawn)
    )


def scholarship_content(
    unit: Unit, row: ScholarshipRow, number: str, *, signing: Signing, frame: Frame
) -> ScholarshipAgreementContent:
    """The content of the agreement on a scholarship in one of its languages.

    Raises:
        NotFound: there is no such agreement, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `paper_terms_missing`, `paper_terms_without_language`, `language_without_words`.
    """
    facts = agreement_facts(unit.work, number, language=frame.language)
    grant = grant_by_number(unit, unit.programme.id, facts.grant)
    taught = _taught(unit, row)
    person = person_of(unit.work, grant.participant_id, frame.language)
    tranches = scholarship_tranches(unit, [row.id])[row.id]
    lines = tuple(_line(one, facts) for one in tranches)
    fees = sum(line.amount.minor for line in lines if line.to_provider)
    return ScholarshipAgreementContent(
        **common_fields(
            unit, frame, number=facts.number, funds=[(part.fund_name, part.donor) for part in facts.parts]
        ),
        **signing_fields(frame.organisation, person, signing),
        **_course(taught),
        **_stipend(taught.terms),
        **_said(frame),
        grant_number=facts.grant,
        owner=owner_of(unit.work, grant, person),
        is_minor=_is_minor(unit, grant),
        decision_number=grant.basis_ref,
        decided_on=grant.awarded_on,
        benefit=benefit_name(facts, frame.language),
        amount=facts.amount,
        fee=Money(fees, facts.amount.currency),
        starts_on=unit.occurred_on,
        ends_on=ends_on(unit.occurred_on, frame, facts),
        payee=payee_of(
            unit.work,
            grant,
            person,
            benefit=facts.benefit,
            deliveries={Delivery.MONEY},
            language=frame.language,
        ),
        lines=lines,
        plan_hash=facts.plan_hash,
        schedule_hash=facts.schedule_hash,
        photo_consent=photo_consent(unit, grant.participant_id),
    )


@dataclass(frozen=True, slots=True)
class _Taught:
    """What is learned, where and by whom, with what the plan promises."""

    terms: ScholarshipTerms
    course: CourseFacts
    provider: ProviderFacts
    place: str


def _taught(unit: Unit, row: ScholarshipRow) -> _Taught:
    terms = plans_by_id(unit, [row.plan_id])[row.plan_id].terms
    course = course_by_code(unit, unit.programme.id, terms.course)
    provider = next(one for one in list_providers(unit, unit.programme.id) if one.id == course.provider_id)
    place = provider.place
    if terms.cohort:
        place = cohort_by_number(unit, unit.programme.id, terms.cohort).place or place
    return _Taught(terms, course, provider, place)


def _course(taught: _Taught) -> dict[str, Any]:
    terms, course = taught.terms, taught.course
    return {
        "occupation": terms.occupation,
        "course": course.name,
        "topic": course.topic,
        "provider": taught.provider.name,
        "course_place": taught.place,
        "modality": CourseModality(terms.modality.value),
        "hours": Decimal(course.minutes) / _MINUTES_OF_HOUR,
        "timetable": terms.timetable,
        "course_starts_on": terms.starts_on,
        "course_ends_on": terms.ends_on,
        "attendance": Decimal(course.threshold) / _BASIS_POINTS_OF_PERCENT,
        "kit": terms.kit,
        "check_months": terms.checks,
    }


def _stipend(terms: ScholarshipTerms) -> dict[str, Any]:
    if terms.stipend is None:
        return {}
    return {
        "stipend_rate": terms.stipend.rate,
        "stipend_period": StipendPeriod(terms.stipend.period.value),
        "stipend_days": terms.stipend.days_most,
        "stipend_excused": terms.stipend.excused_most,
    }


def _said(frame: Frame) -> dict[str, Any]:
    return {
        "keep_records_years": frame.terms.keep_records_years,
        "cure_days": frame.terms.cure_days,
        "complaints_channel": frame.said["complaints_channel"],
        "data_contact": frame.said["data_contact"],
        "dispute_forum": frame.said["dispute_forum"],
    }


def _line(one: TrancheOfRow, facts: AgreementFacts) -> ScholarshipLine:
    """A payment as the schedule that is signed has it."""
    tranche = facts.tranches[one.position - 1]
    is_fee = one.purpose is Purpose.TUITION
    return ScholarshipLine(
        ordinal=one.position,
        amount=tranche.amount,
        due_on=tranche.due_on or one.due_on,
        paid_for=PaidFor(f"reached_{one.milestone.value}") if is_fee else PaidFor.DAYS,
        to_provider=is_fee,
        threshold=Decimal(one.threshold_bps) / _BASIS_POINTS_OF_PERCENT if one.threshold_bps else None,
        since=one.since,
        until=one.until,
    )


def _is_minor(unit: Unit, grant: GrantRow) -> bool:
    birth = participant_facts(unit, [grant.participant_id])[grant.participant_id].birth
    return birth is not None and is_adult(birth, unit.occurred_on) is False
