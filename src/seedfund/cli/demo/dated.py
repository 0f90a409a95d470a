"""Rows of the example that happen on the days they name: grouped by day, so that a day is one unit of work."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from seedfund.kernel.dates import parse_date

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """Something done on a day: its title, and the act."""

    day: date
    title: str
    act: Callable[[], None]


def by_day(rows: Iterable[Row], column: str) -> Iterator[tuple[date, list[Row]]]:
    """The rows that have a day in a column, day by day."""
    found: dict[date, list[Row]] = {}
    for row in rows:
        if row[column]:
            found.setdefault(parse_date(row[column]), []).append(row)
    yield from sorted(found.items())


def by_hand(rows: Iterable[Row], column: str = "actor") -> Mapping[str, list[Row]]:
    """The rows by who does them, each in the order it stands in the file."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def listed(text: str) -> list[str]:
    """The parts of a cell that holds several, divided by bars."""
    return [one.strip() for one in text.split("|") if one.strip()]
