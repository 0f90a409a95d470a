"""Goods handed over to a participant: an act with its items, and one receipt an item for another person to accept.

Until an act is accepted the supplier who was paid has to account for the money; accepted before that payment, it waits
for it (accounting: rows 16 and 21, finding 8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.payments import payments_by_number
from seedfund.grants.rules.handing import check_witness, item_total, quantity_thousandths
from seedfund.grants.rules.words import DocumentKind
from seedfund.grants.service.common import load_grant
from seedfund.grants.service.justifications import line_row, plan_items, write_justification
from seedfund.grants.tables.justification import HandoverAct, HandoverItem, JustificationLine
from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import participant_by_number
from seedfund.store.audit import fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.programmes import list_actors
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

SERIES: Final = "AE"
PAPER: Final = Write(
    lambda: (
        sa.update(HandoverAct)
        .where(col(HandoverAct.id) == sa.bindparam("this_id"))
        .values(paper_id=sa.bindparam("new_paper"), paper_hash=sa.bindparam("new_hash"))
    )
)
ACT: Final = Query(
    lambda key, number, paper: (Key(key), str(number), paper),
    lambda: sa.select(col(HandoverAct.id), col(HandoverAct.number), col(HandoverAct.paper_hash)).where(
        col(HandoverAct.programme_id) == sa.bindparam("programme"),
        col(HandoverAct.number) == sa.bindparam("number"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class HandedItem:
    """A thing handed over: how much of it, what one is worth, its plan line, serial number and condition."""

    description: str
    quantity: Decimal
    unit_value: Money
    unit: str = ""
    plan_line: int | None = None
    serial: str = ""
    condition: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordHandover(Command):
    """Goods handed over to a participant.

    `payment` is the payment of the supplier they came from; an act without it is never accepted. `delivered_by` and
    `witnessed_by` are handles of the team (who acts, if not given; nobody). `people` names others who were there,
    sealed. `discrepancy` says what was missing.
    """

    grant: str
    receiver: str
    items: tuple[HandedItem, ...]
    payment: str = ""
    delivered_by: str = ""
    witnessed_by: str = ""
    people: Secret | None = None
    place: str = ""
    discrepancy: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverRecorded:
    """The act's number, the justification its items stand on (empty when they are worth nothing), and their value."""

    number: str
    justification: str
    total: Money


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with its quantity in thousandths and its value."""

    told: HandedItem
    thousandths: int
    total: Money


@verb(
    "grants.record_handover",
    roles=(*(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT), Role.PROGRAMME_MANAGER),
)
def record_handover(unit: Unit, command: RecordHandover) -> HandoverRecorded:
    """Take in a handover; each item is a receipt that another person reviews.

    Raises:
        NotFound: there is no such grant, participant, payment or actor.
        InvalidInput: an item has no quantity, another currency, or a place the plan does not have.
        Refused: `witness_delivered`.
    """
    grant = load_grant(unit, command.grant)
    items = _items(unit, grant, command.items)
    receiver = participant_by_number(unit, unit.programme.id, command.receiver.strip()).id
    deliverer = _actor(unit, command.delivered_by) or unit.actor.id
    witness = _actor(unit, command.witnessed_by)
    refuse(check_witness(grant.number, is_deliverer=witness == deliverer))
    whole = total((item.total for item in items), grant.currency)
    act_id, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        HandoverAct,
        id=act_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        disbursement_id=_payment(unit, grant, command.payment),
        receiver_id=receiver,
        delivered_by=deliverer,
        witnessed_by=witness,
        people=_people(unit, grant, command.people, act_id),
        place=command.place.strip(),
        handed_on=unit.occurred_on,
        total_minor=whole.minor,
        discrepancy=command.discrepancy.strip(),
        paper_id=None,
        paper_hash=None,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.insert_many(
        HandoverItem, [_item_row(grant, act_id, place, item) for place, item in enumerate(items, start=1)]
    )
    unit.created("sf_handover_act", number, {"grant": grant.number, "total": str(whole)})
    justification = _write_lines(
        unit, grant, [item for item in items if item.total], act_id=act_id, number=number
    )
    return HandoverRecorded(number=number, justification=justification, total=whole)


def _items(unit: Unit, grant: GrantRow, told: Sequence[HandedItem]) -> list[_Item]:
    if not told:
        raise InvalidInput(field="items", problem="there is none", remedy="list what was handed over")
    lines: Mapping[int, object] = plan_items(unit, grant)
    result = []
    for row, item in enumerate(told, start=1):
        if item.unit_value.currency != grant.currency or item.unit_value.minor < 0:
            raise InvalidInput(
                field="unit_value",
                problem=f"{item.unit_value} is no value in {grant.currency}",
                remedy=f"give zero or more in {grant.currency}",
                row=row,
            )
        if item.plan_line is not None and item.plan_line not in lines:
            raise InvalidInput(
                field="plan_line",
                problem=f"the plan of {grant.number} has no line {item.plan_line}",
                remedy="use one of " + ", ".join(map(str, lines))
                if lines
                else "leave it out: that plan has no lines",
                row=row,
            )
        thousandths = quantity_thousandths(item.quantity, row=row)
        result.append(_Item(item, thousandths, item_total(item.unit_value, thousandths)))
    return result


def _actor(unit: Unit, handle: str) -> Key | None:
    if not handle.strip():
        return None
    wanted = fold_handle(handle)
    for one in list_actors(unit.work):
        if one.handle == wanted:
            return one.id
    raise NotFound(what="actor", which=handle)


def _payment(unit: Unit, grant: GrantRow, number: str) -> Key | None:
    """The payment the goods came from; one of another grant is a slip of the pen."""
    if not number.strip():
        return None
    (row,) = payments_by_number(unit, unit.programme.id, [number]).values()
    if row.grant_id != grant.id:
        raise InvalidInput(
            field="payment",
            problem=f"{row.number} is a payment of {row.grant}",
            remedy=f"name a payment of {grant.number}",
        )
    return row.id


def _people(unit: Unit, grant: GrantRow, people: Secret | None, act_id: Key) -> bytes | None:
    if people is None:
        return None
    unit.owns(grant.participant_id, people)
    return unit.vault(grant.participant_id).seal(people, Place("sf_handover_act", act_id, "people"))


def _item_row(grant: GrantRow, act_id: Key, position: int, item: _Item) -> dict[str, Any]:
    told = item.told
    return {
        "act_id": act_id,
        "position": position,
        "plan_version_id": None if told.plan_line is None else grant.plan_version_id,
        "plan_line": told.plan_line,
        "description": told.description.strip(),
        "unit": told.unit.strip(),
        "quantity_thousandths": item.thousandths,
        "unit_value_minor": told.unit_value.minor,
        "total_minor": item.total.minor,
        "serial": told.serial.strip(),
        "condition": told.condition.strip(),
    }


def _write_lines(unit: Unit, grant: GrantRow, items: Sequence[_Item], *, act_id: Key, number: str) -> str:
    """One receipt an item, so that each stands against its own plan line; the justification's number."""
    if not items:
        return ""
    justification, justification_id = write_justification(unit, grant)
    rows = [
        line_row(
            unit,
            grant,
            key=unit.key(),
            justification_id=justification_id,
            position=position,
            kind=DocumentKind.HANDOVER_ACT,
            plan_line=item.told.plan_line,
            description=item.told.description.strip(),
            document_on=unit.occurred_on,
            amount_minor=item.total.minor,
            act_id=act_id,
        )
        for position, item in enumerate(items, start=1)
    ]
    unit.insert_many(JustificationLine, rows)
    unit.created("sf_justification", justification, {"grant": grant.number, "act": number})
    return justification


def write_handover_paper(unit: Unit, number: str, *, paper_id: Key, paper_hash: str) -> None:
    """Tie an act to its paper on the register, for the area that issues papers.

    Raises:
        NotFound: there is no such act.
    """
    found = unit.first(ACT, programme=unit.programme.id, number=number.strip().upper())
    if found is None:
        raise NotFound(what="handover act", which=number)
    unit.execute(PAPER, this_id=found[0], new_paper=paper_id, new_hash=paper_hash)
    unit.changed("sf_handover_act", found[1], {"paper": found[2]}, {"paper": paper_hash})


COMMANDS: Final[tuple[Any, ...]] = (record_handover,)
