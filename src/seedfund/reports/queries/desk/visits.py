"""Visits as the desk shows them: the list of all, and one with what it found for those who accompany people."""

from typing import Final

from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.value import Word
from seedfund.store.work import Work
from seedfund.visits.queries import list_visits, open_visit

WORDS_ROLES: Final = frozenset(
    (
        *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT),
        *(Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.PROTECTION_OFFICER),
    )
)
"""Who reads what a visit found; everybody else sees that it was held."""


def visit_rows(work: Work) -> list[Row]:
    """Every visit; those of restricted people only for named roles."""
    visits = list_visits(work)
    names = names_of(work, list(dict.fromkeys(visit.participant_id for visit in visits)))
    return [
        {
            "number": visit.number,
            "participant": names[visit.participant_id].printed,
            "role": Word(visit.role.value),
            "due_on": visit.due_on,
            "state": Word(visit.state),
        }
        for visit in visits
    ]


def show_visit(work: Work, number: str) -> Thing:
    """A visit with its report and its steps."""
    opened = open_visit(work, number.upper())
    visit, report = opened.visit, opened.report
    names = names_of(work, [visit.participant_id])
    fields: Row = {
        "state": Word(visit.state),
        "participant": names[visit.participant_id].printed,
        "role": Word(visit.role.value),
        "due_on": visit.due_on,
    }
    if report is not None:
        fields |= {
            "held_on": report.held_on,
            "mode": Word(report.mode.value),
            "dimensions": [Word(one) for one in report.dimensions],
            "is_operating": report.is_operating,
            "next_on": report.next_on,
            "irregular": None if report.irregularity is None else Word(report.irregularity.value),
            "recorded_by": report.recorder,
        }
        if roles_of(work).intersection(WORDS_ROLES):
            fields |= {"findings": opened.findings, "actions": opened.actions}
    steps: list[Row] = [
        {
            "on": step.happened_on,
            "to": Word(step.to_state),
            "reason": None if step.reason is None else Word(step.reason),
            "actor": step.actor,
        }
        for step in opened.steps
    ]
    return Thing("visit", visit.number, fields, {"steps": steps})
