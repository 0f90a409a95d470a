"""How a part of a folio is made: read inside a savepoint, and told as a problem where it cannot be read."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from seedfund.reports.folio.value import NOT_READ, Chart, Part
from seedfund.reports.queries.scope import Scope
from seedfund.reports.totals import totals_of
from seedfund.reports.value import Column, Phrase, Report, Row, Section

LOG: Final = logging.getLogger("seedfund.reports.folio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a part holds: its columns, rows and notes, how it is drawn, whether its columns are summed."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    chart: Chart | None = None
    notes: tuple[Phrase, ...] = ()
    is_summed: bool = False


def made(scope: Scope, key: str, title: str, read: Callable[[], Found]) -> Part:
    """The part of a key, or its title with the problem: the other parts are told all the same."""
    said = Phrase(title)
    try:
        with scope.reader.connection.begin_nested():
            found = read()
    except (ValueError, SQLAlchemyError, scope.reader.dialect.loaded_dbapi.Error) as error:
        LOG.warning("the part %s could not be read: %s", key, type(error).__name__)
        return Part(key, said, None, problem=NOT_READ)
    rows = tuple(found.rows)
    table = Report(
        name=key,
        title=said,
        scope=scope.work.programme.name,
        standing=replace(scope.standing, heads=()),
        columns=found.columns,
        sections=(Section(rows=rows),),
        totals=totals_of(found.columns, rows) if found.is_summed and len(rows) > 1 else (),
        notes=found.notes,
    )
    return Part(key, said, table, found.chart if rows else None)
