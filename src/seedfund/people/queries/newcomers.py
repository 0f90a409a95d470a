"""Whether people who are about to be registered look like somebody who is. Reads only; nothing stops.

Found through the keyed digests by which people are searched: two words of a name by their sound, a document or a phone.
Only who shares them is opened and compared, so that a registration day of sixty people does not open a hundred thousand
sheets. Newcomers are compared with each other too, by the keys that a search of everybody goes by.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.names import fold, phonetic, tokens
from seedfund.people.queries.access import sees_restricted
from seedfund.people.queries.comparing import near_digests, open_some, with_mates
from seedfund.people.queries.likely import compared
from seedfund.people.queries.merged import leading_numbers
from seedfund.people.queries.search import HITS
from seedfund.people.rules import Birth, Identity, Sex, normal_phone, phone_keys
from seedfund.people.rules.likeness.alike import PROPOSED_FROM
from seedfund.people.rules.likeness.blocking import Blocking
from seedfund.people.rules.likeness.folding import words_of
from seedfund.people.rules.likeness.known import Known, years_of
from seedfund.people.rules.likeness.scoring import Reason, Scorer
from seedfund.store.work import Work

NEWCOMERS_MOST: Final = 1000
"""Of more people than that nobody is compared with the registered; a search afterwards does it at once for all."""
AMONG_MOST: Final = 5_000
"""Of more people than that nobody is compared with each other either."""
_ENOUGH_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person about to be registered, and where.

    `documents` are the keys of the numbers shown (`number_key`); who has the same `home` comes in one household.
    """

    identity: Identity
    sex: Sex
    birth: Birth | None
    country: str
    locality: str
    community: str
    documents: tuple[Secret, ...] = ()
    home: str | None = None
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class LooksLike:
    """Whom a newcomer looks like most: the number under which that person goes on, and how much in basis points."""

    number: str
    score: int


@dataclass(frozen=True, slots=True)
class TwoNewcomers:
    """Two places in a list of newcomers that look like one person, how much in basis points, and why."""

    first: int
    second: int
    score: int
    reasons: tuple[Reason, ...]


def likely_among(work: Work, newcomers: Sequence[Newcomer]) -> list[TwoNewcomers]:
    """Who of these looks like another of them, from `PROPOSED_FROM` basis points on, in the order of the list.

    Raises:
        MissingExtra: the package that measures letters is not installed.
    """
    scorer = Scorer()
    people = with_mates(
        [replace(_known(work, one), key=f"{place:06d}") for place, one in enumerate(newcomers)],
        scorer.sounds,
    )
    found = compared(people, Blocking(people, scorer.sounds), scorer, PROPOSED_FROM)
    return [
        TwoNewcomers(int(first), int(second), told.score, told.reasons)
        for (first, second), told in sorted(found.items())
    ]


def likely_known(work: Work, newcomers: Sequence[Newcomer]) -> list[LooksLike | None]:
    """Whom each of these looks like, from `PROPOSED_FROM` basis points on; of restricted people only named roles hear.

    Raises:
        MissingExtra: the package that measures letters is not installed.
        NotAllowed: the actor is none of the programme's.
    """
    sees_all = sees_restricted(work)
    scorer = Scorer()
    shared = [_sharing(work, one) for one in newcomers]
    reader = work.reader()
    ids = list(dict.fromkeys(key for keys in shared for key in keys))
    opened = open_some(reader, work, ids, sounds=scorer.sounds, sees_all=sees_all)
    people = {Key(one.key): one for one in opened.people}
    best = [
        _best(scorer, _known(work, newcomer), [people[key] for key in keys if key in people])
        for newcomer, keys in zip(newcomers, shared, strict=True)
    ]
    numbers = [opened.numbers[Key(one[0])] for one in best if one is not None]
    leading = leading_numbers(reader, work.programme.id, numbers)
    found: list[LooksLike | None] = []
    for one in best:
        number = None if one is None else opened.numbers[Key(one[0])]
        found.append(
            None if one is None or number is None else LooksLike(leading.get(number, number), one[1])
        )
    return found


def _best(scorer: Scorer, newcomer: Known, people: Sequence[Known]) -> tuple[str, int] | None:
    told = [(one.key, scorer.compare_from(newcomer, one, PROPOSED_FROM)) for one in people]
    reached = [(key, likeness.score) for key, likeness in told if likeness is not None]
    return max(reached, key=lambda one: (one[1], one[0]), default=None)


def _sharing(work: Work, newcomer: Newcomer) -> list[Key]:
    """Who shares two words of the name by their sound (or its only one), a phone or a document."""
    found: dict[Key, set[str]] = defaultdict(set)
    words = {phonetic(word) for name in _names(newcomer) for word in tokens(name) if len(word) > 1}
    digests = [work.blinder.index("name", Secret(f"s:{sound}")) for sound in sorted(words)]
    for participant, digest in work.reader().among(HITS, "digests", digests, kind="name"):
        found[participant].add(digest)
    near = {key for key, hits in found.items() if len(hits) >= min(_ENOUGH_WORDS, len(words))}
    phones = _phones(work, newcomer)
    near |= {key for key, _ in work.reader().among(HITS, "digests", phones, kind="phone")}
    documents = _documents(work, newcomer)
    near |= {key for key, _ in work.reader().among(HITS, "digests", documents, kind="document")}
    return sorted(near)


def _known(work: Work, newcomer: Newcomer) -> Known:
    birth = newcomer.birth
    return Known(
        key="",
        names=tuple(dict.fromkeys(words for name in _names(newcomer) if (words := words_of(name)))),
        sex=newcomer.sex,
        born_on=None if birth is None else birth.born_on,
        years=years_of(birth),
        phones=tuple(_phones(work, newcomer)),
        documents=tuple(_documents(work, newcomer)),
        near_documents=near_digests(work, newcomer.documents),
        country=newcomer.country,
        locality=newcomer.locality.casefold(),
        community=fold(newcomer.community),
        home=newcomer.home,
    )


def _documents(work: Work, newcomer: Newcomer) -> list[str]:
    return sorted({work.blinder.index("document", key) for key in newcomer.documents})


def _names(newcomer: Newcomer) -> list[str]:
    identity = newcomer.identity
    names = [identity.printed.reveal()]
    return names if identity.alias is None else [*names, identity.alias.reveal()]


def _phones(work: Work, newcomer: Newcomer) -> list[str]:
    keys = [
        key
        for phone in newcomer.identity.phones
        for key in phone_keys(normal_phone(phone.reveal(), newcomer.country))
    ]
    return sorted({work.blinder.index("phone", key) for key in keys})
