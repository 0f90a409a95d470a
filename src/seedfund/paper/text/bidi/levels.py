"""The level of every character of a paragraph: even runs left to right, odd runs right to left."""

from collections.abc import Sequence

from seedfund.paper.text.bidi.classes import ISOLATE_MARKS, REMOVED, classes_of
from seedfund.paper.text.bidi.explicit import explicit_levels, first_strong_level, matching_isolates
from seedfund.paper.text.bidi.neutral import resolve_brackets, resolve_neutral
from seedfund.paper.text.bidi.sequences import RunSequence, run_sequences
from seedfund.paper.text.bidi.weak import resolve_weak


def resolve(text: str, base: int | None = None) -> tuple[int, list[int | None]]:
    """The paragraph's level and that of each character, None where rule X9 removes it.

    Args:
        text: one paragraph; the whole of it is taken for one line (L1).
        base: 0 left to right, 1 right to left, None as its first letter says.
    """
    return resolve_classes(classes_of(text), characters=text, base=base)


def resolve_classes(
    classes: Sequence[str], *, characters: Sequence[str] = (), base: int | None = None
) -> tuple[int, list[int | None]]:
    """As `resolve`, from the classes of the characters; without `characters` there are no brackets."""
    ends = matching_isolates(classes)
    if base is None:
        base = first_strong_level(classes, ends) or 0
    explicit = explicit_levels(classes, ends, base)
    levels = list(explicit.levels)
    for sequence in run_sequences(classes, explicit.levels, ends, base):
        _resolve_sequence(
            sequence, levels, classes=classes, overridden=explicit.classes, characters=characters
        )
    _reset_line_end(levels, classes, base)
    return base, [None if kind in REMOVED else level for kind, level in zip(classes, levels, strict=True)]


def _resolve_sequence(
    sequence: RunSequence,
    levels: list[int],
    *,
    classes: Sequence[str],
    overridden: Sequence[str],
    characters: Sequence[str],
) -> None:
    """W1 to N2 on one sequence, then the implicit levels (I1, I2)."""
    indexes, level = sequence.indexes, sequence.level
    found = resolve_weak([overridden[index] for index in indexes], start=sequence.start)
    if characters:
        resolve_brackets(
            found,
            characters=[characters[index] for index in indexes],
            originals=[classes[index] for index in indexes],
            level=level,
            start=sequence.start,
        )
    resolve_neutral(found, level=level, start=sequence.start, end=sequence.end)
    for index, kind in zip(indexes, found, strict=True):
        if level % 2:
            levels[index] = level + (kind != "R")
        else:
            levels[index] = level + {"L": 0, "R": 1}.get(kind, 2)


def _reset_line_end(levels: list[int], classes: Sequence[str], base: int) -> None:
    """L1: separators, and the blanks before them and at the end, run as the paragraph does."""
    is_trailing = True
    for index in reversed(range(len(classes))):
        kind = classes[index]
        if kind in ("B", "S"):
            levels[index], is_trailing = base, True
        elif kind == "WS" or kind in ISOLATE_MARKS:
            if is_trailing:
                levels[index] = base
        elif kind not in REMOVED:
            is_trailing = False
