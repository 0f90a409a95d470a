"""`verify(engine)`: everything that is stored, held against itself; and `read_heads`, what to keep elsewhere.

Streams every table once, in one snapshot; memory grows with accounts and open holds, never with rows. What cannot be
read, what cannot be opened and what could not be checked is said, never passed over.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from seedfund.assurance.checks.audit import CHAIN, check_audit
from seedfund.assurance.checks.contents import check_contents
from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.database import check_database
from seedfund.assurance.checks.ledger import BOOKS, BookChecked, check_book, check_entries, check_recipes
from seedfund.assurance.checks.months import check_months
from seedfund.assurance.checks.papers import check_papers
from seedfund.assurance.checks.plans import check_plans
from seedfund.assurance.checks.reversals import check_reversals
from seedfund.assurance.checks.sealed import check_sealed
from seedfund.assurance.checks.series import check_series
from seedfund.assurance.checks.vaults import Vaults
from seedfund.assurance.report import ChainHead, Report, Verification
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Scan, lenient_text
from seedfund.kernel.errors import SeedfundError
from seedfund.store.audit import HEAD
from seedfund.store.faults import translated
from seedfund.store.hooks import prepare
from seedfund.store.sealing.keyring import KeyRing

SAMPLE: Final = 200
SNAPSHOT: Final = "REPEATABLE READ"


@dataclass(frozen=True, kw_only=True)
class Request:
    """How to verify: with which keys, what the schema check said, heads noted elsewhere, how many sealed values."""

    keyring: KeyRing | None = None
    differences: Sequence[str] = ()
    anchors: Sequence[ChainHead] = ()
    sample: int = SAMPLE
    progress: Callable[[str, int], None] | None = None


def verify(engine: sa.Engine, request: Request | None = None) -> Verification:
    """Hold everything that is stored against itself; what is wrong comes back as findings, not as an exception.

    Raises:
        Corrupt: the file is no database any more, or so damaged that it cannot be read.
        StorageError: the database cannot be reached.
    """
    with snapshot(engine) as connection:
        return _verified(connection, request or Request())


def verify_within(connection: sa.Connection, request: Request | None = None) -> Verification:
    """The same on a connection of a host, inside its transaction: what it has not committed is seen too.

    Raises:
        Corrupt, StorageError: as `verify`.
    """
    with driver_errors(), _lenient(connection):
        return _verified(connection, request or Request())


def _verified(connection: sa.Connection, asked: Request) -> Verification:
    report = Report(asked.progress)
    context = Context(Scan(connection), report, asked.keyring, asked.anchors, asked.sample)
    heads = _check(context, asked.differences)
    return replace(report.done(), heads=tuple(heads))


def read_heads(engine: sa.Engine) -> tuple[ChainHead, ...]:
    """Where every chain ends now, programme by programme: the audit chain, then the books by code.

    Raises:
        Corrupt, StorageError: as `verify`.
    """
    with snapshot(engine) as connection:
        context = Context(Scan(connection), Report())
        found: list[ChainHead] = []
        for programme in context.programmes():
            for head in context.scan.all(HEAD, programme=programme.id):
                found.append(ChainHead(programme.code, CHAIN, head.seq, head.hash))
            for book in context.each("books", BOOKS, programme=programme.id):
                found.append(ChainHead(programme.code, book.code, book.head_seq or 0, book.head_hash or ""))
        return tuple(found)


def _check(context: Context, differences: Sequence[str]) -> list[ChainHead]:
    heads: list[ChainHead] = []
    vaults = Vaults(context)
    with _told(context, "database"):
        check_database(context, differences)
    with _told(context, "recipes"):
        check_recipes(context)
    for programme in context.programmes():
        heads += _check_programme(context, programme, vaults)
    with _told(context, "contents"):
        check_contents(context)
    with _told(context, "sealed values"):
        check_sealed(context, vaults)
    vaults.tell()
    return heads


def _check_programme(context: Context, programme: ProgrammeFound, vaults: Vaults) -> list[ChainHead]:
    heads: list[ChainHead] = []
    with _told(context, f"audit of {programme.code}"):
        head = check_audit(context, programme)
        if head is not None:
            heads.append(ChainHead(programme.code, CHAIN, head.seq, head.hash))
    with _told(context, f"entries of {programme.code}"):
        check_entries(context, programme)
    for book in list(context.each("books", BOOKS, programme=programme.id)):
        with _told(context, f"book {book.code}"):
            checked = check_book(context, programme, book)
            heads.append(_head_of(programme, checked))
            check_months(context, programme, checked)
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("reversals", lambda: check_reversals(context, programme)),
        ("papers", lambda: check_papers(context, programme, vaults)),
        ("plans", lambda: check_plans(context, programme, vaults)),
        ("numbers", lambda: check_series(context, programme)),
    )
    for name, step in steps:
        with _told(context, f"{name} of {programme.code}"):
            step()
    return heads


def _head_of(programme: ProgrammeFound, checked: BookChecked) -> ChainHead:
    book = checked.book
    return ChainHead(programme.code, book.code, book.head_seq or 0, book.head_hash or "")


@contextmanager
def _told(context: Context, name: str) -> Iterator[None]:
    """A check that meets something nobody foresaw ends itself and is told; the other checks go on."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        context.report.found(kinds.CHECK_STOPPED, "database", name)


@contextmanager
def driver_errors() -> Iterator[None]:
    """What a driver says of an unreadable database becomes `Corrupt`, `Busy` or `StorageError`."""
    try:
        yield
    except SeedfundError:
        raise
    except Exception as error:
        known = translated(error)
        if known is error:
            raise
        raise known from None


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one moment of the database, and reads damaged text instead of failing on it."""
    with driver_errors():
        prepare(engine)
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level=SNAPSHOT) as connection:
                yield connection
                connection.rollback()
            return
        with engine.connect() as connection, _lenient(connection):
            yield connection


@contextmanager
def _lenient(connection: sa.Connection) -> Iterator[None]:
    """Damaged text is read as it is meanwhile, so that it can be told."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = driver.text_factory
    driver.text_factory = lenient_text
    try:
        yield
    finally:
        driver.text_factory = usual
