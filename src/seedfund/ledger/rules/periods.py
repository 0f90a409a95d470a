"""Months of a programme's books: open → closing → closed, never reopened. Pure."""

from typing import Final

from seedfund.kernel.states import StateTable

PERIOD: Final = StateTable(
    "period", start="open", steps={"open": ("closing",), "closing": ("closed",), "closed": ()}
)
STATES: Final = (PERIOD,)
OPEN, CLOSING, CLOSED = PERIOD.states
