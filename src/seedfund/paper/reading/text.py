"""What the pages of a PDF say, line by line as they stand on the page. Must not know papers.

Codes become text by the table each font carries for that purpose. Whoever compares two files reads both with this.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from seedfund.paper.reading.objects import PdfSource, Stream
from seedfund.paper.reading.tokens import Tokens, Unreadable, Word

PAGES_MOST: Final = 3_000
OPERATORS_MOST: Final = 3_000_000
_BLANKS: Final = re.compile(r"\s+")
Matrix = tuple[float, float, float, float, float, float]
_STILL: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Font:
    """A font as far as its text goes: how many bytes a code has, by its first byte, and what each code stands for."""

    wide: bytes = bytes([1]) * 256
    table: Mapping[bytes, str] = field(default_factory=dict)

    def text(self, codes: bytes) -> str:
        """What some codes stand for."""
        found, at = [], 0
        while at < len(codes):
            code = codes[at : at + self.wide[codes[at]]]
            at += len(code)
            found.append(self.table.get(code) or (chr(code[0]) if len(code) == 1 else "\ufffd"))
        return "".join(found)


@dataclass(slots=True)
class _Pen:
    """Where text goes, and with which font."""

    page: Matrix = _STILL
    line: Matrix = _STILL
    leading: float = 0.0
    font: Font = field(default_factory=Font)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and where it begins on the page."""

    x: float
    y: float
    text: str


def page_lines(source: PdfSource) -> list[list[str]]:
    """For each page its lines from top to bottom, blanks made one.

    Raises:
        Unreadable: a page is damaged, or there is more on the pages than any paper has.
    """
    result: list[list[str]] = []
    fonts: dict[int, Font] = {}
    budget = OPERATORS_MOST
    for page in source.pages():
        if len(result) >= PAGES_MOST:
            raise Unreadable("it has too many pages")
        reader = PageReader(source, page, fonts, budget=budget)
        result.append(_lines(list(reader.pieces())))
        budget = reader.budget
    return result


def _lines(pieces: Sequence[Piece]) -> list[str]:
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(round(piece.y), []).append(piece)
    lines = [
        _BLANKS.sub(" ", " ".join(one.text for one in sorted(row, key=lambda one: one.x))).strip()
        for _, row in sorted(rows.items(), reverse=True)
    ]
    return [line for line in lines if line]


class PageReader:
    """One page: its operators in turn. `code` are its operators, `budget` how many more a file may have."""

    def __init__(self, source: PdfSource, page: dict[str, Any], fonts: dict[int, Font], *, budget: int):
        self._source, self._page, self._fonts = source, page, fonts
        self._named = source.table(source.table(page.get("Resources")).get("Font"))
        self._pen, self._kept = _Pen(), list[_Pen]()
        self.budget = budget

    def pieces(self) -> Iterator[Piece]:
        """The texts of the page with their places, in the order they are drawn."""
        tokens = Tokens(self.code())
        values: list[Any] = []
        while (value := tokens.next()) != "" or not isinstance(value, Word):
            self.budget -= 1
            if self.budget < 0:
                raise Unreadable("there is too much on its pages")
            if not isinstance(value, Word):
                values.append(value)
                continue
            if value == "BI":
                raise Unreadable("a picture stands among its text")
            yield from self.operate(value, values)
            values = []

    def code(self) -> bytes:
        """The operators of the page, opened."""
        found = self._source.get(self._page.get("Contents"))
        parts = found if isinstance(found, list) else [found]
        streams = [self._source.get(part) for part in parts]
        return b"\n".join(self._source.opened(one) for one in streams if isinstance(one, Stream))

    def operate(self, operator: str, values: list[Any]) -> Iterator[Piece]:
        """What one operator shows, if it shows anything.

        Raises:
            Unreadable: its values are damaged.
        """
        if operator in _SHOWING:
            if operator in ("'", '"'):
                self._move(0.0, -self._pen.leading)
            yield from self._show(values[-1:] if values else [])
            return
        act = _ACTS.get(operator)
        if act is None:
            return
        try:
            act(self, values)
        except (IndexError, TypeError, ValueError):
            raise Unreadable("an operator on its pages is damaged") from None

    def _show(self, values: list[Any]) -> Iterator[Piece]:
        shown = values[0] if values and isinstance(values[0], list) else values
        codes = b"".join(one for one in shown if isinstance(one, bytes))
        if codes:
            placed = _times(self._pen.line, self._pen.page)
            yield Piece(placed[4], placed[5], self._pen.font.text(codes))

    def _move(self, x: float, y: float) -> None:
        self._pen.line = _times((1.0, 0.0, 0.0, 1.0, x, y), self._pen.line)

    def _use_font(self, name: str) -> None:
        value = self._named.get(name)
        key = getattr(value, "number", id(value))
        if key not in self._fonts:
            self._fonts[key] = _font(self._source, self._source.table(value))
        self._pen.font = self._fonts[key]

    # What operators do -------------------------------------------------------------------------------------------

    def save(self, values: list[Any]) -> None:
        """`q`: keep how things stand."""
        if len(self._kept) > 200:
            raise Unreadable("there is too much on its pages")
        self._kept.append(replace(self._pen))

    def restore(self, values: list[Any]) -> None:
        """`Q`: as things stood when they were kept."""
        if self._kept:
            self._pen = self._kept.pop()

    def turn(self, values: list[Any]) -> None:
        """`cm`: move, turn or stretch the page."""
        self._pen.page = _times(_matrix(values), self._pen.page)

    def begin(self, values: list[Any]) -> None:
        """`BT`: text begins."""
        self._pen.line = _STILL

    def place(self, values: list[Any]) -> None:
        """`Tm`: where the line begins."""
        self._pen.line = _matrix(values)

    def step(self, values: list[Any]) -> None:
        """`Td`: so much further."""
        self._move(float(values[0]), float(values[1]))

    def step_leading(self, values: list[Any]) -> None:
        """`TD`: so much further, and lines so far apart."""
        self._pen.leading = -float(values[1])
        self.step(values)

    def next_line(self, values: list[Any]) -> None:
        """`T*`: one line further."""
        self._move(0.0, -self._pen.leading)

    def lead(self, values: list[Any]) -> None:
        """`TL`: how far apart lines are."""
        self._pen.leading = float(values[0])

    def choose(self, values: list[Any]) -> None:
        """`Tf`: take up a font."""
        self._use_font(str(values[0]))


_SHOWING: Final = frozenset({"Tj", "TJ", "'", '"'})
_ACTS: Final[Mapping[str, Callable[[PageReader, list[Any]], None]]] = {
    "q": PageReader.save,
    "Q": PageReader.restore,
    "cm": PageReader.turn,
    "BT": PageReader.begin,
    "Tm": PageReader.place,
    "Td": PageReader.step,
    "TD": PageReader.step_leading,
    "T*": PageReader.next_line,
    "TL": PageReader.lead,
    "Tf": PageReader.choose,
}


def _matrix(values: list[Any]) -> Matrix:
    one, two, three, four, five, six = (float(value) for value in values)
    return one, two, three, four, five, six


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


# Fonts ----------------------------------------------------------------------------------------------------------------


def _font(source: PdfSource, values: dict[str, Any]) -> Font:
    wide = bytearray([2 if values.get("Subtype") == "Type0" else 1]) * 256
    found = source.get(values.get("ToUnicode"))
    table = _text_table(source.opened(found), wide) if isinstance(found, Stream) else {}
    return Font(bytes(wide), table)


def _text_table(data: bytes, wide: bytearray) -> dict[bytes, str]:
    """The codes of a font with the text each stands for; how long codes are goes into `wide`."""
    tokens = Tokens(data)
    table: dict[bytes, str] = {}
    values: list[Any] = []
    while (value := tokens.next()) != "" or not isinstance(value, Word):
        if not isinstance(value, Word):
            values.append(value)
            continue
        if value == "endcodespacerange":
            for low, high in zip(values[::2], values[1::2], strict=False):
                first, last = _code_of(low)[0], _code_of(high)[0]
                wide[first : last + 1] = bytes([len(low)]) * (last + 1 - first)
        elif value == "endbfchar":
            for code, text in zip(values[::2], values[1::2], strict=False):
                table[_code_of(code)] = _text_of(text)
        elif value == "endbfrange":
            for low, high, text in zip(values[::3], values[1::3], values[2::3], strict=False):
                table |= _ranged(_code_of(low), _code_of(high), text)
        values = []
    return table


def _ranged(low: bytes, high: bytes, text: Any) -> dict[bytes, str]:
    first, last, long = int.from_bytes(low, "big"), int.from_bytes(high, "big"), len(low)
    if not 0 <= last - first <= 0xFFFF or len(high) != long:
        raise Unreadable("the table of a font is damaged")
    codes = [(first + at).to_bytes(long, "big") for at in range(last - first + 1)]
    if isinstance(text, list):
        return dict(zip(codes, map(_text_of, text), strict=False))
    start = int.from_bytes(text, "big") if isinstance(text, bytes) else -1
    size = len(text) if isinstance(text, bytes) else 0
    if size not in (2, 4):
        raise Unreadable("the table of a font is damaged")
    return {
        code: (start + at).to_bytes(size + 1, "big")[-size:].decode("utf-16-be", "replace")
        for at, code in enumerate(codes)
    }


def _code_of(value: Any) -> bytes:
    if not isinstance(value, bytes) or not 1 <= len(value) <= 4:
        raise Unreadable("the table of a font is damaged")
    return value


def _text_of(value: Any) -> str:
    if not isinstance(value, bytes):
        raise Unreadable("the table of a font is damaged")
    return value.decode("utf-16-be", "replace")
