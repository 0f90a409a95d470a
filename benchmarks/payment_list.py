"""One payment list of many payments released in one command, against the bare rows it leaves.

Expected size: 10,000 cash transfers to as many households, prepared and approved as one list.
Budget: at most 2.5 × a bare `executemany` of the same rows.
Canonical workload: `release_payment_list`, every payment judged again, every row chained, one commit. The limit writes
the rows the command leaves (transfers, parts, steps, new accounts) and the new values of the rows it changes
(disbursements, accounts), each row once, into identical tables without triggers, in one transaction with the same
durability; it judges nothing, hashes nothing and knows the outcome beforehand.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import create_engine

from benchmarks.disbursement import release
from benchmarks.harness import Measure, Place, Work, fresh_copy, measured, removed, take_turns, together
from benchmarks.recording import bare, heads
from benchmarks.worlds import World, list_world, measured_house
from seedfund.store.hooks import prepare

GOAL: Final = 2.5
LIMIT: Final = "executemany of the same rows, no triggers"
INSERTED: Final = (
    "sf_account",
    "sf_entry",
    "sf_transfer",
    "sf_disbursement_part",
    "sf_disbursement_step",
    "sf_audit",
    "sf_command",
)
CHANGED: Final = (
    "sf_account",
    "sf_disbursement",
    "sf_payment_list",
    "sf_book_head",
    "sf_audit_head",
    "sf_counter",
)


@dataclass(frozen=True)
class Batch:
    """One statement and all of its rows."""

    sql: str
    rows: Sequence[tuple[Any, ...]]


def bench(place: Place) -> list[Measure]:
    """The long list, released."""
    world = list_world(place)
    batches = _rows_left(world)
    turns = together([take_turns(_turns(world, batches)) for _ in range(place.sizes.repetitions)])
    written = sum(len(batch.rows) for batch in batches)
    return [
        measured(
            "release a list",
            turns,
            n=len(world.payments),
            limit=LIMIT,
            goal=GOAL,
            note=f"the limit writes {written:,} rows and judges nothing",
        )
    ]


def _turns(world: World, batches: Sequence[Batch]) -> Iterator[tuple[Work, Work]]:
    ours, theirs = fresh_copy(world.path, "ours.db"), fresh_copy(world.path, "bare.db")
    engine = prepare(create_engine(f"sqlite:///{ours}"))
    house = measured_house(engine)
    act = release(world.lists[0])
    try:
        with bare(theirs) as connection:
            _drop_triggers(connection)
            engine.connect().close()
            yield lambda: act(house), lambda: _write(connection, batches)
            assert heads(theirs) == heads(ours), "both sides have to leave the same books"
    finally:
        engine.dispose()
        removed(ours, theirs)


def _write(connection: sqlite3.Connection, batches: Sequence[Batch]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for batch in batches:
        connection.executemany(batch.sql, batch.rows)
    connection.execute("COMMIT")


def _rows_left(world: World) -> list[Batch]:
    """Release the list on a copy, and read what is new and what is different from before."""
    path = fresh_copy(world.path, "left.db")
    engine = prepare(create_engine(f"sqlite:///{path}"))
    try:
        release(world.lists[0])(measured_house(engine))
    finally:
        engine.dispose()
    with bare(path) as connection:
        connection.execute("ATTACH DATABASE ? AS earlier", (str(world.path),))
        inserts = [_inserts(connection, table) for table in INSERTED]
        updates = [_updates(connection, table) for table in CHANGED]
    removed(path)
    return [batch for batch in (*inserts, *updates) if batch.rows]


def _inserts(connection: sqlite3.Connection, table: str) -> Batch:
    columns, keys = _columns(connection, table)
    same = " AND ".join(f"o.{key} = n.{key}" for key in keys)
    rows = connection.execute(
        f"SELECT n.* FROM main.{table} n WHERE NOT EXISTS (SELECT 1 FROM earlier.{table} o WHERE {same}) "
        f"ORDER BY {', '.join(f'n.{key}' for key in keys)}"
    ).fetchall()
    places = ", ".join("?" * len(columns))
    return Batch(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def _updates(connection: sqlite3.Connection, table: str) -> Batch:
    """Only the columns that differ in some row are set, as any program would."""
    columns, keys = _columns(connection, table)
    same = " AND ".join(f"o.{key} = n.{key}" for key in keys)
    joined = f"main.{table} n JOIN earlier.{table} o ON {same}"
    values = [
        column
        for column in columns
        if column not in keys
        and connection.execute(
            f"SELECT 1 FROM {joined} WHERE o.{column} IS NOT n.{column} LIMIT 1"
        ).fetchone()
    ]
    if not values:
        return Batch("", [])
    differs = " OR ".join(f"o.{value} IS NOT n.{value}" for value in values)
    read = ", ".join(f"n.{name}" for name in (*values, *keys))
    rows = connection.execute(f"SELECT {read} FROM {joined} WHERE {differs}").fetchall()
    sets = ", ".join(f"{value} = ?" for value in values)
    return Batch(f"UPDATE {table} SET {sets} WHERE {' AND '.join(f'{key} = ?' for key in keys)}", rows)


def _columns(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    found = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    columns = [f'"{row[1]}"' for row in found]
    return columns, [f'"{row[1]}"' for row in sorted(found, key=lambda row: int(row[5])) if row[5]]


def _drop_triggers(connection: sqlite3.Connection) -> None:
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
