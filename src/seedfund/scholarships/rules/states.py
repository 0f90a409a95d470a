"""What applications, plans, scholarships, bills and complaints can be. Must not know rows."""

from typing import Final

from seedfund.kernel.states import StateTable

APPLICATION_STATES: Final = StateTable(
    "scholarship_application",
    "received",
    {
        "received": ("interviewed", "closed"),
        "interviewed": ("interviewed", "planned", "closed"),
        "planned": ("planned", "interviewed", "awarded", "closed"),
        "awarded": (),
        "closed": (),
    },
)
"""Who was interviewed may be interviewed again, and a plan may be made anew, as long as nothing was awarded."""
PLAN_STATES: Final = StateTable(
    "employment_plan",
    "prepared",
    {
        "prepared": ("approved", "replaced"),
        "approved": ("awarded", "replaced"),
        "awarded": (),
        "replaced": (),
    },
)
SCHOLARSHIP_STATES: Final = StateTable(
    "scholarship",
    "awarded",
    {
        "awarded": ("enrolled", "cancelled"),
        "enrolled": ("completed", "dropped_out"),
        "completed": (),
        "dropped_out": (),
        "cancelled": (),
    },
)
"""Completed is not certified, and certified is not employed: each has its own record."""
BILL_STATES: Final = StateTable(
    "provider_bill", "received", {"received": ("accepted", "rejected"), "accepted": (), "rejected": ()}
)
COMPLAINT_STATES: Final = StateTable(
    "provider_complaint", "open", {"open": ("upheld", "dismissed"), "upheld": (), "dismissed": ()}
)
