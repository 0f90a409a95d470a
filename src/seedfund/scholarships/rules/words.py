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


class ClosedFor(StrEnum):
    """Why an application came to no scholarship."""

    WITHDRAWN = "withdrawn"
    NOT_ELIGIBLE = "not_eligible"
    NO_PLACE = "no_place"
    OTHER_SERVICE = "other_service"
    NOT_REACHED = "not_reached"


class ComplaintKind(StrEnum):
    """What a provider is said to have done."""

    CLASSES_NOT_HELD = "classes_not_held"
    NAMES_NOT_TRAINED = "names_not_trained"
    CHARGED_TRAINEES = "charged_trainees"
    MISTREATMENT = "mistreatment"
    QUALITY = "quality"
    OTHER = "other"


class Witness(StrEnum):
    """How an answer about work is known."""

    TRAINEE = "trainee"
    EMPLOYER = "employer"
    CONTRACT = "contract"
    VISIT = "visit"
    FAMILY = "family"


class Turn(StrEnum):
    """What became of work between two checks of one trainee."""

    PLACED = "placed"
    KEPT = "kept"
    FOUND_SINCE = "found_since"
    LOST = "lost"
    WITHOUT = "without"
    NOT_REACHED = "not_reached"
