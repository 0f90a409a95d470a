"""Who is planned with and awarded: applications, interviews, employment plans. Must not know rows.

A trainee is adult, or between 15 and 17 with a guardian's paper, within the income the programme serves, and was not
trained with programme money before (domain: vocational scholarship).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

ADULT: Final = 18
GUARDED_FROM: Final = 15

APPLICATION_OPEN: Final = RefusalCode(
    "application_open",
    "{participant} has the application {application}, which is {state}.",
    "Go on with that one, or close it with its reason.",
)
APPLICANT_TOO_YOUNG: Final = RefusalCode(
    "applicant_too_young",
    "{participant} is {age} years old, and a trainee is {least} or older.",
    "Refer the person to school or to another service.",
)
GUARDIAN_PAPER: Final = RefusalCode(
    "guardian_paper_missing",
    "{participant} is {age} years old, and no paper of a guardian is named.",
    "Have the guardian sign, and give the paper's SHA-256.",
)
AGE_UNKNOWN: Final = RefusalCode(
    "applicant_age_unknown",
    "The age of {participant} is not known.",
    "Complete the date or year of birth first.",
)
NOT_INTERVIEWED: Final = RefusalCode(
    "not_interviewed",
    "The application {application} is {state}; no interview recommends it.",
    "Interview the person first.",
)
NOT_RECOMMENDED: Final = RefusalCode(
    "not_recommended",
    "The last interview of {application} does not recommend the course.",
    "Interview the person again, or close the application.",
)
INCOME_ABOVE: Final = RefusalCode(
    "income_above_limit",
    "The last interview of {application} found an income above what the programme serves.",
    "Close the application, or interview the person again.",
)
TRAINED_BEFORE: Final = RefusalCode(
    "trained_before",
    "{participant} was trained with programme money before: {earlier}.",
    "Close the application; a person is trained once.",
)
COHORT_OF_OTHER: Final = RefusalCode(
    "cohort_of_other_course",
    "{cohort} is not a cohort of the course {course}.",
    "Name a cohort of that course, or leave it out.",
)
PLAN_OWN: Final = RefusalCode(
    "employment_plan_own",
    "Who prepared {plan} does not approve it.",
    "Ask a colleague with the authority to decide.",
)
PLAN_NOT_APPROVED: Final = RefusalCode(
    "employment_plan_not_approved",
    "The employment plan {plan} is {state}.",
    "Have it approved by another person first.",
)
AWARD_NOT_AS_PLANNED: Final = RefusalCode(
    "award_not_as_planned",
    "The award is of {amount}, and {plan} costs {planned}.",
    "Award what was planned, or plan again.",
)
AWARD_BY_PLANNER: Final = RefusalCode(
    "award_by_planner",
    "Who prepared {plan} does not award on it.",
    "Ask a colleague with the authority to decide.",
)
BENEFIT_UNTIED: Final = RefusalCode(
    "benefit_not_tied_to_attendance",
    "The benefit {benefit} is not tied to attendance, so that fees and stipends would wait for each other.",
    "Choose a benefit that is tied to attendance, or have this one changed.",
)
REFUSALS: Final = (
    *(APPLICATION_OPEN, APPLICANT_TOO_YOUNG, GUARDIAN_PAPER, AGE_UNKNOWN, NOT_INTERVIEWED),
    *(NOT_RECOMMENDED, INCOME_ABOVE, TRAINED_BEFORE, COHORT_OF_OTHER, PLAN_OWN, PLAN_NOT_APPROVED),
    *(AWARD_NOT_AS_PLANNED, AWARD_BY_PLANNER, BENEFIT_UNTIED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationStanding:
    """An application as planning and approval see it: what the last interview said, and what was funded before."""

    application: str
    participant: str
    state: str
    is_recommended: bool | None = None
    is_within_income: bool | None = None
    earlier: str = ""


def check_age(participant: str, age: int | None, *, has_guardian: bool) -> list[Refusal]:
    """Why somebody of an age in completed years (None: not known) does not apply."""
    if age is None:
        return [AGE_UNKNOWN(participant=participant)]
    if age < GUARDED_FROM:
        return [APPLICANT_TOO_YOUNG(participant=participant, age=age, least=GUARDED_FROM)]
    if age < ADULT and not has_guardian:
        return [GUARDIAN_PAPER(participant=participant, age=age)]
    return []


def check_eligible(standing: ApplicationStanding, wanted: Sequence[str]) -> list[Refusal]:
    """Why nobody is planned with, or approved, on an application that has to be in one of the states wanted."""
    refusals = []
    if standing.state not in wanted:
        refusals.append(NOT_INTERVIEWED(application=standing.application, state=standing.state))
    if standing.is_recommended is False:
        refusals.append(NOT_RECOMMENDED(application=standing.application))
    if standing.is_within_income is False:
        refusals.append(INCOME_ABOVE(application=standing.application))
    if standing.earlier:
        refusals.append(TRAINED_BEFORE(participant=standing.participant, earlier=standing.earlier))
    return refusals


def check_award(
    plan: str, state: str, *, amount: Money, planned: Money, is_planner: bool, untied_benefit: str
) -> list[Refusal]:
    """Why a plan is not awarded on; `untied_benefit` is the benefit's code where attendance does not rule it."""
    refusals = [] if state == "approved" else [PLAN_NOT_APPROVED(plan=plan, state=state)]
    if is_planner:
        refusals.append(AWARD_BY_PLANNER(plan=plan))
    if amount != planned:
        refusals.append(AWARD_NOT_AS_PLANNED(amount=amount, plan=plan, planned=planned))
    if untied_benefit:
        refusals.append(BENEFIT_UNTIED(benefit=untied_benefit))
    return refusals
