"""Copies of an SQLite database that are whole: the backup API, never a file copy."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from seedfund.kernel.errors import StorageError


def backup_file(engine: sa.Engine, target: Path) -> Path:
    """Write a consistent copy of an SQLite database to a new file, also while others write.

    Raises:
        StorageError: the target exists, the engine is not SQLite, or the copy does not pass SQLite's own check.
    """
    if engine.dialect.name != "sqlite":
        raise StorageError("only SQLite files are copied by seedfund; on PostgreSQL use pg_dump.")
    if target.exists():
        raise StorageError(f"{target.name} exists already; a backup never overwrites; name another file.")
    connection = engine.raw_connection()
    try:
        source = connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise AssertionError("SQLite is spoken through sqlite3 only")
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
            result = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise StorageError(
            f"the backup failed ({getattr(error, 'sqlite_errorname', 'no code')}); "
            "check the room on the disk and try again."
        ) from None
    finally:
        connection.close()
    if result != "ok":
        target.unlink(missing_ok=True)
        raise StorageError(
            "the copy does not pass SQLite's own check; the database may be damaged; run: seedfund audit verify"
        )
    return target
