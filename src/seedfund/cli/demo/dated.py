"""Rows of the example that happen on the days they name: grouped by day, so that a day is one unit of work."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """Something done on a day: its title, and the act."""

    day: date
    title: str
    act: Callable[[], None]


def day_of(text: str) -> date:
    """A day as the example writes it: 31/12/2025."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def by_day(rows: Iterable[Row], column: str) -> Iterator[tuple[date, list[Row]]]:
    """The rows that have a day in a column, day by day."""
    found: dict[date, list[Row]] = {}
    for row in rows:
        if row[column]:
            found.setdefault(day_of(row[column]), []).append(row)
    yield from sorted(found.items())
