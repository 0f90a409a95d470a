"""What is known of a person when two records are compared. Must not know where it comes from."""

from dataclasses import dataclass
from datetime import date

from seedfund.people.rules.values import Birth, Sex

Years = tuple[int, int]
"""The first and last year in which somebody may have been born."""
Mate = tuple[str, int]
"""Somebody else of the household: the consonants of the first given name, and the first possible year of birth."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as compared: `key` tells who it is, `names` are the words of each name in use, folded.

    Phones, documents and accounts are keyed digests, never numbers; `near_documents` are those of each number with one
    sign left out (`nearness`). `home` is the household they are in now, or None.
    """

    key: str
    names: tuple[tuple[str, ...], ...]
    sex: Sex
    born_on: date | None = None
    years: Years | None = None
    phones: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    near_documents: tuple[int, ...] = ()
    accounts: tuple[str, ...] = ()
    country: str = ""
    locality: str = ""
    community: str = ""
    home: str | None = None
    mates: tuple[Mate, ...] = ()


def years_of(birth: Birth | None) -> Years | None:
    """The years in which somebody of this birth may have been born; None where nothing is known."""
    if birth is None:
        return None
    if birth.born_on is not None:
        return birth.born_on.year, birth.born_on.year
    if birth.born_in is not None:
        return birth.born_in, birth.born_in
    if birth.age is None or birth.asked_on is None:
        return None
    return birth.asked_on.year - birth.age - 1, birth.asked_on.year - birth.age


def exact_day(known: Known) -> date | None:
    """The day of birth, where it says more than a year: the first of January is written for those who know no day."""
    born = known.born_on
    return None if born is None or (born.month, born.day) == (1, 1) else born
