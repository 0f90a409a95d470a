"""The days of a visit plan, from one rule. Must not know who visits, nor the clock."""

from datetime import date, datetime, time
from typing import Final

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.visits.rules.words import Frequency

PROGRAMME_MONTHS: Final = 18
"""How long the source programme accompanies a household (domain: S1)."""
MONTHS_MAX: Final = 60
DAYS_OF_EVERY_MONTH: Final = 28

VISIT_PLAN_LENGTH = RefusalCode(
    "visit_plan_length",
    "A visit plan of {months} months cannot be made; it takes 1 to {most}.",
    "Give the months that are left of the programme.",
)
VISIT_PLAN_RUNNING = RefusalCode(
    "visit_plan_running",
    "Visits of the {role} to {participant} are planned already until {last}.",
    "Move or call off the visits that are left, or begin the plan after {last}.",
)
VISIT_NOT_LATER = RefusalCode(
    "visit_not_later",
    "The visit {visit} cannot be moved to {day}, which is before {today}.",
    "Give a day from {today} on; a visit that was held already is recorded, not moved.",
)
REFUSALS: Final = (VISIT_PLAN_LENGTH, VISIT_PLAN_RUNNING, VISIT_NOT_LATER)


def visit_days(starts_on: date, months: int, frequency: Frequency) -> tuple[date, ...]:
    """The days visits are due: the first day, then by the frequency, before `months` have passed.

    A plan that begins on the 29th, 30th or 31st falls on the last day of a month that has no such day.
    """
    return tuple(found.date() for found in _rule(starts_on, months, frequency))


def rule_text(starts_on: date, months: int, frequency: Frequency) -> str:
    """The rule as calendars write it (RFC 5545), so that another program finds the same days."""
    return str(_rule(starts_on, months, frequency)).rpartition("\nRRULE:")[2]


def check_plan(
    months: int, *, role: str, participant: str, starts_on: date, last: date | None
) -> list[Refusal]:
    """Why visits may not be planned: a length out of range, or `last`, the last day planned before, comes later."""
    found = []
    if not 1 <= months <= MONTHS_MAX:
        found.append(VISIT_PLAN_LENGTH(months=months, most=MONTHS_MAX))
    if last is not None and last >= starts_on:
        found.append(VISIT_PLAN_RUNNING(role=role, participant=participant, last=last))
    return found


def check_move(visit: str, day: date, *, today: date) -> list[Refusal]:
    """Why a visit may not be moved to a day."""
    return [VISIT_NOT_LATER(visit=visit, day=day, today=today)] if day < today else []


def _rule(starts_on: date, months: int, frequency: Frequency) -> rrule:
    begins = datetime.combine(starts_on, time())  # the rule knows no zone: these are days
    ends = datetime.combine(add_months(starts_on, months), time())
    if frequency in (Frequency.WEEKLY, Frequency.FORTNIGHTLY):
        interval = 1 if frequency is Frequency.WEEKLY else 2
        return rrule(WEEKLY, dtstart=begins, interval=interval, until=_before(ends))
    interval = 1 if frequency is Frequency.MONTHLY else 3
    days = tuple(range(min(starts_on.day, DAYS_OF_EVERY_MONTH), starts_on.day + 1))
    return rrule(
        MONTHLY, dtstart=begins, interval=interval, bymonthday=days, bysetpos=-1, until=_before(ends)
    )


def _before(ends: datetime) -> datetime:
    return datetime.combine(date.fromordinal(ends.toordinal() - 1), time())
