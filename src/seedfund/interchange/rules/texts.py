"""What a text hides: characters nobody sees, and Burmese that is not written in Unicode. Must not know columns.

Texts are kept as they were given; what is found here is told, so that a person can type the cell again.
"""

import re
from typing import Final

_HIDDEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Soft hyphens, zero-width characters, and what turns the direction of writing (Unicode, chapter 23.2 and annex 9)."""

_BASE: Final = "\u1000-\u102a\u103b-\u103f\u1040-\u1049\u104e-\u109f\uaa60-\uaa7f"
_ZAWGYI: Final = (
    re.compile(f"(?:^|[^{_BASE}])\u1031"),
    re.compile("(?:^|[^\u1000-\u109f\uaa60-\uaa7f])[\u103b-\u103e]"),
    re.compile("\u1039(?![\u1000-\u102a\u1050-\u109f\uaa60-\uaa7f])"),
)
"""Orders of letters that Unicode's Burmese never has and Zawgyi's always does, a row a rule:

a vowel E that stands in front of its consonant; a medial that begins a word; a stacker with nothing stacked under it,
which Zawgyi uses to silence a letter. Karen, Mon and Shan keep Unicode's order and meet none of them.
"""


def has_hidden(text: str) -> bool:
    """Whether a character stands in the text that nobody sees."""
    return not text.isascii() and _HIDDEN.search(text) is not None


def is_zawgyi(text: str) -> bool:
    """Whether Burmese in the text is written for the Zawgyi font: printed in any other, it is another word."""
    return not text.isascii() and any(rule.search(text) for rule in _ZAWGYI)
