"""Activities of a community: what they are, their lives, and how those who came are counted. Must not know names.

Attendance is optional: an outreach campaign counts heads, a steering committee names who sat in it, and an activity of
which nobody was counted was held all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable
from seedfund.people.rules import Sex

ACTIVITY_STATES: Final = StateTable(
    "activity", "planned", {"planned": ("held", "cancelled"), "held": (), "cancelled": ()}
)


class ActivityKind(StrEnum):
    """What is done together (domain: seed checklist)."""

    COMMUNITY = "community"
    OUTREACH = "outreach"
    STEERING_COMMITTEE = "steering_committee"
    JOB_FAIR = "job_fair"
    OTHER = "other"


class AttendeeRole(StrEnum):
    """As what somebody came; only participants have a number with us."""

    PARTICIPANT = "participant"
    COMMUNITY_MEMBER = "community_member"
    OFFICIAL = "official"
    TRAINER_OF_TRAINERS = "trainer_of_trainers"
    FACILITATOR = "facilitator"
    EMPLOYER = "employer"
    PARTNER_STAFF = "partner_staff"
    OTHER = "other"


class CalledOffFor(StrEnum):
    """Why an activity was not held."""

    NOT_SAFE = "not_safe"
    WEATHER = "weather"
    NO_VENUE = "no_venue"
    TOO_FEW = "too_few"
    POSTPONED = "postponed"
    OTHER = "other"


ACTIVITY_NOT_HELD = RefusalCode(
    "activity_not_held",
    "The activity {activity} is {state}; it has no report.",
    "Record that it was held first.",
)
ACTIVITY_ATTENDEE_TWICE = RefusalCode(
    "activity_attendee_twice",
    "{participant} stands twice among those who came.",
    "Name everybody once.",
)
REFUSALS: Final = (ACTIVITY_NOT_HELD, ACTIVITY_ATTENDEE_TWICE)


@dataclass(frozen=True, kw_only=True)
class Came:
    """So many of one sex who came; one where somebody is named."""

    sex: Sex
    count: int = 1


def check_report(activity: str, state: str) -> list[Refusal]:
    """Why a report cannot be corrected."""
    return [] if state == "held" else [ACTIVITY_NOT_HELD(activity=activity, state=state)]


def check_attendees(participants: Iterable[str]) -> list[Refusal]:
    """Why those named cannot be taken as told."""
    seen: set[str] = set()
    found = []
    for participant in participants:
        if participant in seen:
            found.append(ACTIVITY_ATTENDEE_TWICE(participant=participant))
        seen.add(participant)
    return found


def came_by_sex(came: Iterable[Came]) -> Mapping[Sex, int]:
    """How many came, by sex in the declared order; whose sex is not known stands apart, and none is left out."""
    counts = dict.fromkeys(Sex, 0)
    for one in came:
        counts[one.sex] += one.count
    return {sex: count for sex, count in counts.items() if count}
