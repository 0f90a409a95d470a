"""Who is restricted, by key: for areas that must not tell others about them. Reads only."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.names import tokens
from seedfund.people.queries.access import sees_restricted
from seedfund.people.rules import normal_phone, number_key, phone_keys
from seedfund.people.tables import HouseholdMember, IdentityIndex, Participant
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work

_RESTRICTED: Final = Query(
    Key,
    lambda: (
        sa.select(col(Participant.id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
        )
        .order_by(col(Participant.id))
    ),
)

_HOUSEHOLDS: Final = Query(
    Key,
    lambda: (
        sa.select(col(HouseholdMember.household_id))
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
            col(HouseholdMember.until_day).is_(None),
        )
        .distinct()
        .order_by(col(HouseholdMember.household_id))
    ),
)

_MARKS: Final = Query(
    lambda person, kind, digest: (Key(person), str(kind), str(digest)),
    lambda: (
        sa.select(col(IdentityIndex.participant_id), col(IdentityIndex.kind), col(IdentityIndex.digest))
        .join(Participant, col(Participant.id) == col(IdentityIndex.participant_id))
        .where(
            col(Participant.programme_id) == sa.bindparam("programme"),
            col(Participant.is_restricted).is_(True),
        )
    ),
)
_WORDS_LEAST: Final = 2
"""One word of a name is shared by many; two of one person's name rarely are."""
_NUMBER: Final = re.compile(r"\w*\d{5,}\w*")
_SPACED: Final = re.compile(r"\+?\d(?:[ .\-]?\d){5,}")
_BETWEEN: Final = re.compile(r"[ .\-]")


def restricted_people(reader: Reader, programme: Key) -> list[Key]:
    """The keys of the restricted people of a programme."""
    return reader.all(_RESTRICTED, programme=programme)


def households_of_restricted(reader: Reader, programme: Key) -> frozenset[Key]:
    """The keys of the households somebody restricted lives in now: where those are is not told to others."""
    return frozenset(reader.all(_HOUSEHOLDS, programme=programme))


class RestrictedMarks:
    """By what a text that others wrote names somebody restricted whom the actor does not see. Reads only.

    It does where two words of it are of one name, or a number of it is of one account, document or phone; each is
    found through the keyed digests, so nobody's sheet is opened. For those who see restricted people nothing is hidden.

    Raises:
        NotAllowed: there is no such active actor in the programme.
    """

    def __init__(self, work: Work):
        self._blinder = work.blinder
        self._people: dict[tuple[str, str], set[Key]] = defaultdict(set)
        self._digests: dict[tuple[str, str], str] = {}
        if not sees_restricted(work):
            for person, kind, digest in work.reader().all(_MARKS, programme=work.programme.id):
                self._people[kind, digest].add(person)

    def stand_in(self, texts: Iterable[str]) -> bool:
        """Whether any of these texts names one of them."""
        return bool(self._people) and any(self._names(text) or self._numbers(text) for text in texts)

    def _names(self, text: str) -> bool:
        hits = Counter(
            person
            for word in set(tokens(text))
            if len(word) > 1
            for person in self._found("name", f"w:{word}")
        )
        return any(count >= _WORDS_LEAST for count in hits.values())

    def _numbers(self, text: str) -> bool:
        written = {*_NUMBER.findall(text), *(_BETWEEN.sub("", one) for one in _SPACED.findall(text))}
        return any(
            self._found(kind, key.reveal())
            for one in written
            for kind, keys in (
                ("account", (number_key(Secret(one)),)),
                ("document", (number_key(Secret(one)),)),
                ("phone", phone_keys(normal_phone(one, ""))),
            )
            for key in keys
        )

    def _found(self, kind: str, key: str) -> set[Key]:
        digest = self._digests.get((kind, key))
        if digest is None:
            digest = self._digests[kind, key] = self._blinder.index(kind, Secret(key))
        return self._people.get((kind, digest), set())
