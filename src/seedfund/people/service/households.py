"""Joining, leaving and changing a household after it was registered."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import (
    MEMBERS,
    HouseholdRow,
    MembershipRow,
    ParticipantRow,
    household_by_number,
    human_number,
)
from seedfund.people.rules import HOUSEHOLD_STATES, Relationship, check_joining, check_leaving, plain_text
from seedfund.people.service.duplicates import DuplicateFound
from seedfund.people.service.identity import REGISTRARS, require_person
from seedfund.people.service.leading import require_leading_household
from seedfund.people.service.participation import begin_participation
from seedfund.people.service.registration import (
    COMMUNITY_MAX,
    LOCALITY_MAX,
    PHASE_MAX,
    MemberEntry,
    MemberRegistered,
    PersonEntry,
    check_countries,
    check_country,
    flagged,
    missing,
    write_member,
    write_membership,
)
from seedfund.people.tables import Household, HouseholdMember
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class AddMember(Command):
    """Somebody who joins a household: either a new person or the number of one who is in none now."""

    household: str
    relationship: Relationship
    person: PersonEntry | None = None
    participant: str | None = None
    is_dependant: bool = False
    participates: bool = False


@dataclass(frozen=True, kw_only=True)
class MemberAdded:
    """The household, the person, and the households that share something."""

    household: str
    participant: str
    participant_id: Key
    warnings: tuple[Refusal, ...]
    duplicates: tuple[DuplicateFound, ...]


@verb("people.add_member", roles=REGISTRARS)
def add_member(unit: Unit, command: AddMember) -> MemberAdded:
    """Add a new or known person to a household from the command's day on.

    Raises:
        InvalidInput: both or neither of person and participant are given.
        NotFound: there is no such household or person.
        NotAllowed: the known person is restricted.
        Refused: `household_merged`, `household_not_active`, `person_in_a_household`, `head_already_named`,
            `member_field_needed`, `person_erased`, `person_merged`.
    """
    if (command.person is None) == (command.participant is None):
        raise InvalidInput(
            field="person",
            problem="either a new person or a known one joins",
            remedy="give the person's details, or the number",
        )
    household = household_by_number(unit, unit.programme.id, command.household)
    require_leading_household(unit, household.id)
    known = require_person(unit, command.participant) if command.participant is not None else None
    entry = _entry(command)
    new = (entry,) if entry is not None else ()
    check_countries(household.country, new)
    refusals = check_joining(
        household.number,
        state=household.state,
        members=[row.standing for row in unit.all(MEMBERS, household=household.id)],
        relationship=command.relationship,
        participant=known.number if known else None,
        is_elsewhere=known is not None and unit.first(CURRENT_HOME, participant=known.id) is not None,
    )
    refuse([*refusals, *missing(household.locality, new)])
    if known is not None:
        joined = _write_known(unit, household.id, known, command)
    else:
        joined = write_member(unit, household.id, *new, region=household.country)
    unit.changed("sf_household", household.number, {}, {"joined": joined.participant})
    return MemberAdded(
        household=household.number,
        participant=joined.participant,
        participant_id=joined.participant_id,
        warnings=joined.warnings,
        duplicates=flagged(unit, (joined,)),
    )


@dataclass(frozen=True, kw_only=True)
class EndMembership(Command):
    """Somebody who leaves a household on the command's day; a head who leaves others names the next head."""

    household: str
    participant: str
    new_head: str | None = None


@dataclass(frozen=True, kw_only=True)
class MembershipEnded:
    """Who left, and the members who stay."""

    household: str
    participant: str
    members: tuple[str, ...]


@verb("people.end_membership", roles=REGISTRARS)
def end_membership(unit: Unit, command: EndMembership) -> MembershipEnded:
    """End a membership; the person stays registered and can join another household.

    Raises:
        NotFound: there is no such household.
        Refused: `person_not_a_member`, `head_leaves_others`, `head_not_to_name`, `new_head_not_a_member`,
            `leaves_before_joining`.
    """
    household = household_by_number(unit, unit.programme.id, command.household)
    new_head = human_number(command.new_head, field="new_head") if command.new_head is not None else None
    leaving = human_number(command.participant, field="participant")
    stay = write_leaving(unit, household, leaving, new_head=new_head)
    return MembershipEnded(household=household.number, participant=leaving, members=stay)


def write_leaving(
    unit: Unit, household: HouseholdRow, leaving: str, *, new_head: str | None
) -> tuple[str, ...]:
    """End the membership of a person by number, and name the next head; the numbers of those who stay.

    Raises:
        Refused: `person_not_a_member`, `head_leaves_others`, `head_not_to_name`, `new_head_not_a_member`,
            `leaves_before_joining`.
    """
    rows = {row.standing.participant: row for row in unit.all(MEMBERS, household=household.id)}
    refuse(
        check_leaving(
            household.number,
            members=[row.standing for row in rows.values()],
            participant=leaving,
            new_head=new_head,
            day=unit.occurred_on,
        )
    )
    unit.execute(END, this=rows[leaving].id, new_until=unit.occurred_on)
    if new_head is not None:
        _name_head(unit, household.id, rows[new_head])
    unit.changed("sf_household", household.number, {}, {"left": leaving, "new_head": new_head})
    return tuple(sorted(set(rows) - {leaving}))


@dataclass(frozen=True, kw_only=True)
class ChangeHousehold(Command):
    """What is new about a household; None leaves a field as it is."""

    household: str
    state: str | None = None
    country: str | None = None
    community: str | None = None
    locality: str | None = None
    phase: str | None = None


@dataclass(frozen=True, kw_only=True)
class HouseholdChanged:
    """The household and its state."""

    household: str
    state: str


@verb("people.change_household", roles=REGISTRARS)
def change_household(unit: Unit, command: ChangeHousehold) -> HouseholdChanged:
    """Change a household's place, phase or state: it leaves the programme, or is active again.

    Raises:
        NotFound: there is no such household.
        InvalidInput: the country is no two letters, or there is no such state.
        Refused: `household_merged`, `no_such_step`.
    """
    row = household_by_number(unit, unit.programme.id, command.household)
    require_leading_household(unit, row.id)
    names = ("state", "country", "community", "locality", "phase")
    before = {name: str(getattr(row, name)) for name in names}
    wanted = {name: getattr(command, name) for name in names if getattr(command, name) is not None}
    after = {**before, **{name: _plain(name, str(value)) for name, value in wanted.items()}}
    check_country(after["country"], field="country")
    if after["state"] not in HOUSEHOLD_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give " + " or ".join(HOUSEHOLD_STATES.states),
        )
    if after["state"] != before["state"]:
        HOUSEHOLD_STATES.require(before["state"], after["state"], which=row.number)
    unit.execute(CHANGE, this=row.id, **{f"new_{name}": value for name, value in after.items()})
    unit.changed("sf_household", row.number, before, after)
    return HouseholdChanged(household=row.number, state=after["state"])


_LENGTHS: Final = MappingProxyType(
    {
        "state": 10,
        "country": 2,
        "community": COMMUNITY_MAX,
        "locality": LOCALITY_MAX,
        "phase": PHASE_MAX,
    }
)
CURRENT_HOME: Final = Query(
    Key,
    lambda: sa.select(col(HouseholdMember.household_id)).where(
        col(HouseholdMember.participant_id) == sa.bindparam("participant"),
        col(HouseholdMember.until_day).is_(None),
    ),
)
END: Final = Write(
    lambda: (
        sa.update(HouseholdMember)
        .where(col(HouseholdMember.id) == sa.bindparam("this"))
        .values(until_day=sa.bindparam("new_until"))
    )
)
CHANGE: Final = Write(
    lambda: (
        sa.update(Household)
        .where(col(Household.id) == sa.bindparam("this"))
        .values(
            state=sa.bindparam("new_state"),
            country=sa.bindparam("new_country"),
            community=sa.bindparam("new_community"),
            locality=sa.bindparam("new_locality"),
            phase=sa.bindparam("new_phase"),
        )
    )
)


def _plain(field: str, text: str) -> str:
    return plain_text(text, field=field, most=_LENGTHS[field])


def _entry(command: AddMember) -> MemberEntry | None:
    if command.person is None:
        return None
    return MemberEntry(
        person=command.person,
        relationship=command.relationship,
        is_dependant=command.is_dependant,
        participates=command.participates,
    )


def _write_known(unit: Unit, household: Key, person: ParticipantRow, command: AddMember) -> MemberRegistered:
    write_membership(
        unit,
        household=household,
        participant=person.id,
        relationship=command.relationship,
        is_dependant=command.is_dependant,
    )
    if command.participates:
        begin_participation(unit, person.id, person.number)
    return MemberRegistered(participant=person.number, participant_id=person.id, warnings=())


def _name_head(unit: Unit, household: Key, row: MembershipRow) -> None:
    """The new head's membership ends and begins again, so that who was head on which day can be told."""
    unit.execute(END, this=row.id, new_until=unit.occurred_on)
    write_membership(
        unit,
        household=household,
        participant=row.participant_id,
        relationship=Relationship.HEAD,
        is_dependant=False,
    )
