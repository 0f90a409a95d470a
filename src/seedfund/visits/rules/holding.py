"""What is taken in of a visit that was held, and what of it counts. Must not know how it is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.visits.rules.states import VISIT_STATES
from seedfund.visits.rules.words import Irregularity, VisitMode, VisitRole

VISIT_NOT_IRREGULAR = RefusalCode(
    "visit_not_irregular",
    "Nothing is irregular about the visit {visit}.",
    "Look at it with: seedfund show {visit}.",
)
VISIT_DECIDED = RefusalCode(
    "visit_decided",
    "It was decided already whether the visit {visit} counts.",
    "Leave it as decided; record what happened since as another visit.",
)
VISIT_DECIDED_BY_VISITOR = RefusalCode(
    "visit_decided_by_visitor",
    "Whoever recorded the visit {visit} cannot decide whether it counts.",
    "Ask another person with the authority to decide it.",
)
VISIT_NOT_HELD = RefusalCode(
    "visit_not_held",
    "The visit {visit} is {state}; it has no report.",
    "Record the visit first.",
)
REFUSALS: Final = (VISIT_NOT_IRREGULAR, VISIT_DECIDED, VISIT_DECIDED_BY_VISITOR, VISIT_NOT_HELD)


@dataclass(frozen=True, kw_only=True)
class Named:
    """The visit a report names: its state and the role that was to come."""

    state: str
    role: VisitRole


def irregularity(named: Named | None, role: VisitRole, *, is_second_of_day: bool) -> Irregularity | None:
    """Why a report cannot be taken as it is told, or None; the first reason in their declared order.

    A report that does not fit the visit it names stands as a visit of its own, and the one named stays as it was.
    """
    if named is not None and not VISIT_STATES.allows(named.state, "held"):
        return Irregularity.ALREADY_CLOSED
    if named is not None and named.role is not role:
        return Irregularity.OTHER_ROLE
    return Irregularity.TWICE_ON_A_DAY if is_second_of_day else None


def answers_a_condition(mode: VisitMode, irregular: Irregularity | None, *, is_accepted: bool) -> bool:
    """Whether a visit held answers a tranche that waits for one: seen face to face, and in order or accepted.

    By telephone nobody sees a business; such a call is accompaniment and no monitoring visit.
    """
    return mode is not VisitMode.PHONE and (irregular is None or is_accepted)


def check_decision(
    visit: str, irregular: Irregularity | None, *, is_decided: bool, is_by_recorder: bool
) -> list[Refusal]:
    """Why it may not be decided whether a visit counts."""
    if irregular is None:
        return [VISIT_NOT_IRREGULAR(visit=visit)]
    found = [VISIT_DECIDED(visit=visit)] if is_decided else []
    return [*found, *([VISIT_DECIDED_BY_VISITOR(visit=visit)] if is_by_recorder else [])]


@dataclass(frozen=True, kw_only=True)
class VisitFact:
    """A visit as rules of higher areas see it: held on a day, or due on one and still owed.

    `is_operating` is None where the visit did not look at a business; `answers` says whether it may answer a condition.
    """

    number: str
    role: VisitRole
    due_on: date | None
    held_on: date | None
    is_operating: bool | None
    answers: bool
    recorded_by: str
