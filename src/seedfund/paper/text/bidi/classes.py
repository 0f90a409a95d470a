"""Bidirectional classes under the names Unicode gives them, and the groups the rules speak of."""

import unicodedata
from typing import Final

ISOLATE_STARTS: Final = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS: Final = frozenset({"RLE", "LRE", "RLO", "LRO"})
REMOVED: Final = EMBEDDINGS | {"PDF", "BN"}
"""Classes that rule X9 takes out of all later rules."""
ISOLATE_MARKS: Final = ISOLATE_STARTS | {"PDI"}
NEUTRAL: Final = ISOLATE_MARKS | {"B", "S", "WS", "ON"}
LEVEL_MAX: Final = 125


def classes_of(text: str) -> list[str]:
    """The class of each character; one that Unicode has not assigned counts as a letter written left to right."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def direction(level: int) -> str:
    """`R` for an odd level, `L` for an even one."""
    return "R" if level % 2 else "L"
