"""What a paper consists of, as values: text with its weight, headings, lists, tables, boxes to sign in.

Text in these values is always literal: no block knows markup, so nothing a person wrote can become any. A block's
`language` is a tag (`ar`, `my`, `es-EC`); without one it is in the paper's. In a language written right to left the
whole block is set the other way round: lists and tables begin at the right.
Must not know fonts, positions or where the values come from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

_LINKED: Final = ("https://", "mailto:")


class _Span(NamedTuple):
    text: str
    bold: bool = False
    italic: bool = False
    language: str = ""
    link: str = ""


class Span(_Span):
    """Literal text of one weight, with the language it is in where that is not its block's, and where it leads to.

    `link` is the address a reader may follow (`https:` or `mailto:`); nothing else may be linked to.
    A tuple, for a paper asks hundreds of times whether it set the same words before.
    """

    __slots__ = ()

    def __new__(
        cls, text: str, bold: bool = False, italic: bool = False, *, language: str = "", link: str = ""
    ) -> "Span":
        """A span of these words.

        Raises:
            ValueError: `link` is an address of another kind.
        """
        if link and not link.startswith(_LINKED):
            raise ValueError(f"a paper may lead to {', '.join(_LINKED)} alone")
        return super().__new__(cls, text, bold, italic, language, link)

    def __getnewargs_ex__(self) -> tuple[tuple[str, bool, bool], dict[str, str]]:
        """What a copy, or one in another process, is made of."""
        return (self.text, self.bold, self.italic), {"language": self.language, "link": self.link}

    def with_text(self, text: str) -> "Span":
        """Other words that look and lead the same way."""
        return Span(text, self.bold, self.italic, language=self.language, link=self.link)

    @property
    def in_bold(self) -> "Span":
        """The same words in bold."""
        return (
            self if self.bold else Span(self.text, True, self.italic, language=self.language, link=self.link)
        )


Spans = tuple[Span, ...]


class PartlyForeign(str):
    """A text of which a part, from `start` to `end`, is in another language than the rest."""

    __slots__ = ("end", "language", "start")

    language: str
    start: int
    end: int

    @classmethod
    def around(cls, before: str, foreign: str, after: str, *, language: str) -> "PartlyForeign":
        """A text around some words of another language."""
        text = cls(f"{before}{foreign}{after}")
        text.language, text.start, text.end = language, len(before), len(before) + len(foreign)
        return text


class Align(StrEnum):
    """Where text stands. LEFT is where lines begin: at the right in a language written from there.

    Figures stand right in every language, so that their decimals meet. JUSTIFIED fills the lines of a paragraph in
    Latin script but its last; all else stands where lines begin.
    """

    LEFT = "left"
    JUSTIFIED = "justified"
    RIGHT = "right"
    CENTRE = "centre"

    def share(self, *, is_rtl: bool) -> float:
        """How much of the room beside a line lies before it, where a block that begins at the right is turned."""
        if self is Align.CENTRE:
            return 0.5
        return 1.0 if self is Align.RIGHT and not is_rtl else 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A title (level 1), a clause (level 2) or a part of one (level 3); it never stands alone at a page's foot."""

    spans: Spans
    level: int
    anchor: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `small` for notes."""

    spans: Spans
    small: bool = False
    align: Align = Align.LEFT
    language: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list with its mark: a bullet, `1.`, `a)`."""

    mark: str
    spans: Spans
    depth: int = 0
    language: str = ""


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
    language: str = ""


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
    language: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that no page break parts, unless they are taller than a page."""

    blocks: tuple["Block", ...]


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
    """Two texts side by side, block beside block; on a page that begins at the right, the first stands there.

    `header` names the columns at the top of each further page, and where they begin unless they go on (`goes_on`).
    """

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    header: tuple["Paragraph", ...] = ()
    goes_on: bool = False

    def turned(self) -> "Columns":
        """The same texts the other way round."""
        return replace(self, left=self.right, right=self.left, header=self.header[::-1])


Block = (
    Bars
    | Uprights
    | Columns
    | Heading
    | Paragraph
    | Item
    | Table
    | SignBoxes
    | Together
    | PageBreak
    | Directive
)
Written = Heading | Paragraph | Item | Table | SignBoxes
"""Blocks that are in a language."""


def in_language(blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
    """The blocks said to be in a language, those that name one left as they are."""
    return tuple(_spoken(block, language) for block in blocks)


def _spoken(block: Block, language: str) -> Block:
    if isinstance(block, Together):
        return Together(in_language(block.blocks, language))
    if isinstance(block, Columns):
        sides = in_language(block.left, language), in_language(block.right, language)
        return replace(block, left=sides[0], right=sides[1])
    if isinstance(block, Heading | Paragraph | Item | Table | SignBoxes) and not block.language:
        return replace(block, language=language)
    return block
