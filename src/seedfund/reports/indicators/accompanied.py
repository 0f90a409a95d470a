"""What is known of accompaniment as of a day: who is connected, visited, at work, at school, and what was held.

A household is connected where the last that is known of a referral by the day is that the service took somebody of it
in, or served them; one that was declined or revoked after all connects nobody.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.queries.monitoring import survivals
from seedfund.accompaniment.rules.activities import ActivityKind
from seedfund.accompaniment.rules.employment import RETENTION_MONTHS, RetentionResult, last_start_due
from seedfund.accompaniment.rules.graduation import FOLLOW_UP_MONTHS
from seedfund.accompaniment.rules.monitoring import SURVIVAL_MONTHS, Survival
from seedfund.accompaniment.rules.referrals import CONNECTED
from seedfund.accompaniment.rules.services import ServiceKind
from seedfund.accompaniment.rules.words import FollowUpStanding
from seedfund.accompaniment.tables import (
    Activity,
    ActivityReport,
    Assessment,
    Graduation,
    GraduationFollowUp,
    HouseholdPlan,
    Placement,
    Referral,
    ReferralStep,
    RetentionCheck,
    Service,
)
from seedfund.kernel.ids import Key
from seedfund.reports.indicators.bases import day_asked, households_of
from seedfund.schooling.rules import AT_SCHOOL
from seedfund.schooling.rules.words import PROVING
from seedfund.schooling.tables import Schooling, SchoolingDecision, SchoolingStep
from seedfund.store.statements import Reader
from seedfund.visits.tables import Visit, VisitDecision, VisitReport


def _last_step(step: Any, subject: Any, of: Any) -> Any:
    """The position of the last step of a thing by the day; `subject` is the step's column, `of` the thing's key."""
    last = aliased(step)
    own = getattr(last, subject)
    return (
        sa.select(sa.func.max(col(last.position)))
        .where(col(own) == of, col(last.happened_on) <= day_asked())
        .correlate(step, of.table)
        .scalar_subquery()
    )


def connected(kind: ServiceKind) -> Any:
    """The people whom a service of a kind had taken in, or served, by the day."""
    step = ReferralStep
    return (
        sa.select(col(Referral.participant_id).label("id"))
        .join(Service, col(Service.id) == col(Referral.service_id))
        .join(
            step,
            sa.and_(
                col(step.referral_id) == col(Referral.id),
                col(step.position) == _last_step(step, "referral_id", col(Referral.id)),
            ),
        )
        .where(
            col(Referral.programme_id) == sa.bindparam("programme"),
            col(Service.kind) == kind.value,
            col(step.to_state).in_(CONNECTED),
        )
    )


def visited() -> Any:
    """The people visited by the day: in order, or irregular and accepted by then; a call accompanies too."""
    later = aliased(VisitReport)
    accepted = sa.and_(col(VisitDecision.is_accepted).is_(True), col(VisitDecision.decided_on) <= day_asked())
    return (
        sa.select(col(Visit.participant_id).label("id"))
        .join(VisitReport, col(VisitReport.visit_id) == col(Visit.id))
        .outerjoin(VisitDecision, col(VisitDecision.visit_id) == col(Visit.id))
        .where(
            col(Visit.programme_id) == sa.bindparam("programme"),
            col(VisitReport.held_on) <= day_asked(),
            ~sa.exists().where(
                col(later.visit_id) == col(VisitReport.visit_id),
                col(later.version) > col(VisitReport.version),
            ),
            sa.or_(col(VisitReport.irregularity).is_(None), accepted),
        )
    )


def placed() -> Any:
    """The people who had begun to work by the day, whatever came after: placement is one count, retention another."""
    return _placements(col(Placement.starts_on) <= day_asked())


def _placements(*which: Any) -> Any:
    return sa.select(col(Placement.participant_id).label("id")).where(
        col(Placement.programme_id) == sa.bindparam("programme"), *which
    )


def retention_due(on: date, months: int) -> Any:
    """The people of whom a job began so long before the day that its check after so many months had fallen due."""
    return _placements(col(Placement.starts_on) <= sa.literal(last_start_due(on, months), sa.Date))


def kept(on: date, months: int) -> Any:
    """Those of them who were found in that job after so many months or more; who was not reached is not among them."""
    found = sa.exists().where(
        col(RetentionCheck.placement_id) == col(Placement.id),
        col(RetentionCheck.months) >= months,
        col(RetentionCheck.result) == RetentionResult.KEPT.value,
        col(RetentionCheck.checked_on) <= day_asked(),
    )
    return _placements(col(Placement.starts_on) <= sa.literal(last_start_due(on, months), sa.Date), found)


def at_school() -> Any:
    """The children proven to be enrolled in a term that had not ended by the day."""
    step, proof = SchoolingStep, aliased(SchoolingStep)
    accepted = sa.and_(
        col(SchoolingDecision.is_accepted).is_(True), col(SchoolingDecision.decided_on) <= day_asked()
    )
    return (
        sa.select(col(Schooling.participant_id).label("id"))
        .join(
            step,
            sa.and_(
                col(step.schooling_id) == col(Schooling.id),
                col(step.position) == _last_step(step, "schooling_id", col(Schooling.id)),
            ),
        )
        .outerjoin(SchoolingDecision, col(SchoolingDecision.schooling_id) == col(Schooling.id))
        .where(
            col(Schooling.programme_id) == sa.bindparam("programme"),
            col(Schooling.ends_on) >= day_asked(),
            col(step.to_state).in_(AT_SCHOOL),
            sa.exists().where(
                col(proof.schooling_id) == col(Schooling.id),
                col(proof.happened_on) <= day_asked(),
                col(proof.proof).in_([one.value for one in PROVING]),
            ),
            sa.or_(col(Schooling.irregularity).is_(None), accepted),
        )
    )


def held(kind: ActivityKind) -> Any:
    """The activities of a kind that had been held by the day."""
    return (
        sa.select(col(Activity.id).label("id"))
        .join(ActivityReport, col(ActivityReport.activity_id) == col(Activity.id))
        .where(
            col(Activity.programme_id) == sa.bindparam("programme"),
            col(Activity.kind) == kind.value,
            col(ActivityReport.version) == 1,
            col(ActivityReport.held_on) <= day_asked(),
        )
    )


def graduated() -> Any:
    """Households whose graduation a second person had approved by the day."""
    return sa.select(col(Graduation.household_id).label("id")).where(
        col(Graduation.programme_id) == sa.bindparam("programme"),
        col(Graduation.state) == "approved",
        col(Graduation.decided_on) <= day_asked(),
    )


def assessed() -> Any:
    """Households that had been assessed by the day, with whatever instrument and whatever was left unanswered."""
    return sa.select(col(Assessment.household_id).label("id")).where(
        col(Assessment.programme_id) == sa.bindparam("programme"), col(Assessment.taken_on) <= day_asked()
    )


def planned() -> Any:
    """Households that had set themselves a plan by the day, closed or not."""
    return sa.select(col(HouseholdPlan.household_id).label("id")).where(
        col(HouseholdPlan.programme_id) == sa.bindparam("programme"),
        col(HouseholdPlan.opened_on) <= day_asked(),
    )


def found_after(months: int, *standings: FollowUpStanding) -> Any:
    """Households that had graduated and stood so after some months, as it was last told by the day."""
    told, later = GraduationFollowUp, aliased(GraduationFollowUp)
    told_again = sa.exists().where(
        col(later.graduation_id) == col(told.graduation_id),
        col(later.months) == col(told.months),
        col(later.version) > col(told.version),
        col(later.held_on) <= day_asked(),
    )
    return (
        sa.select(col(Graduation.household_id).label("id"))
        .join(told, col(told.graduation_id) == col(Graduation.id))
        .where(
            col(Graduation.programme_id) == sa.bindparam("programme"),
            col(told.months) == months,
            col(told.held_on) <= day_asked(),
            col(told.standing).in_([one.value for one in standings]),
            ~told_again,
        )
    )


def _stood(*standings: FollowUpStanding) -> Callable[[int], Callable[[date], Any]]:
    return lambda months: lambda _: found_after(months, *standings)


_SUSTAINED: Final = _stood(FollowUpStanding.SUSTAINED)
_FOUND: Final = _stood(FollowUpStanding.SUSTAINED, FollowUpStanding.SLIPPED_BACK)
HOUSEHOLDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "connected_to_health": lambda _: households_of(connected(ServiceKind.HEALTH)),
        "connected_to_education": lambda _: households_of(connected(ServiceKind.EDUCATION)),
        "accompanied": lambda _: households_of(visited()),
        "has_children_at_school": lambda _: households_of(at_school()),
        "assessed": lambda _: assessed(),
        "has_household_plan": lambda _: planned(),
        "graduated": lambda _: graduated(),
        **{f"sustained_at_{months}": _SUSTAINED(months) for months in FOLLOW_UP_MONTHS},
        **{f"found_at_{months}": _FOUND(months) for months in FOLLOW_UP_MONTHS},
    }
)
"""Facts of households, by name."""


def _at(fact: Callable[[date, int], Any], months: int) -> Callable[[date], Any]:
    return lambda on: fact(on, months)


PEOPLE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "placed": lambda _: placed(),
        "at_school": lambda _: at_school(),
        **{f"job_due_at_{months}": _at(retention_due, months) for months in RETENTION_MONTHS},
        **{f"job_kept_at_{months}": _at(kept, months) for months in RETENTION_MONTHS},
    }
)
"""Facts of people, by name."""


def _known(months: int, *answers: Survival) -> Callable[[Reader, Key, date], list[Key]]:
    """The businesses of which one of these is known at a month after the first payment."""

    def read(reader: Reader, programme: Key, on: date) -> list[Key]:
        found = survivals(reader, programme, on)
        return [plan for plan, known in found.items() if known[months] in answers]

    return read


BUSINESSES: Final[Mapping[str, Callable[[Reader, Key, date], list[Key]]]] = MappingProxyType(
    {
        **{
            f"business_operating_at_{months}": _known(months, Survival.OPERATING)
            for months in SURVIVAL_MONTHS
        },
        **{
            f"business_looked_at_{months}": _known(months, Survival.OPERATING, Survival.NOT_OPERATING)
            for months in SURVIVAL_MONTHS
        },
    }
)
"""Facts of businesses, by name, read one after the other: a month of days is no arithmetic of both databases."""
ACTIVITIES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "community_activity_held": lambda _: held(ActivityKind.COMMUNITY),
        "outreach_held": lambda _: held(ActivityKind.OUTREACH),
        "job_fair_held": lambda _: held(ActivityKind.JOB_FAIR),
    }
)
"""Facts of activities, by name."""
