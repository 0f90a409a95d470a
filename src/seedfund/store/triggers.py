"""Triggers as data: name, table, and the SQL of both databases. One registry in `schema` gathers every area's.

Must not know any table's meaning. They are dropped before a migration and created after it, so that none can be lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import insist

PREFIX: Final = "sf_tr_"


@dataclass(frozen=True)
class Trigger:
    """A trigger on both databases. `sqlite` is a whole CREATE TRIGGER; `postgresql` the function and the trigger."""

    name: str
    table: str
    sqlite: str
    postgresql: tuple[str, ...]

    def __post_init__(self) -> None:
        insist(self.name.startswith(PREFIX), f"{self.name} has to begin with {PREFIX}")

    def create(self, dialect: str) -> tuple[str, ...]:
        """The statements that create it."""
        return (
            (self.sqlite,)
            if dialect == "sqlite" and self.sqlite
            else self.postgresql
            if dialect != "sqlite"
            else ()
        )

    def drop(self, dialect: str) -> tuple[str, ...]:
        """The statements that remove it."""
        if dialect == "sqlite":
            return (f"DROP TRIGGER IF EXISTS {self.name}",)
        return (
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"DROP FUNCTION IF EXISTS {self.name}()",
        )


def refusing(
    name: str, table: str, *, when: str, sentence: str, condition: str = "", statement: bool = False
) -> Trigger:
    """A trigger that refuses `when` (`BEFORE UPDATE`) with a sentence, if `condition` over NEW and OLD holds."""
    sqlite_when = f" WHEN {condition}" if condition else ""
    sqlite = (
        ""
        if statement
        else f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW{sqlite_when} "
        f"BEGIN SELECT RAISE(ABORT, '{name}: {sentence}'); END"
    )
    pg_when = f" WHEN ({condition})" if condition and "SELECT" not in condition.upper() else ""
    guard = f"IF NOT ({condition}) THEN RETURN NEW; END IF;" if condition and not pg_when else ""
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guard} "
        f"RAISE EXCEPTION '{name}: {sentence}' USING ERRCODE = '23514', CONSTRAINT = '{name}'; END $$"
    )
    each = "STATEMENT" if statement else "ROW"
    trigger = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each}{pg_when} EXECUTE FUNCTION {name}()"
    return Trigger(name, table, sqlite, (function, trigger))


def append_only(table: str, key: Sequence[str]) -> tuple[Trigger, ...]:
    """Refuse every change of a row once written: UPDATE, DELETE, INSERT OR REPLACE and UPSERT, TRUNCATE."""
    short = table.removeprefix("sf_")
    match = " AND ".join(f"{column} = NEW.{column}" for column in key)
    replaced = refusing(
        f"{PREFIX}{short}_no_replace",
        table,
        when="BEFORE INSERT",
        sentence="rows are never replaced",
        condition=f"EXISTS (SELECT 1 FROM {table} WHERE {match})",  # noqa: S608 - names of ours only
    )
    return (
        refusing(
            f"{PREFIX}{short}_no_update", table, when="BEFORE UPDATE", sentence="rows are never changed"
        ),
        refusing(
            f"{PREFIX}{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"
        ),
        Trigger(replaced.name, table, replaced.sqlite, ()),
        refusing(
            f"{PREFIX}{short}_no_truncate",
            table,
            when="BEFORE TRUNCATE",
            sentence="rows are never deleted",
            statement=True,
        ),
    )


def kept(table: str, columns: Sequence[str], *, sentence: str) -> tuple[Trigger, ...]:
    """Refuse that these columns change, with a sentence, and that a row is deleted."""
    short = table.removeprefix("sf_")
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
    return (
        refusing(f"{PREFIX}{short}_kept", table, when="BEFORE UPDATE", sentence=sentence, condition=changed),
        refusing(
            f"{PREFIX}{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"
        ),
    )
