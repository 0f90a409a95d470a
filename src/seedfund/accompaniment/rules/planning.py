"""Why a household's plan cannot be opened or closed, or a goal set. Must not know how plans are stored."""

from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

HOUSEHOLD_WITHOUT_HEAD = RefusalCode(
    "household_without_head",
    "{household} has no head any more.",
    "Record who heads it now, then try again.",
)
HOUSEHOLD_PLAN_OPEN = RefusalCode(
    "household_plan_open",
    "{household} has the plan {plan} open already.",
    "Add the goals to it, or close it first.",
)
HOUSEHOLD_PLAN_CLOSED = RefusalCode(
    "household_plan_closed",
    "The plan {plan} is closed.",
    "Open another plan for the household.",
)
GOALS_OPEN = RefusalCode(
    "goals_open",
    "{count} goals of the plan {plan} have no end yet.",
    "Say of each whether it was achieved, not achieved or dropped.",
)
GOAL_DUE_BEFORE = RefusalCode(
    "goal_due_before",
    "A goal cannot be due on {due}, before {today}.",
    "Give a day from {today} on.",
)
REFUSALS: Final = (
    *(HOUSEHOLD_WITHOUT_HEAD, HOUSEHOLD_PLAN_OPEN, HOUSEHOLD_PLAN_CLOSED, GOALS_OPEN, GOAL_DUE_BEFORE),
)


def check_due(days: tuple[date, ...], *, today: date) -> list[Refusal]:
    """Why goals may not be due on these days."""
    return [GOAL_DUE_BEFORE(due=day, today=today) for day in days if day < today]


def check_close(plan: str, *, open_goals: int) -> list[Refusal]:
    """Why a plan may not be closed."""
    return [GOALS_OPEN(plan=plan, count=open_goals)] if open_goals else []
