"""The statements that read accompaniment, each filling one value. Must not open anything sealed."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.rows import (
    AssessmentRow,
    FollowUpRow,
    GoalRow,
    GoalStepRow,
    GraduationRow,
    HouseholdPlanRow,
    YardstickRow,
)
from seedfund.accompaniment.tables.households import (
    Assessment,
    GoalStep,
    Graduation,
    GraduationFollowUp,
    HouseholdGoal,
    HouseholdPlan,
)
from seedfund.accompaniment.tables.yardsticks import Yardstick
from seedfund.store.columns import Table
from seedfund.store.statements import Query


def _rows(model: type[Table], row: Any) -> Any:
    return sa.select(*(col(getattr(model, name)) for name in row.__slots__))


def _of_programme(model: Any, row: Any) -> Any:
    return _rows(model, row).where(col(model.programme_id) == sa.bindparam("programme"))


def _numbered(model: Any, row: Any) -> Any:
    return _of_programme(model, row).where(col(model.number) == sa.bindparam("number"))


def _last(model: Any, *keys: str) -> Any:
    """That no later version tells the same."""
    later = sa.orm.aliased(model)
    same = [getattr(later, key) == getattr(model, key) for key in keys]
    return ~sa.exists().where(*same, later.version > model.version)


def _among(column: Any, name: str) -> Any:
    return col(column).in_(sa.bindparam(name, expanding=True))


def _yardsticks() -> Any:
    return _of_programme(Yardstick, YardstickRow).where(
        col(Yardstick.kind) == sa.bindparam("kind"), col(Yardstick.code) == sa.bindparam("code")
    )


YARDSTICKS: Final = Query(
    YardstickRow,
    lambda: _of_programme(Yardstick, YardstickRow).order_by(
        col(Yardstick.kind), col(Yardstick.code), col(Yardstick.version)
    ),
)
YARDSTICK_ON: Final = Query(
    YardstickRow,
    lambda: (
        _yardsticks()
        .where(col(Yardstick.effective_from) <= sa.bindparam("day"))
        .order_by(col(Yardstick.effective_from).desc(), col(Yardstick.version).desc())
        .limit(1)
    ),
)
YARDSTICKS_BY_ID: Final = Query(
    YardstickRow, lambda: _rows(Yardstick, YardstickRow).where(_among(Yardstick.id, "ids"))
)
LAST_YARDSTICK: Final = Query(
    lambda version: int(version or 0),
    lambda: sa.select(sa.func.max(col(Yardstick.version))).where(
        col(Yardstick.programme_id) == sa.bindparam("programme"),
        col(Yardstick.kind) == sa.bindparam("kind"),
        col(Yardstick.code) == sa.bindparam("code"),
    ),
)

HOUSEHOLD_PLAN: Final = Query(
    HouseholdPlanRow, lambda: _numbered(HouseholdPlan, HouseholdPlanRow).with_for_update()
)
HOUSEHOLD_PLANS: Final = Query(
    HouseholdPlanRow,
    lambda: _of_programme(HouseholdPlan, HouseholdPlanRow).order_by(col(HouseholdPlan.number)),
)
PLANS_OF: Final = Query(
    HouseholdPlanRow,
    lambda: (
        _rows(HouseholdPlan, HouseholdPlanRow)
        .where(_among(HouseholdPlan.household_id, "households"))
        .order_by(col(HouseholdPlan.opened_on), col(HouseholdPlan.number))
    ),
)
GOALS: Final = Query(
    GoalRow,
    lambda: (
        _rows(HouseholdGoal, GoalRow)
        .where(_among(HouseholdGoal.plan_id, "plans"))
        .order_by(col(HouseholdGoal.plan_id), col(HouseholdGoal.position))
    ),
)
GOAL_STEPS: Final = Query(
    GoalStepRow,
    lambda: (
        _rows(GoalStep, GoalStepRow)
        .where(col(GoalStep.goal_id) == sa.bindparam("goal"))
        .order_by(col(GoalStep.position))
    ),
)
"""A goal's steps, the first one first."""

ASSESSMENT: Final = Query(
    AssessmentRow,
    lambda: _numbered(Assessment, AssessmentRow).where(_last(Assessment, "programme_id", "number")),
)
ASSESSMENTS: Final = Query(
    AssessmentRow,
    lambda: (
        _of_programme(Assessment, AssessmentRow)
        .where(_last(Assessment, "programme_id", "number"))
        .order_by(col(Assessment.number))
    ),
)
ASSESSMENTS_OF: Final = Query(
    AssessmentRow,
    lambda: (
        _rows(Assessment, AssessmentRow)
        .where(_among(Assessment.household_id, "households"), _last(Assessment, "programme_id", "number"))
        .order_by(col(Assessment.taken_on), col(Assessment.number))
    ),
)
"""The assessments of households that hold, the oldest first."""

GRADUATION: Final = Query(GraduationRow, lambda: _numbered(Graduation, GraduationRow).with_for_update())
GRADUATIONS: Final = Query(
    GraduationRow, lambda: _of_programme(Graduation, GraduationRow).order_by(col(Graduation.number))
)
GRADUATIONS_OF: Final = Query(
    GraduationRow,
    lambda: (
        _rows(Graduation, GraduationRow)
        .where(_among(Graduation.household_id, "households"))
        .order_by(col(Graduation.number))
    ),
)
FOLLOW_UPS: Final = Query(
    FollowUpRow,
    lambda: (
        _rows(GraduationFollowUp, FollowUpRow)
        .where(
            _among(GraduationFollowUp.graduation_id, "graduations"),
            _last(GraduationFollowUp, "graduation_id", "months"),
        )
        .order_by(col(GraduationFollowUp.graduation_id), col(GraduationFollowUp.months))
    ),
)
