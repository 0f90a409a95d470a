"""What a paper consists of for who hears it: a tree of parts in the order it is read, whatever order it is drawn in.

Layout adds the parts (ISO 32000-1, 14.8.4: `P`, `H1`, `TD`); whoever draws notes under each which marks of which page
are its own. What stands on a page and belongs to no part is an artifact: rules, running heads, headers drawn again.
Must not know lines, positions or PDF objects.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from seedfund.paper.blocks import Bar, Item, Span, Spans
from seedfund.paper.text.directions import is_rtl_language

APART: Final = "/Artifact BMC"
"""What begins something that is no part: drawing alone."""
HEADER: Final = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
FOOTER: Final = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"

_HEADINGS_MOST: Final = 6
_CELLS: Final = ("TD", "TH")
# Letters that run from right to left, and those of scripts whose marks are drawn in another order than they are read.
_TURNED: Final = re.compile(
    "[\u0590-\u08ff\u0e00-\u0e7f\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SCRIPTS: Final = (
    ("ar", re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_UNSAID: Final = re.compile("[\u200b\u2066-\u2069]")


class Mark(NamedTuple):
    """A stretch of a page's operators: the index of the page, and its number there (MCID)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Led:
    """A place on a page that a link answers to: the index of the page, and which of its links it is."""

    page: int
    index: int


class Part:
    """One part: its kind, its language where it has another than the part above, and what it holds in order.

    `said` is the text of a part whose drawn letters do not tell it (ISO 32000-1, 14.9.4), where it is in one language;
    of one that `is_split` each stretch says its own. `alt` is what a picture shows, `traits` are attributes as the
    format writes them, `title` is the text of a heading, for the list of bookmarks.
    """

    # Most parts have none of these: they stand with the class, so that a paper's hundreds of parts are made quickly.
    alt = said = title = traits = ""
    level = number = 0
    is_split = False
    height = 0.0
    """How far above its page's foot a heading begins, in points."""
    opened: "Part | None" = None

    def __init__(self, kind: str, under: "Part | None" = None, *, language: str = ""):
        self.kind, self.under = kind, under
        self.language: str = language or (under.language if under is not None else "")
        self.kids: list[Part | Mark | Led] = []
        self.top: Part = under.top if under is not None else self

    @property
    def open(self) -> "Part":
        """Where the next block goes: the clause that was opened last, or here."""
        return self.opened or self

    def add(self, kind: str, *, language: str = "", traits: str = "") -> "Part":
        """A new part, the last of this one."""
        part = Part(kind, self, language=language)
        if traits:
            part.traits = traits
        self.kids.append(part)
        return part

    @property
    def is_elsewhere(self) -> bool:
        """Whether its language is another than that of the part above."""
        return self.under is None or self.language != self.under.language

    @property
    def last(self) -> "Part | None":
        """The part that was added last."""
        last = self.kids[-1] if self.kids else None
        return last if isinstance(last, Part) else None

    def say(self, text: str) -> "Part":
        """The same part, told by its text as a whole; an empty text leaves it to what is drawn."""
        if text:
            self.said = said_of(text)
        return self

    def told(self, spans: Spans) -> "Part":
        """The same part, with its text said where the letters that are drawn do not tell it in order."""
        text = "".join([span.text for span in spans])
        if _is_drawn_otherwise(text, self.language):
            self.is_split = _is_mixed(spans, text, self.language)
            self.said = "" if self.is_split else said_of(text)
        return self


def _is_drawn_otherwise(text: str, language: str) -> bool:
    """Whether letters or words are drawn in another order than they are read."""
    return is_rtl_language(language) or (not text.isascii() and _TURNED.search(text) is not None)


def said_of(text: str) -> str:
    """The text as it is read: each stretch of blanks one blank, without marks that nobody sees."""
    return " ".join(_UNSAID.sub("", text).split())


def _is_mixed(spans: Spans, text: str, language: str) -> bool:
    """Whether some of the words are a link, or in another language than the rest as far as their script tells."""
    if any(span.link or span.language for span in spans):
        return True
    return any(known != language and letters.search(text) for known, letters in _SCRIPTS)


def side_part(under: Part, *, language: str) -> Part:
    """One of two texts side by side: its headings follow those before both, not those of the other."""
    part = under.add("Div", language=language)
    part.level, part.top = under.top.level, part
    return part


def document(language: str = "") -> Part:
    """A paper with nothing in it; `language` is a tag (`es-EC`)."""
    return Part("Document", language=language.partition("-")[0])


def heading_part(under: Part, spans: Spans, *, level: int, language: str = "") -> Part:
    """A heading; one of a clause (level 2) opens a section. No level is left out below another (`H1`, then `H3`)."""
    if level <= 2:
        under.opened = under.add("Sect", language=language) if level == 2 else None
    top = under.top
    top.level = min(level, top.level + 1, _HEADINGS_MOST)
    if top.under is not None:
        top.under.top.level = top.level
    part = under.open.add(f"H{top.level}", language=language)
    part.title = said_of("".join([span.text for span in spans]))
    return part.told(spans)


def text_part(under: Part, spans: Spans, *, language: str = "") -> Part:
    """A paragraph, in the clause that is open."""
    return under.open.add("P", language=language).told(spans)


def item_parts(under: Part, item: Item) -> tuple[Part | None, Part]:
    """The label and the text of a point of a list, which goes on with the list before it where there is one."""
    place = under.open
    for _ in range(item.depth):
        entry = place.last.last if place.last is not None and place.last.kind == "L" else None
        place = entry.last if entry is not None and entry.last is not None else place
    listing, traits = place.last, _numbering(item.mark)
    if listing is None or listing.kind != "L" or (item.mark and listing.traits != traits):
        listing = place.add("L", language=item.language, traits=traits)
    entry = listing.last
    if item.mark or entry is None:
        entry = listing.add("LI")
        label = entry.add("Lbl").told((Span(item.mark),)) if item.mark else None
        entry.add("LBody")
    else:
        label = None
    body = entry.last
    if body is None:
        raise AssertionError("a point of a list has a body")
    return label, body.add("P", language=item.language).told(item.spans)


def _numbering(mark: str) -> str:
    """How the points of a list are marked: by figures, by letters, or all alike."""
    known = "Decimal" if mark[:1].isdigit() else "LowerAlpha" if mark[:1].isalpha() else "Disc"
    return f"<</O/List/ListNumbering/{known}>>"


def row_parts(rows: Part, cells: Sequence[Spans], *, heads: str = "") -> list[Part]:
    """The cells of one row, empty ones too, so that all rows have as many.

    `heads` is what its cells name: `Column` for a header, `Row` where the first alone names its row, or nothing.
    """
    row = rows.add("TR")
    scope = f"<</O/Table/Scope/{heads}>>"
    return [
        (row.add("TH", traits=scope) if heads == "Column" or (heads and not index) else row.add("TD")).told(
            spans
        )
        for index, spans in enumerate(cells)
    ]


def figure_part(under: Part, alt: str) -> Part:
    """A picture with what it shows in words."""
    part = under.open.add("Figure")
    part.alt = alt
    return part


def bars_in_words(bars: Sequence[Bar]) -> str:
    """What bars show: each with its group, its name and its figure."""
    return "; ".join(f"{' '.join(filter(None, (bar.group, bar.label)))}: {bar.value}" for bar in bars)


def prune(part: Part) -> bool:
    """Drop the parts for which nothing was drawn, but for the empty cells of a table; say whether any is left."""
    part.kids = [kid for kid in part.kids if not isinstance(kid, Part) or prune(kid)]
    return bool(part.kids) or part.kind in _CELLS


def in_order(part: Part) -> list[Part]:
    """The part and all below it, as they are read; parts for which nothing was drawn are dropped before."""
    prune(part)
    found: list[Part] = []
    _gather(part, found)
    return found


def _gather(part: Part, found: list[Part]) -> None:
    found.append(part)
    for kid in part.kids:
        if isinstance(kid, Part):
            _gather(kid, found)
