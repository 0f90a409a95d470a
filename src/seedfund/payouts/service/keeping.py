"""Keeping what became of a file: the file, its rows, and the rows that wait, their cells sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.payments import PaymentRow
from seedfund.grants.rules.deliveries import BOUNCED
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.payouts.queries import ExceptionRow, cells_place
from seedfund.payouts.rules import EXCEPTION_STATES, Fate, Told
from seedfund.payouts.service.intake import Taken
from seedfund.payouts.tables import PayoutDecision, PayoutException, PayoutIntake, PayoutRow
from seedfund.store.sealing.vault import Vault
from seedfund.store.statements import Write
from seedfund.store.unit import Unit, open_vaults

EXCEPTION_SERIES: Final = "PX"
SUBJECT: Final = "payout_exception"
MOVE: Final = Write(
    lambda: (
        sa.update(PayoutException)
        .where(col(PayoutException.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The file that is kept: its key and number, the layout and list, its SHA-256."""

    intake_id: Key
    number: str
    layout_id: Key
    list_id: Key | None
    sha256: str


def keep(unit: Unit, into: Keeping, taken: Sequence[Taken]) -> list[str]:
    """Keep a file with its rows; the number of the exception that each row waits or waited in, empty where none."""
    _keep_intake(unit, into, taken)
    subjects = _subjects(unit, into.intake_id, taken)
    unit.insert_many(PayoutRow, [_row(unit, into, one) for one in taken])
    for one in taken:
        unit.created("sf_payout_row", f"{into.number}/{one.row.row}", _noted(one))
    numbers = []
    for one, (subject, vault) in zip(taken, subjects, strict=True):
        unit.owns(subject, one.row.cells, one.row.account)
        if one.verdict.fate is Fate.QUEUED:
            numbers.append(_queue(unit, into, one, (subject, vault)))
            continue
        numbers.append("" if one.known is None else one.known.number)
        if one.known is not None and one.known.state == "open" and one.verdict.fate is Fate.POSTED:
            decide(unit, one.known, outcome="resolved", reason="it came again and fitted", released_by=None)
    return numbers


def _keep_intake(unit: Unit, into: Keeping, taken: Sequence[Taken]) -> None:
    fates = [one.verdict.fate for one in taken]
    counts = {
        "read_rows": len(fates),
        "accepted": fates.count(Fate.POSTED),
        "refused": fates.count(Fate.QUEUED),
        "unchanged": fates.count(Fate.PENDING) + fates.count(Fate.RECORDED),
    }
    unit.insert(
        PayoutIntake,
        id=into.intake_id,
        programme_id=unit.programme.id,
        number=into.number,
        layout_id=into.layout_id,
        list_id=into.list_id,
        sha256=into.sha256,
        taken_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
        **counts,
    )
    unit.created("sf_payout_intake", into.number, {**counts, "sha256": into.sha256})


def _subjects(unit: Unit, intake: Key, taken: Sequence[Taken]) -> list[tuple[Key, Vault]]:
    """Under whose key each row is sealed: the payee's, or the file's own where nobody is known or the key is gone."""
    owners = [
        None if one.paid is None else one.paid.row.payee_participant_id or one.paid.row.participant_id
        for one in taken
    ]
    vaults = open_vaults(unit, unit.work, sorted({owner for owner in owners if owner is not None}))
    own = None
    found: list[tuple[Key, Vault]] = []
    for owner in owners:
        if owner is not None and owner in vaults:
            found.append((owner, vaults[owner]))
            continue
        own = own or unit.new_vault(intake)
        found.append((intake, own))
    return found


def _row(unit: Unit, into: Keeping, one: Taken) -> dict[str, Any]:
    verdict, row = one.verdict, one.row
    is_posted = verdict.fate is Fate.POSTED
    told = BOUNCED if verdict.outcome is None else verdict.outcome.value
    has_returned = bool(verdict.fee_of_return and verdict.fee)
    return {
        "intake_id": into.intake_id,
        "row_number": row.row,
        "programme_id": unit.programme.id,
        "fingerprint": row.fingerprint,
        "occurrence": row.occurrence,
        "disbursement_id": None if one.paid is None else one.paid.row.id,
        "fate": verdict.fate.value,
        "outcome": told if is_posted else BOUNCED if has_returned else None,
        "amount_minor": _amount(one),
        "fee_minor": verdict.fee,
        "is_irregular": bool(one.irregular),
    }


def _amount(one: Taken) -> int | None:
    """What was posted, or what the row told in the currency of its payment."""
    if one.verdict.fate is Fate.POSTED:
        return one.verdict.paid
    told = one.row.amount
    is_same = told is not None and one.paid is not None and told.currency == one.paid.row.currency
    return told.minor if told is not None and is_same else None


def _noted(one: Taken) -> dict[str, Any]:
    """What the audit record notes of a row."""
    noted: dict[str, Any] = {"fate": one.verdict.fate.value}
    if one.paid is not None:
        noted["payment"] = one.paid.row.number
        minor, currency = _amount(one), one.paid.row.currency
        noted["amount"] = None if minor is None else str(Money(minor, currency))
        noted["fee"] = str(Money(one.verdict.fee, currency))
    return noted


def _queue(unit: Unit, into: Keeping, one: Taken, under: tuple[Key, Vault]) -> str:
    """Put a row into the queue and onto the exceptions page; its number."""
    key, number, (subject, vault) = unit.key(), unit.human_number(EXCEPTION_SERIES), under
    misfit = one.verdict.misfit
    if misfit is None:
        raise AssertionError("a row that waits has its reason")
    facts = _facts(into, one)
    unit.insert(
        PayoutException,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        intake_id=into.intake_id,
        row_number=one.row.row,
        fingerprint=one.row.fingerprint,
        occurrence=one.row.occurrence,
        sha256=into.sha256,
        misfit=misfit.value,
        facts=canonical_text(facts),
        disbursement_id=None if one.paid is None else one.paid.row.id,
        subject_id=subject,
        cells=vault.seal(one.row.cells, cells_place(key)),
        state=EXCEPTION_STATES.start,
        raised_on=unit.occurred_on,
        raised_by=unit.actor.id,
    )
    unit.created(
        "sf_payout_exception", number, {"state": EXCEPTION_STATES.start, "misfit": misfit.value, **facts}
    )
    write_exception(
        unit,
        ExceptionKind.IRREGULAR_FACT,
        subject_kind=SUBJECT,
        subject_number=number,
        reason=misfit.value,
        facts=facts,
    )
    return number


def _facts(into: Keeping, one: Taken) -> dict[str, Any]:
    """Plain figures of the case: never a cell, which may be somebody's account."""
    row = one.row
    facts: dict[str, Any] = {"file": into.number, "row": row.row}
    if one.paid is not None:
        facts |= {"payment": one.paid.row.number, "was": one.paid.row.state}
        facts["due"] = str(one.paid.row.amount)
        facts["delivered_minor"] = one.paid.row.delivered_minor
    if row.told is not None:
        facts["told"] = row.told.value
    if row.amount is not None:
        facts["told_amount"] = str(row.amount)
    if row.fee is not None:
        facts["told_fee"] = str(row.fee)
    if row.codes:
        facts["codes"] = list(row.codes)
    return facts


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What an exception ended with, of which payment, and the fee that was charged by it, if any."""

    told: Told | None
    payment: PaymentRow
    fee: Money | None


def decide(
    unit: Unit,
    row: ExceptionRow,
    *,
    outcome: str,
    reason: str,
    released_by: Key | None,
    by_key: str = "",
    answered: Answered | None = None,
) -> None:
    """End an exception: resolved by a command (this one unless `by_key` names another), or dismissed.

    Raises:
        Refused: `no_such_step`.
    """
    EXCEPTION_STATES.require(row.state, outcome, which=row.number)
    command_key = (by_key or unit.command_key) if outcome == "resolved" else None
    unit.execute(MOVE, this_id=row.id, new_state=outcome)
    unit.insert(
        PayoutDecision,
        exception_id=row.id,
        outcome=outcome,
        command_key=command_key,
        reason=reason,
        disbursement_id=None if answered is None else answered.payment.id,
        told=None if answered is None or answered.told is None else answered.told.value,
        fee_minor=None if answered is None or answered.fee is None else answered.fee.minor,
        released_by=released_by,
        decided_on=unit.occurred_on,
        recorded_at=unit.now,
        decided_by=unit.actor.id,
    )
    noted: dict[str, Any] = {"outcome": outcome, "reason": reason, "command": command_key}
    if answered is not None:
        fee = None if answered.fee is None else str(answered.fee)
        told = None if answered.told is None else answered.told.value
        noted |= {"payment": answered.payment.number, "told": told, "fee": fee}
    unit.created("sf_payout_decision", row.number, noted)
    unit.changed("sf_payout_exception", row.number, {"state": row.state}, {"state": outcome})
