"""Lays columns out for people: those that belong together stand in one slot. Must not know pages or terminals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final, overload

from seedfund.reports.value import Column, Kind, Report, Row, TotalRow

_RIGHT: Final = frozenset({Kind.MONEY, Kind.INTEGER, Kind.RATE, Kind.PERCENT})
_WIDTHS: Final = {
    Kind.TEXT: 22,
    Kind.CODE: 12,
    Kind.HASH: 12,
    Kind.DATE: 10,
    Kind.INSTANT: 20,
    Kind.MONEY: 9,
    Kind.INTEGER: 6,
    Kind.RATE: 16,
    Kind.PERCENT: 9,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Columns that stand one below the other, by their places in the row; the first gives the side."""

    indexes: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def is_right(self) -> bool:
        """Whether its cells stand at the right edge, as figures do."""
        return self.columns[0].kind in _RIGHT

    @property
    def is_flexible(self) -> bool:
        """Whether it takes what width is left: some of its cells are running text."""
        return any(column.kind is Kind.TEXT for column in self.columns)

    @property
    def hint(self) -> int:
        """The width in characters its columns ask for."""
        return max(column.width or _WIDTHS[column.kind] for column in self.columns)


def slots_of(columns: Sequence[Column]) -> tuple[Slot, ...]:
    """The slots of a table, in the order of their first columns."""
    stacks: dict[str, list[int]] = {}
    for index, column in enumerate(columns):
        stacks.setdefault(column.under or column.key, []).append(index)
    return tuple(
        Slot(tuple(indexes), tuple(columns[index] for index in indexes)) for indexes in stacks.values()
    )


class _Narrowed(Sequence[Row]):
    """Rows without some of their cells, each made when it is asked for: a long book is not held twice."""

    def __init__(self, rows: Sequence[Row], narrow: Callable[[Row], Row]):
        self._rows, self._narrow = rows, narrow

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return map(self._narrow, self._rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return tuple(map(self._narrow, self._rows[at]))
        return self._narrow(self._rows[at])


def for_people(report: Report) -> Report:
    """The report as paper and screen show it: without optional columns in which nothing stands. Files keep them."""
    if not any(column.is_optional for column in report.columns):
        return report
    lines = tuple(report.lines)
    kept = [
        index
        for index, column in enumerate(report.columns)
        if not column.is_optional or any(line[index] not in (None, "") for line in lines)
    ]

    row = itemgetter(*kept) if len(kept) > 1 else lambda cells: (cells[kept[0]],)

    def totals(found: tuple[TotalRow, ...]) -> tuple[TotalRow, ...]:
        return tuple(replace(total, cells=row(total.cells)) for total in found)

    return replace(
        report,
        columns=tuple(report.columns[index] for index in kept),
        sections=tuple(
            replace(section, rows=_Narrowed(section.rows, row), totals=totals(section.totals))
            for section in report.sections
        ),
        totals=totals(report.totals),
    )
