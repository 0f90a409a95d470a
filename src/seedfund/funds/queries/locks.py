"""Locks on budget lines: who promises the money of one and who sets it aside take turns. Must not read amounts."""

from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.tables import BudgetLine
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query
from seedfund.store.unit import Unit

_LINE: Final = Query(
    Key,
    lambda: sa.select(col(BudgetLine.id)).where(col(BudgetLine.id) == sa.bindparam("id")).with_for_update(),
)


def lock_line(unit: Unit, line_id: Key) -> None:
    """Lock a budget line until the transaction ends; of several, in the order of their keys."""
    unit.one(_LINE, id=line_id)
