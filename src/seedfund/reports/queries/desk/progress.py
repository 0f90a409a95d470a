"""Household plans, assessments and graduations as the desk shows them; words only for those who accompany people."""

from datetime import date

from seedfund.accompaniment.queries.corrected import Corrected, corrected_graduations
from seedfund.accompaniment.queries.households import (
    graduation_by_number,
    list_assessments,
    list_graduations,
    list_household_plans,
    open_assessment,
    open_goals,
)
from seedfund.accompaniment.queries.showing import require_shown
from seedfund.accompaniment.queries.statements import FOLLOW_UPS, YARDSTICKS_BY_ID
from seedfund.accompaniment.queries.yardsticks import instrument_in
from seedfund.kernel.dates import local_date
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_rows, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.store.records import parse_document
from seedfund.store.work import Work


def _homes(work: Work, households: list[Key]) -> dict[Key, str]:
    rows = household_rows(work.reader(), list(dict.fromkeys(households)))
    return {key: row.number for key, row in rows.items()}


def _yardsticks(work: Work, keys: list[Key]) -> dict[Key, str]:
    """The code and version of each instrument or set of criteria."""
    found = work.reader().among(YARDSTICKS_BY_ID, "ids", list(dict.fromkeys(keys)))
    return {one.id: f"{one.code} v{one.version}" for one in found}


def household_plan_rows(work: Work) -> list[Row]:
    """Every household's plan; those of restricted people only for named roles."""
    found = list_household_plans(work)
    homes = _homes(work, [one.household_id for one in found])
    return [
        {
            "number": one.number,
            "household": homes[one.household_id],
            "opened_on": one.opened_on,
            "closed_on": one.closed_on,
            "state": Word(one.state),
        }
        for one in found
    ]


def show_household_plan(work: Work, number: str) -> Thing:
    """A household's plan with its goals."""
    plan, opened = open_goals(work, number.upper())
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    fields: Row = {
        "household": _homes(work, [plan.household_id])[plan.household_id],
        "opened_on": plan.opened_on,
        "closed_on": plan.closed_on,
        "state": Word(plan.state),
    }
    goals: list[Row] = [
        {
            "position": one.goal.position,
            "dimension": Word(one.goal.dimension),
            "goal": one.words if may_read else None,
            "due_on": one.goal.due_on,
            "state": Word(one.goal.state),
        }
        for one in opened
    ]
    return Thing("household plan", plan.number, fields, {"goals": goals})


def assessment_rows(work: Work) -> list[Row]:
    """Every assessment that holds, with its readiness; one that is not complete says how much was not answered."""
    found = list_assessments(work)
    homes = _homes(work, [one.household_id for one in found])
    asked = _yardsticks(work, [one.yardstick_id for one in found])
    return [
        {
            "number": one.number,
            "household": homes[one.household_id],
            "instrument": asked[one.yardstick_id],
            "on": one.taken_on,
            "readiness": _percent(one.basis_points),
            "unanswered": one.unanswered,
        }
        for one in found
    ]


def show_assessment(work: Work, number: str) -> Thing:
    """An assessment with its answers, and the questions of its instrument that have none."""
    one, answers = open_assessment(work, number.upper())
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    yardstick = work.reader().among(YARDSTICKS_BY_ID, "ids", [one.yardstick_id])[0]
    fields: Row = {
        "household": _homes(work, [one.household_id])[one.household_id],
        "instrument": f"{yardstick.code} v{yardstick.version}",
        "on": one.taken_on,
        "version": one.version,
        "readiness": _percent(one.basis_points),
        "unanswered": one.unanswered,
    }
    given: list[Row] = []
    unanswered: list[Row] = []
    if answers is not None and may_read:
        given = [{"question": question, "answer": answer} for question, answer in answers.items()]
        unanswered = [
            {"dimension": Word(each.dimension.value), "question": each.code, "text": each.text}
            for each in instrument_in(yardstick).questions
            if each.code not in answers
        ]
    return Thing("assessment", one.number, fields, {"answers": given, "unanswered": unanswered})


def graduation_rows(work: Work) -> list[Row]:
    """Every graduation, and whether its assessment was corrected since; of restricted people for named roles."""
    found = list_graduations(work)
    homes = _homes(work, [one.household_id for one in found])
    moved = _corrected(work)
    return [
        {
            "number": one.number,
            "household": homes[one.household_id],
            "proposed_on": one.proposed_on,
            "decided_on": one.decided_on,
            "state": Word(one.state),
            "assessment_corrected_on": _day(work, moved[one.id]) if one.id in moved else None,
            "not_met_today": moved[one.id].unmet if one.id in moved else None,
        }
        for one in found
    ]


def _corrected(work: Work) -> dict[Key, Corrected]:
    return {one.graduation_id: one for one in corrected_graduations(work)}


def _day(work: Work, one: Corrected) -> date:
    return local_date(one.corrected_at, work.programme.zone)


def show_graduation(work: Work, number: str) -> Thing:
    """A graduation with what every criterion found, and how the household was found afterwards.

    Where the assessment it rests on was corrected since, it is said when and why, and what the answers of today find.
    """
    reader = work.reader()
    one = graduation_by_number(reader, work.programme.id, number.upper())
    require_shown(work, one.participant_id, one.number)
    fields: Row = {
        "household": _homes(work, [one.household_id])[one.household_id],
        "criteria": _yardsticks(work, [one.yardstick_id])[one.yardstick_id],
        "state": Word(one.state),
        "proposed_on": one.proposed_on,
        "decided_on": one.decided_on,
        "reason": one.reason,
    }
    found: list[Row] = [
        {"criterion": str(each["code"]), "finding": Word(str(each["finding"]))}
        for each in parse_document(one.found)
    ]
    moved = _corrected(work).get(one.id)
    if moved is not None:
        fields |= {
            "assessment": f"{moved.assessment} v{moved.version}",
            "assessment_corrected_on": _day(work, moved),
            "corrected_by": moved.corrected_by,
            "correction": moved.reason,
            "not_met_today": moved.unmet,
        }
        today = {each.code: Word(each.finding.value) for each in moved.found or ()}
        found = [{**row, "by_todays_answers": today.get(row["criterion"])} for row in found]
    after: list[Row] = [
        {"months": each.months, "on": each.held_on, "standing": Word(each.standing)}
        for each in reader.among(FOLLOW_UPS, "graduations", [one.id])
    ]
    return Thing("graduation", one.number, fields, {"criteria": found, "follow_ups": after})


def _percent(basis_points: int | None) -> str | None:
    return None if basis_points is None else f"{basis_points / 100:.1f} %"
