"""What each recipe moved in the parts of grants, net of reversals: the event sums behind their figures. Reads only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Account, Transfer
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PartKey:
    """A part: grant × book × budget line."""

    grant_id: Key
    book_id: int
    line_id: Key


@dataclass(frozen=True, slots=True)
class _Moved:
    book_id: int
    seq: int
    recipe: str
    amount: int
    reverses_seq: int | None
    debit_id: int | None
    credit_id: int | None
    memo_debit_id: int | None
    memo_credit_id: int | None

    def accounts(self) -> Iterator[int]:
        """Its budget accounts, or its money accounts where it has none.

        A payment belongs to the part whose budget it spends: a set-off pays a claim of one grant and is the other's.
        """
        memo = (self.memo_debit_id, self.memo_credit_id)
        has_memo = any(account is not None for account in memo)
        for account in memo if has_memo else (self.debit_id, self.credit_id):
            if account is not None:
                yield account


_ACCOUNTS: Final = Query(
    lambda account, grant, book, line: (int(account), PartKey(Key(grant), int(book), Key(line))),
    lambda: sa.select(
        col(Account.id), col(Account.grant_id), col(Account.book_id), col(Account.line_id)
    ).where(col(Account.grant_id).in_(sa.bindparam("grants", expanding=True))),
)
_MOVED: Final = Query(
    _Moved,
    lambda: sa.select(
        col(Transfer.book_id),
        col(Transfer.seq),
        col(Transfer.recipe),
        col(Transfer.amount),
        col(Transfer.reverses_seq),
        col(Transfer.debit_id),
        col(Transfer.credit_id),
        col(Transfer.memo_debit_id),
        col(Transfer.memo_credit_id),
    ).where(
        col(Transfer.phase).in_(("post", "settle")),
        sa.or_(
            col(Transfer.debit_id).in_(sa.bindparam("ids", expanding=True)),
            col(Transfer.credit_id).in_(sa.bindparam("ids", expanding=True)),
            col(Transfer.memo_debit_id).in_(sa.bindparam("ids", expanding=True)),
            col(Transfer.memo_credit_id).in_(sa.bindparam("ids", expanding=True)),
        ),
    ),
)


def recipe_sums(reader: Reader, grant_ids: Sequence[Key]) -> dict[PartKey, Mapping[str, int]]:
    """What each recipe moved in each part of these grants, in minor units; what was reversed is taken off.

    A row counts for one part: that of its budget accounts, else that of its money accounts. It counts for none of these
    grants when it spends another's budget.
    """
    owners = dict(reader.among(_ACCOUNTS, "grants", list(dict.fromkeys(grant_ids))))
    rows = {(row.book_id, row.seq): row for row in reader.among(_MOVED, "ids", sorted(owners))}
    found: dict[PartKey, dict[str, int]] = {part: {} for part in owners.values()}
    for row in rows.values():
        part = next((owners[account] for account in row.accounts() if account in owners), None)
        if part is None:
            continue
        signed = row.amount if row.reverses_seq is None else -row.amount
        found[part][row.recipe] = found[part].get(row.recipe, 0) + signed
    return dict(found)
