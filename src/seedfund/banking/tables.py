"""Statements and their lines, matches with the books, reconciliations of months. Schema only.

Who stands on the other side of a line, accounts and the bank's text are sealed under a key of the statement. A line is
reconciled at most once at a time, and so is an entry in an account: the database itself holds both.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from seedfund.banking.rules.states import MATCH_STATES, STATEMENT_STATES
from seedfund.banking.rules.words import MatchKind
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    key,
    minor,
    primary_key,
    reference,
    sealed,
    state,
    text,
    unique_where,
    yes_no,
)


def _line_of(*columns: str) -> Any:
    """A foreign key to a line by its statement and position."""
    return sa.ForeignKeyConstraint(columns, ["sf_bank_line.statement_id", "sf_bank_line.position"])


def _standing(name: str, *columns: str) -> Any:
    """Unique among the rows that stand."""
    return unique_where(f"uq_{name}", *columns, where="is_standing")


class BankStatement(Table, table=True):
    """A statement of one of our accounts as the bank told it; a corrected one is a further version that names it."""

    __tablename__ = "sf_bank_statement"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("bank_account_id", "bank_ref", "sequence", "version"),
        sa.CheckConstraint("(version = 1) = (corrects_id IS NULL)", name="correction_names_one"),
        sa.CheckConstraint(
            "state NOT IN ('foots', 'reconciled') OR (opening_minor IS NOT NULL AND closing_minor IS NOT NULL)",
            name="footing_has_balances",
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    bank_account_id: Key = reference("sf_bank_account.id", index=False)
    bank_ref: str = text(80)
    sequence: str = text(40)
    version: int = integer("version", least=1)
    corrects_id: Key | None = reference("sf_bank_statement.id", nullable=True, index=False)
    currency: str = text(3)
    from_day: date | None = day(nullable=True)
    until_day: date | None = day(nullable=True)
    opening_minor: int | None = minor("opening_minor", nullable=True)
    closing_minor: int | None = minor("closing_minor", nullable=True)
    line_count: int = integer("line_count")
    flags: str = document()
    number_digest: str | None = text(64, nullable=True)
    content_digest: str = text(64)
    state: str = state(STATEMENT_STATES)
    recorded_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class BankStatementStep(Table, table=True):
    """One step of a statement's life, with its reason where it is set aside or brought back; append-only."""

    __tablename__ = "sf_bank_statement_step"
    __table_args__ = (
        sa.CheckConstraint("to_state <> 'set_aside' OR reason IS NOT NULL", name="aside_gives_its_reason"),
    )
    statement_id: Key = reference("sf_bank_statement.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str = choice("from_state", STATEMENT_STATES.states)
    to_state: str = choice("to_state", STATEMENT_STATES.states)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)
    reason: str | None = text(300, nullable=True)


class BankLine(Table, table=True):
    """A line of a statement: signed minor units of the statement's currency; append-only.

    `counted_on` is the day it counts in. `foreign_*` are the amount as it was ordered and the bank's rate.
    """

    __tablename__ = "sf_bank_line"
    __table_args__ = (
        sa.CheckConstraint("(foreign_minor IS NULL) = (foreign_currency IS NULL)", name="foreign_is_whole"),
        sa.Index("ix_sf_bank_line_mark", "mark"),
    )
    statement_id: Key = reference("sf_bank_statement.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    booking_date: date | None = day(nullable=True)
    value_date: date | None = day(nullable=True)
    counted_on: date = day()
    amount_minor: int | None = minor("amount_minor", nullable=True)
    is_reversal: bool = yes_no()
    bank_ref: str = text(80)
    batch: str = text(80)
    batch_count: int = integer("batch_count")
    code: str = text(40)
    foreign_minor: int | None = minor("foreign_minor", nullable=True)
    foreign_currency: str | None = text(3, nullable=True)
    rate: str = text(20)
    account_digest: str | None = text(64, nullable=True)
    details: bytes | None = sealed("details", nullable=True)
    flags: str = document()
    mark: str = text(64)


class BankMatch(Table, table=True):
    """Lines and items of the books that may be the same money, and what was decided of it.

    One that was put together by hand is never decided by that hand.
    """

    __tablename__ = "sf_bank_match"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.CheckConstraint(
            "NOT is_by_hand OR decided_by IS NULL OR state <> 'confirmed' OR decided_by <> proposed_by",
            name="maker_is_not_checker",
        ),
        sa.CheckConstraint("state = 'proposed' OR decided_on IS NOT NULL", name="decided_is_dated"),
        sa.CheckConstraint("is_by_hand = (hand_reason IS NOT NULL)", name="hand_gives_its_reason"),
        sa.Index("ix_sf_bank_match_account", "bank_account_id", "state"),
        sa.Index("ix_sf_bank_match_content", "bank_account_id", "content_digest"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    bank_account_id: Key = reference("sf_bank_account.id", index=False)
    kind: str = choice("kind", MatchKind)
    is_by_hand: bool = yes_no()
    score: int = integer("score")
    reasons: str = document()
    hand_reason: str | None = text(300, nullable=True)
    content_digest: str = text(64)
    state: str = state(MATCH_STATES)
    proposed_on: date = day()
    proposed_at: datetime = instant()
    proposed_by: Key = reference("sf_actor.id", index=False)
    decided_on: date | None = day(nullable=True)
    decided_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    reason: str | None = text(300, nullable=True)


class BankMatchLine(Table, table=True):
    """A line of a match; append-only."""

    __tablename__ = "sf_bank_match_line"
    __table_args__ = (
        _line_of("statement_id", "line"),
        sa.Index("ix_sf_bank_match_line_line", "statement_id", "line"),
    )
    match_id: Key = reference("sf_bank_match.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    statement_id: Key = key()
    line: int = integer("line", least=1)


class BankMatchItem(Table, table=True):
    """What of the books a match names: an entry, or a payment that was on its way; append-only."""

    __tablename__ = "sf_bank_match_item"
    __table_args__ = (
        sa.CheckConstraint("(entry_id IS NULL) <> (payment_id IS NULL)", name="entry_or_payment"),
    )
    match_id: Key = reference("sf_bank_match.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    entry_id: Key | None = reference("sf_entry.id", nullable=True)
    payment_id: Key | None = reference("sf_disbursement.id", nullable=True)
    amount_minor: int = minor("amount_minor")


class BankReconciledLine(Table, table=True):
    """A line that a confirmed match explains; one standing row a line."""

    __tablename__ = "sf_bank_reconciled_line"
    __table_args__ = (
        _line_of("statement_id", "line"),
        _standing("bank_reconciled_line_standing", "statement_id", "line"),
    )
    match_id: Key = reference("sf_bank_match.id", primary=True)
    statement_id: Key = key()
    line: int = integer("line", least=1, primary=True)
    position: int = integer("position", least=1, primary=True)
    is_standing: bool = yes_no()


class BankReconciledItem(Table, table=True):
    """An entry that a confirmed match shows in the bank; one standing row an entry and account."""

    __tablename__ = "sf_bank_reconciled_item"
    __table_args__ = (
        sa.CheckConstraint("paid_by IS NULL OR paid_by <> confirmed_by", name="payer_does_not_reconcile"),
        _standing("bank_reconciled_item_standing", "entry_id", "bank_account_id"),
    )
    match_id: Key = reference("sf_bank_match.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    entry_id: Key = reference("sf_entry.id", index=False)
    bank_account_id: Key = reference("sf_bank_account.id", index=False)
    amount_minor: int = minor("amount_minor")
    paid_by: Key | None = reference("sf_actor.id", nullable=True, index=False)
    confirmed_by: Key = reference("sf_actor.id", index=False)
    is_standing: bool = yes_no()


class BankReconciliation(Table, table=True):
    """An account's month with both balances and what lies between them, signed; signing again is a further version."""

    __tablename__ = "sf_bank_reconciliation"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("bank_account_id", "month", "version"),
        sa.CheckConstraint(
            "bank_minor - books_minor = unexplained_minor + in_bank_minor - in_books_minor",
            name="difference_is_told",
        ),
        sa.CheckConstraint("unexplained_minor = 0 OR explained <> '{}'", name="difference_is_explained"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    bank_account_id: Key = reference("sf_bank_account.id", index=False)
    month: str = text(7)
    version: int = integer("version", least=1)
    currency: str = text(3)
    bank_minor: int = minor("bank_minor")
    books_minor: int = minor("books_minor")
    in_bank_minor: int = minor("in_bank_minor")
    in_bank_count: int = integer("in_bank_count")
    in_books_minor: int = minor("in_books_minor")
    in_books_count: int = integer("in_books_count")
    unexplained_minor: int = minor("unexplained_minor")
    explained: str = document()
    signed_on: date = day()
    signed_at: datetime = instant()
    signed_by: Key = reference("sf_actor.id", index=False)
