"""Figures as bars, each with its own words and figure beside it. Must not know pages, PDF or where figures come from.

Nobody has to tell colours apart: every bar is labelled, and what has no figure is told in words, never drawn.
"""

from collections.abc import Sequence
from typing import Final

from seedfund.paper.blocks import Bar, Bars, Span, Uprights
from seedfund.paper.marks import BoxMark, FillMark, Mark, RuleMark, Slice, TextMark
from seedfund.paper.styles import TABLE_BEFORE, TextStyle
from seedfund.paper.tagging import Part, bars_in_words, document, figure_part
from seedfund.paper.typeset import Typesetter

LABEL: Final = TextStyle(size=8, leading=11)
_ROW: Final = 12.5
_BAR: Final = 7.5
_GAP: Final = 8.0
_GROUP_GAP: Final = 4.0
_LABEL_MOST: Final = 0.26
"""How much of the width the names of groups, and of bars, may take each."""
_LEAST: Final = 0.6
"""A figure above nothing is seen, however small it is beside the longest."""
_UPRIGHT_HEIGHT: Final = 74.0
_UPRIGHT_MOST: Final = 34.0
_AXIS_GREY: Final = 0.55


def bar_slices(
    block: Bars, typesetter: Typesetter, *, width: float, under: Part | None = None
) -> list[Slice]:
    """A line for each bar, all kept together: group, name, bar from a common edge, figure after it."""
    part = _figure(block.bars, under)
    most = width * _LABEL_MOST
    groups = min(most, max((_width(typesetter, one.group, bold=True) for one in block.bars), default=0))
    names = min(most, max((_width(typesetter, one.label) for one in block.bars), default=0))
    left = sum(one + _GAP for one in (groups, names) if one)
    values = max((_width(typesetter, one.value) for one in block.bars if one.share is not None), default=0)
    room = max(width - left - values - _GAP, 1.0)
    result: list[Slice] = []
    last = None
    for one in block.bars:
        is_first = one.group != last
        last = one.group
        marks = [
            *(_words(typesetter, one.group, 0.0, groups, bold=True) if is_first and one.group else []),
            *_words(typesetter, one.label, groups + _GAP if groups else 0.0, names),
            *_bar(one, typesetter, left=left, room=room, width=width),
        ]
        before = TABLE_BEFORE if not result else _GROUP_GAP if is_first and one.group else 0.0
        height = max(_ROW, max((mark.y for mark in marks if isinstance(mark, TextMark)), default=0) + 4)
        result.append(Slice(height, tuple(marks), before=before, keep=True, part=part))
    return result


def _figure(bars: Sequence[Bar], under: Part | None) -> Part:
    return figure_part(document() if under is None else under, bars_in_words(bars))


def _width(typesetter: Typesetter, text: str, *, bold: bool = False) -> float:
    return typesetter.width([Span(text, bold=bold)], size=LABEL.size)[0] + 0.1 if text else 0.0


def _words(
    typesetter: Typesetter, text: str, x: float, width: float, *, bold: bool = False
) -> list[TextMark]:
    """A name in as many lines as its column needs."""
    lines = typesetter.lines([Span(text, bold=bold)], size=LABEL.size, width=width) if text else ()
    return [
        TextMark(line, x, LABEL.baseline + index * (LABEL.size + 1.5), LABEL.size)
        for index, line in enumerate(lines)
    ]


def _bar(one: Bar, typesetter: Typesetter, *, left: float, room: float, width: float) -> list[Mark]:
    if one.share is None:
        said = typesetter.lines([Span(one.value, italic=True)], size=LABEL.size, width=width - left)
        return [
            TextMark(line, left, LABEL.baseline + index * (LABEL.size + 1.5), LABEL.size, grey=0.25)
            for index, line in enumerate(said)
        ]
    long = max(one.share * room, _LEAST if one.share else 0.0)
    top = (LABEL.leading - _BAR) / 2
    line = typesetter.lines([Span(one.value)], size=LABEL.size, width=width - left)[0]
    shape: list[Mark] = [
        BoxMark(left, top, long, _BAR, 0.3) if one.is_hollow else FillMark(left, top, long, _BAR, one.tone)
    ]
    if not long:
        shape = []
    return [
        *shape,
        FillMark(left - 0.5, 0, 0.5, _ROW, 0),
        TextMark(line, left + long + 4, LABEL.baseline, LABEL.size),
    ]


def upright_slices(
    block: Uprights, typesetter: Typesetter, *, width: float, under: Part | None = None
) -> list[Slice]:
    """The bars on one line with their figures above and their names below; too many for a line go on the next."""
    part = _figure(block.bars, under)
    widest = max(
        (
            _width(typesetter, text)
            for one in block.bars
            for text in (one.label, one.value)
            if one.share is not None
        ),
        default=20.0,
    )
    step = max(widest + 6, 24.0)
    count = max(1, int(width // step))
    result = []
    for start in range(0, len(block.bars), count):
        some = block.bars[start : start + count]
        stood = _stand(some, typesetter, step=step, is_first=start == 0)
        result.append(stood._replace(part=part))
    return result


def _stand(bars: Sequence[Bar], typesetter: Typesetter, *, step: float, is_first: bool) -> Slice:
    base = _UPRIGHT_HEIGHT + LABEL.leading
    wide = min(step - 8, _UPRIGHT_MOST)
    marks: list[Mark] = [RuleMark(0, base, step * len(bars), 0.5, _AXIS_GREY)]
    for index, one in enumerate(bars):
        middle = index * step + step / 2
        high = 0.0 if one.share is None else max(one.share * _UPRIGHT_HEIGHT, _LEAST if one.share else 0.0)
        if high:
            left, top = middle - wide / 2, base - high
            marks.append(
                BoxMark(left, top, wide, high, 0.3)
                if one.is_hollow
                else FillMark(left, top, wide, high, one.tone)
            )
        value = typesetter.lines([Span(one.value, italic=one.share is None)], size=LABEL.size, width=step)[0]
        name = typesetter.lines([Span(one.label)], size=LABEL.size, width=step)[0]
        marks.append(TextMark(value, middle - value.width / 2, base - high - 3, LABEL.size))
        marks.append(TextMark(name, middle - name.width / 2, base + LABEL.leading - 1, LABEL.size))
    before = TABLE_BEFORE if is_first else _GAP
    return Slice(base + LABEL.leading + 4, tuple(marks), before=before, keep=True)
