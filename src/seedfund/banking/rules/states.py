"""The lives of a statement, and of a match between lines and books. Must not know what they hold."""

from typing import Final

from seedfund.kernel.states import StateTable

STATEMENT_STATES: Final = StateTable(
    "bank_statement",
    "recorded",
    {
        "recorded": ("foots", "does_not_foot"),
        "foots": ("reconciled", "replaced", "set_aside"),
        "does_not_foot": ("replaced", "set_aside"),
        "reconciled": ("foots",),
        "replaced": (),
        "set_aside": ("foots", "does_not_foot", "replaced"),
    },
)
"""One that does not foot waits for a corrected one that takes its place; undoing a match opens a reconciled one.

One that tells what others tell is set aside, and brought back where that was wrong.
"""

MATCH_STATES: Final = StateTable(
    "bank_match",
    "proposed",
    {
        "proposed": ("confirmed", "rejected", "overtaken"),
        "confirmed": ("undone",),
        "rejected": (),
        "overtaken": (),
        "undone": (),
    },
)
"""A proposal is overtaken when another one that was confirmed takes one of its lines or items."""

USABLE: Final = ("foots", "reconciled")
"""States of statements whose lines count."""
OUT_OF_IT: Final = ("replaced", "set_aside")
"""States of statements that another one, or several, stand for: they count in nothing."""
