"""What a register may say, and which of it is irregular. A fact is always taken in. Must not know rows."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.training.rules.words import Mark, MarkDecision, WhyIrregular

SESSION_NOT_YET: Final = RefusalCode(
    "attendance_before_session",
    "The session {session} is on {day}, and it is {today}.",
    "Take the register on the day of the session or later.",
)
MARKED_ALREADY: Final = RefusalCode(
    "marked_already",
    "{participant} is marked {mark} in {session}.",
    "Correct the mark, with the reason; the old one is kept.",
)
MARKED_TWICE: Final = RefusalCode(
    "marked_twice",
    "{participant} stands twice in the register of {session}.",
    "Leave one of the two marks.",
)
LATE_WITHOUT_TIME: Final = RefusalCode(
    "late_without_time",
    "{participant} came late to {session}, and the minutes missed do not lie between 1 and {most}.",
    "Give the minutes missed, or mark the person present or absent.",
)
MINUTES_NOT_EXPECTED: Final = RefusalCode(
    "minutes_not_expected",
    "{participant} is marked {mark} in {session}, and minutes missed are given.",
    "Leave the minutes out, or mark the person late.",
)
MAKE_UP_MISSING: Final = RefusalCode(
    "make_up_missing",
    "{participant} made up for {session}, and the session it was made up in is not named.",
    "Name the make-up session that was held for it.",
)
MAKE_UP_NOT_EXPECTED: Final = RefusalCode(
    "make_up_not_expected",
    "{participant} is marked {mark} in {session}, and a make-up session is named.",
    "Leave the make-up session out, or mark the session as made up.",
)
MAKE_UP_UNFIT: Final = RefusalCode(
    "make_up_unfit",
    "{make_up} cannot make up for {session}: it is no make-up session of its course that was held on its day or later.",
    "Name a make-up session that was held, or hold one.",
)
MAKE_UP_USED: Final = RefusalCode(
    "make_up_used",
    "{participant} made up for another session in {make_up} already.",
    "One make-up counts once: name another one.",
)
NOT_IRREGULAR: Final = RefusalCode(
    "mark_not_irregular",
    "The mark of {participant} in {session} waits for no decision.",
    "Nothing has to be decided; a wrong mark is corrected.",
)
STILL_NOT_ENROLLED: Final = RefusalCode(
    "still_not_enrolled",
    "{participant} was not enrolled in the cohort on the day of {session}.",
    "Enrol the person from a day on or before it first, or decide that they came as a visitor.",
)
OWN_MARK: Final = RefusalCode(
    "own_mark_decided",
    "Who took the register of {session} does not decide about an irregular mark in it.",
    "Ask a colleague to decide.",
)
REFUSALS: Final = (
    *(SESSION_NOT_YET, MARKED_ALREADY, MARKED_TWICE, LATE_WITHOUT_TIME, MINUTES_NOT_EXPECTED),
    *(MAKE_UP_MISSING, MAKE_UP_NOT_EXPECTED, MAKE_UP_UNFIT, MAKE_UP_USED),
    *(NOT_IRREGULAR, STILL_NOT_ENROLLED, OWN_MARK),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAsked:
    """One line of a register: whom, what, the minutes missed by coming late, the session it was made up in."""

    participant: str
    mark: Mark
    missed: int = 0
    make_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledDays:
    """From when until when somebody is in a cohort; `until` is the last day, None while it lasts."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """A session named as a make-up: whether it is one of the course that was held on the day or later, and free."""

    is_fit: bool
    is_used: bool


def check_mark(session: str, minutes: int, asked: MarkAsked, make_up: MakeUp | None) -> list[Refusal]:
    """Why a line of a register says nothing that can be kept; `minutes` are the session's."""
    who = asked.participant
    refusals = []
    if asked.mark is Mark.LATE and not 0 < asked.missed < minutes:
        refusals.append(LATE_WITHOUT_TIME(participant=who, session=session, most=minutes - 1))
    if asked.mark is not Mark.LATE and asked.missed:
        refusals.append(MINUTES_NOT_EXPECTED(participant=who, mark=asked.mark.value, session=session))
    if asked.mark is Mark.MADE_UP and not asked.make_up:
        refusals.append(MAKE_UP_MISSING(participant=who, session=session))
    if asked.mark is not Mark.MADE_UP and asked.make_up:
        refusals.append(MAKE_UP_NOT_EXPECTED(participant=who, mark=asked.mark.value, session=session))
    if make_up is not None and not make_up.is_fit:
        refusals.append(MAKE_UP_UNFIT(make_up=asked.make_up, session=session))
    if make_up is not None and make_up.is_used:
        refusals.append(MAKE_UP_USED(participant=who, make_up=asked.make_up))
    return refusals


def why_irregular(held_on: date, state: str, enrolled: EnrolledDays | None) -> WhyIrregular | None:
    """Why a mark counts in no rate: a walk-in, somebody before or after their time, a session said not to be held."""
    if state == "cancelled":
        return WhyIrregular.SESSION_CANCELLED
    if enrolled is None:
        return WhyIrregular.NOT_ENROLLED
    if held_on < enrolled.since:
        return WhyIrregular.BEFORE_ENROLMENT
    if enrolled.until is not None and held_on > enrolled.until:
        return WhyIrregular.AFTER_WITHDRAWAL
    return None


def check_mark_decision(
    participant: str,
    session: str,
    *,
    decision: MarkDecision,
    why: WhyIrregular | None,
    is_own: bool,
    is_enrolled_now: bool,
) -> list[Refusal]:
    """Why an irregular mark is not decided about this way."""
    if why is None:
        return [NOT_IRREGULAR(participant=participant, session=session)]
    refusals = []
    if is_own:
        refusals.append(OWN_MARK(session=session))
    if decision is MarkDecision.ENROLLED_SINCE and not is_enrolled_now:
        refusals.append(STILL_NOT_ENROLLED(participant=participant, session=session))
    return refusals
