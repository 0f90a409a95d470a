"""Reads of visits: facts for conditions and indicators, what is due, and opened reports."""

from seedfund.visits.queries.facts import OwedVisit, ReportRow, StepShown, VisitOpened, VisitRow
from seedfund.visits.queries.reads import (
    list_visits,
    open_visit,
    owed_visits,
    report_of,
    report_place,
    visit_by_number,
    visit_facts,
)
from seedfund.visits.queries.statements import HELD_THAT_DAY, LAST_OWED, STEPS

__all__ = [
    "HELD_THAT_DAY",
    "LAST_OWED",
    "STEPS",
    "OwedVisit",
    "ReportRow",
    "StepShown",
    "VisitOpened",
    "VisitRow",
    "list_visits",
    "open_visit",
    "owed_visits",
    "report_of",
    "report_place",
    "visit_by_number",
    "visit_facts",
]
