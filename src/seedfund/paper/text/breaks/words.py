"""Words of Thai and syllables of Burmese, which are written without blanks between them.

Thai words are found by the model of BudouX (Apache-2.0), trained on a corpus; where it errs it parts a long word
between two syllables. Burmese is parted between syllables, as its readers accept in narrow columns. Either way a line
never starts with a sign that belongs to the one before it. Other scripts of this kind end lines at blanks alone.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from budoux import Parser, load_default_thai_parser

_RUNS: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{2,}|[\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f]{2,}")
_BURMESE_SYLLABLE: Final = re.compile(
    "(?<!^)(?<!\u1039)[\u1000-\u102a\u103f\u104c-\u104f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070"
    "\u1075-\u1081\ua9e0-\ua9e4\ua9e7-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa6f\uaa71-\uaa76\uaa7a\uaa7e\uaa7f]"
    "(?![\u1037\u103b-\u103e]*[\u103a\u1039])"  # a killed or stacked letter ends the syllable before it
)
_THAI_FIRST: Final = "\u0e01"
_THAI_LAST: Final = "\u0e5b"
_LEADING_VOWELS: Final = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44")
_FOLLOWING: Final = frozenset("\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46")


def word_ends(text: str) -> set[int]:
    """The places inside runs of Thai and Burmese letters where a line may end."""
    found: set[int] = set()
    for run in _RUNS.finditer(text):
        found.update(run.start() + place for place in _ends_of_run(run[0]))
    return found


@lru_cache(maxsize=8192)
def _ends_of_run(run: str) -> tuple[int, ...]:
    if _THAI_FIRST <= run[0] <= _THAI_LAST:
        return tuple(place for place in _thai_places(run) if _may_part_thai(run, place))
    return tuple(match.start() for match in _BURMESE_SYLLABLE.finditer(run))


@cache
def _thai_parser() -> Parser:
    return load_default_thai_parser()


def _thai_places(run: str) -> list[int]:
    places, end = [], 0
    for word in _thai_parser().parse(run)[:-1]:
        end += len(word)
        places.append(end)
    return places


def _may_part_thai(run: str, place: int) -> bool:
    """Whether the model's choice leaves every vowel and mark with its consonant."""
    following = run[place]
    is_mark = unicodedata.category(following) == "Mn" or following in _FOLLOWING
    return not is_mark and run[place - 1] not in _LEADING_VOWELS
