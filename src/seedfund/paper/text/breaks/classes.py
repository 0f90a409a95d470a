"""The line break class of each character (UAX #14, table 1), from a table of Unicode that travels with seedfund."""

import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "line_break.txt"
_LETTER: Final = "AL"
_RESOLVED: Final = {"AI": _LETTER, "SG": _LETTER, "XX": _LETTER, "CJ": "NS"}
SOUTH_EAST_ASIAN: Final = "SA"


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """First code points in order, and for each the last one and the class."""
    firsts, rest = [], []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, last, kind = line.split()
            firsts.append(int(first, 16))
            rest.append((int(last, 16), kind))
    return tuple(firsts), tuple(rest)


@lru_cache(maxsize=8192)
def raw_class(character: str) -> str:
    """The class as Unicode's table has it; what the table leaves out counts as a letter."""
    firsts, rest = _ranges()
    code = ord(character)
    place = bisect_right(firsts, code) - 1
    if place >= 0 and code <= rest[place][0]:
        return rest[place][1]
    return _LETTER


@lru_cache(maxsize=8192)
def class_of(character: str) -> str:
    """The class after rule LB1: letters whose words only a dictionary knows are letters, their marks are marks."""
    kind = raw_class(character)
    if kind == SOUTH_EAST_ASIAN:
        return "CM" if unicodedata.category(character) in ("Mn", "Mc") else _LETTER
    return _RESOLVED.get(kind, kind)
