"""Names made comparable: folded, free of order, and by sound in Spanish and Kichwa. Must not know keys or storage.

What comes out is still as sensitive as the name: it is only ever hashed with a secret key and compared for
equality.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

PARTICLES: Final = frozenset(
    {"a", "al", "bin", "da", "de", "del", "do", "dos", "e", "el", "la", "las", "los", "y"}
)
"""Small words that come and go between two writings of one name."""

_LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APOSTROPHES: Final = frozenset("'’‘ʼ`´")
_SOUNDS: Final[tuple[tuple[frozenset[str], re.Pattern[str], str], ...]] = tuple(
    (frozenset(letters), re.compile(pattern), sound)
    for letters, pattern, sound in (
        # The letters one of which a pattern needs. Upper case marks a sound that later steps must leave alone.
        ("c", r"ch", "X"),
        ("hzt", r"sh|zh|ts|tz|sch", "s"),
        ("p", r"ph", "f"),
        ("hgw", r"(?:^|(?<=[aeiou]))(?:hu(?=[aeio])|gu(?=[ao]))|w", "W"),
        ("h", r"h", ""),
        ("g", r"gu(?=[ei])", "G"),
        ("gxj", r"g(?=[ei])|^x|j", "J"),
        ("qc", r"qu(?=[ei])|ck|q", "k"),
        ("c", r"c(?=[ei])", "s"),
        ("c", r"c", "k"),
        ("x", r"x", "ks"),
        ("z", r"z", "s"),
        ("v", r"v", "b"),
        ("ly", r"ll|y(?=[aeiou])", "Y"),
        ("y", r"y", "i"),
        ("m", r"m(?=[bp])", "n"),
    )
)
_TWICE: Final = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """A name without case, accents, marks and punctuation, its words single-spaced, in any script."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.casefold().translate(_PLAIN_SIGNS).split()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(_folded(sign) for sign in unicodedata.normalize("NFKD", plain)).split()


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a name, sorted and without particles, so that their order does not matter.

    A name made of particles alone keeps them.
    """
    words = _words(text)
    return tuple(sorted(word for word in words if word not in PARTICLES) or sorted(words))


@lru_cache(maxsize=4096)
def phonetic(word: str) -> str:
    """How one word sounds in Spanish or Kichwa: Quishpe and Kishpe, Vallejo and Bayejo, Huamán and Guamán meet.

    Lately asked words are kept in memory, without whose they are: those of a place and of relatives are the same.
    """
    if word.isascii() and word.isalnum():
        sound = word.casefold()
    else:
        # The two dots are the only thing that tells Güiracocha from guitarra, and folding takes them away.
        composed = unicodedata.normalize("NFC", word).casefold().replace("gü", "w")
        sound = fold(composed).replace(" ", "")
    for needed, pattern, replacement in _SOUNDS:
        # Looking for a letter is much cheaper than looking for a pattern.
        if not needed.isdisjoint(sound):
            sound = pattern.sub(replacement, sound)
    return _TWICE.sub(r"\1", sound).casefold()


def name_key(text: str) -> str:
    """One key for a whole name, the same however its words are ordered, accented or capitalised."""
    return " ".join(tokens(text))


def search_keys(text: str) -> tuple[str, ...]:
    """Everything a name can be found by: the whole (`n:`), each word (`w:`) and each word's sound (`s:`), sorted.

    Initials of one letter find nothing by themselves.
    """
    every = tokens(text)
    words = [word for word in every if len(word) > 1]
    keys = {f"w:{word}" for word in words} | {f"s:{phonetic(word)}" for word in words}
    whole = " ".join(every)
    return tuple(sorted(keys | ({f"n:{whole}"} if whole else set())))


def _folded(sign: str) -> str:
    if sign in _APOSTROPHES or _is_accent(sign) or unicodedata.category(sign) == "Cf":
        # Marks nobody sees (zero width, direction) would cut a word in two and hide a person from search.
        return ""
    if sign in _LETTERS:
        return _LETTERS[sign]
    return sign if unicodedata.category(sign)[0] in "LNM" else " "


def _is_accent(sign: str) -> bool:
    """Marks that may be left out: of Latin letters, and the short vowels of Arabic. Thai and Burmese vowels stay."""
    code = ord(sign)
    return 0x0300 <= code <= 0x036F or 0x064B <= code <= 0x0652 or code in (0x0640, 0x0670)


_PLAIN_SIGNS: Final = {code: _folded(chr(code)) for code in range(128) if not chr(code).isalnum()}
"""What becomes of signs of ASCII that are no letters and no digits."""
