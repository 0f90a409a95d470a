"""The parts of a paper as the structure tree of its PDF, and its headings as bookmarks. Must not know what they say.

ISO 32000-1, 14.7 and 14.8: every element knows its parent and its kids, and a number tree leads from a mark on a page
back to its element.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seedfund.paper.streams import Raw, as_text, set_root
from seedfund.paper.tagging import Led, Mark, Part
from seedfund.paper.written import Document


@dataclass(frozen=True, slots=True)
class Tagged:
    """A page as the tree needs it: the number of its object, whose its marks are, its links with theirs."""

    number: int
    owners: Sequence[Part]
    links: Sequence[tuple[int, Part]]


def write_structure(document: Document, parts: Sequence[Part], pages: Sequence[Tagged]) -> None:
    """Add the tree of a paper from its parts in order, the whole first.

    Pages stand at their index in the number tree, links follow them in order.
    """
    first = document.reserve(len(parts))
    for number, part in enumerate(parts, start=first):
        part.number = number
    tree = Raw("")
    top = document.number_of(tree)
    document.pack(first, [_element(part, pages, top) for part in parts])
    rows = [
        *(
            f"{at}[{' '.join([f'{owner.number} 0 R' for owner in page.owners])}]"
            for at, page in enumerate(pages)
        ),
        *(
            f"{at} {part.number} 0 R"
            for at, (_, part) in enumerate((link for page in pages for link in page.links), start=len(pages))
        ),
    ]
    numbers = f"/ParentTree<</Nums[{' '.join(rows)}]>>/ParentTreeNextKey {len(rows)}"
    tree.text = f"/Type/StructTreeRoot/K {first} 0 R{numbers}"
    set_root(document, StructTreeRoot=tree, MarkInfo=Raw("/Marked true"))


def _element(part: Part, pages: Sequence[Tagged], top: int) -> str:
    above = top if part.under is None else part.under.number
    code = [f"<</S/{part.kind}/P {above} 0 R"]
    if part.is_elsewhere and part.language:
        code.append(f"/Lang{as_text(part.language)}")
    if part.traits:
        code.append(f"/A{part.traits}")
    if part.alt:
        code.append(f"/Alt{as_text(part.alt)}")
    if part.said:
        code.append(f"/ActualText{as_text(part.said)}")
    code.append(_kids(part, pages))
    return "".join(code)


def _kids(part: Part, pages: Sequence[Tagged]) -> str:
    """The kids of an element; the page stands once where all its marks are on one."""
    if len(part.kids) == 1 and isinstance(only := part.kids[0], Mark):
        return f"/Pg {pages[only.page].number} 0 R/K {only.number}>>"
    own = {kid.page for kid in part.kids if isinstance(kid, Mark)}
    page = own.pop() if len(own) == 1 else None
    said = []
    for kid in part.kids:
        match kid:
            case Part():
                said.append(f"{kid.number} 0 R")
            case Mark(at, number) if at == page:
                said.append(str(number))
            case Mark(at, number):
                said.append(f"<</Type/MCR/Pg {pages[at].number} 0 R/MCID {number}>>")
            case Led(at, index):
                target, _ = pages[at].links[index]
                said.append(f"<</Type/OBJR/Pg {pages[at].number} 0 R/Obj {target} 0 R>>")
    begun = f"/Pg {pages[page].number} 0 R" if page is not None else ""
    if not said:
        return f"{begun}>>"
    return f"{begun}/K {said[0]}>>" if len(said) == 1 else f"{begun}/K[{' '.join(said)}]>>"


# Bookmarks ------------------------------------------------------------------------------------------------------------


class Outlines(Raw):
    """The list of bookmarks; ReportLab prepares it before it writes, and this one is ready."""

    ready = 1

    def prepare(self, document: Any, canvas: Any) -> None:
        """Nothing is left to do."""


@dataclass(eq=False, slots=True)
class _Bookmark:
    title: str
    level: int
    page: int
    height: float
    kids: "list[_Bookmark]"
    number: int = 0


def write_bookmarks(document: Document, parts: Sequence[Part], pages: Sequence[Tagged]) -> None:
    """Add a bookmark for each heading, below that of the heading it belongs to; two side by side are one."""
    top = _Bookmark("", 0, 0, 0.0, [])
    _gather(top, parts)
    outlines = Outlines("")
    document.set_bookmarks(outlines)
    if not top.kids:
        outlines.ready = -1
        return
    set_root(document, Outlines=outlines)
    top.number = document.number_of(outlines)
    found = list(_in_order(top))
    first = document.reserve(len(found))
    for number, one in enumerate(found, start=first):
        one.number = number
    outlines.text = f"/Type/Outlines{_ends(top)}"
    codes = {
        one.number: _bookmark(above, index, pages)
        for above in (top, *found)
        for index, one in enumerate(above.kids)
    }
    document.pack(first, [codes[one.number] for one in found])


def _bookmark(above: _Bookmark, index: int, pages: Sequence[Tagged]) -> str:
    one = above.kids[index]
    before = f"/Prev {above.kids[index - 1].number} 0 R" if index else ""
    after = f"/Next {above.kids[index + 1].number} 0 R" if index + 1 < len(above.kids) else ""
    place = f"/Dest[{pages[one.page].number} 0 R/XYZ 0 {one.height:.0f} 0]"
    return f"<</Title{as_text(one.title)}/Parent {above.number} 0 R{before}{after}{place}{_ends(one)}>>"


def _gather(top: _Bookmark, parts: Sequence[Part]) -> None:
    open_ones = [top]
    last = top
    for part in parts:
        mark = next((kid for kid in part.kids if isinstance(kid, Mark)), None) if part.title else None
        if mark is None:
            continue
        level = int(part.kind[1:])
        if (last.level, last.page, last.height) == (level, mark.page, part.height):
            last.title = f"{last.title} · {part.title}"
            continue
        while open_ones[-1].level >= level:
            open_ones.pop()
        last = _Bookmark(part.title, level, mark.page, part.height, [])
        open_ones[-1].kids.append(last)
        open_ones.append(last)


def _in_order(top: _Bookmark) -> Sequence[_Bookmark]:
    return [found for one in top.kids for found in (one, *_in_order(one))]


def _ends(one: _Bookmark) -> str:
    """The first and last bookmark below one, and how many show when it is open."""
    if not one.kids:
        return ""
    return f"/First {one.kids[0].number} 0 R/Last {one.kids[-1].number} 0 R/Count {len(_in_order(one))}"
