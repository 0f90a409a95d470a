"""Opening books and accounts inside a command's unit. Accounts are opened when a posting names them first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.lazy import Later
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
_INSERT_ON_POSTGRESQL: Final = Later("sqlalchemy.dialects.postgresql", "insert")
_INSERT_ACCOUNT_RACED: Final = Write(
    lambda: _INSERT_ON_POSTGRESQL(Account).values(_VALUES).on_conflict_do_nothing()
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
    wanted |= _companions(wanted)
    found = account_ids(unit, wanted)
    missing = {key: ref for key, ref in wanted.items() if key not in found}
    if missing:
        _insert(unit, missing)
        found |= account_ids(unit, missing)
    return found


def open_accounts(unit: Unit, refs: Iterable[AccountRef]) -> None:
    """Open accounts that were looked for under lock and are not there; companions that are there already stay."""
    missing = {(ref.book_id, ref.code): ref for ref in refs}
    companions = _companions(missing)
    there = account_ids(unit, companions) if companions else {}
    _insert(unit, missing | {key: ref for key, ref in companions.items() if key not in there})


def _companions(refs: Mapping[tuple[int, str], AccountRef]) -> dict[tuple[int, str], AccountRef]:
    """What is opened with these accounts and is not among them."""
    found = [companion_of(ref) for ref in refs.values() if ref.kind in ("cash", "available")]
    return {(ref.book_id, ref.code): ref for ref in found if (ref.book_id, ref.code) not in refs}


def _insert(unit: Unit, refs: Mapping[tuple[int, str], AccountRef]) -> None:
    """Only PostgreSQL knows two writers at once; on SQLite the guard against REPLACE would refuse the clause."""
    rows = [_row(ref) for _, ref in sorted(refs.items(), key=itemgetter(0))]
    if unit.dialect.name == "postgresql":
        unit.execute_many(_INSERT_ACCOUNT_RACED, rows)
    else:
        unit.insert_many(Account, rows)


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
