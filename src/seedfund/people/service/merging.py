"""Letting one record lead another of the same person, and parting them again. No row is removed or written over.

What was done under the merged number stays under it. The membership ends, so that nobody is counted twice; a
participation under way ends as a duplicate, so that nothing more is paid to it; a household that nobody is left in
leads to the household where its last member went on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.facts import household_rows
from seedfund.people.queries.records import PARTICIPATION, HouseholdRow, ParticipantRow, household_by_number
from seedfund.people.rules import (
    HOUSEHOLD_STATES,
    LEAVES_BEFORE_JOINING,
    ExitReason,
    Relationship,
)
from seedfund.people.service.households import END, write_leaving
from seedfund.people.service.participation import ChangeParticipation, change_participation
from seedfund.people.service.protection import RESTRICT
from seedfund.people.service.registration import write_membership
from seedfund.people.tables import Household, HouseholdMember, MergedHousehold, MergedParticipant
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership, current or ended."""

    id: Key
    household_id: Key
    relationship: Relationship
    is_dependant: bool
    from_day: date


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the merged record's household: its number, who is left, whether it leads to another now."""

    household: str | None
    stay: tuple[str, ...]
    is_household_merged: bool


def write_merge(
    unit: Unit, pair: Key, merged: ParticipantRow, *, leading: ParticipantRow, new_head: str | None
) -> Merged:
    """Let `leading` lead `merged` from the command's day on.

    Raises:
        InvalidInput: the participation began after the command's day.
        Refused: `head_leaves_others`, `head_not_to_name`, `new_head_not_a_member`, `leaves_before_joining`,
            `no_such_step`.
    """
    left = _leave(unit, pair, merged, leading=leading, new_head=new_head)
    if unit.first(PARTICIPATION, participant=merged.id) is not None:
        ending = ChangeParticipation(
            key=unit.command_key,
            participant=merged.number,
            state="exited",
            reason=ExitReason.EXCLUDED_DUPLICATE,
        )
        change_participation.write(unit, ending)
    _restrict_both(unit, merged, leading)
    unit.insert(
        MergedParticipant,
        id=unit.key(),
        pair_id=pair,
        participant_id=merged.id,
        leading_id=leading.id,
        from_day=unit.occurred_on,
        until_day=None,
    )
    unit.created("sf_merged_participant", merged.number, {"leads": leading.number})
    return left


def write_parting(unit: Unit, pair: Key, numbers: Mapping[Key, str]) -> Merged:
    """End what a pair's decision merged; the household the person is in again is None where somebody has to say which.

    `numbers` are those of the two people, by key.
    """
    for household in unit.all(MERGED_HOMES, pair=pair):
        unit.execute(PART_HOMES, pair=pair, new_until=unit.occurred_on)
        row = household_rows(unit, [household])[household]
        if row.state == "left":
            _change_state(unit, row, HOUSEHOLD_STATES.start)
    (merged,) = unit.all(MERGED_PEOPLE, pair=pair)
    unit.execute(PART_PEOPLE, pair=pair, new_until=unit.occurred_on)
    unit.changed("sf_merged_participant", numbers[merged], {"merged": True}, {"merged": False})
    return Merged(_return(unit, merged), (), is_household_merged=False)


def _leave(
    unit: Unit, pair: Key, merged: ParticipantRow, *, leading: ParticipantRow, new_head: str | None
) -> Merged:
    stay = unit.first(STAY, participant=merged.id)
    if stay is None:
        return Merged(None, (), is_household_merged=False)
    home = _locked(unit, stay.household_id)
    other = unit.first(STAY, participant=leading.id)
    if other is None:
        _take_the_place(unit, stay, merged=merged, leading=leading)
        return Merged(home.number, (leading.number,), is_household_merged=False)
    lives_together = other.household_id == home.id
    if new_head is None and lives_together and stay.relationship is Relationship.HEAD:
        new_head = leading.number
    left = write_leaving(unit, home, merged.number, new_head=new_head)
    if left:
        return Merged(home.number, left, is_household_merged=False)
    _merge_home(unit, pair, home, leading=other.household_id)
    return Merged(home.number, (), is_household_merged=True)


def _take_the_place(unit: Unit, stay: Stay, *, merged: ParticipantRow, leading: ParticipantRow) -> None:
    """Whoever leads and lives nowhere goes on where the merged record lived."""
    if unit.occurred_on < stay.from_day:
        refuse([LEAVES_BEFORE_JOINING(participant=merged.number, joined=stay.from_day)])
    unit.execute(END, this=stay.id, new_until=unit.occurred_on)
    write_membership(
        unit,
        household=stay.household_id,
        participant=leading.id,
        relationship=stay.relationship,
        is_dependant=stay.is_dependant,
    )


def _merge_home(unit: Unit, pair: Key, home: HouseholdRow, *, leading: Key) -> None:
    leads = _locked(unit, leading)
    if home.state == HOUSEHOLD_STATES.start:
        _change_state(unit, home, "left")
    unit.insert(
        MergedHousehold,
        id=unit.key(),
        pair_id=pair,
        household_id=home.id,
        leading_id=leading,
        from_day=unit.occurred_on,
        until_day=None,
    )
    unit.created("sf_merged_household", home.number, {"leads": leads.number})


def _restrict_both(unit: Unit, merged: ParticipantRow, leading: ParticipantRow) -> None:
    """Whom one record protects, the other does not betray."""
    if merged.is_restricted == leading.is_restricted:
        return
    open_one = leading if merged.is_restricted else merged
    unit.execute(RESTRICT, this=open_one.id, new_value=True)
    unit.changed("sf_participant", open_one.number, {"is_restricted": False}, {"is_restricted": True})


def _return(unit: Unit, person: Key) -> str | None:
    """Back into the household that was left last, unless that is over or has another head by now."""
    if unit.first(STAY, participant=person) is not None:
        return None
    last = unit.first(LAST_STAY, participant=person)
    if last is None:
        return None
    home = _locked(unit, last.household_id)
    is_head = last.relationship is Relationship.HEAD
    if home.state != HOUSEHOLD_STATES.start or (is_head and unit.first(HEAD, household=home.id) is not None):
        return None
    write_membership(
        unit,
        household=home.id,
        participant=person,
        relationship=last.relationship,
        is_dependant=last.is_dependant,
    )
    return home.number


def _locked(unit: Unit, household: Key) -> HouseholdRow:
    number = household_rows(unit, [household])[household].number
    return household_by_number(unit, unit.programme.id, number)


def _change_state(unit: Unit, home: HouseholdRow, state: str) -> None:
    unit.execute(CHANGE_STATE, this=home.id, new_state=state)
    unit.changed("sf_household", home.number, {"state": home.state}, {"state": state})


def _stays(*values: Any) -> Stay:
    key, household, relationship, is_dependant, since = values
    return Stay(key, household, Relationship(relationship), is_dependant, since)


def _memberships() -> Any:
    return sa.select(
        col(HouseholdMember.id),
        col(HouseholdMember.household_id),
        col(HouseholdMember.relationship),
        col(HouseholdMember.is_dependant),
        col(HouseholdMember.from_day),
    ).where(col(HouseholdMember.participant_id) == sa.bindparam("participant"))


STAY: Final = Query(_stays, lambda: _memberships().where(col(HouseholdMember.until_day).is_(None)))
LAST_STAY: Final = Query(
    _stays,
    lambda: _memberships().order_by(col(HouseholdMember.until_day).desc(), col(HouseholdMember.id).desc()),
)
HEAD: Final = Query(
    Key,
    lambda: sa.select(col(HouseholdMember.participant_id)).where(
        col(HouseholdMember.household_id) == sa.bindparam("household"),
        col(HouseholdMember.relationship) == Relationship.HEAD.value,
        col(HouseholdMember.until_day).is_(None),
    ),
)
MERGED_PEOPLE: Final = Query(
    Key,
    lambda: sa.select(col(MergedParticipant.participant_id)).where(
        col(MergedParticipant.pair_id) == sa.bindparam("pair"), col(MergedParticipant.until_day).is_(None)
    ),
)
MERGED_HOMES: Final = Query(
    Key,
    lambda: sa.select(col(MergedHousehold.household_id)).where(
        col(MergedHousehold.pair_id) == sa.bindparam("pair"), col(MergedHousehold.until_day).is_(None)
    ),
)
PART_PEOPLE: Final = Write(
    lambda: (
        sa.update(MergedParticipant)
        .where(
            col(MergedParticipant.pair_id) == sa.bindparam("pair"), col(MergedParticipant.until_day).is_(None)
        )
        .values(until_day=sa.bindparam("new_until"))
    )
)
PART_HOMES: Final = Write(
    lambda: (
        sa.update(MergedHousehold)
        .where(col(MergedHousehold.pair_id) == sa.bindparam("pair"), col(MergedHousehold.until_day).is_(None))
        .values(until_day=sa.bindparam("new_until"))
    )
)
CHANGE_STATE: Final = Write(
    lambda: (
        sa.update(Household)
        .where(col(Household.id) == sa.bindparam("this"))
        .values(state=sa.bindparam("new_state"))
    )
)
