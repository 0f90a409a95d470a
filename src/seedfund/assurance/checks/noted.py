"""What the audit chain last noted of a row, held against the row.

A grant's amount or state stands in a row that commands change; the row has no hash of its own. The record of the
command that wrote it has one, and notes what the row was made to say. Memory grows with the rows that are noted here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from seedfund.assurance.checks import roles
from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.held import HELD
from seedfund.assurance.checks.holding import TIMES, Held
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money


@dataclass(slots=True)
class _Note:
    """What was last noted of a row, field by field, and the seq of the record that did."""

    fields: dict[str, tuple[int, Any]] = field(default_factory=dict)
    is_seen: bool = False


class LastNoted:
    """The last word of the audit chain about each row of the tables above."""

    def __init__(self) -> None:
        self._wanted = {
            table: frozenset(name for held in HELD if held.table == table for name in held.fields)
            for table in {held.table for held in HELD}
        } | {roles.TABLE: frozenset({roles.FIELD})}
        self._notes: dict[tuple[str, str], _Note] = {}
        self._is_whole = True

    def lose(self) -> None:
        """A record cannot be read, or is not what was written: what it noted is not known."""
        self._is_whole = False

    def take(self, seq: int, changes: Sequence[Any]) -> None:
        """Gather what a record notes."""
        for table, which, _, after in changes:
            wanted = self._wanted.get(table)
            if wanted is None:
                continue
            note = self._notes.setdefault((table, str(which)), _Note())
            for name in wanted & after.keys():
                note.fields[name] = (seq, after[name])
            if TIMES in wanted:
                note.fields[TIMES] = (seq, note.fields.get(TIMES, (0, 0))[1] + 1)

    def compare(self, context: Context, programme: ProgrammeFound) -> None:
        """Hold every row against what was noted of it, and every note against its row."""
        for held in HELD:
            tables = {held.table, *_joined_tables(held.joined)}
            if context.has("noted values", *sorted(tables)):
                self._compare(context, programme, held)
        actors = {which: note for (table, which), note in self._notes.items() if table == roles.TABLE}
        if self._is_whole:
            named = {which: note.fields[roles.FIELD] for which, note in actors.items() if note.fields}
            roles.check_roles(context, programme, named)
        for (table, which), note in self._notes.items():
            if table != roles.TABLE and not note.is_seen and note.fields:
                seq = max(seq for seq, _ in note.fields.values())
                context.report.found(kinds.NOTED_MISSING, table, which, record=seq)

    def _compare(self, context: Context, programme: ProgrammeFound, held: Held) -> None:
        for which, currency, *stored in context.each("noted values", _sheet(held), programme=programme.id):
            note = self._notes.get((held.table, str(which)))
            if note is None:
                if held.is_whole and self._is_whole:
                    context.report.found(kinds.NOTED_NOWHERE, held.table, which)
                continue
            note.is_seen = True
            for name, value in zip(held.fields, stored, strict=True):
                if name not in note.fields:
                    continue
                seq, noted = note.fields[name]
                shown = _amount(value, currency) if name in held.money else value
                if shown != noted:
                    context.report.found(
                        kinds.NOTED_OTHERWISE,
                        held.table,
                        which,
                        field=name,
                        stored=shown,
                        noted=noted,
                        record=seq,
                    )


def _amount(minor: Any, currency: Any) -> str | None:
    """As an audit record writes an amount; what is none is shown as it stands, and then agrees with nothing."""
    try:
        return None if minor is None else str(Money(int(minor), str(currency)))
    except (InvalidInput, ValueError):
        return f"{currency} {minor!r}"


def _joined_tables(joined: str) -> list[str]:
    return [word for word in joined.split() if word.startswith("sf_")]


def _sheet(held: Held) -> Sheet[tuple[Any, ...]]:
    columns = ", ".join((held.which, held.currency, *held.plain.values(), *held.money.values()))
    group = f" GROUP BY {held.grouped}" if held.grouped else ""
    statement = (
        f"SELECT {columns} FROM {held.table} t {held.joined} "  # noqa: S608 - texts of ours only
        f"WHERE {held.programme} = :programme AND {held.where}{group}"
    )
    return Sheet(
        held.table,
        lambda *values: values,
        lambda: sa.text(statement).bindparams(sa.bindparam("programme")),
    )
