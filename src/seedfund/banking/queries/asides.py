"""What setting a statement aside asks: what others tell of it, what was proposed and entered from it, when it moved."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.banking.queries.facts import StatementRow
from seedfund.banking.rules import USABLE
from seedfund.banking.tables import (
    BankLine,
    BankMatch,
    BankMatchItem,
    BankMatchLine,
    BankStatement,
    BankStatementStep,
)
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.cash import keys_of_entries
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import CommandRecord

_OTHER_LINE: Final = aliased(BankLine)
_OTHER_STATEMENT: Final = aliased(BankStatement)
TOLD_BY_OTHERS: Final = Query(
    int,
    lambda: (
        sa.select(col(BankLine.position))
        .join(BankStatement, col(BankStatement.id) == col(BankLine.statement_id))
        .where(
            col(BankLine.statement_id) == sa.bindparam("statement"),
            sa.exists()
            .where(
                col(_OTHER_LINE.mark) == col(BankLine.mark),
                col(_OTHER_LINE.statement_id) == col(_OTHER_STATEMENT.id),
                col(_OTHER_STATEMENT.id) != col(BankStatement.id),
                col(_OTHER_STATEMENT.bank_account_id) == col(BankStatement.bank_account_id),
                col(_OTHER_STATEMENT.state).in_(USABLE),
            )
            .correlate(BankLine, BankStatement),
        )
        .order_by(col(BankLine.position))
    ),
)
"""The lines of a statement that another one that counts tells in the same words."""
_PROPOSED: Final = Query(
    lambda number, is_by_hand, entry: (str(number), Key(entry) if entry and is_by_hand else None),
    lambda: (
        sa.select(col(BankMatch.number), col(BankMatch.is_by_hand), col(BankMatchItem.entry_id))
        .select_from(BankMatchLine)
        .join(BankMatch, col(BankMatch.id) == col(BankMatchLine.match_id))
        .join(BankStatement, col(BankStatement.id) == col(BankMatchLine.statement_id))
        .outerjoin(BankMatchItem, col(BankMatchItem.match_id) == col(BankMatch.id))
        .where(
            col(BankMatch.programme_id) == sa.bindparam("programme"),
            col(BankStatement.number) == sa.bindparam("number"),
            col(BankMatch.state) == "proposed",
        )
        .order_by(col(BankMatch.number))
    ),
)
_ENTERED: Final = Query(
    str,
    lambda: sa.select(col(CommandRecord.key)).where(
        col(CommandRecord.programme_id) == sa.bindparam("programme"),
        col(CommandRecord.operation) == "banking.enter_line",
        col(CommandRecord.key).in_(sa.bindparam("keys", expanding=True)),
    ),
)


def proposals_of(reader: Reader, programme: Key, statement: str) -> Mapping[str, bool]:
    """The proposals that name lines of a statement, and whether each is of what was entered from its line."""
    rows = reader.all(_PROPOSED, programme=programme, number=statement)
    keys = keys_of_entries(reader, [entry for _, entry in rows if entry is not None])
    entered = set(reader.among(_ENTERED, "keys", list(dict.fromkeys(keys.values())), programme=programme))
    found: dict[str, bool] = {}
    for number, entry in rows:
        found[number] = found.get(number, False) or (entry is not None and keys[entry] in entered)
    return found


MOVES: Final = Query(
    lambda at, state, reason: (at, state == "set_aside", reason),
    lambda: (
        sa.select(
            col(BankStatementStep.recorded_at),
            col(BankStatementStep.to_state),
            col(BankStatementStep.reason),
        )
        .where(
            col(BankStatementStep.statement_id) == sa.bindparam("statement"),
            sa.or_(
                col(BankStatementStep.from_state).in_(("recorded", "set_aside")),
                col(BankStatementStep.to_state) == "set_aside",
            ),
        )
        .order_by(col(BankStatementStep.position))
    ),
)
"""When a statement came in, was set aside and brought back: whether it is aside since, and why."""


def aside_because(reader: Reader, statement: StatementRow) -> str | None:
    """Why a statement is set aside; None where it is not."""
    if statement.state != "set_aside":
        return None
    return str(reader.all(MOVES, statement=statement.id)[-1][2])
