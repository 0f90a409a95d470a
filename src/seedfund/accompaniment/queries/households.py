"""Plans, assessments and graduations of households; words are opened only for those who may see the person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from seedfund.accompaniment.queries.rows import (
    AssessmentRow,
    FollowUpRow,
    GoalRow,
    GraduationRow,
    HouseholdPlanRow,
    YardstickRow,
)
from seedfund.accompaniment.queries.showing import require_shown, shown_people
from seedfund.accompaniment.queries.statements import (
    ASSESSMENT,
    ASSESSMENTS,
    ASSESSMENTS_OF,
    FOLLOW_UPS,
    GOALS,
    GRADUATION,
    GRADUATIONS,
    GRADUATIONS_OF,
    HOUSEHOLD_PLAN,
    HOUSEHOLD_PLANS,
    PLANS_OF,
    YARDSTICK_ON,
    YARDSTICKS,
)
from seedfund.accompaniment.rules.graduation import FOLLOW_UP_MONTHS, Goals, follow_up_due
from seedfund.accompaniment.rules.words import YardstickKind
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.records import parse_document
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class GoalOpened:
    """A goal with its words; None where nobody can open them any more."""

    goal: GoalRow
    words: Secret | None


@dataclass(frozen=True, slots=True)
class GoalDue:
    """A goal with no end yet, as `HP-2026-0001/1`, and the day until when it was set."""

    goal: str
    participant_id: Key
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A household that graduated and is to be seen again."""

    graduation: str
    household_id: Key
    participant_id: Key
    months: int
    due_on: date


@dataclass(frozen=True, slots=True)
class HouseholdAccompanied:
    """What accompaniment knows of a household: its newest plan and goals, its last assessment, its graduation."""

    plan: HouseholdPlanRow | None
    goals: tuple[GoalRow, ...]
    assessment: AssessmentRow | None
    graduation: GraduationRow | None
    follow_ups: tuple[FollowUpRow, ...]


def goal_place(goal: Key) -> Place:
    """Where a goal's sealed words stand."""
    return Place("sf_household_goal", goal, "words")


def step_place(goal: Key, position: int) -> Place:
    """Where a step's sealed note stands."""
    return Place("sf_household_goal_step", f"{goal}:{position}", "note")


def assessment_place(assessment: Key, column: str) -> Place:
    """Where the sealed answers and note of a version of an assessment stand."""
    return Place("sf_assessment", assessment, column)


def follow_up_place(graduation: Key, months: int, version: int) -> Place:
    """Where a follow-up's sealed note stands."""
    return Place("sf_graduation_follow_up", f"{graduation}:{months}:{version}", "note")


def yardstick_on(reader: Reader, programme: Key, named: tuple[YardstickKind, str], day: date) -> YardstickRow:
    """The version of an instrument or of criteria in force on a day.

    Raises:
        NotFound: none is.
    """
    kind, code = named
    found = reader.first(YARDSTICK_ON, programme=programme, kind=kind.value, code=code, day=day)
    if found is None:
        raise NotFound(what="yardstick", which=f"{kind.value} {code}")
    return found


def household_plan_by_number(reader: Reader, programme: Key, number: str) -> HouseholdPlanRow:
    """A household's plan; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    return _found(reader.first(HOUSEHOLD_PLAN, programme=programme, number=number), "household plan", number)


def assessment_by_number(reader: Reader, programme: Key, number: str) -> AssessmentRow:
    """The version of an assessment that holds.

    Raises:
        NotFound: there is none of that number.
    """
    return _found(reader.first(ASSESSMENT, programme=programme, number=number), "assessment", number)


def graduation_by_number(reader: Reader, programme: Key, number: str) -> GraduationRow:
    """A graduation; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    return _found(reader.first(GRADUATION, programme=programme, number=number), "graduation", number)


def answers_in(vault: Vault, row: AssessmentRow) -> Mapping[str, str]:
    """The answers of an assessment: question to option."""
    opened = parse_document(vault.open(row.answers, assessment_place(row.id, "answers")).reveal())
    return {str(question): str(option) for question, option in opened.items()}


def goals_of(reader: Reader, households: Sequence[Key]) -> Mapping[Key, Goals]:
    """How many goals of each household's newest plan were achieved, of those not dropped."""
    known = accompanied(reader, households)
    return {
        household: Goals(
            achieved=sum(goal.state == "achieved" for goal in known[household].goals),
            counted=sum(goal.state != "dropped" for goal in known[household].goals),
        )
        for household in households
    }


def accompanied(reader: Reader, households: Sequence[Key]) -> Mapping[Key, HouseholdAccompanied]:
    """What is known of each household, in batches: for rules, and for a page that asks first who is looking."""
    plans = {row.household_id: row for row in reader.among(PLANS_OF, "households", households)}
    goals: dict[Key, list[GoalRow]] = defaultdict(list)
    for goal in reader.among(GOALS, "plans", [row.id for row in plans.values()]):
        goals[goal.plan_id].append(goal)
    assessments = {row.household_id: row for row in reader.among(ASSESSMENTS_OF, "households", households)}
    graduations = {row.household_id: row for row in reader.among(GRADUATIONS_OF, "households", households)}
    follow_ups: dict[Key, list[FollowUpRow]] = defaultdict(list)
    for one in reader.among(FOLLOW_UPS, "graduations", [row.id for row in graduations.values()]):
        follow_ups[one.graduation_id].append(one)
    return {
        household: HouseholdAccompanied(
            plan=plans.get(household),
            goals=tuple(goals[plans[household].id]) if household in plans else (),
            assessment=assessments.get(household),
            graduation=graduations.get(household),
            follow_ups=tuple(follow_ups[graduations[household].id]) if household in graduations else (),
        )
        for household in households
    }


def last_assessment(reader: Reader, household: Key, yardstick_code: Sequence[Key]) -> AssessmentRow | None:
    """The last assessment of a household with one of these versions of an instrument."""
    rows = reader.among(ASSESSMENTS_OF, "households", [household])
    return next((row for row in reversed(rows) if row.yardstick_id in yardstick_code), None)


def versions_of(reader: Reader, programme: Key, kind: YardstickKind, code: str) -> dict[Key, YardstickRow]:
    """Every version of an instrument or of criteria, by its key."""
    rows = reader.all(YARDSTICKS, programme=programme)
    return {row.id: row for row in rows if row.kind == kind.value and row.code == code}


def open_goals(work: Work, number: str) -> tuple[HouseholdPlanRow, tuple[GoalOpened, ...]]:
    """A household's plan with the words of its goals, for those who may see the person.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
    """
    reader = work.reader()
    plan = household_plan_by_number(reader, work.programme.id, number)
    require_shown(work, plan.participant_id, number)
    vault = open_vaults(reader, work, [plan.participant_id]).get(plan.participant_id)
    goals = reader.among(GOALS, "plans", [plan.id])
    return plan, tuple(
        GoalOpened(goal, None if vault is None else vault.open(goal.words, goal_place(goal.id)))
        for goal in goals
    )


def open_assessment(work: Work, number: str) -> tuple[AssessmentRow, Mapping[str, str] | None]:
    """An assessment with its answers, for those who may see the person; None where nobody can open them any more.

    Raises:
        NotFound: there is no such assessment.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
    """
    reader = work.reader()
    row = assessment_by_number(reader, work.programme.id, number)
    require_shown(work, row.participant_id, number)
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    return row, None if vault is None else answers_in(vault, row)


def list_household_plans(work: Work) -> list[HouseholdPlanRow]:
    """Every household's plan, by number; those of restricted people only for named roles."""
    return seen(work, work.reader().all(HOUSEHOLD_PLANS, programme=work.programme.id))


def list_assessments(work: Work) -> list[AssessmentRow]:
    """Every assessment that holds, by number; those of restricted people only for named roles."""
    return seen(work, work.reader().all(ASSESSMENTS, programme=work.programme.id))


def list_graduations(work: Work) -> list[GraduationRow]:
    """Every graduation, by number; those of restricted people only for named roles."""
    return seen(work, work.reader().all(GRADUATIONS, programme=work.programme.id))


def goals_due(work: Work, until: date) -> list[GoalDue]:
    """Goals of open plans that have no end and are due until a day (included), the oldest first.

    Those of restricted people only for named roles.
    """
    plans = {row.id: row for row in list_household_plans(work) if row.state == "open"}
    found = [
        GoalDue(
            f"{plans[goal.plan_id].number}/{goal.position}", plans[goal.plan_id].participant_id, goal.due_on
        )
        for goal in work.reader().among(GOALS, "plans", list(plans))
        if goal.state == "open" and goal.due_on <= until
    ]
    return sorted(found, key=lambda one: (one.due_on, one.goal))


def follow_ups_due(work: Work, until: date) -> list[FollowUpDue]:
    """Follow-ups due until a day (included) and not held, the oldest first; of restricted people for named roles."""
    approved = [row for row in list_graduations(work) if row.state == "approved"]
    held = work.reader().among(FOLLOW_UPS, "graduations", [row.id for row in approved])
    told = {(one.graduation_id, one.months) for one in held}
    found = [
        FollowUpDue(row.number, row.household_id, row.participant_id, months, due)
        for row in approved
        for months in FOLLOW_UP_MONTHS
        if row.decided_on is not None
        and (row.id, months) not in told
        and (due := follow_up_due(row.decided_on, months)) <= until
    ]
    return sorted(found, key=lambda one: (one.due_on, one.graduation))


def seen(work: Work, rows: Sequence[R]) -> list[R]:
    """Those of `rows` (each of a person) whom the actor may see."""
    people = shown_people(work, [_person(row) for row in rows])
    return [row for row in rows if _person(row) in people]


def _person(row: Any) -> Key:
    person: Key = row.participant_id
    return person


def _found(row: R | None, what: str, number: str) -> R:
    if row is None:
        raise NotFound(what=what, which=number)
    return row
