"""Preparing a host's engine: the pragmas SQLite needs, the transactions it does not begin, the locks it starves on.

`prepare(engine)` is all a host calls. On SQLite it makes transactions real (the driver's own are not), reads back every
pragma it sets, and lets a verb start with BEGIN IMMEDIATE polled with jitter, because the busy handler starves writers.
A host's own transactions stay deferred until a verb asks. On PostgreSQL there is nothing to set.
"""

import random
import sqlite3
import time
from contextvars import ContextVar
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from seedfund.kernel.errors import Busy, NotPrepared, StorageError
from seedfund.store.tables import CommandRecord

READY: Final = "seedfund.ready"
MODE: Final = "seedfund.mode"
DEFERRED: Final = "BEGIN"
IMMEDIATE: Final = "BEGIN IMMEDIATE"
DRIVERS: Final = ("pysqlite", "psycopg")
BUSY_SECONDS: Final = 30.0
PRAGMAS: Final = (
    ("foreign_keys", "ON", 1),
    ("journal_mode", "TRUNCATE", ("truncate", "memory")),
    ("synchronous", "FULL", 2),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    # A destroyed data key must not live on in a free page of the file.
    ("secure_delete", "ON", 1),
    ("busy_timeout", "10000", 10000),
)

_wanted: ContextVar[str] = ContextVar("seedfund_begin", default=DEFERRED)


def prepare(engine: sa.Engine) -> sa.Engine:
    """Make an engine fit for seedfund; returns it. Calling it twice is harmless.

    On SQLite it turns foreign keys on and double-quoted surprises off for every connection, the host's tables included.

    Raises:
        NotPrepared: the driver is not supported, or the engine manages transactions in a way that cannot be hooked.
    """
    if engine.dialect.driver not in DRIVERS:
        raise NotPrepared(f"the driver {engine.dialect.driver} is not supported; use sqlite3 or psycopg 3.")
    if engine.get_execution_options().get("isolation_level") == "AUTOCOMMIT" or (
        getattr(engine.dialect, "_on_connect_isolation_level", None) == "AUTOCOMMIT"
    ):
        raise NotPrepared("the engine is in AUTOCOMMIT; create it without isolation_level.")
    if event.contains(engine, "checkout", _checkout):
        return engine
    event.listen(engine, "checkout", _checkout)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "handle_error", _rolled_back)
    return engine


def _connect(dbapi: Any, record: Any) -> None:
    _make_ready(dbapi, record)


def _checkout(dbapi: Any, record: Any, proxy: Any) -> None:
    if isinstance(dbapi, sqlite3.Connection):
        _make_ready(dbapi, record)
    else:
        record.info[READY] = True


def _make_ready(dbapi: sqlite3.Connection, record: Any) -> None:
    if record.info.get(READY):
        return
    legacy = getattr(sqlite3, "LEGACY_TRANSACTION_CONTROL", None)
    if getattr(dbapi, "autocommit", legacy) != legacy:
        raise NotPrepared("leave 'autocommit' out of connect_args; seedfund begins transactions itself.")
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    for name, value, wanted in PRAGMAS:
        cursor.execute(f"PRAGMA {name}={value}").fetchone()
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found not in (wanted if isinstance(wanted, tuple) else (wanted,)):
            raise NotPrepared(
                f"SQLite kept {name}={found} instead of {value}; is the file on a network drive?"
            )
    cursor.close()
    record.info[READY] = True


def _begin(connection: sa.Connection) -> None:
    connection.info.pop(MODE, None)
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    mode = _wanted.get()
    cursor = connection.connection.cursor()
    if mode == IMMEDIATE:
        begin_immediate(cursor, BUSY_SECONDS)
    else:
        cursor.execute(DEFERRED)
    connection.info[MODE] = mode


def begin_immediate(cursor: Any, seconds: float) -> None:
    """Take SQLite's write lock, asking again every millisecond or so, so that no process starves.

    Raises:
        Busy: another process held it for `seconds`.
    """
    cursor.execute("PRAGMA busy_timeout=0").fetchall()
    deadline = time.monotonic() + seconds
    try:
        while True:
            try:
                cursor.execute(IMMEDIATE)
                return
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                if time.monotonic() > deadline:
                    raise Busy(f"another process wrote for {seconds:.0f} s; try again.") from None
            time.sleep(random.uniform(0.0005, 0.0015))  # noqa: S311 - jitter, not a secret
    finally:
        cursor.execute("PRAGMA busy_timeout=10000").fetchall()


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _rolled_back(context: Any) -> None:
    """A full disk makes SQLite roll back by itself; a host that went on would write outside any transaction."""
    connection = context.connection
    if connection is None or connection.invalidated or not connection.in_transaction():
        return
    if connection.info.get(MODE) and not connection.connection.driver_connection.in_transaction:
        context.is_disconnect, context.invalidate_pool_on_disconnect = True, False


def read_connection(session: Session) -> sa.Connection:
    """The session's connection for our tables, prepared.

    Raises:
        NotPrepared: the engine was never given to `prepare`.
    """
    connection = session.connection(bind_arguments={"mapper": sa.inspect(CommandRecord)})
    if not connection.info.get(READY):
        raise NotPrepared(
            "the engine is not prepared; call seedfund.prepare(engine) once, before the first session is opened."
        )
    return connection


def write_connection(session: Session) -> sa.Connection:
    """The session's connection with the write lock held (SQLite) or a transaction begun (PostgreSQL).

    Raises:
        NotPrepared: the engine was never given to `prepare`.
        Busy: the session had begun reading and another process is writing.
    """
    session.flush()
    token = _wanted.set(IMMEDIATE)
    try:
        connection = read_connection(session)
    finally:
        _wanted.reset(token)
    if connection.info.get(MODE) == DEFERRED:
        _upgrade(connection)
    return connection


def _upgrade(connection: sa.Connection) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.execute("UPDATE sf_lock SET n = n WHERE 0")
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise StorageError(
                f"SQLite could not begin to write ({getattr(error, 'sqlite_errorname', '?')}); "
                "check the disk and the file."
            ) from None
        raise Busy(
            "this session read before it wrote, and another process is writing; run the unit again."
        ) from None
    connection.info[MODE] = IMMEDIATE
