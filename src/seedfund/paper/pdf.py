"""Placed lines, rules and squares into the bytes of a PDF.

With `embedded`, `streams`, `written` and `attachments` the only module of paper that knows ReportLab.
Everything a paper uses is kept with that paper: fonts are cut to the glyphs it draws, in the order it draws them, and
ReportLab's own font registry and settings are neither read for content nor changed. So the same pages give the same
bytes, whatever the process drew before, and also when the environment declares a build date.

Must not know blocks, layout or what the text says.
"""

import hashlib
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Final, NamedTuple

from reportlab.pdfbase import pdfdoc

from seedfund.paper.attachments import Attachment, enclose
from seedfund.paper.embedded import UsedFont
from seedfund.paper.faces import Face
from seedfund.paper.streams import PackedStream, PageObject, PlainStream, reference, stream
from seedfund.paper.typeset import Line, Run
from seedfund.paper.written import Document

PRODUCER: Final = "seedfund"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: title, author, language tag (`es-EC`), day, and an identity for its ID.

    `attachment` is a file it carries inside, such as its content as data.
    """

    title: str
    author: str
    language: str
    day: date
    identity: str
    attachment: Attachment | None = None


class Link(NamedTuple):
    """A place on a page that leads to an address; from its lower left corner, in points."""

    address: str
    x: float
    y: float
    width: float
    height: float

    def annotation(self) -> pdfdoc.PDFDictionary:
        """The place as the format writes it, without a border."""
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
            }
        )


class Sheet:
    """One page while it is drawn. Points, from the lower left corner; grey is 0 (black) to 1 (white)."""

    def __init__(self, pdf: "PdfFile"):
        self._pdf = pdf
        self._code: list[str] = []
        self._packed: list[bytes] = []
        self.links: list[Link] = []

    def text(self, line: Line, *, x: float, y: float, size: float, grey: float = 0) -> None:
        """Draw a line with its baseline at y."""
        parts = [f"BT {grey:g} g"]
        for run in line.runs:
            font = self._pdf.font(run.face)
            place = f"1 0 0 1 {x + run.x:.2f} {y:.2f} Tm"
            parts.append(f"{font.select(size)} {place} {font.show(run, size=size)}")
            if run.link:
                width = run.width * size / 1000 if isinstance(run, Run) else run.width
                self.links.append(Link(run.link, x + run.x, y - 0.25 * size, width, size * 1.1))
        parts.append("ET")
        self._code.append(" ".join(parts))

    def rule(self, *, x: float, y: float, width: float, weight: float = 0.5, grey: float = 0) -> None:
        """A horizontal rule."""
        self._code.append(f"{grey:g} G {weight:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def box(self, *, x: float, y: float, width: float, height: float, grey: float = 0) -> None:
        """The outline of a box, hair thin."""
        self._code.append(f"{grey:g} G 0.5 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def fill(
        self, *, x: float, y: float, width: float, height: float, colour: tuple[float, float, float]
    ) -> None:
        """A filled box; a colour is red, green and blue, each from 0 to 1."""
        red, green, blue = colour
        box = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        self._code.append(f"{red:g} {green:g} {blue:g} rg {box}")

    def squares(self, rows: Sequence[Sequence[int]], *, x: float, y: float, side: float) -> None:
        """A black and white pattern (1 is black), `side` points wide and high, its upper left corner at x, y."""
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
        self._code.append(operators)

    def pack(self) -> None:
        """Compress what was drawn so far, so that a long paper does not hold its pages at full length."""
        self._packed.append(zlib.compress(self.code().encode("latin-1")))
        self._code.clear()

    def code(self) -> str:
        """The page's drawing operators that are not packed yet."""
        return "\n".join(self._code) + "\n"

    def contents(self, document: pdfdoc.PDFDocument) -> Any:
        """The page's operators as objects of the document: one stream, or one for each time it was packed."""
        rest = self.code().encode("latin-1")
        if not self._packed:
            return stream(rest)
        parts = [PackedStream(content) for content in self._packed]
        # What comes after is a line or two, which are not worth compressing.
        return pdfdoc.PDFArray([reference(document, part) for part in (*parts, PlainStream(rest))])


def _stretches(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where the black stretches of a row start and how long they are."""
    found: list[tuple[int, int]] = []
    for index, black in enumerate(row):
        if black and found and sum(found[-1]) == index:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif black:
            found.append((index, 1))
    return found


class PdfFile:
    """A PDF while it is made: sheets are added in order, then `finish` gives the bytes, once."""

    def __init__(self, *, width: int, height: int):
        self._size = (width, height)
        self._fonts: dict[str, UsedFont] = {}
        self._sheets: list[Sheet] = []

    def sheet(self) -> Sheet:
        """The next page."""
        self._sheets.append(Sheet(self))
        return self._sheets[-1]

    def font(self, used: Face) -> UsedFont:
        """This paper's own copy of a face."""
        if used.name not in self._fonts:
            self._fonts[used.name] = UsedFont(f"F{len(self._fonts) + 1}", used)
        return self._fonts[used.name]

    def finish(self, about: About) -> bytes:
        """The whole file."""
        out = io.BytesIO()
        self.write(about, out)
        return out.getvalue()

    def write(self, about: About, out: BinaryIO) -> None:
        """Write the whole file, part by part."""
        day = f"D:{about.day.isoformat().replace('-', '')}000000Z"
        mark = hashlib.sha256(about.identity.encode("utf-8")).hexdigest()[:32]
        document = Document(language=about.language, identity_mark=mark)
        document.setTitle(about.title)
        document.setAuthor(about.author)
        document.setSubject(about.title)
        document.setCreator(PRODUCER)
        document.setProducer(PRODUCER)
        document.setDateFormatter(lambda *instant: day)
        if about.attachment is not None:
            enclose(document, about.attachment, day=day)
        fonts = {font.name: font.reference(document) for font in self._fonts.values()}
        resources = reference(document, pdfdoc.PDFDictionary({"Font": pdfdoc.PDFDictionary(fonts)}))
        pages: Any = getattr(document, "Pages")  # noqa: B009 - the stubs leave it out
        for sheet in self._sheets:
            notes = [reference(document, link.annotation()) for link in sheet.links]
            page = PageObject(
                self._size, parent=pages, resources=resources, contents=sheet.contents(document), links=notes
            )
            document.addPage(page)
        document.write(out)
