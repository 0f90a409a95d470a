"""Payment lists and their payments, with what each took from which part, in batches. Verbs lock what they change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.deliveries import InFlight
from seedfund.grants.rules.payments import FailedPayment, ListedPayment
from seedfund.grants.rules.states import IN_FLIGHT, RETRIED
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import (
    Disbursement,
    DisbursementPart,
    DisbursementStep,
    Payee,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PaidTo:
    """Who is paid: key, kind, state, method, the person and the account, if there is one."""

    id: Key
    kind: str
    state: str
    method: str
    participant_id: Key | None
    payout_account_id: Key | None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment with its grant and payee; codes and notes are left sealed."""

    id: Key
    number: str
    list_id: Key
    grant_id: Key
    grant: str
    currency: str
    grant_state: str
    participant_id: Key
    benefit_type_id: Key
    tranche_id: Key
    position: int
    payee_id: Key
    payee_kind: str
    payee_state: str
    payee_participant_id: Key | None
    payout_account_id: Key | None
    account_digest: str | None
    method: str
    bank_account_id: Key
    amount_minor: int
    delivered_minor: int
    state: str
    retry_of: Key | None
    retry_of_number: str | None
    released_on: date | None
    released_by: Key | None
    delivered_on: date | None
    confirmed_by: Key | None
    is_irregular: bool
    has_details: bool

    @property
    def amount(self) -> Money:
        """What is paid."""
        return Money(self.amount_minor, self.currency)

    @property
    def missing(self) -> Money:
        """What of it was not delivered."""
        return Money(self.amount_minor - self.delivered_minor, self.currency)

    @property
    def holder(self) -> str:
        """Who has to account for it: the supplier until the goods are there, else the participant."""
        return SUPPLIER if self.payee_kind == "supplier" else PARTICIPANT

    @property
    def counted_minor(self) -> int:
        """What of it reached the payee or is on the way."""
        return self.amount_minor if self.state in ("listed", *IN_FLIGHT) else self.delivered_minor

    @property
    def payee(self) -> PaidTo:
        """Who is paid, as far as a payment is judged by it."""
        return PaidTo(
            self.payee_id,
            self.payee_kind,
            self.payee_state,
            self.method,
            self.payee_participant_id,
            self.payout_account_id,
        )

    @property
    def has_ended(self) -> bool:
        """Whether its grant takes no payment any more, so that what comes free goes back to the budget line."""
        return self.grant_state in ("terminated", "closed")

    @property
    def facts(self) -> InFlight:
        """What the rule of results asks of it."""
        return InFlight(
            state=self.state,
            amount=self.amount_minor,
            delivered=self.delivered_minor,
            released_on=self.released_on,
            was_irregular=self.is_irregular,
            method=self.method,
            has_code=self.has_details,
        )

    @property
    def listed(self) -> ListedPayment:
        """What two hands agree on."""
        return ListedPayment(
            self.number,
            self.grant,
            self.position,
            self.payee_id,
            self.method,
            self.payout_account_id or "",
            self.account_digest or "",
            self.bank_account_id,
            self.amount_minor,
            self.retry_of_number or "",
        )


def _payments() -> Any:
    earlier = aliased(Disbursement)
    return (
        sa.select(
            col(Disbursement.id),
            col(Disbursement.number),
            col(Disbursement.list_id),
            col(Grant.id),
            col(Grant.number),
            col(Grant.currency),
            col(Grant.state),
            col(Grant.participant_id),
            col(Grant.benefit_type_id),
            col(Disbursement.tranche_id),
            col(Disbursement.tranche_position),
            col(Payee.id),
            col(Payee.kind),
            col(Payee.state),
            col(Payee.participant_id),
            col(Payee.payout_account_id),
            col(Payee.account_digest),
            col(Disbursement.method),
            col(Disbursement.bank_account_id),
            col(Disbursement.amount_minor),
            col(Disbursement.delivered_minor),
            col(Disbursement.state),
            col(Disbursement.retry_of),
            col(earlier.number),
            col(Disbursement.released_on),
            col(Disbursement.released_by),
            col(Disbursement.delivered_on),
            col(Disbursement.confirmed_by),
            col(Disbursement.is_irregular),
            col(Disbursement.details).is_not(None),
        )
        .select_from(Disbursement)
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .join(Payee, col(Payee.id) == col(Disbursement.payee_id))
        .outerjoin(earlier, col(earlier.id) == col(Disbursement.retry_of))
    )


PAYMENTS_OF_LIST: Final = Query(
    PaymentRow,
    lambda: (
        _payments()
        .where(col(Disbursement.list_id) == sa.bindparam("list"), col(Disbursement.state) != "void")
        .order_by(col(Disbursement.number))
    ),
)
PAYMENTS_BY_NUMBER: Final = Query(
    PaymentRow,
    lambda: _payments().where(
        col(Grant.programme_id) == sa.bindparam("programme"),
        col(Disbursement.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)
PAYMENTS_BY_ID: Final = Query(
    PaymentRow, lambda: _payments().where(col(Disbursement.id).in_(sa.bindparam("ids", expanding=True)))
)
PAYMENTS_OF_GRANTS: Final = Query(
    PaymentRow,
    lambda: (
        _payments()
        .where(col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Disbursement.number))
    ),
)
LOCKED_GRANTS: Final = Query(
    str,
    lambda: (
        sa.select(col(Grant.id))
        .join(Disbursement, col(Disbursement.grant_id) == col(Grant.id))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(Disbursement.number).in_(sa.bindparam("numbers", expanding=True)),
        )
        .order_by(col(Grant.id))
        .with_for_update(of=Grant)
    ),
)
LOCKED_GRANTS_OF_LIST: Final = Query(
    GrantRow,
    lambda: (
        sa.select(*(col(getattr(Grant, name)) for name in GrantRow.__slots__))
        .join(Disbursement, col(Disbursement.grant_id) == col(Grant.id))
        .where(col(Disbursement.list_id) == sa.bindparam("list"))
        .order_by(col(Grant.id))
        .with_for_update(of=Grant)
    ),
)


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What a payment took from one part, and the row that holds it while it is on the way."""

    disbursement_id: Key
    part_id: Key
    book_id: int
    amount_minor: int
    delivered_minor: int
    hold_seq: int | None


PARTS_OF_PAYMENTS: Final = Query(
    HeldPart,
    lambda: (
        sa.select(*(col(getattr(DisbursementPart, name)) for name in HeldPart.__slots__))
        .where(col(DisbursementPart.disbursement_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(
            col(DisbursementPart.disbursement_id),
            col(DisbursementPart.book_id),
            col(DisbursementPart.part_id),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class PaymentStep:
    """One step of a payment."""

    disbursement_id: Key
    position: int
    from_state: str | None
    to_state: str
    amount_minor: int
    reason: str
    occurred_on: date
    recorded_by: Key


STEPS: Final = Query(
    PaymentStep,
    lambda: (
        sa.select(*(col(getattr(DisbursementStep, name)) for name in PaymentStep.__slots__))
        .where(col(DisbursementStep.disbursement_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(DisbursementStep.disbursement_id), col(DisbursementStep.position))
    ),
)


# Only a result marks a payment that is not on its way, so the others have their first step alone.
STEPS_BEFORE_RELEASE: Final = Query(
    lambda payment, position: (Key(payment), int(position)),
    lambda: (
        sa.select(col(Disbursement.id), sa.func.max(col(DisbursementStep.position)))
        .join(DisbursementStep, col(DisbursementStep.disbursement_id) == col(Disbursement.id))
        .where(col(Disbursement.list_id) == sa.bindparam("list"), col(Disbursement.is_irregular).is_(True))
        .group_by(col(Disbursement.id))
    ),
)


def _failed() -> Any:
    """A retry that was itself taken out of its list stands for nothing."""
    retry = aliased(Disbursement)
    return (
        sa.select(
            col(Disbursement.grant_id),
            col(Disbursement.tranche_position),
            col(Disbursement.number),
            col(Disbursement.state),
            col(retry.number),
        )
        .select_from(Disbursement)
        .outerjoin(retry, col(retry.retry_of) == col(Disbursement.id))
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(Disbursement.state).in_(RETRIED),
        )
        .order_by(col(Disbursement.number))
    )


FAILED_OF_GRANTS: Final = Query(
    lambda grant, position, number, state, retry: (
        Key(grant),
        int(position),
        FailedPayment(str(number), str(state), str(retry or "")),
    ),
    _failed,
)
STILL_IN_FLIGHT: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(
        col(Disbursement.list_id) == sa.bindparam("list"), col(Disbursement.state).in_(IN_FLIGHT)
    ),
)


def payments_of_list(reader: Reader, list_id: Key) -> list[PaymentRow]:
    """The payments of a list by number; those taken out of it are left out."""
    return reader.all(PAYMENTS_OF_LIST, list=list_id)


def payments_of_grants(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[PaymentRow]]:
    """Every payment of grants, by grant, in the order of their numbers."""
    result: dict[Key, list[PaymentRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(PAYMENTS_OF_GRANTS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def payments_by_number(
    reader: Reader, programme: Key, numbers: Sequence[str], *, locked: bool = False
) -> dict[str, PaymentRow]:
    """Payments by number, in the order asked; `locked` (inside a verb) locks their grants first.

    Raises:
        NotFound: one of them is not in the programme; names the first.
    """
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    if locked:
        reader.among(LOCKED_GRANTS, "numbers", sorted(wanted), programme=programme)
    rows = reader.among(PAYMENTS_BY_NUMBER, "numbers", sorted(wanted), programme=programme)
    found = {row.number: row for row in rows}
    for number in wanted:
        if number not in found:
            raise NotFound(what="payment", which=number)
    return {number: found[number] for number in wanted}


def held_parts(reader: Reader, payment_ids: Sequence[Key]) -> dict[Key, list[HeldPart]]:
    """What payments took from which parts, in order of book and part."""
    result: dict[Key, list[HeldPart]] = {payment_id: [] for payment_id in payment_ids}
    for row in reader.among(PARTS_OF_PAYMENTS, "ids", list(result)):
        result[row.disbursement_id].append(row)
    return result


def steps_of(reader: Reader, payment_ids: Sequence[Key]) -> dict[Key, list[PaymentStep]]:
    """The history of payments, in order."""
    result: dict[Key, list[PaymentStep]] = {payment_id: [] for payment_id in payment_ids}
    for row in reader.among(STEPS, "ids", list(result)):
        result[row.disbursement_id].append(row)
    return result


def failed_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[tuple[Key, int], list[FailedPayment]]:
    """Payments that brought nothing, by grant and tranche position, each with the retry that stands for it."""
    result: dict[tuple[Key, int], list[FailedPayment]] = {}
    for grant_id, position, payment in reader.among(FAILED_OF_GRANTS, "ids", list(dict.fromkeys(grant_ids))):
        result.setdefault((grant_id, position), []).append(payment)
    return result
