"""Text into lines of placed glyphs. The room where an engine for another script is put in.

`Typesetter` is what pages ask for; `LatinTypesetter` answers for scripts written left to right with one glyph
per character. `paper.text.engine` answers for all: with shaping, bidirectional order and dictionary breaks. It returns
the same `Line`s, in which a `ShapedRun` may hold fewer or more glyphs than characters.

Must not know pages, PDF or what the text says.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, Protocol

from seedfund.kernel.errors import Refusal
from seedfund.paper.blocks import Span
from seedfund.paper.faces import BOLD, ITALIC, REGULAR, Face, Glyph, face
from seedfund.paper.rules import character_without_font

_BLANKS: Final = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
# A line may end after a blank, and after a hyphen or a slash between letters: SC-2026-0042 is never parted.
_PARTS: Final = re.compile(r"[^ ]*?(?<=[^\W\d])[-/–](?=[^\W\d])|[^ ]+ *| +")
_BREAK_AFTER: Final = frozenset(" -/–")
_PARAGRAPHS_MAX: Final = 2_000
_NOT_NARROW: Final = re.compile("[^ -~\xa0-\xff]")
_Word = list[tuple[Face, str, float]]


def is_narrow(text: str) -> bool:
    """Whether every character is one of the printable ones of Latin-1."""
    return _NOT_NARROW.search(text) is None


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face that stand side by side, `x` points from the line's left end.

    `language` is that of its words where it may be another than the paragraph's. `letters` is the text of glyphs that
    are all those its face has for these letters, where each is one of Latin-1: it can be drawn as it is read.
    """

    x: float
    face: Face
    glyphs: tuple[Glyph, ...]
    link: str = ""
    language: str = ""
    letters: str = ""

    @classmethod
    def of(cls, x: float, used: Face, text: str, *, link: str = "", language: str = "") -> "Run":
        """The run of a text, letter by letter."""
        glyphs = used.glyphs
        letters = text if is_narrow(text) else ""
        return cls(x, used, tuple([glyphs[character] for character in text]), link, language, letters)

    @property
    def width(self) -> float:
        """Its width in thousandths of the font size."""
        return sum([glyph.advance for glyph in self.glyphs])

    @property
    def text(self) -> str:
        """What it says."""
        return "".join([glyph.text for glyph in self.glyphs])


class PlacedGlyph(NamedTuple):
    """A glyph of a shaped run: how far the pen goes on, and how far from the pen it stands, in thousandths."""

    glyph: Glyph
    advance: float
    right: float = 0
    up: float = 0


class Piece(NamedTuple):
    """Glyphs that stand for a text together; without a text each glyph stands for its own."""

    glyphs: tuple[PlacedGlyph, ...]
    text: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """What a text of one face looks like: its pieces from left to right. The same shape is the same object."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """A shape of one face, `x` points from the line's left end, `width` points wide."""

    x: float
    face: Face
    shape: Shape
    width: float
    link: str = ""
    language: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The glyphs from left to right."""
        return self.shape.pieces

    @property
    def text(self) -> str:
        """What it says, in the order it is read."""
        return self.shape.text


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs in reading order, and its width in points without trailing blanks.

    `tall` is how many times further from its neighbours than a Latin line it wants to be. `is_parted` says that a blank
    stands between it and the next: no eye misses it, but who hears the paper would hear two words as one. `drawn` are
    its runs from left to right, where they are not read so: who copies a page turns round what runs the other way.
    """

    runs: tuple[Run | ShapedRun, ...]
    width: float
    tall: float = 1.0
    is_parted: bool = False
    drawn: tuple[Run | ShapedRun, ...] = ()

    @property
    def text(self) -> str:
        """What the line says, in the order it is read."""
        return "".join([run.text for run in self.runs])


class Typesetter(Protocol):
    """Sets text of the scripts it knows."""

    def refusals(self, texts: Iterable[tuple[str, str]], *, is_wording: bool = False) -> tuple[Refusal, ...]:
        """One refusal for each character of (field, text) that no face can draw, in the order met.

        Only our own wording (`is_wording`) may hold the isolates that keep a value apart from the text around it: in
        what a person typed they would change the order of what others read.
        """
        ...

    def is_rtl(self, language: str = "") -> bool:
        """Whether a text in the language (that of the paper where none is named) starts at the right."""
        ...

    def lines(
        self, spans: Sequence[Span], *, size: float, width: float, language: str = ""
    ) -> tuple[Line, ...]:
        """The spans broken into lines of at most `width` points at a font size in points; at least one line.

        `language` is that of the paragraph, which decides the direction it runs in.
        """
        ...

    def width(self, spans: Sequence[Span], *, size: float, language: str = "") -> tuple[float, float]:
        """How wide the spans are on one line, and how wide their widest unbreakable part is, in points."""
        ...


@cache
def latin_characters() -> frozenset[str]:
    """The characters that every weight of the Latin face has."""
    return frozenset.intersection(*(frozenset(face(weight).glyphs) for weight in (REGULAR, BOLD, ITALIC)))


def clean(text: str) -> str:
    """The text as it is drawn: composed (NFC), each stretch of blanks and line ends one blank."""
    return _BLANKS.sub(" ", text if text.isascii() else unicodedata.normalize("NFC", text))


class LatinTypesetter:
    """Sets Latin script: greedy lines, ragged right, breaks at blanks, hyphens and slashes, else where it must.

    A paragraph that it set before is set: who draws many papers of one wording keeps one typesetter for them.
    """

    def __init__(self) -> None:
        self._faces = {weight: face(weight) for weight in (REGULAR, BOLD, ITALIC)}
        self._set: dict[tuple[tuple[Span, ...], float, float], tuple[Line, ...]] = {}

    def refusals(self, texts: Iterable[tuple[str, str]], *, is_wording: bool = False) -> tuple[Refusal, ...]:
        """One refusal for each field and character that a face lacks, in the order met."""
        known = latin_characters()
        found = {
            (field, character): None
            for field, text in texts
            if not known.issuperset(cleaned := clean(text))
            for character in cleaned
            if character not in known
        }
        return tuple(character_without_font(field=field, character=character) for field, character in found)

    def is_rtl(self, language: str = "") -> bool:
        """No: Latin script starts at the left in every language."""
        return False

    def lines(
        self, spans: Sequence[Span], *, size: float, width: float, language: str = ""
    ) -> tuple[Line, ...]:
        """Greedy lines of at most `width` points; a word wider than a line is broken where the line ends."""
        key = (tuple(spans), size, width)
        found = self._set.get(key)
        if found is None:
            if len(self._set) >= _PARAGRAPHS_MAX:
                self._set.clear()
            found = self._set[key] = self._lines(spans, size=size, width=width)
        return found

    def _lines(self, spans: Sequence[Span], *, size: float, width: float) -> tuple[Line, ...]:
        limit = width * 1000 / size + 0.01
        builder = _LineBuilder(size)
        for word in self._words(spans):
            bare = _bare_width(word)
            if builder.filled and builder.filled + bare > limit:
                builder.end_line()
            for used, text, advance in word:
                if bare > limit:
                    self._break_word(builder, used, text=text, limit=limit)
                elif builder.filled or text.strip(" "):
                    builder.add(used, text, advance)
        return builder.finish()

    def width(self, spans: Sequence[Span], *, size: float, language: str = "") -> tuple[float, float]:
        """The width on one line and that of the widest word, in points."""
        words = list(self._words(spans))
        whole = sum(advance for word in words for _, _, advance in word)
        widest = max((_bare_width(word) for word in words), default=0.0)
        return whole * size / 1000, widest * size / 1000

    def _words(self, spans: Sequence[Span]) -> Iterable[_Word]:
        """Parts that a line may end after; a word may change its weight inside, `**USD**,` is one."""
        word: _Word = []
        for span in spans:
            used = self._faces[BOLD if span.bold else ITALIC if span.italic else REGULAR]
            for match in _PARTS.finditer(clean(span.text)):
                text = match[0]
                word.append((used, text, used.width(text)))
                if text[-1] in _BREAK_AFTER:
                    yield word
                    word = []
        if word:
            yield word

    @staticmethod
    def _break_word(builder: "_LineBuilder", used: Face, *, text: str, limit: float) -> None:
        for character in text:
            advance = used.glyphs[character].advance
            if builder.filled and builder.filled + advance > limit:
                builder.end_line()
            builder.add(used, character, advance)


def _bare_width(word: _Word) -> float:
    """The width of a word without the blanks it ends with, in thousandths of the size."""
    used, last, _ = word[-1]
    blanks = len(last) - len(last.rstrip(" "))
    return sum([advance for _, _, advance in word]) - blanks * used.glyphs[" "].advance


class _LineBuilder:
    """Gathers words into runs, runs into lines. Widths inside are thousandths of the size."""

    def __init__(self, size: float):
        self._scale = size / 1000
        self._lines: list[Line] = []
        self._start()

    def _start(self) -> None:
        self.filled = 0.0
        self._runs: list[tuple[float, Face, list[str]]] = []

    def add(self, used: Face, word: str, advance: float) -> None:
        if not self._runs or self._runs[-1][1] is not used:
            self._runs.append((self.filled, used, []))
        self._runs[-1][2].append(word)
        self.filled += advance

    def end_line(self, *, is_last: bool = False) -> None:
        runs, blank = [], 0.0
        for index, (x, used, words) in enumerate(self._runs):
            text = "".join(words)
            if index == len(self._runs) - 1:
                bare = text.rstrip(" ")
                blank = used.glyphs[" "].advance * (len(text) - len(bare))
                text = bare
            runs.append(Run.of(x * self._scale, used, text))
        is_parted = blank > 0 and not is_last
        self._lines.append(Line(tuple(runs), (self.filled - blank) * self._scale, is_parted=is_parted))
        self._start()

    def finish(self) -> tuple[Line, ...]:
        if self._runs or not self._lines:
            self.end_line(is_last=True)
        return tuple(self._lines)
