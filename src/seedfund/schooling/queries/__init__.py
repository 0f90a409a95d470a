"""Reads of schooling: facts for conditions, rows for lists and household pages, and opened records."""

from seedfund.schooling.queries.facts import (
    SchoolingOpened,
    SchoolingRow,
    SchoolingStepRow,
    SchoolingStepShown,
)
from seedfund.schooling.queries.reads import (
    list_schoolings,
    open_schooling,
    proof_place,
    school_place,
    schooling_by_number,
    schooling_facts,
    schoolings_of,
    schoolings_shown,
    steps_of,
)

__all__ = [
    "SchoolingOpened",
    "SchoolingRow",
    "SchoolingStepRow",
    "SchoolingStepShown",
    "list_schoolings",
    "open_schooling",
    "proof_place",
    "school_place",
    "schooling_by_number",
    "schooling_facts",
    "schoolings_of",
    "schoolings_shown",
    "steps_of",
]
