"""What closing a month has to know: what rows moved up to a day, what is still in flight, what nobody explained."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.periods import Four
from seedfund.ledger.tables import Account, Entry, Period, PeriodBalance, PeriodBook, Transfer
from seedfund.store.statements import Query

SIDES: Final = ("debit", "credit", "memo_debit", "memo_credit")


@dataclass(frozen=True, slots=True)
class Moved:
    """How far rows moved an account on one side (0 debit, 1 credit)."""

    account_id: int
    side: int
    posted: int
    pending: int


def _moved() -> Any:
    within = (
        col(Transfer.book_id) == sa.bindparam("book"),
        col(Transfer.seq) >= sa.bindparam("first"),
        col(Transfer.booking_date) > sa.bindparam("after", type_=sa.Date),
        col(Transfer.booking_date) <= sa.bindparam("until", type_=sa.Date),
    )
    amount, held, phase = col(Transfer.amount), col(Transfer.held), col(Transfer.phase)
    posted = sa.case((phase.in_(("post", "settle")), amount), else_=0)
    pending = sa.case((phase == "hold", amount), (phase == "post", 0), else_=-held)
    parts = []
    for name in SIDES:
        account = col(getattr(Transfer, f"{name}_id"))
        side: Any = sa.literal_column("0" if name.endswith("debit") else "1")
        parts.append(
            sa.select(
                account.label("account"),
                side.label("side"),
                posted.label("posted"),
                pending.label("pending"),
            ).where(account.is_not(None), *within)
        )
    rows = sa.union_all(*parts).subquery()
    sums = (sa.cast(sa.func.sum(column), sa.BigInteger) for column in (rows.c.posted, rows.c.pending))
    return sa.select(rows.c.account, rows.c.side, *sums).group_by(rows.c.account, rows.c.side)


MOVED: Final = Query(Moved, _moved)
"""What the rows of a book from a seq on, booked after one day and until another, moved each account."""


@dataclass(frozen=True, slots=True)
class LastClose:
    """The newest close of a book."""

    month: str
    next_seq: int


LAST_CLOSE: Final = Query(
    LastClose,
    lambda: (
        sa.select(col(PeriodBook.month), col(PeriodBook.next_seq))
        .where(
            col(PeriodBook.programme_id) == sa.bindparam("programme"),
            col(PeriodBook.book_id) == sa.bindparam("book"),
        )
        .order_by(col(PeriodBook.month).desc())
        .limit(1)
    ),
)


def _frozen(account_id: int, *counters: int) -> tuple[int, Four]:
    debits, credits, debits_held, credits_held = counters
    return account_id, (debits, credits, debits_held, credits_held)


FROZEN: Final = Query(
    _frozen,
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
FIRST_LATER: Final = Query(
    lambda seq: seq,
    lambda: sa.select(sa.func.min(col(Transfer.seq))).where(
        col(Transfer.book_id) == sa.bindparam("book"),
        col(Transfer.seq) >= sa.bindparam("first"),
        col(Transfer.booking_date) > sa.bindparam("until", type_=sa.Date),
    ),
)
"""The first row of a book, from a seq on, that is booked later than a day."""


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account of a book, by code."""

    id: int
    code: str
    kind: str


ACCOUNTS_OF_BOOK: Final = Query(
    NamedAccount,
    lambda: sa.select(col(Account.id), col(Account.code), col(Account.kind)).where(
        col(Account.book_id) == sa.bindparam("book")
    ),
)


@dataclass(frozen=True, slots=True)
class InFlight:
    """A payment in flight: the row that holds it, since when, how much."""

    book_id: int
    seq: int
    since: date
    amount: int
    entry_number: str


def _in_flight() -> Any:
    resolution = aliased(Transfer)
    resolved = sa.exists().where(
        col(resolution.book_id) == col(Transfer.book_id), col(resolution.resolves_seq) == col(Transfer.seq)
    )
    return (
        sa.select(
            col(Transfer.book_id),
            col(Transfer.seq),
            col(Transfer.booking_date),
            col(Transfer.amount),
            col(Entry.number),
        )
        .join(Account, col(Account.id) == col(Transfer.memo_credit_id))
        .join(Entry, col(Entry.id) == col(Transfer.entry_id))
        .where(
            col(Account.book_id) == sa.bindparam("book"),
            col(Account.credits_pending) > 0,
            col(Transfer.phase) == "hold",
            ~resolved,
        )
        .order_by(col(Transfer.seq))
    )


IN_FLIGHT: Final = Query(InFlight, _in_flight)
"""The payments of a book that nothing has resolved; found through the accounts that still hold something."""

EARLIEST: Final = Query(
    lambda day: day,
    lambda: sa.select(sa.func.min(col(Entry.booking_date))).where(
        col(Entry.programme_id) == sa.bindparam("programme"),
        col(Entry.booking_date) > sa.bindparam("after", type_=sa.Date),
    ),
)
"""The first booking date of a programme after a day."""


@dataclass(frozen=True, slots=True)
class MonthFrame:
    """A month as it stands."""

    month: str
    state: str
    closing_by: Key


MONTHS: Final = Query(
    MonthFrame,
    lambda: (
        sa.select(col(Period.month), col(Period.state), col(Period.closing_by))
        .where(col(Period.programme_id) == sa.bindparam("programme"))
        .order_by(col(Period.month))
    ),
)
