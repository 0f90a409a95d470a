"""What an extract holds, what is kept out of it, and every reason why one is not handed out. Pure.

Source: domain.md §10, pseudonymised audit extract: a keyed token per person, stable within one engagement and another
for each recipient; names, official numbers, phones, addresses, places, free text and photographs dropped.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from seedfund.interchange.rules.publishing import LEAST_ALIKE
from seedfund.kernel.errors import RefusalCode

EXTRACT_CHANGED: Final = RefusalCode(
    "extract_changed",
    "What extract {number} holds has changed since it was made.",
    "Make a new one for the same recipient and engagement; people keep their tokens.",
)
TOKEN_UNKNOWN: Final = RefusalCode(
    "token_unknown",
    "Extract {number} has no token {token}.",
    "Copy the token as it stands in the extract.",
)
REFUSALS: Final = (EXTRACT_CHANGED, TOKEN_UNKNOWN)

WITHHELD: Final = "withheld"
"""Stands in the place of what could point at a person; `not_collected` is what nobody asked."""


def rare(traits: Iterable[tuple[str, ...]], *, least: int = LEAST_ALIKE) -> frozenset[tuple[str, ...]]:
    """The combinations that fewer than `least` people share, and so could point at one of them."""
    counts = Counter(traits)
    return frozenset(one for one, count in counts.items() if count < least)
