"""The rows of a sheet, packed: a hundred thousand of them take little more memory than their file.

Rows are kept in blocks of texts and unpacked a block at a time, by the column, because that is how they are checked.
They stay in memory: what people told must lie in no temporary file. Must not know what a cell means.
"""

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final, overload

from seedfund.interchange.rules.columns import Part
from seedfund.kernel.errors import Refusal

BLOCK: Final = 500
_MARK: Final = "\x1f"
"""Between two cells of a block; a cell that holds it is written with `_ESCAPE`."""
_ESCAPE: Final = "\x1e"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why something was not taken: the part, the row (None for the whole file), the column, and the refusal."""

    part: str
    row: int | None
    column: str | None
    refusal: Refusal

    @property
    def line(self) -> int | None:
        """The row as a spreadsheet shows it."""
        return None if self.row is None else self.row % SPREAD

    @property
    def cell(self) -> str:
        """Of a row that is one cell of a line, such as `D3`; empty of others."""
        return shown_row(self.row) if self.row is not None and self.row >= SPREAD else ""


SPREAD: Final = 1_000_000_000
"""Where each filled cell of a line is a row of its own, its number is the line's and so much for each column: more than
any file that is read has lines, the empty ones among them."""


def shown_row(number: int) -> str:
    """A row as a person finds it: its line, or where it is one cell of a line that cell, such as `D3`."""
    column, line = divmod(number, SPREAD)
    return f"{letter(column - 1)}{line}" if column else str(line)


def letter(place: int) -> str:
    """What spreadsheets call a column, A for the first, AA for the twenty-seventh; how it is headed is not repeated."""
    before, own = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + own)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row with its cells by the names of the columns, in the order of the declaration; empty cells are left out."""

    number: int
    cells: dict[str, str]
    complaints: tuple[Complaint, ...] = ()


_NOTHING: Final[Mapping[int, tuple[Complaint, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Some rows by the column: every column's texts, empty where a cell is; complaints by the place in the block."""

    numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    complaints: Mapping[int, tuple[Complaint, ...]]

    def cells(self) -> Iterator[dict[str, str]]:
        """The filled cells of each row."""
        names = tuple(self.columns)
        if not names:
            yield from ({} for _ in self.numbers)
        for texts in zip(*self.columns.values(), strict=True):
            yield {name: text for name, text in zip(names, texts, strict=True) if text}

    def rows(self) -> Iterator[SourceRow]:
        """Row by row."""
        told = self.complaints
        for place, (number, cells) in enumerate(zip(self.numbers, self.cells(), strict=True)):
            yield SourceRow(number, cells, told.get(place, ()))


class Rows(Sequence[SourceRow]):
    """The packed rows of a sheet, in the order of the file. `names` are the columns that they may have cells in."""

    def __init__(
        self,
        names: Sequence[str],
        packed: tuple[Sequence[int], Sequence[bytes], Mapping[int, tuple[Complaint, ...]]],
    ):
        self.names: Final = tuple(names)
        self._numbers, self._blocks, self._complaints = packed

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> SourceRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[SourceRow]: ...

    def __getitem__(self, place: int | slice) -> SourceRow | Sequence[SourceRow]:
        places = range(len(self))[place]
        if isinstance(places, range):
            return tuple(self.at(places).rows())
        return next(self.at((places,)).rows())

    def __iter__(self) -> Iterator[SourceRow]:
        for block in self.blocks():
            yield from block.rows()

    def blocks(self) -> Iterator[RowBlock]:
        """All rows, a block at a time."""
        for start in range(0, len(self), BLOCK):
            yield self._block(range(start, min(start + BLOCK, len(self))), self._texts(start // BLOCK))

    def at(self, places: Sequence[int]) -> RowBlock:
        """The rows at these places; each block they lie in is unpacked once where the places ascend."""
        width = len(self.names)
        texts: list[str] = []
        for number, run in groupby(places, lambda place: place // BLOCK):
            block, start = self._texts(number), number * BLOCK
            for place in run:
                texts += block[(place - start) * width : (place - start + 1) * width]
        return self._block(places, texts)

    def _texts(self, number: int) -> list[str]:
        if not self.names:
            return []
        text = zlib.decompress(self._blocks[number]).decode("utf-8", "surrogatepass")
        texts = text.split(_MARK)
        return [_restored(one) for one in texts] if _ESCAPE in text else texts

    def _block(self, places: Sequence[int], texts: Sequence[str]) -> RowBlock:
        width = len(self.names)
        told = self._complaints
        return RowBlock(
            [self._numbers[place] for place in places],
            {name: texts[place::width] for place, name in enumerate(self.names)},
            {at: told[place] for at, place in enumerate(places) if place in told} if told else _NOTHING,
        )


class Packer:
    """Takes rows one by one and packs them."""

    def __init__(self, names: Sequence[str]):
        self._names: Final = tuple(names)
        self._full: Final = BLOCK * len(self._names)
        self._numbers: Final[array[int]] = array("q")
        self._blocks: Final[list[bytes]] = []
        self._texts: list[str] = []
        self._complaints: Final[dict[int, tuple[Complaint, ...]]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, texts: Sequence[str], complaints: tuple[Complaint, ...] = ()) -> None:
        """A row with a text for every name, empty where it has no cell."""
        if complaints:
            self._complaints[len(self._numbers)] = complaints
        self._numbers.append(number)
        self._texts += texts
        if self._full and len(self._texts) == self._full:
            self._pack()

    def rows(self) -> Rows:
        """Everything that was added."""
        if self._texts:
            self._pack()
        return Rows(self._names, (self._numbers, self._blocks, self._complaints))

    def _pack(self) -> None:
        text = _MARK.join(self._texts)
        if text.count(_MARK) != len(self._texts) - 1 or _ESCAPE in text:
            text = _MARK.join([_escaped(one) for one in self._texts])
        self._blocks.append(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))
        self._texts = []


def packed(part: Part, rows: Sequence[SourceRow]) -> Rows:
    """Rows as they are packed, whoever made them."""
    if isinstance(rows, Rows):
        return rows
    names = tuple(part.by_name)
    packer = Packer(names)
    for row in rows:
        packer.add(row.number, [row.cells.get(name, "") for name in names], row.complaints)
    return packer.rows()


def _escaped(text: str) -> str:
    return text.replace(_ESCAPE, _ESCAPE + "e").replace(_MARK, _ESCAPE + "m")


def _restored(text: str) -> str:
    return text.replace(_ESCAPE + "m", _MARK).replace(_ESCAPE + "e", _ESCAPE)
