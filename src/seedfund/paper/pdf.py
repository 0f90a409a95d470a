"""Placed lines, rules and squares into the bytes of a PDF. The only module of paper that knows ReportLab.

Everything a paper uses is kept with that paper: fonts are cut to the glyphs it draws, in the order it draws them, and
ReportLab's own font registry and settings are neither read for content nor changed. So the same pages give the same
bytes, whatever the process drew before, and also when the environment declares a build date.

Must not know blocks, layout or what the text says.
"""

import hashlib
import zlib
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfdoc

from seedfund.paper import truetype
from seedfund.paper.attachments import enclose
from seedfund.paper.document import PaperDocument
from seedfund.paper.faces import Face, Glyph
from seedfund.paper.metadata import About, describe, pdf_day
from seedfund.paper.objects import LEVEL, reference, stream
from seedfund.paper.shown import shape_operators
from seedfund.paper.structure import Tagged, write_bookmarks, write_structure
from seedfund.paper.tagging import APART, Led, Mark, Part, in_order
from seedfund.paper.typeset import Line, Run, Shape, ShapedRun

__all__ = ["About", "Link", "PdfFile", "Sheet", "UsedFont"]

_MAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /SeedfundText def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_MAP_TAIL: Final = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
_LINES_PER_MAP: Final = 100
_SHOWN_MAX: Final = 4_000


class Link(NamedTuple):
    """A place on a page that leads to an address; from its lower left corner, in points."""

    address: str
    x: float
    y: float
    width: float
    height: float

    part: Part
    """What of the paper it is."""

    def annotation(self, key: int) -> pdfdoc.PDFDictionary:
        """The place as the format writes it, without a border; `key` leads to its part."""
        action = {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(self.address)}
        box = [self.x, self.y, self.x + self.width, self.y + self.height]
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray([round(edge, 2) for edge in box]),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "F": 4,
                "A": pdfdoc.PDFDictionary(action),
                "Contents": pdfdoc.PDFString(self.address),
                "StructParent": key,
            }
        )


class Sheet:
    """One page while it is drawn. Points, from the lower left corner; grey is 0 (black) to 1 (white).

    What is drawn belongs to a part of the paper, or is apart from it (a rule, a running head): then instead of a part
    stands how it begins. What `draw` adds says so itself.
    """

    def __init__(self, pdf: "PdfFile", index: int):
        self._pdf, self._index = pdf, index
        self._code: list[str] = []
        self._packed: list[bytes] = []
        self._now: Part | str = ""
        self.links: list[Link] = []
        self.owners: list[Part] = []
        """The part of each mark."""

    def text(
        self, line: Line, *, x: float, y: float, size: float, grey: float = 0, part: Part | str = APART
    ) -> None:
        """Draw a line with its baseline at y."""
        if not line.runs:
            return
        if isinstance(part, Part):
            if part.title and not part.kids:
                part.height = y + size
            if part.is_split or [
                run for run in line.runs if run.link or run.language not in ("", part.language)
            ]:
                self._parts_of_text(line, x=x, y=y, size=size, grey=grey, part=part)
                return
        self._enter(part)
        self._show(line.runs, x=x, y=y, size=size, grey=grey)
        if line.is_parted:
            self._blank(line.runs[-1])

    def _parts_of_text(
        self, line: Line, *, x: float, y: float, size: float, grey: float, part: Part
    ) -> None:
        """A line that holds links, or words of another language: each is a part below that of the text."""
        inner = part
        for (address, language), group in groupby(line.runs, key=lambda run: (run.link, run.language)):
            runs = tuple(group)
            said = "".join([run.text for run in runs]) if part.is_split else ""
            inner = part
            if address or said or language not in ("", part.language):
                inner = part.add("Link" if address else "Span", language=language)
                inner.said = said
            self._enter(inner)
            self._show(runs, x=x, y=y, size=size, grey=grey)
            if address:
                left = min(run.x for run in runs)
                width = max(run.x + _width(run, size) for run in runs) - left
                inner.kids.append(Led(self._index, len(self.links)))
                self.links.append(Link(address, x + left, y - 0.25 * size, width, size * 1.1, inner))
        if line.is_parted and inner.said:
            inner.said += " "
        elif line.is_parted:
            self._blank(line.runs[-1])

    def _show(
        self, runs: Sequence[Run | ShapedRun], *, x: float, y: float, size: float, grey: float
    ) -> None:
        parts = [f"BT {grey:g} g"]
        # From left to right: who copies a page turns round what runs the other way, if it was drawn as it stands.
        for run in sorted(runs, key=_place) if len(runs) > 1 else runs:
            font = self._pdf.font(run.face)
            place = f"1 0 0 1 {x + run.x:.2f} {y:.2f} Tm"
            parts.append(f"{font.select(size)} {place} {font.show(run, size=size)}")
        parts.append("ET")
        self._code.append(" ".join(parts))

    def _blank(self, run: Run | ShapedRun) -> None:
        """A blank behind the last run of a line; a shaped one says its text, blanks and all, in its part."""
        glyph = run.face.glyphs.get(" ")
        if isinstance(run, Run) and glyph is not None:
            shown = self._pdf.font(run.face).codes((glyph,))
            self._code[-1] = f"{self._code[-1].removesuffix('ET')}<{shown}> Tj ET"

    def _enter(self, part: Part | str) -> None:
        """What is drawn from here on belongs to a part, or is apart; nothing changes where it did already."""
        if part is self._now:
            return
        self.leave()
        self._now = part
        if isinstance(part, Part):
            number = len(self.owners)
            self.owners.append(part)
            part.kids.append(Mark(self._index, number))
            self._code.append(f"/{part.kind} <</MCID {number}>> BDC")
        else:
            self._code.append(part)

    def leave(self) -> None:
        """What is drawn next belongs to nothing yet."""
        if self._now:
            self._code.append("EMC")
            self._now = ""

    def rule(
        self,
        *,
        x: float,
        y: float,
        width: float,
        weight: float = 0.5,
        grey: float = 0,
        part: Part | str = APART,
    ) -> None:
        """A horizontal rule."""
        self._enter(part)
        self._code.append(f"{grey:g} G {weight:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def box(
        self,
        *,
        x: float,
        y: float,
        width: float,
        height: float,
        grey: float = 0,
        part: Part | str = APART,
    ) -> None:
        """The outline of a box, hair thin."""
        self._enter(part)
        self._code.append(f"{grey:g} G 0.5 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def fill(
        self,
        *,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: tuple[float, float, float],
        part: Part | str = APART,
    ) -> None:
        """A filled box; a colour is red, green and blue, each from 0 to 1."""
        self._enter(part)
        red, green, blue = colour
        box = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        self._code.append(f"{red:g} {green:g} {blue:g} rg {box}")

    def squares(
        self, rows: Sequence[Sequence[int]], *, x: float, y: float, side: float, part: Part
    ) -> None:
        """A black and white pattern (1 is black), `side` points wide and high, its upper left corner at x, y."""
        self._enter(part)
        part.traits = f"<</O/Layout/BBox[{x:.2f} {y - side:.2f} {x + side:.2f} {y:.2f}]>>"
        step = side / len(rows)
        parts = ["0 g"]
        for index, row in enumerate(rows):
            parts.extend(
                f"{x + first * step:.3f} {y - (index + 1) * step:.3f} {length * step:.3f} {step:.3f} re"
                for first, length in _stretches(row)
            )
        parts.append("f")
        self._code.append(" ".join(parts))

    def draw(self, operators: str) -> None:
        """Add drawing operators made elsewhere, with the fonts of this paper."""
        self.leave()
        self._code.append(operators)

    def pack(self) -> None:
        """Compress what was drawn so far, so that a long paper does not hold its pages at full length."""
        self.leave()
        self._packed.append(zlib.compress(self.code().encode("ascii"), LEVEL))
        self._code.clear()

    def code(self) -> str:
        """The page's drawing operators that are not packed yet."""
        return "\n".join(self._code) + "\n"

    def contents(self, document: pdfdoc.PDFDocument) -> Any:
        """The page's operators as objects of the document: one stream, or one for each time it was packed."""
        self.leave()
        rest = stream(self.code().encode("ascii"))
        if not self._packed:
            return rest
        streams = [reference(document, stream(content, is_packed=True)) for content in self._packed]
        return pdfdoc.PDFArray([*streams, reference(document, rest)])


def _stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where the black stretches of a row start and how long they are."""
    found: list[tuple[int, int]] = []
    for index, black in enumerate(row):
        if black and found and sum(found[-1]) == index:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif black:
            found.append((index, 1))
    return found


def _place(run: Run | ShapedRun) -> float:
    return run.x


def _width(run: Run | ShapedRun, size: float) -> float:
    return run.width * size / 1000 if isinstance(run, Run) else run.width


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

    def reference(self, document: pdfdoc.PDFDocument) -> Any:
        """Add the font, cut to its glyphs, to the document."""
        data = truetype.cut(self.face.font, [glyph.number for glyph in self._glyphs])
        letters = hashlib.sha256(data).digest()[:6]
        title = pdfdoc.PDFName("".join(chr(65 + byte % 26) for byte in letters) + "+" + self.face.name)
        widths = pdfdoc.PDFArray([round(glyph.advance, 2) for glyph in self._glyphs])
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": title,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": reference(document, self._descriptor(document, title, data)),
                "W": pdfdoc.PDFArray([1, widths]),
                "DW": 1000,
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            }
        )
        return reference(
            document,
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("Font"),
                    "Subtype": pdfdoc.PDFName("Type0"),
                    "BaseFont": title,
                    "Encoding": pdfdoc.PDFName("Identity-H"),
                    "DescendantFonts": pdfdoc.PDFArray([reference(document, descendant)]),
                    "ToUnicode": reference(document, stream(self._text_map())),
                }
            ),
        )

    def _descriptor(self, document: pdfdoc.PDFDocument, title: str, data: bytes) -> pdfdoc.PDFDictionary:
        font = self.face.font
        scale = 1000 / font.units_per_em
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": title,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in font.box]),
                "ItalicAngle": round(font.italic_angle),
                "Ascent": round(font.ascent * scale),
                "Descent": round(font.descent * scale),
                "CapHeight": round(font.cap_height * scale),
                "StemV": 80,
                "FontFile2": reference(document, stream(data, f"/Length1 {len(data)}")),
            }
        )

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


class _Page(pdfdoc.PDFPage):
    """ReportLab's page with the two entries of a tagged one."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")

    def __init__(self, key: int | None):
        super().__init__()
        self.StructParents = key


class PdfFile:
    """A PDF while it is made: sheets are added in order, then `finish` gives the bytes, once."""

    def __init__(self, *, width: int, height: int):
        self._size = (width, height)
        self._fonts: dict[str, UsedFont] = {}
        self._sheets: list[Sheet] = []

    def sheet(self) -> Sheet:
        """The next page."""
        self._sheets.append(Sheet(self, len(self._sheets)))
        return self._sheets[-1]

    def font(self, used: Face) -> UsedFont:
        """This paper's own copy of a face."""
        if used.name not in self._fonts:
            self._fonts[used.name] = UsedFont(f"F{len(self._fonts) + 1}", used)
        return self._fonts[used.name]

    def finish(self, about: About, parts: Part | None = None) -> bytes:
        """The whole file; `parts` are those of its sheets, none where it is a drawing alone."""
        identity = hashlib.sha256(about.identity.encode("utf-8")).hexdigest()[:32]
        document = PaperDocument(language=about.language, identity=identity)
        found = in_order(parts) if parts is not None else []
        describe(document, about, languages=[one.language for one in found[1:] if one.is_elsewhere])
        if about.attachment is not None:
            enclose(document, about.attachment, day=pdf_day(about.day))
        fonts = {font.name: font.reference(document) for font in self._fonts.values()}
        resources = reference(document, pdfdoc.PDFDictionary({"Font": pdfdoc.PDFDictionary(fonts)}))
        tagged = self._pages(document, resources)
        if found:
            write_structure(document, found, tagged)
            write_bookmarks(document, found, tagged)
        result: bytes = document.GetPDFData(None)
        return result

    def _pages(self, document: PaperDocument, resources: Any) -> list[Tagged]:
        """Add the pages, each with the key of its marks; the keys of links follow those of all pages."""
        tagged: list[Tagged] = []
        key = len(self._sheets)
        for index, sheet in enumerate(self._sheets):
            page = _Page(index if sheet.owners else None)
            page.pagewidth, page.pageheight = self._size
            page.Resources = resources
            page.Contents = sheet.contents(document)
            links = [link.annotation(key + at) for at, link in enumerate(sheet.links)]
            key += len(links)
            if links:
                page.Annots = pdfdoc.PDFArray([reference(document, link) for link in links])
                page.Tabs = pdfdoc.PDFName("S")
            document.addPage(page)
            numbers = [document.number_of(link) for link in links]
            owned = list(zip(numbers, [link.part for link in sheet.links], strict=True))
            tagged.append(Tagged(document.number_of(page), sheet.owners, owned))
        return tagged
