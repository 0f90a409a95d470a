"""What carrying a file of people out costs over storing the same rows: every table, index, key and trigger the same.

The limit is bare `csv` over the same files and `executemany` of the very rows an import wrote, into a copy of the
database as it was before. Their sealed bytes are stored as they are: the limit seals nothing, digests nothing, decides
nothing and writes down no command. Sealing is measured by itself, with the digests by which the sealed are found, and
what it takes of each person counts for neither.
"""

import csv
import gc
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine

from benchmarks.harness import Measure, Place, Turns, measured, removed, timed
from benchmarks.importing_files import PER_HOME, STYLE, csv_of, households_of, people
from seedfund.interchange.service import ImportRequest, import_files
from tests.support.programme import build_founded, house_on

GOAL: Final = 2.0
TURNS: Final = 2
ORDER: Final = (
    *("sf_command", "sf_audit", "sf_data_key", "sf_household", "sf_participant", "sf_household_member"),
    *("sf_identity_sheet", "sf_identity_document", "sf_identity_index"),
    *("sf_import_batch", "sf_import_file", "sf_import_row", "sf_import_cells", "sf_likely_pair"),
)
"""What an import adds rows to; counters and heads are left out of the limit."""

Rows = Mapping[str, Sequence[tuple[Any, ...]]]


def stored(place: Place, homes: int, sealing: float) -> Measure:
    """The measure, in a process of its own; `sealing` is what sealing a person takes, in seconds."""
    command = [
        *(sys.executable, "-m", "benchmarks.importing_stored", str(homes), str(place.folder), repr(sealing))
    ]  # fmt: skip
    done = subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True)
    return Measure(**json.loads(done.stdout))


def _measure(folder: Path, homes: int, sealing: float) -> Measure:
    members = csv_of([row for row in people(homes * PER_HOME) if row[6] != "31/02/1999"])
    files = {"households": households_of(homes), "members": members}
    count = members.count(b"\n") - 1
    before, after, bare = (folder / f"stored-{name}.db" for name in ("before", "after", "bare"))
    engine = create_engine(f"sqlite:///{before}")
    build_founded(engine)
    engine.dispose()
    ours, limits, written = [], [], 0
    for _ in range(TURNS):
        shutil.copy(before, after)
        wall, cpu = timed(lambda: _import(after, files))
        ours.append((wall - sealing * count, cpu - sealing * count))
        rows = _added(before, after)
        written = sum(len(some) for some in rows.values())
        shutil.copy(before, bare)
        limits.append(timed(lambda rows=rows: _store(bare, files, rows)))  # type: ignore[misc]  # bound at once
        # What was held for the limit is no burden of the next import.
        del rows
        gc.collect()
    for file in (before, after, bare):
        removed(file)
        file.unlink(missing_ok=True)
    turns = Turns(
        [wall for wall, _ in ours],
        [wall for wall, _ in limits],
        contender_cpu=[cpu for _, cpu in ours],
        limit_cpu=[cpu for _, cpu in limits],
    )
    limit = "bare csv and executemany of the same rows into the same tables, sealing left out of both"
    told = measured("carry out a file of people, over its rows", turns, n=count, limit=limit, goal=GOAL)
    each = f"{written / count:.1f} rows a person"
    return replace(told, note="; ".join(part for part in (told.note, each) if part))


def _import(file: Path, files: Mapping[str, bytes]) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with house_on(engine).work("field") as work:
        result = import_files(work, ImportRequest(kind="households", files=files, style=STYLE))
    engine.dispose()
    if result.refused:
        raise AssertionError(f"{result.refused} rows were refused")


def _added(before: Path, after: Path) -> Rows:
    connection = sqlite3.connect(after)
    connection.execute("ATTACH ? AS old", (str(before),))
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name LIKE 'sf_%'"
    ).fetchall()
    for (table,) in tables:
        ours, theirs = (
            connection.execute(f"SELECT count(*) FROM {base}.{table}").fetchone()[0]
            for base in ("main", "old")
        )
        if ours != theirs and table not in (*ORDER, "sf_counter"):
            raise AssertionError(f"an import adds rows to {table} too")
    rows = {
        table: connection.execute(f"SELECT * FROM main.{table} EXCEPT SELECT * FROM old.{table}").fetchall()
        for table in ORDER
    }
    connection.close()
    return rows


def _store(file: Path, files: Mapping[str, bytes], rows: Rows) -> None:
    for content in files.values():
        for _ in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"):
            pass
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("foreign_keys=ON", "journal_mode=TRUNCATE", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for table, some in rows.items():
        if some:
            places = ", ".join("?" * len(some[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", some)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(Path(sys.argv[2]), int(sys.argv[1]), float(sys.argv[3])))))
