"""Two texts side by side, paragraph beside paragraph. Must not know pages, PDF or what the texts say.

A pair of paragraphs begins on one height, so that a reader finds in one column what the other says. Each side is laid
out by whoever is asked (`Lay`), to half the width, and so in any script that can be set.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Final

from seedfund.paper.blocks import Block, Columns
from seedfund.paper.marks import Mark, Slice
from seedfund.paper.tagging import Part

Lay = Callable[[Sequence[Block], float, Part], list[Slice]]
"""The slices of blocks set to a width in points, what they say added to a part."""

GAP: Final = 22.0
_LONG: Final = 12
"""A pair of more lines may be parted by a page break; a shorter one stays whole, one column after the other."""


def column_slices(block: Columns, lay: Lay, *, width: float, parts: Sequence[Part]) -> list[Slice]:
    """The pairs of two columns, under a header that is drawn again on each page they reach; a part for each column."""
    half = (width - GAP) / 2
    # A header that was drawn where the columns began is only drawn again: it belongs to no part of this block.
    named = [Part("Div", under=part) for part in parts] if block.goes_on else parts
    headers = [lay([one], half, part) for one, part in zip(block.header, named, strict=False)]
    header = [one._replace(keep=True) for one in _beside(*headers, half=half)] if block.header else []
    result = [] if block.goes_on else list(header)
    for left, right in zip_longest(block.left, block.right):
        sides = (
            lay([one], half, part) if one is not None else []
            for one, part in zip((left, right), parts, strict=True)
        )
        result.extend(one._replace(repeats=tuple(header)) for one in _beside(*sides, half=half))
    return result


def _beside(left: Sequence[Slice], right: Sequence[Slice], *, half: float) -> list[Slice]:
    shift = half + GAP
    if max(len(left), len(right)) <= _LONG:
        return _whole(left, right, shift=shift)
    return [
        Slice(
            height=max(one.height for one in pair if one is not None),
            marks=tuple(
                mark
                for one, x in zip(pair, (0.0, shift), strict=True)
                if one is not None
                for mark in _moved(one.marks, x=x)
            ),
            before=max(one.before for one in pair if one is not None),
            keep=any(one.keep for one in pair if one is not None),
        )
        for pair in zip_longest(left, right)
    ]


def _whole(left: Sequence[Slice], right: Sequence[Slice], *, shift: float) -> list[Slice]:
    """One slice, the left text before the right one, as a reader copies them."""
    sides = [side for side in (left, right) if side]
    if not sides:
        return []
    marks = [*_stacked(left, x=0.0), *_stacked(right, x=shift)]
    return [
        Slice(
            height=max(_height(side) for side in sides),
            marks=tuple(marks),
            before=max(side[0].before for side in sides),
            keep=any(side[-1].keep for side in sides),
        )
    ]


def _stacked(slices: Sequence[Slice], *, x: float) -> Iterable[Mark]:
    y = 0.0
    for index, one in enumerate(slices):
        y += one.before if index else 0.0
        yield from _moved(one.marks, x=x, y=y)
        y += one.height


def _height(slices: Sequence[Slice]) -> float:
    return sum(one.height for one in slices) + sum(one.before for one in slices[1:])


def _moved(marks: Iterable[Mark], *, x: float, y: float = 0.0) -> Iterable[Mark]:
    return (mark._replace(x=mark.x + x, y=mark.y + y) for mark in marks)
