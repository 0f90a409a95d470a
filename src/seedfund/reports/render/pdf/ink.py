"""Text into widths, lines and drawing operators, each letter looked up once. Must not know tables or pages.

All text of a report's pages passes through `wrap`, `width` and `show`. Latin is set letter by letter; a text that holds
another script is set by the typesetter of all scripts, and its lines carry how they are drawn.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from seedfund.kernel.errors import refuse
from seedfund.paper.blocks import Span
from seedfund.paper.faces import BOLD, REGULAR, Face, face
from seedfund.paper.pdf import PdfFile, UsedFont
from seedfund.paper.text import ScriptTypesetter
from seedfund.paper.typeset import Line, clean, latin_characters

_PARTS: Final = re.compile(r"[^ ]*?(?<=\w)[-/–](?=\w)|[^ ]+ *| +")
_REMEMBERED_MAX: Final = 4_000
_ENDLESS: Final = 1e6


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


class _ShapedLine(str):
    """The text of a line that is not set letter by letter, with how it is."""

    line: Line


class Ink:
    """Sets text of one paper at one font size, in points."""

    def __init__(self, file: PdfFile, *, size: float):
        self.size = size
        self._file = file
        self._setter: ScriptTypesetter | None = None
        self._weights = (_Weight(file, face(REGULAR)), _Weight(file, face(BOLD)))
        self._remembered: dict[tuple[str, float, bool], tuple[str, ...]] = {}

    def select(self, *, bold: bool) -> str:
        """The operator that takes up a weight."""
        return f"/{self._weights[bold].name} {self.size:g} Tf"

    def show(self, text: str, *, bold: bool = False) -> str:
        """The operator that draws a line of text where the pen stands."""
        if isinstance(text, _ShapedLine):
            return self._shown(text.line, bold=bold)
        weight = self._weights[bold]
        shown = weight.shown.get(text)
        if shown is None:
            if len(weight.shown) >= _REMEMBERED_MAX:
                weight.shown.clear()
            if latin_characters().issuperset(text):
                shown = f"<{''.join(map(weight.codes.__getitem__, text))}> Tj"
            else:
                shown = self._shown(self._one_line(text, bold=bold), bold=bold)
            weight.shown[text] = shown
        return shown

    def width(self, text: str, *, bold: bool = False) -> float:
        """How wide a line of text is, in points."""
        if isinstance(text, _ShapedLine):
            return text.line.width
        if latin_characters().issuperset(text):
            return sum(map(self._weights[bold].advances.__getitem__, text)) * self.size
        return self._one_line(text, bold=bold).width

    def wrap(self, text: str, *, width: float, bold: bool = False) -> tuple[str, ...]:
        """The text in lines of at most `width` points; a word wider than a line is broken. At least one line."""
        key = (text, width, bold)
        lines = self._remembered.get(key)
        if lines is None:
            cleaned = clean(text).strip(" ")
            if not latin_characters().issuperset(cleaned):
                lines = self._shaped(cleaned, width=width, bold=bold)
            elif self.width(cleaned, bold=bold) <= width:
                lines = (cleaned,)
            else:
                lines = tuple(self._broken(cleaned, width=width, bold=bold))
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[key] = lines
        return lines

    def widest_word(self, text: str, *, bold: bool = False) -> float:
        """The width of the widest part that a line may not be broken in, in points."""
        cleaned = clean(text)
        if not latin_characters().issuperset(cleaned):
            return self._typesetter().width([Span(cleaned, bold=bold)], size=self.size)[1]
        return max((self.width(part.rstrip(" "), bold=bold) for part in _PARTS.findall(cleaned)), default=0)

    def _typesetter(self) -> ScriptTypesetter:
        if self._setter is None:
            self._setter = ScriptTypesetter()
        return self._setter

    def _shaped(self, text: str, *, width: float, bold: bool) -> tuple[str, ...]:
        """The lines of a text that is not Latin alone."""
        found = []
        for line in self._typesetter().lines([Span(text, bold=bold)], size=self.size, width=width):
            named = _ShapedLine(line.text)
            named.line = line
            found.append(named)
        return tuple(found)

    def _one_line(self, text: str, *, bold: bool) -> Line:
        return self._typesetter().lines([Span(text, bold=bold)], size=self.size, width=_ENDLESS)[0]

    def _shown(self, line: Line, *, bold: bool) -> str:
        """The operators of a line of several fonts, after which the weight is taken up again."""
        parts, x = [], 0.0
        for run in line.runs:
            font = self._file.font(run.face)
            moved = f"{run.x - x:.2f} 0 Td " if run.x != x else ""
            parts.append(f"{moved}{font.select(self.size)} {font.show(run, size=self.size)}")
            x = run.x
        return " ".join([*parts, self.select(bold=bold)])

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
    refuse(ScriptTypesetter().refusals(texts))
