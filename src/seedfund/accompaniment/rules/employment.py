"""Work: vacancies, interviews, placements, and whether somebody still has the job after 1, 3 and 6 months.

Placement is one count, retention another; both are of the same people (domain: VET outcome). Must not know rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable

RETENTION_MONTHS: Final = (1, 3, 6)
"""After how many months somebody is asked (domain: 1 and 6 months; 3 between them)."""
HOURS_MAX: Final = 168

VACANCY_STATES: Final = StateTable(
    "vacancy", "open", {"open": ("filled", "closed"), "filled": (), "closed": ()}
)
INTERVIEW_STATES: Final = StateTable(
    "interview",
    "scheduled",
    {"scheduled": ("held", "missed", "cancelled"), "held": (), "missed": (), "cancelled": ()},
)
PLACEMENT_STATES: Final = StateTable("placement", "active", {"active": ("ended",), "ended": ()})


class WagePer(StrEnum):
    """What a wage is paid for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class PlacementKind(StrEnum):
    """Whether somebody works for a wage or on their own account."""

    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"


class Contract(StrEnum):
    """What a job for a wage rests on."""

    WRITTEN = "written"
    VERBAL = "verbal"
    NONE = "none"


class InterviewResult(StrEnum):
    """What came of an interview that was held."""

    HIRED = "hired"
    NOT_HIRED = "not_hired"
    NO_ANSWER_YET = "no_answer_yet"


class RetentionResult(StrEnum):
    """What a check found; who could not be reached is named so, and is neither kept nor lost."""

    KEPT = "kept"
    LOST = "lost"
    NOT_REACHED = "not_reached"


class LostFor(StrEnum):
    """Why a job ended."""

    LAID_OFF = "laid_off"
    RESIGNED = "resigned"
    CONTRACT_ENDED = "contract_ended"
    BUSINESS_CLOSED = "business_closed"
    ILLNESS = "illness"
    CARE = "care"
    MOVED_AWAY = "moved_away"
    UNPAID = "unpaid"
    OTHER = "other"


class Retention(StrEnum):
    """How a placement stands at one of its checks, on a day."""

    NOT_DUE = "not_due"
    DUE = "due"
    KEPT = "kept"
    LOST = "lost"
    NOT_REACHED = "not_reached"


VACANCY_NOT_OPEN = RefusalCode(
    "vacancy_not_open",
    "The vacancy {vacancy} is {state}; nobody is interviewed for it.",
    "Choose another vacancy, or arrange the interview without one.",
)
VACANCY_PAST = RefusalCode(
    "vacancy_past",
    "The vacancy is open until {until}, which is before {today}.",
    "Give the last day on which the employer takes applications.",
)
INTERVIEW_RESULT_MISSING = RefusalCode(
    "interview_result_missing",
    "The interview {interview} was held, and it is not said what came of it.",
    "Give the result; no answer yet is one.",
)
INTERVIEW_RESULT_NOT_EXPECTED = RefusalCode(
    "interview_result_not_expected",
    "The interview {interview} was not held, and a result is given.",
    "Leave the result out.",
)
PLACEMENT_CONTRACT_MISSING = RefusalCode(
    "placement_contract_missing",
    "It is not said whether the job rests on a contract.",
    "Give written, verbal or none.",
)
PLACEMENT_CONTRACT_NOT_EXPECTED = RefusalCode(
    "placement_contract_not_expected",
    "Who works on their own account has no employment contract.",
    "Leave the contract out, or record a job for a wage.",
)
RETENTION_TOO_EARLY = RefusalCode(
    "retention_too_early",
    "The check after {months} months of {placement} is due on {due}, and this is of {day}.",
    "Ask on {due} or later; that the job was lost can be recorded at any time.",
)
RETENTION_ANSWERED = RefusalCode(
    "retention_answered",
    "The check after {months} months of {placement} was answered already: {result}.",
    "Record the next check.",
)
RETENTION_ENDED = RefusalCode(
    "retention_ended",
    "The placement {placement} has ended; there is nothing left to check.",
    "Record a new job as a placement of its own.",
)
RETENTION_REASON_MISSING = RefusalCode(
    "retention_reason_missing",
    "The job of {placement} was lost, and it is not said why.",
    "Give the reason.",
)
RETENTION_REASON_NOT_EXPECTED = RefusalCode(
    "retention_reason_not_expected",
    "A reason for losing the job of {placement} is given, and it was not lost.",
    "Leave the reason out.",
)
REFUSALS: Final = (
    *(VACANCY_NOT_OPEN, VACANCY_PAST, INTERVIEW_RESULT_MISSING, INTERVIEW_RESULT_NOT_EXPECTED),
    *(PLACEMENT_CONTRACT_MISSING, PLACEMENT_CONTRACT_NOT_EXPECTED, RETENTION_TOO_EARLY),
    *(RETENTION_ANSWERED, RETENTION_ENDED, RETENTION_REASON_MISSING, RETENTION_REASON_NOT_EXPECTED),
)


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check of a placement: after how many months, what it found, and on which day."""

    months: int
    result: RetentionResult
    on: date


def check_vacancy(open_until: date, *, today: date) -> list[Refusal]:
    """Why a vacancy is not listed."""
    return [VACANCY_PAST(until=open_until, today=today)] if open_until < today else []


def check_interview(vacancy: str, state: str) -> list[Refusal]:
    """Why nobody is interviewed for a vacancy."""
    return [] if state == "open" else [VACANCY_NOT_OPEN(vacancy=vacancy, state=state)]


def check_interview_step(interview: str, to: str, *, has_result: bool) -> list[Refusal]:
    """Why a step of an interview cannot be as told."""
    if to == "held" and not has_result:
        return [INTERVIEW_RESULT_MISSING(interview=interview)]
    return [INTERVIEW_RESULT_NOT_EXPECTED(interview=interview)] if to != "held" and has_result else []


def check_placement(kind: PlacementKind, *, has_contract: bool) -> list[Refusal]:
    """Why a placement cannot be as told."""
    if kind is PlacementKind.WAGE and not has_contract:
        return [PLACEMENT_CONTRACT_MISSING()]
    if kind is PlacementKind.SELF_EMPLOYED and has_contract:
        return [PLACEMENT_CONTRACT_NOT_EXPECTED()]
    return []


def due_on(starts_on: date, months: int) -> date:
    """The day from which a placement can be checked after so many months; the end of a shorter month counts."""
    return add_months(starts_on, months)


def last_start_due(on: date, months: int) -> date:
    """The last day on which a placement can have begun so that its check after so many months has fallen due."""
    last = add_months(on, -months)
    while due_on(last + timedelta(days=1), months) <= on:
        last += timedelta(days=1)
    return last


def retention_on(starts_on: date, checks: Sequence[Check], *, on: date) -> Mapping[int, Retention]:
    """How a placement stands at each check on a day, by months.

    Who still has the job later had it before, so that a later "kept" answers an earlier check that nobody made. A job
    lost stays lost; a check that was due before the loss and that nobody made can be answered by nobody any more.
    """
    known = [check for check in checks if check.on <= on]
    lost = [check for check in known if check.result is RetentionResult.LOST]
    found: dict[int, Retention] = {}
    for months in RETENTION_MONTHS:
        due = due_on(starts_on, months)
        if any(one.months <= months or one.on < due for one in lost):
            found[months] = Retention.LOST
        elif any(one.result is RetentionResult.KEPT and one.months >= months for one in known):
            found[months] = Retention.KEPT
        elif lost or any(one.months == months for one in known):
            found[months] = Retention.NOT_REACHED
        else:
            found[months] = Retention.DUE if due <= on else Retention.NOT_DUE
    return found


def check_retention(
    placement: str, starts_on: date, told: Check, *, known: Sequence[Check], has_reason: bool
) -> list[Refusal]:
    """Why a check cannot be recorded as told."""
    if any(check.result is RetentionResult.LOST for check in known):
        return [RETENTION_ENDED(placement=placement)]
    found = []
    due = due_on(starts_on, told.months)
    if told.result is not RetentionResult.LOST and told.on < due:
        found.append(RETENTION_TOO_EARLY(placement=placement, months=told.months, due=due, day=told.on))
    kept = [one for one in known if one.months >= told.months and one.result is RetentionResult.KEPT]
    if kept:
        found.append(
            RETENTION_ANSWERED(placement=placement, months=told.months, result=kept[-1].result.value)
        )
    if told.result is RetentionResult.LOST and not has_reason:
        found.append(RETENTION_REASON_MISSING(placement=placement))
    if told.result is not RetentionResult.LOST and has_reason:
        found.append(RETENTION_REASON_NOT_EXPECTED(placement=placement))
    return found
