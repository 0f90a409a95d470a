"""What the database refuses from any hand: raw SQL past the ledger, on both databases."""

from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.ledger.rules.events import funds, grants
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post
from tests.support.databases import POSTGRESQL, DatabaseServer
from tests.support.programme import House

COLUMNS = (
    *("book_id", "seq", "entry_id", "row", "recipe", "phase", "amount"),
    *("debit_id", "credit_id", "memo_debit_id", "memo_credit_id"),
    *("resolves_seq", "held", "reverses_seq", "booking_date", "prev_hash", "hash"),
)


def attack(house: House, *statements: str, past_guards: bool = False) -> str:
    """Run statements as somebody with the file in hand; the rule that refused one, or nothing."""
    with house.engine.connect() as connection:
        if past_guards and house.engine.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA recursive_triggers=OFF")
        try:
            for statement in statements:
                connection.execute(sa.text(statement))
            connection.commit()
        except sa.exc.DBAPIError as error:
            return str(error.orig)
        finally:
            connection.rollback()
    return ""


def newest(house: House, book: BookOfTest) -> dict[str, Any]:
    """The newest row of a book."""
    with house.engine.connect() as connection:
        found = connection.execute(
            sa.text("SELECT * FROM sf_transfer WHERE book_id = :book ORDER BY seq DESC LIMIT 1"),
            {"book": book.id},
        )
        return dict(found.mappings().one())


def forged(house: House, book: BookOfTest, verb: str = "INSERT", **changes: object) -> str:
    """An INSERT of a row that continues the book as it should, but for the changes."""
    last = newest(house, book)
    row = {**last, "seq": last["seq"] + 1, "row": 9, "prev_hash": last["hash"], "hash": "f" * 64, **changes}
    values = ", ".join("NULL" if row[name] is None else f"'{row[name]}'" for name in COLUMNS)
    for name in COLUMNS:
        if isinstance(row[name], int):
            values = values.replace(f"'{row[name]}'", str(row[name]))
    return f"{verb} INTO sf_transfer ({', '.join(COLUMNS)}) VALUES ({values})"


@pytest.fixture
def lived(house: House, book: BookOfTest) -> BookOfTest:
    """A book in which a payment is in flight; its newest row is a charge of 100."""
    part = book.part()
    post(house, "award", grants.award([(part, 30_000)]))
    post(house, "sign", grants.sign([(part, 30_000)]))
    post(house, "release", grants.release([grants.Lot(part, 10_000, book.bank)], needs_receipts=True))
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 100))
    return book


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_transfer SET amount = 1",
        "DELETE FROM sf_transfer",
        "UPDATE sf_entry SET reason = 'x'",
        "DELETE FROM sf_entry",
        "UPDATE sf_recipe SET nature = 'fact'",
        "DELETE FROM sf_recipe",
        "UPDATE sf_book SET currency = 'EUR'",
        "DELETE FROM sf_account",
        "UPDATE sf_account SET floor = 'N'",
        "UPDATE sf_account SET code = 'cash:MINE' WHERE code = 'cash:BANK'",
        "DELETE FROM sf_book_head",
        "UPDATE sf_book_head SET seq = 1",
        "INSERT INTO sf_book_head (book_id, seq, hash) SELECT book_id, 5, hash FROM sf_book_head",
    ],
)
def test_what_is_written_is_not_changed_or_deleted(house: House, lived: BookOfTest, statement: str) -> None:
    assert attack(house, statement)
    require_sound(house, {})


@pytest.mark.parametrize(
    "table",
    ["sf_transfer", "sf_entry", "sf_account", "sf_recipe", "sf_book", "sf_book_head", "sf_period_balance"],
)
def test_no_table_of_the_books_is_truncated(
    house: House, lived: BookOfTest, table: str, database_server: DatabaseServer
) -> None:
    statement = f"TRUNCATE {table} CASCADE" if database_server.kind == POSTGRESQL else f"DELETE FROM {table}"
    found = attack(house, statement)

    assert found or table == "sf_period_balance"
    require_sound(house, {})


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize("past_guards", [False, True])
def test_a_row_is_not_replaced_on_sqlite_whatever_the_connection_says(
    house: House, lived: BookOfTest, verb: str, past_guards: bool
) -> None:
    if house.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    seq = newest(house, lived)["seq"]
    statements = [
        forged(house, lived, verb, seq=seq),
        f"{verb} INTO sf_account (id, book_id, code, kind, floor, holder, debits_posted, credits_posted, "
        "debits_pending, credits_pending, moved_by) VALUES (1, 1, 'x', 'cash', 'D', '', 0, 0, 0, 0, 0)",
        f"{verb} INTO sf_account (book_id, code, kind, floor, holder, debits_posted, credits_posted, "
        "debits_pending, credits_pending, moved_by) VALUES (1, 'cash:BANK', 'cash', 'D', '', 0, 0, 0, 0, 0)",
        f"{verb} INTO sf_book_head (book_id, seq, hash) VALUES (1, 0, '{'0' * 64}')",
    ]

    assert all(attack(house, statement, past_guards=past_guards) for statement in statements)
    require_sound(house, {})


def test_an_upsert_changes_nothing(house: House, lived: BookOfTest) -> None:
    last = newest(house, lived)
    upsert = forged(house, lived, seq=last["seq"], prev_hash=last["prev_hash"])
    tail = " ON CONFLICT (book_id, seq) DO UPDATE SET amount = 1"

    assert attack(house, upsert + tail)
    require_sound(house, {})


def test_a_raw_row_that_overspends_is_refused_by_the_floor(house: House, lived: BookOfTest) -> None:
    assert "floor_debit" in attack(house, forged(house, lived, amount=90_000))
    require_sound(house, {})


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("transfer_chain", {"seq": 99}),
        ("transfer_chain", {"prev_hash": "a" * 64}),
        ("transfer_entry", {"booking_date": "2026-01-04"}),
        ("transfer_recipe", {"recipe": "instalment.received"}),
        ("transfer_recipe", {"memo_debit_id": None, "memo_credit_id": None}),
        ("transfer_recipe", {"phase": "hold"}),
        ("transfer_reversal", {"reverses_seq": 1}),
    ],
)
def test_a_raw_row_that_breaks_a_rule_is_refused_by_its_name(
    house: House, lived: BookOfTest, rule: str, changes: dict[str, object]
) -> None:
    assert f"sf_tr_{rule}" in attack(house, forged(house, lived, **changes))  # type: ignore[arg-type]  # columns by name
    require_sound(house, {})


@pytest.mark.parametrize(("held", "seq_offset"), [(9_999, 0), (10_000, 1)])
def test_a_raw_result_resolves_an_open_hold_of_its_own_amount(
    house: House, lived: BookOfTest, held: int, seq_offset: int
) -> None:
    with house.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM sf_transfer WHERE phase = 'hold'"))
        hold = rows.mappings().one()
    accounts = {
        name: hold[name] for name in COLUMNS if name.endswith("_id") and name not in ("book_id", "entry_id")
    }
    voided = forged(
        house,
        lived,
        recipe="payment.voided.advances",
        phase="void",
        amount=held,
        held=held,
        resolves_seq=hold["seq"] + seq_offset,
        **accounts,
    )

    assert "sf_tr_transfer_hold" in attack(house, voided)
    require_sound(house, {})


@pytest.mark.parametrize("amount", ["0", "-1", "'abc'", "1.5"])
def test_an_amount_is_a_whole_number_above_zero(house: House, lived: BookOfTest, amount: str) -> None:
    statement = forged(house, lived, amount=777_777).replace("777777", amount)
    found = attack(house, statement)

    # PostgreSQL rounds 1.5 to a whole number before any check sees it; the row is then a payment of 2.
    assert found or (amount == "1.5" and house.engine.dialect.name == "postgresql")


def test_counters_do_not_move_without_a_new_row(house: House, lived: BookOfTest) -> None:
    cash = "WHERE code = 'cash:BANK'"
    statements = [
        f"UPDATE sf_account SET debits_posted = debits_posted + 1 {cash}",
        f"UPDATE sf_account SET debits_posted = debits_posted + 1, moved_by = moved_by + 1 {cash}",
        f"UPDATE sf_account SET credits_posted = credits_posted + 100, moved_by = moved_by {cash}",
        f"UPDATE sf_account SET credits_posted = credits_posted + 100, moved_by = 1 {cash}",
        f"UPDATE sf_account SET moved_by = 0 {cash}",
    ]

    assert all("account_counters" in attack(house, statement) for statement in statements)
    require_sound(house, {})


def test_a_row_inserted_raw_moves_its_counters_once_and_cannot_be_cited_again(
    house: House, lived: BookOfTest
) -> None:
    seq = newest(house, lived)["seq"] + 1
    cite = f"UPDATE sf_account SET credits_posted = credits_posted + 100, moved_by = {seq} WHERE code = 'cash:BANK'"

    assert attack(house, forged(house, lived)) == ""
    assert "account_counters" in attack(house, cite)


def test_an_account_begins_with_nothing_and_with_the_floor_of_its_kind(
    house: House, lived: BookOfTest
) -> None:
    columns = (
        "INSERT INTO sf_account (book_id, code, kind, floor, holder, debits_posted, credits_posted, debits_pending, "
        "credits_pending, moved_by) VALUES "
    )

    rich = attack(house, columns + f"({lived.id}, 'cash:X', 'cash', 'D', '', 5, 0, 0, 0, 0)")
    soft = attack(house, columns + f"({lived.id}, 'cash:X', 'cash', 'N', '', 0, 0, 0, 0, 0)")

    assert "account_empty" in rich
    assert "account_floor" in soft
