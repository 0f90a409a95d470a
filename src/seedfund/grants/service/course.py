"""Suspending, resuming and terminating a grant: payments stop, go on, or end for good."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.late import late_of
from seedfund.grants.rules.awarding import NOT_SUSPENDED, check_end
from seedfund.grants.rules.late import check_late
from seedfund.grants.rules.refunding import DEMAND_AFTER_DEATH
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import EndReason
from seedfund.grants.service.agreements import void_open
from seedfund.grants.service.common import GrantMoved, LoadedPart, load_grant, load_parts, move_grant
from seedfund.grants.service.demands import NewDemand, write_demand
from seedfund.grants.service.substitutes import check_substituted, died_on
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

DECIDERS: Final = (Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class SuspendGrant(Command):
    """The grant, why in a few words that name nobody, and a note that is sealed."""

    grant: str
    reason: str
    note: Secret | None = None


@verb("grants.suspend_grant", roles=(*DECIDERS, Role.ECONOMIC_INCLUSION_EXPERT))
def suspend_grant(unit: Unit, command: SuspendGrant) -> GrantMoved:
    """Stop all payments of a grant until it is resumed; what is on the way stays on the way.

    Raises:
        NotFound: there is no such grant.
        Refused: `reason_missing`, `no_such_step`.
    """
    grant = load_grant(unit, command.grant)
    refuse(check_reason(command.reason))
    move_grant(unit, grant, "suspended", reason=command.reason.strip(), note=command.note)
    return GrantMoved(number=grant.number, state="suspended")


@dataclass(frozen=True, kw_only=True)
class ResumeGrant(Command):
    """The grant, why in a few words that name nobody, and a note that is sealed."""

    grant: str
    reason: str
    note: Secret | None = None


@verb("grants.resume_grant", roles=DECIDERS)
def resume_grant(unit: Unit, command: ResumeGrant) -> GrantMoved:
    """Let payments of a suspended grant go on; after a death, once a substitute has signed an adenda.

    Raises:
        NotFound: there is no such grant.
        Refused: `reason_missing`, `grant_not_suspended`, `substitute_missing`, `death_not_told`.
    """
    grant = load_grant(unit, command.grant)
    is_other = [] if grant.state == "suspended" else [NOT_SUSPENDED(number=grant.number, state=grant.state)]
    refuse([*check_reason(command.reason), *is_other, *check_substituted(unit, grant)])
    move_grant(unit, grant, "in_force", reason=command.reason.strip(), note=command.note)
    return GrantMoved(number=grant.number, state="in_force")


@dataclass(frozen=True, kw_only=True)
class TerminateGrant(Command):
    """The grant, the reason, a sealed note, and by when the participant returns what is not accounted for.

    Without a `refund_due_on` nothing is demanded now: receipts may still come, and recovery from a person in need asks
    for a protection review first (domain: breach).
    """

    grant: str
    reason: EndReason
    note: Secret | None = None
    refund_due_on: date | None = None


@verb("grants.terminate_grant", roles=DECIDERS)
def terminate_grant(unit: Unit, command: TerminateGrant) -> GrantMoved:
    """End a grant in force: what is not paid and not on the way goes back to its lines (accounting: rows 31 and 22).

    Raises:
        NotFound: there is no such grant.
        Refused: `end_reason_not_for`, `no_such_step`, `late_result_waits`, `demand_after_death`.
    """
    grant = load_grant(unit, command.grant)
    refuse(check_end("terminated", command.reason))
    GRANT_STATES.require(grant.state, "terminated", which=grant.number)
    parts = load_parts(unit, grant)
    asked = _asked_back(command, parts, grant.currency)
    late = late_of(unit, [grant.id])[grant.id]
    refuse([*check_late(grant.number, late), *_check_asked(unit, command, grant, asked)])
    move_grant(unit, grant, "terminated", reason=command.reason.value, note=command.note, end=command.reason)
    void_open(unit, grant, reason=command.reason.value)
    if command.refund_due_on is not None and asked:
        demand = NewDemand(amount=asked, reason="ended", due_on=command.refund_due_on)
        write_demand(unit, grant, parts, demand)
    return GrantMoved(number=grant.number, state="terminated", entry=release_rest(unit, parts, grant.number))


def _asked_back(command: TerminateGrant, parts: list[LoadedPart], currency: str) -> Money:
    """What the participant holds, where it is asked back; what a supplier owes is demanded of the supplier."""
    held = sum(item.position.advances.get(PARTICIPANT, 0) for item in parts)
    return Money(0 if command.refund_due_on is None else held, currency)


def _check_asked(unit: Unit, command: TerminateGrant, grant: GrantRow, asked: Money) -> list[Refusal]:
    is_dead = command.reason is EndReason.DECEASED or died_on(unit, grant) is not None
    return [DEMAND_AFTER_DEATH(number=grant.number)] if asked and is_dead else []


def release_rest(unit: Unit, parts: list[LoadedPart], number: str) -> str:
    """Give back to the lines what is neither paid nor on the way; the number of the entry, or nothing."""
    rows = recipes.release_remainder([item.position for item in parts])
    if not rows:
        return ""
    return write_entry(unit, EntryDraft(event="remainder_released", subject=number, postings=rows)).number
