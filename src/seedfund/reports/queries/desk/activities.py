"""Activities of a community as the desk shows them: how many came, and who, as far as each may be seen."""

from seedfund.accompaniment.queries.activities import (
    ActivityOpened,
    ActivityRow,
    came_to,
    list_activities,
    open_activity,
)
from seedfund.accompaniment.rules.activities import came_by_sex
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.store.work import Work


def _activity(one: ActivityRow) -> Row:
    return {
        "kind": Word(one.kind.value),
        "title": one.title,
        "locality": one.locality,
        "planned_on": one.planned_on,
        "held_on": one.held_on,
        "state": Word(one.state),
    }


def activity_rows(work: Work) -> list[Row]:
    """Activities with how many came."""
    reader = work.reader()
    found = list_activities(reader, work.programme.id)
    came = came_to(reader, [one.id for one in found])
    return [
        {
            "number": one.number,
            **_activity(one),
            "came": sum(each.count for each in came[one.id]) if one.state == "held" else None,
        }
        for one in found
    ]


def show_activity(work: Work, number: str) -> Thing:
    """An activity with who came: named as far as the actor may see them, and counted by sex whoever they are."""
    opened = open_activity(work, number.upper())
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    fields: Row = {**_activity(opened.activity), "topic": opened.activity.topic}
    if may_read:
        fields["note"] = opened.note
    by_sex: list[Row] = [
        {"sex": Word(sex.value), "heads": count} for sex, count in came_by_sex(opened.came).items()
    ]
    heads: list[Row] = [
        {
            "population_group": Word(one.population_group.value),
            "sex": Word(one.sex.value),
            "heads": one.heads,
        }
        for one in opened.headcounts
    ]
    employers: list[Row] = [{"name": one.name, "posts": one.posts} for one in opened.employers]
    steps: list[Row] = [
        {
            "on": step.happened_on,
            "to": Word(step.to_state),
            "reason": None if step.reason is None else Word(step.reason),
            "actor": step.recorder,
        }
        for step in opened.steps
    ]
    parts = {
        "came": by_sex,
        "attendees": _attendees(work, opened, may_read=may_read),
        "headcounts": heads,
        "employers": employers,
        "steps": steps,
    }
    return Thing("activity", opened.activity.number, fields, parts)


def _attendees(work: Work, opened: ActivityOpened, *, may_read: bool) -> list[Row]:
    people = [one.row.participant_id for one in opened.attendees if one.row.participant_id is not None]
    names = names_of(work, people)
    return [
        {
            "role": Word(one.row.role.value),
            "name": (one.name if may_read else None)
            if one.row.participant_id is None
            else names[one.row.participant_id].printed,
            "organisation": one.row.organisation,
            "sex": Word(one.row.sex.value),
        }
        for one in opened.attendees
    ]
