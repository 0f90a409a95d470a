"""The rows verbs decide about: a household, a person, their memberships, found by number and locked.

Reading the rows locked here is for verbs; lists and papers use `facts` and `names`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.ids import Key
from seedfund.people.rules import AgeSource, Birth, Relationship, Standing
from seedfund.people.tables import (
    Household,
    HouseholdMember,
    IdentitySheet,
    Participant,
    Participation,
)
from seedfund.store.statements import Query, Reader

_NUMBER: Final = re.compile(r"[A-Z]{2}-[0-9]{4}-[0-9]{4,}", flags=re.ASCII)
_KEY: Final = re.compile(r"[0-9a-f]{32}", flags=re.ASCII)


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household as stored."""

    id: Key
    number: str
    state: str
    country: str
    community: str
    locality: str
    phase: str
    registered_on: date


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """What a verb needs to know of a person before it changes something."""

    id: Key
    number: str
    birth: Birth | None
    is_restricted: bool
    is_erased: bool


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A current membership with the person's number."""

    id: Key
    participant_id: Key
    standing: Standing


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """A participation under way."""

    id: Key
    state: str
    began_on: date


def birth_of(*columns: Any) -> Birth | None:
    """A birth from its five columns, in the order of `birth_columns`."""
    source, born_on, born_in, age, asked_on = columns
    if source is None:
        return None
    return Birth(AgeSource(source), born_on=born_on, born_in=born_in, age=age, asked_on=asked_on)


def birth_columns() -> tuple[Any, ...]:
    """The columns of a birth, in the order `birth_of` takes them."""
    return (
        col(Participant.age_source),
        col(Participant.birth_date),
        col(Participant.birth_year),
        col(Participant.birth_age),
        col(Participant.birth_asked_on),
    )


def _participant(*values: Any) -> ParticipantRow:
    key, number, is_restricted, erased_at = values[:4]
    return ParticipantRow(key, number, birth_of(*values[4:]), is_restricted, erased_at is not None)


def _membership(*columns: Any) -> MembershipRow:
    key, participant, number, relationship, since = columns
    return MembershipRow(key, participant, Standing(number, Relationship(relationship), since))


HOUSEHOLD: Final = Query(
    HouseholdRow,
    lambda: (
        sa.select(
            col(Household.id),
            col(Household.number),
            col(Household.state),
            col(Household.country),
            col(Household.community),
            col(Household.locality),
            col(Household.phase),
            col(Household.registered_on),
        )
        .where(
            col(Household.programme_id) == sa.bindparam("programme"),
            col(Household.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
PARTICIPANT: Final = Query(
    _participant,
    lambda: (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(Participant.is_restricted),
            col(Participant.erased_at),
            *birth_columns(),
        )
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
MEMBERS: Final = Query(
    _membership,
    lambda: (
        sa.select(
            col(HouseholdMember.id),
            col(HouseholdMember.participant_id),
            col(Participant.number),
            col(HouseholdMember.relationship),
            col(HouseholdMember.from_day),
        )
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(HouseholdMember.household_id) == sa.bindparam("household"),
            col(HouseholdMember.until_day).is_(None),
        )
        .order_by(col(Participant.number))
    ),
)
HOUSEHOLDS_OF: Final = Query(
    lambda household, country, until: (Key(household), str(country), until),
    lambda: (
        sa.select(col(HouseholdMember.household_id), col(Household.country), col(HouseholdMember.until_day))
        .join(Household, col(Household.id) == col(HouseholdMember.household_id))
        .where(col(HouseholdMember.participant_id) == sa.bindparam("participant"))
    ),
)
PARTICIPATION: Final = Query(
    ParticipationRow,
    lambda: (
        sa.select(col(Participation.id), col(Participation.state), col(Participation.began_on))
        .where(
            col(Participation.participant_id) == sa.bindparam("participant"),
            col(Participation.ended_on).is_(None),
        )
        .with_for_update()
    ),
)
SHEET_VERSION: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(IdentitySheet.version)), 0)).where(
        col(IdentitySheet.participant_id) == sa.bindparam("participant")
    ),
)


def human_number(text: str, *, field: str) -> str:
    """A number such as HH-2026-0001 as it is compared.

    Raises:
        InvalidInput: it has another form; what was typed is not repeated, since it may be a name.
    """
    number = text.strip().upper()
    if not _NUMBER.fullmatch(number):
        raise InvalidInput(
            field=field,
            problem="it is no number of this programme",
            remedy="write it as on the papers, for example PT-2026-0001; to look for a name, search",
        )
    return number


def row_key(text: str, *, field: str) -> Key:
    """A key as it came back from an earlier command.

    Raises:
        InvalidInput: it has another form.
    """
    if not _KEY.fullmatch(text):
        raise InvalidInput(
            field=field, problem="it is no key", remedy="give the one that the command before has answered"
        )
    return Key(text)


def household_by_number(reader: Reader, programme: Key, number: str) -> HouseholdRow:
    """The household of that number; inside a verb it is locked.

    Raises:
        InvalidInput: it has not the form of a number.
        NotFound: there is none in the programme.
    """
    found = reader.first(HOUSEHOLD, programme=programme, number=human_number(number, field="household"))
    if found is None:
        raise NotFound(what="household", which=number)
    return found


def participant_by_number(reader: Reader, programme: Key, number: str) -> ParticipantRow:
    """The person of that number; inside a verb the row is locked.

    Raises:
        InvalidInput: it has not the form of a number.
        NotFound: there is none in the programme.
    """
    found = reader.first(PARTICIPANT, programme=programme, number=human_number(number, field="participant"))
    if found is None:
        raise NotFound(what="participant", which=number)
    return found


def last_household(reader: Reader, participant: Key) -> tuple[Key, str] | None:
    """The household a person is in, else the one they left last, with its country."""
    rows = reader.all(HOUSEHOLDS_OF, participant=participant)
    if not rows:
        return None
    household, country, _ = max(rows, key=lambda row: row[2] or date.max)
    return household, country


NUMBERS: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Participant.id), col(Participant.number)).where(
        col(Participant.id).in_(sa.bindparam("ids", expanding=True))
    ),
)


def participant_numbers(reader: Reader, ids: Sequence[Key]) -> dict[Key, str]:
    """The numbers of these people, by id; an unknown id has none."""
    return dict(reader.among(NUMBERS, "ids", list(dict.fromkeys(ids))))
