"""A part of a unit of work that can be taken back as a whole, around several commands."""

from collections.abc import Iterator
from contextlib import contextmanager

from seedfund.store.hooks import write_connection
from seedfund.store.work import Work


class Savepoint:
    """What was done since it was set is kept, unless `undo` was called or an error went through."""

    def __init__(self) -> None:
        self.is_undone = False

    def undo(self) -> None:
        """Take back everything done since, when the block ends."""
        self.is_undone = True


@contextmanager
def savepoint(work: Work, name: str) -> Iterator[Savepoint]:
    """Set a savepoint on the session's connection; `name` is a word of ours, told apart from those of verbs."""
    connection = write_connection(work.session)
    cursor = connection.connection.cursor()
    cursor.execute(f"SAVEPOINT {name}")
    point = Savepoint()
    try:
        yield point
    except BaseException:
        try:
            cursor.execute(f"ROLLBACK TO SAVEPOINT {name}")
            cursor.execute(f"RELEASE SAVEPOINT {name}")
        except Exception:  # noqa: BLE001 - the driver gave the whole unit up; the first error says why
            connection.invalidate()
        raise
    if point.is_undone:
        cursor.execute(f"ROLLBACK TO SAVEPOINT {name}")
    cursor.execute(f"RELEASE SAVEPOINT {name}")
