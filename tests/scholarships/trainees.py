"""Scholarships of fictional people: a programme that pays courses, and a trainee at every step of one.

The course lasts from 12 January to 11 March 2026: a fee of 120 dollars in three parts, 4 dollars a day attended.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from seedfund.funds.rules.benefits import BenefitTerms
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.rules.awarding import AwardPart
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.terms import FeePart, ScholarshipTerms, StipendTerms
from seedfund.scholarships.rules.words import Milestone, Outcome
from seedfund.scholarships.service import (
    ApplyForScholarship,
    ApproveEmploymentPlan,
    AwardScholarship,
    BillLineAsked,
    BillMoved,
    ConfirmTranche,
    CorrectConfirmation,
    DecideBill,
    DraftScholarship,
    EmploymentPlanned,
    EndScholarship,
    InterviewApplicant,
    PlanEmployment,
    ProveEnrolment,
    RecordBill,
    ScholarshipEnded,
    TrancheDecided,
    apply_for_scholarship,
    approve_plan,
    award_scholarship,
    confirm_tranche,
    correct_confirmation,
    decide_bill,
    draft_scholarship,
    end_scholarship,
    interview_applicant,
    plan_employment,
    prove_enrolment,
    record_bill,
)
from seedfund.training.rules.words import Mark
from tests.funds.support import benefit
from tests.grants.paying import payee, supplier
from tests.support.grants import SHA, Home, eligible, home, issued, key, prepared, signed, usd
from tests.support.programme import House
from tests.training.courses import cohort, course, done, enrolled, mark, registered, session

STARTS: Final = date(2026, 1, 12)
ENDS: Final = date(2026, 3, 11)
BENEFIT: Final = BenefitTerms(
    name_es="Beca de formación",
    name_en="Vocational scholarship",
    unit=BenefitUnit.PERSON,
    purpose="training",
    methods=("cash", "bank", "in_kind"),
    bases=("employment_plan",),
    justification_required=False,
    agreement_kind="convenio",
    attendance_tied=True,
)
UNTIED: Final = replace(BENEFIT, attendance_tied=False, purpose="training_untied")
TERMS: Final = ScholarshipTerms(
    occupation="panadera",
    course="PAN-1",
    starts_on=STARTS,
    ends_on=ENDS,
    fee=usd(120),
    timetable="lunes a viernes, 9:00 a 11:00",
    kit="delantal y balanza",
    fee_parts=(
        FeePart(milestone=Milestone.ENROLMENT, share_bps=4_000),
        FeePart(milestone=Milestone.PROGRESS, share_bps=3_000, threshold_bps=8_000),
        FeePart(milestone=Milestone.CERTIFICATION, share_bps=3_000),
    ),
    stipend=StipendTerms(rate=usd(4), days_most=20, excused_most=1),
)
"""Tranches: 1 fee 48, 2 stipend ≤ 80, 3 fee 36 … in the order they fall due."""
FEE_FIRST, FEE_PROGRESS, STIPEND_FIRST, FEE_LAST, STIPEND_LAST = 1, 2, 3, 4, 5


def schooled(house: House) -> None:
    """A programme that pays scholarships, with a course of bakery and a cohort of it."""
    prepared(house)
    for code, terms, series in (("scholarship", BENEFIT, "BV"), ("untied", UNTIED, "BU")):
        benefit(house, code, terms, series=series)
        eligible(house, code, *(Eligible(population_group=one, fund="UNHCR") for one in ("refugee", "host")))
    course(house)
    cohort(house)


def applied(house: House, owner: Home) -> str:
    """The number of an application."""
    command = ApplyForScholarship(key=key(), participant=owner.head, course="PAN-1", occupation="panadera")
    return str(done(house, apply_for_scholarship, command).application)


def interviewed(
    house: House, application: str, *, is_recommended: bool = True, is_within_income: bool = True
) -> None:
    """An interview that recommends the course, unless told otherwise."""
    command = InterviewApplicant(
        key=key(),
        application=application,
        is_recommended=is_recommended,
        is_within_income=is_within_income,
    )
    done(house, interview_applicant, command)


def planned(house: House, application: str, terms: ScholarshipTerms = TERMS) -> EmploymentPlanned:
    """A plan by the coach."""
    found: EmploymentPlanned = done(
        house, plan_employment, PlanEmployment(key=key(), application=application, terms=terms)
    )
    return found


def approved(house: House, plan: str, actor: str = "manager") -> None:
    """A plan approved by the manager."""
    done(house, approve_plan, ApproveEmploymentPlan(key=key(), plan=plan), actor)


def plan_ready(house: House, owner: Home, terms: ScholarshipTerms = TERMS) -> EmploymentPlanned:
    """An approved plan."""
    application = applied(house, owner)
    interviewed(house, application)
    found = planned(house, application, terms)
    approved(house, found.plan)
    return found


def awarding(
    plan: EmploymentPlanned, amount: Money | None = None, code: str = "scholarship"
) -> AwardScholarship:
    """An award of what the plan costs, from line A1."""
    parts = (AwardPart(fund="UNHCR", line="A1", amount=amount or plan.cost),)
    return AwardScholarship(key=key(), plan=plan.plan, benefit=code, parts=parts)


def awarded(house: House, owner: Home, terms: ScholarshipTerms = TERMS) -> str:
    """The number of a scholarship awarded by the secretary."""
    plan = plan_ready(house, owner, terms)
    return str(done(house, award_scholarship, awarding(plan), "secretary").scholarship)


def agreed(house: House, owner: Home, terms: ScholarshipTerms = TERMS) -> str:
    """The number of a scholarship whose agreement both sides signed, with trainee and provider as payees."""
    number = awarded(house, owner, terms)
    done(house, draft_scholarship, DraftScholarship(key=key(), scholarship=number), "expert")
    signed(house, issued(house, number))
    payee(house, number, owner.head)
    supplier(house, number, "Centro Ejemplo")
    return number


def attending(house: House, owner: Home, terms: ScholarshipTerms = TERMS) -> tuple[str, str]:
    """The numbers of a scholarship in force and of the enrolment that was proven."""
    number = agreed(house, owner, terms)
    enrolment = enrolled(house, "CH-2026-0001", owner.head)
    proven(house, number, enrolment)
    return number, enrolment


def proven(house: House, scholarship: str, enrolment: str) -> None:
    """The proof of an enrolment, on the provider's paper."""
    command = ProveEnrolment(key=key(), scholarship=scholarship, enrolment=enrolment, proof_sha256="e1" * 32)
    done(house, prove_enrolment, command)


def trainee(house: House) -> Home:
    """A registered household whose head learns a trade."""
    return home(house)


def at_day(house: House, day: date) -> None:
    """Let time pass until a day."""
    now = house.clock.now().date()
    if day > now:
        house.clock.advance(timedelta(days=(day - now).days))


def taught(house: House, person: str, *marks: Mark, since: date = STARTS, actor: str = "field") -> date:
    """A session a day with these marks of one trainee, from a day on; the day of the last one."""
    day = since
    for place, what in enumerate(marks):
        day = since + timedelta(days=place)
        at_day(house, day)
        late = {"missed": 10} if what is Mark.LATE else {}
        registered(house, session(house, "CH-2026-0001", day), mark(person, what, **late), actor=actor)
    return day


def confirmed(
    house: House, scholarship: str, tranche: int, outcome: Outcome = Outcome.CONFIRMED, **told: Any
) -> TrancheDecided:
    """A tranche decided by the expert."""
    actor = told.pop("actor", "expert")
    command = ConfirmTranche(key=key(), scholarship=scholarship, tranche=tranche, outcome=outcome, **told)
    found: TrancheDecided = done(house, confirm_tranche, command, actor)
    return found


def corrected(
    house: House, scholarship: str, tranche: int, outcome: Outcome = Outcome.CONFIRMED, actor: str = "manager"
) -> TrancheDecided:
    """A tranche decided again by the manager."""
    command = CorrectConfirmation(
        key=key(), scholarship=scholarship, tranche=tranche, outcome=outcome, reason="el registro era otro"
    )
    found: TrancheDecided = done(house, correct_confirmation, command, actor)
    return found


def billed(house: House, *lines: tuple[str, int, Money], total: Money | None = None, **told: Any) -> str:
    """The number of a bill of the training centre, taken in by finance."""
    summed = Money(sum(amount.minor for _, _, amount in lines), "USD")
    command = RecordBill(
        key=key(),
        provider=told.get("provider", "CENTRO"),
        their_number=told.get("their_number", "001-001-0000007"),
        total=summed if total is None else total,
        file_sha256=SHA,
        lines=tuple(BillLineAsked(scholarship=one, tranche=at, amount=of) for one, at, of in lines),
    )
    return str(done(house, record_bill, command, told.get("actor", "finance")).bill)


def accepted(house: House, bill: str, actor: str = "manager") -> BillMoved:
    """A bill accepted by the manager."""
    found: BillMoved = done(house, decide_bill, DecideBill(key=key(), bill=bill), actor)
    return found


def ended(
    house: House, scholarship: str, ending: Ending, *, fee_back: Money | None = None, actor: str = "coach"
) -> ScholarshipEnded:
    """A scholarship ended by the coach."""
    command = EndScholarship(
        key=key(), scholarship=scholarship, ending=ending, reason="dejó el curso", fee_back=fee_back
    )
    found: ScholarshipEnded = done(house, end_scholarship, command, actor)
    return found


def codes(error: Refused) -> set[str]:
    """The codes of a refusal."""
    return set(error.codes)
