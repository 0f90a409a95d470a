"""The parts of a tagged PDF as a reader for the blind meets them: what each is, in which language, and what it says.

Read from the file alone, by its own structure tree (ISO 32000-1, 14.7), so that a paper can be checked by somebody who
did not draw it. Must not know papers or how they are drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from seedfund.paper.reading.objects import PdfSource
from seedfund.paper.reading.text import OPERATORS_MOST, PAGES_MOST, Font, PageReader, Piece
from seedfund.paper.reading.tokens import Ref, Unreadable

DEPTH_MOST: Final = 60
PARTS_MOST: Final = 1_000_000
_PAINTING: Final = frozenset(
    {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"'}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A part: kind, language (that of the part above where it has none of its own), own text, and the parts below.

    `kids` are parts and texts in order; `said` is the text that stands for what is drawn, `alt` what a picture shows,
    `marks` are its own stretches of pages (page from 0, number), `links` the numbers of annotations it holds.
    """

    kind: str
    language: str
    said: str | None
    alt: str
    traits: Mapping[str, Any] = field(repr=False)
    kids: tuple["Told | str", ...] = field(repr=False)
    marks: tuple[tuple[int, int], ...] = field(repr=False)
    links: tuple[int, ...] = ()
    number: int = 0

    @property
    def text(self) -> str:
        """What it says, with all below it."""
        if self.said is not None:
            return self.said
        return "".join([kid if isinstance(kid, str) else kid.text for kid in self.kids])

    def below(self) -> Iterator["Told"]:
        """The part itself and all below it, as they are read."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Told):
                yield from kid.below()


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What stands on a page: the text of each mark, and how much is drawn outside of any."""

    texts: Mapping[int, str] = field(repr=False)
    loose: int
    key: int | None
    links: tuple[int, ...]


def page_marks(source: PdfSource) -> list[PageMarks]:
    """The marks of every page in order.

    Raises:
        Unreadable: a page is damaged, or there is more on the pages than any paper has.
    """
    result: list[PageMarks] = []
    fonts: dict[int, Font] = {}
    budget = OPERATORS_MOST
    for page in source.pages():
        if len(result) >= PAGES_MOST:
            raise Unreadable("it has too many pages")
        reader = _MarkReader(source, page, fonts, budget=budget)
        for piece in reader.pieces():
            reader.note(piece)
        budget = reader.budget
        links = source.get(page.get("Annots"))
        numbers = [one.number for one in links if isinstance(one, Ref)] if isinstance(links, list) else []
        key = source.get(page.get("StructParents"))
        result.append(
            PageMarks(reader.texts, reader.loose, key if isinstance(key, int) else None, tuple(numbers))
        )
    return result


def parts_told(source: PdfSource, pages: list[PageMarks]) -> Told | None:
    """The whole tree, or None where the file has none.

    Raises:
        Unreadable: the tree leads in a circle, or is larger than any paper's.
    """
    root = source.table(source.root.get("StructTreeRoot"))
    kids = root.get("K")
    if kids is None:
        return None
    language = source.get(source.root.get("Lang"))
    return _TreeReader(source, pages).part(kids, str(_said(language) or ""), 0)


class _MarkReader(PageReader):
    """A page whose texts are kept by the mark they stand in."""

    def __init__(self, source: PdfSource, page: dict[str, Any], fonts: dict[int, Font], *, budget: int):
        super().__init__(source, page, fonts, budget=budget)
        self.texts: dict[int, str] = {}
        self.loose = 0
        self._open: list[tuple[int | None, bool, str | None]] = []

    def operate(self, operator: str, values: list[Any]) -> Iterator[Piece]:
        """The texts of an operator; those that a stretch says in other words are given once, when it ends."""
        match operator:
            case "BMC":
                self._begin(values, {})
            case "BDC":
                self._begin(values, values[1] if len(values) > 1 and isinstance(values[1], dict) else {})
            case "EMC":
                if not self._open:
                    raise Unreadable("a stretch of a page ends that did not begin")
                *_, said = self._open.pop()
                if said is not None and not self._is_said:
                    self._add(said)
        if operator in _PAINTING and self._mark is None and not any(apart for _, apart, _ in self._open):
            self.loose += 1
        yield from super().operate(operator, values)

    def note(self, piece: Piece) -> None:
        """Keep a text under its mark."""
        if not self._is_said:
            self._add(piece.text)

    @property
    def _mark(self) -> int | None:
        return next((mark for mark, _, _ in reversed(self._open) if mark is not None), None)

    @property
    def _is_said(self) -> bool:
        return any(said is not None for _, _, said in self._open)

    def _begin(self, values: list[Any], told: Mapping[str, Any]) -> None:
        mark = told.get("MCID")
        if isinstance(mark, int):
            self.texts.setdefault(mark, "")
        is_apart = bool(values) and values[0] == "Artifact"
        self._open.append((mark if isinstance(mark, int) else None, is_apart, _said(told.get("ActualText"))))

    def _add(self, text: str) -> None:
        if (mark := self._mark) is not None:
            self.texts[mark] += text


class _TreeReader:
    def __init__(self, source: PdfSource, pages: list[PageMarks]):
        self._source, self._pages = source, pages
        self._page_of = {number: index for index, number in enumerate(_page_numbers(source))}
        self._left = PARTS_MOST

    def part(self, value: Any, language: str, depth: int, *, page: int | None = None) -> Told:
        self._left -= 1
        if depth > DEPTH_MOST or self._left < 0:
            raise Unreadable("its parts lead in a circle")
        source = self._source
        node = source.table(value)
        page = self._page(node, page)
        language = _said(source.get(node.get("Lang"))) or language
        kids: list[Told | str] = []
        marks: list[tuple[int, int]] = []
        links: list[int] = []
        for kid in self._held(node.get("K")):
            found = source.get(kid)
            if isinstance(found, int) and page is not None:
                marks.append((page, found))
                kids.append(self._text(page, found))
            elif not isinstance(found, dict):
                raise Unreadable("a part of it holds what no part can")
            elif found.get("Type") == "MCR":
                at, number = self._page(found, page), source.get(found.get("MCID"))
                if at is None or not isinstance(number, int):
                    raise Unreadable("a mark of it is on no page")
                marks.append((at, number))
                kids.append(self._text(at, number))
            elif found.get("Type") == "OBJR":
                target = found.get("Obj")
                links += [target.number] if isinstance(target, Ref) else []
            else:
                kids.append(self.part(kid, language, depth + 1, page=page))
        return Told(
            kind=str(source.get(node.get("S")) or ""),
            language=language,
            said=_said(source.get(node.get("ActualText"))),
            alt=_said(source.get(node.get("Alt"))) or "",
            traits=source.table(node.get("A")),
            kids=tuple(kids),
            marks=tuple(marks),
            links=tuple(links),
            number=value.number if isinstance(value, Ref) else 0,
        )

    def _held(self, value: Any) -> list[Any]:
        """The kids of a part; one alone need not stand in a list."""
        found = self._source.get(value)
        return found if isinstance(found, list) else [] if found is None else [value]

    def _page(self, node: Mapping[str, Any], page: int | None) -> int | None:
        own = node.get("Pg")
        return self._page_of.get(own.number) if isinstance(own, Ref) else page

    def _text(self, page: int, number: int) -> str:
        return self._pages[page].texts.get(number, "")


def _page_numbers(source: PdfSource) -> Iterator[int]:
    """The numbers of the pages' objects in order."""

    def below(value: Any, depth: int) -> Iterator[int]:
        if depth > DEPTH_MOST:
            raise Unreadable("its pages are listed in a circle")
        kids = source.get(source.table(value).get("Kids"))
        if not isinstance(kids, list):
            yield value.number if isinstance(value, Ref) else 0
            return
        for kid in kids:
            yield from below(kid, depth + 1)

    yield from below(source.root.get("Pages"), 0)


def _said(value: Any) -> str | None:
    """A text of a dictionary, in either of the two ways the format writes one."""
    if not isinstance(value, bytes):
        return None
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("latin-1")
