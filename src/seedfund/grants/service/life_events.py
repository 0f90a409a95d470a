"""What happens in a participant's life: always taken in, and what it does to tranches and money is said by a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.closing import LifeEffect, effect_on
from seedfund.grants.rules.words import LifeEventKind, OwnerKind
from seedfund.grants.service.agreements import void_open
from seedfund.grants.service.common import load_grant, load_parts, lots, move_grant
from seedfund.grants.service.course import release_rest
from seedfund.grants.service.payees import retire_payees
from seedfund.grants.tables.endings import LifeEvent
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit

SERIES: Final = "LE"


@dataclass(frozen=True, kw_only=True)
class RecordLifeEvent(Command):
    """What happened to the participant of a grant, and when; the story is sealed, its paper is a file."""

    grant: str
    kind: LifeEventKind
    happened_on: date | None = None
    note: Secret | None = None
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class LifeEventRecorded:
    """The event's number, the state of the grant after it, how many payees it retired, and the entry if money moved."""

    number: str
    grant: str
    state: str
    retired_payees: int
    entry: str


@verb(
    "grants.record_life_event",
    roles=(
        *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROTECTION_OFFICER),
        *(Role.PROGRAMME_MANAGER, Role.DIRECTOR),
    ),
)
def record_life_event(unit: Unit, command: RecordLifeEvent) -> LifeEventRecorded:
    """Take in what happened, on a grant in any state.

    Withdrawal ends the grant, gives its remainder back and voids an agreement nobody signed; relocation and death
    suspend it, and a person's own award lapses with either end; death, withdrawal and the replacement of a payee
    retire who was paid, so that a new payee is approved first; a theft alone changes nothing.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the day lies in the future.
    """
    grant = load_grant(unit, command.grant)
    happened_on = command.happened_on or unit.occurred_on
    if happened_on > unit.work.today():
        raise InvalidInput(
            field="happened_on",
            problem=f"{happened_on} lies in the future",
            remedy="give the day it happened",
        )
    number = _write(unit, command, grant, happened_on)
    effect = effect_on(command.kind, grant.state, is_own=grant.owner_kind == OwnerKind.PERSON)
    retired = retire_payees(unit, grant) if effect.retires_payee else 0
    entry = _take_effect(unit, grant, effect, number) if effect.state else ""
    return LifeEventRecorded(
        number=number,
        grant=grant.number,
        state=effect.state or grant.state,
        retired_payees=retired,
        entry=entry,
    )


def _write(unit: Unit, command: RecordLifeEvent, grant: GrantRow, happened_on: date) -> str:
    number, event_id = unit.human_number(SERIES), unit.key()
    note = None
    if command.note is not None:
        unit.owns(grant.participant_id, command.note)
        note = unit.vault(grant.participant_id).seal(command.note, Place("sf_life_event", event_id, "note"))
    sha256 = command.evidence_sha256
    if sha256 is not None:
        kind = EvidenceKind.INCIDENT_REPORT if command.kind is LifeEventKind.THEFT else EvidenceKind.OTHER
        sha256 = write_evidence_file(unit, sha256, kind=kind, description=f"life event {number}").sha256
    unit.insert(
        LifeEvent,
        id=event_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        kind=command.kind.value,
        happened_on=happened_on,
        note=note,
        evidence_sha256=sha256,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_life_event", number, {"grant": grant.number, "kind": command.kind.value})
    return number


def _take_effect(unit: Unit, grant: GrantRow, effect: LifeEffect, number: str) -> str:
    """Move the grant; one that ends gives back what is neither paid nor on the way. The entry's number, or nothing."""
    move_grant(unit, grant, effect.state, reason=number, end=effect.end)
    if effect.end is not None:
        void_open(unit, grant, reason=number)
    parts = load_parts(unit, grant)
    if effect.state == "terminated":
        return release_rest(unit, parts, grant.number)
    if effect.state != "declined":
        return ""
    rows = recipes.lapse(lots(parts, [item.position.awarded for item in parts]))
    return write_entry(unit, EntryDraft(event="award_lapsed", subject=grant.number, postings=rows)).number


COMMANDS: Final[tuple[Any, ...]] = (record_life_event,)
