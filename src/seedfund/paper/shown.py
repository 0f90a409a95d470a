"""Shapes as drawing operators: glyphs moved to where they belong, and the text they stand for beside them.

Must not know fonts, pages or files.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from seedfund.paper.faces import Glyph
from seedfund.paper.typeset import PlacedGlyph, Shape

_HAIR: Final = 0.005
"""A move of less, in thousandths of the font size, is none."""
_SHAPES_MAX: Final = 16_384

Codes = Callable[[Sequence[Glyph]], str]


class _Step(NamedTuple):
    """What is written before some glyphs: a height to go to first (in thousandths), then operators as they are."""

    height: float | None
    before: str
    glyphs: tuple[Glyph, ...] = ()


def shape_operators(shape: Shape, codes: Codes, *, size: float) -> str:
    """The operators that draw a shape where the pen stands; the font is taken up already.

    A piece with a text of its own is marked with it (`ActualText`), so that a reader copies what was written and not
    the order in which its parts are drawn.
    """
    parts: list[str] = []
    for height, before, glyphs in _steps(shape):
        if height is not None:
            parts.append(f"{height * size / 1000:.3f} Ts ")
        parts.append(before)
        if glyphs:
            parts.append(codes(glyphs))
    return "".join(parts)


@lru_cache(maxsize=_SHAPES_MAX)
def _steps(shape: Shape) -> tuple[_Step, ...]:
    """What no paper changes of a shape's operators: all but the codes of its glyphs and the size."""
    steps: list[_Step] = []
    for piece in shape.pieces:
        if piece.text:
            said = piece.text.encode("utf-16-be").hex().upper()
            steps.append(_Step(None, f"/Span <</ActualText <FEFF{said}>>> BDC "))
        steps.extend(_glyph_steps(piece.glyphs))
        if piece.text:
            steps.append(_Step(None, "EMC "))
    return tuple(steps)


def _glyph_steps(placed: Sequence[PlacedGlyph]) -> list[_Step]:
    """One array of glyphs and moves for each height the glyphs stand at; the height is back at 0 in the end."""
    steps: list[_Step] = []
    group: list[Glyph] = []
    before, height, back = "[<", 0.0, 0.0
    level: float | None = None
    for index, (glyph, advance, right, up) in enumerate(placed):
        move = _move(back - right)
        if abs(up - height) > _HAIR:
            if index:
                steps.extend((_Step(level, before, tuple(group)), _Step(None, f">{_move(back)}] TJ ")))
            group, height, level = [], up, up
            before = f"[{_move(-right)}<"
        elif move and index:
            steps.append(_Step(level, before, tuple(group)))
            group, before, level = [], f">{move}<", None
        elif move:
            before = f"[{move}<"
        group.append(glyph)
        back = glyph.advance + right - advance
    steps.extend((_Step(level, before, tuple(group)), _Step(None, f">{_move(back)}] TJ ")))
    if height:
        steps.append(_Step(0.0, ""))
    return steps


def _move(back: float) -> str:
    """How far the pen goes back, as an array of glyphs holds it."""
    return f"{back:.2f}" if abs(back) > _HAIR else ""
