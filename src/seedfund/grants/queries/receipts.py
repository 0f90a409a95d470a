"""Receipts and handover acts with what of them was accepted, applied and still waits, in batches of grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.states import ACCEPTED
from seedfund.grants.tables.justification import (
    EvidenceUse,
    HandoverAct,
    Justification,
    JustificationLine,
)
from seedfund.grants.tables.payments import Disbursement, Payee
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.store.statements import Query, Reader


def _of_holder() -> Any:
    """A line with the payee whose delivery it stands for, where it is an act of goods that a supplier was paid for."""
    return (
        sa.select(JustificationLine)
        .select_from(JustificationLine)
        .outerjoin(HandoverAct, col(HandoverAct.id) == col(JustificationLine.act_id))
        .outerjoin(Disbursement, col(Disbursement.id) == col(HandoverAct.disbursement_id))
        .outerjoin(Payee, col(Payee.id) == col(Disbursement.payee_id))
    )


def _holder(kind: str | None) -> str:
    return SUPPLIER if kind == "supplier" else PARTICIPANT


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An accepted line, in minor units: what was accepted of it, what of that is applied, and to whose advance."""

    id: Key
    grant_id: Key
    holder: str
    accepted: int
    applied: int

    @property
    def rest(self) -> int:
        """What waits for a delivery."""
        return self.accepted - self.applied


def applied_by_line() -> Any:
    """How much of each line was applied to advances, as a table of `line_id` and `applied` to be joined."""
    return (
        sa.select(
            col(EvidenceUse.line_id).label("line_id"),
            sa.cast(sa.func.sum(col(EvidenceUse.amount_minor)), sa.BigInteger).label("applied"),
        )
        .group_by(col(EvidenceUse.line_id))
        .subquery()
    )


def _waiting() -> Any:
    used = applied_by_line()
    applied = sa.func.coalesce(used.c.applied, 0)
    return (
        _of_holder()
        .outerjoin(used, used.c.line_id == col(JustificationLine.id))
        .with_only_columns(
            col(JustificationLine.id),
            col(JustificationLine.grant_id),
            col(Payee.kind),
            col(JustificationLine.accepted_minor),
            sa.cast(applied, sa.BigInteger),
        )
        .where(
            col(JustificationLine.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(JustificationLine.state).in_(ACCEPTED),
            col(JustificationLine.accepted_minor) > applied,
        )
        .order_by(col(JustificationLine.reviewed_at), col(JustificationLine.id))
    )


PAYMENTS_OF_ACTS: Final = Query(
    lambda act, payment: (Key(act), Key(payment)),
    lambda: sa.select(col(HandoverAct.id), col(HandoverAct.disbursement_id)).where(
        col(HandoverAct.grant_id) == sa.bindparam("grant"), col(HandoverAct.disbursement_id).is_not(None)
    ),
)
WAITING: Final = Query(
    lambda key, grant, kind, accepted, applied: WaitingLine(
        Key(key), Key(grant), _holder(kind), int(accepted), int(applied)
    ),
    _waiting,
)


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """What of a line stands applied to one part."""

    line_id: Key
    part_id: Key
    holder: str
    amount: int


APPLIED: Final = Query(
    lambda line, part, kind, amount: AppliedLine(Key(line), Key(part), _holder(kind), int(amount)),
    lambda: (
        _of_holder()
        .join(EvidenceUse, col(EvidenceUse.line_id) == col(JustificationLine.id))
        .with_only_columns(
            col(EvidenceUse.line_id),
            col(EvidenceUse.part_id),
            col(Payee.kind),
            sa.cast(sa.func.sum(col(EvidenceUse.amount_minor)), sa.BigInteger),
        )
        .where(col(JustificationLine.grant_id) == sa.bindparam("grant"))
        .group_by(col(EvidenceUse.line_id), col(EvidenceUse.part_id), col(Payee.kind))
        .having(sa.func.sum(col(EvidenceUse.amount_minor)) > 0)
        .order_by(sa.func.max(col(EvidenceUse.recorded_at)).desc(), col(EvidenceUse.line_id).desc())
    ),
)


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A line as stored, its details left sealed."""

    id: Key
    justification_id: Key
    position: int
    grant_id: Key
    plan_version_id: Key | None
    plan_line: int | None
    act_id: Key | None
    kind: str
    description: str
    duplicate_of: Key | None
    document_on: date
    amount_minor: int
    file_sha256: str | None
    state: str
    accepted_minor: int
    own_minor: int
    observation: str
    recorded_by: Key
    reviewed_on: date | None
    reviewed_by: Key | None


def _receipts() -> Any:
    return sa.select(*(col(getattr(JustificationLine, name)) for name in ReceiptRow.__slots__))


RECEIPT: Final = Query(
    ReceiptRow,
    lambda: (
        _receipts()
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .where(
            col(Justification.programme_id) == sa.bindparam("programme"),
            col(Justification.number) == sa.bindparam("number"),
            col(JustificationLine.position) == sa.bindparam("position"),
        )
    ),
)
RECEIPTS: Final = Query(
    ReceiptRow,
    lambda: (
        _receipts()
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .where(col(JustificationLine.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Justification.number), col(JustificationLine.position))
    ),
)
PLACE: Final = Query(
    lambda key, number, position, state: (Key(key), f"{number}/{position}", str(state)),
    lambda: (
        sa.select(
            col(JustificationLine.id),
            col(Justification.number),
            col(JustificationLine.position),
            col(JustificationLine.state),
        )
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .where(col(JustificationLine.id).in_(sa.bindparam("ids", expanding=True)))
    ),
)


def waiting_lines(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[WaitingLine]]:
    """Accepted lines that go beyond the open advance, by grant, oldest review first; grants without any are absent."""
    result: dict[Key, list[WaitingLine]] = {}
    for row in reader.among(WAITING, "ids", list(dict.fromkeys(grant_ids))):
        result.setdefault(row.grant_id, []).append(row)
    return result


def receipt(reader: Reader, programme: Key, number: str, position: int) -> ReceiptRow:
    """A line by its justification's number and its place.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(RECEIPT, programme=programme, number=number.strip().upper(), position=position)
    if found is None:
        raise NotFound(what="receipt", which=f"{number}/{position}")
    return found


def receipts_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[ReceiptRow]]:
    """Every line of grants, in the order of their numbers and places."""
    result: dict[Key, list[ReceiptRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(RECEIPTS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def place_of(reader: Reader, line_id: Key) -> tuple[str, str]:
    """A line's number and place as people name it, and its state."""
    _, place, state = reader.all(PLACE, ids=[line_id])[0]
    return place, state
