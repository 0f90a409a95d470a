"""Where budget lines and books stand: counters of accounts summed by kind and line, and what each recipe moved.

Reads only. The first grows with accounts; the second reads a book's rows and is for reports, not for decisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.balances import Balance
from seedfund.ledger.tables import Account, Transfer
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class KindTotal:
    """The accounts of a kind on one budget line (or on none) of a book, added up.

    `of_grants` tells accounts of grants from those of the line itself; `with_advances` whether those grants ever had
    an advance, so that expense against receipts and expense without receipts are told apart.
    """

    book_id: int
    kind: str
    line_id: Key | None
    bank_account_id: Key | None
    of_grants: bool
    with_advances: bool
    total: Balance


def _kind_total(*values: Any) -> KindTotal:
    book_id, kind, line_id, bank_account_id, of_grants, with_advances, *counters = values
    total = Balance(str(kind), str(kind), counters=[int(value) for value in counters])
    return KindTotal(
        int(book_id), str(kind), line_id, bank_account_id, bool(of_grants), bool(with_advances), total
    )


def _kind_totals() -> Any:
    advance = aliased(Account)
    with_advances = sa.exists().where(
        col(advance.grant_id) == col(Account.grant_id),
        col(advance.book_id) == col(Account.book_id),
        col(advance.line_id) == col(Account.line_id),
        col(advance.kind) == "advances",
    )
    flagged = (
        sa.select(
            col(Account.book_id),
            col(Account.kind),
            col(Account.line_id),
            col(Account.bank_account_id),
            sa.case((col(Account.grant_id).is_(None), 0), else_=1).label("of_grants"),
            sa.case((sa.and_(col(Account.kind) == "expense", with_advances), 1), else_=0).label("receipts"),
            col(Account.debits_posted),
            col(Account.credits_posted),
            col(Account.debits_pending),
            col(Account.credits_pending),
        )
        .where(col(Account.book_id).in_(sa.bindparam("books", expanding=True)))
        .subquery()
    )
    groups = list(flagged.c)[:6]
    counters = (sa.cast(sa.func.sum(counter), sa.BigInteger) for counter in list(flagged.c)[6:])
    return sa.select(*groups, *counters).group_by(*groups)


_KIND_TOTALS: Final = Query(_kind_total, _kind_totals)


def kind_totals(reader: Reader, book_ids: Sequence[int]) -> list[KindTotal]:
    """The counters of books' accounts, summed by kind, line and bank account."""
    return reader.among(_KIND_TOTALS, "books", book_ids)


def _code_counters(code: str, kind: str, *counters: int) -> Balance:
    return Balance(code, kind, counters=counters)


_BY_CODE: Final = Query(
    _code_counters,
    lambda: sa.select(
        col(Account.code),
        col(Account.kind),
        col(Account.debits_posted),
        col(Account.credits_posted),
        col(Account.debits_pending),
        col(Account.credits_pending),
    ).where(
        col(Account.book_id) == sa.bindparam("book"),
        col(Account.code).in_(sa.bindparam("codes", expanding=True)),
    ),
)


def balances_of(reader: Reader, book_id: int, codes: Sequence[str]) -> dict[str, Balance]:
    """The balances of a book's accounts by their codes; an account nobody has used yet is left out."""
    return {one.code: one for one in reader.among(_BY_CODE, "codes", codes, book=book_id)}


@dataclass(frozen=True, slots=True)
class RecipeTotal:
    """What a recipe moved on one budget line (or on none) of a book, net of reversals; in minor units."""

    book_id: int
    recipe: str
    line_id: Key | None
    amount: int


def _recipe_totals() -> Any:
    side = sa.func.coalesce(col(Transfer.memo_credit_id), col(Transfer.debit_id))
    signed = sa.case(
        (col(Transfer.reverses_seq).is_(None), col(Transfer.amount)), else_=-col(Transfer.amount)
    )
    return (
        sa.select(
            col(Transfer.book_id),
            col(Transfer.recipe),
            col(Account.line_id),
            sa.cast(sa.func.sum(signed), sa.BigInteger),
        )
        .select_from(sa.join(Transfer, Account, col(Account.id) == side))
        .where(
            col(Transfer.book_id).in_(sa.bindparam("books", expanding=True)),
            col(Transfer.phase).in_(("post", "settle")),
        )
        .group_by(col(Transfer.book_id), col(Transfer.recipe), col(Account.line_id))
    )


_RECIPE_TOTALS: Final = Query(RecipeTotal, _recipe_totals)


def recipe_totals(reader: Reader, book_ids: Sequence[int]) -> list[RecipeTotal]:
    """What every recipe moved in these books, by budget line; holds and failed payments are left out."""
    return reader.among(_RECIPE_TOTALS, "books", book_ids)
