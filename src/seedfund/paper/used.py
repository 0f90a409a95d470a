"""A face as one paper uses it: its glyphs numbered as they are met, cut out and written. Must not know pages.

Fonts are kept with the paper that draws with them; ReportLab's registry is neither read nor changed.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from seedfund.paper import truetype
from seedfund.paper.document import PaperDocument
from seedfund.paper.faces import Face, Glyph
from seedfund.paper.objects import Ready, reference, stream
from seedfund.paper.shown import shape_operators
from seedfund.paper.typeset import Run, Shape, ShapedRun

_MAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /SeedfundText def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_MAP_TAIL: Final = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
_LINES_PER_MAP: Final = 100
_SHOWN_MAX: Final = 4_000


class UsedFont:
    """The glyphs one paper draws with one face, numbered in the order they were met."""

    def __init__(self, name: str, used: Face):
        self.name = name
        self.face = used
        self._glyphs: list[Glyph] = []
        self._codes: dict[Glyph, str] = {}
        self._shown: dict[tuple[Shape, float], str] = {}

    def select(self, size: float) -> str:
        """The operator that takes the font up, as large as its face is set beside text of this size."""
        return f"/{self.name} {size * self.face.scale:g} Tf"

    def show(self, run: Run | ShapedRun, *, size: float) -> str:
        """The operators that draw a run where the pen stands; the font is taken up already."""
        if isinstance(run, Run):
            return f"<{self.codes(run.glyphs)}> Tj"
        found = self._shown.get((run.shape, size))
        if found is None:
            if len(self._shown) >= _SHOWN_MAX:
                self._shown.clear()
            found = shape_operators(run.shape, self.codes, size=size * self.face.scale)
            self._shown[run.shape, size] = found
        return found

    def codes(self, glyphs: Sequence[Glyph]) -> str:
        """The glyphs as hexadecimal codes of this paper's own font."""
        known = self._codes
        try:
            return "".join([known[glyph] for glyph in glyphs])
        except KeyError:
            return "".join([known.get(glyph) or self._number(glyph) for glyph in glyphs])

    def _number(self, glyph: Glyph) -> str:
        self._glyphs.append(glyph)
        self._codes[glyph] = code = f"{len(self._glyphs):04X}"
        return code

    def reference(self, document: PaperDocument) -> Any:
        """Add the font, cut to its glyphs, to the document."""
        data = truetype.cut(self.face.font, [glyph.number for glyph in self._glyphs])
        tag = "".join([chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6]])
        title = pdfdoc.PDFName(f"{tag}+{self.face.name}")
        widths = " ".join([f"{glyph.advance:.2f}" for glyph in self._glyphs])
        told = (
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[1[{widths}]]/DW 1000"
            f"/CIDToGIDMap/Identity/FontDescriptor {self._descriptor(document, title, data)}"
        )
        kind = f"/Type/Font/BaseFont{title}"
        descendant = document.number_of(Ready(f"<<{kind}/Subtype/CIDFontType2{told}>>"))
        letters = document.number_of(stream(self._text_map()))
        parts = f"/DescendantFonts[{descendant} 0 R]/ToUnicode {letters} 0 R"
        return reference(document, Ready(f"<<{kind}/Subtype/Type0/Encoding/Identity-H{parts}>>"))

    def _descriptor(self, document: PaperDocument, title: str, data: bytes) -> str:
        """The reference to what is said of the font's shape, with the font itself."""
        font = self.face.font
        scale = 1000 / font.units_per_em
        box = " ".join([str(round(edge * scale)) for edge in font.box])
        kept = document.number_of(stream(data, f"/Length1 {len(data)}"))
        code = (
            f"<</Type/FontDescriptor/FontName{title}/Flags 4/FontBBox[{box}]/ItalicAngle {round(font.italic_angle)}"
            f"/Ascent {round(font.ascent * scale)}/Descent {round(font.descent * scale)}"
            f"/CapHeight {round(font.cap_height * scale)}/StemV 80/FontFile2 {kept} 0 R>>"
        )
        return f"{document.number_of(Ready(code))} 0 R"

    def _text_map(self) -> bytes:
        """Which text each code stands for, so that the paper can be searched, copied and checked."""
        lines = [
            f"<{number:04X}> <{glyph.text.encode('utf-16-be').hex().upper()}>"
            for number, glyph in enumerate(self._glyphs, start=1)
        ]
        parts = [_MAP_HEAD]
        for start in range(0, len(lines), _LINES_PER_MAP):
            some = lines[start : start + _LINES_PER_MAP]
            parts.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n")
        return "".join([*parts, _MAP_TAIL]).encode("ascii")
