"""What is known of a person that statistics need: sex, age, group, status, disability. Must not know names.

"Not collected" and "not answered" are answers of their own, never zero and never no (domain: disaggregation).
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.dates import add_months, years_between
from seedfund.kernel.errors import InvalidInput

AGE_MAX: Final = 120
ADULT_AGE: Final = 18


class Sex(StrEnum):
    """Sex or gender as the person states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_ANSWERED = "not_answered"
    NOT_COLLECTED = "not_collected"


class PopulationGroup(StrEnum):
    """The group a programme and its funders count a person in; nationality and legal status are other axes."""

    REFUGEE = "refugee"
    ASYLUM_SEEKER = "asylum_seeker"
    MIGRANT = "migrant"
    RETURNEE = "returnee"
    STATELESS = "stateless"
    INTERNALLY_DISPLACED = "internally_displaced"
    HOST = "host"
    NOT_COLLECTED = "not_collected"


class LegalStatus(StrEnum):
    """On what ground a person is in the country."""

    NATIONAL = "national"
    RECOGNISED_REFUGEE = "recognised_refugee"
    ASYLUM_APPLICANT = "asylum_applicant"
    RECOGNISED_STATELESS = "recognised_stateless"
    PERMANENT_RESIDENCE = "permanent_residence"
    TEMPORARY_RESIDENCE = "temporary_residence"
    IRREGULAR = "irregular"
    OTHER = "other"
    NOT_ANSWERED = "not_answered"
    NOT_COLLECTED = "not_collected"


class AgeSource(StrEnum):
    """How a birth date or an age is known."""

    DOCUMENT = "document"
    DECLARED = "declared"
    ESTIMATED = "estimated"


class Difficulty(StrEnum):
    """An answer to one question of the Washington Group short set."""

    NONE = "none"
    SOME = "some"
    A_LOT = "a_lot"
    CANNOT = "cannot"


class Disability(StrEnum):
    """What the answers say together."""

    YES = "yes"
    NO = "no"
    NOT_COLLECTED = "not_collected"


@dataclass(frozen=True)
class Birth:
    """When somebody was born, as well as it is known: a date, or a year, or an age on a day; and how it is known.

    Raises:
        InvalidInput: not exactly one of the three, or an age that nobody has.
    """

    source: AgeSource
    born_on: date | None = None
    born_in: int | None = None
    age: int | None = None
    asked_on: date | None = None

    def __post_init__(self) -> None:
        known = [self.born_on is not None, self.born_in is not None, self.age is not None]
        if known.count(True) != 1 or (self.age is None) != (self.asked_on is None):
            raise InvalidInput(
                field="birth",
                problem="the birth is not given in one way",
                remedy="give a date, or a year, or an age and the day it was asked",
            )
        if self.age is not None and not 0 <= self.age <= AGE_MAX:
            raise InvalidInput(
                field="age", problem=f"{self.age} is no age", remedy=f"give 0 to {AGE_MAX} years"
            )


@dataclass(frozen=True)
class AgeRange:
    """The completed years somebody certainly has reached, and those they may have."""

    least: int
    most: int


@dataclass(frozen=True)
class WashingtonGroup:
    """The six questions of the short set; None is a question that was not asked or not answered."""

    seeing: Difficulty | None = None
    hearing: Difficulty | None = None
    walking: Difficulty | None = None
    remembering: Difficulty | None = None
    self_care: Difficulty | None = None
    communicating: Difficulty | None = None


def age_range(birth: Birth, day: date) -> AgeRange:
    """The ages a person can have on a day, in completed years.

    Raises:
        InvalidInput: the birth lies after the day, or more than 120 years before it.
    """
    if birth.born_on is not None:
        least = most = years_between(birth.born_on, day)
        is_after = birth.born_on > day
    elif birth.born_in is not None:
        most, is_after = day.year - birth.born_in, birth.born_in > day.year
        least = most if (day.month, day.day) == (12, 31) else max(0, most - 1)
    else:
        asked, age = birth.asked_on or day, birth.age or 0
        passed = years_between(asked, day)
        least, is_after = age + passed, asked > day
        most = least if add_months(asked, 12 * passed) == day else least + 1
    if is_after or not 0 <= least <= AGE_MAX:
        raise InvalidInput(
            field="birth",
            problem="the birth does not fit the day it is counted on",
            remedy="look at the date, the year or the age again",
        )
    return AgeRange(least, most)


def age_on(birth: Birth, day: date) -> int:
    """The age statistics use, in completed years: exact from a date, else as if born on 1 July, or as last asked.

    Raises:
        InvalidInput: the birth lies after the day, or more than 120 years before it.
    """
    ages = age_range(birth, day)
    if birth.born_in is not None:
        return ages.most if (day.month, day.day) >= (7, 1) else ages.least
    return ages.least


def is_adult(birth: Birth, day: date) -> bool | None:
    """Whether somebody is 18 on a day, or None where what is known of the birth leaves it open.

    Raises:
        InvalidInput: the birth lies after the day, or more than 120 years before it.
    """
    ages = age_range(birth, day)
    if ages.least >= ADULT_AGE:
        return True
    return False if ages.most < ADULT_AGE else None


def disability(answers: WashingtonGroup | None) -> Disability:
    """Yes with at least one "a lot" or "cannot"; no only when all six were answered; else not collected.

    The cut-off is the one the Washington Group recommends for its short set.
    """
    given = [getattr(answers, question.name) for question in fields(WashingtonGroup)] if answers else [None]
    if any(answer in (Difficulty.A_LOT, Difficulty.CANNOT) for answer in given):
        return Disability.YES
    return Disability.NOT_COLLECTED if None in given else Disability.NO
