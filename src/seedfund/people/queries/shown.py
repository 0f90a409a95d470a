"""What a person at the desk is shown: a household with its members, a person's way through the programme.

A restricted member is left out of a household for those without the role, as if not there: a code among the names of
a family would tell who it is; and where such a family lives, beyond the locality, is told to those with the role alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.people.queries.facts import HouseholdFacts, household_facts
from seedfund.people.queries.names import PersonName, names_of
from seedfund.people.queries.records import household_by_number, participant_by_number
from seedfund.people.rules import Relationship
from seedfund.people.tables import Participation, ParticipationStep
from seedfund.store.statements import Query
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member with the name as it may be seen."""

    name: PersonName
    relationship: Relationship
    is_dependant: bool
    from_day: date


@dataclass(frozen=True, slots=True)
class HouseholdShown:
    """A household at the desk; `stops` is how many duplicates stop its payments."""

    number: str
    state: str
    country: str
    community: str | None
    locality: str
    phase: str
    registered_on: date
    members: tuple[MemberShown, ...]
    stops: int


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One row of a participation's history."""

    position: int
    from_state: str | None
    to_state: str
    reason: str | None
    happened_on: date


HISTORY: Final = Query(
    StepTaken,
    lambda: (
        sa.select(
            col(ParticipationStep.position),
            col(ParticipationStep.from_state),
            col(ParticipationStep.to_state),
            col(ParticipationStep.reason),
            col(ParticipationStep.happened_on),
        )
        .join(Participation, col(Participation.id) == col(ParticipationStep.participation_id))
        .where(col(Participation.participant_id) == sa.bindparam("participant"))
        .order_by(col(Participation.began_on), col(Participation.id), col(ParticipationStep.position))
    ),
)


def show_household(work: Work, number: str) -> HouseholdShown:
    """A household with the members the actor may see.

    Raises:
        InvalidInput: it has not the form of a number.
        NotFound: there is no such household.
        NotAllowed: the actor is none of the programme's.
    """
    reader = work.reader()
    row = household_by_number(reader, work.programme.id, number)
    facts = household_facts(reader, [row.id])[row.id]
    members = _members(work, facts)
    return HouseholdShown(
        row.number,
        row.state,
        row.country,
        row.community if len(members) == len(facts.members) else None,
        row.locality,
        row.phase,
        row.registered_on,
        members,
        len(facts.payment_stops),
    )


def participation_history(work: Work, number: str) -> list[StepTaken]:
    """Every step of a person's participations, in order; it names nobody.

    Raises:
        InvalidInput: it has not the form of a number.
        NotFound: there is no such person.
    """
    person = participant_by_number(work.reader(), work.programme.id, number)
    return work.reader().all(HISTORY, participant=person.id)


def _members(work: Work, facts: HouseholdFacts) -> tuple[MemberShown, ...]:
    names = names_of(work, [member.participant.id for member in facts.members])
    return tuple(
        MemberShown(name, member.relationship, member.is_dependant, member.from_day)
        for member in facts.members
        if not (name := names[member.participant.id]).is_hidden
    )
