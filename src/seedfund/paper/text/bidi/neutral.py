"""Brackets, blanks and signs take the direction of what stands around them (UAX #9, N0 to N2)."""

from collections.abc import Sequence
from typing import Final

from seedfund.paper.text.bidi.brackets import CLOSING, CLOSING_OF, canonical
from seedfund.paper.text.bidi.classes import NEUTRAL, direction

_OPEN_MAX: Final = 63
_STRONG: Final = {"R": "R", "EN": "R", "AN": "R", "L": "L"}


def resolve_brackets(
    classes: list[str], *, characters: Sequence[str], originals: Sequence[str], level: int, start: str
) -> None:
    """N0: both brackets of a pair take one direction; marks that stood on them follow."""
    own = direction(level)
    for opening, closing in bracket_pairs(classes, characters):
        inside = {_STRONG[kind] for kind in classes[opening + 1 : closing] if kind in _STRONG}
        if not inside:
            continue
        chosen = own
        if own not in inside:
            before = (_STRONG[kind] for kind in reversed(classes[:opening]) if kind in _STRONG)
            chosen = next(before, start)
        for place in (opening, closing):
            classes[place] = chosen
            following = place + 1
            while following < len(classes) and originals[following] == "NSM":
                classes[following] = chosen
                following += 1


def bracket_pairs(classes: Sequence[str], characters: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of one sequence in the order of their opening brackets (BD16)."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for index, character in enumerate(characters):
        if classes[index] != "ON":
            continue
        if character in CLOSING_OF:
            if len(waiting) == _OPEN_MAX:
                return []
            waiting.append((canonical(CLOSING_OF[character]), index))
        elif character in CLOSING:
            wanted = canonical(character)
            depth = next((at for at in reversed(range(len(waiting))) if waiting[at][0] == wanted), None)
            if depth is not None:
                pairs.append((waiting[depth][1], index))
                del waiting[depth:]
    return sorted(pairs)


def resolve_neutral(classes: list[str], *, level: int, start: str, end: str) -> None:
    """N1, N2: a stretch between two of one direction takes it, any other takes that of the sequence."""
    index = 0
    while index < len(classes):
        stop = index
        while stop < len(classes) and classes[stop] in NEUTRAL:
            stop += 1
        if stop > index:
            before = _STRONG[classes[index - 1]] if index else start
            after = _STRONG[classes[stop]] if stop < len(classes) else end
            classes[index:stop] = [before if before == after else direction(level)] * (stop - index)
        index = max(stop, index + 1)
