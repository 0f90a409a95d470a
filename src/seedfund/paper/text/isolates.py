"""Values set apart from the text around them, so that neither changes the order of the other (Unicode's isolates).

`رقم SC-2026-0042` reads right only where the number is one thing to the rules of direction. The marks are drawn by no
font and are not in the text that is read back from a paper.
"""

from typing import Final

LEFT_TO_RIGHT: Final = "\u2066"
FIRST_STRONG: Final = "\u2068"
END: Final = "\u2069"
ISOLATES: Final = frozenset("\u2066\u2067\u2068\u2069")


def isolate(text: str, *, is_name: bool = False) -> str:
    """The text between the marks that set it apart; an empty text stays empty.

    An id, an amount, a date or a phone runs left to right, and a short one is never parted at a line's end. A name
    (`is_name`) runs as its own first letter does, and may part at its blanks.
    """
    if not text:
        return text
    return f"{FIRST_STRONG if is_name else LEFT_TO_RIGHT}{text}{END}"


def without_isolates(text: str) -> str:
    """The text as it is drawn and read back."""
    return text if text.isascii() else "".join([one for one in text if one not in ISOLATES])
