"""The sealed code of a payment, opened with the key of the person its grant stands on."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.methods import CODE_ROLES
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import roles_of
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query
from seedfund.store.unit import open_vault
from seedfund.store.work import Work

CODE: Final = Query(
    lambda payment, participant, details: (Key(payment), Key(participant), details),
    lambda: (
        sa.select(col(Disbursement.id), col(Grant.participant_id), col(Disbursement.details))
        .join(Grant, col(Grant.id) == col(Disbursement.grant_id))
        .where(
            col(Disbursement.programme_id) == sa.bindparam("programme"),
            col(Disbursement.number) == sa.bindparam("number"),
        )
    ),
)


def open_payment_code(work: Work, number: str) -> Secret | None:
    """The withdrawal code, or the number of the voucher or cheque, of a payment; None where none is recorded.

    Raises:
        NotAllowed: the actor has none of the roles that are shown it.
        NotFound: there is no such payment, or its owner was erased.
        Corrupt: the sealed code does not open in its place.
    """
    if not roles_of(work).intersection(CODE_ROLES):
        asked, needed = "open_payment_code", ", ".join(CODE_ROLES)
        raise NotAllowed(
            f"{asked} needs one of these roles: {needed}. Ask an administrator of the programme."
        )
    reader = work.reader()
    found = reader.first(CODE, programme=work.programme.id, number=number.strip().upper())
    if found is None:
        raise NotFound(what="payment", which=number)
    payment, participant, details = found
    if details is None:
        return None
    return open_vault(reader, work, participant).open(details, Place("sf_disbursement", payment, "details"))
