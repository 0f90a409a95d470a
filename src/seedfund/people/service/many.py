"""Registering many households at once, as a file brings them: the same rows as one by one, written together.

One command, one audit record with the digest of what it was given; where each household came from is kept by who reads
the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, Refusal, Refused
from seedfund.kernel.ids import Key
from seedfund.people.rules import HOUSEHOLD_IN_LIST, DuplicateKind, number_key
from seedfund.people.service.duplicates import flag_duplicates, lock_digests
from seedfund.people.service.identity import REGISTRARS, write_document, write_index, write_sheet
from seedfund.people.service.registration import (
    HouseholdEntry,
    HouseholdRegistered,
    MemberEntry,
    MemberRegistered,
    check_entry,
    take_in,
    write_household,
    write_participant,
)
from seedfund.people.tables import IdentityIndex
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query
from seedfund.store.unit import Unit

HOUSEHOLDS_MAX: Final = 500
"""So many at once; more are several commands."""

_SHARED: Final = Query(
    str,
    lambda: (
        sa.select(col(IdentityIndex.digest))
        .where(
            col(IdentityIndex.kind) == sa.bindparam("kind"),
            col(IdentityIndex.digest).in_(sa.bindparam("digests", expanding=True)),
        )
        .group_by(col(IdentityIndex.digest))
        .having(sa.func.count() > 1)
    ),
)


@dataclass(frozen=True, kw_only=True)
class RegisterHouseholds(Command):
    """Households with their members, at most 500."""

    households: tuple[HouseholdEntry, ...]


@dataclass(frozen=True, kw_only=True)
class HouseholdsRegistered:
    """What became of each, in the order given."""

    households: tuple[HouseholdRegistered, ...]


@verb("people.register_households", roles=REGISTRARS, is_bulk=True)
def register_households(unit: Unit, command: RegisterHouseholds) -> HouseholdsRegistered:
    """Register many households, all or none; duplicates are flagged at once, also among themselves.

    Raises:
        InvalidInput: there is none or more than 500, or one holds what `register_household` does not take.
        Refused: `household_in_list`, with the reasons of `register_household`; the first of which that is so.
    """
    entries = command.households
    if not 1 <= len(entries) <= HOUSEHOLDS_MAX:
        raise InvalidInput(
            field="households",
            problem=f"there are {len(entries)} households",
            remedy=f"give 1 to {HOUSEHOLDS_MAX} at once",
        )
    warnings = [_checked(unit, position, entry) for position, entry in enumerate(entries, start=1)]
    homes = unit.human_numbers("HH", len(entries))
    people = iter(unit.human_numbers("PT", sum(len(entry.members) for entry in entries)))
    written: list[tuple[Key, tuple[MemberRegistered, ...]]] = []
    digests: dict[str, list[Key]] = {}
    with unit.gathered(digest=IdentityIndex):
        for entry, number in zip(entries, homes, strict=True):
            key = write_household(unit, entry, number)
            members = tuple(
                _written(unit, key, one, number=next(people), region=entry.country, digests=digests)
                for one in entry.members
            )
            written.append((key, members))
    for number, (_, members) in zip(homes, written, strict=True):
        unit.created("sf_household", number, {"members": [one.participant for one in members]})
    shared = _shared(unit, digests)
    return HouseholdsRegistered(
        households=tuple(
            HouseholdRegistered(
                household=number,
                household_id=key,
                members=members,
                warnings=told,
                duplicates=tuple(
                    flag
                    for one in members
                    if one.participant_id in shared
                    for flag in flag_duplicates(unit, one.participant_id)
                ),
            )
            for number, (key, members), told in zip(homes, written, warnings, strict=True)
        )
    )


def _checked(unit: Unit, position: int, entry: HouseholdEntry) -> tuple[Refusal, ...]:
    try:
        return check_entry(entry, unit.occurred_on)
    except Refused as error:
        raise Refused([HOUSEHOLD_IN_LIST(position=position), *error.refusals]) from None


def _written(
    unit: Unit,
    household: Key,
    entry: MemberEntry,
    *,
    number: str,
    region: str,
    digests: dict[str, list[Key]],
) -> MemberRegistered:
    """Write a person with sheet, documents and membership; note by which documents they are found."""
    person = entry.person
    key = write_participant(unit, person, number)
    unit.new_vault(key)
    warnings = write_sheet(unit, key, person.identity, region=region, is_first=True)
    numbers = [number_key(one.number) for one in person.documents if one.number is not None]
    for digest in write_index(unit, key, "document", numbers, is_first=True):
        digests.setdefault(digest, []).append(key)
    for document in person.documents:
        warnings += write_document(unit, key, document, is_indexed=True)
    take_in(unit, key, number, household=household, entry=entry)
    return MemberRegistered(participant=number, participant_id=key, warnings=warnings)


def _shared(unit: Unit, digests: dict[str, list[Key]]) -> frozenset[Key]:
    """Who of these people has a document that somebody else has too."""
    lock_digests(unit, digests)
    found: Iterable[str] = unit.among(_SHARED, "digests", sorted(digests), kind=DuplicateKind.DOCUMENT.value)
    return frozenset(key for digest in found for key in digests[digest])
