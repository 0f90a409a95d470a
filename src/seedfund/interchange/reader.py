"""The bytes of a CSV file to rows of named cells, every row accounted for. Must not know what a cell means.

A row is numbered as a spreadsheet shows it: the names of the columns are row 1. Rows without any content are no rows.
What cannot be read is named by row and column, never by its content.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.interchange.rules import Part, fold
from seedfund.interchange.rules.refusals import (
    FILE_BROKEN,
    FILE_EMPTY,
    FILE_NOT_UTF8,
    FILE_TOO_LARGE,
    FILE_TOO_LONG,
    HEADER_MISSING,
    HEADER_TWICE,
    HEADER_UNKNOWN,
    ROW_RAGGED,
)
from seedfund.kernel.errors import Refusal

BYTES_MAX: Final = 20_000_000
ROWS_MAX: Final = 20_000
DELIMITERS: Final = (";", ",", "\t")
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why something was not taken: the part, the row (None for the whole file), the column, and the refusal."""

    part: str
    row: int | None
    column: str | None
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row with its cells by the names of the columns, in the order of the declaration; empty cells are left out."""

    number: int
    cells: dict[str, str]
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a part: what identifies it, its rows, and what is wrong with it as a whole."""

    part: Part
    sha256: str
    size: int
    rows: tuple[SourceRow, ...]
    complaints: tuple[Complaint, ...]


def read_csv(part: Part, content: bytes, *, delimiter: str | None = None) -> Sheet:
    """Read a file of a part; the first row tells the separator (`;`, `,` or tab) unless it was declared.

    Never raises for what stands in the file: a file that cannot be read comes back with its complaints, and with the
    rows that could be counted.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    text, refusal = _decoded(content)
    if refusal is not None:
        return Sheet(part, sha256, len(content), (), (Complaint(part.name, None, None, refusal),))
    separator = delimiter or _separator(text)
    records, broken = _records(text, separator)
    if not records:
        empty = (Complaint(part.name, None, None, FILE_EMPTY()),)
        return Sheet(part, sha256, len(content), (), broken_or(part, broken) or empty)
    names, complaints = _header(part, records[0][1])
    complaints += broken_or(part, broken)
    if len(records) - 1 > ROWS_MAX:
        complaints += (Complaint(part.name, None, None, FILE_TOO_LONG(most=ROWS_MAX)),)
    rows = tuple(_row(part, number, names, record) for number, record in records[1 : ROWS_MAX + 1])
    return Sheet(part, sha256, len(content), rows, complaints)


def broken_or(part: Part, broken: int | None) -> tuple[Complaint, ...]:
    """The complaint about a quotation mark that went wrong, if one did."""
    return () if broken is None else (Complaint(part.name, broken, None, FILE_BROKEN()),)


def _decoded(content: bytes) -> tuple[str, Refusal | None]:
    if len(content) > BYTES_MAX:
        return "", FILE_TOO_LARGE(size=len(content), most=BYTES_MAX)
    try:
        return content.decode("utf-8").removeprefix(_BOM), None
    except UnicodeDecodeError as error:
        return "", FILE_NOT_UTF8(position=error.start + 1)


def _separator(text: str) -> str:
    """The separator that stands most often in the first row; names of columns hold none of them."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))


def _records(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], int | None]:
    """The rows that have content, each with its number, and the row at which the file stops making sense."""
    found: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=1
        ):
            if any(cell.strip() for cell in record):
                found.append((number, [cell.strip() for cell in record]))
    except csv.Error:
        return found, number + 1
    return found, None


def _header(part: Part, record: Sequence[str]) -> tuple[list[str | None], tuple[Complaint, ...]]:
    known = {fold(name): column.name for column in part.columns for name in (column.name, column.spanish)}
    names = [known.get(fold(cell)) for cell in _without_tail(record)]
    found = [
        Complaint(part.name, 1, name, HEADER_TWICE(column=name))
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    possible = ", ".join(column.name for column in part.columns)
    found += [
        Complaint(part.name, 1, None, HEADER_UNKNOWN(position=position, possible=possible))
        for position, name in enumerate(names, start=1)
        if name is None
    ]
    found += [
        Complaint(part.name, 1, column.name, HEADER_MISSING(column=column.name))
        for column in part.columns
        if column.is_required and column.name not in names
    ]
    return names, tuple(found)


def _row(part: Part, number: int, names: Sequence[str | None], record: Sequence[str]) -> SourceRow:
    """Empty cells beyond the last column are what spreadsheets leave behind; any other difference is a mistake."""
    by_name = {name: cell for name, cell in zip(names, record, strict=False) if name and cell}
    ordered = {column.name: by_name[column.name] for column in part.columns if column.name in by_name}
    if len(_without_tail(record)) > len(names) or len(record) < len(names):
        refusal = ROW_RAGGED(found=len(record), expected=len(names))
        return SourceRow(number, ordered, (Complaint(part.name, number, None, refusal),))
    return SourceRow(number, ordered)


def _without_tail(record: Sequence[str]) -> Sequence[str]:
    length = len(record)
    while length and not record[length - 1]:
        length -= 1
    return record[:length]
