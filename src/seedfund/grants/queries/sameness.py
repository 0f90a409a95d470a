"""Lines that show the same document as others, by their marks or the file they were filed with. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.sameness import Twin
from seedfund.grants.tables.justification import Justification, JustificationLine, ReceiptMark
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader

GONE: Final = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line that stands, with the mark or file it was found by."""

    mark: str
    id: Key
    justification_id: Key
    number: str
    position: int
    plan_line: int | None
    state: str
    recorded_at: datetime

    @property
    def order(self) -> tuple[datetime, str, int]:
        """When it came: of two lines one is always the earlier."""
        return self.recorded_at, self.number, self.position


def _lines(mark: Any) -> Any:
    return (
        sa.select(
            mark,
            col(JustificationLine.id),
            col(JustificationLine.justification_id),
            col(Justification.number),
            col(JustificationLine.position),
            col(JustificationLine.plan_line),
            col(JustificationLine.state),
            col(Justification.recorded_at),
        )
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .where(
            col(Justification.programme_id) == sa.bindparam("programme"),
            col(JustificationLine.state).not_in(GONE),
            mark.in_(sa.bindparam("marks", expanding=True)),
        )
    )


BY_MARK: Final = Query(
    MarkedLine,
    lambda: _lines(col(ReceiptMark.digest)).join(
        ReceiptMark, col(ReceiptMark.line_id) == col(JustificationLine.id)
    ),
)
BY_FILE: Final = Query(MarkedLine, lambda: _lines(col(JustificationLine.file_sha256)))
MARKS: Final = Query(
    str,
    lambda: sa.select(col(ReceiptMark.digest)).where(col(ReceiptMark.line_id) == sa.bindparam("line")),
)


def marked_lines(
    reader: Reader, programme: Key, *, digests: Sequence[str], files: Sequence[str]
) -> list[MarkedLine]:
    """Lines of the programme with any of these marks or files, oldest first, those rejected or taken back left out."""
    found = reader.among(BY_MARK, "marks", list(dict.fromkeys(digests)), programme=programme)
    found += reader.among(BY_FILE, "marks", list(dict.fromkeys(files)), programme=programme)
    return sorted(found, key=lambda one: one.order)


def twins_of(reader: Reader, programme: Key, line_id: Key, file_sha256: str | None) -> list[Twin]:
    """Every other line that shows the document of this one, oldest first."""
    found = marked_lines(
        reader,
        programme,
        digests=reader.all(MARKS, line=line_id),
        files=[file_sha256] if file_sha256 else [],
    )
    mine = next((one for one in found if one.id == line_id), None)
    if mine is None:
        return []
    return [
        Twin(
            place=f"{one.number}/{one.position}",
            state=one.state,
            is_earlier=one.order < mine.order,
            is_item=one.justification_id == mine.justification_id
            and (one.mark == file_sha256 or one.plan_line != mine.plan_line),
        )
        for one in found
        if one.id != line_id
    ]
