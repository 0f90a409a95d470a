"""What was booked: rows with their entry, hand and accounts, by book or by account, in booking order. Reads only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Entry, Transfer
from seedfund.reports.effects import Leg, RowLegs, legs_of
from seedfund.reports.queries.scope import Scope
from seedfund.store.statements import IN_CHUNK, Query, Reader
from seedfund.store.tables import Actor

LONG_AGO: Final = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Booked:
    """A row of a book with what its entry says of it; the accounts by their ids."""

    book_id: int
    seq: int
    entry_id: Key
    number: str
    hash: str
    event: str
    subject: str
    booking_date: date
    value_date: date
    reason: str
    posted_by: str
    recipe: str
    phase: str
    amount: int
    held: int | None
    resolves_seq: int | None
    reverses_seq: int | None
    debit_id: int | None
    credit_id: int | None
    memo_debit_id: int | None
    memo_credit_id: int | None

    def legs(self, accounts: Mapping[int, Leg]) -> RowLegs:
        """The row as the columns of a ledger see it."""
        return RowLegs(
            recipe=self.recipe,
            phase=self.phase,
            amount=self.amount,
            held=self.held or 0,
            is_mirror=self.reverses_seq is not None,
            debits=legs_of((self.debit_id, self.memo_debit_id), accounts),
            credits=legs_of((self.credit_id, self.memo_credit_id), accounts),
        )


_COLUMNS: Final = (
    col(Transfer.book_id),
    col(Transfer.seq),
    col(Transfer.entry_id),
    col(Entry.number),
    col(Entry.hash),
    col(Entry.event),
    col(Entry.subject),
    col(Transfer.booking_date),
    col(Entry.value_date),
    col(Entry.reason),
    col(Actor.handle),
    col(Transfer.recipe),
    col(Transfer.phase),
    col(Transfer.amount),
    col(Transfer.held),
    col(Transfer.resolves_seq),
    col(Transfer.reverses_seq),
    col(Transfer.debit_id),
    col(Transfer.credit_id),
    col(Transfer.memo_debit_id),
    col(Transfer.memo_credit_id),
)
_ORDER: Final = (col(Transfer.booking_date), col(Transfer.book_id), col(Transfer.seq))


def _booked() -> Any:
    return (
        sa.select(*_COLUMNS)
        .select_from(Transfer)
        .join(Entry, col(Entry.id) == col(Transfer.entry_id))
        .join(Actor, col(Actor.id) == col(Entry.actor_id))
        .where(
            col(Transfer.booking_date) >= sa.bindparam("since", type_=sa.Date),
            col(Transfer.booking_date) <= sa.bindparam("as_of", type_=sa.Date),
        )
    )


_OF_BOOK: Final = Query(
    Booked,
    lambda: (
        _booked()
        .where(col(Transfer.book_id) == sa.bindparam("book"), col(Transfer.seq) <= sa.bindparam("last"))
        .order_by(*_ORDER)
    ),
)


def _touching(*sides: str) -> Any:
    """Rows that name one of these accounts, found by the index of each side."""
    named = sa.union(
        *(
            sa.select(col(Transfer.book_id).label("book"), col(Transfer.seq).label("seq")).where(
                col(getattr(Transfer, side)).in_(sa.bindparam("accounts", expanding=True))
            )
            for side in sides
        )
    ).subquery()
    joined = sa.and_(col(Transfer.book_id) == named.c.book, col(Transfer.seq) == named.c.seq)
    return _booked().join(named, joined).order_by(*_ORDER)


_OF_ACCOUNTS: Final = Query(
    Booked, lambda: _touching("debit_id", "credit_id", "memo_debit_id", "memo_credit_id")
)
_OF_MONEY: Final = Query(Booked, lambda: _touching("debit_id", "credit_id"))
_REVERSED_BY: Final = Query(
    lambda reversed_id, number: (Key(reversed_id), str(number)),
    lambda: sa.select(col(Entry.reverses), col(Entry.number)).where(
        col(Entry.reverses).in_(sa.bindparam("entries", expanding=True))
    ),
)


def rows_of_book(scope: Scope, book_id: int, *, since: date | None = None) -> Iterator[Booked]:
    """Every row of a book in the order it is booked, one after the other."""
    return scope.reader.stream(
        _OF_BOOK,
        book=book_id,
        last=scope.ends[book_id].seq,
        since=since or LONG_AGO,
        as_of=scope.as_of,
    )


def rows_of_accounts(scope: Scope, accounts: Sequence[int]) -> list[Booked]:
    """Every row that names one of these accounts, in the order they are booked."""
    return _read(scope, _OF_ACCOUNTS, accounts, LONG_AGO)


def rows_of_money(scope: Scope, accounts: Sequence[int], *, since: date | None = None) -> list[Booked]:
    """Every row that moves money of one of these accounts, in the order they are booked."""
    return _read(scope, _OF_MONEY, accounts, since or LONG_AGO)


def _read(scope: Scope, query: Query[Booked], accounts: Sequence[int], since: date) -> list[Booked]:
    found: dict[tuple[int, int], Booked] = {}
    for start in range(0, len(accounts), IN_CHUNK):
        chunk = list(accounts[start : start + IN_CHUNK])
        for row in scope.reader.stream(query, accounts=chunk, since=since, as_of=scope.as_of):
            if scope.knows(row.book_id, row.seq):
                found[row.book_id, row.seq] = row
    return sorted(found.values(), key=lambda row: (row.booking_date, row.book_id, row.seq))


def reversals(reader: Reader, entry_ids: Sequence[Key]) -> dict[Key, str]:
    """The number of the entry that reverses each of these, where there is one."""
    return dict(reader.among(_REVERSED_BY, "entries", list(dict.fromkeys(entry_ids))))
