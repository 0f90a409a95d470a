"""What cohorts, sessions and enrolments can be. Must not know rows."""

from typing import Final

from seedfund.kernel.states import StateTable

COHORT_STATES: Final = StateTable(
    "cohort",
    "open",
    {"open": ("finished", "cancelled"), "finished": (), "cancelled": ()},
)
SESSION_STATES: Final = StateTable(
    "session",
    "scheduled",
    {"scheduled": ("held", "cancelled"), "held": (), "cancelled": ()},
)
"""A session is held once its register is taken; one that took place was not cancelled."""
ENROLMENT_STATES: Final = StateTable(
    "enrolment",
    "enrolled",
    {"enrolled": ("completed", "withdrawn"), "completed": (), "withdrawn": ()},
)
"""Completed is not certified, and certified is not employed (domain: scholarships and training attendance)."""
