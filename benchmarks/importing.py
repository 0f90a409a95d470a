"""What reading and checking a file costs over reading it bare, and what it costs to carry its rows out.

Expected size: 100,000 participants in a CSV of 12 columns, one in a hundred with a mistake; 50,000 of them in a
workbook; a whole import of some hundred households; the sealing of 2,000 people by itself.
Budget: reading and checking every cell of the CSV at most 2 × bare `csv` with `executemany` of the same rows without
any check; the workbook at most 1.5 × openpyxl read-only; sealing, with the digests by which the sealed are found, at
most 60 µs a person; 60 MB above where it began for an import of 25,000 households of four; carrying those out at most
2 × bare `csv` with `executemany` of the rows it writes, sealing apart (`importing_stored`). Over the rows of the file
alone carrying out has no goal: each person of a file becomes some twenty rows, sealed, indexed and accounted for.
Canonical workload: read the file of the members, check every cell, count who is named; read the workbook alike.
"""

import csv
import io
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from openpyxl import load_workbook
from sqlalchemy import create_engine
from xlsxwriter import Workbook

from benchmarks.harness import Measure, Turns, measured, peak_mb, removed, take_turns
from benchmarks.harness import Place as Folder
from benchmarks.harness import Work as Timed
from benchmarks.importing_files import HEAD, PER_HOME, STYLE, csv_of, households_of, people
from benchmarks.importing_stored import stored
from seedfund.interchange.kinds.people.columns import MEMBERS_PART
from seedfund.interchange.reader import packed, read_file
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.service import ImportRequest, import_files
from seedfund.interchange.service.staging import values_of_block
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries.names import sheet_text
from seedfund.people.rules import Identity, normal_phone, number_key, phone_keys
from seedfund.store.sealing.blind import Blinder
from seedfund.store.sealing.vault import Place, Vault, wrap_new_key
from tests.support.programme import RING, House, build_founded, house_on

CSV_GOAL: Final = 2.0
WORKBOOK_GOAL: Final = 1.5
TURNS: Final = 3
SEALED: Final = 2_000
SEALING_BUDGET: Final = 60e-6
MEMORY: Final = 60
_TABLE: Final = f"CREATE TABLE people ({', '.join(f'{name} TEXT' for name in HEAD)})"
_INSERT: Final = f"INSERT INTO people VALUES ({', '.join('?' * len(HEAD))})"


def bench(place: Folder) -> list[Measure]:
    """Reading and checking a CSV and a workbook over the bare libraries, and a whole import over the bare driver."""
    everybody = list(people(place.sizes.households // 2))
    text = csv_of(everybody)
    part = everybody[: len(everybody) // 2]
    bare_file = place.folder / "importing-bare.db"
    checked = take_turns([(lambda: _checked(text), lambda: _bare(text, bare_file))] * TURNS)
    book = _workbook(part)
    sheet = take_turns([(lambda: _checked(book), lambda: _bare_workbook(book))] * TURNS)
    homes = max(place.sizes.commands * 2, PER_HOME)
    whole = _carried_out(place, homes, bare_file)
    sealing = _sealing()
    removed(bare_file)
    limit = "bare csv and executemany, nothing checked"
    return [
        measured("read and check a CSV of people", checked, n=len(everybody), limit=limit, goal=CSV_GOAL),
        measured(
            "read and check a workbook of people",
            sheet,
            n=len(part),
            limit="openpyxl read-only, values only",
            goal=WORKBOOK_GOAL,
        ),
        sealing,
        stored(place, place.sizes.households // 2 // PER_HOME, sealing.seconds),
        _memory(place, place.sizes.households // 2 // PER_HOME),
        _without_goal(
            measured("carry out a file of people", whole, n=homes * PER_HOME, limit=limit, goal=1e9)
        ),
    ]


def _sealing() -> Measure:
    """A data key, the sheet, the document's number and the digests a person is found by; no row is written.

    What is sealed and digested is made before: names are folded and numbers brought to one form without sealing too.
    """
    everybody = [_secrets(row) for row in people(SEALED)]
    took = []
    for _ in range(TURNS):
        blinder = Blinder(RING, "01900000-0000-7000-8000-000000000000")
        started = process_time()
        for number, (sheet, document, keys) in enumerate(everybody):
            subject = Key(f"01900000-0000-7000-8000-{number:012d}")
            data_key, _ = wrap_new_key(RING, subject)
            vault = Vault(data_key)
            vault.seal(sheet, Place("sf_identity_sheet", subject, "content"))
            vault.seal(document, Place("sf_identity_document", subject, "number"))
            for kind, own in keys.items():
                blinder.indexes(kind, own)
        took.append((process_time() - started) / SEALED)
    seconds = median(took)
    return Measure(
        name="seal a person",
        n=SEALED,
        seconds=seconds,
        limit="a budget of 60 µs",
        limit_seconds=SEALING_BUDGET,
        ratio=round(seconds / SEALING_BUDGET, 3),
        peak_mb=peak_mb(),
        goal=1.0,
        note="",
    )


def _secrets(row: Sequence[str]) -> tuple[Secret, Secret, dict[str, tuple[Secret, ...]]]:
    """Of a person of the file the sheet, the document's number, and what they are found by."""
    cells = dict(zip(HEAD, row, strict=True))
    phone, document = Secret(cells["telefono"]), Secret(cells["numero_de_documento"])
    identity = Identity(
        given_names=Secret(cells["nombres"]), family_names=Secret(cells["apellidos"]), phones=(phone,)
    )
    keys = {
        "name": identity.name_keys,
        "phone": phone_keys(normal_phone(phone.reveal(), "EC")),
        "document": (number_key(document),),
    }
    return sheet_text(identity), document, keys


def _memory(place: Folder, homes: int) -> Measure:
    """The most memory that taking a long file in needs beside what the process held before, the file among it."""
    command = [
        sys.executable, "-m", "benchmarks.importing_memory", str(homes), str(place.folder / "long.db")
    ]  # fmt: skip
    started = perf_counter()
    done = subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True)
    seconds, took = perf_counter() - started, float(done.stdout)
    return Measure(
        name="memory of a long import",
        n=homes * PER_HOME,
        seconds=seconds,
        limit=f"{MEMORY} MB above where it began, the file's bytes held before",
        limit_seconds=seconds,
        ratio=round(took / MEMORY, 3),
        peak_mb=took,
        goal=1.0,
        note="",
    )


def _without_goal(one: Measure) -> Measure:
    told = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return Measure(
        **{**told, "goal": None, "note": "names sealed and indexed, every row with its provenance"}
    )


def _workbook(people: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True, "in_memory": True}) as book:
        page = book.add_worksheet("members")
        for line, row in enumerate([list(HEAD), *people]):
            page.write_row(line, 0, row)
    return out.getvalue()


def _checked(content: bytes) -> int:
    """How many rows are sound; every cell of every row is read as its column says."""
    sheet = read_file(MEMBERS_PART, content, style=STYLE)
    reader = RowReader(MEMBERS_PART, STYLE)
    blocks = packed(MEMBERS_PART, sheet.rows).blocks()
    sound = sum(not told for one in blocks for _, told in values_of_block(MEMBERS_PART, one, reader))
    wanted = len(sheet.rows) - len(sheet.rows) // 100
    if sound != wanted:
        raise AssertionError(f"{sound} rows are sound, not {wanted}")
    return sound


def _bare(content: bytes, file: Path) -> None:
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    connection.execute(_TABLE)
    connection.execute("CREATE INDEX one ON people (numero_de_documento)")
    rows = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";")
    next(rows)
    connection.executemany(_INSERT, rows)
    connection.commit()
    connection.close()


def _bare_workbook(content: bytes) -> int:
    book: Any = load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _carried_out(place: Folder, homes: int, bare_file: Path) -> Turns:
    """A whole import of households on a database of its own, over the bare driver with the same rows."""
    members = csv_of([row for row in people(homes * PER_HOME) if row[6] != "31/02/1999"])
    file = place.folder / "importing.db"
    removed(file)
    file.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{file}")
    build_founded(engine)
    house: House = house_on(engine)

    def contender() -> None:
        request = ImportRequest(
            kind="households", files={"households": households_of(homes), "members": members}, style=STYLE
        )
        with house.work("field") as work:
            result = import_files(work, request)
        if result.refused:
            raise AssertionError(f"{result.refused} rows were refused")

    pairs: list[tuple[Timed, Timed]] = [(contender, lambda: _bare(members, bare_file))]
    try:
        return take_turns(pairs)
    finally:
        engine.dispose()
        file.unlink(missing_ok=True)
