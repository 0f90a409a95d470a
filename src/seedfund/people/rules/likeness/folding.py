"""Names as they are compared when two records may be one person: words, their sounds, their consonants.

Beside the sound of Spanish and Kichwa a word has a sound for what was written down from another script: Mohammed and
Muhamad, Hussein and Husayn, Htun and Tun, Kyaw and Gyaw. A name in its own script is compared in that script; nothing
is carried over from one script to another.
"""

import re
from functools import lru_cache
from typing import Final

from seedfund.people.names import PARTICLES, fold, phonetic

TITLES: Final = frozenset(
    {
        "don",
        "dona",
        "sr",
        "sra",
        "srta",
        "mr",
        "mrs",
        "ms",
        "dr",
        "dra",
        "u",
        "daw",
        "khun",
        "sayyid",
        "ben",
        "ibn",
    }
)
"""Words before or within a name that one officer writes and another leaves out."""

_ARABIC: Final = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "\u0653": None, "\u0654": None, "\u0655": None}
)
_ARABIC_ARTICLE: Final = "ال"
_ROMAN: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"aung", "ung"),
        (r"oe$", "o"),
        (r"qu(?=[ei])", "k"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"a[iy](?![aeiou])|e[iy]|ie", "i"),
        (r"ky|gy|ch|dj", "j"),
        (r"ph|hp", "p"),
        (r"kh|gh|q|ck|hk", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"sh|z", "s"),
        (r"v|u(?=[aeio])", "w"),
        (r"h", ""),
        (r"y(?![aeiou])|e", "i"),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
    )
)
_HARD: Final = str.maketrans({"g": "k", "d": "t", "p": "f", "v": "b", "w": "b", "x": "j", "z": "s"})
_VOWELS: Final = re.compile(r"[aeiou]")


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name as written, without particles and titles; a name of those alone keeps them."""
    words = [_own_script(word) for word in fold(text).split()]
    kept = tuple(word for word in words if word not in PARTICLES and word not in TITLES)
    return kept or tuple(words)


def roman(word: str) -> str:
    """How a folded word sounds when it was carried over from another script, its vowels in three classes."""
    sound = word
    for pattern, replacement in _ROMAN:
        sound = pattern.sub(replacement, sound)
    return sound


def skeleton(word: str) -> str:
    """The consonants of a word's sound, hard and soft ones alike; a first vowel stays as `a`. Blocks are made of it."""
    sound = phonetic(word)
    bones = _VOWELS.sub("", sound[:1] + sound[1:].replace("w", "")).translate(_HARD)
    first = "a" if _VOWELS.match(sound) else ""
    return first + bones


class Sounds:
    """The sounds of words, each worked out once; it holds words of names and goes away with the search."""

    def __init__(self) -> None:
        self.phonetic: Final = lru_cache(maxsize=None)(phonetic)
        self.roman: Final = lru_cache(maxsize=None)(roman)
        self.skeleton: Final = lru_cache(maxsize=None)(skeleton)


def _own_script(word: str) -> str:
    if word.isascii():
        return word
    plain = word.translate(_ARABIC)
    is_article = plain.startswith(_ARABIC_ARTICLE) and len(plain) > len(_ARABIC_ARTICLE) + 1
    return plain.removeprefix(_ARABIC_ARTICLE) if is_article else plain
