"""Sizes and distances of every paper, in points: one family, few sizes, one grid. Must not know what is set in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A size, the distance from line to line, the room above the first, weight and grey (0 is black)."""

    size: float
    leading: float
    before: float = 0
    bold: bool = False
    grey: float = 0

    @property
    def baseline(self) -> float:
        """How far below the line's top its baseline lies; capitals stand in the middle of the leading."""
        return (self.leading + 0.7 * self.size) / 2

    def stretched(self, tall: float) -> "TextStyle":
        """The style with its lines as many times further apart; 1 leaves it as it is."""
        return self if tall == 1 else replace(self, leading=self.leading * tall)


BODY: Final = TextStyle(size=9.5, leading=13, before=5)
SMALL: Final = TextStyle(size=8, leading=11, before=5, grey=0.25)
HEADINGS: Final[Mapping[int, TextStyle]] = {
    1: TextStyle(size=15, leading=19, before=20, bold=True),
    2: TextStyle(size=10, leading=13, before=11, bold=True),
    3: TextStyle(size=9.5, leading=13, before=8, bold=True),
}
CELL: Final = TextStyle(size=8.5, leading=11.5)
CELL_HEADER: Final = TextStyle(size=8, leading=11, bold=True, grey=0.25)
FINE: Final = TextStyle(size=6.5, leading=8.5, grey=0.35)
RUNNING: Final = TextStyle(size=7.5, leading=10, grey=0.35)
INDENT: Final = 16.0
ITEM_GAP: Final = 2.0
GUTTER: Final = 10.0
CELL_PADDING: Final = 3.0
TIGHT_PADDING: Final = 0.8
TABLE_BEFORE: Final = 8.0
TIGHT_BEFORE: Final = 2.0
HAIR: Final = 0.4
TONES: Final = (
    (0.17, 0.31, 0.45),
    (0.44, 0.63, 0.67),
    (0.83, 0.77, 0.6),
    (0.6, 0.41, 0.33),
    (0.62, 0.62, 0.62),
    (0.4, 0.52, 0.36),
)
"""Calm colours of bars, in grey print about 0.29, 0.58, 0.77, 0.46, 0.62 and 0.47: each differs from its neighbours."""
