"""Lays a report out for files: one value per column, one line per row, every line telling what it stands for.

Must not know: bytes, quoting, spreadsheets. Money keeps its amount in one column and its currency in another;
a rate is its two counts and the percentage. Each line ends with the report's as-of date, known-at instant,
basis and whether it is provisional, and where figures of it were brought forward with that too, so that lines
of several months can be put together and still say what they are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from seedfund.kernel.dates import utc
from seedfund.kernel.money import Money
from seedfund.reports.render.words import Translate, english, rate_points, said
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Phrase, Rate, Report, Row, TotalRow, Word

FlatCell = str | Money | int | NotKnown | None
"""Text, an amount without its currency, a whole number, or a figure nobody has."""


class FlatKind(StrEnum):
    """How a flat value is written: quoted text, a plain decimal, a whole number, or an ISO date."""

    TEXT = "text"
    AMOUNT = "amount"
    INTEGER = "integer"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of a file: English key, title as a message id, and how its values are written."""

    key: str
    title: str
    kind: FlatKind


_Take = Callable[[Row], FlatCell]


@dataclass(frozen=True, slots=True, repr=False)
class FlatReport:
    """The columns of the file, and its lines one by one."""

    columns: tuple[FlatColumn, ...]
    lines: Iterator[tuple[FlatCell, ...]]


_BEFORE: Final = (
    FlatColumn("record", "Line", FlatKind.TEXT),
    FlatColumn("section", "Part", FlatKind.TEXT),
    FlatColumn("label", "Label", FlatKind.TEXT),
)
_AFTER: Final = (
    FlatColumn("since", "Period from", FlatKind.DATE),
    FlatColumn("as_of", "As of", FlatKind.DATE),
    FlatColumn("known_at", "Known at", FlatKind.TEXT),
    FlatColumn("basis", "Basis", FlatKind.TEXT),
    FlatColumn("provisional", "Provisional", FlatKind.TEXT),
)


_BROUGHT: Final = FlatColumn("brought_forward_unverified", "Brought forward, not verified", FlatKind.TEXT)


def flat(report: Report, *, words: Translate = english) -> FlatReport:
    """The report laid out for a file; `words` translates labels and words, and is English for machines."""
    taken = [pair for index in range(len(report.columns)) for pair in _parts(report.columns, index, words)]
    brought = (_BROUGHT,) if report.standing.is_brought_forward else ()
    columns = (*_BEFORE, *(column for column, _ in taken), *_AFTER, *brought)
    return FlatReport(columns, _lines(report, [take for _, take in taken], words))


def _lines(report: Report, takes: Sequence[_Take], words: Translate) -> Iterator[tuple[FlatCell, ...]]:
    standing = report.standing
    after = (
        standing.since.isoformat() if standing.since is not None else None,
        standing.as_of.isoformat(),
        instant_text(standing.known_at),
        words(standing.basis),
        words("yes") if standing.provisional else words("no"),
        *((words("yes"),) if standing.is_brought_forward else ()),
    )

    def line(record: str, section: Phrase | None, label: Phrase | None, row: Row) -> tuple[FlatCell, ...]:
        before = (record, _said(section, words), _said(label, words))
        return (*before, *(take(row) for take in takes), *after)

    def totals(
        record: str, section: Phrase | None, found: Sequence[TotalRow]
    ) -> Iterator[tuple[FlatCell, ...]]:
        return (line(record, section, total.label, total.cells) for total in found)

    for section in report.sections:
        for row in section.rows:
            yield line("row", section.title, None, row)
        yield from totals("subtotal", section.title, section.totals)
    yield from totals("total", None, report.totals)


def _said(text: Phrase | None, words: Translate) -> str:
    return said(text, words, language="plain") if text else ""


def instant_text(instant: datetime) -> str:
    """An instant in ISO 8601, UTC, to the microsecond where it has one: `2026-11-22T15:04:05Z`."""
    return utc(instant).isoformat().replace("+00:00", "Z")


def _parts(columns: Sequence[Column], index: int, words: Translate) -> Iterator[tuple[FlatColumn, _Take]]:
    """The flat columns that one column becomes, each with the way to its value."""
    column = columns[index]
    key, title = column.key, column.title
    match column.kind:
        case Kind.MONEY:
            same = [at for at, other in enumerate(columns) if _shares(other, column)]
            if same[0] == index:
                yield FlatColumn(column.currency, "Currency", FlatKind.TEXT), _currency_of(same)
            yield FlatColumn(key, title, FlatKind.AMOUNT), _as_is(index)
        case Kind.RATE:
            yield (
                FlatColumn(f"{key}_numerator", f"{title} (n)", FlatKind.INTEGER),
                _of_rate(index, "numerator"),
            )
            yield (
                FlatColumn(f"{key}_denominator", f"{title} (N)", FlatKind.INTEGER),
                _of_rate(index, "denominator"),
            )
            yield FlatColumn(f"{key}_percent", f"{title} (%)", FlatKind.PERCENT), _of_rate(index, "percent")
        case Kind.PERCENT:
            yield FlatColumn(key, title, FlatKind.PERCENT), _as_is(index)
        case Kind.INTEGER:
            yield FlatColumn(key, title, FlatKind.INTEGER), _as_is(index)
        case Kind.DATE:
            yield FlatColumn(key, title, FlatKind.DATE), _as_text(index, words)
        case _:
            yield FlatColumn(key, title, FlatKind.TEXT), _as_text(index, words)


def _shares(other: Column, column: Column) -> bool:
    return other.kind is Kind.MONEY and other.currency == column.currency


def _currency_of(indexes: Sequence[int]) -> _Take:
    def take(row: Row) -> FlatCell:
        return next((cell.currency for index in indexes if isinstance(cell := row[index], Money)), None)

    return take


def _as_is(index: int) -> _Take:
    def take(row: Row) -> FlatCell:
        cell = row[index]
        return cell if isinstance(cell, Money | int | NotKnown) else None

    return take


def _as_text(index: int, words: Translate) -> _Take:
    def take(row: Row) -> FlatCell:
        cell = row[index]
        return cell if isinstance(cell, str | NotKnown) or cell is None else plain_text(cell, words)

    return take


def _of_rate(index: int, part: str) -> _Take:
    def take(row: Row) -> FlatCell:
        cell = row[index]
        if not isinstance(cell, Rate):
            return cell if isinstance(cell, NotKnown) else None
        if part == "percent":
            return rate_points(cell)
        return cell.numerator if part == "numerator" else cell.denominator

    return take


def plain_text(cell: Cell, words: Translate = english) -> str:
    """A date, an instant or a word of the house as files write it."""
    if isinstance(cell, datetime):
        return instant_text(cell)
    if isinstance(cell, Word):
        return f"{words(cell.text)} {cell.number}".rstrip()
    return "" if cell is None else str(cell)
