"""Balances of accounts: now from their counters; on an earlier day from the last frozen close and the rows since.

Both grow with accounts, not with transfers, as long as months are closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.dates import parse_month
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import CREDIT, KINDS
from seedfund.ledger.tables import Account, Period, PeriodBalance, PeriodBook, Transfer
from seedfund.reports.effects import Leg
from seedfund.reports.queries.scope import Scope
from seedfund.store.statements import Query, Reader

Four = tuple[int, int, int, int]
"""Debits posted, credits posted, debits pending, credits pending; minor units."""
_NOTHING: Final[Four] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """An account with its four counters on the day of the scope."""

    leg: Leg
    counters: Four

    @property
    def is_credit(self) -> bool:
        """Whether its balance stands on the credit side."""
        return KINDS[self.leg.kind].floor == CREDIT

    @property
    def balance(self) -> int:
        """What is posted, on its own side."""
        net = self.counters[0] - self.counters[1]
        return -net if self.is_credit else net

    @property
    def held(self) -> int:
        """What payments in flight hold of it."""
        return self.counters[2] if self.is_credit else self.counters[3]


@dataclass(frozen=True, slots=True)
class _Account:
    leg: Leg
    counters: Four
    moved_by: int


def _account(*values: Any) -> _Account:
    account, book, code, kind, grant, line, bank, holder, *counters, moved = values
    leg = Leg(int(account), int(book), code, kind, grant, line, bank, holder)
    return _Account(leg, (counters[0], counters[1], counters[2], counters[3]), int(moved))


ACCOUNT_COLUMNS: Final = (
    col(Account.id),
    col(Account.book_id),
    col(Account.code),
    col(Account.kind),
    col(Account.grant_id),
    col(Account.line_id),
    col(Account.bank_account_id),
    col(Account.holder),
    col(Account.debits_posted),
    col(Account.credits_posted),
    col(Account.debits_pending),
    col(Account.credits_pending),
    col(Account.moved_by),
)
_ACCOUNTS: Final = Query(
    _account,
    lambda: (
        sa.select(*ACCOUNT_COLUMNS)
        .where(col(Account.book_id).in_(sa.bindparam("books", expanding=True)))
        .order_by(col(Account.id))
    ),
)


@dataclass(frozen=True, slots=True)
class Close:
    """A book at the close of a month: rows up to `head_seq` were there, later months begin at `next_seq`."""

    month: str
    book_id: int
    head_seq: int
    next_seq: int

    @property
    def last_day(self) -> date:
        """The month's last day."""
        return parse_month(self.month).range.last_day


_CLOSES: Final = Query(
    Close,
    lambda: (
        sa.select(
            col(PeriodBook.month), col(PeriodBook.book_id), col(PeriodBook.head_seq), col(PeriodBook.next_seq)
        )
        .join(
            Period,
            sa.and_(
                col(Period.programme_id) == col(PeriodBook.programme_id),
                col(Period.month) == col(PeriodBook.month),
            ),
        )
        .where(col(PeriodBook.programme_id) == sa.bindparam("programme"), col(Period.state) == "closed")
        .order_by(col(PeriodBook.month))
    ),
)
_FROZEN: Final = Query(
    lambda account, *counters: (int(account), counters),
    lambda: (
        sa.select(
            col(PeriodBalance.account_id),
            col(PeriodBalance.debits_posted),
            col(PeriodBalance.credits_posted),
            col(PeriodBalance.debits_pending),
            col(PeriodBalance.credits_pending),
        )
        .join(Account, col(Account.id) == col(PeriodBalance.account_id))
        .where(
            col(PeriodBalance.programme_id) == sa.bindparam("programme"),
            col(PeriodBalance.month) == sa.bindparam("month"),
            col(Account.book_id) == sa.bindparam("book"),
        )
    ),
)


def _since() -> Any:
    """What rows after a close moved, by account and side."""
    in_range = (
        col(Transfer.book_id) == sa.bindparam("book"),
        col(Transfer.seq) >= sa.bindparam("first"),
        col(Transfer.seq) <= sa.bindparam("last"),
        col(Transfer.booking_date) > sa.bindparam("after", type_=sa.Date),
        col(Transfer.booking_date) <= sa.bindparam("as_of", type_=sa.Date),
    )
    amount, held, phase = col(Transfer.amount), col(Transfer.held), col(Transfer.phase)
    posted = sa.case((phase.in_(("post", "settle")), amount), else_=0)
    pending = sa.case((phase == "hold", amount), (phase == "post", 0), else_=-held)
    sides = (
        (col(Transfer.debit_id), 0),
        (col(Transfer.credit_id), 1),
        (col(Transfer.memo_debit_id), 0),
        (col(Transfer.memo_credit_id), 1),
    )
    rows = sa.union_all(
        *(
            sa.select(
                account.label("account"),
                sa.literal_column(str(side)).label("side"),
                posted.label("posted"),
                pending.label("pending"),
            ).where(account.is_not(None), *in_range)
            for account, side in sides
        )
    ).subquery()
    sums = (sa.cast(sa.func.sum(column), sa.BigInteger) for column in (rows.c.posted, rows.c.pending))
    return sa.select(rows.c.account, rows.c.side, *sums).group_by(rows.c.account, rows.c.side)


_SINCE: Final = Query(lambda *values: tuple(int(value) for value in values), _since)


def accounts_of(reader: Reader, book_ids: Sequence[int]) -> dict[int, Leg]:
    """Every account of books, by its id."""
    return {found.leg.id: found.leg for found in reader.among(_ACCOUNTS, "books", list(book_ids))}


def counted(scope: Scope, *, as_of: date | None = None) -> list[Counted]:
    """Every account of the scope's books with its counters on a day (the scope's own unless given).

    An account opened later stands with nothing on it.
    """
    day = as_of or scope.as_of
    accounts = scope.reader.among(_ACCOUNTS, "books", scope.book_ids)
    untouched = all(scope.knows(found.leg.book_id, found.moved_by) for found in accounts)
    if scope.is_now and day >= scope.as_of and untouched:
        return [Counted(found.leg, found.counters) for found in accounts]
    closes = scope.reader.all(_CLOSES, programme=scope.work.programme.id)
    moved: dict[int, Four] = {}
    for book_id in scope.book_ids:
        moved |= _from_close(scope, book_id, day, [close for close in closes if close.book_id == book_id])
    return [Counted(found.leg, moved.get(found.leg.id, _NOTHING)) for found in accounts]


def _from_close(scope: Scope, book_id: int, day: date, closes: Sequence[Close]) -> dict[int, Four]:
    """The counters of one book: frozen at its last close that counts, and the rows since."""
    usable = [close for close in closes if close.last_day <= day and scope.knows(book_id, close.head_seq)]
    result: dict[int, Four] = {}
    first, after = 1, date.min
    if usable:
        last = usable[-1]
        first, after = last.next_seq, last.last_day
        rows = scope.reader.all(_FROZEN, programme=scope.work.programme.id, month=last.month, book=book_id)
        result = {account: (four[0], four[1], four[2], four[3]) for account, four in rows}
    if after >= day:
        return result
    later = [close.head_seq for close in closes if close.last_day >= day]
    last_seq = min([scope.ends[book_id].seq, *later])
    for account, side, posted, pending in scope.reader.all(
        _SINCE, book=book_id, first=first, last=last_seq, after=after, as_of=day
    ):
        four = list(result.get(account, _NOTHING))
        four[side] += posted
        four[2 + side] += pending
        result[account] = (four[0], four[1], four[2], four[3])
    return result


def grants_with_advances(found: Sequence[Counted]) -> frozenset[tuple[Key | None, Key | None]]:
    """The grant parts that ever had an advance: their expense stands against receipts, that of others against none."""
    return frozenset((one.leg.grant_id, one.leg.line_id) for one in found if one.leg.kind == "advances")


_OF_GRANTS: Final = Query(
    _account,
    lambda: (
        sa.select(*ACCOUNT_COLUMNS)
        .where(col(Account.grant_id).in_(sa.bindparam("grants", expanding=True)))
        .order_by(col(Account.grant_id), col(Account.book_id), col(Account.code))
    ),
)
_CASH: Final = Query(
    _account,
    lambda: (
        sa.select(*ACCOUNT_COLUMNS)
        .where(
            col(Account.bank_account_id) == sa.bindparam("bank"),
            col(Account.kind).in_(("cash", "shortfall")),
        )
        .order_by(col(Account.book_id), col(Account.code))
    ),
)
_BY_ID: Final = Query(
    _account,
    lambda: sa.select(*ACCOUNT_COLUMNS).where(col(Account.id).in_(sa.bindparam("ids", expanding=True))),
)


def accounts_of_grants(reader: Reader, grant_ids: Sequence[Key]) -> list[Leg]:
    """The accounts of grants, by grant, book and code."""
    return [found.leg for found in reader.among(_OF_GRANTS, "grants", list(grant_ids))]


def cash_accounts(reader: Reader, bank_account_id: Key) -> list[Leg]:
    """The shares of all funds in a bank account, with what facts took beyond them."""
    return [found.leg for found in reader.all(_CASH, bank=bank_account_id)]


def accounts_by_id(reader: Reader, ids: Sequence[int]) -> dict[int, Leg]:
    """Accounts by their ids."""
    return {found.leg.id: found.leg for found in reader.among(_BY_ID, "ids", sorted(set(ids)))}
