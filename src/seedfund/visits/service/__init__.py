"""The public commands of visits: planning, holding, missing, moving, correcting, deciding."""

from typing import Final

from seedfund.visits.service.common import VisitMoved
from seedfund.visits.service.holding import (
    CorrectVisit,
    DecideVisit,
    RecordVisit,
    Told,
    VisitRecorded,
    correct_visit,
    decide_visit,
    record_visit,
)
from seedfund.visits.service.planning import (
    CancelVisits,
    MissVisit,
    PlanVisits,
    RescheduleVisit,
    VisitsCancelled,
    VisitsPlanned,
    cancel_visits,
    miss_visit,
    plan_visits,
    reschedule_visit,
)

COMMANDS: Final = (
    *(plan_visits, record_visit, miss_visit, reschedule_visit, cancel_visits),
    *(correct_visit, decide_visit),
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "CancelVisits",
    "CorrectVisit",
    "DecideVisit",
    "MissVisit",
    "PlanVisits",
    "RecordVisit",
    "RescheduleVisit",
    "Told",
    "VisitMoved",
    "VisitRecorded",
    "VisitsCancelled",
    "VisitsPlanned",
    "cancel_visits",
    "correct_visit",
    "decide_visit",
    "miss_visit",
    "plan_visits",
    "record_visit",
    "reschedule_visit",
]
