"""The history of budgets: what was allotted, revised and cut, and what of that was taken back. Reads only."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.tables import BudgetChange, BudgetLine
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class BudgetChangeRow:
    """What changed a budget: the line, the line it went to (in a revision), why, and the entry that took it back."""

    move: str
    line_id: Key
    to_line_id: Key | None
    amount_minor: int
    reason: str
    occurred_on: date
    entry_id: Key
    recorded_by: Key
    reversed_by: str = ""


_CHANGES: Final = Query(
    BudgetChangeRow,
    lambda: (
        sa.select(
            col(BudgetChange.move),
            col(BudgetChange.line_id),
            col(BudgetChange.to_line_id),
            col(BudgetChange.amount_minor),
            col(BudgetChange.reason),
            col(BudgetChange.occurred_on),
            col(BudgetChange.entry_id),
            col(BudgetChange.recorded_by),
        )
        .select_from(sa.join(BudgetChange, BudgetLine, col(BudgetChange.line_id) == col(BudgetLine.id)))
        .where(col(BudgetLine.fund_id) == sa.bindparam("fund_id"))
        .order_by(col(BudgetChange.recorded_at), col(BudgetChange.id))
    ),
)


def budget_changes(reader: Reader, fund_id: Key) -> list[BudgetChangeRow]:
    """Allotments, revisions and cuts of a fund, in the order they were recorded."""
    rows = reader.all(_CHANGES, fund_id=fund_id)
    undone = reversals_of(reader, [row.entry_id for row in rows])
    return [replace(row, reversed_by=undone.get(row.entry_id, "")) for row in rows]
