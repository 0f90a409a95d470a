"""Payments that left for a bank and whose result nobody told yet, and who released which payment. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.late import told_by
from seedfund.grants.queries.payments import steps_of
from seedfund.grants.rules.late import Moved, still_held
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement, DisbursementStep, Payee, PaymentList
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


def _moved(day: Any) -> Any:
    """The payments that are on their way, and those whose way ended after a day."""
    later = sa.exists().where(
        col(DisbursementStep.disbursement_id) == col(Disbursement.id),
        col(DisbursementStep.from_state).in_(IN_FLIGHT),
        col(DisbursementStep.occurred_on) > day,
    )
    return sa.or_(col(Disbursement.state).in_(IN_FLIGHT), later)


_MAYBE: Final = Query(
    PaymentShown,
    lambda: _shown().where(
        col(Disbursement.bank_account_id) == sa.bindparam("bank_account"),
        col(Disbursement.released_on) <= sa.bindparam("day", type_=sa.Date),
        _moved(sa.bindparam("day", type_=sa.Date)),
    ),
)
_AMOUNTS: Final = Query(
    lambda key, amount: (Key(key), int(amount)),
    lambda: sa.select(col(Disbursement.id), col(Disbursement.amount_minor)).where(
        col(Disbursement.id).in_(sa.bindparam("ids", expanding=True))
    ),
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


def payments_on_their_way_on(
    reader: Reader, programme: Key, bank_account: Key, day: date
) -> list[PaymentShown]:
    """The payments from an account that were on their way at the end of a day, by number, with what was open then.

    By their history: a result counts on the day it occurred, whenever it was told.
    """
    rows = reader.all(_MAYBE, programme=programme, bank_account=bank_account, day=day)
    keys = [row.id for row in rows]
    amounts, steps = dict(reader.among(_AMOUNTS, "ids", keys)), steps_of(reader, keys)
    found = []
    for row in rows:
        history = [step for step in steps[row.id] if step.occurred_on <= day]
        told = [
            Moved(*pair) for pair in zip(told_by(history), (one.to_state for one in history), strict=True)
        ]
        found.append(replace(row, open_minor=still_held(amounts[row.id], told)))
    return [row for row in found if row.open_minor]


def payments_shown(reader: Reader, programme: Key, numbers: Sequence[str]) -> Mapping[str, PaymentShown]:
    """Payments by number; a number that is none of a payment is left out."""
    wanted = list(dict.fromkeys(numbers))
    return {row.number: row for row in reader.among(_BY_NUMBER, "numbers", wanted, programme=programme)}
