"""Records with marks to rows of named cells: names of columns, ragged rows, what a spreadsheet did to a cell.

A row is numbered as a spreadsheet shows it: the names of the columns are row 1. Rows without any content are no rows.
What cannot be read is named by row and column, never by its content.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from seedfund.interchange.reader.rows import Complaint, Packer, SourceRow, letter
from seedfund.interchange.rules.columns import CellKind, Column, Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import Layout
from seedfund.interchange.rules.refusals import (
    CELL_IS_ERROR,
    CELL_IS_FORMULA,
    CELL_MERGED,
    FILE_EMPTY,
    FILE_TOO_LONG,
    FILE_TOO_WIDE,
    HEADER_MISSING,
    HEADER_TWICE,
    HEADER_UNKNOWN,
    IDENTIFIER_AS_NUMBER,
    ROW_RAGGED,
    SURVEY_NOT_DECLARED,
)
from seedfund.interchange.rules.surveys import is_survey, without_itself
from seedfund.kernel.errors import Refusal, RefusalCode

BYTES_MAX: Final = 60_000_000
ROWS_MAX: Final = 200_000
COLUMNS_MAX: Final = 500
LETTERS_MOST: Final = 30
CORRECTIONS: Final = ("correction", "correccion")
"""The column of a file handed back: what stands in it was written by us and is not read."""
_IDENTIFIERS: Final = (CellKind.IDENTIFIER, CellKind.PHONE)


class Mark(StrEnum):
    """What a cell of a spreadsheet is, where it is not text."""

    NUMBER = "number"
    DAY = "day"
    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a part: what identifies it, its rows, and what is wrong with it as a whole.

    `headers` are the names as the file writes them, each with our column. `flags` are told and keep nothing out.
    `title` is that of the sheet of a workbook.
    """

    part: Part
    sha256: str
    size: int
    rows: Sequence[SourceRow]
    complaints: tuple[Complaint, ...]
    headers: tuple[tuple[str, str], ...] = ()
    flags: tuple[Complaint, ...] = ()
    title: str = ""


NO_MARKS: Final[Mapping[int, Mark]] = MappingProxyType({})


class Raw(NamedTuple):
    """A row as it stands: its number, its texts without outer spaces, and what the cells are that are no text."""

    number: int
    cells: Sequence[str]
    marks: Mapping[int, Mark] = NO_MARKS


class Broken(Exception):
    """A table makes no sense from a row on; the rows before it do."""

    def __init__(self, row: int, refusal: Refusal):
        self.row: Final = row
        self.refusal: Final = refusal
        super().__init__(refusal.code)


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a reader finds of one part: rows with content, what is wrong as a whole, what is worth telling.

    Rows are read as they are asked for, once; where the table stops making sense they end with `Broken`.
    """

    rows: Iterable[Raw] = ()
    refusals: tuple[tuple[int | None, Refusal], ...] = ()
    flags: tuple[Refusal, ...] = ()


def sheet_of(part: Part, table: Table, *, layout: Layout, identity: tuple[str, int]) -> Sheet:
    """The rows of a table by the names of its columns; a table that was refused has the rows that could be counted."""
    complaints = [Complaint(part.name, row, None, refusal) for row, refusal in table.refusals]
    flags = tuple(Complaint(part.name, None, None, refusal) for refusal in table.flags)
    rows = _until_broken(table.rows, part, complaints)
    first = next(rows, None)
    if first is None:
        found = complaints or [Complaint(part.name, None, None, FILE_EMPTY())]
        return Sheet(part, *identity, (), tuple(found), flags=flags)
    header = _without_tail(first.cells)
    if len(header) > COLUMNS_MAX:
        complaints.append(Complaint(part.name, 1, None, FILE_TOO_WIDE(most=COLUMNS_MAX)))
        header = header[:COLUMNS_MAX]
    names, refused = _header(part, header, layout)
    taken, is_too_long = _taken(part, rows, names, layout)
    if is_too_long:
        complaints.append(Complaint(part.name, None, None, FILE_TOO_LONG(most=ROWS_MAX)))
    titles = tuple((title, name) for title, name in zip(header, names, strict=True) if name)
    return Sheet(part, *identity, taken, (*refused, *complaints), headers=titles, flags=flags)


def _until_broken(rows: Iterable[Raw], part: Part, complaints: list[Complaint]) -> Iterator[Raw]:
    try:
        yield from rows
    except Broken as error:
        complaints.append(Complaint(part.name, error.row, None, error.refusal))


def _taken(
    part: Part, rows: Iterator[Raw], names: Sequence[str | None], layout: Layout
) -> tuple[Sequence[SourceRow], bool]:
    """The rows, packed, and whether there are more than are read."""
    places = {name: place for place, name in enumerate(names) if name}
    kept = [
        column.name for column in part.columns if column.name in places or column.name in layout.constants
    ]
    is_plain = not layout.values and not layout.constants
    order = [places[name] for name in kept] if is_plain else []
    pick = itemgetter(*order) if len(order) > 1 else lambda cells: [cells[place] for place in order]
    width = len(names)
    packer = Packer(kept)
    for raw in islice(rows, ROWS_MAX):
        number, cells, marks = raw
        if is_plain and not marks and len(cells) == width:
            packer.add(number, pick(cells))
        else:
            row = _row(part, raw, names, layout)
            packer.add(number, [row.cells.get(name, "") for name in kept], row.complaints)
    return packer.rows() if len(packer) else (), next(rows, None) is not None


def _header(part: Part, titles: Sequence[str], layout: Layout) -> tuple[list[str | None], list[Complaint]]:
    """The column behind each name, None where it is not read, and what is wrong with the names."""
    known = {fold(name): column.name for column in part.columns for name in (column.name, column.spanish)}
    known |= {fold(title): name for title, name in layout.columns.items()}
    left_out = {*(fold(title) for title in layout.left_out), *CORRECTIONS}
    if layout.survey:
        left_out |= without_itself(titles, layout)
    left_out |= {*layout.spread}
    names = [None if fold(title) in left_out else known.get(fold(title), "") for title in titles]
    found = [
        Complaint(part.name, 1, name, HEADER_TWICE(column=name))
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    given = {*names, *layout.constants}
    unknown = [
        letter(place) for place, name in enumerate(names) if name is not None and name not in part.by_name
    ]
    if unknown:
        possible = ", ".join(column.name for column in part.columns if column.name not in given)
        letters = ", ".join(unknown[:LETTERS_MOST]) + (" …" if len(unknown) > LETTERS_MOST else "")
        refusal = HEADER_UNKNOWN(letters=letters, possible=possible or "-")
        found.append(Complaint(part.name, 1, None, refusal))
    found += [
        Complaint(part.name, 1, column.name, HEADER_MISSING(column=column.name))
        for column in part.columns
        if column.is_required and column.name not in given
    ]
    if found and not layout.survey and is_survey(titles):
        found = [Complaint(part.name, 1, None, SURVEY_NOT_DECLARED())]
    return [name if name in part.by_name else None for name in names], found


def _row(part: Part, raw: Raw, names: Sequence[str | None], layout: Layout) -> SourceRow:
    """Empty cells beyond the last column are what spreadsheets leave behind; any other difference is a mistake."""
    by_name = {name: cell for name, cell in zip(names, raw.cells, strict=False) if name and cell}
    if layout.values or layout.constants:
        by_name = _translated(by_name, layout)
    ordered = {column.name: by_name[column.name] for column in part.columns if column.name in by_name}
    if len(_without_tail(raw.cells)) > len(names) or len(raw.cells) < len(names):
        refusal = ROW_RAGGED(found=len(raw.cells), expected=len(names))
        return SourceRow(raw.number, ordered, (Complaint(part.name, raw.number, None, refusal),))
    if not raw.marks:
        return SourceRow(raw.number, ordered)
    complaints = tuple(
        Complaint(part.name, raw.number, name, refusal())
        for position, name in enumerate(names)
        if name and position in raw.marks
        for refusal in [_spoiled(part.by_name[name], raw.marks[position])]
        if refusal is not None
    )
    return SourceRow(raw.number, ordered, complaints)


def _translated(cells: Mapping[str, str], layout: Layout) -> dict[str, str]:
    told = {
        name: layout.values[name].get(fold(cell), cell) if name in layout.values else cell
        for name, cell in cells.items()
    }
    return {**layout.constants, **told}


def _spoiled(column: Column, mark: Mark) -> RefusalCode | None:
    """Why a cell that is no text cannot be taken for what its column holds."""
    if mark is Mark.FORMULA:
        return CELL_IS_FORMULA
    if mark is Mark.ERROR:
        return CELL_IS_ERROR
    if mark is Mark.MERGED:
        return CELL_MERGED
    return IDENTIFIER_AS_NUMBER if column.kind in _IDENTIFIERS else None


def _without_tail(record: Sequence[str]) -> Sequence[str]:
    length = len(record)
    while length and not record[length - 1]:
        length -= 1
    return record[:length]
