"""A paragraph, shaped once and then cut into lines of any width. Must not know blocks, pages or PDF.

Distances are thousandths of the font size, indexes are places in `text`.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from seedfund.paper.text.bidi import visual_order
from seedfund.paper.text.breaks import opportunities
from seedfund.paper.text.items import JOINERS, UNDRAWN, Item
from seedfund.paper.text.shaping import CONTEXT_MAX, Cluster, Surroundings, pieces, shape
from seedfund.paper.typeset import Line, Run, ShapedRun

_DROPPED_AT_ENDS: Final = "".join(sorted({" "} | UNDRAWN))
_SPACING_MARKS: Final = frozenset("\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46")
_STACKS_NEXT: Final = "\u1039"


class SetParagraph:
    """The items of one paragraph with the distance of every character from its start."""

    def __init__(self, text: str, items: Sequence[Item]):
        self.text = text
        self._items = items
        self._starts: set[int] = set()
        self._far = self._distances()

    def lines(self, *, limit: float, size: float) -> tuple[Line, ...]:
        """Greedy lines no wider than `limit`, at least one; a word wider than a line is cut between letters."""
        found: list[Line] = []
        start = last = 0
        for end in opportunities(self.text):
            if last > start and self._width(start, end) > limit:
                found.append(self._line(start, last, size))
                start = last
            while self._width(start, end) > limit and (cut := self._cut(start, end, limit)) < end:
                found.append(self._line(start, cut, size))
                start = cut
            last = end
        if start < len(self.text) or not found:
            found.append(self._line(start, len(self.text), size))
        return tuple(found)

    @property
    def width(self) -> float:
        """How wide the paragraph is on one line."""
        return self._width(0, len(self.text))

    @property
    def widest(self) -> float:
        """How wide its widest part is that no line may end in."""
        places = (0, *opportunities(self.text))
        return max((self._width(one, other) for one, other in pairwise(places)), default=0.0)

    def _distances(self) -> list[float]:
        """How far from the paragraph's start each character begins; a cluster's width counts with its first."""
        far = [0.0] * (len(self.text) + 1)
        reached, place = 0.0, 0
        for item in self._items:
            for index in range(place, item.start + 1):
                far[index] = reached
            for start, end, advance in self._advances(item):
                self._starts.add(start)
                reached += advance
                for index in range(start + 1, end + 1):
                    far[index] = reached
            place = item.end + 1
        for index in range(place, len(far)):
            far[index] = reached
        return far

    def _advances(self, item: Item) -> Iterator[tuple[int, int, float]]:
        if not _is_shaped(item):
            for index in range(item.start, item.end):
                yield index, index + 1, item.face.glyphs[self.text[index]].advance
        else:
            for cluster in self._clusters(item, item.start, item.end):
                yield item.start + cluster.start, item.start + cluster.end, cluster.advance

    def _clusters(self, item: Item, start: int, end: int) -> Sequence[Cluster]:
        """The clusters of a part of an item, with places from the part's start; shaped anew where a cut shows."""
        whole = shape(item.face, self.text[item.start : item.end], self._around(item, item.start, item.end))
        if (start, end) == (item.start, item.end):
            return whole
        first, last = start - item.start, end - item.start
        kept = [cluster for cluster in whole if first <= cluster.start < last]
        edges = [cluster for cluster in whole if cluster.start in (first, last)]
        is_whole = bool(kept) and kept[0].start == first and kept[-1].end == last
        if is_whole and all(cluster.is_safe for cluster in edges):
            return [
                cluster._replace(start=cluster.start - first, end=cluster.end - first) for cluster in kept
            ]
        return shape(item.face, self.text[start:end], self._around(item, start, end))

    def _around(self, item: Item, start: int, end: int) -> Surroundings:
        """Up to five characters on either side; a run between blanks has no joined neighbours."""
        before, after = self.text[max(0, start - CONTEXT_MAX) : start], self.text[end : end + CONTEXT_MAX]
        before = "" if before.endswith(" ") else before
        after = "" if after.startswith(" ") else after
        return Surroundings(before, after, bool(item.level % 2), item.language)

    def _width(self, start: int, end: int) -> float:
        first, last = self._bare(start, end)
        return self._far[last] - self._far[first]

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """The part without the blanks at its ends."""
        part = self.text[start:end]
        front = len(part) - len(part.lstrip(_DROPPED_AT_ENDS))
        return (
            (start + front, start + len(part.rstrip(_DROPPED_AT_ENDS))) if front < len(part) else (end, end)
        )

    def _cut(self, start: int, end: int, limit: float) -> int:
        """Where a word that fits no line is cut: after as many letters as fit, at least one."""
        first, _ = self._bare(start, end)
        fitting = bisect_right(self._far, self._far[first] + limit, first, end + 1) - 1
        for place in range(min(fitting, end - 1), first, -1):
            if self._may_cut(place):
                return place
        return next((place for place in range(first + 1, end) if self._may_cut(place)), end)

    def _may_cut(self, place: int) -> bool:
        """Whether what stands before and after the place are letters of their own."""
        character, before = self.text[place], self.text[place - 1]
        is_mark = unicodedata.category(character) in ("Mn", "Mc", "Me")
        joins = character in JOINERS or before in JOINERS or before == _STACKS_NEXT
        return place in self._starts and not is_mark and not joins and character not in _SPACING_MARKS

    def _line(self, start: int, end: int, size: float) -> Line:
        """The runs between two places in reading order, each where the order of directions puts it (L2)."""
        first, last = self._bare(start, end)
        parts = [
            item._replace(start=max(item.start, first), end=min(item.end, last))
            for item in self._items
            if item.start < last and item.end > first
        ]
        whole = [item for item in self._items if item.start < last and item.end > first]
        runs: dict[int, Run | ShapedRun] = {}
        x = 0.0
        for place in visual_order([part.level for part in parts]):
            run, advance = self._run(whole[place], parts[place], x * size / 1000, size)
            runs[place] = run
            x += advance
        tall = max((part.face.tall for part in parts), default=1.0)
        return Line(tuple(runs[place] for place in range(len(parts))), x * size / 1000, tall)

    def _run(self, item: Item, part: Item, x: float, size: float) -> tuple[Run | ShapedRun, float]:
        """One part of an item at its place, and how far it reaches."""
        text = self.text[part.start : part.end]
        if not _is_shaped(item):
            glyphs = tuple([item.face.glyphs[character] for character in text])
            return Run(x, item.face, glyphs, item.link), sum([glyph.advance for glyph in glyphs])
        clusters = self._clusters(item, part.start, part.end)
        advance = sum([cluster.advance for cluster in clusters])
        drawn = pieces(clusters, text, is_rtl=bool(item.level % 2))
        return ShapedRun(x, item.face, drawn, advance * size / 1000, item.link), advance


def _is_shaped(item: Item) -> bool:
    """Whether letters change with their neighbours, or signs with the direction."""
    return item.face.is_shaped or bool(item.level % 2)
