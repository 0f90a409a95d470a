"""What the papers after an agreement have to say of handovers and refunds; names come out as secrets. Reads only."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.payees import payees_of
from seedfund.grants.queries.payments import PAYMENTS_OF_GRANTS
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import RefundReceived, RefundReceivedPart
from seedfund.grants.tables.justification import HandoverAct, HandoverItem
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.unit import open_vault
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A handover act as stored, who else was there left sealed."""

    id: Key
    number: str
    grant_id: Key
    currency: str
    disbursement_id: Key | None
    receiver_id: Key
    delivered_by: Key
    witnessed_by: Key | None
    place: str
    handed_on: date
    total_minor: int
    discrepancy: str
    paper_id: Key | None


ACT: Final = Query(
    HandoverRow,
    lambda: (
        sa.select(
            col(HandoverAct.id),
            col(HandoverAct.number),
            col(HandoverAct.grant_id),
            col(Grant.currency),
            col(HandoverAct.disbursement_id),
            col(HandoverAct.receiver_id),
            col(HandoverAct.delivered_by),
            col(HandoverAct.witnessed_by),
            col(HandoverAct.place),
            col(HandoverAct.handed_on),
            col(HandoverAct.total_minor),
            col(HandoverAct.discrepancy),
            col(HandoverAct.paper_id),
        )
        .join(Grant, col(Grant.id) == col(HandoverAct.grant_id))
        .where(
            col(HandoverAct.programme_id) == sa.bindparam("programme"),
            col(HandoverAct.number) == sa.bindparam("number"),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class HandoverItemRow:
    """A thing handed over, in thousandths of its unit and minor units of the grant's currency."""

    description: str
    unit: str
    quantity_thousandths: int
    unit_value_minor: int
    total_minor: int
    serial: str
    condition: str


ITEMS: Final = Query(
    HandoverItemRow,
    lambda: (
        sa.select(*(col(getattr(HandoverItem, name)) for name in HandoverItemRow.__slots__))
        .where(col(HandoverItem.act_id) == sa.bindparam("act"))
        .order_by(col(HandoverItem.position))
    ),
)


@dataclass(frozen=True, kw_only=True)
class HandoverFacts:
    """A handover act with its items and, when a supplier was paid for the goods, the supplier's name."""

    row: HandoverRow
    items: tuple[HandoverItemRow, ...]
    supplier: str


def handover_facts(reader: Reader, programme: Key, number: str) -> HandoverFacts:
    """All that the paper of a handover says beside names.

    Raises:
        NotFound: there is no such act in the programme.
    """
    row = reader.first(ACT, programme=programme, number=number.strip().upper())
    if row is None:
        raise NotFound(what="handover act", which=number)
    return HandoverFacts(row=row, items=tuple(reader.all(ITEMS, act=row.id)), supplier=_supplier(reader, row))


def _supplier(reader: Reader, row: HandoverRow) -> str:
    if row.disbursement_id is None:
        return ""
    payments = reader.all(PAYMENTS_OF_GRANTS, ids=[row.grant_id])
    payee = next((one.payee_id for one in payments if one.id == row.disbursement_id), None)
    return next(
        (one.supplier for one in payees_of(reader, [row.grant_id])[row.grant_id] if one.id == payee), ""
    )


@dataclass(frozen=True, slots=True)
class RefundStored:
    """Money that came back, who brought it left sealed."""

    id: Key
    number: str
    grant_id: Key
    currency: str
    method: str
    amount_minor: int
    received_on: date
    payer: bytes | None
    received_by: Key

    @property
    def amount(self) -> Money:
        """What came."""
        return Money(self.amount_minor, self.currency)


REFUND: Final = Query(
    RefundStored,
    lambda: (
        sa.select(
            col(RefundReceived.id),
            col(RefundReceived.number),
            col(RefundReceived.grant_id),
            col(Grant.currency),
            col(RefundReceived.method),
            col(RefundReceived.amount_minor),
            col(RefundReceived.received_on),
            col(RefundReceived.payer),
            col(RefundReceived.received_by),
        )
        .join(Grant, col(Grant.id) == col(RefundReceived.grant_id))
        .where(
            col(RefundReceived.programme_id) == sa.bindparam("programme"),
            col(RefundReceived.number) == sa.bindparam("number"),
        )
    ),
)
CLAIMS: Final = Query(
    lambda number, entry, minor: (str(number), Key(entry), int(minor or 0)),
    lambda: (
        sa.select(
            col(RefundReceived.number),
            col(RefundReceived.entry_id),
            sa.cast(sa.func.sum(col(RefundReceivedPart.claims_minor)), sa.BigInteger),
        )
        .outerjoin(RefundReceivedPart, col(RefundReceivedPart.refund_id) == col(RefundReceived.id))
        .where(col(RefundReceived.grant_id) == sa.bindparam("grant"))
        .group_by(col(RefundReceived.number), col(RefundReceived.entry_id), col(RefundReceived.recorded_at))
        .order_by(col(RefundReceived.recorded_at), col(RefundReceived.number))
    ),
)


@dataclass(frozen=True, kw_only=True)
class RefundFacts:
    """A refund, what of it answered demands, what the refunds after it answered, and the entry that undid it."""

    row: RefundStored
    answered: Money
    answered_later: Money
    undone_by: str = ""


def refund_facts(reader: Reader, programme: Key, number: str) -> RefundFacts:
    """All that an official receipt says beside names.

    Raises:
        NotFound: there is no such refund in the programme.
    """
    row = reader.first(REFUND, programme=programme, number=number.strip().upper())
    if row is None:
        raise NotFound(what="refund", which=number)
    found = reader.all(CLAIMS, grant=row.grant_id)
    undone = reversals_of(reader, [entry for _, entry, _ in found])
    claims = {number: 0 if entry in undone else minor for number, entry, minor in found}
    own = next(entry for number, entry, _ in found if number == row.number)
    numbers = list(claims)
    later = numbers[numbers.index(row.number) + 1 :]
    return RefundFacts(
        row=row,
        answered=Money(claims[row.number], row.currency),
        answered_later=Money(sum(claims[one] for one in later), row.currency),
        undone_by=undone.get(own, ""),
    )


_OWNER: Final = Query(
    Key, lambda: sa.select(col(Grant.participant_id)).where(col(Grant.id) == sa.bindparam("grant"))
)


def payer_of(work: Work, row: RefundStored) -> Secret | None:
    """Who brought the money, when that was somebody else than the owner.

    Raises:
        NotFound: the owner was erased.
        Corrupt: the sealed name does not open in its place.
    """
    if row.payer is None:
        return None
    reader = work.reader()
    grant = reader.one(_OWNER, grant=row.grant_id)
    return open_vault(reader, work, grant).open(row.payer, Place("sf_refund_received", row.id, "payer"))
