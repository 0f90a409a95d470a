"""What stands on a page, as values with places: a line of text, a rule, a box, and the slice that carries them.

Points; x from the left of the text area, y downward from the slice's top. Must not know pages or PDF.
"""

from typing import NamedTuple

from seedfund.paper.tagging import Part
from seedfund.paper.typeset import Line


class TextMark(NamedTuple):
    """A line of text; y is its baseline. Without a `part` it is drawing alone."""

    line: Line
    x: float
    y: float
    size: float
    grey: float = 0
    part: Part | None = None


class RuleMark(NamedTuple):
    """A horizontal rule."""

    x: float
    y: float
    width: float
    weight: float = 0.5
    grey: float = 0


class BoxMark(NamedTuple):
    """The outline of a box; y is its top."""

    x: float
    y: float
    width: float
    height: float
    grey: float = 0


class FillMark(NamedTuple):
    """A filled box in one of the tones of a paper; y is its top."""

    x: float
    y: float
    width: float
    height: float
    tone: int = 0


Mark = TextMark | RuleMark | BoxMark | FillMark


def mirrored_mark(mark: Mark, width: float) -> Mark:
    """The mark as far from the right as it was from the left of a width; what it shows is not turned."""
    own = mark.line.width if isinstance(mark, TextMark) else mark.width
    return mark._replace(x=width - mark.x - own)


class Slice(NamedTuple):
    """What no page break cuts.

    `before` is the room above it, given up at a page's top; `keep` holds it with the next slice; `repeats` is
    drawn above it when it opens a page; `opens_page` makes it open one. `part` is what all its marks belong to, where
    they are one picture.
    """

    height: float
    marks: tuple[Mark, ...]
    before: float = 0
    keep: bool = False
    repeats: tuple["Slice", ...] = ()
    opens_page: bool = False
    part: Part | None = None

    def mirrored(self, width: float) -> "Slice":
        """The slice for a language that is written from right to left."""
        return self._replace(
            marks=tuple(mirrored_mark(mark, width) for mark in self.marks),
            repeats=tuple(one.mirrored(width) for one in self.repeats),
        )
