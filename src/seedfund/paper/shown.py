"""Shaped runs as drawing operators: glyphs moved to where they belong, and the text they stand for beside them.

Must not know fonts, pages or files.
"""

from collections.abc import Callable, Sequence
from typing import Final

from seedfund.paper.faces import Glyph
from seedfund.paper.typeset import Piece, PlacedGlyph

_HAIR: Final = 0.005
"""A move of less, in thousandths of the font size, is none."""

Codes = Callable[[Sequence[Glyph]], str]


def shaped_operators(pieces: Sequence[Piece], codes: Codes, *, size: float) -> str:
    """The operators that draw pieces one after the other where the pen stands; the font is taken up already.

    A piece with a text of its own is marked with it (`ActualText`), so that a reader copies what was written and not
    the order in which its parts are drawn.
    """
    parts: list[str] = []
    for piece in pieces:
        if piece.text:
            said = piece.text.encode("utf-16-be").hex().upper()
            parts.append(f"/Span <</ActualText <FEFF{said}>>> BDC")
        parts.append(_glyphs(piece.glyphs, codes, size=size))
        if piece.text:
            parts.append("EMC")
    return " ".join(parts)


def _glyphs(placed: Sequence[PlacedGlyph], codes: Codes, *, size: float) -> str:
    """One array of glyphs and moves for each height the glyphs stand at; the height is back at 0 in the end."""
    parts: list[str] = []
    array: list[str] = []
    height = back = 0.0
    for glyph, advance, right, up in placed:
        if abs(up - height) > _HAIR:
            parts.extend(_shown([*array, _move(back)]))
            array, back, height = [], 0.0, up
            parts.append(f"{up * size / 1000:.3f} Ts")
        array.extend((_move(back - right), f"<{codes((glyph,))}>"))
        back = glyph.advance + right - advance
    parts.extend(_shown([*array, _move(back)]))
    if height:
        parts.append("0 Ts")
    return " ".join(parts)


def _move(back: float) -> str:
    """How far the pen goes back, as an array of glyphs holds it."""
    return f"{back:.2f}" if abs(back) > _HAIR else ""


def _shown(array: Sequence[str]) -> list[str]:
    joined = "".join(array).replace("><", "")
    return [f"[{joined}] TJ"] if joined else []
