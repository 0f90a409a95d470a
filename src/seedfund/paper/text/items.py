"""A paragraph into items: stretches of one face, one direction, one script and one link. Must not know widths or lines.

Characters without a shape of their own (isolates, the blank of no width) belong to no item: they have done their work
when directions and breaks are known.
"""

import re
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
_PATTERNS_MAX: Final = 4_096
_FONTS_MAX: Final = 8
# Letters and digits that run from right to left, and marks that turn the direction: without them a text runs one way.
TURNING: Final = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


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


_Styled = tuple[tuple[str, _Style], ...]
"""The texts of a paragraph with how each is to look."""


class Itemizer:
    """Finds the items of paragraphs set in some fonts.

    What is decided for one paragraph holds for every other that has letters of the same kinds in the same places, so
    each text is first written in representatives of its letters: all of 0 to 9 are one, all Thai consonants are.
    """

    def __init__(self, fonts: Fonts):
        self._fonts = fonts
        self._kinds: dict[tuple[bool, bool], _Representatives] = {}
        self._known: dict[tuple[_Styled, int], tuple[Item, ...]] = {}

    def items(self, spans: Sequence[Span], *, base: int, language: str) -> tuple[str, tuple[Item, ...]]:
        """The paragraph's text and its items in reading order.

        Raises:
            ValueError: a character that no font has; `refusals` finds each of them before.
        """
        texts = [clean(span.text) for span in spans]
        styles = [_Style(span.bold, span.italic, span.link, span.language or language) for span in spans]
        styled = tuple(
            (text.translate(self._representatives(style)), style)
            for text, style in zip(texts, styles, strict=True)
        )
        key = (styled, base)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _PATTERNS_MAX:
                self._known.clear()
            found = self._known[key] = self._items(styled, base)
        return "".join(texts), found

    def _representatives(self, style: _Style) -> "_Representatives":
        weight = (style.bold, style.italic)
        if weight not in self._kinds:
            self._kinds[weight] = _Representatives(self._fonts, style)
        return self._kinds[weight]

    def _items(self, styled: _Styled, base: int) -> tuple[Item, ...]:
        text = "".join([part for part, _ in styled])
        styles = [style for part, style in styled for _ in part]
        items: list[Item] = []
        last: tuple[Face, _Style, str] | None = None
        for index, (character, level) in enumerate(zip(text, levels_of(text, base), strict=True)):
            if character in UNDRAWN:
                continue
            style = styles[index]
            if character == " " and last and last[1].link == style.link:
                # A blank stays with the word before it: at the start of a run some readers of papers lose it.
                style = last[1]
            kept = last[0] if last and last[1][:2] == style[:2] else None
            face = self._face(character, kept, style)
            script = script_of(character) or (last[2] if last and last[0] is face else "")
            follows = bool(items) and items[-1].end == index and items[-1].level == level
            if follows and last == (face, style, script):
                items[-1] = items[-1]._replace(end=index + 1)
            else:
                items.append(Item(index, index + 1, face, level, style.link, style.language))
            last = (face, style, script)
        return tuple(items)

    def _face(self, character: str, kept: Face | None, style: _Style) -> Face:
        """Signs, blanks and marks stay with the face before them where it has them; joiners always do."""
        if kept and (character in JOINERS or (not character.isalnum() and kept.has(character))):
            return kept
        face = self._fonts.face_of(character, bold=style.bold, italic=style.italic)
        if face is None:
            raise ValueError(f"no font has U+{ord(character):04X}; refusals() names it with its field")
        return face


@lru_cache(maxsize=_FONTS_MAX)
def itemizer_of(fonts: Fonts) -> Itemizer:
    """The itemizer of some fonts: what one paper taught it serves the next, and changes nothing in it."""
    return Itemizer(fonts)


class _Representatives(dict[int, str]):
    """For each letter or digit the first one met of its face, script and direction; a sign stands for itself."""

    def __init__(self, fonts: Fonts, style: _Style):
        super().__init__()
        self._fonts, self._style = fonts, style
        self._first: dict[tuple[Face | None, str, str], str] = {}

    def __missing__(self, code: int) -> str:
        character = found = chr(code)
        if character.isalnum():
            face = self._fonts.face_of(character, bold=self._style.bold, italic=self._style.italic)
            if face is not None:
                kind = (face, script_of(character), unicodedata.bidirectional(character))
                found = self._first.setdefault(kind, character)
        self[code] = found
        return found


def levels_of(text: str, base: int) -> list[int]:
    """The level of every character; what the algorithm leaves out takes that of the one before."""
    if not base and not TURNING.search(text):
        return [0] * len(text)
    found: list[int] = []
    for level in resolve(text, base)[1]:
        found.append(level if level is not None else found[-1] if found else base)
    return found


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """The script of a letter, as the first word of its name; empty for signs, digits and marks, which have none."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").partition(" ")[0]
