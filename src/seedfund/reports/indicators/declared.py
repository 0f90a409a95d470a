"""The indicators, as data: what is counted, out of whom, from which source. A new meaning is a new version.

Sources: domain, seed checklist (9.1) and standard indicators (9.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from seedfund.people.rules import PopulationGroup
from seedfund.reports.indicators.rules import Dimension, Unit

PROGRAMME: Final = "programme"
ALWAYS: Final = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator.

    `numerator` and `denominator` name the facts that all have to hold (none: every row counts), `any_of` facts of
    which one has to hold for the numerator; without a `denominator` it is a plain count. `of_groups` counts only rows
    of these groups. `title` is a message id.
    """

    code: str
    title: str
    source: str = PROGRAMME
    unit: Unit
    version: int = 1
    numerator: tuple[str, ...] = ALWAYS
    any_of: tuple[str, ...] = ALWAYS
    denominator: tuple[str, ...] | None = None
    of_groups: Mapping[Dimension, tuple[str, ...]] | None = None


_REFUGEE: Final = {Dimension.POPULATION_GROUP: (PopulationGroup.REFUGEE.value,)}
_HOST: Final = {Dimension.POPULATION_GROUP: (PopulationGroup.HOST.value,)}
_SUSTAINED: Final = {
    3: "Graduated households that stood three months after, of those found then",
    6: "Graduated households that stood six months after, of those found then",
    12: "Graduated households that stood twelve months after, of those found then",
}
_KEPT: Final = {
    1: "Persons placed who were in the job after one month",
    3: "Persons placed who were in the job after three months",
    6: "Persons placed who were in the job after six months",
}

INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        one.code: one
        for one in (
            Indicator(code="households_enrolled", title="Households enrolled", unit=Unit.HOUSEHOLD),
            Indicator(
                code="households_headed_by_women",
                title="Households headed by women",
                unit=Unit.HOUSEHOLD,
                numerator=("headed_by_a_woman",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_with_savings_account",
                title="Households with a savings account at a bank or cooperative",
                unit=Unit.HOUSEHOLD,
                numerator=("has_savings_account",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="persons_with_account",
                title="Persons of 15 and over with an account",
                source="UNHCR 13.1",
                unit=Unit.PERSON,
                any_of=("has_formal_account", "uses_mobile_money"),
                denominator=("aged_15_or_over",),
            ),
            Indicator(
                code="refugee_households_with_cash_transfer",
                title="Refugee households that received a cash transfer from us",
                unit=Unit.HOUSEHOLD,
                numerator=("cash_transfer_from_us",),
                denominator=ALWAYS,
                of_groups=_REFUGEE,
            ),
            Indicator(
                code="host_households_with_cash_transfer",
                title="Host households that received a cash transfer from others",
                unit=Unit.HOUSEHOLD,
                numerator=("cash_transfer_from_others",),
                denominator=ALWAYS,
                of_groups=_HOST,
            ),
            Indicator(
                code="businesses_with_seed_capital",
                title="Businesses that received seed capital",
                unit=Unit.BUSINESS,
                numerator=("business_got_seed_capital",),
            ),
            Indicator(
                code="businesses_reinforced",
                title="Businesses reinforced with seed capital and training",
                unit=Unit.BUSINESS,
                numerator=("business_got_seed_capital", "business_owner_trained"),
            ),
            Indicator(
                code="businesses_operating_after_3_months",
                title="Businesses operating three months after the first payment, of those visited then",
                unit=Unit.BUSINESS,
                numerator=("business_operating_at_3",),
                denominator=("business_looked_at_3",),
            ),
            Indicator(
                code="businesses_operating_after_6_months",
                title="Businesses operating six months after the first payment, of those visited then",
                unit=Unit.BUSINESS,
                numerator=("business_operating_at_6",),
                denominator=("business_looked_at_6",),
            ),
            Indicator(
                code="businesses_operating_after_12_months",
                title="Businesses operating twelve months after the first payment, of those visited then",
                unit=Unit.BUSINESS,
                numerator=("business_operating_at_12",),
                denominator=("business_looked_at_12",),
            ),
            Indicator(
                code="courses_given",
                title="Training courses given",
                unit=Unit.COURSE,
                numerator=("course_given",),
            ),
            Indicator(
                code="vocational_courses_given",
                title="Vocational courses given: those followed on scholarships",
                unit=Unit.COURSE,
                numerator=("course_given", "course_on_scholarships"),
            ),
            Indicator(
                code="persons_who_completed_a_course",
                title="Persons who completed a course",
                unit=Unit.PERSON,
                numerator=("completed_a_course",),
            ),
            Indicator(
                code="persons_certified",
                title="Persons certified for a course",
                unit=Unit.PERSON,
                numerator=("certified",),
            ),
            Indicator(code="scholarships_awarded", title="Scholarships awarded", unit=Unit.SCHOLARSHIP),
            Indicator(
                code="scholarships_completed",
                title="Scholarships whose course was completed",
                unit=Unit.SCHOLARSHIP,
                numerator=("scholarship_completed",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="scholarships_certified",
                title="Scholarships whose trainee was certified",
                unit=Unit.SCHOLARSHIP,
                numerator=("scholarship_certified",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="trainees_in_work_after_1_month",
                title="Trainees in the trade they learned one month after the course",
                source="INDIKIT",
                unit=Unit.SCHOLARSHIP,
                numerator=("scholarship_due_at_1", "scholarship_work_at_1"),
                denominator=("scholarship_due_at_1",),
            ),
            Indicator(
                code="trainees_in_work_after_6_months",
                title="Trainees in the trade they learned six months after the course",
                source="INDIKIT",
                unit=Unit.SCHOLARSHIP,
                numerator=("scholarship_due_at_6", "scholarship_work_at_6"),
                denominator=("scholarship_due_at_6",),
            ),
            Indicator(
                code="households_assessed",
                title="Households assessed",
                unit=Unit.HOUSEHOLD,
                numerator=("assessed",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_with_plan",
                title="Households with a plan of their own",
                unit=Unit.HOUSEHOLD,
                numerator=("has_household_plan",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_graduated",
                title="Households that graduated",
                unit=Unit.HOUSEHOLD,
                numerator=("graduated",),
                denominator=ALWAYS,
            ),
            *(
                Indicator(
                    code=f"households_sustained_after_{months}_months",
                    title=title,
                    unit=Unit.HOUSEHOLD,
                    numerator=(f"sustained_at_{months}",),
                    denominator=(f"found_at_{months}",),
                )
                for months, title in _SUSTAINED.items()
            ),
            Indicator(
                code="women_among_those_who_completed_a_course",
                title="Women among the people who completed a course",
                unit=Unit.PERSON,
                numerator=("completed_a_course", "woman"),
                denominator=("completed_a_course",),
            ),
            Indicator(
                code="women_among_account_holders",
                title="Women among the people with an account at a bank or cooperative",
                unit=Unit.PERSON,
                numerator=("has_formal_account", "woman"),
                denominator=("has_formal_account",),
            ),
            Indicator(
                code="women_among_recipients",
                title="Women among the people who received money or goods",
                unit=Unit.PERSON,
                numerator=("recipient", "woman"),
                denominator=("recipient",),
            ),
            Indicator(
                code="women_among_recipients_of_seed_capital",
                title="Women among the recipients of seed capital",
                unit=Unit.PERSON,
                numerator=("recipient_of_seed_capital", "woman"),
                denominator=("recipient_of_seed_capital",),
            ),
            Indicator(
                code="women_among_recipients_of_cash_transfers",
                title="Women among the recipients of cash transfers",
                unit=Unit.PERSON,
                numerator=("recipient_of_cash_transfer", "woman"),
                denominator=("recipient_of_cash_transfer",),
            ),
            Indicator(
                code="households_connected_to_health",
                title="Households connected to health services",
                unit=Unit.HOUSEHOLD,
                numerator=("connected_to_health",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_connected_to_education",
                title="Households connected to education services",
                unit=Unit.HOUSEHOLD,
                numerator=("connected_to_education",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_accompanied",
                title="Households accompanied with visits",
                unit=Unit.HOUSEHOLD,
                numerator=("accompanied",),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_connected_and_accompanied",
                title="Households connected to health and education services and accompanied",
                unit=Unit.HOUSEHOLD,
                numerator=("connected_to_health", "connected_to_education", "accompanied"),
                denominator=ALWAYS,
            ),
            Indicator(
                code="households_with_children_at_school",
                title="Households with children enrolled in school",
                unit=Unit.HOUSEHOLD,
                numerator=("has_children_at_school",),
            ),
            Indicator(
                code="children_at_school",
                title="Children enrolled in school",
                unit=Unit.PERSON,
                numerator=("at_school",),
            ),
            Indicator(
                code="persons_placed",
                title="Persons who began to work",
                unit=Unit.PERSON,
                numerator=("placed",),
            ),
            *(
                Indicator(
                    code=f"persons_in_the_job_after_{months}_{'month' if months == 1 else 'months'}",
                    title=title,
                    unit=Unit.PERSON,
                    numerator=(f"job_kept_at_{months}",),
                    denominator=(f"job_due_at_{months}",),
                )
                for months, title in _KEPT.items()
            ),
            Indicator(
                code="community_activities_held",
                title="Community activities held",
                unit=Unit.ACTIVITY,
                numerator=("community_activity_held",),
            ),
            Indicator(
                code="outreach_campaigns_held",
                title="Outreach campaigns held",
                unit=Unit.ACTIVITY,
                numerator=("outreach_held",),
            ),
            Indicator(
                code="job_fairs_held",
                title="Job fairs held",
                unit=Unit.ACTIVITY,
                numerator=("job_fair_held",),
            ),
        )
    }
)
