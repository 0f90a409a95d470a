"""The books of a fund, or of the programme, as a journal for the tools of plain-text accounting. Reads only."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import BinaryIO, Final

from seedfund.funds.queries import fund_facts
from seedfund.interchange.exports.journal import Head, Transaction, balances, transactions
from seedfund.interchange.exports.names import AccountName, CodedAccount, named
from seedfund.interchange.exports.plaintext import Beancount, Form, Hledger, written
from seedfund.kernel.messages import SOURCE_LANGUAGE
from seedfund.reports.brought import book_marks
from seedfund.reports.queries.counters import accounts_of, counted
from seedfund.reports.queries.rows import rows_of_book
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.reports.render.words import said, words_of
from seedfund.store.work import Work

FORMS: Final[Mapping[str, Form]] = MappingProxyType({"hledger": Hledger(), "beancount": Beancount()})
"""The tools by name."""


def write_books(
    work: Work,
    out: BinaryIO,
    *,
    form: str,
    fund: str = "",
    as_of: date | None = None,
    as_known: datetime | None = None,
    language: str = SOURCE_LANGUAGE,
) -> None:
    """Write the books of a fund (of all of them where none is named) for `hledger` or `beancount`, row by row.

    Everything booked up to the day stands in it, as known then; narrations are events and numbers, never a reason
    somebody typed and never a name.

    Raises:
        NotFound: there is no such fund.
        NotAllowed: the actor is none of the programme's.
    """
    books, title = None, work.programme.name
    if fund:
        facts = fund_facts(work.reader(), work.programme.id, fund)
        books, title = [facts.book_id], f"{facts.code} · {work.programme.name}"
    scope = open_scope(work, book_ids=books, as_of=as_of, as_known=as_known)
    names = _names(scope)
    found = balances(((one.leg.id, one.counters) for one in counted(scope)), names)
    head = _head(scope, title, language)
    entries = _transactions(scope, names)
    for line in written(FORMS[form], head, entries, found, words=words_of(language)):
        out.write(f"{line}\n".encode())


def _names(scope: Scope) -> dict[int, AccountName]:
    return named(
        CodedAccount(
            id=leg.id,
            book=scope.books[leg.book_id].code,
            code=leg.code,
            kind=leg.kind,
            currency=scope.currency(leg.book_id),
        )
        for leg in accounts_of(scope.reader, scope.book_ids).values()
    )


def _transactions(scope: Scope, names: Mapping[int, AccountName]) -> Iterator[Transaction]:
    for book_id in scope.book_ids:
        yield from transactions(rows_of_book(scope, book_id), names)


def _head(scope: Scope, title: str, language: str) -> Head:
    return Head(
        title=title,
        as_of=scope.as_of,
        currencies=tuple(sorted({book.currency for book in scope.books.values()})),
        chains=tuple(f"{head.book} {head.seq} {head.hash}" for head in scope.standing.heads),
        brought=tuple(said(one, words_of(language), language=language) for one in book_marks(scope)),
    )
