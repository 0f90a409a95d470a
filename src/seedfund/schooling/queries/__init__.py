"""Reads of schooling: facts for conditions, rows for lists and household pages, and opened records.

A name is loaded when it is first used: who has no condition on children waits for nothing.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
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
else:
    _HOMES: Final = {
        ".facts": (
            "SchoolingOpened",
            "SchoolingRow",
            "SchoolingStepRow",
            "SchoolingStepShown",
        ),
        ".reads": (
            "list_schoolings",
            "open_schooling",
            "proof_place",
            "school_place",
            "schooling_by_number",
            "schooling_facts",
            "schoolings_of",
            "schoolings_shown",
            "steps_of",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

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
