"""The code by which a payee is paid: issued by the provider after the release, sealed like the account of a person."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.payments import payments_by_number
from seedfund.grants.rules.methods import check_code
from seedfund.grants.service.releases import PAYERS
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

RECORD: Final = Write(
    lambda: (
        sa.update(Disbursement)
        .where(col(Disbursement.id) == sa.bindparam("this_id"))
        .values(details=sa.bindparam("new_details"))
    )
)


@dataclass(frozen=True, kw_only=True)
class RecordPaymentCode(Command):
    """A payment on its way and the withdrawal code, or the number of the voucher or cheque, it is paid with."""

    payment: str
    code: Secret


@dataclass(frozen=True, kw_only=True)
class PaymentCodeRecorded:
    """The payment, and whether the code takes the place of an earlier one."""

    payment: str
    replaces: bool


@verb("grants.record_payment_code", roles=PAYERS)
def record_payment_code(unit: Unit, command: RecordPaymentCode) -> PaymentCodeRecorded:
    """Keep the code that was issued for a payment; one that is issued anew takes the place of the one before.

    Raises:
        NotFound: there is no such payment, or its owner was erased.
        InvalidInput: the code is empty.
        Refused: `code_not_of_method`, `code_not_wanted`.
    """
    number = command.payment.strip().upper()
    payment = payments_by_number(unit, unit.programme.id, [number], locked=True)[number]
    code = Secret(command.code.reveal().strip())
    if not code.reveal():
        raise InvalidInput(field="code", problem="it is empty", remedy="give the code as it was issued")
    refuse(check_code(payment.number, method=payment.method, state=payment.state))
    unit.owns(payment.participant_id, command.code)
    place = Place("sf_disbursement", payment.id, "details")
    sealed = unit.vault(payment.participant_id).seal(code, place)
    unit.execute(RECORD, this_id=payment.id, new_details=sealed)
    unit.changed("sf_disbursement", payment.number, {"has_code": payment.has_details}, {"has_code": True})
    return PaymentCodeRecorded(payment=payment.number, replaces=payment.has_details)


COMMANDS: Final[tuple[Any, ...]] = (record_payment_code,)
