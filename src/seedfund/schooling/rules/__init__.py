"""The rules of schooling: its life, what is irregular about it, and what of it counts."""

from typing import Final

from seedfund.schooling.rules import recording
from seedfund.schooling.rules.recording import (
    KnownSchooling,
    SchoolingFact,
    Term,
    answers_a_condition,
    check_decision,
    check_step,
    check_term,
    irregularity,
)
from seedfund.schooling.rules.states import AT_SCHOOL, SCHOOLING_STATES
from seedfund.schooling.rules.words import LeftSchoolFor, SchoolingIrregularity, SchoolKind, SchoolProof

REFUSALS: Final = recording.REFUSALS

__all__ = [
    "AT_SCHOOL",
    "REFUSALS",
    "SCHOOLING_STATES",
    "KnownSchooling",
    "LeftSchoolFor",
    "SchoolKind",
    "SchoolProof",
    "SchoolingFact",
    "SchoolingIrregularity",
    "Term",
    "answers_a_condition",
    "check_decision",
    "check_step",
    "check_term",
    "irregularity",
]
