"""What entries moved in a place where money lies, over all books: the books' side of a bank statement. Reads only.

Room made for a fact (row 40) raises cash that is not there; `shortfall` takes it off again, so both count here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Account, Book, Entry, Transfer
from seedfund.store.statements import Query, Reader

_KINDS: Final = ("cash", "shortfall")


@dataclass(frozen=True, slots=True)
class CashMovement:
    """What one entry moved in an account: above zero came in, below left; in minor units.

    `reverses` is the entry it takes back. An entry that moved nothing in sum is left out.
    """

    entry_id: Key
    number: str
    event: str
    subject: str
    booking_date: date
    value_date: date
    actor_id: Key
    reverses: Key | None
    amount: int


_ACCOUNTS: Final = Query(
    int,
    lambda: (
        sa.select(col(Account.id))
        .join(Book, col(Book.id) == col(Account.book_id))
        .where(
            col(Book.programme_id) == sa.bindparam("programme"),
            col(Account.kind).in_(_KINDS),
            col(Account.holder) == sa.bindparam("code"),
        )
    ),
)


def _side(account: Any, amount: Any) -> Any:
    return sa.select(col(Transfer.entry_id).label("entry"), amount.label("amount")).where(
        account.in_(sa.bindparam("accounts", expanding=True)),
        col(Transfer.phase).in_(("post", "settle")),
        col(Transfer.booking_date) <= sa.bindparam("until", type_=sa.Date),
    )


def _movements() -> Any:
    rows = sa.union_all(
        _side(col(Transfer.debit_id), col(Transfer.amount)),
        _side(col(Transfer.credit_id), -col(Transfer.amount)),
    ).subquery()
    moved = sa.cast(sa.func.sum(rows.c.amount), sa.BigInteger)
    sums = sa.select(rows.c.entry, moved.label("moved")).group_by(rows.c.entry).having(moved != 0).subquery()
    return (
        sa.select(
            col(Entry.id),
            col(Entry.number),
            col(Entry.event),
            col(Entry.subject),
            col(Entry.booking_date),
            col(Entry.value_date),
            col(Entry.actor_id),
            col(Entry.reverses),
            sums.c.moved,
        )
        .join(sums, sums.c.entry == col(Entry.id))
        .order_by(col(Entry.booking_date), col(Entry.number))
    )


_MOVEMENTS: Final = Query(CashMovement, _movements)


def cash_movements(reader: Reader, programme: Key, code: str, *, until: date) -> list[CashMovement]:
    """What every entry booked up to a day moved in the account of a code, by booking date and number."""
    accounts = reader.all(_ACCOUNTS, programme=programme, code=code)
    return reader.all(_MOVEMENTS, accounts=accounts, until=until) if accounts else []


@dataclass(frozen=True, slots=True)
class CashPlace:
    """A cash account of a book, as closing a month names it: `BOOK/cash:BANK`, and the code of the place alone."""

    which: str
    holder: str


_PLACES: Final = Query(
    lambda book, code, holder: CashPlace(f"{book}/{code}", str(holder)),
    lambda: (
        sa.select(col(Book.code), col(Account.code), col(Account.holder))
        .join(Book, col(Book.id) == col(Account.book_id))
        .where(col(Book.programme_id) == sa.bindparam("programme"), col(Account.kind) == "cash")
        .order_by(col(Book.code), col(Account.code))
    ),
)


def cash_places(reader: Reader, programme: Key) -> Sequence[CashPlace]:
    """Every cash account of a programme's books, by book and code."""
    return reader.all(_PLACES, programme=programme)


_OF_SUBJECTS: Final = Query(
    Key,
    lambda: sa.select(col(Entry.id)).where(
        col(Entry.programme_id) == sa.bindparam("programme"),
        col(Entry.subject).in_(sa.bindparam("subjects", expanding=True)),
    ),
)


def subjects_of(reader: Reader, programme: Key, subjects: Sequence[str]) -> frozenset[Key]:
    """The entries that are about something of these numbers."""
    return frozenset(reader.among(_OF_SUBJECTS, "subjects", subjects, programme=programme))


_KEYS: Final = Query(
    lambda entry, key: (Key(entry), str(key)),
    lambda: sa.select(col(Entry.id), col(Entry.command_key)).where(
        col(Entry.id).in_(sa.bindparam("entries", expanding=True))
    ),
)


def keys_of_entries(reader: Reader, entries: Sequence[Key]) -> Mapping[Key, str]:
    """The key of the command that made each entry."""
    return dict(reader.among(_KEYS, "entries", list(dict.fromkeys(entries))))
