"""What is in a database against what this version expects: columns, constraints, indexes, triggers. Reads only.

The yardstick is built from the models in a scratch database: in memory for SQLite, where the catalogue keeps the text
of every table and trigger; on PostgreSQL in a schema of its own inside a savepoint that is rolled back.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from seedfund.kernel.errors import StorageError
from seedfund.schema.registry import create_from_models
from seedfund.store.hooks import prepare

_SCRATCH: Final = "sf_yardstick"
_PG_FACTS: Final = (
    (
        "column",
        "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull::text "
        "|| ' ' || a.attidentity::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped",
    ),
    (
        "constraint",
        "SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
        "JOIN pg_class c ON c.oid = k.conrelid WHERE k.connamespace = %(schema)s::regnamespace AND k.contype <> 'n'",
    ),
    (
        "index",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %(schema)s",
    ),
    (
        "trigger",
        "SELECT t.tgname, pg_get_triggerdef(t.oid) || md5(p.prosrc) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal "
        "AND t.tgenabled <> 'D'",
    ),
)


@dataclass(frozen=True)
class Difference:
    """One thing that is not as expected: its kind, its name, and whether it is missing, unexpected or changed."""

    kind: str
    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} is {self.problem}"


def check(engine: sa.Engine) -> list[Difference]:
    """Compare a database with what this version expects; an empty list means equal."""
    prepare(engine)
    with engine.connect() as connection:
        found = differences(connection)
        connection.rollback()
    return found


def differences(connection: sa.Connection) -> list[Difference]:
    """The same on a connection inside whose transaction the schema was just changed."""
    if connection.dialect.name == "sqlite":
        live = _sqlite_catalogue(connection.connection.driver_connection)
        wanted = _sqlite_yardstick()
    elif connection.dialect.name == "postgresql":
        live = _pg_catalogue(
            connection, str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
        )
        wanted = _pg_yardstick(connection)
    else:
        raise StorageError(f"{connection.dialect.name} is not supported; use SQLite or PostgreSQL.")
    return _compare(wanted, live)


def _compare(wanted: Mapping[tuple[str, str], Any], live: Mapping[tuple[str, str], Any]) -> list[Difference]:
    result = []
    for kind, name in sorted(wanted.keys() | live.keys()):
        if (kind, name) not in live:
            result.append(Difference(kind, name, "missing"))
        elif (kind, name) not in wanted:
            result.append(Difference(kind, name, "unexpected"))
        elif wanted[kind, name] != live[kind, name]:
            result.append(Difference(kind, name, "changed"))
    return result


def _sqlite_yardstick() -> dict[tuple[str, str], Any]:
    engine = prepare(sa.create_engine("sqlite://", poolclass=sa.StaticPool))
    try:
        with engine.begin() as connection:
            create_from_models(connection)
            return _sqlite_catalogue(connection.connection.driver_connection)
    finally:
        engine.dispose()


def _sqlite_catalogue(driver: Any) -> dict[tuple[str, str], Any]:
    if not isinstance(driver, sqlite3.Connection):
        raise AssertionError("the catalogue is read on a connection of sqlite3")
    rows = driver.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name LIKE 'sf\\_%' ESCAPE '\\' "
        "AND tbl_name <> 'sf_alembic_version' AND sql IS NOT NULL"
    ).fetchall()
    return {(kind, name): _clauses(sql) for kind, name, _, sql in rows}


def _clauses(sql: str) -> tuple[str, ...]:
    """The text of a definition without its white space; a table's clauses sorted, since their order means nothing."""
    flat = re.sub(r"\s+", " ", sql).replace('"', "").strip()
    if not flat.upper().startswith("CREATE TABLE"):
        return (flat,)
    opening = flat.index("(")
    return (flat[:opening].strip(), *sorted(_split(flat[opening + 1 : flat.rindex(")")])))


def _split(body: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(body[start:index].strip())
            start = index + 1
    return [*parts, body[start:].strip()]


def _pg_catalogue(connection: sa.Connection, schema: str) -> dict[tuple[str, str], Any]:
    result = {}
    for kind, sql in _PG_FACTS:
        for name, definition in connection.exec_driver_sql(sql, {"schema": schema}):
            if str(name).startswith(("sf_", "ix_sf_", "uq_sf_", "pk_sf_")) and "alembic" not in str(name):
                result[kind, str(name)] = str(definition).replace(f"{schema}.", "")
    return result


def _pg_yardstick(connection: sa.Connection) -> dict[tuple[str, str], Any]:
    path = connection.exec_driver_sql("SHOW search_path").scalar_one()
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql(f"CREATE SCHEMA {_SCRATCH}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {_SCRATCH}")
        create_from_models(connection)
        return _pg_catalogue(connection, _SCRATCH)
    finally:
        savepoint.rollback()
        connection.exec_driver_sql(f"SET LOCAL search_path TO {path}")
