"""Isolating run sequences: the stretches whose characters are resolved together (UAX #9, BD13 and X10)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from seedfund.paper.text.bidi.classes import ISOLATE_STARTS, REMOVED, direction


class RunSequence(NamedTuple):
    """Indexes of one sequence, its level, and the directions met before its start and after its end."""

    indexes: list[int]
    level: int
    start: str
    end: str


def run_sequences(
    classes: Sequence[str], levels: Sequence[int], ends: Mapping[int, int], base: int
) -> Iterable[RunSequence]:
    """Every sequence of a paragraph; `classes` are the original ones."""
    kept = [index for index, kind in enumerate(classes) if kind not in REMOVED]
    place = {index: position for position, index in enumerate(kept)}
    continued = set(ends.values())
    runs = {run[0]: run for run in _level_runs(kept, levels)}
    for first, run in runs.items():
        if first in continued:
            continue
        indexes = list(run)
        while (end := ends.get(indexes[-1])) is not None and classes[indexes[-1]] in ISOLATE_STARTS:
            indexes.extend(runs[end])
        level = levels[first]
        before, after = place[first] - 1, place[indexes[-1]] + 1
        previous = levels[kept[before]] if before >= 0 else base
        is_open = classes[indexes[-1]] in ISOLATE_STARTS
        following = base if is_open or after == len(kept) else levels[kept[after]]
        yield RunSequence(indexes, level, direction(max(previous, level)), direction(max(following, level)))


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in kept:
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
