"""From levels to places: what stands where on a line, from left to right (UAX #9, L2)."""

from collections.abc import Sequence


def visual_order(levels: Sequence[int | None]) -> list[int]:
    """The indexes of one line's characters, or runs, from left to right; those without a level are left out."""
    order = [index for index, level in enumerate(levels) if level is not None]
    for floor in range(max((levels[index] or 0 for index in order), default=0), 0, -1):
        _reverse_stretches(order, levels, floor)
    return order


def _reverse_stretches(order: list[int], levels: Sequence[int | None], floor: int) -> None:
    start = 0
    while start < len(order):
        stop = start
        while stop < len(order) and (levels[order[stop]] or 0) >= floor:
            stop += 1
        if stop > start:
            order[start:stop] = order[start:stop][::-1]
        start = max(stop, start + 1)
