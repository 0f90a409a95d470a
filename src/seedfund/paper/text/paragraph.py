"""A paragraph, shaped once and then cut into lines of any width. Must not know blocks, pages or PDF.

Distances are thousandths of the font size, indexes are places in `text`.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from seedfund.paper.text.bidi import visual_order
from seedfund.paper.text.breaks import opportunities
from seedfund.paper.text.items import JOINERS, UNDRAWN, Item, script_of
from seedfund.paper.text.shaping import CONTEXT_MAX, Shaped, Surroundings, part_of, shaped
from seedfund.paper.typeset import Line, Run, Shape, ShapedRun

_DROPPED_AT_ENDS: Final = "".join(sorted({" "} | UNDRAWN))
_SPACING_MARKS: Final = frozenset("\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46")
_WRITTEN_IN: Final = {"ARABIC": "ar", "MYANMAR": "my", "THAI": "th"}
_KNOWN: Final = frozenset({"ar", "en", "es", "fr", "my", "pt", "qu", "th"})
"""The languages of papers: in another, such as Shan or Persian, a script says nothing about the language."""
_STACKS_NEXT: Final = "\u1039"


class SetParagraph:
    """The items of one paragraph with the distance of every character from its start."""

    def __init__(self, text: str, items: Sequence[Item]):
        self.text = text
        self._items = items
        self._shaped = [_shaped(text, item) if _is_shaped(item) else None for item in items]
        self._far = self._distances()

    def lines(self, *, limit: float, size: float) -> tuple[Line, ...]:
        """Greedy lines no wider than `limit`, at least one; a word wider than a line is cut between letters."""
        if self.width <= limit:
            return (self._line(0, len(self.text), size),)
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
        far = [0.0]
        for item, whole in zip(self._items, self._shaped, strict=True):
            reached = far[-1]
            far.extend([reached] * (item.start + 1 - len(far)))
            if whole is not None:
                far.extend([reached + distance for distance in whole.far[1:]])
            else:
                glyphs = item.face.glyphs
                advances = [glyphs[character].advance for character in self.text[item.start : item.end]]
                far.extend([reached + distance for distance in accumulate(advances)])
        far.extend([far[-1]] * (len(self.text) + 1 - len(far)))
        return far

    @cached_property
    def _starts(self) -> frozenset[int]:
        """Where clusters begin: between two of them a word may be cut."""
        found: set[int] = set()
        for item, whole in zip(self._items, self._shaped, strict=True):
            if whole is None:
                found.update(range(item.start, item.end))
            else:
                found.update([item.start + cluster.start for cluster in whole.clusters])
        return frozenset(found)

    def _width(self, start: int, end: int) -> float:
        first, last = self._bare(start, end)
        return self._far[last] - self._far[first]

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """The part without the blanks at its ends."""
        if (
            start < end
            and self.text[start] not in _DROPPED_AT_ENDS
            and self.text[end - 1] not in _DROPPED_AT_ENDS
        ):
            return start, end
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
        touched = [place for place, item in enumerate(self._items) if item.start < last and item.end > first]
        runs: dict[int, Run | ShapedRun] = {}
        x, tall = 0.0, 1.0
        order = visual_order([self._items[index].level for index in touched])
        for place in order:
            index = touched[place]
            item = self._items[index]
            part = (max(item.start, first), min(item.end, last))
            runs[place], advance = self._run(index, part, x * size / 1000, size)
            x += advance
            tall = max(tall, item.face.tall)
        is_parted = last < end < len(self.text) and " " in self.text[last:end]
        read = tuple([runs[place] for place in range(len(touched))])
        drawn = tuple([runs[place] for place in order])
        return Line(read, x * size / 1000, tall, is_parted, drawn if drawn != read else ())

    def _run(self, index: int, part: tuple[int, int], x: float, size: float) -> tuple[Run | ShapedRun, float]:
        """One part of an item at its place, and how far it reaches."""
        item, whole = self._items[index], self._shaped[index]
        if whole is None:
            said = self.text[part[0] : part[1]]
            run = Run.of(x, item.face, said, link=item.link, language=item.language)
            return run, run.width
        if part == (item.start, item.end):
            shape, advance = whole.shape, whole.far[-1]
        else:
            shape, advance = self._cut_out(item, whole, part)
        width, language = advance * size / 1000, _language_of(item, shape.text)
        return ShapedRun(x, item.face, shape, width, item.link, language), advance

    def _cut_out(self, item: Item, whole: Shaped, part: tuple[int, int]) -> tuple[Shape, float]:
        """A part of an item as it looks on its own line, shaped anew where the cut would show."""
        first, last = part[0] - item.start, part[1] - item.start
        kept = part_of(whole, first, last, is_rtl=bool(item.level % 2))
        if kept is not None:
            return kept, whole.far[last] - whole.far[first]
        anew = shaped(item.face, self.text[part[0] : part[1]], _around(self.text, item, *part))
        return anew.shape, anew.far[-1]


def _language_of(item: Item, text: str) -> str:
    """The language an item is in; words of a script that its own is not written in are in that of our papers."""
    letter = next((one for one in text if one.isalpha()), "")
    written = _WRITTEN_IN.get(script_of(letter), item.language) if letter else item.language
    return written if item.language in _KNOWN else item.language


def _shaped(text: str, item: Item) -> Shaped:
    return shaped(item.face, text[item.start : item.end], _around(text, item, item.start, item.end))


def _around(text: str, item: Item, start: int, end: int) -> Surroundings:
    """Up to five characters on either side; what stands behind a blank changes no letter."""
    before, after = text[max(0, start - CONTEXT_MAX) : start], text[end : end + CONTEXT_MAX]
    if before.endswith(" ") or text[start] == " ":
        before = ""
    if after.startswith(" ") or text[end - 1] == " ":
        after = ""
    return Surroundings(before, after, bool(item.level % 2), item.language)


def _is_shaped(item: Item) -> bool:
    """Whether letters change with their neighbours, or signs with the direction."""
    return item.face.is_shaped or bool(item.level % 2) or item.face.scale != 1
