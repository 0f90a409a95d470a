"""The life of an exception of a provider's file. Must not know who decides it."""

from typing import Final

from seedfund.kernel.states import StateTable

EXCEPTION_STATES: Final = StateTable(
    "payout exception",
    "open",
    {"open": ("resolved", "dismissed"), "resolved": (), "dismissed": ()},
)
"""Resolved by a command that answered it, or dismissed with a reason; never taken away."""
