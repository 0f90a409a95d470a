"""Makes text safe for a screen: what would steer a terminal is shown, not obeyed. Must not know tables."""

import re
import unicodedata
from typing import Final

_STEERS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\n\u2028\u2029]|\t")


def visible(text: str) -> str:
    """One line of text; line ends and tabs become blanks, other control signs their code: `<U+001B>`."""
    return _STEERS.sub(lambda sign: f"<U+{ord(sign[0]):04X}>", _LINE_ENDS.sub(" ", text))


def columns_wide(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide signs, none for marks on a letter."""
    if text.isascii():
        return len(text)
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
