"""The closed word lists of scholarships. Must not know rules or rows."""

from enum import StrEnum
from typing import Final


class Modality(StrEnum):
    """Where a course is followed."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    MIXED = "mixed"


class Period(StrEnum):
    """How often a stipend is paid."""

    FORTNIGHT = "fortnight"
    MONTH = "month"


class Purpose(StrEnum):
    """What a tranche of a scholarship pays: the provider's fee, or the trainee's stipend."""

    TUITION = "tuition"
    STIPEND = "stipend"


class Milestone(StrEnum):
    """What has to be reached before a tranche is due; `period` is that of a stipend."""

    ENROLMENT = "enrolment"
    PROGRESS = "progress"
    CERTIFICATION = "certification"
    PLACEMENT = "placement"
    RETENTION = "retention"
    PERIOD = "period"


class Outcome(StrEnum):
    """How a tranche was decided: it is due, or it is not."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Work(StrEnum):
    """What a trainee does at a check; `unreachable` is an answer too: it counts in the whole, not as work."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    STUDYING = "studying"
    NOT_WORKING = "not_working"
    UNREACHABLE = "unreachable"


WORKING: Final = (Work.EMPLOYED, Work.SELF_EMPLOYED)
"""What counts as placed."""
CHECK_MONTHS: Final = (1, 6)
"""At which months after the course a trainee is asked (domain: scholarships and training attendance)."""
