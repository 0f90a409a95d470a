"""The statement of one account: every row that is posted on it, with the balance after it, streamed. Reads only."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.ledger.rules.accounts import CREDIT, KINDS
from seedfund.ledger.tables import Account, Entry, Transfer
from seedfund.store.statements import Query, Reader, as_read


class StatementLine(NamedTuple):
    """A row of an account: `amount` above zero raises its balance, on the account's own side; in minor units.

    A tuple, because a cash account has hundreds of thousands of them.
    """

    seq: int
    entry: str
    booking_date: date
    value_date: date
    event: str
    subject: str
    recipe: str
    amount: int
    balance: int


def _rows_of_account(debit: Any, credit: Any) -> Any:
    """Each side comes in the order of its index, which is that of the book, and the two are merged: nothing is sorted.

    A row names an account once, so none comes twice.
    """
    both = sa.union_all(_side(debit, col(Transfer.amount)), _side(credit, -col(Transfer.amount)))
    return both.order_by(both.selected_columns.book_id, both.selected_columns.seq)


def _side(account: Any, amount: Any) -> Any:
    return (
        sa.select(
            col(Transfer.book_id),
            col(Transfer.seq),
            col(Entry.number),
            col(Transfer.booking_date),
            col(Entry.value_date),
            col(Entry.event),
            col(Entry.subject),
            col(Transfer.recipe),
            amount.label("moved"),
        )
        .join(Entry, col(Entry.id) == col(Transfer.entry_id))
        .where(
            account == sa.bindparam("account", type_=sa.BigInteger),
            sa.or_(col(Transfer.phase) == "post", col(Transfer.phase) == "settle"),
        )
    )


_OF_MONEY: Final = Query(as_read, lambda: _rows_of_account(col(Transfer.debit_id), col(Transfer.credit_id)))
_OF_BUDGET: Final = Query(
    as_read,
    lambda: _rows_of_account(col(Transfer.memo_debit_id), col(Transfer.memo_credit_id)),
)
_KIND: Final = Query(
    str, lambda: sa.select(col(Account.kind)).where(col(Account.id) == sa.bindparam("account"))
)


def statement(reader: Reader, account_id: int) -> Iterator[StatementLine]:
    """Every row posted on an account in the order of its book; payments in flight are left out. Memory stays flat.

    Raises:
        NotFound: there is no such account.
    """
    kind = reader.first(_KIND, account=account_id)
    if kind is None:
        raise NotFound(what="account", which=str(account_id))
    sign = -1 if KINDS[kind].floor == CREDIT else 1
    rows = _OF_BUDGET if KINDS[kind].is_memo else _OF_MONEY
    balance = 0
    for _, seq, entry, booked, value, event, subject, recipe, moved in reader.stream(
        rows, account=account_id
    ):
        amount = sign * moved
        balance += amount
        yield StatementLine(seq, entry, booked, value, event, subject, recipe, amount, balance)
