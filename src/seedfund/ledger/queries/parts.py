"""Where the parts of grants stand: the balances that events are decided on. Reads only."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import CREDIT, Line, Part
from seedfund.ledger.rules.balances import FLOOR
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.tables import Account, Transfer
from seedfund.store.statements import Query, Reader


class PartAccount(NamedTuple):
    """An account of a grant with its counters. A tuple, because a payment list reads thirty thousand of them."""

    book_id: int
    code: str
    kind: str
    grant_id: Key
    line_id: Key
    holder: str
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int

    @property
    def balance(self) -> int:
        """What is posted, on the account's own side (debit where it has no floor)."""
        net = self.debits_posted - self.credits_posted
        return -net if FLOOR[self.kind] == CREDIT else net

    @property
    def held(self) -> int:
        """What is held on the side that takes."""
        return self.debits_pending if FLOOR[self.kind] == CREDIT else self.credits_pending


PART_ACCOUNTS: Final = Query(
    PartAccount,
    lambda: (
        sa.select(
            col(Account.book_id),
            col(Account.code),
            col(Account.kind),
            col(Account.grant_id),
            col(Account.line_id),
            col(Account.holder),
            col(Account.debits_posted),
            col(Account.credits_posted),
            col(Account.debits_pending),
            col(Account.credits_pending),
        )
        .where(col(Account.grant_id).in_(sa.bindparam("grants", expanding=True)))
        .order_by(col(Account.grant_id), col(Account.book_id), col(Account.line_id), col(Account.code))
    ),
)


CLAIMED: Final = Query(
    lambda entry, holder: (Key(entry), str(holder)),
    lambda: (
        sa.select(col(Transfer.entry_id), col(Account.holder))
        .join(Account, col(Account.id) == col(Transfer.debit_id))
        .where(
            col(Transfer.entry_id).in_(sa.bindparam("entries", expanding=True)),
            col(Account.kind) == "claims",
        )
    ),
)


def debtors(reader: Reader, entry_ids: Sequence[Key]) -> dict[Key, str]:
    """On whom each of these entries made a claim: participant, supplier or provider; entries without one left out."""
    return dict(reader.among(CLAIMED, "entries", list(dict.fromkeys(entry_ids))))


def positions(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[PartPosition]]:
    """Where each grant stands, part by part in order of book and line; a grant without accounts has no parts."""
    found: dict[Key, list[PartPosition]] = {grant_id: [] for grant_id in grant_ids}
    group: list[PartAccount] = []
    for account in reader.among(PART_ACCOUNTS, "grants", grant_ids):
        if group and _part_key(group[0]) != _part_key(account):
            found[group[0].grant_id].append(_position(group))
            group = []
        group.append(account)
    if group:
        found[group[0].grant_id].append(_position(group))
    return found


def _part_key(account: PartAccount) -> tuple[Key, int, Key]:
    return account.grant_id, account.book_id, account.line_id


def _position(accounts: Sequence[PartAccount]) -> PartPosition:
    first = accounts[0]
    _, grant, line = first.code.split(":")[:3]
    single = {account.kind: account for account in accounts if not account.holder}
    committed = single.get("committed")

    def of(kind: str) -> int:
        found = single.get(kind)
        return 0 if found is None else found.balance

    return PartPosition(
        Part(Line(first.book_id, first.line_id, line), first.grant_id, grant),
        awarded=of("awarded"),
        committed=of("committed"),
        in_payment=0 if committed is None else committed.held,
        spent=of("spent"),
        expense=of("expense"),
        write_offs=of("write_offs"),
        credit=of("credit"),
        advances=_by_holder(accounts, "advances"),
        claims=_by_holder(accounts, "claims"),
    )


def _by_holder(accounts: Iterable[PartAccount], kind: str) -> dict[str, int]:
    return {account.holder: account.balance for account in accounts if account.kind == kind}
