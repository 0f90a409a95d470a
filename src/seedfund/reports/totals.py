"""Sums under a table: per currency, never mixed, never silently incomplete. Must not know what they mean."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money, total
from seedfund.reports.value import Carry, Cell, Column, Kind, NotKnown, Phrase, Row, Section, TotalRow

INCOMPLETE: Final = NotKnown("not known for every row")
"""What stands where a sum would have to leave a row out."""

TOTAL: Final = Phrase("Total")
CLOSING: Final = Phrase("Total of this part")


def rows_of(columns: Sequence[Column], records: Iterable[object]) -> tuple[Row, ...]:
    """Rows from records whose attributes are named like the columns."""
    first, *others = (column.key for column in columns)
    read = attrgetter(first, *others) if others else lambda record: (getattr(record, first),)
    return tuple(map(read, records))


def row_of(columns: Sequence[Column], record: object, **computed: Cell) -> Row:
    """A row from a record and the cells that are computed beside it."""
    return tuple(
        computed[column.key] if column.key in computed else getattr(record, column.key) for column in columns
    )


def sum_money(amounts: Iterable[Money]) -> Money | None:
    """The sum of amounts of one currency, None when there are none.

    Raises:
        InvalidInput: two currencies; they have no sum.
    """
    found = list(amounts)
    return total(found, found[0].currency) if found else None


def percent_of(part: Money, whole: Money) -> int | NotKnown:
    """`part` in hundredths of a percent of `whole`, rounded half up; `NotKnown` of nothing.

    Raises:
        InvalidInput: two currencies.
    """
    if part.currency != whole.currency:
        raise InvalidInput(
            field="percent",
            problem=f"{part.currency} cannot be a share of {whole.currency}",
            remedy="exchange one of them first",
        )
    if whole.minor == 0:
        return NotKnown("nothing to compare with")
    tenths = 2 * abs(part.minor) * 10_000 + abs(whole.minor)
    points = tenths // (2 * abs(whole.minor))
    return points if (part.minor < 0) == (whole.minor < 0) else -points


def totals_of(
    columns: Sequence[Column], rows: Sequence[Row], *, label: Phrase = TOTAL
) -> tuple[TotalRow, ...]:
    """One total line per currency: sums, and the last figure of running balances.

    Whole numbers are summed on the line when there is one currency or none, else on a line of their own.
    """
    currencies = _currencies(columns, rows)
    counted = [_integer_total(column, index, rows) for index, column in enumerate(columns)]
    lines = [_money_line(columns, rows, currency) for currency in currencies]
    if any(cell is not None for cell in counted):
        if len(lines) == 1:
            merged = [
                count if count is not None else money for money, count in zip(lines[0], counted, strict=True)
            ]
            lines = [tuple(merged)]
        else:
            lines.append(tuple(counted))
    return tuple(TotalRow(label, line) for line in lines)


def section_of(
    columns: Sequence[Column], rows: Sequence[Row], *, title: Phrase, label: Phrase = CLOSING
) -> Section:
    """A titled part with its totals."""
    return Section(rows=rows, title=title, totals=totals_of(columns, rows, label=label))


def grand_totals(
    columns: Sequence[Column], sections: Sequence[Section], *, label: Phrase = TOTAL
) -> tuple[TotalRow, ...]:
    """Totals over parts: the parts' last balances are added up, since each part has its own."""
    summing = tuple(
        Column(
            column.key,
            column.title,
            column.kind,
            carry=Carry.NONE if column.carry is Carry.NONE else Carry.SUM,
        )
        for column in columns
    )
    lines = [line.cells for section in sections for line in totals_of(columns, section.rows)]
    return totals_of(summing, lines, label=label)


def total_line(columns: Sequence[Column], label: Phrase, cells: Mapping[str, Cell]) -> TotalRow:
    """A line below the rows with only the named cells filled."""
    return TotalRow(label, tuple(cells.get(column.key) for column in columns))


def _currencies(columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    carried = [
        index
        for index, column in enumerate(columns)
        if column.kind is Kind.MONEY and column.carry is not Carry.NONE
    ]
    found: set[str] = set()
    for index in carried:
        found.update(cell.currency for row in rows if isinstance(cell := row[index], Money))
    return sorted(found)


def _money_line(columns: Sequence[Column], rows: Sequence[Row], currency: str) -> Row:
    return tuple(
        _money_total([row[index] for row in rows], column.carry, currency)
        if column.kind is Kind.MONEY and column.carry is not Carry.NONE
        else None
        for index, column in enumerate(columns)
    )


def _money_total(cells: Sequence[Cell], carry: Carry, currency: str) -> Money | NotKnown | None:
    if any(isinstance(cell, NotKnown) for cell in cells):
        return INCOMPLETE
    amounts = [cell for cell in cells if isinstance(cell, Money) and cell.currency == currency]
    if not amounts:
        return None
    return amounts[-1] if carry is Carry.LAST else sum_money(amounts)


def _integer_total(column: Column, index: int, rows: Sequence[Row]) -> int | NotKnown | None:
    if column.kind is not Kind.INTEGER or column.carry is not Carry.SUM:
        return None
    cells = [row[index] for row in rows]
    if any(isinstance(cell, NotKnown) for cell in cells):
        return INCOMPLETE
    counts = [cell for cell in cells if isinstance(cell, int)]
    return sum(counts) if counts else None
