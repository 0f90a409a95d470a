"""Sums of a part as its rows go by, to be carried from one page to the next. Must not know pages."""

from collections.abc import Sequence

from seedfund.kernel.money import Money
from seedfund.reports.totals import INCOMPLETE
from seedfund.reports.value import Carry, Cell, Column, Kind, NotKnown, Row


class Running:
    """What has stood so far under the columns that are summed or carried, per currency."""

    def __init__(self, columns: Sequence[Column]):
        self._width = len(columns)
        self._summed = tuple(
            index
            for index, column in enumerate(columns)
            if column.kind is Kind.MONEY and column.carry is Carry.SUM
        )
        self._last = tuple(
            index
            for index, column in enumerate(columns)
            if column.kind is Kind.MONEY and column.carry is Carry.LAST
        )
        self.start()

    @property
    def indexes(self) -> tuple[int, ...]:
        """The places of the columns it carries."""
        return tuple(sorted(self._summed + self._last))

    def start(self) -> None:
        """A new part begins: nothing has gone by."""
        self._sums: dict[tuple[str, int], int] = {}
        self._unknown: set[int] = set()

    def add(self, row: Row) -> None:
        """One more row has gone by."""
        sums = self._sums
        for index in self._summed:
            cell = row[index]
            if isinstance(cell, Money):
                key = (cell.currency, index)
                sums[key] = sums.get(key, 0) + cell.minor
            elif cell is not None:
                self._unknown.add(index)
        for index in self._last:
            cell = row[index]
            if isinstance(cell, Money):
                sums[cell.currency, index] = cell.minor
            elif isinstance(cell, NotKnown):
                self._unknown.add(index)

    def lines(self) -> tuple[Row, ...]:
        """One line of cells per currency; none when there was no money."""
        currencies = sorted({currency for currency, _ in self._sums})
        return tuple(
            tuple(self._cell(currency, index) for index in range(self._width)) for currency in currencies
        )

    def _cell(self, currency: str, index: int) -> Cell:
        if index in self._unknown:
            return INCOMPLETE
        minor = self._sums.get((currency, index))
        return None if minor is None else Money(minor, currency)
