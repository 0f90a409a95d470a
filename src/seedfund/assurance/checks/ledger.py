"""Each book: its rows against each other, their entries and recipes, and everything that is kept beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.books import AccountFacts, BookWalk, RowStored
from seedfund.assurance.rules.chains import ChainWalk, Link
from seedfund.assurance.rules.identities import unequal
from seedfund.assurance.scan import Sheet, Unreadable
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.chain import DOMAIN, ENTRY_DOMAIN, EntryFacts, entry_hash
from seedfund.ledger.rules.periods import CLOSED
from seedfund.ledger.tables import RECIPE_ROWS, Account, Book, BookHead, Entry, Period, Recipe, Transfer
from seedfund.register.rules import HASH_DOMAIN as PAPER_DOMAIN
from seedfund.store.audit import DOMAIN as AUDIT_DOMAIN
from seedfund.store.statements import Query

TABLE: Final = "sf_transfer"
OTHERS: Final = (ENTRY_DOMAIN, AUDIT_DOMAIN, PAPER_DOMAIN)


@dataclass(frozen=True, slots=True)
class BookFound:
    """A book with the end that its head tells; none when the head is missing."""

    id: int
    code: str
    currency: str
    head_seq: int | None
    head_hash: str | None


BOOKS: Final = Sheet(
    "sf_book",
    BookFound,
    lambda: (
        sa.select(col(Book.id), col(Book.code), col(Book.currency), col(BookHead.seq), col(BookHead.hash))
        .select_from(sa.outerjoin(Book, BookHead, col(BookHead.book_id) == col(Book.id)))
        .where(col(Book.programme_id) == sa.bindparam("programme"))
        .order_by(col(Book.code))
    ),
)
ACCOUNTS: Final = Sheet(
    "sf_account",
    AccountFacts,
    lambda: (
        sa.select(*(col(getattr(Account, name)) for name in AccountFacts.__slots__))
        .where(col(Account.book_id) == sa.bindparam("book"))
        .order_by(col(Account.code))
    ),
    keys=2,
)
_ROW: Final = (
    *("seq", "row", "recipe", "phase", "amount", "debit_id", "credit_id", "memo_debit_id", "memo_credit_id"),
    *("resolves_seq", "held", "reverses_seq", "booking_date", "prev_hash", "hash"),
)
ROWS: Final = Sheet(
    TABLE,
    RowStored,
    lambda: (
        sa.select(
            *(col(getattr(Transfer, name)) for name in _ROW),
            col(Entry.number),
            col(Entry.hash),
            col(Entry.booking_date),
        )
        .select_from(sa.outerjoin(Transfer, Entry, col(Entry.id) == col(Transfer.entry_id)))
        .where(col(Transfer.book_id) == sa.bindparam("book"))
        .order_by(col(Transfer.seq))
    ),
)
CITED: Final = Query(
    int,
    lambda: (
        sa.select(col(Transfer.seq))
        .where(col(Transfer.book_id) == sa.bindparam("book"), col(Transfer.hash) == sa.bindparam("hash"))
        .order_by(col(Transfer.seq))
        .limit(1)
    ),
)
HASH_AT: Final = Query(
    str,
    lambda: sa.select(col(Transfer.hash)).where(
        col(Transfer.book_id) == sa.bindparam("book"), col(Transfer.seq) == sa.bindparam("seq")
    ),
)
CLOSED_MONTHS: Final = Query(
    str,
    lambda: (
        sa.select(col(Period.month))
        .where(col(Period.programme_id) == sa.bindparam("programme"), col(Period.state) == CLOSED)
        .order_by(col(Period.month))
    ),
)
ENTRIES: Final = Sheet(
    "sf_entry",
    lambda hashed, *facts: (hashed, EntryFacts(*facts)),
    lambda: (
        sa.select(col(Entry.hash), *(col(getattr(Entry, name)) for name in EntryFacts.__slots__))
        .where(col(Entry.programme_id) == sa.bindparam("programme"))
        .order_by(col(Entry.number))
    ),
    keys=4,
)


def _rows_of_entries() -> Any:
    """Entries whose rows are not numbered 1, 2, 3 …: how many, the lowest, the highest, how many different."""
    row = col(Transfer.row)
    counted, different = sa.func.count(row), sa.func.count(sa.distinct(row))
    return (
        sa.select(col(Entry.number))
        .select_from(sa.outerjoin(Entry, Transfer, col(Transfer.entry_id) == col(Entry.id)))
        .where(col(Entry.programme_id) == sa.bindparam("programme"))
        .group_by(col(Entry.id), col(Entry.number))
        .having(
            sa.or_(counted == 0, counted != different, sa.func.min(row) != 1, sa.func.max(row) != counted)
        )
        .order_by(col(Entry.number))
    )


ENTRY_ROWS: Final = Sheet("sf_entry", lambda number: number, _rows_of_entries)
RECIPES: Final = Sheet(
    "sf_recipe",
    lambda *values: dict(zip(RECIPE_ROWS[0], values, strict=True)),
    lambda: sa.select(*(col(getattr(Recipe, name)) for name in RECIPE_ROWS[0])).order_by(col(Recipe.code)),
)


@dataclass(frozen=True, slots=True)
class BookChecked:
    """A book gone through: what was counted, for the checks that stand on it."""

    book: BookFound
    accounts: Mapping[int, AccountFacts]
    walk: BookWalk
    last_seq: int


def check_entries(context: Context, programme: ProgrammeFound) -> None:
    """Each entry against its hash, and its rows numbered without a gap."""
    for hashed, entry in context.each("entries", ENTRIES, programme=programme.id):
        try:
            is_sound = entry_hash(entry) == hashed
        except (ValueError, TypeError, AttributeError):
            is_sound = False
        if not is_sound:
            context.report.found(kinds.ENTRY_ALTERED, "sf_entry", entry.number)
    for number in context.each("entries", ENTRY_ROWS, programme=programme.id):
        context.report.found(kinds.ENTRY_ROWS, "sf_entry", number)


def check_recipes(context: Context) -> None:
    """The stored recipes are those of this version: the database checks new rows against them."""
    wanted = {str(row["code"]): dict(row) for row in RECIPE_ROWS}
    found = {str(row["code"]): row for row in context.each("recipes", RECIPES)}
    for code in sorted(wanted.keys() | found.keys()):
        if wanted.get(code) != found.get(code):
            context.report.found(kinds.RECIPES_ALTERED, "sf_recipe", code)


def check_book(context: Context, programme: ProgrammeFound, book: BookFound) -> BookChecked:
    """One book: chain, rows, counters, floors, identities."""
    accounts = {row.id: row for row in context.each("accounts", ACCOUNTS, book=book.id)}
    closed = frozenset(context.scan.all(CLOSED_MONTHS, programme=programme.id))
    walk = BookWalk(book.code, accounts, closed)
    last = _walk(context, book, walk)
    _check_accounts(context, book, accounts, walk)
    for one in unequal(
        accounts, {number: tally.counters for number, tally in walk.tallies.items()}, walk.sums
    ):
        of = book.code if one.of == "*" else f"{book.code}:{one.of}"
        facts = {"identity": one.identity, "left": one.left, "right": one.right}
        context.report.found(kinds.IDENTITY_BROKEN, "sf_account", of, **facts)
    _check_anchors(context, programme, book, last)
    return BookChecked(book, accounts, walk, last)


def _walk(context: Context, book: BookFound, walk: BookWalk) -> int:
    """Every row in order of seq; answers the last."""
    report, chain = context.report, ChainWalk(DOMAIN, OTHERS)
    for row in context.scan.rows(ROWS, book=book.id):
        report.read("transfers")
        if isinstance(row, Unreadable):
            report.found(kinds.ROW_UNREADABLE, TABLE, f"{book.code}:{row.which}")
            chain.skip(row.key[0])
            continue
        for fault in chain.step(Link(row.seq, row.prev_hash, row.hash, walk.content(row))):
            cited = _cited(context, book, row.prev_hash) if fault.kind is kinds.CHAIN_UNTIED else None
            context.chain_fault(fault, TABLE, book.code, cited)
        for fault in walk.step(row):
            report.found(fault.kind, TABLE, f"{book.code}:{fault.seq}", **fault.facts)
    if book.head_seq is None:
        report.found(kinds.HEAD_MISSING, "sf_book_head", book.code, chain=book.code)
    else:
        for fault in chain.end(book.head_seq, book.head_hash):
            context.chain_fault(fault, TABLE, book.code)
    return chain.seq


def _cited(context: Context, book: BookFound, hashed: str) -> int | None:
    return context.scan.first(CITED, book=book.id, hash=hashed) if hashed.isascii() else None


def _check_accounts(
    context: Context, book: BookFound, accounts: Mapping[int, AccountFacts], walk: BookWalk
) -> None:
    """Counters against the rows; what an account is against its code; one grant and one line behind each label."""
    owners: dict[tuple[str, str], Key | None] = {}
    labels: dict[tuple[str, Key | None], str] = {}
    for number, account in accounts.items():
        which, tally = f"{book.code}:{account.code}", walk.tallies[number]
        stored, counted = (*account.counters, account.moved_by), (*tally.counters, tally.moved_by)
        if stored != counted:
            facts = {"stored": _listed(stored), "counted": _listed(counted)}
            context.report.found(kinds.ACCOUNT_COUNTERS, "sf_account", which, **facts)
        if not account.is_as_its_code_says():
            context.report.found(kinds.ACCOUNT_FIXED, "sf_account", which)
        grant, line = account.labels
        for sort, label, owner in (("grant", grant, account.grant_id), ("line", line, account.line_id)):
            if label and (
                owners.setdefault((sort, label), owner) != owner
                or labels.setdefault((sort, owner), label) != label
            ):
                context.report.found(kinds.ACCOUNT_OWNER, "sf_account", which)


def _listed(counters: tuple[int, ...]) -> str:
    return "/".join(str(counter) for counter in counters)


def _check_anchors(context: Context, programme: ProgrammeFound, book: BookFound, last: int) -> None:
    for anchor in context.anchors:
        if (anchor.programme, anchor.chain) != (programme.code, book.code) or anchor.seq == 0:
            continue
        found = context.scan.first(HASH_AT, book=book.id, seq=anchor.seq)
        facts = {"chain": book.code, "seq": anchor.seq}
        if found is None:
            facts = {"chain": book.code, "seq": last}
            context.report.found(
                kinds.ANCHOR_AHEAD, TABLE, f"{book.code}:{anchor.seq}", noted=anchor.seq, **facts
            )
        elif found != anchor.hash:
            context.report.found(kinds.ANCHOR_DIFFERS, TABLE, f"{book.code}:{anchor.seq}", **facts)
