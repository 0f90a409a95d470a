"""Opening books and accounts inside a command's unit. Accounts are opened when a posting names them first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import col

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.locked import ACCOUNT_IDS, BOOK_BY_CODE, BookFrame
from seedfund.ledger.rules.accounts import KINDS, AccountRef, label
from seedfund.ledger.rules.chain import GENESIS
from seedfund.ledger.rules.refusals import BOOK_EXISTS
from seedfund.ledger.tables import Account, Book, BookHead
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

_INSERT_BOOK: Final = Query(
    int,
    lambda: (
        sa.insert(Book)
        .values(
            {
                name: sa.bindparam(name)
                for name in ("programme_id", "fund_id", "code", "currency", "opened_at")
            }
        )
        .returning(col(Book.id))
    ),
)
_COLUMNS: Final = (
    "book_id",
    "code",
    "kind",
    "floor",
    "grant_id",
    "line_id",
    "bank_account_id",
    "holder",
    "debits_posted",
    "credits_posted",
    "debits_pending",
    "credits_pending",
    "moved_by",
)


_VALUES: Final[dict[str, Any]] = {name: sa.bindparam(name) for name in _COLUMNS}
_INSERT_ACCOUNT_RACED: Final = Write(
    lambda: postgresql.insert(Account).values(_VALUES).on_conflict_do_nothing()
)


@dataclass(frozen=True, slots=True)
class NewBook:
    """A book to open: the fund it belongs to, its code as in entry numbers, its ISO 4217 currency."""

    fund_id: Key
    code: str
    currency: str


def write_book(unit: Unit, book: NewBook) -> BookFrame:
    """Open a fund's book in a currency, with its chain at nothing.

    Raises:
        Refused: `book_exists`.
        InvalidInput: the code cannot stand in a number, or the currency does not exist.
    """
    code = label(book.code, name="code")
    exponent(book.currency)
    if unit.first(BOOK_BY_CODE, programme=unit.programme.id, code=code) is not None:
        refuse([BOOK_EXISTS(code=code)])
    book_id = unit.returning(
        _INSERT_BOOK,
        programme_id=unit.programme.id,
        fund_id=book.fund_id,
        code=code,
        currency=book.currency,
        opened_at=unit.now,
    )
    unit.insert(BookHead, book_id=book_id, seq=0, hash=GENESIS)
    unit.created("sf_book", code, {"currency": book.currency, "fund": book.fund_id})
    return BookFrame(book_id, unit.programme.id, book.fund_id, code, book.currency)


def load_book(unit: Unit, code: str) -> BookFrame:
    """A book of the programme by its code.

    Raises:
        NotFound: there is none.
    """
    found = unit.first(BOOK_BY_CODE, programme=unit.programme.id, code=code)
    if found is None:
        raise NotFound(what="book", which=code)
    return found


def write_account(unit: Unit, ref: AccountRef) -> int:
    """The id of an account, opened if it is new; safe when two open it at once. Its companion is opened with it."""
    return write_accounts(unit, [ref])[ref.book_id, ref.code]


def write_accounts(unit: Unit, refs: Iterable[AccountRef]) -> dict[tuple[int, str], int]:
    """The ids of accounts by book and code; the missing ones are opened, with nothing on them."""
    wanted = {(ref.book_id, ref.code): ref for ref in refs}
    for ref in list(wanted.values()):
        if ref.kind in ("cash", "available"):
            companion = companion_of(ref)
            wanted.setdefault((companion.book_id, companion.code), companion)
    found = account_ids(unit, wanted)
    missing = [ref for key, ref in sorted(wanted.items()) if key not in found]
    if missing:
        # Only PostgreSQL knows two writers at once; on SQLite the guard against REPLACE would refuse the clause.
        rows = [_row(ref) for ref in missing]
        if unit.dialect.name == "postgresql":
            unit.execute_many(_INSERT_ACCOUNT_RACED, rows)
        else:
            unit.insert_many(Account, rows)
        found |= account_ids(unit, {(ref.book_id, ref.code): ref for ref in missing})
    return found


def companion_of(ref: AccountRef) -> AccountRef:
    """`shortfall:A` of `cash:A`, `over:LINE` of `available:LINE`."""
    code = str(ref.companion)
    return AccountRef(
        ref.book_id,
        code,
        code.partition(":")[0],
        line_id=ref.line_id,
        bank_account_id=ref.bank_account_id,
        line=ref.line,
        holder=ref.holder,
    )


def account_ids(unit: Unit, refs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The ids of those accounts that exist, by book and code."""
    wanted = set(refs)
    books, codes = sorted({book for book, _ in wanted}), sorted({code for _, code in wanted})
    rows = unit.among(ACCOUNT_IDS, "codes", codes, books=books)
    return {(book, code): account for account, book, code in rows if (book, code) in wanted}


def _row(ref: AccountRef) -> dict[str, object]:
    return {
        "book_id": ref.book_id,
        "code": ref.code,
        "kind": ref.kind,
        "floor": KINDS[ref.kind].floor,
        "grant_id": ref.grant_id,
        "line_id": ref.line_id,
        "bank_account_id": ref.bank_account_id,
        "holder": ref.holder,
        "debits_posted": 0,
        "credits_posted": 0,
        "debits_pending": 0,
        "credits_pending": 0,
        "moved_by": 0,
    }
