"""A table with people down and sessions across, as registers are kept, to a row for each filled cell.

A row made so is numbered by its cell, line and column in one (`rows.SPREAD`), which `rows.shown_row` shows as `D3`. An
empty cell says nothing and is no row; a dash is a mark like any other, and refused unless a mapping says what it means.
"""

from collections.abc import Iterator, Sequence

from seedfund.interchange.reader.rows import SPREAD
from seedfund.interchange.reader.sheet import Broken, Raw, Table
from seedfund.interchange.rules.columns import Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import Layout


def spread(part: Part, table: Table, layout: Layout) -> Table:
    """The table with two columns more, the title's value and the cell; as it is where nothing is spread.

    Titles of the layout that the table does not have are no matter: four courses may share one mapping.
    """
    if not layout.spread or part.spreads is None:
        return table
    rows = iter(table.rows)
    try:
        first = next(rows, None)
    except Broken as error:
        return Table((), (*table.refusals, (error.row, error.refusal)), table.flags)
    if first is None or set(part.spreads) <= {*first.cells}:  # handed back by us, a row a cell already
        return Table(rows if first is None else _with(first, rows), table.refusals, table.flags)
    titles = Raw(first.number, [*first.cells, *part.spreads], first.marks)
    values = [layout.spread.get(fold(title), "") for title in first.cells]
    return Table(_with(titles, _cells(rows, values)), table.refusals, table.flags)


def _with(first: Raw, rows: Iterator[Raw]) -> Iterator[Raw]:
    yield first
    yield from rows


def _cells(rows: Iterator[Raw], values: Sequence[str]) -> Iterator[Raw]:
    for raw in rows:
        if len(raw.cells) != len(values):
            # Too many or too few as before: what it says cannot be told from its neighbours'.
            width = len(values)
            yield Raw(raw.number, [*raw.cells[:width], "", "", *raw.cells[width:]], raw.marks)
            continue
        for place, (value, cell) in enumerate(zip(values, raw.cells, strict=True)):
            mark = raw.marks.get(place)
            if value and (mark is not None or cell):
                marks = {**raw.marks, **({len(values) + 1: mark} if mark is not None else {})}
                yield Raw(raw.number + SPREAD * (place + 1), [*raw.cells, value, cell], marks)
