"""Keeps a text from being taken for a formula in a spreadsheet. Must not know columns or files.

A spreadsheet runs a cell that begins with = + - @ (also full-width or small ones), a tab or a line break, and
some split a cell again at a semicolon, tab or line break inside it. The guard is one apostrophe in front of
such a place, and of every apostrophe that already stands there, so that taking one away at each place always
restores the text.
"""

import re
import unicodedata
from typing import Final

_TRIGGERS: Final = frozenset("=+-@\N{MINUS SIGN}")
_NOT_KNOWN: Final = "#"
_PLACES: Final = re.compile(r"(?:^|(?<=[;\t\r\n\v\f\x85\u2028\u2029]))", re.ASCII)
_BLANKS: Final = ' \t\r\n\v\f\x85\xa0\u2028\u2029\u3000\ufeff\u200b"\u201c\u201d'


def guarded(text: str) -> str:
    """The text, safe to stand in a cell of a CSV file; `unguarded` gives it back unchanged."""
    if text.isalnum() and text.isascii():
        return text
    return _PLACES.sub(lambda place: "'" if _begins_risky(text, place.start()) else "", text)


def unguarded(text: str) -> str:
    """The text that was guarded: one apostrophe fewer at each place where a cell could begin."""
    return re.sub(rf"{_PLACES.pattern}'", "", text, flags=re.ASCII)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take the text, or a part it splits off, for a formula."""
    return guarded(text) != text


def _begins_risky(text: str, place: int) -> bool:
    """Whether a cell that begins at this place of the text needs the apostrophe."""
    sign = text[place : place + 1]
    if sign == "'" or (place == 0 and sign in {"\t", "\r", "\n", _NOT_KNOWN}):
        return True
    bare = text[place:].lstrip(_BLANKS)[:1]
    return any(sign in _TRIGGERS for sign in unicodedata.normalize("NFKC", bare))
