"""The rules of visits: days from one rule, lives, and what of a report counts."""

from typing import Final

from seedfund.visits.rules import holding, planning
from seedfund.visits.rules.holding import (
    VISIT_NOT_HELD,
    Named,
    VisitFact,
    answers_a_condition,
    check_decision,
    irregularity,
)
from seedfund.visits.rules.planning import (
    PROGRAMME_MONTHS,
    check_move,
    check_plan,
    rule_text,
    visit_days,
)
from seedfund.visits.rules.states import VISIT_STATES, WAITING
from seedfund.visits.rules.words import Dimension, Frequency, Irregularity, MissReason, VisitMode, VisitRole

REFUSALS: Final = (*planning.REFUSALS, *holding.REFUSALS)

__all__ = [
    "PROGRAMME_MONTHS",
    "REFUSALS",
    "VISIT_NOT_HELD",
    "VISIT_STATES",
    "WAITING",
    "Dimension",
    "Frequency",
    "Irregularity",
    "MissReason",
    "Named",
    "VisitFact",
    "VisitMode",
    "VisitRole",
    "answers_a_condition",
    "check_decision",
    "check_move",
    "check_plan",
    "irregularity",
    "rule_text",
    "visit_days",
]
