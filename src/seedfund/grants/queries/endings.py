"""Demands, refunds, write-offs, close-outs and life events of grants, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.endings import (
    CloseOut,
    LifeEvent,
    RefundDemand,
    RefundDemandPart,
    RefundReceived,
    WriteOff,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.parts import debtors
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand as stored."""

    id: Key
    number: str
    grant_id: Key
    reason: str
    amount_minor: int
    due_on: date
    state: str
    demanded_on: date
    demanded_by: Key


def _demands() -> Any:
    return sa.select(*(col(getattr(RefundDemand, name)) for name in DemandRow.__slots__))


DEMAND_BY_NUMBER: Final = Query(
    DemandRow,
    lambda: _demands().where(
        col(RefundDemand.programme_id) == sa.bindparam("programme"),
        col(RefundDemand.number) == sa.bindparam("number"),
    ),
)
OPEN_DEMANDS: Final = Query(
    DemandRow,
    lambda: (
        _demands()
        .where(col(RefundDemand.grant_id) == sa.bindparam("grant"), col(RefundDemand.state) == "open")
        .order_by(col(RefundDemand.demanded_on), col(RefundDemand.id))
    ),
)
DEMAND_ENTRIES: Final = Query(
    lambda demand, entry: (Key(demand), Key(entry)),
    lambda: sa.select(col(RefundDemandPart.demand_id), col(RefundDemandPart.entry_id)).where(
        col(RefundDemandPart.demand_id).in_(sa.bindparam("ids", expanding=True))
    ),
)
DEMANDS: Final = Query(
    DemandRow,
    lambda: (
        _demands()
        .where(col(RefundDemand.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(RefundDemand.demanded_on), col(RefundDemand.id))
    ),
)


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money that came back, with its official receipt."""

    number: str
    grant_id: Key
    method: str
    bank_account_id: Key
    amount_minor: int
    excess_minor: int
    received_on: date
    entry_id: Key
    received_by: Key


REFUNDS: Final = Query(
    RefundRow,
    lambda: (
        sa.select(*(col(getattr(RefundReceived, name)) for name in RefundRow.__slots__))
        .where(col(RefundReceived.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(RefundReceived.number))
    ),
)


@dataclass(frozen=True, slots=True)
class WriteOffRow:
    """Money given up in one part of a grant."""

    entry_id: Key
    number: str
    grant_id: Key
    part_id: Key
    amount_minor: int
    reason: str
    written_on: date
    requested_by: Key
    authorised_by: Key


WRITE_OFFS: Final = Query(
    WriteOffRow,
    lambda: (
        sa.select(*(col(getattr(WriteOff, name)) for name in WriteOffRow.__slots__))
        .where(col(WriteOff.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(WriteOff.number))
    ),
)


@dataclass(frozen=True, slots=True)
class CloseOutRow:
    """A closing statement: its figures as canonical JSON, and its paper once it is issued."""

    id: Key
    number: str
    grant_id: Key
    outcome: str
    figures: str
    closed_on: date
    closed_by: Key
    paper_id: Key | None
    paper_hash: str | None


def _close_outs() -> Any:
    return sa.select(*(col(getattr(CloseOut, name)) for name in CloseOutRow.__slots__))


CLOSE_OUT_BY_NUMBER: Final = Query(
    CloseOutRow,
    lambda: _close_outs().where(
        col(CloseOut.programme_id) == sa.bindparam("programme"),
        col(CloseOut.number) == sa.bindparam("number"),
    ),
)
CLOSE_OUTS: Final = Query(
    CloseOutRow, lambda: _close_outs().where(col(CloseOut.grant_id).in_(sa.bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class LifeEventRow:
    """What happened, without its story."""

    number: str
    grant_id: Key
    kind: str
    happened_on: date
    recorded_by: Key


LIFE_EVENTS: Final = Query(
    LifeEventRow,
    lambda: (
        sa.select(*(col(getattr(LifeEvent, name)) for name in LifeEventRow.__slots__))
        .where(col(LifeEvent.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(LifeEvent.number))
    ),
)


def demand_by_number(reader: Reader, programme: Key, number: str) -> DemandRow:
    """The demand of a number. A verb locks its grant, and so everything of it.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(DEMAND_BY_NUMBER, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="refund demand", which=number)
    return found


def open_demands(reader: Reader, grant_id: Key) -> list[DemandRow]:
    """The demands of a grant that are not answered, oldest first."""
    return reader.all(OPEN_DEMANDS, grant=grant_id)


def demand_debtors(reader: Reader, demands: Sequence[DemandRow]) -> dict[Key, str]:
    """On whom each demand is: the participant, or the supplier of goods that were never handed over."""
    entries = dict(reader.among(DEMAND_ENTRIES, "ids", [demand.id for demand in demands]))
    holders = debtors(reader, list(entries.values()))
    return {demand: holders.get(entry, PARTICIPANT) for demand, entry in entries.items()}


def open_demands_on(reader: Reader, grant_id: Key, holder: str) -> list[DemandRow]:
    """The demands of a grant on one holder that nothing has answered, oldest first."""
    demands = open_demands(reader, grant_id)
    holders = demand_debtors(reader, demands)
    return [demand for demand in demands if holders.get(demand.id, PARTICIPANT) == holder]


def demands_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[DemandRow]]:
    """Every demand of grants, oldest first."""
    result: dict[Key, list[DemandRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(DEMANDS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def refunds_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[RefundRow]]:
    """Money that came back on grants, by official receipt."""
    result: dict[Key, list[RefundRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(REFUNDS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def write_offs_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[WriteOffRow]]:
    """What was given up on grants and not taken back."""
    result: dict[Key, list[WriteOffRow]] = {grant_id: [] for grant_id in grant_ids}
    rows = reader.among(WRITE_OFFS, "ids", list(result))
    undone = reversals_of(reader, [row.entry_id for row in rows])
    for row in rows:
        if row.entry_id not in undone:
            result[row.grant_id].append(row)
    return result


def life_events_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[LifeEventRow]]:
    """What happened to the participants of grants, in the order it was recorded."""
    result: dict[Key, list[LifeEventRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(LIFE_EVENTS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def close_out_by_number(reader: Reader, programme: Key, number: str) -> CloseOutRow:
    """The closing statement of a number.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(CLOSE_OUT_BY_NUMBER, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="close-out", which=number)
    return found


def close_outs_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, CloseOutRow]:
    """The closing statements of grants; one that is not closed has none."""
    return {row.grant_id: row for row in reader.among(CLOSE_OUTS, "ids", list(dict.fromkeys(grant_ids)))}
