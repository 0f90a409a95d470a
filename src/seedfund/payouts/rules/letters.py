"""Which letters a message to a bank may hold, and how a Latin text is written in them. Pure.

Banks exchange a-z A-Z 0-9 / - ? : ( ) . , ' + and the space (the set of SWIFT and of the SEPA guidelines, EPC217-08),
unless two of them agreed on more. What stands outside is written by the rule below or not at all: a mark above or below
a Latin letter falls away, a few letters and signs have one of their own, and no other script is put into Latin letters.
"""

import string
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Letters(StrEnum):
    """Which letters a bank takes: those all banks exchange, or any that can be printed, where it agreed to that."""

    LATIN = "latin"
    ANY = "any"


ALLOWED: Final = frozenset(string.ascii_letters + string.digits + "/-?:().,'+ ")
"""The letters that all banks exchange."""
INSTEAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Letters that are not a letter with a mark; two letters as passports have them (ICAO 9303), and ß as ss.
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "TH",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ħ": "h",
        "Ħ": "H",
        "ı": "i",
        "ŋ": "n",
        "Ŋ": "N",
        "ŧ": "t",
        "Ŧ": "T",
        "ª": "a",
        "º": "o",
        # Signs, after the guidelines.
        **dict.fromkeys('‘’‚‛′´`ʼ"“”„«»', "'"),
        **dict.fromkeys("‐‑‒–—−_", "-"),
        "&": "+",
        ";": ",",
        "[": "(",
        "{": "(",
        "]": ")",
        "}": ")",
        "\\": "/",
        "…": "...",
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    }
)
"""What is written instead of a letter or sign."""


def written(text: str, letters: Letters) -> str | None:
    """The text as a message holds it; None where a letter of it cannot be written."""
    if letters is Letters.ANY:
        return text
    parts: list[str] = []
    for sign in unicodedata.normalize("NFD", text):
        if sign in ALLOWED:
            parts.append(sign)
        elif sign in INSTEAD:
            parts.append(INSTEAD[sign])
        elif not (unicodedata.combining(sign) and parts and parts[-1][-1].isalpha()):
            return None
    return "".join(parts)


def is_reference(text: str, letters: Letters) -> bool:
    """Whether a number can stand in a message as it is: never in other letters, no slash at its ends, none doubled."""
    if letters is Letters.LATIN and not ALLOWED.issuperset(text):
        return False
    return not (text.startswith("/") or text.endswith("/") or "//" in text)
