"""Marks, numbers and their separators take the direction of what they stand beside (UAX #9, W1 to W7)."""

from collections.abc import Sequence

from seedfund.paper.text.bidi.classes import ISOLATE_MARKS


def resolve_weak(classes: Sequence[str], *, start: str) -> list[str]:
    """The classes of one sequence after the seven rules; `start` is the direction before it."""
    found = _european_and_arabic_numbers(_marks(classes, start), start)
    found = ["R" if kind == "AL" else kind for kind in found]
    _join_separators(found)
    _join_terminators(found)
    found = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in found]
    return _numbers_after_latin(found, start)


def _marks(classes: Sequence[str], start: str) -> list[str]:
    """W1: a mark is what it stands on."""
    found: list[str] = []
    last = start
    for kind in classes:
        last = kind if kind != "NSM" else "ON" if last in ISOLATE_MARKS else last
        found.append(last)
    return found


def _european_and_arabic_numbers(classes: Sequence[str], start: str) -> list[str]:
    """W2: European digits after an Arabic letter run as Arabic ones do."""
    found: list[str] = []
    last = start
    for kind in classes:
        if kind in ("L", "R", "AL"):
            last = kind
        found.append("AN" if kind == "EN" and last == "AL" else kind)
    return found


def _join_separators(classes: list[str]) -> None:
    """W4: one separator between two digits of a kind belongs to the number."""
    for index in range(1, len(classes) - 1):
        before, kind, after = classes[index - 1 : index + 2]
        if before != after:
            continue
        if (kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN")):
            classes[index] = before


def _join_terminators(classes: list[str]) -> None:
    """W5: currency signs and the like beside European digits belong to the number."""
    index = 0
    while index < len(classes):
        stop = index
        while stop < len(classes) and classes[stop] == "ET":
            stop += 1
        if stop > index:
            touches = (index > 0 and classes[index - 1] == "EN") or classes[stop : stop + 1] == ["EN"]
            if touches:
                classes[index:stop] = ["EN"] * (stop - index)
        index = max(stop, index + 1)


def _numbers_after_latin(classes: Sequence[str], start: str) -> list[str]:
    """W7: European digits after a Latin letter are part of its run."""
    found: list[str] = []
    last = start
    for kind in classes:
        if kind in ("L", "R"):
            last = kind
        found.append("L" if kind == "EN" and last == "L" else kind)
    return found
