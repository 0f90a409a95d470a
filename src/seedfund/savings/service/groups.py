"""Savings groups, their members and their cycles. The money is the group's own; we keep its record."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, NotFound, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import ParticipantRow
from seedfund.people.rules import plain_text
from seedfund.people.service.identity import REGISTRARS, require_person
from seedfund.savings.queries.groups import (
    GroupFacts,
    MemberFacts,
    cycles_of,
    group_by_number,
    meetings_of,
    members_of,
    open_cycle_of,
    shares_by_member,
)
from seedfund.savings.rules.groups import (
    CYCLE_STATES,
    MEMBER_LEFT,
    MEMBER_SHARES_OPEN,
    MEMBER_TWICE,
    NO_CYCLE_OPEN,
    SHARES_MOST,
    CycleTerms,
    check_cycle,
)
from seedfund.savings.tables import SavingsCycle, SavingsGroup, SavingsMember
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

LEAVE: Final = Write(
    lambda: (
        sa.update(SavingsMember)
        .where(
            col(SavingsMember.group_id) == sa.bindparam("group"),
            col(SavingsMember.position) == sa.bindparam("this"),
        )
        .values(left_on=sa.bindparam("new_day"))
    )
)
END_CYCLE: Final = Write(
    lambda: (
        sa.update(SavingsCycle)
        .where(col(SavingsCycle.id) == sa.bindparam("this"))
        .values(state=sa.bindparam("new_state"), ended_on=sa.bindparam("new_day"))
    )
)


@dataclass(frozen=True, kw_only=True)
class FormSavingsGroup(Command):
    """A group: a name that is nobody's, its place, and the currency it saves in (ISO 4217)."""

    name: str
    locality: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class GroupRecorded:
    """The group's number."""

    group: str


@verb("savings.form_savings_group", roles=REGISTRARS)
def form_savings_group(unit: Unit, command: FormSavingsGroup) -> GroupRecorded:
    """Record a savings group; it needs a cycle and members before it meets.

    Raises:
        InvalidInput: it has no name, or the currency is none.
    """
    name = plain_text(command.name, field="name", most=120)
    if not name:
        raise InvalidInput(field="name", problem="it is empty", remedy="give the name of the group")
    exponent(command.currency)
    number = unit.human_number("GA")
    unit.insert(
        SavingsGroup,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        name=name,
        locality=plain_text(command.locality, field="locality", most=30),
        currency=command.currency,
        formed_on=unit.occurred_on,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_savings_group", number, {"currency": command.currency})
    return GroupRecorded(group=number)


@dataclass(frozen=True, kw_only=True)
class AddGroupMember(Command):
    """Somebody who joins a group; who is outside the programme has no participant, only the passbook's number."""

    group: str
    participant: str | None = None


@dataclass(frozen=True, kw_only=True)
class GroupMemberMoved:
    """The group, and the member's number in its passbooks."""

    group: str
    member: int


@verb("savings.add_group_member", roles=REGISTRARS)
def add_group_member(unit: Unit, command: AddGroupMember) -> GroupMemberMoved:
    """Add a member to a savings group; the number in the passbook is the next one and is given once.

    Raises:
        NotFound: there is no such group or person.
        NotAllowed: the person is restricted.
        Refused: `savings_member_twice`, `person_erased`.
    """
    group = group_by_number(unit, unit.programme.id, command.group)
    person = None if command.participant is None else require_person(unit, command.participant)
    members = members_of(unit, [group.id])[group.id]
    if person is not None:
        refuse(
            MEMBER_TWICE(participant=person.number, position=one.position, group=group.number)
            for one in members
            if one.participant_id == person.id and one.left_on is None
        )
    position = len(members) + 1
    _write_member(unit, group, position, person)
    return GroupMemberMoved(group=group.number, member=position)


def _write_member(unit: Unit, group: GroupFacts, position: int, person: ParticipantRow | None) -> None:
    unit.insert(
        SavingsMember,
        group_id=group.id,
        position=position,
        participant_id=None if person is None else person.id,
        joined_on=unit.occurred_on,
        left_on=None,
    )
    after = {"participant": None if person is None else person.number}
    unit.created("sf_savings_member", f"{group.number}/{position}", after)


@dataclass(frozen=True, kw_only=True)
class EndGroupMembership(Command):
    """The member who leaves, by the number in the passbook."""

    group: str
    member: int


@verb("savings.end_group_membership", roles=REGISTRARS)
def end_group_membership(unit: Unit, command: EndGroupMembership) -> GroupMemberMoved:
    """Record that a member left; shares of an open cycle have to be shared out first.

    Raises:
        NotFound: there is no such group or member.
        InvalidInput: the member had not joined by the day.
        Refused: `savings_member_left`, `savings_member_has_shares`.
    """
    group = group_by_number(unit, unit.programme.id, command.group)
    member = _member(unit, group, command.member)
    if member.left_on is not None:
        refuse([MEMBER_LEFT(position=member.position, group=group.number, day=member.left_on)])
    if unit.occurred_on < member.joined_on:
        raise InvalidInput(
            field="occurred_on",
            problem="the member leaves before joining",
            remedy="give a day on or after the joining",
        )
    shares = _shares(unit, group).get(member.position, 0)
    if shares:
        refuse([MEMBER_SHARES_OPEN(position=member.position, group=group.number, shares=shares)])
    unit.execute(LEAVE, group=group.id, this=member.position, new_day=unit.occurred_on)
    which = f"{group.number}/{member.position}"
    unit.changed("sf_savings_member", which, {"left_on": None}, {"left_on": unit.occurred_on.isoformat()})
    return GroupMemberMoved(group=group.number, member=member.position)


def _member(unit: Unit, group: GroupFacts, position: int) -> MemberFacts:
    members = members_of(unit, [group.id])[group.id]
    found = next((one for one in members if one.position == position), None)
    if found is None:
        raise NotFound(what="savings group member", which=f"{group.number}/{position}")
    return found


def _shares(unit: Unit, group: GroupFacts) -> dict[int, int]:
    cycle = open_cycle_of(unit, group.id)
    return {} if cycle is None else shares_by_member(meetings_of(unit, [cycle.id])[cycle.id])


@dataclass(frozen=True, kw_only=True)
class OpenSavingsCycle(Command):
    """The price of a share for the whole cycle, and how many a member buys in one meeting at most."""

    group: str
    share: Money
    shares_most: int = SHARES_MOST


@dataclass(frozen=True, kw_only=True)
class CycleMoved:
    """The group, which cycle of it, and its state now."""

    group: str
    cycle: int
    state: str


@verb("savings.open_savings_cycle", roles=REGISTRARS)
def open_savings_cycle(unit: Unit, command: OpenSavingsCycle) -> CycleMoved:
    """Begin a cycle of a savings group; the share's price stands until it is shared out.

    Raises:
        NotFound: there is no such group.
        Refused: `savings_cycle_open`, `savings_share_price`.
    """
    group = group_by_number(unit, unit.programme.id, command.group)
    cycles = cycles_of(unit, [group.id])[group.id]
    terms = CycleTerms(share=command.share, shares_most=command.shares_most)
    since = next((one.began_on for one in cycles if one.state == "open"), None)
    refuse(check_cycle(group.number, group.currency, terms, open_since=since))
    position = len(cycles) + 1
    unit.insert(
        SavingsCycle,
        id=unit.key(),
        group_id=group.id,
        position=position,
        share_minor=terms.share.minor,
        shares_most=terms.shares_most,
        state=CYCLE_STATES.start,
        began_on=unit.occurred_on,
        ended_on=None,
    )
    after = {"state": CYCLE_STATES.start, "share": str(terms.share), "shares_most": terms.shares_most}
    unit.created("sf_savings_cycle", f"{group.number}/{position}", after)
    return CycleMoved(group=group.number, cycle=position, state=CYCLE_STATES.start)


@dataclass(frozen=True, kw_only=True)
class DissolveSavingsCycle(Command):
    """The group whose open cycle broke up without a share-out."""

    group: str


@verb("savings.dissolve_savings_cycle", roles=REGISTRARS)
def dissolve_savings_cycle(unit: Unit, command: DissolveSavingsCycle) -> CycleMoved:
    """Record that a cycle ended without a share-out; what became of the money stays the group's own matter.

    Raises:
        NotFound: there is no such group.
        Refused: `savings_no_cycle_open`.
    """
    group = group_by_number(unit, unit.programme.id, command.group)
    cycle = open_cycle_of(unit, group.id)
    if cycle is None:
        raise Refused([NO_CYCLE_OPEN(group=group.number)])
    end_cycle(unit, group, cycle_id=cycle.id, position=cycle.position, state="dissolved")
    return CycleMoved(group=group.number, cycle=cycle.position, state="dissolved")


def end_cycle(unit: Unit, group: GroupFacts, *, cycle_id: Key, position: int, state: str) -> None:
    """Bring the open cycle of a group to its end on the day of the command."""
    CYCLE_STATES.require("open", state, which=f"{group.number}/{position}")
    unit.execute(END_CYCLE, this=cycle_id, new_state=state, new_day=unit.occurred_on)
    unit.changed("sf_savings_cycle", f"{group.number}/{position}", {"state": "open"}, {"state": state})
