"""The rows behind every figure, each as a mark of its line: who has the books can tell which row it is, nobody else.

A mark is a digest over the snapshot's salt, the line and the key of the row, so that the marks of one row on two lines
cannot be set beside each other. Must not know registers or reports.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.tables import Activity
from seedfund.grants.tables.awards import Grant
from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.people.tables import Household, Participant
from seedfund.plans.tables import Plan
from seedfund.reports.indicators.bases import ON, restricted_household
from seedfund.reports.indicators.compute import Counting, one_pass_of_rows
from seedfund.reports.indicators.declared import Indicator
from seedfund.reports.indicators.rules import Dimension, Figure, Unit
from seedfund.scholarships.tables import Scholarship
from seedfund.store.statements import Query
from seedfund.training.tables import Cohort

MARK_DOMAIN: Final = "seedfund.snapshot-row.v1"
ROWS_DOMAIN: Final = "seedfund.snapshot-rows.v1"
MARK_LENGTH: Final = 16
"""Hexadecimal digits of a mark: 64 bits, within one line."""


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row that an indicator looks at: its key and number, its groups, and whether it counts."""

    key: str
    number: str
    is_restricted: bool
    groups: Mapping[Dimension, str]
    is_counted: bool


def rows_by_indicator(counting: Counting, indicators: Sequence[Indicator]) -> dict[str, list[MarkedRow]]:
    """The rows each indicator looks at; those of one unit are read in one pass."""
    found: dict[str, list[MarkedRow]] = {one.code: [] for one in indicators}
    for unit in dict.fromkeys(one.unit for one in indicators):
        of_unit = [one for one in indicators if one.unit is unit]
        query: Query[Any] = Query(lambda *values: values, partial(one_pass_of_rows, counting, unit, of_unit))
        first = 3 + len(Dimension)
        for row in counting.reader.all(query, programme=counting.programme, **{ON: counting.on}):
            groups = dict(zip(Dimension, map(str, row[3:first]), strict=True))
            for one, looked, counted in zip(of_unit, row[first::2], row[first + 1 :: 2], strict=True):
                if looked:
                    marked = MarkedRow(str(row[0]), str(row[1]), bool(row[2]), groups, bool(counted))
                    found[one.code].append(marked)
    return found


def within(figure: Figure, rows: Iterable[MarkedRow]) -> list[MarkedRow]:
    """Those of an indicator's rows that a line is about."""
    return [
        row
        for row in rows
        if figure.phase in ("", row.groups[Dimension.PHASE])
        and (figure.dimension is None or row.groups[figure.dimension] == figure.group)
    ]


def mark(salt: str, line: str, key: str) -> str:
    """The mark of a row on a line of a snapshot."""
    parts = (salt.encode("ascii"), line.encode("utf-8"), key.encode("ascii"))
    return digest(MARK_DOMAIN, *parts)[:MARK_LENGTH]


def marks_of(salt: str, line: str, rows: Iterable[MarkedRow]) -> list[str]:
    """The marks of rows on a line, in their own order, which says nothing of the rows'."""
    return sorted(mark(salt, line, row.key) for row in rows)


def rows_digest(marks: Sequence[str]) -> str:
    """SHA-256 over the sorted marks of a line's rows."""
    return digest(ROWS_DOMAIN, canonical_bytes(sorted(marks)))


# Every row there ever was, so that one which is counted no more can still be named ------------------------------------


def _plain_rows(table: Any) -> Any:
    return sa.select(col(table.id), col(table.number)).where(
        col(table.programme_id) == sa.bindparam("programme")
    )


_EVERY: Final[Mapping[Unit, Any]] = {
    Unit.HOUSEHOLD: lambda: _plain_rows(Household).add_columns(restricted_household()),
    Unit.PERSON: lambda: _plain_rows(Participant).add_columns(col(Participant.is_restricted)),
    Unit.BUSINESS: lambda: (
        _plain_rows(Plan)
        .add_columns(col(Participant.is_restricted))
        .join(Participant, col(Participant.id) == col(Plan.participant_id))
    ),
    Unit.COURSE: lambda: _plain_rows(Cohort).add_columns(sa.false()),
    Unit.ACTIVITY: lambda: _plain_rows(Activity).add_columns(sa.false()),
    Unit.SCHOLARSHIP: lambda: (
        sa.select(col(Scholarship.id), col(Grant.number), sa.or_(col(Participant.is_restricted), sa.false()))
        .join(Grant, col(Grant.id) == col(Scholarship.grant_id))
        .join(Participant, col(Participant.id) == col(Grant.participant_id))
        .where(col(Grant.programme_id) == sa.bindparam("programme"))
    ),
}


def every_row(counting: Counting, unit: Unit) -> list[tuple[str, str, bool]]:
    """Key, number and whether restricted of every row of a unit, counted today or not, by number."""
    statement = _EVERY[unit]
    query: Query[Any] = Query(lambda *values: values, lambda: statement().order_by(sa.text("2")))
    values: dict[str, Any] = {"programme": counting.programme}
    if unit is Unit.HOUSEHOLD:
        values[ON] = counting.on
    return [
        (str(key), str(number), bool(hidden)) for key, number, hidden in counting.reader.all(query, **values)
    ]
