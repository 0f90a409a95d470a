"""Text into widths, lines and drawing operators, each letter looked up once. Must not know tables or pages.

The seam for scripts that need shaping: all text of a report's pages passes through `wrap`, `width` and
`show`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from seedfund.kernel.errors import Refusal, Refused
from seedfund.paper.faces import BOLD, REGULAR, Face, face
from seedfund.paper.pdf import PdfFile, UsedFont
from seedfund.paper.rules import character_without_font
from seedfund.paper.typeset import clean

_PARTS: Final = re.compile(r"[^ ]*?(?<=\w)[-/–](?=\w)|[^ ]+ *| +")
_REMEMBERED_MAX: Final = 4_000


class _Codes(dict[str, str]):
    """The code of each letter in one paper's font, numbered when it is first drawn."""

    def __init__(self, font: UsedFont):
        super().__init__()
        self._font = font

    def __missing__(self, character: str) -> str:
        code = self[character] = self._font.codes((self._font.face.glyphs[character],))
        return code


@cache
def _advances(used: Face) -> Mapping[str, float]:
    """The width of each letter in font sizes."""
    return {character: glyph.advance / 1000 for character, glyph in used.glyphs.items()}


class _Weight:
    """One weight of the face, as one paper uses it."""

    def __init__(self, file: PdfFile, used: Face):
        font = file.font(used)
        self.name = font.name
        self.codes = _Codes(font)
        self.shown: dict[str, str] = {}
        self.advances = _advances(used)


class Ink:
    """Sets text of one paper at one font size, in points."""

    def __init__(self, file: PdfFile, *, size: float):
        self.size = size
        self._weights = (_Weight(file, face(REGULAR)), _Weight(file, face(BOLD)))
        self._remembered: dict[tuple[str, float, bool], tuple[str, ...]] = {}

    def select(self, *, bold: bool) -> str:
        """The operator that takes up a weight."""
        return f"/{self._weights[bold].name} {self.size:g} Tf"

    def show(self, text: str, *, bold: bool = False) -> str:
        """The operator that draws a line of text where the pen stands."""
        weight = self._weights[bold]
        shown = weight.shown.get(text)
        if shown is None:
            if len(weight.shown) >= _REMEMBERED_MAX:
                weight.shown.clear()
            shown = weight.shown[text] = f"<{''.join(map(weight.codes.__getitem__, text))}> Tj"
        return shown

    def width(self, text: str, *, bold: bool = False) -> float:
        """How wide a line of text is, in points."""
        return sum(map(self._weights[bold].advances.__getitem__, text)) * self.size

    def wrap(self, text: str, *, width: float, bold: bool = False) -> tuple[str, ...]:
        """The text in lines of at most `width` points; a word wider than a line is broken. At least one line."""
        key = (text, width, bold)
        lines = self._remembered.get(key)
        if lines is None:
            cleaned = clean(text).strip(" ")
            fits = self.width(cleaned, bold=bold) <= width
            lines = (cleaned,) if fits else tuple(self._broken(cleaned, width=width, bold=bold))
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[key] = lines
        return lines

    def widest_word(self, text: str, *, bold: bool = False) -> float:
        """The width of the widest part that a line may not be broken in, in points."""
        return max(
            (self.width(part.rstrip(" "), bold=bold) for part in _PARTS.findall(clean(text))), default=0
        )

    def _broken(self, text: str, *, width: float, bold: bool) -> Iterable[str]:
        line = ""
        for part in _PARTS.findall(text):
            if line and self.width(line + part.rstrip(" "), bold=bold) > width:
                yield line.rstrip(" ")
                line = ""
            line += part
            while self.width(line.rstrip(" "), bold=bold) > width and len(line) > 1:
                cut = self._fitting(line, width=width, bold=bold)
                yield line[:cut]
                line = line[cut:]
        yield line.rstrip(" ")

    def _fitting(self, text: str, *, width: float, bold: bool) -> int:
        """How many letters of the text fit a line, at least one."""
        advances, used = self._weights[bold].advances, 0.0
        for count, character in enumerate(text):
            used += advances[character] * self.size
            if used > width and count:
                return count
        return len(text)


def require_letters(texts: Iterable[tuple[str, str]]) -> None:
    """Do nothing when every character of (field, text) can be drawn.

    Raises:
        Refused: with `character_without_font` for each field and character, in the order met.
    """
    known = set(face(REGULAR).glyphs).intersection(face(BOLD).glyphs)
    found: dict[tuple[str, str], Refusal] = {}
    for field, text in texts:
        if not known.issuperset(text) and not known.issuperset(cleaned := clean(text)):
            for character in cleaned:
                if character not in known:
                    found.setdefault(
                        (field, character), character_without_font(field=field, character=character)
                    )
    if found:
        raise Refused(found.values())
