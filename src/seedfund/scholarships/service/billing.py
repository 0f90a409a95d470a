"""Bills of providers: taken in as they come, accepted line by line by another hand, or rejected with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow, grants_by_number
from seedfund.grants.queries.standing import TrancheFacts, tranche_facts
from seedfund.grants.rules.words import BILLED
from seedfund.grants.service.common import moment_of
from seedfund.grants.service.lapsing import write_lapse
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.scholarships.queries.bills import (
    BillLineRow,
    BillRow,
    bill_by_number,
    bill_lines,
    billed_of,
    open_complaints,
)
from seedfund.scholarships.queries.reached import reached_of
from seedfund.scholarships.queries.scholarships import (
    ScholarshipRow,
    TrancheOfRow,
    confirmations_of,
    last_decided,
    scholarship_by_number,
    scholarship_tranches,
    scholarships_by_id,
)
from seedfund.scholarships.rules.billing import BILL_OWN, BilledLine, check_bill
from seedfund.scholarships.rules.confirming import COMPLAINT_OPEN, Reached
from seedfund.scholarships.rules.states import BILL_STATES
from seedfund.scholarships.service.common import BILL_JUDGES, BILL_TAKERS, clear, said
from seedfund.scholarships.tables import ProviderBill, ProviderBillLine
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import list_providers, provider_by_code

SERIES: Final = "FB"
DECIDE: Final = Write(
    lambda: (
        sa.update(ProviderBill)
        .where(col(ProviderBill.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            decided_on=sa.bindparam("new_on"),
            decided_by=sa.bindparam("new_by"),
            reason=sa.bindparam("new_reason"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class BillLineAsked:
    """A line of a bill: the scholarship, the place of the tranche (from 1), the amount."""

    scholarship: str
    tranche: int
    amount: Money


@dataclass(frozen=True, kw_only=True)
class RecordBill(Command):
    """A bill as the provider sent it: its own number, total and lines, and the file by its SHA-256."""

    provider: str
    their_number: str
    total: Money
    file_sha256: str
    lines: tuple[BillLineAsked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BillMoved:
    """The bill's number, whose it is, its state and total."""

    bill: str
    provider: str
    state: str
    total: Money


@verb("scholarships.record_bill", roles=BILL_TAKERS)
def record_bill(unit: Unit, command: RecordBill) -> BillMoved:
    """Take a bill in as it came, also one that is wrong: whether it is paid is decided by another person.

    Raises:
        NotFound: there is no such provider or scholarship.
        InvalidInput: the provider's number is missing, an amount is below zero, or the SHA-256 is none.
    """
    provider = provider_by_code(unit, unit.programme.id, command.provider)
    theirs = said(command.their_number, field="their_number", most=60)
    if command.total.minor < 0 or any(one.amount.minor < 0 or one.tranche < 1 for one in command.lines):
        raise InvalidInput(
            field="lines",
            problem="an amount is below zero",
            remedy="give what was billed; what is owed is netted with scholarships.net_bill",
        )
    found = [scholarship_by_number(unit, unit.programme.id, one.scholarship)[0] for one in command.lines]
    number, bill = unit.human_number(SERIES), unit.key()
    filed = write_evidence_file(
        unit, command.file_sha256, kind=EvidenceKind.RECEIPT, description=f"bill {number} of {provider.code}"
    )
    unit.insert(
        ProviderBill,
        id=bill,
        programme_id=unit.programme.id,
        number=number,
        provider_id=provider.id,
        their_number=theirs,
        currency=command.total.currency,
        total_minor=command.total.minor,
        file_sha256=filed.sha256,
        billed_on=unit.occurred_on,
        state=BILL_STATES.start,
        recorded_on=unit.occurred_on,
        recorded_by=unit.actor.id,
        decided_on=None,
        decided_by=None,
        reason="",
    )
    noted = {"provider": provider.code, "state": BILL_STATES.start, "total": str(command.total)}
    unit.created("sf_provider_bill", number, noted)
    _write_lines(unit, bill, number, list(zip(command.lines, found, strict=True)))
    return BillMoved(bill=number, provider=provider.code, state=BILL_STATES.start, total=command.total)


def _write_lines(
    unit: Unit, bill: Key, number: str, lines: Sequence[tuple[BillLineAsked, ScholarshipRow]]
) -> None:
    rows = [
        {
            "bill_id": bill,
            "position": position,
            "scholarship_id": row.id,
            "tranche_position": one.tranche,
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
        }
        for position, (one, row) in enumerate(lines, start=1)
    ]
    unit.insert_many(ProviderBillLine, rows)
    for position, (one, _) in enumerate(lines, start=1):
        told = {"tranche": f"{one.scholarship.strip().upper()}/{one.tranche}", "amount": str(one.amount)}
        unit.created("sf_provider_bill_line", f"{number}/{position}", told)


@dataclass(frozen=True, kw_only=True)
class DecideBill(Command):
    """A bill, whether it is accepted, and the reason where it is not."""

    bill: str
    is_accepted: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Billed:
    """What the lines of a bill are judged by."""

    rows: Mapping[Key, ScholarshipRow]
    grants: Mapping[str, GrantRow]
    tranches: Mapping[Key, Sequence[TrancheOfRow]]
    facts: Mapping[Key, Sequence[TrancheFacts]]
    reached: Mapping[Key, Reached]


@verb("scholarships.decide_bill", roles=BILL_JUDGES)
def decide_bill(unit: Unit, command: DecideBill) -> BillMoved:
    """Accept a bill, which opens the tranches of its lines for what was billed, or reject it with the reason.

    Raises:
        NotFound: there is no such bill.
        InvalidInput: it is rejected without a reason.
        Refused: `no_such_step`, `bill_own`, `complaint_open`, `bill_empty`, `bill_currency`, `bill_sum`,
            `billed_by_other_provider`, `billed_no_fee`, `billed_twice`, `billed_unconfirmed`, `billed_above_fee`,
            `billed_above_attending`.
    """
    bill = bill_by_number(unit, unit.programme.id, command.bill)
    wanted = "accepted" if command.is_accepted else "rejected"
    BILL_STATES.require(bill.state, wanted, which=bill.number)
    own = [BILL_OWN(bill=bill.number)] if bill.recorded_by == unit.actor.id else []
    provider = next(one for one in list_providers(unit, unit.programme.id) if one.id == bill.provider_id)
    reason = command.reason.strip()
    if command.is_accepted:
        lines = bill_lines(unit, [bill.id])[bill.id]
        known = _read(unit, lines)
        complaints = open_complaints(unit, [bill.provider_id])[bill.provider_id]
        refuse(
            [
                *own,
                *(COMPLAINT_OPEN(complaint=one.number, provider=provider.code) for one in complaints),
                *check_bill(bill.number, provider.code, bill.total, _judged(unit, bill, lines, known)),
            ]
        )
        _open(unit, bill, lines, known)
    else:
        refuse(own)
        reason = said(command.reason, field="reason")
    unit.execute(
        DECIDE,
        this_id=bill.id,
        new_state=wanted,
        new_on=unit.occurred_on,
        new_by=unit.actor.id,
        new_reason=reason,
    )
    unit.changed("sf_provider_bill", bill.number, {"state": bill.state}, {"state": wanted})
    return BillMoved(bill=bill.number, provider=provider.code, state=wanted, total=bill.total)


def _read(unit: Unit, lines: Sequence[BillLineRow]) -> _Billed:
    rows = scholarships_by_id(unit, [line.scholarship_id for line in lines])
    numbers = [row.number for row in rows.values()]
    grants = grants_by_number(unit, unit.programme.id, numbers, locked=True)
    return _Billed(
        rows=rows,
        grants=grants,
        tranches=scholarship_tranches(unit, list(rows)),
        facts=tranche_facts(unit, list(grants.values()), moment_of(unit)),
        reached=reached_of(unit, list(rows.values()), unit.occurred_on),
    )


def _judged(unit: Unit, bill: BillRow, lines: Sequence[BillLineRow], known: _Billed) -> list[BilledLine]:
    decided = confirmations_of(unit, list(known.rows))
    accepted = {
        (one.scholarship_id, one.tranche_position): one.bill
        for rows in billed_of(unit, list(known.rows)).values()
        for one in rows
        if one.state == "accepted"
    }
    judged = []
    for line in lines:
        row, place = known.rows[line.scholarship_id], (line.scholarship_id, line.tranche_position)
        of = next((one for one in known.tranches[row.id] if one.position == line.tranche_position), None)
        last = last_decided(decided[row.id]).get(line.tranche_position)
        reached, tranche = known.reached[row.id], _tranche(known, line)
        judged.append(
            BilledLine(
                scholarship=row.number,
                position=line.tranche_position,
                amount=Money(line.amount_minor, line.currency),
                most=Money(0, bill.total.currency) if tranche is None else tranche.rest,
                purpose=None if of is None else of.purpose,
                outcome=None if last is None else last.outcome,
                is_of_provider=row.provider_id == bill.provider_id,
                is_attending=reached.is_enrolled and reached.left_on is None,
                other=accepted.get(place, ""),
            )
        )
        # The same tranche on a further line of this bill is billed twice.
        accepted[place] = bill.number
    return judged


def _tranche(known: _Billed, line: BillLineRow) -> TrancheFacts | None:
    grant = known.grants[known.rows[line.scholarship_id].number]
    places = known.facts[grant.id]
    return next((one for one in places if one.tranche.position == line.tranche_position), None)


def _open(unit: Unit, bill: BillRow, lines: Sequence[BillLineRow], known: _Billed) -> None:
    """What was not billed of a tranche lapses, and the tranche is open for the rest."""
    for line in lines:
        grant, tranche = known.grants[known.rows[line.scholarship_id].number], _tranche(known, line)
        if tranche is None:
            raise AssertionError("a line that was not refused has its tranche")
        rest = tranche.rest - Money(line.amount_minor, line.currency)
        write_lapse(unit, grant, line.tranche_position, rest, reason=f"billed less with {bill.number}")
        clear(unit, grant, BILLED.format(line.tranche_position))


COMMANDS: Final[tuple[Any, ...]] = (record_bill, decide_bill)
