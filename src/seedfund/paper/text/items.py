"""A paragraph into items: stretches of one face, one direction, one script and one link. Must not know widths or lines.

Characters without a shape of their own (isolates, the blank of no width) belong to no item: they have done their work
when directions and breaks are known.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from seedfund.paper.blocks import Span
from seedfund.paper.faces import Face
from seedfund.paper.text.bidi import resolve
from seedfund.paper.text.fonts import Fonts
from seedfund.paper.text.isolates import ISOLATES
from seedfund.paper.typeset import clean

ZERO_WIDTH_SPACE: Final = "\u200b"
JOINERS: Final = frozenset("\u200c\u200d")
UNDRAWN: Final = ISOLATES | {ZERO_WIDTH_SPACE}


class Item(NamedTuple):
    """A stretch that is shaped at once; an even level runs left to right."""

    start: int
    end: int
    face: Face
    level: int
    link: str
    language: str


class _Style(NamedTuple):
    bold: bool
    italic: bool
    link: str
    language: str


def text_of(spans: Sequence[Span]) -> str:
    """The paragraph's characters as they are set."""
    return "".join([clean(span.text) for span in spans])


def items_of(
    spans: Sequence[Span], *, fonts: Fonts, base: int, language: str
) -> tuple[str, tuple[Item, ...]]:
    """The paragraph's text and its items in reading order.

    Raises:
        ValueError: a character that no font has; `refusals` finds each of them before.
    """
    text = text_of(spans)
    styles = [
        _Style(span.bold, span.italic, span.link, span.language or language)
        for span in spans
        for _ in clean(span.text)
    ]
    items: list[Item] = []
    last: tuple[Face, _Style, str] | None = None
    for index, (character, level) in enumerate(zip(text, levels_of(text, base), strict=True)):
        if character in UNDRAWN:
            continue
        style = styles[index]
        kept = last[0] if last and last[1][:2] == style[:2] else None
        face = _face_for(character, kept, fonts=fonts, style=style)
        script = script_of(character) or (last[2] if last and last[0] is face else "")
        follows = (
            bool(items)
            and items[-1].end == index
            and last == (face, style, script)
            and items[-1].level == level
        )
        if follows:
            items[-1] = items[-1]._replace(end=index + 1)
        else:
            items.append(Item(index, index + 1, face, level, style.link, style.language))
        last = (face, style, script)
    return text, tuple(items)


def levels_of(text: str, base: int) -> list[int]:
    """The level of every character; what the algorithm leaves out takes that of the one before."""
    if not base and text.isascii():
        return [0] * len(text)
    found: list[int] = []
    for level in resolve(text, base)[1]:
        found.append(level if level is not None else found[-1] if found else base)
    return found


def _face_for(character: str, kept: Face | None, *, fonts: Fonts, style: _Style) -> Face:
    """Signs, blanks and marks stay with the face before them where it has them; joiners always do."""
    if kept and (character in JOINERS or (not character.isalnum() and kept.has(character))):
        return kept
    face = fonts.face_of(character, bold=style.bold, italic=style.italic)
    if face is None:
        raise ValueError(f"no font has U+{ord(character):04X}; refusals() names it with its field")
    return face


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """The script of a letter, as the first word of its name; empty for signs, digits and marks, which have none."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").partition(" ")[0]
