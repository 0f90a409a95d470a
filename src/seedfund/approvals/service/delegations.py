"""Delegations: a role lent to a person, or a ceiling lent to a role, dated and under two persons."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries.delegations import DELEGATION_BY_NUMBER
from seedfund.approvals.rules.hands import DELEGATE_DECIDES, DELEGATION_ENDED
from seedfund.approvals.service.proposals import (
    ProposalMade,
    approved_content,
    find_proposal,
    write_proposal,
)
from seedfund.approvals.tables import Delegation
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.store.audit import fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.programmes import list_actors
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

KIND: Final = "delegation"
SERIES: Final = "DE"
END_DELEGATION: Final = Write(
    lambda: (
        sa.update(Delegation)
        .where(col(Delegation.id) == sa.bindparam("this_id"))
        .values(until_day=sa.bindparam("new_until"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ProposeDelegation(Command):
    """Who may decide as which role, up to which amount, between which days (half-open).

    Without a `handle` the ceiling is lent to everybody who holds the role.
    """

    role: Role
    ceiling: Money
    from_day: date
    until_day: date
    handle: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Lent:
    role: Role
    ceiling: Money
    from_day: date
    until_day: date
    actor_id: str | None


@verb("approvals.propose_delegation", roles=(Role.DIRECTOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR))
def propose_delegation(unit: Unit, command: ProposeDelegation) -> ProposalMade:
    """Propose a delegation; a second person approves it, and neither may be the delegate.

    Raises:
        NotFound: the handle is no actor of the programme.
        InvalidInput: the days are not a range, or the ceiling is not above zero.
        Refused: `delegate_decides`, `proposal_backdated`.
    """
    DateRange(command.from_day, command.until_day)
    if command.ceiling.minor <= 0:
        raise InvalidInput(field="ceiling", problem="it is not above zero", remedy="give an amount")
    actor_id = _actor_id(unit, command.handle) if command.handle is not None else None
    lent = _Lent(
        role=command.role,
        ceiling=command.ceiling,
        from_day=command.from_day,
        until_day=command.until_day,
        actor_id=actor_id,
    )
    return write_proposal(
        unit,
        KIND,
        content=encode(lent, []),
        effective_from=command.from_day,
        also=[DELEGATE_DECIDES()] if actor_id == unit.actor.id else [],
    )


def _actor_id(unit: Unit, handle: str) -> Key:
    folded = fold_handle(handle)
    found = next((one for one in list_actors(unit.work) if one.handle == folded), None)
    if found is None or not found.active:
        raise NotFound(what="active actor", which=handle)
    return found.id


@dataclass(frozen=True, kw_only=True)
class ApproveDelegation(Command):
    """The proposed delegation."""

    number: str


@dataclass(frozen=True, kw_only=True)
class DelegationChanged:
    """The delegation's number and until when it holds (that day excluded)."""

    number: str
    until_day: date


@verb("approvals.approve_delegation", roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER))
def approve_delegation(unit: Unit, command: ApproveDelegation) -> DelegationChanged:
    """Bring a delegation into force as the second person.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `delegate_decides`.
    """
    known = find_proposal(unit, command.number)
    is_delegate = known.kind == KIND and known.content["actor_id"] == unit.actor.id
    proposal = approved_content(
        unit, command.number, kind=KIND, also=[DELEGATE_DECIDES()] if is_delegate else []
    )
    lent = decode(_Lent, proposal.content)
    number = unit.human_number(SERIES)
    unit.insert(
        Delegation,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        proposal_id=proposal.id,
        actor_id=lent.actor_id,
        role=lent.role.value,
        ceiling_minor=lent.ceiling.minor,
        currency=lent.ceiling.currency,
        from_day=lent.from_day,
        until_day=lent.until_day,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
    )
    unit.created("sf_delegation", number, {"role": lent.role, "ceiling": str(lent.ceiling)})
    return DelegationChanged(number=number, until_day=lent.until_day)


@dataclass(frozen=True, kw_only=True)
class EndDelegation(Command):
    """A delegation that shall hold no longer, from today on."""

    number: str


@verb("approvals.end_delegation", roles=(Role.DIRECTOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR))
def end_delegation(unit: Unit, command: EndDelegation) -> DelegationChanged:
    """End a delegation today; one person suffices, because it takes authority away.

    Raises:
        NotFound: there is no such delegation.
        Refused: `delegation_ended`.
    """
    row = unit.first(DELEGATION_BY_NUMBER, programme=unit.programme.id, number=command.number)
    if row is None:
        raise NotFound(what="delegation", which=command.number)
    until = max(unit.work.today(), row.from_day)
    if row.until_day <= until:
        refuse([DELEGATION_ENDED(number=row.number, day=row.until_day)])
    unit.execute(END_DELEGATION, this_id=row.id, new_until=until)
    unit.changed(
        "sf_delegation",
        row.number,
        {"until_day": row.until_day.isoformat()},
        {"until_day": until.isoformat()},
    )
    return DelegationChanged(number=row.number, until_day=until)
