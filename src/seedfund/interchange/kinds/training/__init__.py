"""Files about training: providers, courses, cohorts, sessions, enrolments, and what the signed registers say."""

from typing import Final

from seedfund.interchange.kinds.training.attendance import ATTENDANCE
from seedfund.interchange.kinds.training.courses import COHORTS, COURSES, ENROLMENTS, PROVIDERS, SESSIONS

KINDS: Final = (PROVIDERS, COURSES, COHORTS, SESSIONS, ENROLMENTS, ATTENDANCE)
