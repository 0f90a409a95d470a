"""Characters into the glyphs of a face, with HarfBuzz. The one module that knows it; loaded when a run needs it.

Pure functions: the same text in the same surroundings has the same shape, so what was shaped once is remembered.
Must not know lines, directions of paragraphs or PDF. Distances are thousandths of the font size.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import uharfbuzz

from seedfund.paper.faces import Face, Glyph
from seedfund.paper.typeset import Piece, PlacedGlyph, Shape

CONTEXT_MAX: Final = 5
"""How many characters before and after a run HarfBuzz looks at to choose the form of its ends."""
_SHAPES_MAX: Final = 16_384
_FACES_MAX: Final = 64


_Found = tuple[uharfbuzz.GlyphInfo, uharfbuzz.GlyphPosition]


class Cluster(NamedTuple):
    """The fewest characters that cannot be drawn apart: where they stand in the run, and their glyphs left to right.

    `advance` is in thousandths of the size of the text, the glyphs' own in those of the face, which may be set larger.
    `is_safe` says that a line may start here without another look at the shapes around it.
    """

    start: int
    end: int
    glyphs: tuple[PlacedGlyph, ...]
    advance: float
    is_safe: bool


class Surroundings(NamedTuple):
    """What decides the shape of a run beside its own text."""

    before: str = ""
    after: str = ""
    is_rtl: bool = False
    language: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Shaped:
    """A text as it is drawn in its surroundings.

    `far` is how far from its start each character begins, its end last; the width of a cluster counts with its first.
    """

    clusters: tuple[Cluster, ...]
    far: tuple[float, ...]
    shape: Shape


@lru_cache(maxsize=_SHAPES_MAX)
def shaped(face: Face, text: str, around: Surroundings) -> Shaped:
    """A text of one face, script and direction; every character must be one the face has, or a joiner."""
    clusters = _clusters(face, text, around)
    far, reached = [0.0] * (len(text) + 1), 0.0
    for cluster in clusters:
        reached += cluster.advance
        for index in range(cluster.start + 1, cluster.end + 1):
            far[index] = reached
    return Shaped(clusters, tuple(far), Shape(text, _pieces(clusters, text, is_rtl=around.is_rtl)))


@lru_cache(maxsize=_SHAPES_MAX)
def part_of(whole: Shaped, first: int, last: int, *, is_rtl: bool) -> Shape | None:
    """A part of a text as it looks in the whole; None where it would look otherwise on a line of its own."""
    kept = [cluster for cluster in whole.clusters if first <= cluster.start < last]
    edges = [cluster for cluster in whole.clusters if cluster.start in (first, last)]
    is_whole = bool(kept) and kept[0].start == first and kept[-1].end == last
    if not is_whole or not all(cluster.is_safe for cluster in edges):
        return None
    text = whole.shape.text[first:last]
    moved = [cluster._replace(start=cluster.start - first, end=cluster.end - first) for cluster in kept]
    return Shape(text, _pieces(moved, text, is_rtl=is_rtl))


def _clusters(face: Face, text: str, around: Surroundings) -> tuple[Cluster, ...]:
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(around.before + text + around.after, len(around.before), len(text))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if around.is_rtl else "ltr"
    if around.language:
        buffer.language = around.language
    uharfbuzz.shape(_font(face), buffer)
    shift = len(around.before)
    gathered: dict[int, list[_Found]] = {}
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        gathered.setdefault(info.cluster - shift, []).append((info, position))
    starts = sorted(gathered)
    ends = [*starts[1:], len(text)]
    return tuple(
        _cluster(face, (start, end), text=text[start:end], found=gathered[start])
        for start, end in zip(starts, ends, strict=True)
    )


@lru_cache(maxsize=_FACES_MAX)
def _font(face: Face) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(face.font.data))


def _cluster(face: Face, place: tuple[int, int], *, text: str, found: Sequence[_Found]) -> Cluster:
    scale = 1000 / face.font.units_per_em
    glyphs = tuple(
        PlacedGlyph(
            Glyph(
                info.codepoint,
                text if not index else "",
                face.font.advances[info.codepoint] * scale,
            ),
            position.x_advance * scale,
            position.x_offset * scale,
            position.y_offset * scale,
        )
        for index, (info, position) in enumerate(found)
    )
    is_safe = not any(info.flags & uharfbuzz.GlyphFlags.UNSAFE_TO_BREAK for info, _ in found)
    return Cluster(*place, glyphs, sum([glyph.advance for glyph in glyphs]) * face.scale, is_safe)


def _pieces(clusters: Sequence[Cluster], text: str, *, is_rtl: bool) -> tuple[Piece, ...]:
    """The clusters of one line's run from left to right, in pieces whose text can be read back.

    Left to right, a word of which every glyph is one character stands for itself; any other says its text as a
    whole, because its marks are drawn in another order than they are read in. Right to left, the reader of the paper
    turns the order round itself, so each letter says its own text, together with the marks that stand on it.
    """
    if is_rtl:
        return _right_to_left(clusters, text)
    found: list[Piece] = []
    for word in _words(clusters, text):
        glyphs = tuple([glyph for cluster in word for glyph in cluster.glyphs])
        said = "" if all(map(_is_plain, word)) else text[word[0].start : word[-1].end]
        if found and not said and not found[-1].text:
            found[-1] = Piece((*found[-1].glyphs, *glyphs))
        else:
            found.append(Piece(glyphs, said))
    return tuple(found)


def _words(clusters: Sequence[Cluster], text: str) -> list[list[Cluster]]:
    """The clusters parted after blanks: a blank alone would be lost by some readers of papers."""
    words: list[list[Cluster]] = []
    was_blank = True
    for cluster in clusters:
        is_blank = text[cluster.start : cluster.end].isspace()
        if was_blank and not (words and is_blank):
            words.append([])
        words[-1].append(cluster)
        was_blank = is_blank
    return words


def _right_to_left(clusters: Sequence[Cluster], text: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for letter in reversed(_letters(clusters, text)):
        glyphs = tuple([glyph for cluster in reversed(letter) for glyph in cluster.glyphs])
        said = text[letter[0].start : letter[-1].end] if len(glyphs) > 1 else ""
        if found and not said and not found[-1].text:
            found[-1] = Piece((*found[-1].glyphs, *glyphs))
        else:
            found.append(Piece(glyphs, said))
    return tuple(found)


def _letters(clusters: Sequence[Cluster], text: str) -> list[list[Cluster]]:
    """Each letter with its marks: a mark alone, higher than its line, would be read as a line of its own."""
    letters: list[list[Cluster]] = []
    for cluster in clusters:
        if letters and unicodedata.combining(text[cluster.start]):
            letters[-1].append(cluster)
        else:
            letters.append([cluster])
    return letters


def _is_plain(cluster: Cluster) -> bool:
    return len(cluster.glyphs) == 1 and not cluster.glyphs[0].right and not cluster.glyphs[0].up
