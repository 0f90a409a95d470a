"""Months of a programme's books: open → closing → closed, never reopened; and what is frozen at a close. Pure."""

from collections.abc import Iterable
from typing import Final

from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.states import StateTable

PERIOD: Final = StateTable(
    "period", start="open", steps={"open": ("closing",), "closing": ("closed",), "closed": ()}
)
STATES: Final = (PERIOD,)
OPEN, CLOSING, CLOSED = PERIOD.states
PERIOD_DOMAIN: Final = "seedfund.ledger.period.v1"
HOLD_DAYS_MAX: Final = 30
"""A payment in flight for longer has to be explained before its month is closed."""

Four = tuple[int, int, int, int]
"""Debits and credits posted, debits and credits pending."""


def freeze_hash(
    book: str, month: str, *, head: tuple[int, str], next_seq: int, frozen: Iterable[tuple[str, Four]]
) -> str:
    """The hash of a book's frozen counters: the month, the head of the book then, and each account by its code.

    `frozen` is in the order of the codes; `head` is the seq and the hash of the book's newest row at the close.
    """
    heading = [book, month, head[0], head[1], next_seq]
    accounts = [[code, *counters] for code, counters in frozen]
    return digest(PERIOD_DOMAIN, canonical_bytes(heading), canonical_bytes(accounts))
