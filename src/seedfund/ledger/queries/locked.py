"""Reads that a write stands on: books with their heads, accounts with their counters, holds, months. Some lock."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import AccountRef
from seedfund.ledger.rules.balances import Balance
from seedfund.ledger.rules.posting import Hold
from seedfund.ledger.tables import Account, Book, BookHead, Entry, Period, Transfer
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class BookFrame:
    """A book: what never changes of it."""

    id: int
    programme_id: Key
    fund_id: Key
    code: str
    currency: str


@dataclass(frozen=True, slots=True)
class BookEnd:
    """Where a book's chain ends."""

    book_id: int
    seq: int
    hash: str


def _book_columns() -> tuple[Any, ...]:
    return (
        col(Book.id),
        col(Book.programme_id),
        col(Book.fund_id),
        col(Book.code),
        col(Book.currency),
    )


BOOK_BY_CODE: Final = Query(
    BookFrame,
    lambda: sa.select(*_book_columns()).where(
        col(Book.programme_id) == sa.bindparam("programme"), col(Book.code) == sa.bindparam("code")
    ),
)
BOOKS_BY_ID: Final = Query(
    BookFrame,
    lambda: sa.select(*_book_columns()).where(
        col(Book.programme_id) == sa.bindparam("programme"),
        col(Book.id).in_(sa.bindparam("books", expanding=True)),
    ),
)
BOOKS: Final = Query(
    BookFrame,
    lambda: (
        sa.select(*_book_columns())
        .where(col(Book.programme_id) == sa.bindparam("programme"))
        .order_by(col(Book.code))
    ),
)
HEADS: Final = Query(
    BookEnd,
    lambda: (
        sa.select(col(BookHead.book_id), col(BookHead.seq), col(BookHead.hash))
        .where(col(BookHead.book_id).in_(sa.bindparam("books", expanding=True)))
        .order_by(col(BookHead.book_id))
    ),
)
LOCKED_HEADS: Final = Query(
    BookEnd,
    lambda: (
        sa.select(col(BookHead.book_id), col(BookHead.seq), col(BookHead.hash))
        .where(col(BookHead.book_id).in_(sa.bindparam("books", expanding=True)))
        .order_by(col(BookHead.book_id))
        .with_for_update(key_share=True)
    ),
)


def _state(*row: Any) -> tuple[tuple[int, str], Balance]:
    """Book and code, and the balance there."""
    return row[1:3], Balance(row[2], row[3], row[4:], row[0])


def _state_columns() -> tuple[Any, ...]:
    return (
        col(Account.id),
        col(Account.book_id),
        col(Account.code),
        col(Account.kind),
        col(Account.debits_posted),
        col(Account.credits_posted),
        col(Account.debits_pending),
        col(Account.credits_pending),
    )


LOCKED_BY_CODE: Final = Query(
    _state,
    lambda: (
        sa.select(*_state_columns())
        .where(
            col(Account.book_id).in_(sa.bindparam("books", expanding=True)),
            col(Account.code).in_(sa.bindparam("codes", expanding=True)),
        )
        .order_by(col(Account.id))
        .with_for_update(key_share=True)
    ),
)
LOCKED_BY_ID: Final = Query(
    _state,
    lambda: (
        sa.select(*_state_columns())
        .where(col(Account.id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Account.id))
        .with_for_update(key_share=True)
    ),
)
ACCOUNT_IDS: Final = Query(
    lambda *values: values,
    lambda: sa.select(col(Account.id), col(Account.book_id), col(Account.code)).where(
        col(Account.book_id).in_(sa.bindparam("books", expanding=True)),
        col(Account.code).in_(sa.bindparam("codes", expanding=True)),
    ),
)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A hold as stored, and the row that resolved it, if any."""

    seq: int
    amount: int
    booking_date: date
    resolved_by: int | None


def _held_rows() -> Any:
    resolution = aliased(Transfer)
    resolves = sa.and_(
        col(resolution.book_id) == col(Transfer.book_id), col(resolution.resolves_seq) == col(Transfer.seq)
    )
    return (
        sa.select(col(Transfer.seq), col(Transfer.amount), col(Transfer.booking_date), col(resolution.seq))
        .select_from(sa.outerjoin(Transfer, resolution, resolves))
        .where(
            col(Transfer.book_id) == sa.bindparam("book"),
            col(Transfer.seq).in_(sa.bindparam("seqs", expanding=True)),
            col(Transfer.phase) == "hold",
        )
    )


HELD_ROWS: Final = Query(HeldRow, _held_rows)


@dataclass(frozen=True, slots=True)
class Month:
    """A month that is closing or closed, and who began to close it."""

    month: str
    state: str
    closing_by: Key


MONTHS_FROM: Final = Query(
    Month,
    lambda: (
        sa.select(col(Period.month), col(Period.state), col(Period.closing_by))
        .where(
            col(Period.programme_id) == sa.bindparam("programme"), col(Period.month) >= sa.bindparam("first")
        )
        .order_by(col(Period.month))
    ),
)


@dataclass(frozen=True, slots=True)
class RowToMirror:
    """A row of an entry that may be reversed."""

    book_id: int
    seq: int
    recipe: str
    phase: str
    amount: int
    debit_id: int | None
    credit_id: int | None
    memo_debit_id: int | None
    memo_credit_id: int | None


ENTRY_ROWS: Final = Query(
    RowToMirror,
    lambda: (
        sa.select(
            col(Transfer.book_id),
            col(Transfer.seq),
            col(Transfer.recipe),
            col(Transfer.phase),
            col(Transfer.amount),
            col(Transfer.debit_id),
            col(Transfer.credit_id),
            col(Transfer.memo_debit_id),
            col(Transfer.memo_credit_id),
        )
        .where(col(Transfer.entry_id) == sa.bindparam("entry"))
        .order_by(col(Transfer.row))
    ),
)


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What a reversal has to know of an entry."""

    id: Key
    number: str
    event: str
    subject: str
    booking_date: date
    actor_id: Key
    reverses: Key | None


ENTRY_BY_NUMBER: Final = Query(
    EntryHead,
    lambda: sa.select(
        col(Entry.id),
        col(Entry.number),
        col(Entry.event),
        col(Entry.subject),
        col(Entry.booking_date),
        col(Entry.actor_id),
        col(Entry.reverses),
    ).where(
        col(Entry.programme_id) == sa.bindparam("programme"), col(Entry.number) == sa.bindparam("number")
    ),
)
REVERSED_BY: Final = Query(
    str, lambda: sa.select(col(Entry.number)).where(col(Entry.reverses) == sa.bindparam("entry"))
)


def ref_columns() -> tuple[Any, ...]:
    """The columns of a reference to an account."""
    return (
        col(Account.id),
        col(Account.book_id),
        col(Account.code),
        col(Account.kind),
        col(Account.grant_id),
        col(Account.line_id),
        col(Account.bank_account_id),
        col(Account.holder),
    )


def account_ref(*values: object) -> tuple[int, AccountRef]:
    """An account's id and the reference to it, from `ref_columns`."""
    account_id, book_id, code, kind, grant_id, line_id, bank_account_id, holder = values
    return int(str(account_id)), AccountRef(
        int(str(book_id)),
        str(code),
        str(kind),
        grant_id=None if grant_id is None else Key(str(grant_id)),
        line_id=None if line_id is None else Key(str(line_id)),
        bank_account_id=None if bank_account_id is None else Key(str(bank_account_id)),
        line=line_of(str(kind), str(code)),
        holder=str(holder),
    )


def line_of(kind: str, code: str) -> str:
    """The budget line in an account's code, or nothing: `committed:GRANT:LINE`, `available:LINE`."""
    parts = code.split(":")
    if kind in ("available", "allotted", "over"):
        return parts[1]
    if kind in ("awarded", "committed", "spent", "expense", "advances", "claims", "write_offs", "credit"):
        return parts[2] if len(parts) > 2 else ""
    return ""


REFS_BY_ID: Final = Query(
    account_ref,
    lambda: sa.select(*ref_columns()).where(col(Account.id).in_(sa.bindparam("ids", expanding=True))),
)


def account_refs(reader: Reader, ids: list[int]) -> dict[int, AccountRef]:
    """References to accounts by their ids."""
    return dict(reader.among(REFS_BY_ID, "ids", sorted(set(ids))))


@dataclass(frozen=True, slots=True)
class _OpenHold:
    book_id: int
    seq: int
    recipe: str
    amount: int
    booking_date: date
    debit_id: int
    credit_id: int
    memo_debit_id: int
    memo_credit_id: int


HOLDS: Final = Query(
    _OpenHold,
    lambda: sa.select(
        col(Transfer.book_id),
        col(Transfer.seq),
        col(Transfer.recipe),
        col(Transfer.amount),
        col(Transfer.booking_date),
        col(Transfer.debit_id),
        col(Transfer.credit_id),
        col(Transfer.memo_debit_id),
        col(Transfer.memo_credit_id),
    ).where(
        col(Transfer.book_id) == sa.bindparam("book"),
        col(Transfer.seq).in_(sa.bindparam("seqs", expanding=True)),
        col(Transfer.phase) == "hold",
    ),
)


def holds(reader: Reader, book_id: int, seqs: list[int]) -> list[Hold]:
    """Holds by their seq, with references to their accounts; whether they are still open is checked when written."""
    rows = reader.among(HOLDS, "seqs", sorted(set(seqs)), book=book_id)
    ids = [
        account
        for row in rows
        for account in (row.debit_id, row.credit_id, row.memo_debit_id, row.memo_credit_id)
    ]
    refs = account_refs(reader, ids)
    return [
        Hold(
            row.book_id,
            row.seq,
            row.recipe,
            row.amount,
            row.booking_date,
            refs[row.debit_id],
            refs[row.credit_id],
            refs[row.memo_debit_id],
            refs[row.memo_credit_id],
        )
        for row in rows
    ]
