"""Drivers whose cursor fails at the N-th call, on both databases: what a full disk or a lost line looks like."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine


@dataclass
class Countdown:
    """How many calls are left until one fails; `calls` counts them all. Nothing fails while `left` is None."""

    left: int | None = None
    calls: int = 0

    @property
    def has_left(self) -> bool:
        """Whether no call has failed yet."""
        return self.left is not None and self.left > 0

    def tick(self, error: Exception) -> None:
        """One call of a cursor."""
        self.calls += 1
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                raise error


@contextmanager
def failing_engine(url: URL) -> Iterator[tuple[Engine, Countdown]]:
    """An engine whose cursors count down, and the countdown."""
    countdown = Countdown()
    made = _sqlite(countdown) if url.get_backend_name() == "sqlite" else _postgresql(countdown)
    engine = create_engine(url, connect_args=made)
    try:
        yield engine, countdown
    finally:
        countdown.left = None
        engine.dispose()


def _sqlite(countdown: Countdown) -> dict[str, Any]:
    def failed() -> sqlite3.OperationalError:
        return sqlite3.OperationalError("disk I/O error")

    class FailingCursor(sqlite3.Cursor):
        def execute(self, *arguments: Any) -> "FailingCursor":
            if not _is_ending(arguments[0]):
                countdown.tick(failed())
            super().execute(*arguments)
            return self

        def executemany(self, *arguments: Any) -> "FailingCursor":
            countdown.tick(failed())
            super().executemany(*arguments)
            return self

    class FailingConnection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(FailingCursor)

    return {"factory": FailingConnection}


def _postgresql(countdown: Countdown) -> dict[str, Any]:
    class FailingCursor(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> "FailingCursor":
            if not _is_ending(arguments[0]):
                countdown.tick(psycopg.OperationalError("the line was lost"))
            super().execute(*arguments, **options)
            return self

        def executemany(self, *arguments: Any, **options: Any) -> None:
            countdown.tick(psycopg.OperationalError("the line was lost"))
            super().executemany(*arguments, **options)

    return {"cursor_factory": FailingCursor}


def _is_ending(statement: Any) -> bool:
    """Going back and letting go always works: a driver that cannot even do that has lost its connection."""
    return str(statement).startswith(("ROLLBACK", "RELEASE", "PRAGMA"))
