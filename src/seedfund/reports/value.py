"""What a report is: a frozen table with its standing (as of when, known up to where), totals and notes.

Must not know: databases, renderers, languages. Titles, labels and notes are English message ids; a renderer
translates. Invariants: every cell fits the kind of its column; the money of one row that shares a currency
column is of one currency; a figure nobody collected is a `NotKnown` with its reason, never a zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money


class Kind(StrEnum):
    """What the cells of a column are; all that a renderer needs to know about them."""

    TEXT = "text"
    CODE = "code"
    HASH = "hash"
    DATE = "date"
    INSTANT = "instant"
    MONEY = "money"
    INTEGER = "integer"
    RATE = "rate"
    PERCENT = "percent"


class Carry(StrEnum):
    """What stands under a column: nothing, the sum of its cells, or (running balances) the last of them."""

    NONE = "none"
    SUM = "sum"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A cell whose figure nobody has; the reason is a message id. It is not zero and it is not blank."""

    reason: str = "not collected"


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole, both counted: printed as n/N with its percentage."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the house in a text cell (an event, a state): translated on paper, English in files.

    `number` is of the one thing that the word names, and follows it.
    """

    text: str
    number: str = ""

    @property
    def plain(self) -> str:
        """The word as files have it."""
        return f"{self.text} {self.number}".rstrip()


Cell = str | Word | date | datetime | Money | int | Rate | NotKnown | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with facts in it: the message id holds `{name}` places that the facts fill, printed as cells."""

    text: str
    facts: tuple[tuple[str, Cell], ...] = ()


def phrase(text: str, **facts: Cell) -> Phrase:
    """A `Phrase` with its facts by name."""
    return Phrase(text, tuple(facts.items()))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key for files, the title for people, the kind of its cells.

    `width` is a hint in characters for paper and screen. `under` names a column below which this one is
    stacked on paper and screen, so that a wide book fits a page; files keep every column apart. `currency` is
    the key of the currency column that files give to this money; money columns that share it share one
    currency within a row. `is_optional` leaves it out of paper and screen when nothing stands in it.
    """

    key: str
    title: str
    kind: Kind
    width: int | None = None
    carry: Carry = Carry.NONE
    under: str | None = None
    currency: str = "currency"
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A line below the rows: a label and cells in the order of the columns."""

    label: Phrase
    cells: Row


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """Rows that belong together under a title, with their own totals. A report without parts has one, untitled."""

    rows: Sequence[Row]
    title: Phrase | None = None
    totals: tuple[TotalRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BookHead:
    """How far a book had been written when the report was made: its last number and that row's chain hash."""

    book: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a report holds for: booked up to `as_of`, as known at an instant and at the heads of the books.

    `basis` is a message id (how costs are recognised). `provisional` while a period it covers is still open. `since`
    is the first day of the period that a report with figures of a period covers. `funds` are those it is about, none
    when it is about all. `is_brought_forward` where figures of it were told by earlier books and not verified here.
    """

    as_of: date
    known_at: datetime
    basis: str
    provisional: bool
    heads: tuple[BookHead, ...] = ()
    since: date | None = None
    funds: tuple[str, ...] = ()
    is_brought_forward: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A finished table, ready for any renderer.

    `name` is the English file and command name, `title` a message id, `scope` says whose figures these are.

    Raises:
        InvalidInput: a cell does not fit its column, naming the row and the column.
    """

    name: str
    title: Phrase
    scope: str
    standing: Standing
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    totals: tuple[TotalRow, ...] = ()
    notes: tuple[Phrase, ...] = field(default=())

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{self.name}: two columns share a key")
        if lost := [column.key for column in self.columns if column.under and column.under not in keys]:
            raise ValueError(f"{self.name}: {', '.join(lost)} would stand under no column")
        number = 0
        for section in self.sections:
            number = _check_rows(self.columns, section.rows, after=number)
            _check_rows(self.columns, [total.cells for total in section.totals], after=number)
        _check_rows(self.columns, [total.cells for total in self.totals], after=number)

    def __repr__(self) -> str:
        return f"Report({self.name!r}, as_of={self.standing.as_of}, rows={self.row_count})"

    @property
    def row_count(self) -> int:
        """How many rows stand in all sections."""
        return sum(len(section.rows) for section in self.sections)

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sections, in order."""
        return (row for section in self.sections for row in section.rows)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that occur, in alphabetical order."""
        found: set[str] = set()
        for index in money_indexes(self.columns):
            found.update(cell.currency for row in self.lines if isinstance(cell := row[index], Money))
        return tuple(sorted(found))

    @property
    def lines(self) -> Iterator[Row]:
        """The cells of rows and totals alike."""
        for section in self.sections:
            yield from section.rows
            yield from (total.cells for total in section.totals)
        yield from (total.cells for total in self.totals)


def money_indexes(columns: Sequence[Column]) -> tuple[int, ...]:
    """Where the money columns stand."""
    return tuple(index for index, column in enumerate(columns) if column.kind is Kind.MONEY)


_FITS: Final = {
    Kind.TEXT: (str, Word),
    Kind.CODE: (str,),
    Kind.HASH: (str,),
    Kind.DATE: (date,),
    Kind.INSTANT: (datetime,),
    Kind.MONEY: (Money,),
    Kind.INTEGER: (int,),
    Kind.RATE: (Rate,),
    Kind.PERCENT: (int,),
}


def _check_rows(columns: Sequence[Column], rows: Sequence[Row], *, after: int) -> int:
    """Check kinds and currencies of rows numbered from `after` + 1; give back the last number."""
    allowed = [frozenset({*_FITS[column.kind], NotKnown, type(None)}) for column in columns]
    wallets = _wallets(columns)
    for number, row in enumerate(rows, start=after + 1):
        if len(row) != len(columns):
            raise InvalidInput(
                field="row",
                problem=f"it has {len(row)} cells for {len(columns)} columns",
                remedy="give one cell per column, None where there is nothing",
                row=number,
            )
        for cell, types, column in zip(row, allowed, columns, strict=True):
            if type(cell) not in types and not _is_text(cell, column.kind):
                raise InvalidInput(
                    field=column.key,
                    problem=f"a {type(cell).__name__} does not fit a column of kind {column.kind}",
                    remedy="give a cell of that kind, None or NotKnown",
                    row=number,
                )
        for key, indexes in wallets:
            if len({cell.currency for index in indexes if isinstance(cell := row[index], Money)}) > 1:
                raise InvalidInput(
                    field=key,
                    problem="two currencies stand in one row",
                    remedy="give the second its own `currency` column, or its own row",
                    row=number,
                )
    return after + len(rows)


def _is_text(cell: Cell, kind: Kind) -> bool:
    """Text of a narrower type (a key, a member of an enumeration) fits where text does."""
    return isinstance(cell, str) and kind in (Kind.TEXT, Kind.CODE, Kind.HASH)


def _wallets(columns: Sequence[Column]) -> list[tuple[str, tuple[int, ...]]]:
    """The currency keys with the places of their money columns."""
    places: dict[str, list[int]] = {}
    for index in money_indexes(columns):
        places.setdefault(columns[index].currency, []).append(index)
    return [(key, tuple(indexes)) for key, indexes in places.items()]
