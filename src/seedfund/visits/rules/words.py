"""The words of visits: who visits, where, how often, about what, and why one did not take place."""

from enum import StrEnum


class VisitRole(StrEnum):
    """The two professionals who accompany a household (domain: S1)."""

    COACH = "coach"
    EXPERT = "economic_inclusion_expert"


class VisitMode(StrEnum):
    """Where a visit is held."""

    HOME = "home"
    OFFICE = "office"
    PHONE = "phone"


class Frequency(StrEnum):
    """How often a professional comes."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Dimension(StrEnum):
    """The five dimensions of the source programme that a visit may touch (domain: S1)."""

    IDENTIFICATION = "identification"
    EDUCATION = "education_and_child_labour"
    HEALTH = "health"
    ECONOMIC_INCLUSION = "economic_inclusion"
    FAMILY_DYNAMICS = "family_dynamics"


class MissReason(StrEnum):
    """Why a visit was missed, moved or called off."""

    NOBODY_THERE = "nobody_there"
    HOUSEHOLD_ASKED = "household_asked"
    STAFF_ABSENT = "staff_absent"
    NOT_SAFE = "not_safe"
    MOVED_AWAY = "moved_away"
    OTHER = "other"


class Irregularity(StrEnum):
    """Why a visit that was told cannot be taken as it is."""

    ALREADY_CLOSED = "already_closed"
    OTHER_ROLE = "other_role"
    TWICE_ON_A_DAY = "twice_on_a_day"
