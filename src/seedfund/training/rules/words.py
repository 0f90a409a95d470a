"""The closed word lists of training. Must not know rules or rows."""

from enum import StrEnum
from typing import Final


class CourseUnit(StrEnum):
    """What attendance is counted in."""

    SESSIONS = "sessions"
    HOURS = "hours"


class Excused(StrEnum):
    """What an excused absence does to a rate: it falls out of both counts, or counts as attended up to a cap."""

    NEUTRAL = "neutral"
    COUNTED = "counted"


class SessionKind(StrEnum):
    """A session of the course, or one held so that somebody can make up for a missed one."""

    REGULAR = "regular"
    MAKE_UP = "make_up"


class Mark(StrEnum):
    """What a register says of a person in a session."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"
    MADE_UP = "made_up"


ATTENDED: Final = (Mark.PRESENT, Mark.LATE, Mark.MADE_UP)
"""Marks of somebody who had the session, then or later."""


class WhyIrregular(StrEnum):
    """Why a mark is counted in no rate until somebody decides."""

    NOT_ENROLLED = "not_enrolled"
    BEFORE_ENROLMENT = "before_enrolment"
    AFTER_WITHDRAWAL = "after_withdrawal"
    SESSION_CANCELLED = "session_cancelled"


class MarkDecision(StrEnum):
    """What an irregular mark turned out to be."""

    VISITOR = "visitor"
    ENROLLED_SINCE = "enrolled_since"
    MISTAKE = "mistake"


class LeftFor(StrEnum):
    """Why somebody left a course."""

    WORK = "work"
    CARE = "care"
    HEALTH = "health"
    MOVED = "moved"
    TRANSPORT = "transport"
    SAFETY = "safety"
    NOT_INTERESTED = "not_interested"
    OTHER = "other"
