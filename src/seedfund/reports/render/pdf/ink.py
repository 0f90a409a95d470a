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
from seedfund.paper.embedded import SPECIAL
from seedfund.paper.faces import BOLD, REGULAR, Face, face
from seedfund.paper.pdf import PdfFile
from seedfund.paper.text import ScriptTypesetter
from seedfund.paper.typeset import Line, clean, is_narrow, latin_characters

_PARTS: Final = re.compile(r"[^ ]*?(?<=\w)[-/–](?=\w)|[^ ]+ *| +")
_REMEMBERED_MAX: Final = 4_000
_SCRIPTS_MAX: Final = 32_768
_ENDLESS: Final = 1e6
DIGITS: Final = "0123456789"


@cache
def _advances(used: Face) -> Mapping[str, float]:
    """The width of each letter in font sizes."""
    return {character: glyph.advance / 1000 for character, glyph in used.glyphs.items()}


@cache
def _shapes(used: Face) -> Mapping[int, str]:
    """Every digit as 0, where they are all as wide: texts that differ in digits alone are then of one width."""
    advances = _advances(used)
    return dict.fromkeys(map(ord, DIGITS), "0") if len({advances[one] for one in DIGITS}) == 1 else {}


class _Weight:
    """One weight of the face, as one paper uses it.

    `plain` are the letters met so far that stand between brackets as they are, and all digits.
    """

    def __init__(self, file: PdfFile, used: Face):
        self._font = file.font(used)
        self.name = self._font.name
        self.plain: set[str] = set()
        self.shown: dict[str, str] = {}
        self.widths: dict[str, float] = {}
        self.advances = _advances(used)
        self.shapes = _shapes(used)

    def show(self, text: str) -> str:
        """The operator that draws Latin text."""
        if not self.plain.issuperset(text):
            glyphs = self._font.face.glyphs
            codes = self._font.codes([glyphs[character] for character in text])
            if not is_narrow(text):
                return f"<{codes}> Tj"
            self.plain.update(set(text) - SPECIAL)
            for mark in ("\\", "(", ")"):
                text = text.replace(mark, "\\" + mark)
        return f"({text}) Tj"

    def width(self, text: str) -> float:
        """How wide Latin text is, in font sizes."""
        shape = text.translate(self.shapes)
        found = self.widths.get(shape)
        if found is None:
            if len(self.widths) >= _REMEMBERED_MAX:
                self.widths.clear()
            found = self.widths[shape] = sum(map(self.advances.__getitem__, text))
        return found


class _ShapedLine(str):
    """The text of a line that is not set letter by letter, with how wide it is and how it is drawn."""

    width: float
    shown: str


class Ink:
    """Sets text of one paper at one font size, in points."""

    def __init__(self, file: PdfFile, *, size: float):
        self.size = size
        self._file = file
        self._setter: ScriptTypesetter | None = None
        self._weights = (_Weight(file, face(REGULAR)), _Weight(file, face(BOLD)))
        self._remembered: dict[tuple[str, float, bool], tuple[str, ...]] = {}
        self._scripts: dict[tuple[str, float, bool], tuple[str, ...]] = {}

    def select(self, *, bold: bool) -> str:
        """The operator that takes up a weight."""
        return f"/{self._weights[bold].name} {self.size:g} Tf"

    def show(self, text: str, *, bold: bool = False) -> str:
        """The operator that draws a line of text where the pen stands."""
        if isinstance(text, _ShapedLine):
            return text.shown
        weight = self._weights[bold]
        if weight.plain.issuperset(text):
            return f"({text}) Tj"
        shown = weight.shown.get(text)
        if shown is None:
            if len(weight.shown) >= _REMEMBERED_MAX:
                weight.shown.clear()
            if latin_characters().issuperset(text):
                shown = weight.show(text)
            else:
                shown = self._shown(self._one_line(text, bold=bold), bold=bold)
            weight.shown[text] = shown
        return shown

    def shape(self, text: str) -> str | None:
        """What two texts share that are as wide and drawn alike but for their letters, in regular weight.

        None where the text is no simple one: it has blanks, or letters that were not drawn so far.
        """
        weight = self._weights[False]
        if " " in text or not text or not weight.plain.issuperset(text):
            return None
        return text.translate(weight.shapes)

    def digits(self) -> None:
        """Take up all digits: what is drawn with some of them may be drawn with any."""
        self._weights[False].show(DIGITS)

    def width(self, text: str, *, bold: bool = False) -> float:
        """How wide a line of text is, in points."""
        if isinstance(text, _ShapedLine):
            return text.width
        if latin_characters().issuperset(text):
            return self._weights[bold].width(text) * self.size
        return self._one_line(text, bold=bold).width

    def wrap(self, text: str, *, width: float, bold: bool = False) -> tuple[str, ...]:
        """The text in lines of at most `width` points; a word wider than a line is broken. At least one line."""
        key = (text, width, bold)
        lines = self._remembered.get(key)
        if lines is None:
            cleaned = clean(text).strip(" ")
            if not latin_characters().issuperset(cleaned):
                return self._of_scripts(key, cleaned)
            if self.width(cleaned, bold=bold) <= width:
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

    def _of_scripts(self, key: tuple[str, float, bool], text: str) -> tuple[str, ...]:
        """The lines of a text that is not Latin alone, remembered longer: they are dear."""
        lines = self._scripts.get(key)
        if lines is None:
            if len(self._scripts) >= _SCRIPTS_MAX:
                self._scripts.clear()
            lines = self._scripts[key] = self._shaped(text, width=key[1], bold=key[2])
        return lines

    def _shaped(self, text: str, *, width: float, bold: bool) -> tuple[str, ...]:
        found = []
        for line in self._typesetter().lines([Span(text, bold=bold)], size=self.size, width=width):
            named = _ShapedLine(line.text)
            # Not the line itself: a long book has many, and its glyphs are large.
            named.width, named.shown = line.width, self._shown(line, bold=bold)
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
