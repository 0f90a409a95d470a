"""The queue of rows that wait: by number, by what they say, all of them; their cells for those who record results."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.queries.payments import PAYMENTS_BY_ID, PaymentRow
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.payouts.rules import Fate, Misfit, Told
from seedfund.payouts.tables import PayoutDecision, PayoutException, PayoutIntake, PayoutRow
from seedfund.people.queries import participant_facts, roles_of, sees_restricted
from seedfund.people.queries.restricted import RestrictedMarks
from seedfund.store.records import parse_document
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

CELL_READERS: Final = (
    *(Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.CASHIER),
    *(Role.DIRECTOR, Role.PROTECTION_OFFICER, Role.AUDITOR),
)
"""Who reads what a row said: those who record results, and those who look after them."""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """An exception with how it ended, if it did; its cells are left sealed."""

    id: Key
    number: str
    intake: str
    intake_id: Key
    row: int
    fingerprint: str
    occurrence: int
    sha256: str
    misfit: Misfit
    facts: Mapping[str, Any]
    disbursement_id: Key | None
    subject_id: Key
    cells: bytes
    state: str
    raised_on: date
    raised_by: str
    command_key: str | None
    reason: str | None
    decided_on: date | None
    decided_by: str | None

    @property
    def told(self) -> Told | None:
        """The word of the row's result, where its layout has words."""
        told = self.facts.get("told")
        return None if told is None else Told(told)

    @property
    def told_fee(self) -> str | None:
        """The fee that the row told, as an amount with its currency."""
        fee = self.facts.get("told_fee")
        return None if fee is None else str(fee)


def cells_place(exception: Key) -> Place:
    """Where the cells of a row that waits are sealed."""
    return Place("sf_payout_exception", exception, "cells")


def _row(*values: Any) -> ExceptionRow:
    found = list(values)
    found[8], found[9] = Misfit(found[8]), parse_document(found[9])
    found[12] = bytes(found[12])
    return ExceptionRow(*found)


def _exceptions() -> Any:
    raiser, decider = aliased(Actor), aliased(Actor)
    one, decision = PayoutException, PayoutDecision
    return (
        sa.select(
            *(col(one.id), col(one.number), col(PayoutIntake.number), col(one.intake_id)),
            col(one.row_number),
            *(col(one.fingerprint), col(one.occurrence), col(one.sha256), col(one.misfit), col(one.facts)),
            *(col(one.disbursement_id), col(one.subject_id), col(one.cells), col(one.state)),
            *(col(one.raised_on), col(raiser.handle), col(decision.command_key), col(decision.reason)),
            *(col(decision.decided_on), col(decider.handle)),
        )
        .select_from(one)
        .join(PayoutIntake, col(PayoutIntake.id) == col(one.intake_id))
        .join(raiser, col(raiser.id) == col(one.raised_by))
        .outerjoin(decision, col(decision.exception_id) == col(one.id))
        .outerjoin(decider, col(decider.id) == col(decision.decided_by))
        .where(col(one.programme_id) == sa.bindparam("programme"))
        .order_by(col(one.number))
    )


ALL: Final = Query(_row, _exceptions)
BY_NUMBER: Final = Query(
    _row,
    lambda: (
        _exceptions()
        .where(col(PayoutException.number) == sa.bindparam("number"))
        .with_for_update(of=PayoutException)
    ),
)
BY_FINGERPRINT: Final = Query(
    _row,
    lambda: _exceptions().where(
        col(PayoutException.fingerprint).in_(sa.bindparam("fingerprints", expanding=True))
    ),
)
MET: Final = Query(
    lambda fingerprint, occurrence, sha256: ((str(fingerprint), int(occurrence)), str(sha256)),
    lambda: (
        sa.select(col(PayoutRow.fingerprint), col(PayoutRow.occurrence), col(PayoutIntake.sha256))
        .join(PayoutIntake, col(PayoutIntake.id) == col(PayoutRow.intake_id))
        .where(
            col(PayoutRow.programme_id) == sa.bindparam("programme"),
            col(PayoutRow.fingerprint).in_(sa.bindparam("fingerprints", expanding=True)),
            sa.or_(col(PayoutRow.fate) == Fate.POSTED.value, col(PayoutRow.fee_minor) > 0),
        )
        .distinct()
    ),
)

Like = tuple[str, int]
"""What a row says, and which of the rows of its file that say so."""


def rows_met(reader: Reader, programme: Key, fingerprints: Sequence[str]) -> dict[Like, frozenset[str]]:
    """Rows like these that were posted before, or charged a fee, with the SHA-256 of the files that they stood in."""
    found: dict[Like, frozenset[str]] = {}
    rows = reader.among(MET, "fingerprints", sorted(set(fingerprints)), programme=programme)
    for like, sha256 in rows:
        found[like] = found.get(like, frozenset()) | {sha256}
    return found


def exceptions_met(
    reader: Reader, programme: Key, fingerprints: Sequence[str]
) -> dict[Like, tuple[ExceptionRow, ...]]:
    """Rows like these that wait or waited, by what they say; of each file one, in the order of their numbers."""
    found: dict[Like, tuple[ExceptionRow, ...]] = {}
    rows = reader.among(BY_FINGERPRINT, "fingerprints", sorted(set(fingerprints)), programme=programme)
    for row in sorted(rows, key=lambda row: (row.raised_on, row.number)):
        like = (row.fingerprint, row.occurrence)
        found[like] = (*found.get(like, ()), row)
    return found


def exception_by_number(reader: Reader, programme: Key, number: str) -> ExceptionRow:
    """An exception; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(BY_NUMBER, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="payout exception", which=number, look="seedfund list payout-exceptions")
    return found


def payments_of(reader: Reader, rows: Sequence[ExceptionRow]) -> dict[Key, PaymentRow]:
    """The payments that these exceptions are about, by key."""
    keys = [row.disbursement_id for row in rows if row.disbursement_id is not None]
    return {one.id: one for one in reader.among(PAYMENTS_BY_ID, "ids", sorted(set(keys)))}


@dataclass(frozen=True, slots=True)
class ExceptionShown:
    """An exception with the number of its payment, empty where it has none."""

    row: ExceptionRow
    payment: str


def list_exceptions(work: Work) -> list[ExceptionShown]:
    """Every exception of the programme, by number; those about restricted people only for named roles.

    Raises:
        NotAllowed: the actor is none of the programme's.
    """
    sees_all = sees_restricted(work)
    reader = work.reader()
    rows = reader.all(ALL, programme=work.programme.id)
    payments = payments_of(reader, rows)
    owners = {one.id: one.payee_participant_id or one.participant_id for one in payments.values()}
    facts = participant_facts(reader, list(dict.fromkeys(owners.values())))
    return [
        ExceptionShown(row, "" if row.disbursement_id is None else payments[row.disbursement_id].number)
        for row in rows
        if row.disbursement_id is None or sees_all or not facts[owners[row.disbursement_id]].is_restricted
    ]


def open_cells(work: Work, row: ExceptionRow) -> Mapping[str, str] | None:
    """What the row said, by the layout's fields; None for those who may not read it, or where the person was erased.

    Nor is it told where it names somebody restricted whom the actor does not see, whichever payment it was about.

    Raises:
        NotAllowed: the actor is none of the programme's.
        Corrupt: what is sealed was altered.
    """
    if roles_of(work).isdisjoint(CELL_READERS):
        return None
    vault = open_vaults(work.reader(), work, [row.subject_id]).get(row.subject_id)
    if vault is None:
        return None
    text: Secret = vault.open(row.cells, cells_place(row.id))
    found: Mapping[str, str] = json.loads(text.reveal())
    return None if RestrictedMarks(work).stand_in(found.values()) else found
