"""Work after a course: checks of the same people at the same months. Must not know rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.scholarships.rules.words import WORKING, Turn, Work

GRACE: Final = timedelta(days=15)
"""How long before its day a check may be held."""

CHECK_TOO_EARLY: Final = RefusalCode(
    "placement_check_too_early",
    "The check of month {month} of {scholarship} falls on {day}.",
    "Ask again from {first} on.",
)
CHECK_UNKNOWN: Final = RefusalCode(
    "placement_check_unknown",
    "{scholarship} is not checked at month {month}.",
    "Check at one of these months: {months}.",
)
CHECKED_ALREADY: Final = RefusalCode(
    "placement_checked_already",
    "{scholarship} was checked at month {month} on {day}.",
    "Correct that check with its reason; the old answer is kept.",
)
NOT_CHECKED: Final = RefusalCode(
    "placement_not_checked",
    "{scholarship} was not checked at month {month}.",
    "Record the check first.",
)
NOT_COMPLETED: Final = RefusalCode(
    "course_not_completed",
    "The course of {scholarship} is not completed: the scholarship is {state}.",
    "Only who completed a course is asked about work; record how the scholarship ended first.",
)
REFUSALS: Final = (CHECK_TOO_EARLY, CHECK_UNKNOWN, CHECKED_ALREADY, NOT_CHECKED, NOT_COMPLETED)


def check_day(ended_on: date, month: int) -> date:
    """The day a check falls on, counted from the end of the course."""
    return add_months(ended_on, month)


def last_end_due(on: date, month: int) -> date:
    """The last day on which a course can have ended so that its check of a month has fallen due by a day."""
    last = add_months(on, -month)
    while check_day(last + timedelta(days=1), month) <= on:
        last += timedelta(days=1)
    return last


def check_placement(
    scholarship: str,
    *,
    state: str,
    month: int,
    months: Sequence[int],
    ended_on: date | None,
    on: date,
    checked_on: date | None,
) -> list[Refusal]:
    """Why an answer is not taken as the check of a month."""
    if state != "completed" or ended_on is None:
        return [NOT_COMPLETED(scholarship=scholarship, state=state)]
    if month not in months:
        told = ", ".join(str(one) for one in months)
        return [CHECK_UNKNOWN(scholarship=scholarship, month=month, months=told)]
    due = check_day(ended_on, month)
    refusals = []
    if checked_on is not None:
        refusals.append(CHECKED_ALREADY(scholarship=scholarship, month=month, day=checked_on))
    if on < due - GRACE:
        refusals.append(CHECK_TOO_EARLY(scholarship=scholarship, month=month, day=due, first=due - GRACE))
    return refusals


def turn_of(now: Work, before: Work | None) -> Turn:
    """What became of work since the check before (None: there was none); who is not reached is never told as lost."""
    if now is Work.UNREACHABLE:
        return Turn.NOT_REACHED
    was_working = before in WORKING
    if now in WORKING:
        return Turn.KEPT if was_working else Turn.PLACED if before is None else Turn.FOUND_SINCE
    return Turn.LOST if was_working else Turn.WITHOUT
