"""Finding a person by name, document, phone or account, through keyed digests. Nothing is read in clear.

A name is found in any order of its words, with or without accents, in either Unicode form, and by its sound. Restricted
people are found by named roles only: a hit alone would already tell that they are here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.names import name_key, phonetic, tokens
from seedfund.people.queries.facts import participant_facts
from seedfund.people.queries.names import PersonName, names_of
from seedfund.people.rules import normal_phone, number_key, phone_keys
from seedfund.people.tables import IdentityIndex
from seedfund.store.statements import Query
from seedfund.store.work import Work

SHOWN_MAX: Final = 50
EXACT_WORD: Final = 2
WHOLE_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A person who matches: the nearer, the higher the score; whole names count most, then exact words, then sound."""

    participant_id: Key
    number: str
    household: str | None
    name: PersonName
    score: int


HITS: Final = Query(
    lambda participant, digest: (Key(participant), str(digest)),
    lambda: sa.select(col(IdentityIndex.participant_id), col(IdentityIndex.digest)).where(
        col(IdentityIndex.kind) == sa.bindparam("kind"),
        col(IdentityIndex.digest).in_(sa.bindparam("digests", expanding=True)),
    ),
)


def find_participants(
    work: Work,
    *,
    name: Secret | None = None,
    document: Secret | None = None,
    phone: Secret | None = None,
    account: Secret | None = None,
    region: str = "",
) -> list[Found]:
    """The people who match one thing known of them, best first, at most fifty.

    `region` is the country (ISO 3166, two letters) of a phone number written without a country code.

    Raises:
        InvalidInput: not exactly one thing was given, or a number has no digit.
        NotAllowed: the actor is none of the programme's.
    """
    given = [value for value in (name, document, phone, account) if value is not None]
    if len(given) != 1:
        raise InvalidInput(
            field="search",
            problem=f"{len(given)} things were given",
            remedy="give one of name, document, phone, account",
        )
    scores: dict[Key, int] = {}
    if name is not None:
        scores = _by_name(work, name)
    elif phone is not None:
        scores = _by_keys(work, "phone", phone_keys(normal_phone(phone.reveal(), region)))
    elif document is not None:
        scores = _by_keys(work, "document", [number_key(document)])
    elif account is not None:
        scores = _by_keys(work, "account", [number_key(account, field="account")])
    return _shown(work, scores)


def _by_keys(work: Work, kind: str, keys: Iterable[Secret]) -> dict[Key, int]:
    scores: dict[Key, int] = defaultdict(int)
    digests = [work.blinder.index(kind, key) for key in keys]
    for participant, _ in work.reader().among(HITS, "digests", digests, kind=kind):
        scores[participant] += 1
    return dict(scores)


def _by_name(work: Work, name: Secret) -> dict[Key, int]:
    """Every word has to match, exactly or by its sound; one-letter initials are passed over."""
    words = [word for word in tokens(name.reveal()) if len(word) > 1]
    whole = _digest(work, f"n:{name_key(name.reveal())}")
    by_word = {word: (_digest(work, f"w:{word}"), _digest(work, f"s:{phonetic(word)}")) for word in words}
    digests = {whole, *(digest for pair in by_word.values() for digest in pair)}
    found: dict[Key, set[str]] = defaultdict(set)
    for participant, digest in work.reader().among(HITS, "digests", sorted(digests), kind="name"):
        found[participant].add(digest)
    scores = {}
    for participant, hits in found.items():
        if whole in hits:
            scores[participant] = WHOLE_NAME
        elif words and all(hits.intersection(pair) for pair in by_word.values()):
            scores[participant] = sum(EXACT_WORD if pair[0] in hits else 1 for pair in by_word.values())
    return scores


def _digest(work: Work, key: str) -> str:
    return work.blinder.index("name", Secret(key))


def _shown(work: Work, scores: dict[Key, int]) -> list[Found]:
    names = names_of(work, list(scores))
    visible = [key for key, name in names.items() if not name.is_hidden]
    best = sorted(visible, key=lambda key: (-scores[key], names[key].number))[:SHOWN_MAX]
    facts = participant_facts(work.reader(), best)
    return [Found(key, names[key].number, facts[key].household, names[key], scores[key]) for key in best]
