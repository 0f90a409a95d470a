"""The lives of a statement, and of a match between lines and books. Must not know what they hold."""

from typing import Final

from seedfund.kernel.states import StateTable

STATEMENT_STATES: Final = StateTable(
    "bank_statement",
    "recorded",
    {
        "recorded": ("foots", "does_not_foot"),
        "foots": ("reconciled", "replaced"),
        "does_not_foot": ("replaced",),
        "reconciled": ("foots",),
        "replaced": (),
    },
)
"""One that does not foot waits for a corrected one that takes its place; undoing a match opens a reconciled one."""

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
