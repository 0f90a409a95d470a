"""A file in hand against an issued paper: what it carries, what it prints, what it comes out as when drawn again."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from seedfund.assurance.papers.issued import IssuedPaper, Known
from seedfund.documents.content import content_from_json
from seedfund.documents.enclosed import FILE_NAME, Enclosed, EnclosedTogether, open_enclosed
from seedfund.documents.layouts import Arrangement, Version, draw, draw_together
from seedfund.documents.service.issuing import drawing_tools
from seedfund.kernel.errors import Corrupt, InvalidInput, Refused
from seedfund.paper.reading import PdfSource, Unreadable, page_lines
from seedfund.paper.rules import PDF_UNREADABLE

DIFFERENCES_MOST: Final = 20
"""How many lines that differ are shown; the others are counted."""
_HASH: Final = re.compile(r"(?<![0-9a-f:])[0-9a-f]{64}(?![0-9a-f])")
_NUMBER: Final = re.compile(r"(?<![\w-])[A-Z]{2,6}-\d{4}-\d{3,}(?:/\d+)?(?:-[A-Z]{2,3})?(?![\w-])")
_FOOT_LINES: Final = 4
OTHER_TOOLS: Final = "it was drawn with other versions than are installed here"
NO_WORDING: Final = "the wording it was issued with is not at hand"
NO_CONTENT: Final = "the content that was issued is not at hand"
NO_TEXT: Final = "its pages cannot be read"


@dataclass(frozen=True, slots=True, repr=False)
class LineDiffers:
    """A line of a page: what was issued there, and what the file says; empty where there is no such line."""

    page: int
    issued: str = field(repr=False)
    found: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file says of itself: what it carries inside, and its pages line by line."""

    enclosed: Enclosed | None = field(repr=False)
    together: EnclosedTogether | None = field(repr=False)
    is_damaged: bool
    pages: tuple[tuple[str, ...], ...] | None = field(repr=False)

    @property
    def hashes(self) -> tuple[str, ...]:
        """Every hash it names that can be one of a content, the enclosed one first."""
        own = (self.enclosed.content_hash,) if self.enclosed else ()
        return (*own, *self.printed)

    @property
    def printed(self) -> tuple[str, ...]:
        """The hashes its pages print, but for those of books."""
        return tuple(
            dict.fromkeys(
                found for page in self.pages or () for line in page for found in _HASH.findall(line)
            )
        )

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers it gives itself: inside, and in the foot of its first page."""
        own = (self.enclosed.number,) if self.enclosed and _NUMBER.fullmatch(self.enclosed.number) else ()
        foot = self.pages[0][-_FOOT_LINES:] if self.pages else ()
        return (*own, *dict.fromkeys(found for line in foot for found in _NUMBER.findall(line)))


def read_file(data: bytes, *, file: str) -> FileRead:
    """What a PDF says of itself.

    Raises:
        Refused: `pdf_not_one`, `pdf_too_large`, `pdf_cut`, `pdf_unreadable`.
    """
    try:
        source = PdfSource(data, file=file)
        enclosed = source.attachment(FILE_NAME)
    except Unreadable as error:
        raise Refused([PDF_UNREADABLE(file=file, problem=error)]) from None
    return FileRead(*_opened(enclosed), _pages(source))


def _opened(enclosed: bytes | None) -> tuple[Enclosed | None, EnclosedTogether | None, bool]:
    """What is inside; of two texts of a paper the first stands for it."""
    if enclosed is None:
        return None, None, False
    try:
        found = open_enclosed(enclosed)
    except InvalidInput:
        return None, None, True
    if isinstance(found, EnclosedTogether):
        return found.papers[0], found, False
    return found, None, False


def _pages(source: PdfSource) -> tuple[tuple[str, ...], ...] | None:
    try:
        return tuple(tuple(lines) for lines in page_lines(source))
    except Unreadable:
        return None


@dataclass(frozen=True, slots=True)
class Redrawn:
    """An issued paper drawn again, or why it could not be."""

    pdf: bytes | None = field(repr=False)
    reason: str = ""


def redraw(paper: IssuedPaper, enclosed: Enclosed | None, known: Known) -> Redrawn:
    """An issued paper from the content a file carries, when that is the content that was issued."""
    if enclosed is None or not enclosed.is_whole or enclosed.content_hash != paper.content_hash:
        return Redrawn(None, NO_CONTENT)
    wording = known.wording(paper)
    if wording is None:
        return Redrawn(None, NO_WORDING)
    try:
        pdf = draw(
            enclosed.content,
            language=paper.language,
            template_version=paper.template_version,
            number=paper.number,
            content_hash=paper.content_hash,
            chain_head=paper.chain_head,
            template=wording,
        )
    except (Corrupt, InvalidInput, Refused):
        return Redrawn(None, NO_CONTENT)
    return Redrawn(pdf)


def redraw_together(papers: Sequence[IssuedPaper], together: EnclosedTogether, known: Known) -> Redrawn:
    """Two texts of a paper drawn together again, each from its own content and wording."""
    versions = []
    for paper, enclosed in zip(papers, together.papers, strict=True):
        wording = known.wording(paper)
        if wording is None:
            return Redrawn(None, NO_WORDING)
        version = Version(
            content=content_from_json(enclosed.content),
            data=enclosed.content,
            language=paper.language,
            wording=wording,
            number=paper.number,
            content_hash=paper.content_hash,
            chain_head=paper.chain_head,
        )
        versions.append(version)
    try:
        arrangement = Arrangement(together.arrangement)
        return Redrawn(draw_together(versions[0], versions[1], arrangement=arrangement))
    except (Corrupt, InvalidInput, Refused, ValueError):
        return Redrawn(None, NO_CONTENT)


def is_drawn_here(paper: IssuedPaper) -> bool:
    """Whether a paper drawn again here has to come out as the same bytes."""
    return paper.drawn_with == drawing_tools()


def line_differences(
    issued: Sequence[Sequence[str]], found: Sequence[Sequence[str]]
) -> Iterator[LineDiffers]:
    """The lines of a file that are not those that were issued, page by page."""
    for number, (before, after) in enumerate(zip_longest(issued, found, fillvalue=()), start=1):
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, other, other_end in matcher.get_opcodes():
            if tag != "equal":
                pairs = zip_longest(before[start:end], after[other:other_end], fillvalue="")
                yield from (LineDiffers(number, one, another) for one, another in pairs)


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of a paper drawn here."""
    return page_lines(PdfSource(pdf))
