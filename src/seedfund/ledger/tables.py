"""Books, accounts, entries, transfers, heads, recipes and periods. Schema only: behaviour is in triggers and rules.

A transfer is one row with a pair of accounts for the money and a pair for the budget, so it is balanced by
construction. The counters of an account are moved by a trigger on transfers and closed to every other hand. Keys of
the ledger are integers: half the size of UUIDs, and they keep an account's rows in the order of the book.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Field

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import KINDS
from seedfund.ledger.rules.periods import PERIOD
from seedfund.ledger.rules.recipes import NATURES, PHASES, RECIPES
from seedfund.store.columns import (
    Table,
    choice,
    day,
    index_where,
    instant,
    integer,
    key,
    minor,
    primary_key,
    reference,
    serial,
    serial_of,
    state,
    text,
)


def _index(table: str, *columns: str, unique: bool = False) -> Any:
    """An index over the rows where its last column is set."""
    name = f"{'uq' if unique else 'ix'}_{table}_{'_'.join(columns)}"
    return index_where(name, *columns, where=f"{columns[-1]} IS NOT NULL", unique=unique)


class Book(Table, table=True):
    """The books of one fund in one currency. `fund_id` names a row of a higher floor."""

    __tablename__ = "sf_book"
    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)
    id: int = serial()
    programme_id: Key = reference("sf_programme.id", index=False)
    fund_id: Key = key(index=True)
    code: str = text(20)
    currency: str = text(3)
    opened_at: datetime = instant()


class Account(Table, table=True):
    """An account with its four counters and the seq of the last transfer that moved it.

    PostgreSQL reads every CHECK anew for each UPDATE, and a payment is four of them: what never changes (kind, and the
    floor of the kind) is checked by a trigger when the account is opened.
    """

    __tablename__ = "sf_account"
    __table_args__ = (
        sa.UniqueConstraint("book_id", "code"),
        sa.CheckConstraint(
            "debits_posted >= 0 AND credits_posted >= 0 AND debits_pending >= 0 AND credits_pending >= 0",
            name="counters_least",
        ),
        sa.CheckConstraint(
            "floor <> 'D' OR debits_posted - credits_posted - credits_pending >= 0", name="floor_debit"
        ),
        sa.CheckConstraint(
            "floor <> 'C' OR credits_posted - debits_posted - debits_pending >= 0", name="floor_credit"
        ),
        # Room on each page for the next version of a row, so that moving a counter touches no index.
        {"postgresql_with": {"fillfactor": 40}},
    )
    id: int = serial()
    book_id: int = serial_of("book_id", "sf_book.id")
    code: str = text(200)
    kind: str = text(13)
    floor: str = text(1)
    grant_id: Key | None = key(nullable=True, index=True)
    line_id: Key | None = key(nullable=True, index=True)
    bank_account_id: Key | None = key(nullable=True, index=True)
    holder: str = text(60)
    debits_posted: int = minor("debits_posted")
    credits_posted: int = minor("credits_posted")
    debits_pending: int = minor("debits_pending")
    credits_pending: int = minor("credits_pending")
    moved_by: int = integer("moved_by", least=None)


class Entry(Table, table=True):
    """What happened, once: its number, event, dates, hand and reason. Its transfers stand or fall together."""

    __tablename__ = "sf_entry"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        _index("sf_entry", "reverses", unique=True),
        sa.Index("ix_sf_entry_subject", "programme_id", "subject"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(60)
    event: str = text(40)
    subject: str = text(60)
    booking_date: date = day()
    value_date: date = day()
    document_date: date | None = day(nullable=True)
    recorded_at: datetime = instant()
    actor_id: Key = reference("sf_actor.id", index=False)
    command_key: str = text(200)
    reverses: Key | None = reference("sf_entry.id", nullable=True, index=False)
    corrects_period: str | None = text(7, nullable=True)
    reason: str = text(400)
    hash: str = text(64)


class Recipe(Table, table=True):
    """A way to post a row: the kinds of the four accounts, phase and nature. Reference rows, from the rules."""

    __tablename__ = "sf_recipe"
    code: str = text(40, primary=True)
    number: int = integer("number", least=1)
    debit_kind: str | None = choice("debit_kind", KINDS, nullable=True)
    credit_kind: str | None = choice("credit_kind", KINDS, nullable=True)
    memo_debit_kind: str | None = choice("memo_debit_kind", KINDS, nullable=True)
    memo_credit_kind: str | None = choice("memo_credit_kind", KINDS, nullable=True)
    phase: str = choice("phase", PHASES)
    nature: str = choice("nature", NATURES)


class Transfer(Table, table=True):
    """A row of a book: an amount from a credit to a debit account, with its budget pair, chained to the row before."""

    __tablename__ = "sf_transfer"
    __table_args__ = (
        sa.CheckConstraint("(debit_id IS NULL) = (credit_id IS NULL)", name="money_pair"),
        sa.CheckConstraint("(memo_debit_id IS NULL) = (memo_credit_id IS NULL)", name="memo_pair"),
        sa.CheckConstraint("debit_id IS NOT NULL OR memo_debit_id IS NOT NULL", name="some_pair"),
        sa.CheckConstraint("debit_id <> credit_id", name="money_two"),
        sa.CheckConstraint("memo_debit_id <> memo_credit_id", name="memo_two"),
        sa.CheckConstraint(
            "(phase IN ('settle', 'void')) = (resolves_seq IS NOT NULL)", name="resolution_resolves"
        ),
        sa.CheckConstraint("(resolves_seq IS NULL) = (held IS NULL)", name="resolution_holds"),
        sa.CheckConstraint("phase <> 'settle' OR amount <= held", name="settle_within_held"),
        sa.CheckConstraint("phase <> 'void' OR amount = held", name="void_carries_held"),
        sa.CheckConstraint("reverses_seq IS NULL OR phase = 'post'", name="reversal_posts"),
        _index("sf_transfer", "book_id", "resolves_seq", unique=True),
        _index("sf_transfer", "book_id", "reverses_seq", unique=True),
        _index("sf_transfer", "debit_id"),
        _index("sf_transfer", "credit_id"),
        _index("sf_transfer", "memo_debit_id"),
        _index("sf_transfer", "memo_credit_id"),
        sa.Index("ix_sf_transfer_entry_id", "entry_id"),
        # Rows are read by book and seq: kept in that order, a lookup is one search.
        {"sqlite_with_rowid": False},
    )
    book_id: int = serial_of("book_id", "sf_book.id", primary=True)
    seq: int = integer("seq", least=1, primary=True)
    entry_id: Key = reference("sf_entry.id", index=False)
    row: int = integer("row", least=1)
    recipe: str = Field(sa_column=sa.Column(sa.String(40), sa.ForeignKey("sf_recipe.code"), nullable=False))
    phase: str = choice("phase", PHASES)
    amount: int = minor("amount", least=1)
    debit_id: int | None = serial_of("debit_id", "sf_account.id", nullable=True)
    credit_id: int | None = serial_of("credit_id", "sf_account.id", nullable=True)
    memo_debit_id: int | None = serial_of("memo_debit_id", "sf_account.id", nullable=True)
    memo_credit_id: int | None = serial_of("memo_credit_id", "sf_account.id", nullable=True)
    resolves_seq: int | None = integer("resolves_seq", nullable=True, least=1)
    held: int | None = minor("held", nullable=True, least=1)
    reverses_seq: int | None = integer("reverses_seq", nullable=True, least=1)
    booking_date: date = day()
    prev_hash: str = text(64)
    hash: str = text(64)


class BookHead(Table, table=True):
    """Where a book's chain ends; locked last."""

    __tablename__ = "sf_book_head"
    book_id: int = serial_of("book_id", "sf_book.id", primary=True)
    seq: int = integer("seq")
    hash: str = text(64)


class Period(Table, table=True):
    """A month of the programme's books that is being closed or is closed; a month without a row is open."""

    __tablename__ = "sf_period"
    programme_id: Key = reference("sf_programme.id", primary=True)
    month: str = text(7, primary=True)
    state: str = state(PERIOD)
    closing_at: datetime = instant()
    closing_by: Key = reference("sf_actor.id", index=False)
    closed_at: datetime | None = instant(nullable=True)
    closed_by: Key | None = reference("sf_actor.id", nullable=True, index=False)


class PeriodBook(Table, table=True):
    """A book at a month's close: its head, the first seq of later months, and the hash of its frozen counters."""

    __tablename__ = "sf_period_book"
    programme_id: Key = reference("sf_programme.id", primary=True)
    month: str = text(7, primary=True)
    book_id: int = serial_of("book_id", "sf_book.id", primary=True)
    head_seq: int = integer("head_seq")
    head_hash: str = text(64)
    next_seq: int = integer("next_seq", least=1)
    hash: str = text(64)


class PeriodBalance(Table, table=True):
    """The four counters of an account as they stood at the end of a closed month. Frozen."""

    __tablename__ = "sf_period_balance"
    programme_id: Key = reference("sf_programme.id", primary=True)
    month: str = text(7, primary=True)
    account_id: int = serial_of("account_id", "sf_account.id", primary=True)
    debits_posted: int = minor("debits_posted", least=0)
    credits_posted: int = minor("credits_posted", least=0)
    debits_pending: int = minor("debits_pending", least=0)
    credits_pending: int = minor("credits_pending", least=0)


RECIPE_ROWS: Final[tuple[Mapping[str, Any], ...]] = tuple(
    {name: getattr(recipe, name) for name in recipe.__slots__} for recipe in RECIPES
)
"""The reference rows of `Recipe`, for the registry of the schema."""
