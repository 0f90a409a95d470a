"""Blocks into slices, slices onto pages. Must not know PDF, headers and footers, or what the text says.

A slice is what a page break may not cut: a line of a paragraph, a line of a table row, a pair of boxes. It says how
much room it wants above it (given up at a page's top), whether it must stay with the next, and what has to be drawn
again above it when it opens a page (the header of its table).
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

from seedfund.paper.blocks import (
    Align,
    Bars,
    Block,
    Columns,
    Directive,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    SignBoxes,
    Span,
    Table,
    Together,
    Uprights,
)
from seedfund.paper.charts import bar_slices, upright_slices
from seedfund.paper.columns import column_slices
from seedfund.paper.justify import justified
from seedfund.paper.marks import Slice, TextMark
from seedfund.paper.signing import sign_slices
from seedfund.paper.styles import BODY, HEADINGS, INDENT, ITEM_GAP, SMALL, TextStyle
from seedfund.paper.tables import table_slices
from seedfund.paper.tagging import Part, document, heading_part, item_parts, side_part, text_part
from seedfund.paper.typeset import Line, Typesetter

_FEW_LINES: Final = 3
"""A paragraph of so few lines is never parted; a longer one keeps two lines on either page."""

_LINES_BEFORE_SIGNING: Final = 3


def slices(
    blocks: Iterable[Block], typesetter: Typesetter, *, width: float, under: Part | None = None
) -> list[Slice]:
    """The slices of blocks set to a width in points; what they say is added to the parts of a paper, `under` one."""
    result: list[Slice] = []
    under = document() if under is None else under
    for block in blocks:
        if isinstance(block, SignBoxes):
            result = _held(result)
        found = _block_slices(block, typesetter, width=width, under=under)
        if not isinstance(block, Together | Columns) and typesetter.is_rtl(getattr(block, "language", "")):
            found = [one.mirrored(width) for one in found]
        result.extend(found)
    return result


def _block_slices(block: Block, typesetter: Typesetter, *, width: float, under: Part) -> list[Slice]:
    """The slices of one block as if it began at the left."""
    match block:
        case Heading(spans=spans, level=level, language=language):
            part = heading_part(under, spans, level=level, language=language)
            found = text_slices(block, typesetter, style=HEADINGS[level], width=width, part=part)
            return [one._replace(keep=True) for one in found]
        case Paragraph(spans=spans, language=language):
            style = SMALL if block.small else BODY
            part = text_part(under, spans, language=language)
            return text_slices(block, typesetter, style=style, width=width, part=part)
        case Item():
            return _item_slices(block, typesetter, width=width, under=under)
        case Table():
            return table_slices(block, typesetter, width=width, under=under.open)
        case SignBoxes():
            return sign_slices(block, typesetter, width=width, under=under.open)
        case Bars():
            return bar_slices(block, typesetter, width=width, under=under.open)
        case Columns():
            return _column_slices(block, typesetter, width=width, under=under)
        case Uprights():
            return upright_slices(block, typesetter, width=width, under=under.open)
        case Together(blocks=blocks):
            found = slices(blocks, typesetter, width=width, under=under)
            return [*(one._replace(keep=True) for one in found[:-1]), *found[-1:]]
        case PageBreak():
            return [Slice(0, (), opens_page=True)]
        case Directive(name=name):
            raise ValueError(f"the layout left the place {name!r} empty")


def _column_slices(block: Columns, typesetter: Typesetter, *, width: float, under: Part) -> list[Slice]:
    """Two texts side by side; who hears them hears the whole first text before the second."""
    under.opened = None
    parts = [side_part(under, language=_language_of(side)) for side in (block.left, block.right)]
    if typesetter.is_rtl():
        block, parts = block.turned(), parts[::-1]
    return column_slices(block, partial(_to_width, typesetter=typesetter), width=width, parts=parts)


def _language_of(blocks: Sequence[Block]) -> str:
    return next((str(found) for one in blocks if (found := getattr(one, "language", ""))), "")


def _to_width(blocks: Sequence[Block], width: float, under: Part, *, typesetter: Typesetter) -> list[Slice]:
    return slices(blocks, typesetter, width=width, under=under)


def _held(found: list[Slice]) -> list[Slice]:
    """The slices with the last few kept together: a page of signatures alone could be put under any text."""
    return found[:-_LINES_BEFORE_SIGNING] + [
        one._replace(keep=True) for one in found[-_LINES_BEFORE_SIGNING:]
    ]


def text_slices(
    block: Heading | Paragraph | Item,
    typesetter: Typesetter,
    *,
    style: TextStyle,
    width: float,
    part: Part | None = None,
) -> list[Slice]:
    """One slice for each line; a bold style makes every span bold."""
    spans = tuple([span.in_bold for span in block.spans]) if style.bold else block.spans
    lines = typesetter.lines(spans, size=style.size, width=width, language=block.language)
    style = style.stretched(max(line.tall for line in lines))
    align = block.align if isinstance(block, Paragraph) else Align.LEFT
    if align is Align.JUSTIFIED:
        lines = (*(justified(line, size=style.size, width=width) for line in lines[:-1]), lines[-1])
    share = align.share(is_rtl=typesetter.is_rtl(block.language))
    return [
        Slice(
            height=style.leading,
            marks=(_text_mark(line, style, share * (width - line.width), part=part),),
            before=style.before if index == 0 else 0,
            keep=_stays_with_next(index, count=len(lines)),
        )
        for index, line in enumerate(lines)
    ]


def _text_mark(line: Line, style: TextStyle, x: float = 0, *, part: Part | None) -> TextMark:
    return TextMark(line, x, style.baseline, style.size, style.grey, part)


def _stays_with_next(index: int, *, count: int) -> bool:
    if index == count - 1:
        return False
    return count <= _FEW_LINES or index == 0 or index == count - 2


def _item_slices(item: Item, typesetter: Typesetter, *, width: float, under: Part) -> list[Slice]:
    left = INDENT * (item.depth + 1)
    label, body = item_parts(under, item)
    found = [
        one._replace(marks=tuple(mark._replace(x=left) for mark in one.marks if isinstance(mark, TextMark)))
        for one in text_slices(item, typesetter, style=BODY, width=width - left, part=body)
    ]
    first = found[0]
    if item.mark:
        line = typesetter.lines([Span(item.mark)], size=BODY.size, width=INDENT, language=item.language)[0]
        style = BODY.stretched(first.height / BODY.leading)
        label_mark = _text_mark(line, style, left - INDENT + 2, part=label)
        first = first._replace(marks=(label_mark, *first.marks))
    return [first._replace(before=ITEM_GAP), *found[1:]]


class Placed(NamedTuple):
    """A slice on a page; `y` is how far below the top of the page's text its own top lies.

    `is_again` says that it was drawn before: a header on a further page.
    """

    y: float
    slice: Slice
    is_again: bool = False


def paginate(found: Sequence[Slice], *, first_height: float, height: float) -> tuple[tuple[Placed, ...], ...]:
    """Put slices on pages of a height in points (the first has its own); at least one page.

    Slices that keep together move to the next page together, unless they are taller than a page.
    """
    pages = _Pages(first_height=first_height, height=height)
    for group in _groups(found):
        if group[0].opens_page:
            pages.turn()
        elif not pages.fits(group):
            pages.turn(group[0].repeats)
        for one in group:
            if not pages.fits([one]):
                pages.turn(one.repeats)
            pages.place(one)
    return pages.finish()


def _groups(found: Sequence[Slice]) -> Iterable[list[Slice]]:
    group: list[Slice] = []
    for one in found:
        group.append(one)
        if not one.keep:
            yield group
            group = []
    if group:
        yield group


class _Pages:
    def __init__(self, *, first_height: float, height: float):
        self._left_for = (first_height, height)
        self._done: list[tuple[Placed, ...]] = []
        self._page: list[Placed] = []
        self._y = 0.0

    def fits(self, group: Sequence[Slice]) -> bool:
        needed = sum([one.height + one.before for one in group])
        needed -= group[0].before if not self._page else 0
        return self._y + needed <= self._left_for[1 if self._done else 0] + 0.01

    def turn(self, repeats: Sequence[Slice] = ()) -> None:
        if self._page:
            self._done.append(tuple(self._page))
            self._page, self._y = [], 0.0
            for one in repeats:
                self.place(one, is_again=True)

    def place(self, one: Slice, *, is_again: bool = False) -> None:
        if self._page:
            self._y += one.before
        if one.marks or one.height:
            self._page.append(Placed(self._y, one, is_again))
        self._y += one.height

    def finish(self) -> tuple[tuple[Placed, ...], ...]:
        if self._page or not self._done:
            self._done.append(tuple(self._page))
        return tuple(self._done)
