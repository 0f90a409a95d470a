"""The stage of the demo: an own database, a clock that is moved from day to day, actors of the example's team."""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.queries import imported_numbers
from seedfund.interchange.rules import CellKind, CellStyle, Column, DateOrder
from seedfund.interchange.rules.cells import YES
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.clock import ManualClock
from seedfund.kernel.dates import parse_date
from seedfund.kernel.errors import InvalidInput, RefusalCode, Refused
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.money import ENGLISH, SPANISH, Money, parse_money
from seedfund.kernel.roles import Assurance
from seedfund.kernel.secret import Secret
from seedfund.schema.upgrading import upgrade
from seedfund.store.hooks import prepare
from seedfund.store.programmes import FoundProgramme, found_programme
from seedfund.store.sealing.keyring import KeyRing, new_keyring, save_keyring
from seedfund.store.work import Work, open_work

HOUR: Final = 15
"""The hour of each day, in UTC, at which things happen."""

EXAMPLE_NOT_TAKEN: Final = RefusalCode(
    "example_not_taken",
    "The example's file {file} was not taken, because of row {row}.",
    "Correct that file, or name another folder: seedfund demo --from FOLDER.",
)


@dataclass
class Stage:
    """One run of the demo: where it writes, what time it is there, and what was counted."""

    files: Path
    into: Path
    programme: Mapping[str, str]
    engine: sa.Engine
    ring: KeyRing
    clock: ManualClock
    ids: CountingIds = field(default_factory=CountingIds)
    commands: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    known: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of the programme."""
        return self.programme["code"]

    @property
    def currency(self) -> str:
        """The currency amounts of the example are in where nothing else is said."""
        return self.programme["currency"]

    @property
    def last_day(self) -> date:
        """The day the example ends."""
        return parse_date(self.programme["last_day"])

    @property
    def style(self) -> CellStyle:
        """How the example's files write numbers and days."""
        numbers = SPANISH if self.programme["numbers"] == "es" else ENGLISH
        return CellStyle(numbers=numbers, dates=DateOrder.DAY_MONTH_YEAR, currency=self.currency)

    def go_to(self, day: date) -> None:
        """Let it be some hour of a day that is that day in the programme's zone too."""
        self.clock.set(datetime(day.year, day.month, day.day, HOUR, 0, tzinfo=UTC))

    @contextmanager
    def acting(self, actor: str) -> Iterator[Work]:
        """A unit of work of an actor, kept when nothing was raised.

        The demo is the host application here: it vouches for who acts, as a host that signs people in does.
        """
        with open_work(
            self.engine,
            actor=actor,
            programme=self.code,
            keyring=self.ring,
            clock=self.clock,
            ids=self.ids,
            assurance=Assurance.HOST,
        ) as work:
            yield work
            work.commit()

    def key(self, *parts: object) -> str:
        """A command's key, made of what the command is about; each one counts as a command carried out."""
        self.commands += 1
        return ":".join(("demo", *(str(part) for part in parts)))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file of the example that is no import: decisions and events to be played."""
        if name not in self.known:
            self.known[name] = _rows(self.files / f"{name}.csv")
        return self.known[name]

    def has(self, name: str) -> bool:
        """Whether the example has that file."""
        return (self.files / f"{name}.csv").is_file()

    def part(self, kind: str, part: str, suffix: str = "") -> list[dict[str, str]]:
        """The rows of a file that is imported, by the English names of its columns and words."""
        found = next(one for one in find_kind(kind).parts if one.name == part)
        return [
            {column.name: _plain(column, row) for column in found.columns}
            for row in self.rows(f"{part}{suffix}")
        ]

    def bring(self, kind: str, actor: str, suffix: str = "") -> ImportResult:
        """Import the files of a kind by an actor.

        Raises:
            Refused: a row was; names the first with its file, row and reason.
        """
        paths = {part.name: self.files / f"{part.name}{suffix}.csv" for part in find_kind(kind).parts}
        content = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
        with self.acting(actor) as work:
            result = import_files(work, ImportRequest(kind=kind, files=content, style=self.style))
        if result.refused:
            first = result.refusals[0]
            file = paths[first.part].name
            raise Refused([EXAMPLE_NOT_TAKEN(file=file, row=first.row or "1"), first.refusal])
        self.commands += result.accepted
        self.counts[f"{kind}{suffix}"] = result.accepted
        return result

    def numbers(self, kind: str, part: str, keys: list[str]) -> Mapping[str, str]:
        """What imported rows became: number by the row's own key."""
        with self.acting(self.programme["administrator"]) as work:
            return imported_numbers(work, kind, part, keys)

    def members(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The numbers that members of households were given, by their own keys; asked once for each."""
        missing = [key for key in keys if key not in self.people]
        if missing:
            self.people |= self.numbers("households", "members", missing)
        return {key: self.people[key] for key in keys}

    def households(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The numbers that households were given, by their own keys; asked once for each."""
        missing = [key for key in keys if key not in self.homes]
        if missing:
            self.homes |= self.numbers("households", "households", missing)
        return {key: self.homes[key] for key in keys}

    def amount(self, text: str) -> Money | None:
        """An amount in the currency of the example, or None where the cell is empty."""
        return parse_money(text, self.currency, style=self.style.numbers) if text else None


def _plain(column: Column, row: Mapping[str, str]) -> str:
    """A cell as the English file would have it: a word of a closed list by its code, yes or no, anything else as is."""
    text = row.get(column.name) or row.get(column.spanish) or ""
    wanted = fold(text)
    for word in column.words:
        if wanted in (word.code, fold(word.spanish)):
            return word.code
    if column.kind is CellKind.YES_NO and text:
        return "yes" if wanted in YES else "no"
    return text


def evidence(text: str) -> str:
    """The SHA-256 that stands for a scan; the example has no scans, so it is taken over what the paper says."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def secret(text: str) -> Secret | None:
    """A text that is kept sealed, or None where the cell is empty."""
    return Secret(text) if text else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter=";")]


def set_up(files: Path, into: Path) -> Stage:
    """An empty folder with a database, a key file and a founded programme.

    Raises:
        InvalidInput: the folder holds something that no demo left there.
    """
    _empty(into)
    engine = prepare(sa.create_engine(sa.URL.create("sqlite", database=str(into / "seedfund.db"))))
    upgrade(engine)
    ring = new_keyring()
    save_keyring(ring, into / "seedfund.key")
    told = _rows(files / "programme.csv")[0]
    founded = parse_date(told["founded_on"])
    clock = ManualClock(datetime(founded.year, founded.month, founded.day, HOUR, 0, tzinfo=UTC))
    stage = Stage(files, into, told, engine, ring, clock)
    founding = FoundProgramme(
        code=told["code"],
        name=told["name"],
        organisation=told["organisation"],
        zone=told["zone"],
        language=told["language"],
        administrator=told["administrator"],
        administrator_name=told["administrator_name"],
        money_assurance=Assurance.HOST,
        backdate_days_max=int(told["backdate_days"]),
    )
    with Session(engine) as session:
        found_programme(session, founding, keyring=ring, clock=stage.clock, ids=stage.ids)
        session.commit()
    return stage


OURS: Final = ("seedfund.db", "seedfund.key", "seedfund.db-journal", "summary.json")
FOLDERS: Final = ("agreements", "acts", "ledgers", "reports")


def _empty(into: Path) -> None:
    """Make the folders new; what an earlier demo left goes, anything else is a reason to stop."""
    into.mkdir(parents=True, exist_ok=True)
    strangers = sorted(path.name for path in into.iterdir() if path.name not in (*OURS, *FOLDERS))
    if strangers:
        raise InvalidInput(
            field="into",
            problem=f"the folder holds {strangers[0]}, which no demo wrote",
            remedy="name another folder",
        )
    for name in OURS:
        (into / name).unlink(missing_ok=True)
    for name in FOLDERS:
        folder = into / name
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()


def detail(row: Mapping[str, str]) -> dict[str, Any]:
    """The `name=value` pairs of an event's last column."""
    pairs = [pair.partition("=") for pair in (row.get("detail") or "").split(";") if "=" in pair]
    return {name.strip(): value.strip() for name, _, value in pairs}
