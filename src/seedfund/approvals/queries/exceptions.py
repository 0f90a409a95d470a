"""Reads of the exceptions page: everything that left the usual way, with its reason and authority."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.tables import ExceptionRecord
from seedfund.kernel.dates import DateRange
from seedfund.kernel.ids import Key
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A row of the exceptions page."""

    id: Key
    kind: str
    occurred_on: date
    recorded_at: datetime
    subject_kind: str
    subject_number: str
    reason: str
    authorised_by: Key
    facts: Mapping[str, Any]


def _exception(*values: Any) -> ExceptionRow:
    row = ExceptionRow(*values)
    return replace(row, facts=parse_document(str(row.facts)))


_EXCEPTIONS: Final = Query(
    _exception,
    lambda: (
        sa.select(
            col(ExceptionRecord.id),
            col(ExceptionRecord.kind),
            col(ExceptionRecord.occurred_on),
            col(ExceptionRecord.recorded_at),
            col(ExceptionRecord.subject_kind),
            col(ExceptionRecord.subject_number),
            col(ExceptionRecord.reason),
            col(ExceptionRecord.authorised_by),
            col(ExceptionRecord.facts),
        )
        .where(
            col(ExceptionRecord.programme_id) == sa.bindparam("programme"),
            col(ExceptionRecord.occurred_on) >= sa.bindparam("since", type_=sa.Date),
            col(ExceptionRecord.occurred_on) < sa.bindparam("until", type_=sa.Date),
        )
        .order_by(col(ExceptionRecord.occurred_on), col(ExceptionRecord.recorded_at), col(ExceptionRecord.id))
    ),
)


def exceptions_in(reader: Reader, programme: Key, days: DateRange) -> list[ExceptionRow]:
    """Everything that left the usual way in a range of days, in the order it happened."""
    return reader.all(_EXCEPTIONS, programme=programme, since=days.start, until=days.end)
