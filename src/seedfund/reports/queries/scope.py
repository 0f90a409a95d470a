"""How far a report reads: the day it holds for, what was known, and the head of each book it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.dates import month_of
from seedfund.ledger.queries.locked import BOOKS, HEADS, BookEnd, BookFrame
from seedfund.ledger.rules.chain import GENESIS
from seedfund.ledger.tables import Entry, Period, Transfer
from seedfund.people.queries.access import roles_of
from seedfund.reports.value import BookHead, Standing
from seedfund.store.columns import Instant
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work

BASIS: Final = "cash basis with commitments shown"


@dataclass(frozen=True, slots=True)
class Scope:
    """Books by id with the last row of each that counts, and the day up to which rows are booked.

    `is_now` when nothing booked or known is left out, so that the counters of accounts answer; `is_whole` when it holds
    the books of all funds.
    """

    reader: Reader
    work: Work
    books: Mapping[int, BookFrame]
    ends: Mapping[int, BookEnd]
    as_of: date
    known_at: datetime
    is_now: bool
    is_provisional: bool
    is_whole: bool

    @property
    def book_ids(self) -> list[int]:
        """The books in the order of their codes."""
        return list(self.books)

    def knows(self, book_id: int, seq: int) -> bool:
        """Whether a row was there when the books are looked at."""
        return seq <= self.ends[book_id].seq

    def currency(self, book_id: int) -> str:
        """The currency of a book."""
        return self.books[book_id].currency

    @property
    def standing(self) -> Standing:
        """What the report prints about itself."""
        heads = [BookHead(self.books[end.book_id].code, end.seq, end.hash) for end in self.ends.values()]
        return Standing(
            as_of=self.as_of,
            known_at=self.known_at,
            basis=BASIS,
            provisional=self.is_provisional,
            heads=tuple(heads),
            funds=() if self.is_whole else tuple(book.code for book in self.books.values()),
        )


def _last_known() -> Any:
    return (
        sa.select(col(Transfer.book_id), sa.func.max(col(Transfer.seq)))
        .join(Entry, col(Entry.id) == col(Transfer.entry_id))
        .where(
            col(Transfer.book_id).in_(sa.bindparam("books", expanding=True)),
            col(Entry.recorded_at) <= sa.bindparam("known", type_=Instant),
        )
        .group_by(col(Transfer.book_id))
    )


_LAST_KNOWN: Final = Query(lambda book, seq: (int(book), int(seq)), _last_known)
_HASH: Final = Query(
    str,
    lambda: sa.select(col(Transfer.hash)).where(
        col(Transfer.book_id) == sa.bindparam("book"), col(Transfer.seq) == sa.bindparam("seq")
    ),
)
_MONTH_STATE: Final = Query(
    str,
    lambda: sa.select(col(Period.state)).where(
        col(Period.programme_id) == sa.bindparam("programme"), col(Period.month) == sa.bindparam("month")
    ),
)


def open_scope(
    work: Work,
    *,
    book_ids: Sequence[int] | None = None,
    as_of: date | None = None,
    as_known: datetime | None = None,
) -> Scope:
    """The books of the programme (all, or those named) as of a day, as known at an instant.

    Raises:
        NotAllowed: the work's actor is none of the programme's: money is not for strangers.
    """
    roles_of(work)
    reader, today = work.reader(), work.today()
    found = reader.all(BOOKS, programme=work.programme.id)
    books = {book.id: book for book in found if book_ids is None or book.id in book_ids}
    day = as_of or today
    ends = _ends(reader, list(books), as_known)
    state = reader.first(_MONTH_STATE, programme=work.programme.id, month=str(month_of(day)))
    return Scope(
        reader=reader,
        work=work,
        books=books,
        ends=ends,
        as_of=day,
        known_at=as_known or work.clock.now(),
        is_now=day >= today and as_known is None,
        is_provisional=state != "closed",
        is_whole=book_ids is None,
    )


def _ends(reader: Reader, books: list[int], as_known: datetime | None) -> dict[int, BookEnd]:
    """The last row of each book, in the order of the books."""
    if as_known is None:
        heads = {end.book_id: end for end in reader.among(HEADS, "books", books)}
        return {book: heads[book] for book in books}
    seqs = dict(reader.among(_LAST_KNOWN, "books", books, known=as_known))
    ends = {}
    for book in books:
        seq = seqs.get(book, 0)
        last = reader.one(_HASH, book=book, seq=seq) if seq else GENESIS
        ends[book] = BookEnd(book, seq, last)
    return ends
