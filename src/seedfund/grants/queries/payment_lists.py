"""Payment lists as rows, and which of them a grant still stands in. A verb locks the list it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.payments import Disbursement, PaymentList
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PaymentListRow:
    """A payment list as stored."""

    id: Key
    number: str
    currency: str
    purpose: str
    count: int
    total_minor: int
    content_hash: str | None
    state: str
    prepared_on: date
    prepared_by: Key
    released_on: date | None
    released_by: Key | None

    @property
    def total(self) -> Money:
        """What its payments sum to."""
        return Money(self.total_minor, self.currency)


LIST_BY_NUMBER: Final = Query(
    PaymentListRow,
    lambda: (
        sa.select(*(col(getattr(PaymentList, name)) for name in PaymentListRow.__slots__))
        .where(
            col(PaymentList.programme_id) == sa.bindparam("programme"),
            col(PaymentList.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
LISTS: Final = Query(
    PaymentListRow,
    lambda: (
        sa.select(*(col(getattr(PaymentList, name)) for name in PaymentListRow.__slots__))
        .where(col(PaymentList.programme_id) == sa.bindparam("programme"))
        .order_by(col(PaymentList.number))
    ),
)


OPEN_LISTS: Final = Query(
    lambda grant, number: (Key(grant), str(number)),
    lambda: (
        sa.select(col(Disbursement.grant_id), col(PaymentList.number))
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(Disbursement.state) == "listed",
        )
        .order_by(col(PaymentList.number))
        .distinct()
    ),
)


def open_lists(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, tuple[str, ...]]:
    """The numbers of the payment lists each grant stands in that are not released yet."""
    found: dict[Key, tuple[str, ...]] = dict.fromkeys(grant_ids, ())
    for grant_id, number in reader.among(OPEN_LISTS, "ids", list(found)):
        found[grant_id] = (*found[grant_id], number)
    return found


def list_by_number(reader: Reader, programme: Key, number: str) -> PaymentListRow:
    """The payment list of a number; inside a verb it is locked.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(LIST_BY_NUMBER, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="payment list", which=number)
    return found


def list_payment_lists(reader: Reader, programme: Key) -> list[PaymentListRow]:
    """Every payment list of a programme, by number."""
    return reader.all(LISTS, programme=programme)
