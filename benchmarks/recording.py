"""The very statements a command runs, written down on one database and run again by the bare driver on another."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine

from seedfund.store.hooks import PRAGMAS, prepare

Step = tuple[str, Sequence[Any]]
STATEMENTS_CACHED: Final = 1024


class RecordingCursor(sqlite3.Cursor):
    """A cursor that writes down what it executes."""

    def execute(self, sql: str, parameters: Any = (), /) -> "RecordingCursor":
        """Run and write down."""
        self._note(sql, parameters)
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, rows: Any, /) -> "RecordingCursor":
        """Run and write down, row by row."""
        rows = list(rows)
        for row in rows:
            self._note(sql, row)
        super().executemany(sql, rows)
        return self

    def _note(self, sql: str, parameters: Any) -> None:
        connection = self.connection
        if isinstance(connection, RecordingConnection) and not sql.startswith("PRAGMA"):
            connection.steps.append((sql, tuple(parameters)))


class RecordingConnection(sqlite3.Connection):
    """A connection whose cursors write down, transactions included."""

    steps: list[Step]

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self.steps = []

    def cursor(self, factory: Any = None, /) -> Any:
        """A cursor that writes down."""
        return super().cursor(RecordingCursor)

    def commit(self) -> None:
        """Keep, and write that down."""
        if self.in_transaction:
            self.steps.append(("COMMIT", ()))
        super().commit()


def recording_engine(path: Path) -> Engine:
    """An engine whose connections write down."""
    arguments = {"factory": RecordingConnection}
    return prepare(create_engine(f"sqlite:///{path}", connect_args=arguments))


def taken(engine: Engine) -> list[Step]:
    """What was written down since the last time."""
    connection = engine.raw_connection()
    try:
        recorder = connection.driver_connection
        assert isinstance(recorder, RecordingConnection)
        steps, recorder.steps = recorder.steps, []
        return steps
    finally:
        connection.close()


@contextmanager
def bare(path: Path) -> Iterator[sqlite3.Connection]:
    """The driver alone, as durable as we are: the same pragmas, statements prepared once."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=STATEMENTS_CACHED)
    try:
        for name, value, _ in PRAGMAS:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
        yield connection
    finally:
        connection.close()


def replay(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Run the statements again; answers are fetched."""
    execute = connection.cursor().execute
    for sql, parameters in steps:
        cursor = execute(sql, parameters)
        if cursor.description is not None:
            cursor.fetchall()


def heads(path: Path) -> list[tuple[Any, ...]]:
    """Where every chain of a database ends: equal ends are equal books."""
    with bare(path) as connection:
        books = connection.execute("SELECT book_id, seq, hash FROM sf_book_head ORDER BY book_id").fetchall()
        return books + connection.execute("SELECT programme_id, seq, hash FROM sf_audit_head").fetchall()
