"""Rows of openings, and what was approved elsewhere: the figures that earlier books told. Reads only."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.awards import Grant, GrantPart
from seedfund.grants.tables.history import BroughtForward, GrantTakenOver
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.events.funds import opening
from seedfund.ledger.tables import Account, Entry
from seedfund.people.tables import Household, Participant
from seedfund.reports.queries.rows import Booked, rows_of_accounts
from seedfund.reports.queries.scope import Scope
from seedfund.store.columns import Instant
from seedfund.store.statements import Query

CODE: Final = opening(0).code
"""The account with the other side of every opening row of a book."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved elsewhere for grants that were taken over, by currency, up to which day."""

    currency: str
    amount_minor: int
    grants: int
    cut_off: date


_OPENINGS: Final = Query(
    int,
    lambda: sa.select(col(Account.id)).where(
        col(Account.book_id).in_(sa.bindparam("books", expanding=True)), col(Account.code) == CODE
    ),
)
_OF_BANK: Final = Query(
    int,
    lambda: sa.select(col(Account.id)).where(
        col(Account.bank_account_id) == sa.bindparam("bank"),
        col(Account.book_id).in_(sa.bindparam("books", expanding=True)),
    ),
)


def _approved() -> Any:
    return (
        sa.select(
            col(Grant.currency),
            sa.func.sum(col(GrantPart.awarded_minor)),
            sa.func.count(sa.distinct(col(Grant.id))),
            sa.func.max(col(GrantTakenOver.cut_off), type_=sa.Date),
        )
        .join(Grant, col(Grant.id) == col(GrantTakenOver.grant_id))
        .join(GrantPart, col(GrantPart.grant_id) == col(Grant.id))
        .where(
            col(GrantPart.book_id).in_(sa.bindparam("books", expanding=True)),
            col(GrantTakenOver.recorded_at) <= sa.bindparam("known", type_=Instant),
        )
        .group_by(col(Grant.currency))
        .order_by(col(Grant.currency))
    )


_APPROVED: Final = Query(
    lambda currency, amount, grants, day: Approved(str(currency), int(amount), int(grants), day), _approved
)


def _numbers() -> Any:
    return (
        sa.select(col(Grant.number), col(Participant.number), col(Household.number))
        .join(Participant, col(Participant.id) == col(Grant.participant_id))
        .outerjoin(Household, col(Household.id) == col(Grant.household_id))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            sa.or_(
                sa.exists().where(col(GrantTakenOver.grant_id) == col(Grant.id)),
                sa.exists().where(
                    col(BroughtForward.grant_id) == col(Grant.id),
                    ~sa.exists().where(col(Entry.reverses) == col(BroughtForward.entry_id)),
                ),
            ),
        )
        .order_by(col(Grant.number))
    )


_NUMBERS: Final = Query(lambda *numbers: tuple(str(one) for one in numbers if one is not None), _numbers)


def numbers_brought(scope: Scope) -> list[tuple[str, ...]]:
    """Of every grant that earlier books told of: its number, that of who stands for it, that of the household."""
    return scope.reader.all(_NUMBERS, programme=scope.work.programme.id)


def opening_rows(scope: Scope) -> list[Booked]:
    """The opening rows of a scope's books, those that reverse one among them."""
    accounts = scope.reader.among(_OPENINGS, "books", scope.book_ids)
    return rows_of_accounts(scope, accounts) if accounts else []


def paid_into(scope: Scope, bank_account_id: Key) -> frozenset[int]:
    """The accounts of a bank account, cash box or float in a scope's books."""
    return frozenset(scope.reader.among(_OF_BANK, "books", scope.book_ids, bank=bank_account_id))


def approved_elsewhere(scope: Scope) -> list[Approved]:
    """What was approved for the grants that were taken over, as far as it lies in a scope's books."""
    return scope.reader.among(_APPROVED, "books", scope.book_ids, known=scope.known_at)
