"""Which records are one person, which households one household, and which number leads. Reads only.

A chain is followed to its end: of three records of one person two lead to the third.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.people.queries.records import participant_numbers
from seedfund.people.tables import Household, MergedHousehold, MergedParticipant, Participant
from seedfund.store.statements import Query, Reader


def _pair(merged: str, leading: str) -> tuple[Key, Key]:
    return Key(merged), Key(leading)


def _people() -> Any:
    return sa.select(col(MergedParticipant.participant_id), col(MergedParticipant.leading_id)).where(
        col(MergedParticipant.until_day).is_(None)
    )


def _households() -> Any:
    return sa.select(col(MergedHousehold.household_id), col(MergedHousehold.leading_id)).where(
        col(MergedHousehold.until_day).is_(None)
    )


PEOPLE: Final = Query(
    _pair,
    lambda: _people().where(col(MergedParticipant.participant_id).in_(sa.bindparam("ids", expanding=True))),
)
BEHIND: Final = Query(
    _pair,
    lambda: _people().where(col(MergedParticipant.leading_id).in_(sa.bindparam("ids", expanding=True))),
)
HOUSEHOLDS: Final = Query(
    _pair,
    lambda: _households().where(col(MergedHousehold.household_id).in_(sa.bindparam("ids", expanding=True))),
)
HOUSEHOLDS_BEHIND: Final = Query(
    _pair,
    lambda: _households().where(col(MergedHousehold.leading_id).in_(sa.bindparam("ids", expanding=True))),
)
PEOPLE_NUMBERED: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Participant.id), col(Participant.number)).where(
        col(Participant.programme_id) == sa.bindparam("programme"),
        col(Participant.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)
HOUSEHOLDS_NUMBERED: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Household.id), col(Household.number)).where(
        col(Household.programme_id) == sa.bindparam("programme"),
        col(Household.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)
HOUSEHOLDS_NAMED: Final = Query(
    lambda key, number: (Key(key), str(number)),
    lambda: sa.select(col(Household.id), col(Household.number)).where(
        col(Household.id).in_(sa.bindparam("ids", expanding=True))
    ),
)


def leading_people(reader: Reader, ids: Iterable[Key]) -> dict[Key, Key]:
    """The record that leads, for each of these people who were merged; all others are left out."""
    return _followed(reader, PEOPLE, ids)


def leading_households(reader: Reader, ids: Iterable[Key]) -> dict[Key, Key]:
    """The household that leads, for each of these that was merged; all others are left out."""
    return _followed(reader, HOUSEHOLDS, ids)


def same_people(reader: Reader, ids: Sequence[Key]) -> list[Key]:
    """These people with every other record of theirs, the leading one and those behind it."""
    return _all_of(reader, ids, leading_people(reader, ids), BEHIND)


def same_households(reader: Reader, ids: Sequence[Key]) -> list[Key]:
    """These households with every other that is the same, the leading one and those behind it."""
    return _all_of(reader, ids, leading_households(reader, ids), HOUSEHOLDS_BEHIND)


def _all_of(
    reader: Reader, ids: Sequence[Key], leading: Mapping[Key, Key], behind: Query[tuple[Key, Key]]
) -> list[Key]:
    found = list(dict.fromkeys([*ids, *leading.values()]))
    front: Sequence[Key] = found
    while front:
        front = [key for key, _ in reader.among(behind, "ids", front) if key not in found]
        found += front
    return found


def leading_numbers(reader: Reader, programme: Key, numbers: Sequence[str]) -> dict[str, str]:
    """The number that leads, for each of these numbers of people and households that was merged."""
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, str] = {}
    for series, numbered, follow, numbers_of in (
        ("PT-", PEOPLE_NUMBERED, leading_people, participant_numbers),
        ("HH-", HOUSEHOLDS_NUMBERED, leading_households, numbers_of_households),
    ):
        own = [number for number in wanted if number.startswith(series)]
        keys = dict(reader.among(numbered, "numbers", own, programme=programme))
        leading = follow(reader, keys)
        names = numbers_of(reader, list(leading.values()))
        found |= {keys[merged]: names[leads] for merged, leads in leading.items()}
    return found


def numbers_of_households(reader: Reader, ids: Sequence[Key]) -> dict[Key, str]:
    """The numbers of these households, by id."""
    return dict(reader.among(HOUSEHOLDS_NAMED, "ids", list(dict.fromkeys(ids))))


def _followed(reader: Reader, query: Query[tuple[Key, Key]], ids: Iterable[Key]) -> dict[Key, Key]:
    wanted = list(dict.fromkeys(ids))
    links: dict[Key, Key] = {}
    front = wanted
    while front:
        new = dict(reader.among(query, "ids", front))
        links |= new
        front = [leads for leads in dict.fromkeys(new.values()) if leads not in links]
    return {key: _end(links, key) for key in wanted if key in links}


def _end(links: Mapping[Key, Key], key: Key) -> Key:
    while key in links:
        key = links[key]
    return key
