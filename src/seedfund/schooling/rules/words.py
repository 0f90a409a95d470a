"""The words of schooling: where a child learns, what proves it, why one leaves, what cannot be taken as told."""

from enum import StrEnum
from typing import Final


class SchoolKind(StrEnum):
    """Where a child learns; an informal class is one that gives no certificate of the state."""

    SCHOOL = "school"
    INFORMAL_CLASS = "informal_class"


class SchoolProof(StrEnum):
    """What a step was seen in; a parent's word is taken in and proves nothing."""

    ENROLMENT_CERTIFICATE = "enrolment_certificate"
    SCHOOL_LIST = "school_list"
    SCHOOL_REPORT = "school_report"
    TEACHER_LETTER = "teacher_letter"
    ATTENDANCE_REGISTER = "attendance_register"
    DECLARED = "declared"


PROVING: Final = tuple(kind for kind in SchoolProof if kind is not SchoolProof.DECLARED)
"""Proofs that come from the school or class, not from the household."""


class LeftSchoolFor(StrEnum):
    """Why a child left."""

    TERM_ENDED = "term_ended"
    MOVED_AWAY = "moved_away"
    COSTS = "costs"
    WORK = "work"
    CARE = "care"
    ILLNESS = "illness"
    DISCRIMINATION = "discrimination"
    NOT_ADMITTED = "not_admitted"
    OTHER = "other"


class SchoolingIrregularity(StrEnum):
    """Why a schooling that was told counts for nothing until somebody decides."""

    NOT_A_CHILD = "not_a_child"
    WITHOUT_HOUSEHOLD = "without_household"
    TWICE_IN_TERM = "twice_in_term"
    AFTER_TERM = "after_term"
