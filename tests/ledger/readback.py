"""What stands in the database, read past the ledger: rows, counters, chains, held against the model."""

from collections.abc import Iterable, Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from seedfund.ledger.rules.chain import GENESIS, RowFacts, row_hash
from tests.ledger.model import Model, Row
from tests.support.programme import House

_ROWS = sa.text(
    "SELECT t.book_id, b.code, t.seq, e.hash, t.row, t.recipe, t.phase, t.amount, d.code, c.code, md.code, mc.code, "
    "t.resolves_seq, t.held, t.reverses_seq, t.prev_hash, t.hash, e.number, t.booking_date "
    "FROM sf_transfer t JOIN sf_book b ON b.id = t.book_id "
    "JOIN sf_entry e ON e.id = t.entry_id LEFT JOIN sf_account d ON d.id = t.debit_id "
    "LEFT JOIN sf_account c ON c.id = t.credit_id LEFT JOIN sf_account md ON md.id = t.memo_debit_id "
    "LEFT JOIN sf_account mc ON mc.id = t.memo_credit_id ORDER BY t.book_id, t.seq"
)
_ACCOUNTS = sa.text(
    "SELECT book_id, code, debits_posted, credits_posted, debits_pending, credits_pending FROM sf_account"
)
_FROZEN = sa.text(
    "SELECT p.month, a.book_id, a.code, p.debits_posted, p.credits_posted, p.debits_pending, p.credits_pending "
    "FROM sf_period_balance p JOIN sf_account a ON a.id = p.account_id"
)
_HEADS = sa.text("SELECT book_id, seq, hash FROM sf_book_head")


def require_sound(house: House, books: dict[int, tuple[list[str], list[str]]]) -> Model:
    """Chains intact, cached and frozen equal recomputed, no floor broken, identities true; `books`: grants, lines."""
    with house.engine.connect() as connection:
        rows = list(_walk(connection))
        cached = {(row[0], row[1]): list(row[2:]) for row in connection.execute(_ACCOUNTS)}
        frozen = {(row[0], row[1], row[2]): list(row[3:]) for row in connection.execute(_FROZEN)}
    model = recounted(rows)
    assert {key: value for key, value in cached.items() if any(value)} == model.moved
    for month in {month for month, _, _ in frozen}:
        then = recounted(row for row in rows if row.booked is not None and f"{row.booked:%Y-%m}" <= month)
        of_month = {(book, code): four for (at, book, code), four in frozen.items() if at == month}
        assert {key: value for key, value in of_month.items() if any(value)} == then.moved
    assert model.broken_floors() == []
    for book, (grants, lines) in books.items():
        assert model.unequal(book, grants, lines) == []
    return model


def rows_of(house: House) -> list[Row]:
    """The rows of all books."""
    with house.engine.connect() as connection:
        return list(_walk(connection))


def recounted(rows: Iterable[Row]) -> Model:
    """The accounts that rows make."""
    model = Model()
    for row in rows:
        model.apply(row)
    return model


def _walk(connection: Connection) -> Iterator[Row]:
    """The rows, each held against the chain of its book."""
    ends: dict[int, tuple[int, str]] = {}
    for row in connection.execute(_ROWS):
        book, code, seq, entry_hash, number, recipe, phase, amount = row[:8]
        codes = tuple(name or "" for name in row[8:12])
        last_seq, last = ends.get(book, (0, GENESIS))
        facts = RowFacts(
            code,
            seq,
            entry_hash,
            number,
            recipe,
            phase,
            amount,
            (codes[0], codes[1], codes[2], codes[3]),
            row[12],
            row[13],
            row[14],
        )
        assert seq == last_seq + 1
        assert row[15] == last
        assert row[16] == row_hash(last, facts)
        ends[book] = (seq, row[16])
        pairs = tuple((debit, credit) for debit, credit in (codes[:2], codes[2:]) if debit)
        sign = 1 if row[14] is None else -1
        yield Row(book, seq, recipe, phase, amount, pairs, row[13] or 0, sign, row[17], _day(row[18]))
    heads = {book: (seq, last) for book, seq, last in connection.execute(_HEADS) if seq}
    assert ends == heads


def _day(value: date | str) -> date:
    """A day as a driver gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
