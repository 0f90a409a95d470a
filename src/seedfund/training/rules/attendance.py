"""The rate of attendance: one rule, in whole numbers. Must not know rows.

What is possible are the regular sessions held while the person was enrolled. Present, late and made up count as
attended; a make-up is a mark on the missed session, so that it counts once. In hours somebody who came late has the
hours left. Rates are cut off, not rounded: 79.99 % is not 80 % (domain: scholarships and training attendance).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import insist
from seedfund.training.rules.words import ATTENDED, CourseUnit, Excused, Mark

WHOLE: Final = 10_000
"""Basis points of everything."""


class NoRate(StrEnum):
    """Why there is no rate."""

    NO_SESSIONS_YET = "no_sessions_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """How a course counts: its unit, and what excused absences do. `excused_most` is in sessions or minutes."""

    unit: CourseUnit
    excused: Excused = Excused.NEUTRAL
    excused_most: int = 0


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """A regular session held while the person was enrolled: its minutes, its mark, the minutes missed if late."""

    minutes: int
    mark: Mark | None = None
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What was held, attended and excused, in sessions or in minutes; `unmarked` sessions count as missed."""

    held: int
    attended: int
    excused: int
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """What of the possible was attended, in the course's unit (sessions, or minutes), and the sessions unmarked."""

    attended: int
    possible: int
    unmarked: int = 0

    @property
    def basis_points(self) -> int:
        """The rate, cut off: never above 10,000."""
        return self.attended * WHOLE // self.possible

    def reaches(self, threshold: int) -> bool:
        """Whether the rate is at least so many basis points."""
        return self.basis_points >= threshold


def totals_of(sessions: Sequence[SessionSeen], unit: CourseUnit) -> Totals:
    """Add sessions up in the unit of the course."""

    def size(one: SessionSeen) -> int:
        return 1 if unit is CourseUnit.SESSIONS else one.minutes

    def had(one: SessionSeen) -> int:
        if one.mark not in ATTENDED:
            return 0
        late = one.missed if one.mark is Mark.LATE and unit is CourseUnit.HOURS else 0
        return max(0, size(one) - late)

    return Totals(
        held=sum(map(size, sessions)),
        attended=sum(map(had, sessions)),
        excused=sum(size(one) for one in sessions if one.mark is Mark.EXCUSED),
        unmarked=sum(one.mark is None for one in sessions),
    )


def attendance(totals: Totals, rule: RateRule) -> Attendance | NoRate:
    """The attendance that totals come to under a rule; a named result where nothing counts yet."""
    attended, possible = totals.attended, totals.held
    if rule.excused is Excused.NEUTRAL:
        possible -= totals.excused
    else:
        attended += min(totals.excused, rule.excused_most)
    if possible <= 0:
        return NoRate.NO_SESSIONS_YET
    insist(0 <= attended <= possible, "nobody attends more than was held")
    return Attendance(attended, possible, totals.unmarked)
