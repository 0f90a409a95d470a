"""The words of household plans, assessments and graduation."""

from enum import StrEnum


class YardstickKind(StrEnum):
    """What a yardstick measures: a household, and whether it graduates."""

    INSTRUMENT = "instrument"
    GRADUATION = "graduation"


class GoalOutcome(StrEnum):
    """How a goal ended."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"
    DROPPED = "dropped"


class GraduationTest(StrEnum):
    """What a criterion of graduation looks at."""

    QUESTION = "question"
    DIMENSION = "dimension"
    READINESS = "readiness"
    GOALS = "goals"


class Finding(StrEnum):
    """What a criterion of graduation found."""

    MET = "met"
    NOT_MET = "not_met"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


class FollowUpStanding(StrEnum):
    """How a household that graduated was found afterwards."""

    SUSTAINED = "sustained"
    SLIPPED_BACK = "slipped_back"
    NOT_FOUND = "not_found"
