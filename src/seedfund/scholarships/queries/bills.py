"""Bills of providers with their lines, and complaints against providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.scholarships.tables import ProviderBill, ProviderBillLine, ProviderComplaint
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill as it was taken in, and what was decided."""

    id: Key
    number: str
    provider_id: Key
    their_number: str
    total: Money
    file_sha256: str
    billed_on: date
    state: str
    recorded_by: Key
    decided_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class BillLineRow:
    """A line of a bill, with the bill's number, state and provider."""

    bill_id: Key
    bill: str
    state: str
    provider_id: Key
    position: int
    scholarship_id: Key
    tranche_position: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint against a provider; its note is left sealed."""

    id: Key
    number: str
    provider_id: Key
    kind: str
    scholarship_id: Key | None
    note: bytes | None
    state: str
    opened_on: date
    opened_by: Key
    closed_on: date | None
    finding: str


def _bill(*values: Any) -> BillRow:
    key, number, provider, theirs, minor, currency, *others = values
    return BillRow(key, number, provider, theirs, Money(int(minor), currency), *others)


def _bills() -> Any:
    return sa.select(
        col(ProviderBill.id),
        col(ProviderBill.number),
        col(ProviderBill.provider_id),
        col(ProviderBill.their_number),
        col(ProviderBill.total_minor),
        col(ProviderBill.currency),
        col(ProviderBill.file_sha256),
        col(ProviderBill.billed_on),
        col(ProviderBill.state),
        col(ProviderBill.recorded_by),
        col(ProviderBill.decided_on),
        col(ProviderBill.reason),
    ).order_by(col(ProviderBill.number))


BILLS: Final = Query(
    _bill, lambda: _bills().where(col(ProviderBill.programme_id) == sa.bindparam("programme"))
)
BILL: Final = Query(
    _bill,
    lambda: (
        _bills()
        .where(
            col(ProviderBill.programme_id) == sa.bindparam("programme"),
            col(ProviderBill.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)


def _lines() -> Any:
    return (
        sa.select(
            col(ProviderBillLine.bill_id),
            col(ProviderBill.number),
            col(ProviderBill.state),
            col(ProviderBill.provider_id),
            col(ProviderBillLine.position),
            col(ProviderBillLine.scholarship_id),
            col(ProviderBillLine.tranche_position),
            col(ProviderBillLine.amount_minor),
            col(ProviderBillLine.currency),
        )
        .join(ProviderBill, col(ProviderBill.id) == col(ProviderBillLine.bill_id))
        .order_by(col(ProviderBill.number), col(ProviderBillLine.position))
    )


LINES_OF_BILLS: Final = Query(
    BillLineRow,
    lambda: _lines().where(col(ProviderBillLine.bill_id).in_(sa.bindparam("ids", expanding=True))),
)
LINES_OF: Final = Query(
    BillLineRow,
    lambda: _lines().where(col(ProviderBillLine.scholarship_id).in_(sa.bindparam("ids", expanding=True))),
)
ACCEPTED_OF: Final = Query(
    BillLineRow,
    lambda: _lines().where(
        col(ProviderBill.provider_id) == sa.bindparam("provider"), col(ProviderBill.state) == "accepted"
    ),
)


def _complaints() -> Any:
    return sa.select(*(col(getattr(ProviderComplaint, name)) for name in ComplaintRow.__slots__)).order_by(
        col(ProviderComplaint.number)
    )


COMPLAINTS: Final = Query(
    ComplaintRow,
    lambda: _complaints().where(col(ProviderComplaint.programme_id) == sa.bindparam("programme")),
)
COMPLAINT: Final = Query(
    ComplaintRow,
    lambda: (
        _complaints()
        .where(
            col(ProviderComplaint.programme_id) == sa.bindparam("programme"),
            col(ProviderComplaint.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
OPEN_COMPLAINTS: Final = Query(
    ComplaintRow,
    lambda: _complaints().where(
        col(ProviderComplaint.provider_id).in_(sa.bindparam("ids", expanding=True)),
        col(ProviderComplaint.state) == "open",
    ),
)


def complaint_place(complaint: Key) -> Place:
    """Where the sealed note of a complaint stands."""
    return Place("sf_provider_complaint", complaint, "note")


def bill_by_number(reader: Reader, programme: Key, number: str) -> BillRow:
    """A bill; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(BILL, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="provider bill", which=number)
    return found


def list_bills(reader: Reader, programme: Key) -> list[BillRow]:
    """Every bill, by number."""
    return reader.all(BILLS, programme=programme)


def bill_lines(reader: Reader, bills: Sequence[Key]) -> dict[Key, list[BillLineRow]]:
    """The lines of bills, in order."""
    found: dict[Key, list[BillLineRow]] = {one: [] for one in bills}
    for row in reader.among(LINES_OF_BILLS, "ids", list(found)):
        found[row.bill_id].append(row)
    return found


def billed_of(reader: Reader, scholarships: Sequence[Key]) -> dict[Key, list[BillLineRow]]:
    """The lines of bills for these scholarships, in every state, by bill."""
    found: dict[Key, list[BillLineRow]] = {one: [] for one in scholarships}
    for row in reader.among(LINES_OF, "ids", list(found)):
        found[row.scholarship_id].append(row)
    return found


def accepted_lines(reader: Reader, provider: Key) -> list[BillLineRow]:
    """Every line of the accepted bills of a provider, by bill."""
    return reader.all(ACCEPTED_OF, provider=provider)


def complaint_by_number(reader: Reader, programme: Key, number: str) -> ComplaintRow:
    """A complaint; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(COMPLAINT, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="complaint", which=number)
    return found


def list_complaints(reader: Reader, programme: Key) -> list[ComplaintRow]:
    """Every complaint against a provider, by number."""
    return reader.all(COMPLAINTS, programme=programme)


def open_complaints(reader: Reader, providers: Sequence[Key]) -> dict[Key, list[ComplaintRow]]:
    """The complaints against these providers that are open."""
    found: dict[Key, list[ComplaintRow]] = {one: [] for one in providers}
    for row in reader.among(OPEN_COMPLAINTS, "ids", list(found)):
        found[row.provider_id].append(row)
    return found
