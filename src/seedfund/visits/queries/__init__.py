"""Reads of visits: facts for conditions and indicators, what is due, and opened reports.

A name is loaded when it is first used: who has no condition on a visit waits for nothing.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
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
else:
    _HOMES: Final = {
        ".facts": (
            "OwedVisit",
            "ReportRow",
            "StepShown",
            "VisitOpened",
            "VisitRow",
        ),
        ".reads": (
            "list_visits",
            "open_visit",
            "owed_visits",
            "report_of",
            "report_place",
            "visit_by_number",
            "visit_facts",
        ),
        ".statements": (
            "HELD_THAT_DAY",
            "LAST_OWED",
            "STEPS",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

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
