"""What the results of payments and refunds share: holds still open, lists that are finished, demands answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.endings import open_demands_on
from seedfund.grants.queries.grants import GrantRow, parts_of
from seedfund.grants.queries.payments import STILL_IN_FLIGHT, HeldPart, PaymentRow, held_parts
from seedfund.grants.rules.states import REFUND_DEMAND_STATES
from seedfund.grants.tables.endings import RefundDemand
from seedfund.grants.tables.payments import DisbursementPart, PaymentList
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import HOLDERS
from seedfund.ledger.rules.positions import PartPosition, shared
from seedfund.ledger.rules.posting import Hold
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

SETTLE_PART: Final = Write(
    lambda: (
        sa.update(DisbursementPart)
        .where(
            col(DisbursementPart.disbursement_id) == sa.bindparam("this_payment"),
            col(DisbursementPart.part_id) == sa.bindparam("this_part"),
        )
        .values(delivered_minor=sa.bindparam("new_delivered"), hold_seq=sa.bindparam("new_seq"))
    )
)
FINISH: Final = Query(
    str,
    lambda: (
        sa.update(PaymentList)
        .where(col(PaymentList.id) == sa.bindparam("this_id"), col(PaymentList.state) == "released")
        .values(state="finished", finished_on=sa.bindparam("new_on"))
        .returning(col(PaymentList.number))
    ),
)
ANSWER: Final = Write(
    lambda: (
        sa.update(RefundDemand)
        .where(col(RefundDemand.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            resolved_on=sa.bindparam("new_on"),
            resolved_by=sa.bindparam("new_by"),
        )
    )
)


def bank_day(unit: Unit, told: date | None) -> date:
    """The bank's day of what it did: the day of the command unless told.

    Raises:
        InvalidInput: it lies in the future.
    """
    value_date = told or unit.occurred_on
    if value_date > unit.work.today():
        raise InvalidInput(
            field="value_date", problem=f"{value_date} lies in the future", remedy="give the bank's day"
        )
    return value_date


def holds_of(unit: Unit, payments: Sequence[PaymentRow]) -> dict[Key, list[Hold]]:
    """The holds of those payments that are in flight, in order of book and row, read book by book."""
    in_flight = [payment.id for payment in payments if payment.facts.is_in_flight]
    wanted: dict[int, dict[int, Key]] = {}
    for payment_id, parts in held_parts(unit, in_flight).items():
        for part in parts:
            if part.hold_seq is not None:
                wanted.setdefault(part.book_id, {})[part.hold_seq] = payment_id
    found: dict[Key, list[Hold]] = {payment.id: [] for payment in payments}
    for book_id, seqs in sorted(wanted.items()):
        for hold in sorted(holds(unit, book_id, list(seqs)), key=_seq):
            found[seqs[hold.seq]].append(hold)
    return found


def _seq(hold: Hold) -> int:
    return hold.seq


def unheld_shares(
    unit: Unit, payment: PaymentRow, parts: Sequence[HeldPart], amount: int
) -> list[tuple[int, int]]:
    """Book and amount of money for which nothing was held: by what each part was to pay and did not, the rest first.

    A payment that was never released has no parts; its money is of the grant's first book.
    """
    if not parts:
        return [(parts_of(unit, [payment.grant_id])[payment.grant_id][0].book_id, amount)]
    amounts = list(shared(amount, [part.amount_minor - part.delivered_minor for part in parts]))
    amounts[0] += amount - sum(amounts)
    return [(part.book_id, minor) for part, minor in zip(parts, amounts, strict=True) if minor]


def finish_lists(unit: Unit, list_ids: Iterable[Key]) -> None:
    """A list is finished when nothing of it is on the way any more."""
    for list_id in dict.fromkeys(list_ids):
        if unit.one(STILL_IN_FLIGHT, list=list_id) == 0:
            number = unit.first(FINISH, this_id=list_id, new_on=unit.occurred_on)
            if number is not None:
                unit.changed("sf_payment_list", number, {"state": "released"}, {"state": "finished"})


def settle_demands(unit: Unit, grant: GrantRow, *, state: str) -> list[str]:
    """Close the demands that the claims of a grant no longer reach, oldest first; returns their numbers.

    What is still claimed of a holder lies on the newest demands on that holder: what the participant pays back closes
    no demand on the supplier. Call it after the ledger took the claims down; `state` says what answered them: settled,
    lifted or written_off.
    """
    stands = positions(unit, [grant.id])[grant.id]
    return [
        number for holder in HOLDERS for number in _settle_of(unit, grant, stands, holder=holder, state=state)
    ]


def _settle_of(
    unit: Unit, grant: GrantRow, stands: Sequence[PartPosition], *, holder: str, state: str
) -> list[str]:
    demands = open_demands_on(unit, grant.id, holder)
    if not demands:
        return []
    claimed = sum(at.claims.get(holder, 0) for at in stands)
    answered = sum(demand.amount_minor for demand in demands) - claimed
    closed = []
    for demand in demands:
        if answered < demand.amount_minor:
            break
        answered -= demand.amount_minor
        answer_demand(unit, demand.id, demand.number, state=state, on=unit.occurred_on)
        closed.append(demand.number)
    return closed


def answer_demand(unit: Unit, demand_id: Key, number: str, *, state: str, on: date) -> None:
    """Close one open demand."""
    REFUND_DEMAND_STATES.require("open", state, which=number)
    unit.execute(ANSWER, this_id=demand_id, new_state=state, new_on=on, new_by=unit.actor.id)
    unit.changed("sf_refund_demand", number, {"state": "open"}, {"state": state})
