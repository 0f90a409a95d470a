"""The lives of household plans, goals and graduations. Must not know what moves them."""

from typing import Final

from seedfund.kernel.states import StateTable

HOUSEHOLD_PLAN_STATES: Final = StateTable("household plan", "open", {"open": ("closed",), "closed": ()})
GOAL_STATES: Final = StateTable(
    "goal",
    "open",
    {
        "open": ("achieved", "not_achieved", "dropped"),
        "achieved": (),
        "not_achieved": ("achieved", "dropped"),
        "dropped": (),
    },
)
"""A goal that was missed may still be reached late; the row that said so stays."""
GRADUATION_STATES: Final = StateTable(
    "graduation", "proposed", {"proposed": ("approved", "declined"), "approved": (), "declined": ()}
)
