"""Payout accounts as rules see them: whose, by which method, verified by whom, usable from when. No numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import row_key
from seedfund.people.rules import PayoutMethod
from seedfund.people.tables import Participant, PayoutAccount
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PayoutAccountFacts:
    """A payout account without its number."""

    id: Key
    participant_id: Key
    participant: str
    method: PayoutMethod
    institution: str
    state: str
    proposed_by: Key
    verified_by: Key | None
    usable_from: datetime | None

    def is_usable(self, now: datetime) -> bool:
        """Whether it may be paid at an instant: verified, and its cooling time is over."""
        return self.state == "verified" and self.usable_from is not None and self.usable_from <= now


def _account(*values: Any) -> PayoutAccountFacts:
    key, participant_id, participant, method, *others = values
    return PayoutAccountFacts(key, participant_id, participant, PayoutMethod(method), *others)


def _accounts() -> Any:
    return (
        sa.select(
            col(PayoutAccount.id),
            col(PayoutAccount.participant_id),
            col(Participant.number),
            col(PayoutAccount.method),
            col(PayoutAccount.institution),
            col(PayoutAccount.state),
            col(PayoutAccount.proposed_by),
            col(PayoutAccount.verified_by),
            col(PayoutAccount.usable_from),
        )
        .join(Participant, col(Participant.id) == col(PayoutAccount.participant_id))
        .order_by(col(PayoutAccount.proposed_at), col(PayoutAccount.id))
    )


ACCOUNT: Final = Query(
    _account,
    lambda: (
        _accounts()
        .where(
            col(PayoutAccount.id) == sa.bindparam("id"),
            col(Participant.programme_id) == sa.bindparam("programme"),
        )
        .with_for_update(of=PayoutAccount)
    ),
)
ACCOUNTS_OF: Final = Query(
    _account,
    lambda: _accounts().where(
        col(PayoutAccount.participant_id).in_(sa.bindparam("ids", expanding=True)),
        col(PayoutAccount.state) != "retired",
    ),
)
EVER_VERIFIED: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(
        col(PayoutAccount.participant_id) == sa.bindparam("participant"),
        col(PayoutAccount.verified_by).is_not(None),
    ),
)


def payout_account(reader: Reader, programme: Key, account: Key) -> PayoutAccountFacts:
    """One account; inside a verb it is locked.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(ACCOUNT, id=row_key(account, field="account"), programme=programme)
    if found is None:
        raise NotFound(what="payout account", which=account)
    return found


def payout_accounts(
    reader: Reader, participant_ids: Sequence[Key]
) -> dict[Key, tuple[PayoutAccountFacts, ...]]:
    """The accounts of these people that are not retired, oldest first."""
    wanted = list(dict.fromkeys(participant_ids))
    found: dict[Key, list[PayoutAccountFacts]] = {key: [] for key in wanted}
    for row in reader.among(ACCOUNTS_OF, "ids", wanted):
        found[row.participant_id].append(row)
    return {key: tuple(rows) for key, rows in found.items()}
