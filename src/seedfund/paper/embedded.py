"""One face as one paper uses it: its glyphs as codes, and the font cut to them. Must not know pages or text.

A letter of Latin-1 is drawn by a code of one byte, its own number there, so that most text stands in the file as it is
read; every other glyph has a code of two bytes, in the order they were met. A table in the font says which glyph each
code is, a second one which text it stands for.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfdoc

from seedfund.paper import truetype
from seedfund.paper.faces import Face, Glyph
from seedfund.paper.shown import shape_operators
from seedfund.paper.streams import PackedStream, Raw, packed, reference
from seedfund.paper.typeset import Run, Shape, ShapedRun, is_narrow

SPECIAL_IN_ORDER: Final = ("\\", "(", ")")
"""What may not stand in a text between brackets as it is; a stroke stands before it, which is looked for first."""
SPECIAL: Final = frozenset(SPECIAL_IN_ORDER)
_FIRST_WIDE: Final = 0x8000
"""Codes of two bytes begin here; none of their first bytes is that of a letter."""
_LAST_WIDE: Final = 0x9FFF
_SYSTEM: Final = "/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >>"
_HEAD: Final = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
_SPACES: Final = "3 begincodespacerange <20> <7E> <A0> <FF> <8000> <9FFF> endcodespacerange\n"
_TAIL: Final = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
_LINES_PER_MAP: Final = 100
_SHOWN_MAX: Final = 4_000


class UsedFont:
    """The glyphs one paper draws with one face, numbered in the order they were met."""

    def __init__(self, name: str, used: Face):
        self.name = name
        self.face = used
        self._glyphs: list[Glyph] = []
        self._codes: dict[Glyph, str] = {}
        self._letters: set[str] = set()
        """What is drawn as it is read, its code its own number."""
        self._shown: dict[tuple[Shape, float], str] = {}
        self._selected: dict[float, str] = {}

    def select(self, size: float) -> str:
        """The operator that takes the font up, as large as its face is set beside text of this size."""
        found = self._selected.get(size)
        if found is None:
            found = self._selected[size] = f"/{self.name} {size * self.face.scale:g} Tf"
        return found

    def show(self, run: Run | ShapedRun, *, size: float) -> str:
        """The operators that draw a run where the pen stands; the font is taken up already."""
        if isinstance(run, Run):
            return self.plain(run.letters) if run.letters else f"<{self.codes(run.glyphs)}> Tj"
        found = self._shown.get((run.shape, size))
        if found is None:
            if len(self._shown) >= _SHOWN_MAX:
                self._shown.clear()
            found = shape_operators(run.shape, self.codes, size=size * self.face.scale)
            self._shown[run.shape, size] = found
        return found

    def plain(self, letters: str) -> str:
        """The operator that draws letters of Latin-1 as they are read; each must be one the face has."""
        self._letters.update(letters)
        for mark in SPECIAL_IN_ORDER:
            if mark in letters:
                letters = letters.replace(mark, "\\" + mark)
        return f"({letters}) Tj"

    def codes(self, glyphs: Sequence[Glyph]) -> str:
        """The glyphs as hexadecimal codes of this paper's own font."""
        known = self._codes
        try:
            return "".join([known[glyph] for glyph in glyphs])
        except KeyError:
            return "".join([known.get(glyph) or self._number(glyph) for glyph in glyphs])

    def _number(self, glyph: Glyph) -> str:
        self._glyphs.append(glyph)
        text = glyph.text
        if len(text) == 1 and is_narrow(text) and self.face.glyphs.get(text) == glyph:
            code = f"{ord(text):02X}"
        else:
            code = f"{_FIRST_WIDE + len(self._glyphs):04X}"
            if len(self._glyphs) > _LAST_WIDE - _FIRST_WIDE:
                raise AssertionError("one paper draws more glyphs of one face than there are codes")
        self._codes[glyph] = code
        return code

    def reference(self, document: pdfdoc.PDFDocument) -> Any:
        """Add the font, cut to its glyphs, to the document."""
        self.codes([self.face.glyphs[letter] for letter in self._letters])
        glyphs = sorted(self._glyphs, key=lambda glyph: (len(self._codes[glyph]), self._codes[glyph]))
        made = _cut(self.face, tuple(glyphs), tuple([self._codes[glyph] for glyph in glyphs]))
        descendant = Raw(
            f"/Type /Font /Subtype /CIDFontType2 /BaseFont /{made.title} {_SYSTEM.format(ordering='Identity')} "
            f"/DW 1000 /CIDToGIDMap /Identity /W [1 [{made.widths}]]",
            FontDescriptor=reference(document, self._descriptor(document, made)),
        )
        about = f" /Type /CMap /CMapName /SeedfundCodes {_SYSTEM.format(ordering='Identity')}"
        whole = Raw(
            f"/Type /Font /Subtype /Type0 /BaseFont /{made.title}",
            Encoding=reference(document, PackedStream(made.encoding, also=about.encode("ascii"))),
            DescendantFonts=[reference(document, descendant)],
            ToUnicode=reference(document, PackedStream(made.texts)),
        )
        return reference(document, whole)

    def _descriptor(self, document: pdfdoc.PDFDocument, made: "_Cut") -> Raw:
        font = self.face.font
        scale = 1000 / font.units_per_em
        box = " ".join(str(round(edge * scale)) for edge in font.box)
        ascent, descent, capital = (
            round(height * scale) for height in (font.ascent, font.descent, font.cap_height)
        )
        outlines = PackedStream(made.outlines, also=b" /Length1 %d" % made.size)
        return Raw(
            f"/Type /FontDescriptor /FontName /{made.title} /Flags 4 /FontBBox [{box}] /StemV 80 "
            f"/ItalicAngle {round(font.italic_angle)} /Ascent {ascent} /Descent {descent} /CapHeight {capital}",
            FontFile2=reference(document, outlines),
        )


class _Cut(NamedTuple):
    """A face cut to some glyphs, compressed: its name, its outlines with their size, widths, and both tables."""

    title: str
    outlines: bytes
    size: int
    widths: str
    encoding: bytes
    texts: bytes


@lru_cache(maxsize=64)
def _cut(face: Face, glyphs: tuple[Glyph, ...], codes: tuple[str, ...]) -> _Cut:
    """Cut a face; papers of one wording often have all their letters in common."""
    data = truetype.cut(face.font, [glyph.number for glyph in glyphs])
    letters = hashlib.sha256(data).digest()[:6]
    numbered = [f"<{code}> {number}" for number, code in enumerate(codes, start=1)]
    # Which text each code stands for, so that the paper can be searched, copied and checked.
    told = [
        f"<{code}> <{glyph.text.encode('utf-16-be').hex().upper()}>"
        for code, glyph in zip(codes, glyphs, strict=True)
    ]
    return _Cut(
        title="".join(chr(65 + byte % 26) for byte in letters) + "+" + face.name,
        outlines=packed(data),
        size=len(data),
        widths=" ".join([f"{glyph.advance:.6g}" for glyph in glyphs]),
        encoding=packed(_table("SeedfundCodes", "Identity", numbered, "cidchar")),
        texts=packed(_table("SeedfundText", "UCS", told, "bfchar")),
    )


def _table(name: str, ordering: str, lines: Sequence[str], kind: str) -> bytes:
    """A table of codes as the format writes it, at most a hundred lines a part."""
    kinds = {"cidchar": 1, "bfchar": 2}
    parts = [
        _HEAD,
        _SYSTEM.format(ordering=ordering),
        f" def\n/CMapName /{name} def /CMapType {kinds[kind]} def\n",
    ]
    parts.append(_SPACES)
    for start in range(0, len(lines), _LINES_PER_MAP):
        some = lines[start : start + _LINES_PER_MAP]
        parts.append(f"{len(some)} begin{kind}\n" + "\n".join(some) + f"\nend{kind}\n")
    return "".join([*parts, _TAIL]).encode("ascii")
