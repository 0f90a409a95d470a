"""What keeps a PDF from being heard as well as it is seen: each fault as a sentence, none where there is none.

The questions are those of ISO 14289-1 (PDF/UA-1, clause 7) and of ISO 19005-3 (PDF/A-3) that a file can answer by
itself. No fault found here is no certificate: whether an order makes sense, or a picture's words are true, only people
judge.
Must not know papers or how they are drawn.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from seedfund.paper.reading.objects import PdfSource, Stream
from seedfund.paper.reading.packet import facts_of
from seedfund.paper.reading.structure import PageMarks, Told, page_marks, parts_told
from seedfund.paper.reading.tokens import Ref

_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_HEADINGS: Final = ("H1", "H2", "H3", "H4", "H5", "H6")
_CELLS: Final = ("TH", "TD")
_UNDER: Final[Mapping[str, tuple[str, ...]]] = {
    "LI": ("L",),
    "Lbl": ("LI",),
    "LBody": ("LI",),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TR": ("Table", "THead", "TBody"),
    "TH": ("TR",),
    "TD": ("TR",),
}
"""Parts that mean nothing outside of another."""


def faults(source: PdfSource) -> tuple[str, ...]:
    """Every fault, those of the whole file first.

    Raises:
        Unreadable: the file is damaged, or larger than any paper.
    """
    pages = page_marks(source)
    tree = parts_told(source, pages)
    if tree is None:
        return ("it has no parts: nothing tells what is a heading, a list or a table",)
    return (
        *_of_file(source),
        *_of_marks(source, pages, tree),
        *_of_parts(tree),
        *_of_links(source, pages, tree),
    )


def _of_file(source: PdfSource) -> Iterator[str]:
    root = source.root
    if source.get(source.table(root.get("MarkInfo")).get("Marked")) is not True:
        yield "it does not say that its parts are marked"
    if not source.get(root.get("Lang")):
        yield "it does not say in which language it is"
    if source.get(source.table(root.get("ViewerPreferences")).get("DisplayDocTitle")) is not True:
        yield "readers are not told to show its title"
    packet = source.get(root.get("Metadata"))
    facts = facts_of(source.opened(packet)) if isinstance(packet, Stream) else frozenset()
    if not any(name == _TITLE and values[-1] for name, *values in facts):
        yield "it has no title"
    intents = source.get(root.get("OutputIntents")) or [None]
    profile = source.get(source.table(intents[0]).get("DestOutputProfile"))
    if not isinstance(profile, Stream):
        yield "it does not say what its colours are"
    files = source.get(root.get("AF")) or []
    if any("AFRelationship" not in source.table(one) for one in files):
        yield "it does not say what a file inside it is to it"
    if any(name in root for name in ("OpenAction", "AA")):
        yield "it does something when it is opened"
    for name, font in _fonts(source):
        if not _is_whole(source, font):
            yield f"the font {name} is not in it, or does not tell its letters"


def _fonts(source: PdfSource) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: set[str] = set()
    for page in source.pages():
        for value in source.table(source.table(page.get("Resources")).get("Font")).values():
            font = source.table(value)
            name = str(source.get(font.get("BaseFont")))
            if name not in seen:
                seen.add(name)
                yield name, font


def _is_whole(source: PdfSource, font: dict[str, Any]) -> bool:
    below = source.get(font.get("DescendantFonts")) or [font]
    told = source.table(source.table(below[0]).get("FontDescriptor"))
    is_there = any(isinstance(source.get(told.get(f"FontFile{kind}")), Stream) for kind in ("", "2", "3"))
    return is_there and isinstance(source.get(font.get("ToUnicode")), Stream)


def _of_marks(source: PdfSource, pages: Sequence[PageMarks], tree: Told) -> Iterator[str]:
    owners = {mark: part.number for part in tree.below() for mark in part.marks}
    counted = Counter(mark for part in tree.below() for mark in part.marks)
    numbers = dict(_numbered(source, source.table(source.root.get("StructTreeRoot")).get("ParentTree"), 0))
    for index, page in enumerate(pages):
        if page.loose:
            yield f"page {index + 1}: {page.loose} drawings belong to no part and are not set apart"
        listed = (source.get(numbers.get(page.key)) if page.key is not None else None) or []
        for mark in page.texts:
            if counted[index, mark] != 1:
                yield f"page {index + 1}: mark {mark} belongs to {counted[index, mark]} parts"
            led = listed[mark] if mark < len(listed) else None
            if not isinstance(led, Ref) or led.number != owners.get((index, mark)):
                yield f"page {index + 1}: mark {mark} does not lead to its part"
    for index, mark in counted:
        if mark not in pages[index].texts:
            yield f"page {index + 1}: there is no mark {mark}"


def _numbered(source: PdfSource, value: Any, depth: int) -> Iterator[tuple[int, Any]]:
    node = source.table(value)
    pairs = source.get(node.get("Nums")) or []
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    if depth < 10:
        for kid in source.get(node.get("Kids")) or []:
            yield from _numbered(source, kid, depth + 1)


def _of_parts(tree: Told) -> Iterator[str]:
    level = 0
    for part in tree.below():
        if part.kind in _HEADINGS:
            found = _HEADINGS.index(part.kind) + 1
            if found > level + 1:
                yield f"the heading {part.text!r} leaves out a level"
            level = found
            if not part.text.strip():
                yield "a heading says nothing"
        elif part.kind == "Figure" and not part.alt:
            yield "a picture is not told in words"
        elif part.kind == "Table":
            yield from _of_table(part)
        if not part.language:
            yield f"a part {part.kind} is in no language"
        for kid in part.kids:
            if isinstance(kid, Told) and part.kind not in _UNDER.get(kid.kind, (part.kind,)):
                yield f"a part {kid.kind} stands under {part.kind}"


def _of_table(table: Told) -> Iterator[str]:
    rows = [part for part in table.below() if part.kind == "TR"]
    cells = [[kid for kid in row.kids if isinstance(kid, Told) and kid.kind in _CELLS] for row in rows]
    if not any(cell.kind == "TH" for row in cells for cell in row):
        yield "a table has no cell that names others"
    if any("Scope" not in cell.traits for row in cells for cell in row if cell.kind == "TH"):
        yield "a header of a table does not say whether it names a column or a row"
    if len({sum(_width(cell) for cell in row) for row in cells}) > 1:
        yield "a table has rows of different lengths"


def _width(cell: Told) -> int:
    """How many columns a cell takes."""
    span = cell.traits.get("ColSpan")
    return span if isinstance(span, int) else 1


def _of_links(source: PdfSource, pages: Sequence[PageMarks], tree: Told) -> Iterator[str]:
    told = Counter(number for part in tree.below() if part.kind == "Link" for number in part.links)
    for index, page in enumerate(pages):
        for number in page.links:
            link = source.table(Ref(number))
            if link.get("Subtype") != "Link":
                continue
            if told[number] != 1 or not link.get("Contents"):
                yield f"page {index + 1}: a link is no part of the text, or does not say where it leads"
