"""Which books keep money in a bank account: those that were given some there, not those it came back to. Reads only."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.recipes import RECIPES
from seedfund.ledger.tables import Account, Transfer
from seedfund.store.statements import Query, Reader

CAME_BACK: Final = (25, 26)
"""The rows of refunds and of what came beyond them (accounting: rows 25 and 26)."""
BROUGHT: Final = tuple(
    recipe.code for recipe in RECIPES if recipe.debit_kind == "cash" and recipe.number not in CAME_BACK
)
"""The recipes that bring money of a fund to an account: instalments, income, moves, loans, bounced payments."""

_KEEPING: Final = Query(
    int,
    lambda: sa.select(col(Account.book_id)).where(
        col(Account.bank_account_id) == sa.bindparam("bank_account"),
        col(Account.kind) == "cash",
        sa.exists().where(col(Transfer.debit_id) == col(Account.id), col(Transfer.recipe).in_(BROUGHT)),
    ),
)


def books_keeping(reader: Reader, bank_account: Key) -> frozenset[int]:
    """The books that keep money in a bank account, by what was brought there other than refunds."""
    return frozenset(reader.all(_KEEPING, bank_account=bank_account))
