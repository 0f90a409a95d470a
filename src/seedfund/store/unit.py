"""What a verb's body is handed: reading, writing, keys, numbers, vaults, and the list of what it changed.

Only the command template makes one; a `write_…(unit, …)` function of a lower area can therefore run inside a command
and nowhere else.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Assurance, Role
from seedfund.kernel.secret import Secret
from seedfund.store.columns import Table
from seedfund.store.sealing.vault import Vault, unwrap_key, wrap_new_key
from seedfund.store.statements import Query, Reader, Write, Writer
from seedfund.store.tables import DataKey
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ActorFrame:
    """Who acts: key, handle, the roles held on the day, and how the identity was assured."""

    id: Key
    handle: str
    display_name: str
    roles: frozenset[Role]
    assurance: Assurance


@dataclass(frozen=True, slots=True)
class Change:
    """What one row was before and is now; secrets never stand here."""

    table: str
    which: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


NEXT_NUMBER: Final = Query(
    int,
    lambda: sa.text(
        "INSERT INTO sf_counter (programme_id, series, year, last) VALUES (:programme, :series, :year, :step) "
        "ON CONFLICT (programme_id, series, year) DO UPDATE SET last = sf_counter.last + :step RETURNING last"
    ).columns(last=sa.BigInteger),
)
DATA_KEY: Final = Query(
    lambda ring_key, wrapped: (str(ring_key), bytes(wrapped)),
    lambda: sa.select(col(DataKey.ring_key), col(DataKey.wrapped)).where(
        col(DataKey.subject_id) == sa.bindparam("subject")
    ),
)
DATA_KEYS: Final = Query(
    lambda subject, ring_key, wrapped: (Key(subject), str(ring_key), bytes(wrapped)),
    lambda: sa.select(col(DataKey.subject_id), col(DataKey.ring_key), col(DataKey.wrapped)).where(
        col(DataKey.subject_id).in_(sa.bindparam("subjects", expanding=True))
    ),
)
DESTROY_KEY: Final = Write(
    lambda: sa.delete(DataKey).where(col(DataKey.subject_id) == sa.bindparam("subject"))
)


def open_vault(reader: Reader, work: Work, subject: Key) -> Vault:
    """A subject's vault, for reading outside a command.

    Raises:
        NotFound: the data key was destroyed (the person was erased) or never made.
    """
    found = reader.first(DATA_KEY, subject=subject)
    if found is None:
        raise NotFound(what="data key", which=subject)
    return Vault(unwrap_key(work.keyring, found[0], found[1], subject))


def open_vaults(reader: Reader, work: Work, subjects: Sequence[Key]) -> dict[Key, Vault]:
    """The vaults of many subjects, read in chunks; one whose data key was destroyed or never made is left out."""
    return {
        subject: Vault(unwrap_key(work.keyring, ring_key, wrapped, subject))
        for subject, ring_key, wrapped in reader.among(DATA_KEYS, "subjects", subjects)
    }


class Unit(Writer):
    """One command being carried out."""

    actor: ActorFrame

    def __init__(
        self, connection: sa.Connection, work: Work, *, occurred_on: date, now: datetime, key: str = ""
    ):
        super().__init__(connection)
        self.command_key: Final = key
        self.work: Final = work
        self.programme: Final = work.programme
        self.now: Final = now
        self.occurred_on: Final = occurred_on
        self.changes: list[Change] = []
        self.owners: dict[int, Key] = {}
        self._gathered: dict[type[Table], list[Mapping[str, Any]]] | None = None
        self._vaults: dict[Key, Vault] = {}

    def insert(self, table: type[Table], **values: Any) -> None:
        """One row; every column has to be given, so that none is forgotten."""
        if self._gathered is None:
            super().insert(table, **values)
        else:
            self._gathered.setdefault(table, []).append(values)

    def insert_many(self, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
        """Many rows; every column has to be given in each."""
        if self._gathered is None:
            super().insert_many(table, rows)
        else:
            self._gathered.setdefault(table, []).extend(rows)

    @contextmanager
    def gathered(self, **ordered: type[Table]) -> Iterator[None]:
        """Rows inserted one by one go out together at the end, table by table as each was first met.

        Nothing of them can be read before. Rows that others point at have to be inserted first. Those of a table in
        `ordered` go out by the column it is named for: keys at random are found a place more cheaply in their order.
        """
        held: dict[type[Table], list[Mapping[str, Any]]] = {}
        self._gathered = held
        try:
            yield
        finally:
            self._gathered = None
        for column, table in ordered.items():
            held.get(table, []).sort(key=itemgetter(column))
        for table, rows in held.items():
            self.insert_many(table, rows)

    def key(self) -> Key:
        """A fresh key."""
        return self.work.ids.key(self.now)

    def number(self, series: str, year: int) -> int:
        """The next number of a series and year, gapless: it is given back when the command is not kept."""
        return self.returning(NEXT_NUMBER, programme=self.programme.id, series=series, year=year, step=1)

    def numbers(self, series: str, year: int, count: int) -> range:
        """`count` consecutive numbers of a series and year."""
        last = self.returning(NEXT_NUMBER, programme=self.programme.id, series=series, year=year, step=count)
        return range(last - count + 1, last + 1)

    def human_number(self, series: str) -> str:
        """The next human number, `SC-2026-0042`, in the year the command occurred."""
        year = self.occurred_on.year
        return f"{series}-{year}-{self.number(series, year):04d}"

    def human_numbers(self, series: str, count: int) -> list[str]:
        """The next human numbers, taken at once."""
        year = self.occurred_on.year
        return [f"{series}-{year}-{number:04d}" for number in self.numbers(series, year, count)]

    def changed(self, table: str, which: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Note what a row was and is, for the audit record; values are plain and never secret."""
        self.changes.append(Change(table, which, before, after))

    def created(self, table: str, which: str, after: Mapping[str, Any]) -> None:
        """Note a new row for the audit record."""
        self.changes.append(Change(table, which, {}, after))

    def owns(self, subject: Key, *secrets: Secret | None) -> None:
        """Say whose secrets these values of the command are; each has to have an owner before the command ends."""
        for secret in secrets:
            if secret is not None:
                self.owners[id(secret)] = subject

    def new_vault(self, subject: Key) -> Vault:
        """Make a subject's data key and open its vault."""
        data_key, wrapped = wrap_new_key(self.work.keyring, subject)
        self.insert(
            DataKey,
            subject_id=subject,
            programme_id=self.programme.id,
            ring_key=self.work.keyring.current,
            wrapped=wrapped,
        )
        vault = self._vaults[subject] = Vault(data_key)
        return vault

    def vault(self, subject: Key) -> Vault:
        """A subject's vault.

        Raises:
            NotFound: the data key was destroyed or never made.
        """
        found = self._vaults.get(subject)
        if found is None:
            found = self._vaults[subject] = open_vault(self, self.work, subject)
        return found

    def destroy_vault(self, subject: Key) -> None:
        """Destroy a subject's data key: nothing sealed under it can be read again."""
        self._vaults.pop(subject, None)
        self.execute(DESTROY_KEY, subject=subject)
