"""The days a stipend is paid for: attended, and excused up to a cap, never more than the plan allows. Pure.

A day counts once, however many sessions it had; a make-up counts on the day that was missed. Who left is paid for the
days attended until then (domain: scholarships and training attendance).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from seedfund.kernel.money import Money
from seedfund.scholarships.rules.terms import StipendTerms
from seedfund.training.rules.words import ATTENDED, Mark


@dataclass(frozen=True, slots=True)
class DaySeen:
    """A regular session of a day and what its register says of the trainee; nothing where it says nothing."""

    on: date
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveDays:
    """Days attended, days excused (neither counted twice), and how many of both are paid."""

    attended: int
    excused: int
    paid: int


def effective_days(seen: Iterable[DaySeen], terms: StipendTerms) -> EffectiveDays:
    """The days of a period that a stipend is paid for; nobody is paid for an absence, or beyond the plan's days."""
    by_day: dict[date, set[Mark | None]] = {}
    for one in seen:
        by_day.setdefault(one.on, set()).add(one.mark)
    attended = {day for day, marks in by_day.items() if marks & set(ATTENDED)}
    excused = {day for day, marks in by_day.items() if Mark.EXCUSED in marks} - attended
    paid = min(len(attended) + min(len(excused), terms.excused_most), terms.days_most)
    return EffectiveDays(attended=len(attended), excused=len(excused), paid=paid)


def stipend_due(days: EffectiveDays, terms: StipendTerms, *, ceiling: Money) -> Money:
    """What a stipend comes to: the rate times the days paid, never above the ceiling of its tranche."""
    return min(terms.rate * days.paid, ceiling)
