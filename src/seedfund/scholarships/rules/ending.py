"""Whose enrolment a scholarship pays, and how a scholarship ends. Must not know rows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

ENROLMENT_OF_OTHER: Final = RefusalCode(
    "enrolment_of_other",
    "The enrolment {enrolment} is not of {participant} in the course {course}.",
    "Name the enrolment of the trainee in the course that was planned.",
)
ENROLMENT_LEFT: Final = RefusalCode(
    "enrolment_left",
    "The enrolment {enrolment} is {state}.",
    "Enrol the trainee again, or end the scholarship.",
)
ENROLMENT_TAKEN: Final = RefusalCode(
    "enrolment_taken",
    "The enrolment {enrolment} is paid by {other} already.",
    "Nobody's course is paid twice; look at the other scholarship.",
)
COURSE_RUNS: Final = RefusalCode(
    "course_runs",
    "The enrolment {enrolment} of {scholarship} is {state}: the course is not finished.",
    "Finish the cohort with: seedfund do training.end_cohort, or issue the certificate.",
)
NOT_LEFT: Final = RefusalCode(
    "trainee_not_left",
    "The enrolment {enrolment} of {scholarship} is {state}: nobody left.",
    "Record that the trainee left with: seedfund do training.withdraw_enrolment.",
)
FEE_BACK_ABOVE: Final = RefusalCode(
    "fee_back_above_paid",
    "{amount} would be asked back from the provider of {scholarship}, and {paid} was paid and is not asked back.",
    "Ask {paid} or less.",
)
REFUSALS: Final = (
    *(ENROLMENT_OF_OTHER, ENROLMENT_LEFT, ENROLMENT_TAKEN, COURSE_RUNS, NOT_LEFT, FEE_BACK_ABOVE),
)


class Ending(StrEnum):
    """How a scholarship ends; certification and work are counted apart."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentSeen:
    """An enrolment as a scholarship sees it."""

    number: str
    state: str
    is_of_trainee: bool
    is_of_course: bool
    has_certificate: bool = False


def check_proof(participant: str, course: str, seen: EnrolmentSeen, *, other: str) -> list[Refusal]:
    """Why an enrolment is not the one a scholarship pays; `other` is the scholarship that pays it already."""
    if not (seen.is_of_trainee and seen.is_of_course):
        return [ENROLMENT_OF_OTHER(enrolment=seen.number, participant=participant, course=course)]
    refusals = [ENROLMENT_TAKEN(enrolment=seen.number, other=other)] if other else []
    if seen.state == "withdrawn":
        refusals.append(ENROLMENT_LEFT(enrolment=seen.number, state=seen.state))
    return refusals


def check_ending(scholarship: str, ending: Ending, seen: EnrolmentSeen | None) -> list[Refusal]:
    """Why a scholarship does not end so; one that was never enrolled is only cancelled, which its states say."""
    if seen is None or ending is Ending.CANCELLED:
        return []
    told = {"enrolment": seen.number, "scholarship": scholarship, "state": seen.state}
    if ending is Ending.COMPLETED:
        is_finished = seen.state == "completed" or (seen.has_certificate and seen.state != "withdrawn")
        return [] if is_finished else [COURSE_RUNS(**told)]
    return [] if seen.state == "withdrawn" else [NOT_LEFT(**told)]
