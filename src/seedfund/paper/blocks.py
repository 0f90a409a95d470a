"""What a paper consists of, as values: text with its weight, headings, lists, tables, boxes to sign in.

Text in these values is always literal: no block knows markup, so nothing a person wrote can become any.
Must not know fonts, positions or where the values come from.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Literal text of one weight."""

    text: str
    bold: bool = False
    italic: bool = False


Spans = tuple[Span, ...]


class Align(StrEnum):
    """Where the text of a column stands; figures stand right, so that their decimals meet."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title (level 1), a clause (level 2) or a part of one (level 3); it never stands alone at a page's foot."""

    spans: Spans
    level: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `small` for notes."""

    spans: Spans
    small: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list with its mark: a bullet, `1.`, `a)`."""

    mark: str
    spans: Spans
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is drawn again on each page; every row has as many cells as the header.

    `share` is how much of the width it takes: a few figures are read more surely close to their words. A tight table
    has less room between its rows.
    """

    aligns: tuple[Align, ...]
    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    share: float = 1.0
    is_tight: bool = False


@dataclass(frozen=True, slots=True)
class SignBox:
    """A place to sign: who, and what stands under the line. `print_label` asks for a thumbprint square beside it."""

    role: str
    name: str
    lines: tuple[str, ...] = ()
    print_label: str = ""


@dataclass(frozen=True, slots=True)
class SignBoxes:
    """Boxes two abreast, kept together pair by pair."""

    boxes: tuple[SignBox, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A place where the layout puts something that is not text, by name (signatures, page break)."""

    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure as a bar: what it is, of which group, its text, and how much of the longest it is (0 to 1).

    `share` is None where there is no figure: then the text says why and nothing is drawn. `tone` picks a colour;
    `is_hollow` draws the outline alone.
    """

    group: str
    label: str
    value: str
    share: float | None
    tone: int = 0
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one below the other, a line each; a group's name stands beside its first."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Uprights:
    """Bars that stand side by side, as time passes from left to right; `group` is not told."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts side by side, block beside block.

    `header` names the columns at the top of each further page, and where they begin unless they go on (`goes_on`).
    """

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    header: tuple[Spans, ...] = ()
    goes_on: bool = False


Block = Bars | Uprights | Columns | Heading | Paragraph | Item | Table | SignBoxes | PageBreak | Directive
