"""Joining and leaving a household, and beginning again. Must not know names or how rows are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable
from seedfund.people.rules.household import Relationship

HOUSEHOLD_STATES: Final = StateTable(
    "household",
    "active",
    {"active": ("left", "closed"), "left": ("active", "closed"), "closed": ()},
)
"""Who moved away or ended their part has left, and may come back; closed is what should not have been registered."""

HOUSEHOLD_NOT_ACTIVE = RefusalCode(
    "household_not_active",
    "The household {household} is {state}.",
    "Record first that it is active again; a closed one stays closed.",
)
PERSON_IN_A_HOUSEHOLD = RefusalCode(
    "person_in_a_household",
    "{participant} is a member of a household already.",
    "End that membership first, then add the person here.",
)
PERSON_NOT_A_MEMBER = RefusalCode(
    "person_not_a_member",
    "{participant} is not a member of the household {household}.",
    "Look the members up with: seedfund show.",
)
HEAD_ALREADY_NAMED = RefusalCode(
    "head_already_named",
    "The household {household} has a head.",
    "Add the person with the relationship to that head, or end the head's membership and name another.",
)
HEAD_LEAVES_OTHERS = RefusalCode(
    "head_leaves_others",
    "{participant} is the head of {household}, and other members remain.",
    "Name the member who is head from now on.",
)
HEAD_NOT_TO_NAME = RefusalCode(
    "head_not_to_name",
    "{participant} is not the head who leaves with others staying, so no new head can be named.",
    "Leave the new head empty.",
)
NEW_HEAD_NOT_A_MEMBER = RefusalCode(
    "new_head_not_a_member",
    "{participant} is to be the new head of {household} and is none of its other members.",
    "Choose one of the members who stay.",
)
LEAVES_BEFORE_JOINING = RefusalCode(
    "leaves_before_joining",
    "{participant} joined on {joined}, after the day the membership is to end.",
    "Look at the day again.",
)
MEMBER_FIELD_NEEDED = RefusalCode(
    "member_field_needed",
    "Of member {position}, {field} is not known, and it is needed to register.",
    "Ask the person and fill it in; an estimate with its source will do for the birth.",
)
REFUSALS: Final = (
    MEMBER_FIELD_NEEDED,
    *(HOUSEHOLD_NOT_ACTIVE, PERSON_IN_A_HOUSEHOLD, PERSON_NOT_A_MEMBER, HEAD_ALREADY_NAMED),
    *(HEAD_LEAVES_OTHERS, HEAD_NOT_TO_NAME, NEW_HEAD_NOT_A_MEMBER, LEAVES_BEFORE_JOINING),
)


@dataclass(frozen=True)
class Standing:
    """A current membership: the person's number, what they are to the head, and since when."""

    participant: str
    relationship: Relationship
    from_day: date


def check_joining(
    household: str,
    *,
    state: str,
    members: Sequence[Standing],
    relationship: Relationship,
    participant: str | None,
    is_elsewhere: bool,
) -> tuple[Refusal, ...]:
    """Why somebody cannot join; `participant` is None for a person who is being registered."""
    found = []
    if state != "active":
        found.append(HOUSEHOLD_NOT_ACTIVE(household=household, state=state))
    if is_elsewhere and participant is not None:
        found.append(PERSON_IN_A_HOUSEHOLD(participant=participant))
    if relationship is Relationship.HEAD and any(
        member.relationship is Relationship.HEAD for member in members
    ):
        found.append(HEAD_ALREADY_NAMED(household=household))
    return tuple(found)


def check_leaving(
    household: str, *, members: Sequence[Standing], participant: str, new_head: str | None, day: date
) -> tuple[Refusal, ...]:
    """Why a membership cannot end on a day: a head who leaves others behind names the next one."""
    leaving = next((member for member in members if member.participant == participant), None)
    if leaving is None:
        return (PERSON_NOT_A_MEMBER(participant=participant, household=household),)
    others = {member.participant for member in members} - {participant}
    must_name = leaving.relationship is Relationship.HEAD and bool(others)
    found = []
    if must_name and new_head is None:
        found.append(HEAD_LEAVES_OTHERS(participant=participant, household=household))
    if not must_name and new_head is not None:
        found.append(HEAD_NOT_TO_NAME(participant=participant))
    if must_name and new_head is not None and new_head not in others:
        found.append(NEW_HEAD_NOT_A_MEMBER(participant=new_head, household=household))
    if day < leaving.from_day:
        found.append(LEAVES_BEFORE_JOINING(participant=participant, joined=leaving.from_day))
    return tuple(found)
