"""Boxes to sign in: room for a hand, a line, who signs, and a square for a thumbprint. Must not know pages or PDF."""

from itertools import zip_longest
from typing import Final

from seedfund.paper.blocks import SignBox, SignBoxes, Span
from seedfund.paper.marks import BoxMark, Mark, RuleMark, Slice, TextMark
from seedfund.paper.styles import CELL, SMALL, TextStyle
from seedfund.paper.tagging import Part, document, text_part
from seedfund.paper.typeset import Typesetter

_GAP: Final = 28.0
_ROOM: Final = 58.0
_PRINT_WIDTH: Final = 56.0
_PRINT_HEIGHT: Final = 68.0
_BEFORE: Final = 14.0


def sign_slices(
    block: SignBoxes, typesetter: Typesetter, *, width: float, under: Part | None = None
) -> list[Slice]:
    """Two boxes abreast in each slice, all kept together: nobody signs on a page of their own."""
    half = (width - _GAP) / 2
    part = (document() if under is None else under).add("Div", language=block.language)
    result = []
    for left, right in zip_longest(block.boxes[0::2], block.boxes[1::2]):
        asks = left.print_label or (right is not None and right.print_label)
        room = _PRINT_HEIGHT if asks else _ROOM
        marks, height = _box(left, typesetter, width=half, room=room, under=part)
        if right is not None:
            more, other = _box(right, typesetter, width=half, room=room, under=part)
            moved = [mark._replace(x=mark.x + half + _GAP) for mark in more]
            marks, height = marks + moved, max(height, other)
        result.append(Slice(height, tuple(marks), before=_BEFORE, keep=True))
    return [*result[:-1], *(one._replace(keep=False) for one in result[-1:])]


def _box(
    box: SignBox, typesetter: Typesetter, *, width: float, room: float, under: Part
) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    line_width = width
    whole = under.add("Div")
    if box.print_label:
        line_width = width - _PRINT_WIDTH - 10
        left = width - _PRINT_WIDTH
        marks.append(BoxMark(left, 0, _PRINT_WIDTH, _PRINT_HEIGHT, grey=0.5))
        label = Span(box.print_label)
        part = text_part(whole, (label,))
        lines = typesetter.lines([label], size=6.5, width=_PRINT_WIDTH, language=under.language)
        for index, line in enumerate(lines):
            marks.append(TextMark(line, left, _PRINT_HEIGHT + 9 + 8 * index, 6.5, 0.25, part))
    marks.append(RuleMark(0, room, line_width, 0.6))
    y = room + 2
    texts = [(Span(box.name, bold=True), CELL), *((Span(text), _DETAIL) for text in box.lines)]
    for span, style in [*texts, (Span(box.role), _DETAIL)]:
        part = text_part(whole, (span,))
        for line in typesetter.lines([span], size=style.size, width=line_width, language=under.language):
            set_style = style.stretched(line.tall)
            marks.append(TextMark(line, 0, y + set_style.baseline, style.size, style.grey, part))
            y += set_style.leading
    return marks, max(y, room + 20 if box.print_label else y)


_DETAIL: Final = TextStyle(size=SMALL.size, leading=10.5, grey=SMALL.grey)
