"""The life of one schooling. Must not know who tells it."""

from typing import Final

from seedfund.kernel.states import StateTable

SCHOOLING_STATES: Final = StateTable(
    "schooling",
    "enrolled",
    {"enrolled": ("attending", "left"), "attending": ("left",), "left": ()},
)
"""Enrolled on paper, then seen attending; who comes back in the term is enrolled anew, in a schooling of its own."""

AT_SCHOOL: Final = ("enrolled", "attending")
"""States in which a child counts as enrolled."""
