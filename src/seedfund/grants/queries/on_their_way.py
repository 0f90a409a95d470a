"""Payments that left for a bank and whose result nobody told yet, and who released which payment. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement, Payee, PaymentList
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PaymentShown:
    """A payment as a bank's line may speak of it; `open_minor` is what is still on the way.

    `account_digest` is the blind index of the account it goes to, None where it goes to none.
    """

    id: Key
    number: str
    list_number: str
    grant: str
    participant_id: Key
    open_minor: int
    currency: str
    released_on: date | None
    released_by: Key | None
    account_digest: str | None
    provider_ref: str


def _shown() -> Any:
    return (
        sa.select(
            col(Disbursement.id),
            col(Disbursement.number),
            col(PaymentList.number),
            col(Grant.number),
            col(Grant.participant_id),
            col(Disbursement.amount_minor) - col(Disbursement.delivered_minor),
            col(Grant.currency),
            col(Disbursement.released_on),
            col(Disbursement.released_by),
            col(Payee.account_digest),
            col(Disbursement.provider_ref),
        )
        .select_from(Disbursement)
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(Payee, col(Payee.id) == col(Disbursement.payee_id))
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .where(col(Disbursement.programme_id) == sa.bindparam("programme"))
        .order_by(col(Disbursement.number))
    )


_ON_THEIR_WAY: Final = Query(
    PaymentShown,
    lambda: _shown().where(
        col(Disbursement.bank_account_id) == sa.bindparam("bank_account"),
        col(Disbursement.state).in_(IN_FLIGHT),
    ),
)
_BY_NUMBER: Final = Query(
    PaymentShown,
    lambda: _shown().where(col(Disbursement.number).in_(sa.bindparam("numbers", expanding=True))),
)


_OF_PEOPLE: Final = Query(
    PaymentShown,
    lambda: _shown().where(col(Grant.participant_id).in_(sa.bindparam("people", expanding=True))),
)


def payments_of_people(reader: Reader, programme: Key, people: Sequence[Key]) -> list[PaymentShown]:
    """Every payment for somebody among people, by number."""
    return reader.among(_OF_PEOPLE, "people", people, programme=programme)


def payments_on_their_way(reader: Reader, programme: Key, bank_account: Key) -> list[PaymentShown]:
    """The payments released from an account whose result nobody told, by number."""
    return reader.all(_ON_THEIR_WAY, programme=programme, bank_account=bank_account)


def payments_shown(reader: Reader, programme: Key, numbers: Sequence[str]) -> Mapping[str, PaymentShown]:
    """Payments by number; a number that is none of a payment is left out."""
    wanted = list(dict.fromkeys(numbers))
    return {row.number: row for row in reader.among(_BY_NUMBER, "numbers", wanted, programme=programme)}
