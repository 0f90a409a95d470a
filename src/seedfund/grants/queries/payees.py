"""Who is paid for grants, as rows that payments and conditions read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.payments import Payee
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PayeeRow:
    """A payee as stored; a supplier's tax id is left sealed."""

    id: Key
    grant_id: Key
    position: int
    kind: str
    participant_id: Key | None
    supplier: str
    payout_account_id: Key | None
    account_digest: str | None
    method: str
    is_owner: bool
    document_sha256: str | None
    state: str
    proposed_by: Key
    approved_by: Key | None


PAYEES: Final = Query(
    PayeeRow,
    lambda: (
        sa.select(*(col(getattr(Payee, name)) for name in PayeeRow.__slots__))
        .where(col(Payee.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Payee.grant_id), col(Payee.position))
    ),
)


def payees_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[PayeeRow]]:
    """The payees of grants in every state, in the order they were proposed."""
    result: dict[Key, list[PayeeRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(PAYEES, "ids", list(result)):
        result[row.grant_id].append(row)
    return result
