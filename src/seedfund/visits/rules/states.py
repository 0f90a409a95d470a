"""The life of one visit. Must not know what a visit finds."""

from typing import Final

from seedfund.kernel.states import StateTable

VISIT_STATES: Final = StateTable(
    "visit",
    "planned",
    {
        "planned": ("held", "missed", "rescheduled", "cancelled"),
        "missed": ("held", "rescheduled", "cancelled"),
        "held": (),
        "rescheduled": (),
        "cancelled": (),
    },
)
"""A missed visit may still turn out to have been held, when its report comes late; a moved one goes on as another."""

WAITING: Final = ("planned", "missed")
"""States in which a visit is still owed to the household."""
