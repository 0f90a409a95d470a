"""The words in which likeness is told: which field, how it agrees, and how many points that is. Data alone."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

METHOD: Final = "likeness-2"
"""The version of the points and blocks below; it is kept with every pair that was proposed."""
PROPOSED_FROM: Final = 7000
"""From how many basis points a pair is worth a person's look."""
SCORE_MAX: Final = 10_000


class Trait(StrEnum):
    """What of two people agrees or not."""

    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    PHONE = "phone"
    DOCUMENT = "document"
    ACCOUNT = "account"
    PLACE = "place"
    HOUSEHOLD = "household"


class Alike(StrEnum):
    """How it agrees or not."""

    SAME = "same"
    SAME_SOUND = "same_sound"
    CARRIED_OVER = "carried_over"
    ONE_SLIP = "one_slip"
    INITIALS = "initials"
    WORDS_MISSING = "words_missing"
    WORDS_MISSING_ALIKE = "words_missing_alike"
    ONLY_WORD = "only_word"
    ONE_WORD = "one_word"
    ONE_WORD_DIFFERS = "one_word_differs"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    YEAR_OFF = "year_off"
    DAY_OR_MONTH_OFF = "day_or_month_off"
    SAME_YEAR = "same_year"
    YEAR_BESIDE = "year_beside"
    YEARS_APART = "years_apart"
    MANY_YEARS_APART = "many_years_apart"
    DIFFERENT = "different"
    COMMUNITY = "community"
    ONE_MEMBER_ALIKE = "one_member_alike"
    MEMBERS_ALIKE = "members_alike"
    LIVE_TOGETHER = "live_together"


POINTS: Final[Mapping[tuple[Trait, Alike], int]] = MappingProxyType(
    {
        (Trait.NAME, Alike.SAME): 5000,
        (Trait.NAME, Alike.SAME_SOUND): 4700,
        (Trait.NAME, Alike.CARRIED_OVER): 4500,
        (Trait.NAME, Alike.ONE_SLIP): 4200,
        (Trait.NAME, Alike.INITIALS): 3500,
        (Trait.NAME, Alike.WORDS_MISSING): 4200,
        (Trait.NAME, Alike.WORDS_MISSING_ALIKE): 3800,
        (Trait.NAME, Alike.ONE_WORD_DIFFERS): 2000,
        (Trait.NAME, Alike.ONLY_WORD): 3500,
        (Trait.NAME, Alike.ONE_WORD): 1500,
        (Trait.NAME, Alike.DIFFERENT): 0,
        (Trait.BIRTH, Alike.SAME): 3000,
        (Trait.BIRTH, Alike.DAY_AND_MONTH_SWAPPED): 2600,
        (Trait.BIRTH, Alike.YEAR_OFF): 2200,
        (Trait.BIRTH, Alike.DAY_OR_MONTH_OFF): 2000,
        (Trait.BIRTH, Alike.SAME_YEAR): 1500,
        (Trait.BIRTH, Alike.YEAR_BESIDE): 1000,
        (Trait.BIRTH, Alike.DIFFERENT): 0,
        (Trait.BIRTH, Alike.YEARS_APART): -1500,
        (Trait.BIRTH, Alike.MANY_YEARS_APART): -3000,
        (Trait.SEX, Alike.DIFFERENT): -1500,
        (Trait.DOCUMENT, Alike.SAME): 4000,
        (Trait.DOCUMENT, Alike.ONE_SLIP): 2000,
        (Trait.PHONE, Alike.SAME): 1500,
        (Trait.ACCOUNT, Alike.SAME): 1500,
        (Trait.PLACE, Alike.SAME): 500,
        (Trait.PLACE, Alike.COMMUNITY): 800,
        (Trait.HOUSEHOLD, Alike.ONE_MEMBER_ALIKE): 1200,
        (Trait.HOUSEHOLD, Alike.MEMBERS_ALIKE): 1800,
        (Trait.HOUSEHOLD, Alike.LIVE_TOGETHER): -1500,
    }
)
"""Basis points of each; what is not told gives none and takes none."""
