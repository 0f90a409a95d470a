"""When the bank showed what entries moved in an account, and in which line: for the cash book. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.banking.tables import BankLine, BankReconciledItem, BankReconciledLine, BankStatement
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class Cleared:
    """The day of the last line that shows an entry, and the lines by number."""

    on: date
    lines: tuple[str, ...]


_CLEARED: Final = Query(
    lambda entry, day, statement, position: (Key(entry), day, f"{statement}/{position}"),
    lambda: (
        sa.select(
            col(BankReconciledItem.entry_id),
            col(BankLine.counted_on),
            col(BankStatement.number),
            col(BankLine.position),
        )
        .join(BankReconciledLine, col(BankReconciledLine.match_id) == col(BankReconciledItem.match_id))
        .join(
            BankLine,
            sa.and_(
                col(BankLine.statement_id) == col(BankReconciledLine.statement_id),
                col(BankLine.position) == col(BankReconciledLine.line),
            ),
        )
        .join(BankStatement, col(BankStatement.id) == col(BankLine.statement_id))
        .where(
            col(BankReconciledItem.bank_account_id) == sa.bindparam("bank_account"),
            col(BankReconciledItem.is_standing).is_(True),
            col(BankReconciledLine.is_standing).is_(True),
            col(BankLine.counted_on) <= sa.bindparam("until", type_=sa.Date),
        )
        .order_by(col(BankReconciledItem.entry_id), col(BankStatement.number), col(BankLine.position))
    ),
)


def cleared_in(reader: Reader, bank_account: Key, *, until: date) -> Mapping[Key, Cleared]:
    """The entries of an account that lines up to a day show, as matched now."""
    found: dict[Key, Cleared] = {}
    for entry, day, line in reader.all(_CLEARED, bank_account=bank_account, until=until):
        before = found.get(entry, Cleared(day, ()))
        found[entry] = Cleared(max(before.on, day), (*before.lines, line))
    return found
