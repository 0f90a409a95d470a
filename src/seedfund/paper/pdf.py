"""Placed lines, rules and squares into the bytes of a PDF, each under the part of the paper that it belongs to.

With `embedded`, `streams`, `written`, `structure`, `metadata` and `attachments` the only module of paper that knows
ReportLab.
Everything a paper uses is kept with that paper: fonts are cut to the glyphs it draws, in the order it draws them, and
ReportLab's own font registry and settings are neither read for content nor changed. So the same pages give the same
bytes, whatever the process drew before, and also when the environment declares a build date.

Must not know blocks, layout or what the text says.
"""

import hashlib
import io
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, BinaryIO, Final, NamedTuple

from reportlab.pdfbase import pdfdoc

from seedfund.paper.attachments import enclose
from seedfund.paper.embedded import UsedFont
from seedfund.paper.faces import Face
from seedfund.paper.metadata import About, describe, pdf_day
from seedfund.paper.streams import PackedStream, PageObject, PlainStream, packed, reference, stream
from seedfund.paper.structure import Tagged, write_bookmarks, write_structure
from seedfund.paper.tagging import APART, Led, Mark, Part, in_order
from seedfund.paper.typeset import Line, Run, ShapedRun
from seedfund.paper.written import Document

__all__ = ["About", "Link", "PdfFile", "Sheet", "UsedFont"]


_BLACK: Final = re.compile(b"\x01+")


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
            if part.is_split or _is_of_several(line.runs, part.language):
                self._parts_of_text(line, x=x, y=y, size=size, grey=grey, part=part)
                return
        self._enter(part)
        blank = self._blank(line) if line.is_parted else ""
        self._show(line.drawn or line.runs, x=x, y=y, size=size, grey=grey, last=blank)

    def _parts_of_text(self, line: Line, *, x: float, y: float, size: float, grey: float, part: Part) -> None:
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
            self._show(sorted(runs, key=lambda run: run.x), x=x, y=y, size=size, grey=grey)
            if address:
                left = min(run.x for run in runs)
                width = max(run.x + _width(run, size) for run in runs) - left
                inner.kids.append(Led(self._index, len(self.links)))
                self.links.append(Link(address, x + left, y - 0.25 * size, width, size * 1.1, inner))
        if line.is_parted and inner.said:
            inner.said += " "
        elif line.is_parted and (blank := self._blank(line)):
            self._code.append(f"BT {x + line.width:.2f} {y:.2f} Td {blank}ET")

    def _show(
        self,
        runs: Sequence[Run | ShapedRun],
        *,
        x: float,
        y: float,
        size: float,
        grey: float,
        last: str = "",
    ) -> None:
        """Runs from left to right, and what is drawn behind them."""
        below = f"{y:.2f}"
        parts = []
        for run in runs:
            font = self._pdf.font(run.face)
            shown = font.show(run, size=size)
            parts.append(f"{font.select(size)} 1 0 0 1 {x + run.x:.2f} {below} Tm {shown}")
        self._code.append(f"BT {grey:g} g {' '.join(parts)} {last}ET")

    def _blank(self, line: Line) -> str:
        """A blank behind the last run of a line; a shaped one says its text, blanks and all, in its part."""
        run = line.runs[-1]
        if not isinstance(run, Run) or line.drawn or not run.face.has(" "):
            return ""
        return f"{self._pdf.font(run.face).plain(' ')} "

    def _enter(self, part: Part | str) -> None:
        """What is drawn from here on belongs to a part, or is apart; nothing changes where it did already."""
        if part is self._now:
            return
        self.leave()
        self._now = part
        self._code.append(self.mark(part) if isinstance(part, Part) else part)

    def mark(self, part: Part) -> str:
        """The operator that begins a stretch of a part among operators made elsewhere; `EMC` ends it."""
        number = len(self.owners)
        self.owners.append(part)
        part.kids.append(Mark(self._index, number))
        return f"/{part.kind} <</MCID {number}>> BDC"

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

    def squares(self, rows: Sequence[Sequence[int]], *, x: float, y: float, side: float, part: Part) -> None:
        """A black and white pattern (1 is black), `side` points wide and high, its upper left corner at x, y."""
        self._enter(part)
        part.traits = f"<</O/Layout/BBox[{x:.2f} {y - side:.2f} {x + side:.2f} {y:.2f}]>>"
        step = side / len(rows)
        across = [f"{index * step:.3f}" for index in range(len(rows) + 1)]
        starts = [f"{x + index * step:.3f}" for index in range(len(rows))]
        parts = ["0 g"]
        for index, row in enumerate(rows):
            place = f"{y - (index + 1) * step:.3f}"
            parts += [
                f"{starts[first]} {place} {across[length]} {across[1]} re"
                for first, length in _stretches(row)
            ]
        parts.append("f")
        self._code.append(" ".join(parts))

    def draw(self, operators: str) -> None:
        """Add drawing operators made elsewhere, with the fonts of this paper."""
        self.leave()
        self._code.append(operators)

    def pack(self) -> None:
        """Compress what was drawn so far, so that a long paper does not hold its pages at full length."""
        self.leave()
        self._packed.append(packed(self.code().encode("latin-1")))
        self._code.clear()

    def code(self) -> str:
        """The page's drawing operators that are not packed yet."""
        return "\n".join(self._code) + "\n"

    def contents(self, document: pdfdoc.PDFDocument) -> Any:
        """The page's operators as objects of the document: one stream, or one for each time it was packed."""
        self.leave()
        rest = self.code().encode("latin-1")
        if not self._packed:
            return reference(document, stream(rest))
        parts = [PackedStream(content) for content in self._packed]
        # What comes after is a line or two, which are not worth compressing.
        return pdfdoc.PDFArray([reference(document, part) for part in (*parts, PlainStream(rest))])


def _is_of_several(runs: Sequence[Run | ShapedRun], language: str) -> bool:
    """Whether some of a line leads elsewhere or is in another language."""
    return any(run.link or run.language not in ("", language) for run in runs)


def _stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where the black stretches of a row start and how long they are."""
    return [(found.start(), found.end() - found.start()) for found in _BLACK.finditer(bytes(row))]


def _width(run: Run | ShapedRun, size: float) -> float:
    return run.width * size / 1000 if isinstance(run, Run) else run.width


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
        found = self._fonts.get(used.name)
        if found is None:
            found = self._fonts[used.name] = UsedFont(f"F{len(self._fonts) + 1}", used)
        return found

    def finish(self, about: About, parts: Part | None = None) -> bytes:
        """The whole file; `parts` are those of its sheets, none where it is a drawing alone."""
        out = io.BytesIO()
        self.write(about, out, parts)
        return out.getvalue()

    def write(self, about: About, out: BinaryIO, parts: Part | None = None) -> None:
        """Write the whole file, part by part."""
        mark = hashlib.sha256(about.identity.encode("utf-8")).hexdigest()[:32]
        document = Document(language=about.language, identity_mark=mark)
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
        document.write(out)

    def _pages(self, document: Document, resources: Any) -> list[Tagged]:
        """Add the pages, each with the key of its marks; the keys of links follow those of all pages."""
        tagged: list[Tagged] = []
        pages: Any = getattr(document, "Pages")  # noqa: B009 - the stubs leave it out
        key = len(self._sheets)
        for index, sheet in enumerate(self._sheets):
            links = [link.annotation(key + at) for at, link in enumerate(sheet.links)]
            key += len(links)
            page = PageObject(
                self._size,
                parent=pages,
                resources=resources,
                contents=sheet.contents(document),
                links=[reference(document, link) for link in links],
                key=index if sheet.owners else None,
            )
            document.addPage(page)
            owned = zip(map(document.number_of, links), [link.part for link in sheet.links], strict=True)
            tagged.append(Tagged(document.number_of(page), sheet.owners, list(owned)))
        return tagged
