"""Embeddings, overrides and isolates: the level each character starts from (UAX #9, P2, P3 and X1 to X8)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from seedfund.paper.text.bidi.classes import EMBEDDINGS, ISOLATE_STARTS, LEVEL_MAX


class Explicit(NamedTuple):
    """What the explicit marks of a paragraph make of it: a level and a class for each character."""

    levels: list[int]
    classes: list[str]


class _Status(NamedTuple):
    level: int
    override: str
    is_isolate: bool


def matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is ended ends (BD9): index of its start to index of its PDI."""
    ends: dict[int, int] = {}
    open_ones: list[int] = []
    for index, kind in enumerate(classes):
        if kind in ISOLATE_STARTS:
            open_ones.append(index)
        elif kind == "PDI" and open_ones:
            ends[open_ones.pop()] = index
    return ends


def first_strong_level(
    classes: Sequence[str], ends: Mapping[int, int], start: int = 0, stop: int | None = None
) -> int | None:
    """The level that the first letter outside isolates asks for (P2, P3); None where there is no letter."""
    index, stop = start, len(classes) if stop is None else stop
    while index < stop:
        kind = classes[index]
        if kind == "L":
            return 0
        if kind in ("R", "AL"):
            return 1
        if kind in ISOLATE_STARTS:
            index = ends.get(index, stop)
        index += 1
    return None


def explicit_levels(classes: Sequence[str], ends: Mapping[int, int], base: int) -> Explicit:
    """Walk the paragraph once with the stack of directions that the rules describe."""
    walk = _Walk(classes, ends, base)
    for index, kind in enumerate(classes):
        if kind in EMBEDDINGS:
            walk.embed(index, kind)
        elif kind in ISOLATE_STARTS:
            walk.isolate(index, kind)
        elif kind == "PDI":
            walk.end_isolate(index)
        elif kind == "PDF":
            walk.end_embedding(index)
        elif kind == "B":
            walk.levels[index] = base
        else:
            walk.place(index, is_overridden=kind != "BN")
    return Explicit(walk.levels, walk.classes)


class _Walk:
    """The directional status stack and its counters of what did not fit (X1)."""

    def __init__(self, classes: Sequence[str], ends: Mapping[int, int], base: int):
        self.classes = list(classes)
        self.levels = [base] * len(classes)
        self._original, self._ends = classes, ends
        self._stack = [_Status(base, "", False)]
        self._overflow_isolates = 0
        self._overflow_embeddings = 0
        self._valid_isolates = 0

    def place(self, index: int, *, is_overridden: bool = True) -> None:
        """Give a character the level on top of the stack, and the class of an override (X5a, X6)."""
        top = self._stack[-1]
        self.levels[index] = top.level
        if is_overridden and top.override:
            self.classes[index] = top.override

    def embed(self, index: int, kind: str) -> None:
        """X2 to X5."""
        self.place(index, is_overridden=False)
        level = self._next_level(is_right_to_left=kind in ("RLE", "RLO"))
        if self._has_room(level):
            self._stack.append(_Status(level, {"RLO": "R", "LRO": "L"}.get(kind, ""), False))
        elif not self._overflow_isolates:
            self._overflow_embeddings += 1

    def isolate(self, index: int, kind: str) -> None:
        """X5a to X5c."""
        self.place(index)
        is_right_to_left = kind == "RLI"
        if kind == "FSI":
            stop = self._ends.get(index, len(self._original))
            is_right_to_left = first_strong_level(self._original, self._ends, index + 1, stop) == 1
        level = self._next_level(is_right_to_left=is_right_to_left)
        if self._has_room(level):
            self._valid_isolates += 1
            self._stack.append(_Status(level, "", True))
        else:
            self._overflow_isolates += 1

    def end_isolate(self, index: int) -> None:
        """X6a."""
        if self._overflow_isolates:
            self._overflow_isolates -= 1
        elif self._valid_isolates:
            self._overflow_embeddings = 0
            while not self._stack[-1].is_isolate:
                self._stack.pop()
            self._stack.pop()
            self._valid_isolates -= 1
        self.place(index)

    def end_embedding(self, index: int) -> None:
        """X7."""
        self.place(index, is_overridden=False)
        if self._overflow_isolates:
            return
        if self._overflow_embeddings:
            self._overflow_embeddings -= 1
        elif not self._stack[-1].is_isolate and len(self._stack) > 1:
            self._stack.pop()

    def _next_level(self, *, is_right_to_left: bool) -> int:
        level = self._stack[-1].level
        return (level + 1) | 1 if is_right_to_left else (level + 2) & ~1

    def _has_room(self, level: int) -> bool:
        return level <= LEVEL_MAX and not self._overflow_isolates and not self._overflow_embeddings
