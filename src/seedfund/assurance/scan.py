"""Reading rows that may be damaged: one after the other, and what cannot be read is told instead of raised.

A byte that is no UTF-8, a day that is no day, a number that became text: each costs one row, not the whole run. Reads
only, on one connection in one snapshot. Must not know what the rows mean.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Generic, TypeVar

import sqlalchemy as sa

from seedfund.store.statements import Query, Reader

T = TypeVar("T")
BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row with a value that cannot be read: its first values as they are stored."""

    key: tuple[Any, ...]

    @property
    def which(self) -> str:
        """The key as text."""
        return ":".join(str(part) for part in self.key)


class Sheet(Generic[T]):
    """A table as the verifier reads it; the first `keys` columns say which row it is."""

    def __init__(self, table: str, row: Callable[..., T], build: Callable[[], Any], *, keys: int = 1):
        self.table, self.keys = table, keys
        self.query: Query[T] = Query(row, build)


class Scan(Reader):
    """A reader that survives damaged rows."""

    def __init__(self, connection: sa.Connection):
        super().__init__(connection)
        self._names = count(1)
        self.tables = frozenset(sa.inspect(connection).get_table_names())

    def rows(self, sheet: Sheet[T], **params: Any) -> Iterator[T | Unreadable]:
        """Every row in the order of the sheet, a thousand fetched at a time; memory stays flat."""
        plan = sheet.query.plan(self.dialect)
        make = sheet.query.row
        cursor = self._streaming_cursor()
        try:
            cursor.execute(*self._bound(plan, params))
            while batch := cursor.fetchmany(BATCH):
                for values in batch:
                    try:
                        yield make(*plan.processed_row(values))
                    except (ValueError, TypeError, AttributeError):
                        yield Unreadable(tuple(values[: sheet.keys]))
        finally:
            cursor.close()

    def _streaming_cursor(self) -> Any:
        """Each stream has a cursor of its own, so that two can be read side by side."""
        if self.dialect.name == "postgresql":
            return self.connection.connection.cursor(name=f"sf_scan_{next(self._names)}")
        return self.connection.connection.cursor()


def lenient_text(raw: bytes) -> str:
    """Text as stored; bytes that are no UTF-8 become surrogates, which no hash of ours covers."""
    return raw.decode("utf-8", "surrogateescape")
