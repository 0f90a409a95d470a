"""The faces papers are set in: which letters each has and how wide they are. Must not know lines, pages or PDF.

A face is read once per process and never changed; what one paper uses of it is kept with that paper (`pdf.py`).
The names are our own and nothing is registered with ReportLab. Which families there are beside the Latin one, and in
what order they are asked for a character, is said by a value (`paper.text.fonts`).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
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
_LATIN_HEIGHT: Final = 1.362
"""From the highest to the lowest point that the Latin face declares, in font sizes."""
_TALL_SHARE: Final = 0.55
"""What other scripts declare is their rarest stack of marks; half of what it asks for keeps lines apart."""


class Glyph(NamedTuple):
    """A drawn sign: its number in the font, the text it stands for, its width in thousandths of the size."""

    number: int
    text: str
    advance: float


@dataclass(frozen=True, eq=False)
class Face:
    """One weight of one family, with the glyph of every character it has.

    `scale` is how much larger it is set than the text around it: letters of some scripts are drawn small in their font.
    """

    name: str
    font: TrueType = field(repr=False)
    glyphs: Mapping[str, Glyph] = field(repr=False)
    scale: float = 1.0

    @cached_property
    def is_shaped(self) -> bool:
        """Whether letters change with their neighbours: the font has tables that say how."""
        return "GSUB" in self.font.tables or "GPOS" in self.font.tables

    @cached_property
    def tall(self) -> float:
        """How much more than the Latin face its lines want to be apart, at least 1."""
        own = (self.font.ascent - self.font.descent) / self.font.units_per_em
        return max(1.0, 1 + _TALL_SHARE * (own * self.scale / _LATIN_HEIGHT - 1))

    def has(self, character: str) -> bool:
        """Whether the face can draw the character."""
        return character in self.glyphs

    def width(self, text: str) -> float:
        """How wide a text is, in thousandths of the font size; every character must be one it has."""
        glyphs = self.glyphs
        return sum([glyphs[character].advance for character in text])


@cache
def face(weight: str) -> Face:
    """The Latin face of a weight (`regular`, `bold`, `italic`), read from the fonts that travel with seedfund."""
    return read_face((FOLDER / _FILES[weight]).read_bytes(), name=f"SeedfundSans-{weight.title()}")


def read_face(data: bytes, *, name: str, scale: float = 1.0) -> Face:
    """The face in the bytes of a TrueType font.

    Raises:
        ValueError: it is another kind of font, or cut short.
    """
    try:
        font = truetype.read(data)
    except (struct.error, KeyError, IndexError) as error:
        raise ValueError(f"this is not a whole TrueType font: {error}") from None
    unit = 1000 / font.units_per_em
    glyphs = {
        chr(code): Glyph(number, chr(code), font.advances[number] * unit)
        for code, number in font.glyph_of.items()
    }
    return Face(name, font, glyphs, scale)
