"""How alike two records are: points for what agrees, points off for what speaks against, each with its reason.

Points are basis points and weights of ours: a name and a day of birth suffice together, and neither does alone.
Reasons name a field and how it agrees, never what stands in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.people.rules.likeness.alike import POINTS, SCORE_MAX, Alike, Trait
from seedfund.people.rules.likeness.folding import Sounds
from seedfund.people.rules.likeness.known import Known, Mate, exact_day
from seedfund.people.rules.likeness.wording import Wording
from seedfund.people.rules.values import Sex

_SEXES: Final = frozenset({Sex.FEMALE, Sex.MALE})
_OWN_NAME: Final = frozenset({Alike.SAME, Alike.SAME_SOUND, Alike.CARRIED_OVER, Alike.WORDS_MISSING})
"""Names that two people under one roof do not both have, unless they are one."""
_FAR_YEARS: Final = 5
_NEAR_YEARS: Final = 1
_DECADE: Final = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """One field, how it agrees, and the points it gives or takes."""

    trait: Trait
    alike: Alike
    points: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two people are, from 0 to 10,000 basis points, and every reason in the order of the fields."""

    score: int
    reasons: tuple[Reason, ...]


class Scorer:
    """Compares people two by two.

    Raises:
        MissingExtra: the package that measures letters is not installed.
    """

    def __init__(self) -> None:
        self.sounds: Final = Sounds()
        self._wording: Final = Wording(self.sounds)

    def compare(self, first: Known, second: Known) -> Likeness:
        """How alike two people are."""
        reasons = tuple(
            Reason(trait, alike, POINTS[trait, alike])
            for trait, alike in self._agreements(first, second, self.names(first, second))
        )
        total = sum(reason.points for reason in reasons)
        return Likeness(max(0, min(SCORE_MAX, total)), reasons)

    def compare_from(self, first: Known, second: Known, least: int) -> Likeness | None:
        """As `compare`, or None below so many points; most pairs are let go as soon as their names are seen."""
        names = self.names(first, second)
        if names is Alike.DIFFERENT and least > _WITHOUT_NAME and not _share_a_number(first, second):
            return None
        total = sum(POINTS[told] for told in self._agreements(first, second, names))
        return self.compare(first, second) if total >= least else None

    def names(self, first: Known, second: Known) -> Alike:
        """How the names agree, the best of all names in use."""
        if len(first.names) == 1 and len(second.names) == 1:
            return self._wording.names(first.names[0], second.names[0])
        found = {self._wording.names(one, other) for one in first.names for other in second.names}
        return max(found, key=lambda alike: POINTS[Trait.NAME, alike], default=Alike.DIFFERENT)

    def _agreements(self, first: Known, second: Known, names: Alike) -> Iterator[tuple[Trait, Alike]]:
        lives_together = first.home is not None and first.home == second.home
        yield Trait.NAME, names
        born = births(first, second)
        if born is not None:
            yield Trait.BIRTH, born
        if first.sex is not second.sex and {first.sex, second.sex} <= _SEXES:
            yield Trait.SEX, Alike.DIFFERENT
        if _meet(first.documents, second.documents):
            yield Trait.DOCUMENT, Alike.SAME
        elif not lives_together and names is not Alike.DIFFERENT and _lie_beside(first, second):
            # Papers are issued in a row: under one roof, or under another name, a number beside another says nothing.
            yield Trait.DOCUMENT, Alike.ONE_SLIP
        if lives_together:
            # Whoever lives together shares the phone, the account and the place; that says nothing of who they are.
            if names not in _OWN_NAME:
                yield Trait.HOUSEHOLD, Alike.LIVE_TOGETHER
            return
        yield from self._around(first, second)

    def _around(self, first: Known, second: Known) -> Iterator[tuple[Trait, Alike]]:
        if _meet(first.phones, second.phones):
            yield Trait.PHONE, Alike.SAME
        if _meet(first.accounts, second.accounts):
            yield Trait.ACCOUNT, Alike.SAME
        if first.locality and (first.country, first.locality) == (second.country, second.locality):
            is_near = bool(first.community) and first.community == second.community
            yield Trait.PLACE, Alike.COMMUNITY if is_near else Alike.SAME
        met = mates_met(first.mates, second.mates)
        if met:
            yield Trait.HOUSEHOLD, Alike.MEMBERS_ALIKE if met > 1 else Alike.ONE_MEMBER_ALIKE


def births(first: Known, second: Known) -> Alike | None:
    """How two births agree; None where one of them is not known."""
    one, other = exact_day(first), exact_day(second)
    if one is not None and other is not None:
        return _days(one, other)
    if first.years is None or second.years is None:
        return None
    apart = max(first.years[0] - second.years[1], second.years[0] - first.years[1])
    if apart <= 0:
        return Alike.SAME_YEAR
    if apart <= _NEAR_YEARS:
        return Alike.YEAR_BESIDE
    return Alike.MANY_YEARS_APART if apart > _FAR_YEARS else Alike.YEARS_APART


def mates_met(first: tuple[Mate, ...], second: tuple[Mate, ...]) -> int:
    """How many others of the two households go by the same first name and were born within a year of each other."""
    if not first or not second:
        return 0
    left = list(second)
    met = 0
    for name, year in first:
        for position, (other, born) in enumerate(left):
            if name == other and abs(year - born) <= _NEAR_YEARS:
                del left[position]
                met += 1
                break
    return met


def _days(one: date, other: date) -> Alike:
    if one == other:
        return Alike.SAME
    is_same_year, is_same_month, is_same_day = (
        one.year == other.year,
        one.month == other.month,
        one.day == other.day,
    )
    if is_same_year and (one.month, one.day) == (other.day, other.month):
        return Alike.DAY_AND_MONTH_SWAPPED
    if is_same_month and is_same_day and _is_year_off(one.year, other.year):
        return Alike.YEAR_OFF
    if is_same_year and (is_same_month or is_same_day):
        return Alike.DAY_OR_MONTH_OFF
    apart = abs(one.year - other.year)
    if apart <= _NEAR_YEARS:
        return Alike.DIFFERENT
    return Alike.MANY_YEARS_APART if apart > _FAR_YEARS else Alike.YEARS_APART


def _is_year_off(one: int, other: int) -> bool:
    """One digit wrong, the last two swapped, or ten years miscounted: 1968 and 1986, 1994 and 2004."""
    first, second = str(one), str(other)
    wrong = [place for place in range(4) if first[place] != second[place]]
    return len(wrong) == 1 or abs(one - other) == _DECADE or first[:2] + first[3] + first[2] == second


def _meet(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return bool(first) and bool(second) and not set(first).isdisjoint(second)


def _lie_beside(first: Known, second: Known) -> bool:
    return not set(first.near_documents).isdisjoint(second.near_documents)


def _share_a_number(first: Known, second: Known) -> bool:
    return (
        _meet(first.documents, second.documents)
        or _meet(first.phones, second.phones)
        or _meet(first.accounts, second.accounts)
    )


_WITHOUT_NAME: Final = (
    POINTS[Trait.BIRTH, Alike.SAME]
    + POINTS[Trait.PLACE, Alike.COMMUNITY]
    + POINTS[Trait.HOUSEHOLD, Alike.MEMBERS_ALIKE]
)
"""What two people of different names can reach who share no document, phone or account."""
