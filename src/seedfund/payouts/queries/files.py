"""Files that went out to providers and files that came back, as lists show them. Must not know their content."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.payouts.tables import PayoutFile, PayoutIntake, PayoutLayout
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class FileRow:
    """A payment list as it was written for a provider."""

    id: Key
    number: str
    list_id: Key
    layout_id: Key
    layout: str
    version: int
    count: int
    total: Money
    sha256: str
    size: int
    is_protected: bool
    exported_on: date
    execute_on: date | None
    recorded_at: datetime
    recorded_by: str


def _file(*values: Any) -> FileRow:
    head, (minor, currency), tail = values[:7], values[7:9], values[9:]
    made: FileRow = FileRow(*head, Money(int(minor), str(currency)), *tail)  # type: ignore[call-arg] # as selected
    return made


def _files() -> Any:
    one = PayoutFile
    return (
        sa.select(
            *(col(one.id), col(one.number), col(one.list_id), col(one.layout_id), col(PayoutLayout.code)),
            *(col(PayoutLayout.version), col(one.count), col(one.total_minor), col(one.currency)),
            *(col(one.sha256), col(one.size), col(one.is_protected), col(one.exported_on)),
            col(one.execute_on),
            *(col(one.recorded_at), col(Actor.handle)),
        )
        .select_from(one)
        .join(PayoutLayout, col(PayoutLayout.id) == col(one.layout_id))
        .join(Actor, col(Actor.id) == col(one.recorded_by))
        .where(col(one.programme_id) == sa.bindparam("programme"))
        .order_by(col(one.number))
    )


FILES: Final = Query(_file, _files)
FILE: Final = Query(_file, lambda: _files().where(col(PayoutFile.number) == sa.bindparam("number")))


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A provider's file that came in, with its counts."""

    number: str
    layout: str
    version: int
    list_id: Key | None
    sha256: str
    read: int
    accepted: int
    refused: int
    unchanged: int
    taken_on: date
    recorded_by: str


LAYOUT_OF: Final = Query(
    Key, lambda: sa.select(col(PayoutIntake.layout_id)).where(col(PayoutIntake.id) == sa.bindparam("intake"))
)
INTAKES: Final = Query(
    IntakeRow,
    lambda: (
        sa.select(
            *(col(PayoutIntake.number), col(PayoutLayout.code), col(PayoutLayout.version)),
            *(col(PayoutIntake.list_id), col(PayoutIntake.sha256), col(PayoutIntake.read_rows)),
            *(col(PayoutIntake.accepted), col(PayoutIntake.refused), col(PayoutIntake.unchanged)),
            *(col(PayoutIntake.taken_on), col(Actor.handle)),
        )
        .select_from(PayoutIntake)
        .join(PayoutLayout, col(PayoutLayout.id) == col(PayoutIntake.layout_id))
        .join(Actor, col(Actor.id) == col(PayoutIntake.recorded_by))
        .where(col(PayoutIntake.programme_id) == sa.bindparam("programme"))
        .order_by(col(PayoutIntake.number))
    ),
)


def list_files(reader: Reader, programme: Key) -> list[FileRow]:
    """Every file that went out, by number."""
    return reader.all(FILES, programme=programme)


def file_by_number(reader: Reader, programme: Key, number: str) -> FileRow:
    """A file that went out.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(FILE, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="payout file", which=number, look="seedfund list payout-files")
    return found


def layout_of_intake(reader: Reader, intake: Key) -> Key:
    """The version of a layout that a file was read by."""
    return reader.one(LAYOUT_OF, intake=intake)


def list_intakes(reader: Reader, programme: Key) -> list[IntakeRow]:
    """Every file that came in, by number."""
    return reader.all(INTAKES, programme=programme)
