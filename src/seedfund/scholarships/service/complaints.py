"""Complaints against providers: while one is open, nothing of what they billed is paid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow, grants_by_number
from seedfund.grants.queries.standing import tranche_facts
from seedfund.grants.rules.words import BILLED, EvidenceKind
from seedfund.grants.service.common import moment_of
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.scholarships.queries.bills import (
    accepted_lines,
    complaint_by_number,
    complaint_place,
    open_complaints,
)
from seedfund.scholarships.queries.scholarships import scholarships_by_id
from seedfund.scholarships.rules.billing import COMPLAINT_OWN
from seedfund.scholarships.rules.states import COMPLAINT_STATES
from seedfund.scholarships.rules.words import ComplaintKind
from seedfund.scholarships.service.common import APPLIERS, BILL_JUDGES, clear, reached_scholarship, said
from seedfund.scholarships.tables import ProviderComplaint
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import list_providers, provider_by_code

SERIES: Final = "QC"
CLOSE: Final = Write(
    lambda: (
        sa.update(ProviderComplaint)
        .where(col(ProviderComplaint.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            closed_on=sa.bindparam("new_on"),
            closed_by=sa.bindparam("new_by"),
            finding=sa.bindparam("new_finding"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class OpenComplaint(Command):
    """What a provider is said to have done; the scholarship of the trainee who complains, and a note that is sealed."""

    provider: str
    kind: ComplaintKind
    scholarship: str = ""
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintMoved:
    """The complaint's number, the provider, its state, and how many tranches were shut or opened again."""

    complaint: str
    provider: str
    state: str
    tranches: int


@verb("scholarships.open_complaint", roles=APPLIERS)
def open_complaint(unit: Unit, command: OpenComplaint) -> ComplaintMoved:
    """Take a complaint in; what the provider billed and was not paid is paid no more until it is closed.

    Raises:
        NotFound: there is no such provider or scholarship.
        NotAllowed: the trainee is restricted, and the actor's roles do not reach them.
        InvalidInput: there is a note, and no scholarship of whose trainee it is.
        Refused: `person_erased`.
    """
    provider = provider_by_code(unit, unit.programme.id, command.provider)
    complaint, number, of, note = unit.key(), unit.human_number(SERIES), None, None
    if command.scholarship:
        of, _ = reached_scholarship(unit, command.scholarship)
    if command.note is not None:
        if of is None:
            raise InvalidInput(
                field="note", problem="it is nobody's", remedy="name the scholarship of who complains"
            )
        unit.owns(of.participant_id, command.note)
        note = unit.vault(of.participant_id).seal(command.note, complaint_place(complaint))
    unit.insert(
        ProviderComplaint,
        id=complaint,
        programme_id=unit.programme.id,
        number=number,
        provider_id=provider.id,
        kind=command.kind.value,
        scholarship_id=None if of is None else of.id,
        note=note,
        state=COMPLAINT_STATES.start,
        opened_on=unit.occurred_on,
        opened_by=unit.actor.id,
        closed_on=None,
        closed_by=None,
        finding="",
    )
    noted = {"provider": provider.code, "kind": command.kind, "state": COMPLAINT_STATES.start}
    unit.created("sf_provider_complaint", number, noted)
    shut = [(grant, topic) for grant, topic, is_open in _billed(unit, provider.id) if is_open]
    for grant, topic in shut:
        clear(unit, grant, topic, is_back=True)
    return ComplaintMoved(
        complaint=number, provider=provider.code, state=COMPLAINT_STATES.start, tranches=len(shut)
    )


@dataclass(frozen=True, kw_only=True)
class CloseComplaint(Command):
    """What was found, in words that name nobody, and whether the complaint is upheld."""

    complaint: str
    is_upheld: bool
    finding: str


@verb("scholarships.close_complaint", roles=BILL_JUDGES)
def close_complaint(unit: Unit, command: CloseComplaint) -> ComplaintMoved:
    """Close a complaint; with the last one open, what the provider billed can be paid again. Who opened it does not.

    Where it is upheld, correct what was confirmed wrongly first: that is asked back and paid no more.

    Raises:
        NotFound: there is no such complaint.
        InvalidInput: nothing is said of what was found.
        Refused: `no_such_step`, `complaint_own`.
    """
    found = complaint_by_number(unit, unit.programme.id, command.complaint)
    wanted, finding = "upheld" if command.is_upheld else "dismissed", said(command.finding, field="finding")
    COMPLAINT_STATES.require(found.state, wanted, which=found.number)
    refuse([COMPLAINT_OWN(complaint=found.number)] if found.opened_by == unit.actor.id else [])
    unit.execute(
        CLOSE,
        this_id=found.id,
        new_state=wanted,
        new_on=unit.occurred_on,
        new_by=unit.actor.id,
        new_finding=finding,
    )
    unit.changed("sf_provider_complaint", found.number, {"state": found.state}, {"state": wanted})
    others = open_complaints(unit, [found.provider_id])[found.provider_id]
    again = [] if others else [one for one in _billed(unit, found.provider_id) if not one[2]]
    for grant, topic, _ in again:
        clear(unit, grant, topic)
    provider = next(one for one in list_providers(unit, unit.programme.id) if one.id == found.provider_id)
    return ComplaintMoved(complaint=found.number, provider=provider.code, state=wanted, tranches=len(again))


def _billed(unit: Unit, provider: Key) -> Iterator[tuple[GrantRow, str, bool]]:
    """Every tranche a provider billed and was not paid in full: its grant, what it waits for, whether it is open."""
    lines = accepted_lines(unit, provider)
    rows = scholarships_by_id(unit, [line.scholarship_id for line in lines])
    numbers = [row.number for row in rows.values()]
    grants = grants_by_number(unit, unit.programme.id, numbers, locked=True)
    facts = tranche_facts(unit, list(grants.values()), moment_of(unit))
    for line in lines:
        grant, topic = grants[rows[line.scholarship_id].number], BILLED.format(line.tranche_position)
        tranche = next(
            (one for one in facts[grant.id] if one.tranche.position == line.tranche_position), None
        )
        if tranche is not None and tranche.standing.tranches[tranche.tranche.position - 1].missing.minor:
            known = tranche.facts.known(EvidenceKind.ENROLMENT, topic)
            yield grant, topic, sum(one.value or 0 for one in known) > 0


COMMANDS: Final[tuple[Any, ...]] = (open_complaint, close_complaint)
