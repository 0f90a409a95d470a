"""Household plans: opened with their goals, a goal added, a goal ended, the plan closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.households import goal_place, household_plan_by_number, step_place
from seedfund.accompaniment.queries.rows import HouseholdPlanRow
from seedfund.accompaniment.queries.statements import GOAL_STEPS, GOALS, PLANS_OF
from seedfund.accompaniment.rules.days import check_day
from seedfund.accompaniment.rules.planning import (
    HOUSEHOLD_PLAN_CLOSED,
    HOUSEHOLD_PLAN_OPEN,
    check_close,
    check_due,
)
from seedfund.accompaniment.rules.states import GOAL_STATES, HOUSEHOLD_PLAN_STATES
from seedfund.accompaniment.rules.words import GoalOutcome
from seedfund.accompaniment.service.common import ACCOMPANY, reached_household, reached_person
from seedfund.accompaniment.tables.households import GoalStep, HouseholdGoal, HouseholdPlan
from seedfund.kernel.errors import InvalidInput, NotFound, Refused, refuse
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.visits.rules import Dimension

SERIES: Final = "HP"
_MOVE_GOAL: Final = Write(
    lambda: (
        sa.update(HouseholdGoal)
        .where(col(HouseholdGoal.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)
_CLOSE: Final = Write(
    lambda: (
        sa.update(HouseholdPlan)
        .where(col(HouseholdPlan.id) == sa.bindparam("this_id"))
        .values(state="closed", closed_on=sa.bindparam("new_day"))
    )
)


@dataclass(frozen=True, kw_only=True)
class GoalSet:
    """A goal in the household's words, in one dimension, until a day."""

    dimension: Dimension
    words: Secret
    due_on: date


@dataclass(frozen=True, kw_only=True)
class OpenHouseholdPlan(Command):
    """What a household sets out to reach."""

    household: str
    goals: tuple[GoalSet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddGoal(Command):
    """A further goal of an open plan."""

    plan: str
    goal: GoalSet


@dataclass(frozen=True, kw_only=True)
class EndGoal(Command):
    """How a goal of a plan ended, and what there is to say of it."""

    plan: str
    goal: int
    outcome: GoalOutcome
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class CloseHouseholdPlan(Command):
    """A plan that came to its end."""

    plan: str


@dataclass(frozen=True, kw_only=True)
class HouseholdPlanChanged:
    """The plan's number and state, and how many goals it has."""

    number: str
    state: str
    goals: int


@verb("accompaniment.open_household_plan", roles=ACCOMPANY)
def open_household_plan(unit: Unit, command: OpenHouseholdPlan) -> HouseholdPlanChanged:
    """Open a household's plan with its goals; a household has one open plan.

    Raises:
        NotFound: there is no such household.
        NotAllowed: its head is restricted, and the actor's roles do not reach them.
        InvalidInput: a goal has no words.
        Refused: `household_without_head`, `person_erased`, `household_plan_open`, `goal_due_before`.
    """
    to = reached_household(unit, command.household)
    known = [row for row in unit.among(PLANS_OF, "households", [to.household_id]) if row.state == "open"]
    refuse(
        [
            *(HOUSEHOLD_PLAN_OPEN(household=to.household, plan=row.number) for row in known),
            *check_due(tuple(goal.due_on for goal in command.goals), today=unit.occurred_on),
        ]
    )
    plan, number = unit.key(), unit.human_number(SERIES)
    row = HouseholdPlanRow(
        plan, number, to.household_id, to.participant_id, HOUSEHOLD_PLAN_STATES.start, unit.occurred_on, None
    )
    unit.insert(
        HouseholdPlan,
        id=plan,
        programme_id=unit.programme.id,
        number=number,
        household_id=to.household_id,
        participant_id=to.participant_id,
        state=row.state,
        opened_on=unit.occurred_on,
        closed_on=None,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_household_plan", number, {"state": row.state, "household": to.household})
    _write_goals(unit, row, command.goals, after=0)
    return HouseholdPlanChanged(number=number, state=row.state, goals=len(command.goals))


@verb("accompaniment.add_goal", roles=ACCOMPANY)
def add_goal(unit: Unit, command: AddGoal) -> HouseholdPlanChanged:
    """Add a goal to a household's open plan.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: the goal has no words.
        Refused: `person_erased`, `household_plan_closed`, `household_step_before`, `goal_due_before`.
    """
    plan = _open_plan(unit, command.plan)
    refuse(
        [
            *check_day(plan.number, unit.occurred_on, last=plan.opened_on),
            *check_due((command.goal.due_on,), today=unit.occurred_on),
        ]
    )
    known = len(unit.among(GOALS, "plans", [plan.id]))
    _write_goals(unit, plan, (command.goal,), after=known)
    return HouseholdPlanChanged(number=plan.number, state=plan.state, goals=known + 1)


@verb("accompaniment.end_goal", roles=ACCOMPANY)
def end_goal(unit: Unit, command: EndGoal) -> HouseholdPlanChanged:
    """Say how a goal ended: achieved, not achieved or dropped; one that was missed may still be reached late.

    Raises:
        NotFound: there is no such plan or goal.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `household_plan_closed`, `no_such_step`, `household_step_before`.
    """
    plan = _open_plan(unit, command.plan)
    goals = unit.among(GOALS, "plans", [plan.id])
    goal = next((one for one in goals if one.position == command.goal), None)
    which = f"{plan.number}/{command.goal}"
    if goal is None:
        raise NotFound(what="goal", which=which)
    GOAL_STATES.require(goal.state, command.outcome.value, which=which)
    days = [step.happened_on for step in unit.all(GOAL_STEPS, goal=goal.id)]
    refuse(check_day(which, unit.occurred_on, last=max([plan.opened_on, *days])))
    position = len(days) + 1
    note = None
    if command.note is not None:
        unit.owns(plan.participant_id, command.note)
        note = unit.vault(plan.participant_id).seal(command.note, step_place(goal.id, position))
    unit.execute(_MOVE_GOAL, this_id=goal.id, new_state=command.outcome.value)
    unit.insert(
        GoalStep,
        goal_id=goal.id,
        position=position,
        from_state=goal.state,
        to_state=command.outcome.value,
        note=note,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.changed("sf_household_goal", which, {"state": goal.state}, {"state": command.outcome.value})
    return HouseholdPlanChanged(number=plan.number, state=plan.state, goals=len(goals))


@verb("accompaniment.close_household_plan", roles=ACCOMPANY)
def close_household_plan(unit: Unit, command: CloseHouseholdPlan) -> HouseholdPlanChanged:
    """Close a household's plan once every goal of it has an end.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `household_plan_closed`, `goals_open`, `household_step_before`.
    """
    plan = _open_plan(unit, command.plan)
    goals = unit.among(GOALS, "plans", [plan.id])
    days = [step.happened_on for goal in goals for step in unit.all(GOAL_STEPS, goal=goal.id)]
    refuse(
        [
            *check_close(plan.number, open_goals=sum(goal.state == "open" for goal in goals)),
            *check_day(plan.number, unit.occurred_on, last=max([plan.opened_on, *days])),
        ]
    )
    unit.execute(_CLOSE, this_id=plan.id, new_day=unit.occurred_on)
    unit.changed("sf_household_plan", plan.number, {"state": plan.state}, {"state": "closed"})
    return HouseholdPlanChanged(number=plan.number, state="closed", goals=len(goals))


def _open_plan(unit: Unit, number: str) -> HouseholdPlanRow:
    plan = household_plan_by_number(unit, unit.programme.id, number)
    reached_person(unit, plan.participant_id, plan.number)
    if plan.state != "open":
        raise Refused([HOUSEHOLD_PLAN_CLOSED(plan=plan.number)])
    return plan


def _write_goals(unit: Unit, plan: HouseholdPlanRow, goals: Sequence[GoalSet], *, after: int) -> None:
    for position, goal in enumerate(goals, start=after + 1):
        if not goal.words.reveal().strip():
            raise InvalidInput(
                field="goals", problem="it is empty", remedy="write the goal in the household's words"
            )
        unit.owns(plan.participant_id, goal.words)
        this = unit.key()
        unit.insert(
            HouseholdGoal,
            id=this,
            plan_id=plan.id,
            position=position,
            dimension=goal.dimension.value,
            words=unit.vault(plan.participant_id).seal(goal.words, goal_place(this)),
            due_on=goal.due_on,
            state=GOAL_STATES.start,
            recorded_at=unit.now,
            recorded_by=unit.actor.id,
        )
        unit.created(
            "sf_household_goal",
            f"{plan.number}/{position}",
            {"state": GOAL_STATES.start, "dimension": goal.dimension.value, "due_on": str(goal.due_on)},
        )
