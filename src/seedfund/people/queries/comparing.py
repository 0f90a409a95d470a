"""Opening sheets to compare people: names, births, digests, places and households of many, in batches.

Names are opened in memory for as long as the comparison takes and never written. Restricted people are opened for
named roles only; for everybody else they are not there, neither as one of two nor as somebody's household.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import Corrupt
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.names import fold
from seedfund.people.queries.names import document_place, latest_sheet, read_sheet, sheet_place
from seedfund.people.queries.records import birth_columns, birth_of
from seedfund.people.rules import Sex, number_key
from seedfund.people.rules.likeness.folding import Sounds, words_of
from seedfund.people.rules.likeness.known import Known, Mate, years_of
from seedfund.people.rules.likeness.nearness import near_forms
from seedfund.people.tables import (
    Household,
    HouseholdMember,
    IdentityDocument,
    IdentityIndex,
    IdentitySheet,
    Participant,
)
from seedfund.store.columns import table_of
from seedfund.store.sealing.vault import Vault
from seedfund.store.statements import Query, Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

BATCH: Final = 500
_NEAR_DIGITS: Final = 12
"""Hexadecimal digits kept of a form's digest: in one search of 500 with a million forms two of them agree by chance."""
Progress = Callable[[int, int], None]
"""How many of how many people were opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """People as compared, and the number of each by key."""

    people: list[Known]
    numbers: dict[Key, str]


def _homes() -> Any:
    own = table_of(HouseholdMember).alias()
    return sa.select(own.c.household_id).where(
        own.c.until_day.is_(None), own.c.participant_id.in_(sa.bindparam("ids", expanding=True))
    )


IDS: Final = Query(
    Key,
    lambda: (
        sa.select(col(Participant.id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.erased_at).is_(None),
            sa.or_(col(Participant.is_restricted).is_(False), sa.bindparam("sees_all", type_=sa.Boolean)),
        )
        .order_by(col(Participant.id))
    ),
)
LIVING_WITH: Final = Query(
    Key,
    lambda: sa.select(col(HouseholdMember.participant_id)).where(
        col(HouseholdMember.until_day).is_(None),
        col(HouseholdMember.household_id).in_(_homes()),
    ),
)
PEOPLE: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(Participant.sex),
            col(IdentitySheet.id),
            col(IdentitySheet.content),
            col(HouseholdMember.household_id),
            col(Household.country),
            col(Household.locality),
            col(Household.community),
            *birth_columns(),
        )
        .select_from(Participant)
        .join(IdentitySheet, latest_sheet())
        .outerjoin(
            HouseholdMember,
            sa.and_(
                col(HouseholdMember.participant_id) == col(Participant.id),
                col(HouseholdMember.until_day).is_(None),
            ),
        )
        .outerjoin(Household, col(Household.id) == col(HouseholdMember.household_id))
        .where(
            col(Participant.id).in_(sa.bindparam("ids", expanding=True)),
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.erased_at).is_(None),
            sa.or_(col(Participant.is_restricted).is_(False), sa.bindparam("sees_all", type_=sa.Boolean)),
        )
        .order_by(col(Participant.id))
    ),
)
DIGESTS: Final = Query(
    lambda participant, kind, digest: (Key(participant), str(kind), str(digest)),
    lambda: (
        sa.select(col(IdentityIndex.participant_id), col(IdentityIndex.kind), col(IdentityIndex.digest))
        .where(
            col(IdentityIndex.participant_id).in_(sa.bindparam("ids", expanding=True)),
            col(IdentityIndex.kind).in_(("phone", "document", "account")),
        )
        .order_by(col(IdentityIndex.participant_id), col(IdentityIndex.kind), col(IdentityIndex.digest))
    ),
)

DOCUMENTS: Final = Query(
    lambda participant, row, number: (Key(participant), Key(row), number),
    lambda: (
        sa.select(
            col(IdentityDocument.participant_id), col(IdentityDocument.id), col(IdentityDocument.number)
        )
        .where(
            col(IdentityDocument.participant_id).in_(sa.bindparam("ids", expanding=True)),
            col(IdentityDocument.number).is_not(None),
        )
        .order_by(col(IdentityDocument.id))
    ),
)


def open_all(work: Work, sounds: Sounds, *, sees_all: bool, progress: Progress | None = None) -> Opened:
    """Everybody of the programme whom the actor may see, as compared.

    Raises:
        Corrupt: a sealed sheet does not open in its place, or its key is missing.
    """
    reader = work.reader()
    ids = reader.all(IDS, programme=work.programme.id, sees_all=sees_all)
    return _opened(reader, work, ids, sounds=sounds, sees_all=sees_all, progress=progress)


def open_some(reader: Reader, work: Work, ids: Sequence[Key], *, sounds: Sounds, sees_all: bool) -> Opened:
    """These people and whoever lives with them, as compared; whom the actor may not see is left out.

    Raises:
        Corrupt: a sealed sheet does not open in its place, or its key is missing.
    """
    wanted = list(dict.fromkeys(ids))
    with_them = reader.among(LIVING_WITH, "ids", wanted)
    found = list(dict.fromkeys([*wanted, *with_them]))
    return _opened(reader, work, found, sounds=sounds, sees_all=sees_all, progress=None)


def _opened(
    reader: Reader,
    work: Work,
    ids: Sequence[Key],
    *,
    sounds: Sounds,
    sees_all: bool,
    progress: Progress | None,
) -> Opened:
    people: list[Known] = []
    numbers: dict[Key, str] = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows = reader.all(PEOPLE, ids=batch, programme=work.programme.id, sees_all=sees_all)
        vaults = open_vaults(reader, work, [row[0] for row in rows])
        digests = _digests(reader, [row[0] for row in rows])
        beside = _beside(reader, work, vaults)
        for row in rows:
            vault = vaults.get(row[0])
            if vault is None:
                raise Corrupt(f"the data key of {row[1]} is missing; run: seedfund audit verify")
            text = vault.open(row[4], sheet_place(row[3]))
            one = _known(row, _names(text), digests[row[0]])
            people.append(replace(one, near_documents=beside.get(row[0], one.near_documents)))
            numbers[Key(row[0])] = row[1]
        if progress is not None:
            progress(min(start + BATCH, len(ids)), len(ids))
    return Opened(with_mates(people, sounds), numbers)


def near_digests(work: Work, keys: Iterable[Secret]) -> tuple[int, ...]:
    """What stands for the documents of these keys when they are compared with others beside them; kept nowhere."""
    forms = (form for key in keys for form in near_forms(key))
    return tuple({int(work.blinder.index("near", form)[:_NEAR_DIGITS], 16) for form in forms})


def _beside(reader: Reader, work: Work, vaults: Mapping[Key, Vault]) -> dict[Key, tuple[int, ...]]:
    """By person, what stands for the numbers of their documents; the numbers are let go at once."""
    found: dict[Key, list[Secret]] = defaultdict(list)
    for participant, row, sealed in reader.among(DOCUMENTS, "ids", list(vaults)):
        found[participant].append(number_key(vaults[participant].open(sealed, document_place(row))))
    return {participant: near_digests(work, keys) for participant, keys in found.items()}


def _digests(reader: Reader, ids: Sequence[Key]) -> dict[Key, dict[str, list[str]]]:
    found: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for participant, kind, digest in reader.among(DIGESTS, "ids", ids):
        found[participant][kind].append(digest)
    return found


def _names(text: Secret) -> tuple[tuple[str, ...], ...]:
    """The name as papers print it, and the alias beside it."""
    sheet = read_sheet(text)
    names = [words_of(sheet.printed.reveal())]
    if sheet.alias is not None:
        names.append(words_of(sheet.alias.reveal()))
    return tuple(dict.fromkeys(name for name in names if name))


def _known(
    row: tuple[Any, ...], names: tuple[tuple[str, ...], ...], digests: Mapping[str, Sequence[str]]
) -> Known:
    key, _, sex, _, _, home, country, locality, community = row[:9]
    birth = birth_of(*row[9:])
    return Known(
        key=key,
        names=names,
        sex=Sex(sex),
        born_on=None if birth is None else birth.born_on,
        years=years_of(birth),
        phones=tuple(digests.get("phone", ())),
        documents=tuple(digests.get("document", ())),
        accounts=tuple(digests.get("account", ())),
        country=country or "",
        locality=(locality or "").casefold(),
        community=fold(community or ""),
        home=home,
    )


def with_mates(people: Sequence[Known], sounds: Sounds) -> list[Known]:
    """Each with the others of the household they are in now."""
    homes: dict[str, list[tuple[str, Mate]]] = defaultdict(list)
    for one in people:
        if one.home is not None and one.names and one.years is not None:
            homes[one.home].append((one.key, (sounds.skeleton(one.names[0][0]), one.years[0])))
    return [
        replace(one, mates=tuple(mate for key, mate in homes[one.home] if key != one.key))
        if one.home is not None and len(homes[one.home]) > 1
        else one
        for one in people
    ]
