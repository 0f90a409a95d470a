"""The faces papers are set in: which letters each has and how wide they are. Must not know lines, pages or PDF.

A face is read once per process and never changed; what one paper uses of it is kept with that paper (`pdf.py`).
The names are our own and nothing is registered with ReportLab.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from seedfund.paper import truetype
from seedfund.paper.truetype import TrueType

FOLDER: Final = Path(__file__).parent / "fonts"
REGULAR: Final = "regular"
BOLD: Final = "bold"
ITALIC: Final = "italic"
_FILES: Final[Mapping[str, str]] = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
}


class Glyph(NamedTuple):
    """A drawn sign: its number in the font, the text it stands for, its width in thousandths of the size."""

    number: int
    text: str
    advance: float


@dataclass(frozen=True, eq=False)
class Face:
    """One weight of one family, with the glyph of every character it has."""

    name: str
    font: TrueType = field(repr=False)
    glyphs: Mapping[str, Glyph] = field(repr=False)

    def has(self, character: str) -> bool:
        """Whether the face can draw the character."""
        return character in self.glyphs

    def width(self, text: str) -> float:
        """How wide a text is, in thousandths of the font size; every character must be one it has."""
        glyphs = self.glyphs
        return sum([glyphs[character].advance for character in text])


@cache
def face(weight: str) -> Face:
    """The face of a weight (`regular`, `bold`, `italic`), read from the fonts that travel with seedfund."""
    font = truetype.read((FOLDER / _FILES[weight]).read_bytes())
    scale = 1000 / font.units_per_em
    glyphs = {
        chr(code): Glyph(number, chr(code), font.advances[number] * scale)
        for code, number in font.glyph_of.items()
    }
    return Face(f"SeedfundSans-{weight.title()}", font, glyphs)
