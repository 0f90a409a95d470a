"""The places in a paragraph where a line may end."""

import re
from functools import lru_cache
from typing import Final

from seedfund.paper.text.breaks.classes import class_of
from seedfund.paper.text.breaks.rules import breaks_after
from seedfund.paper.text.breaks.words import word_ends

_LONG_MAX: Final = 32
# A value set apart by `isolate` is an id, an amount, a date or a phone: read whole or misread. A longer one may part.
_SHORT_ISOLATE: Final = re.compile(f"\u2066[^\u2066-\u2069]{{0,{_LONG_MAX}}}\u2069")
_BETWEEN_LETTERS: Final = frozenset({"HY", "SY"})


@lru_cache(maxsize=2048)
def opportunities(text: str) -> tuple[int, ...]:
    """Every index a next line may start at, in order, the text's end last; an empty text has none.

    UAX #14, and two habits of papers: SC-2026-0042 and AB/12-C are never parted (a hyphen or slash parts letters
    alone), and a short value that is set apart for its direction stays on one line.
    """
    if not text:
        return ()
    classes = tuple([class_of(character) for character in text])
    allowed = list(breaks_after(classes))
    if not _BETWEEN_LETTERS.isdisjoint(classes):
        for index in range(len(text) - 1):
            if classes[index] in _BETWEEN_LETTERS and allowed[index]:
                allowed[index] = index > 0 and text[index - 1].isalpha() and text[index + 1].isalpha()
    for end in word_ends(text):
        allowed[end - 1] = True
    for match in _SHORT_ISOLATE.finditer(text):
        for index in range(match.start(), match.end() - 1):
            allowed[index] = False
    return tuple(index + 1 for index, may in enumerate(allowed) if may or index == len(text) - 1)
