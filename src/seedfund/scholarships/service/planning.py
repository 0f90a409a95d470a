"""Individual employment plans: prepared after an interview, approved by another, replaced until one is awarded."""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.scholarships.queries.applications import applications_by_id, plan_by_number, plans_of
from seedfund.scholarships.rules.applying import COHORT_OF_OTHER, PLAN_OWN, check_eligible
from seedfund.scholarships.rules.states import PLAN_STATES
from seedfund.scholarships.rules.terms import ScholarshipTerms, check_terms, cost_of, terms_hash, terms_text
from seedfund.scholarships.service.common import (
    APPROVE_PLAN,
    APPROVERS,
    INTERVIEWERS,
    move_application,
    move_plan,
    reached_application,
    said,
    standing_of,
)
from seedfund.scholarships.tables import EmploymentPlan
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import CourseFacts, cohort_by_number, course_by_code

SERIES: Final = "EP"


@dataclass(frozen=True, kw_only=True)
class PlanEmployment(Command):
    """An application and what its plan promises: the work, the course, the fee with its parts, the stipend."""

    application: str
    terms: ScholarshipTerms


@dataclass(frozen=True, kw_only=True)
class EmploymentPlanned:
    """The plan's number and version, its state, what it costs at most, and the hash an award stands on."""

    plan: str
    version: int
    state: str
    cost: Money
    terms_hash: str


@verb("scholarships.plan_employment", roles=INTERVIEWERS)
def plan_employment(unit: Unit, command: PlanEmployment) -> EmploymentPlanned:
    """Prepare the employment plan of somebody whom the last interview recommends; an earlier plan is replaced.

    Raises:
        NotFound: there is no such application, course or cohort.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no work is named.
        Refused: `not_interviewed`, `not_recommended`, `income_above_limit`, `trained_before`, `employment_plan_days`,
            `employment_plan_pays_nothing`, `employment_plan_fee`, `employment_plan_fee_parts`,
            `employment_plan_threshold`, `employment_plan_stipend`, `cohort_of_other_course`, `person_erased`.
    """
    row, terms = reached_application(unit, command.application), command.terms
    said(terms.occupation, field="occupation", most=120)
    course = course_by_code(unit, unit.programme.id, terms.course)
    refuse(
        [
            *check_eligible(standing_of(unit, row), ("interviewed", "planned")),
            *check_terms(terms, most=course.fee),
            *_check_cohort(unit, terms, course),
        ]
    )
    plans = plans_of(unit, [row.id])[row.id]
    for one in plans:
        if PLAN_STATES.allows(one.state, "replaced"):
            move_plan(unit, one, "replaced")
    move_application(unit, row, "planned")
    number, version, cost = unit.human_number(SERIES), len(plans) + 1, cost_of(terms)
    unit.insert(
        EmploymentPlan,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        application_id=row.id,
        version=version,
        terms=terms_text(terms),
        terms_hash=terms_hash(terms),
        cost_minor=cost.minor,
        currency=cost.currency,
        state=PLAN_STATES.start,
        prepared_on=unit.occurred_on,
        prepared_by=unit.actor.id,
        approved_on=None,
        approved_by=None,
    )
    noted = {"application": row.number, "state": PLAN_STATES.start, "cost": str(cost)}
    unit.created("sf_employment_plan", number, noted | {"terms_hash": terms_hash(terms)})
    return EmploymentPlanned(
        plan=number, version=version, state=PLAN_STATES.start, cost=cost, terms_hash=terms_hash(terms)
    )


def _check_cohort(unit: Unit, terms: ScholarshipTerms, course: CourseFacts) -> list[Refusal]:
    if not terms.cohort:
        return []
    cohort = cohort_by_number(unit, unit.programme.id, terms.cohort)
    if cohort.course_id == course.id:
        return []
    return [COHORT_OF_OTHER(cohort=cohort.number, course=course.code)]


@dataclass(frozen=True, kw_only=True)
class ApproveEmploymentPlan(Command):
    """The plan that is approved."""

    plan: str


@verb("scholarships.approve_plan", roles=APPROVERS)
def approve_plan(unit: Unit, command: ApproveEmploymentPlan) -> EmploymentPlanned:
    """Approve an employment plan; who prepared it does not.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `no_such_step`, `employment_plan_own`, `not_interviewed`, `not_recommended`, `income_above_limit`,
            `trained_before`, `person_erased`.
    """
    plan = plan_by_number(unit, unit.programme.id, command.plan)
    PLAN_STATES.require(plan.state, "approved", which=plan.number)
    known = applications_by_id(unit, [plan.application_id])[plan.application_id]
    row = reached_application(unit, known.number)
    is_own = plan.prepared_by == unit.actor.id
    refuse(
        [
            *([PLAN_OWN(plan=plan.number)] if is_own else []),
            *check_eligible(standing_of(unit, row), ("planned",)),
        ]
    )
    unit.execute(
        APPROVE_PLAN,
        this_id=plan.id,
        new_state="approved",
        new_approved_on=unit.occurred_on,
        new_approved_by=unit.actor.id,
    )
    unit.changed("sf_employment_plan", plan.number, {"state": plan.state}, {"state": "approved"})
    return EmploymentPlanned(
        plan=plan.number,
        version=plan.version,
        state="approved",
        cost=plan.cost,
        terms_hash=plan.terms_hash,
    )


COMMANDS: Final[tuple[Any, ...]] = (plan_employment, approve_plan)
