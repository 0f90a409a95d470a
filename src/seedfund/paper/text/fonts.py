"""Families of faces, and the order in which they are asked for a character. Must not know lines, shapes or PDF.

A `Fonts` is a value: nothing is registered anywhere, and two papers of one process may be set with different ones.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from seedfund.kernel.errors import Refused
from seedfund.paper.faces import BOLD, FOLDER, ITALIC, REGULAR, Face, face, read_face
from seedfund.paper.rules import FONT_UNUSABLE

# How much larger each is set, so that its letters are as large to the eye as the Latin ones beside them.
_SCRIPTS: Final = {"NotoNaskhArabic": 1.14, "NotoSansMyanmar": 1.0, "NotoSansThai": 1.0}
_UNPRINTED: Final = re.compile("[^A-Za-z0-9]+")
# What Unicode says shows nothing (Default_Ignorable_Code_Point), whatever a font may have for it.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, eq=False, slots=True)
class Family:
    """The faces of one design; a weight it does not have is set in its regular face.

    No family of Thai, Burmese or Arabic has an italic: emphasis in those scripts is bold, or nothing.
    """

    name: str
    regular: Face
    bold: Face | None = None
    italic: Face | None = None

    def faces(self, *, bold: bool, italic: bool) -> tuple[Face, ...]:
        """The faces for a weight, the one that is meant first; bold is stronger than italic."""
        meant = self.bold if bold else self.italic if italic else None
        return (meant, self.regular) if meant else (self.regular,)


@dataclass(frozen=True, eq=False, slots=True)
class Fonts:
    """Families in the order they are asked; the first that has a character draws it."""

    families: tuple[Family, ...]
    _known: dict[tuple[str, bool, bool], Face | None] = field(default_factory=dict, repr=False)
    _drawn: set[str] = field(default_factory=set, repr=False)

    def face_of(self, character: str, *, bold: bool = False, italic: bool = False) -> Face | None:
        """The face that draws a character; None where no family has it, and for what nobody would see."""
        key = (character, bold, italic)
        if key not in self._known and _UNSEEN.match(character):
            self._known[key] = None
        if key not in self._known:
            offered = (one for family in self.families for one in family.faces(bold=bold, italic=italic))
            self._known[key] = next((one for one in offered if one.has(character)), None)
        return self._known[key]

    def draws_all(self, text: str) -> bool:
        """Whether some family has every character."""
        if self._drawn.issuperset(text):
            return True
        self._drawn.update([character for character in text if self.face_of(character)])
        return self._drawn.issuperset(text)

    def with_family(self, family: Family, *, is_first: bool = False) -> "Fonts":
        """These fonts and a host's own: asked last, for scripts that nobody else has, or first, for its looks."""
        both = (family, *self.families) if is_first else (*self.families, family)
        return Fonts(both)

    @property
    def is_latin_ours(self) -> bool:
        """Whether Latin text is drawn in the face that travels with seedfund."""
        return self.families[0].regular is face(REGULAR)


@cache
def shipped() -> Fonts:
    """The families that travel with seedfund: Noto Sans, Noto Naskh Arabic, Noto Sans Myanmar, Noto Sans Thai."""
    latin = Family("Noto Sans", face(REGULAR), face(BOLD), face(ITALIC))
    return Fonts((latin, *(_shipped_family(name, scale) for name, scale in _SCRIPTS.items())))


def _shipped_family(name: str, scale: float) -> Family:
    regular, bold = (
        read_face(
            (FOLDER / f"{name}-{weight}.ttf").read_bytes(), name=f"Seedfund{name}-{weight}", scale=scale
        )
        for weight in ("Regular", "Bold")
    )
    return Family(name, regular, bold)


def read_family(
    name: str, *, regular: bytes, bold: bytes | None = None, italic: bytes | None = None, scale: float = 1.0
) -> Family:
    """A host's own family from the bytes of its TrueType files (`.ttf`, outlines in a `glyf` table).

    `scale` is how much larger than the Latin text it is set, 1 for as large.

    Raises:
        Refused: `font_unusable`, one for each file that is another kind of font or not whole.
    """
    files = {"Regular": regular, "Bold": bold, "Italic": italic}
    read: dict[str, Face] = {}
    refusals = []
    for weight, data in files.items():
        if data is None:
            continue
        title = f"{_UNPRINTED.sub('', name) or 'Host'}{hashlib.sha256(data).hexdigest()[:8]}-{weight}"
        try:
            read[weight] = read_face(data, name=title, scale=scale)
        except ValueError as error:
            refusals.append(FONT_UNUSABLE(font=f"{name} {weight}", problem=str(error)))
    if refusals:
        raise Refused(refusals)
    return Family(name, read["Regular"], read.get("Bold"), read.get("Italic"))
