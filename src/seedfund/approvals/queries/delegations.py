"""Reads of delegations: who may decide up to which amount, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import DelegationFacts
from seedfund.approvals.tables import Delegation
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.store.statements import Query, Reader


def _delegation_facts(actor_id: Key | None, role: str, ceiling_minor: int, currency: str) -> DelegationFacts:
    return DelegationFacts(actor_id, Role(role), Money(ceiling_minor, currency))


_DELEGATIONS: Final = Query(
    _delegation_facts,
    lambda: sa.select(
        col(Delegation.actor_id),
        col(Delegation.role),
        col(Delegation.ceiling_minor),
        col(Delegation.currency),
    ).where(
        col(Delegation.programme_id) == sa.bindparam("programme"),
        sa.or_(col(Delegation.actor_id).is_(None), col(Delegation.actor_id) == sa.bindparam("actor")),
        col(Delegation.from_day) <= sa.bindparam("on_day", type_=sa.Date),
        col(Delegation.until_day) > sa.bindparam("on_day", type_=sa.Date),
    ),
)


def delegations_for(reader: Reader, programme: Key, actor_id: Key, day: date) -> list[DelegationFacts]:
    """The delegations in force on a day to a person, and those to everybody of a role."""
    return reader.all(_DELEGATIONS, programme=programme, actor=actor_id, on_day=day)


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation as lists show it."""

    id: Key
    number: str
    actor_id: Key | None
    role: str
    ceiling_minor: int
    currency: str
    from_day: date
    until_day: date
    approved_by: Key


def _delegation_rows() -> Any:
    return sa.select(
        col(Delegation.id),
        col(Delegation.number),
        col(Delegation.actor_id),
        col(Delegation.role),
        col(Delegation.ceiling_minor),
        col(Delegation.currency),
        col(Delegation.from_day),
        col(Delegation.until_day),
        col(Delegation.approved_by),
    ).where(col(Delegation.programme_id) == sa.bindparam("programme"))


DELEGATION_BY_NUMBER: Final = Query(
    DelegationRow,
    lambda: _delegation_rows().where(col(Delegation.number) == sa.bindparam("number")).with_for_update(),
)
_DELEGATION_ROWS: Final = Query(DelegationRow, lambda: _delegation_rows().order_by(col(Delegation.number)))


def list_delegations(reader: Reader, programme: Key) -> list[DelegationRow]:
    """Every delegation ever given, by number."""
    return reader.all(_DELEGATION_ROWS, programme=programme)
