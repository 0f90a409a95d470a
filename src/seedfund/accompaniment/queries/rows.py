"""What is read of plans, assessments and graduation, as values. Must not know how it is read."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.ids import Key


@dataclass(frozen=True, slots=True)
class YardstickRow:
    """A version of an instrument or of criteria, with both hands; `content` is its canonical text."""

    id: Key
    kind: str
    code: str
    version: int
    content: str
    content_hash: str
    effective_from: date
    proposed_by: Key
    approved_by: Key


@dataclass(frozen=True, slots=True)
class HouseholdPlanRow:
    """A household's plan as stored."""

    id: Key
    number: str
    household_id: Key
    participant_id: Key
    state: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as stored, its words sealed."""

    id: Key
    plan_id: Key
    position: int
    dimension: str
    words: bytes
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class GoalStepRow:
    """The day of a step of a goal."""

    happened_on: date


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """The version of an assessment that holds, its answers sealed."""

    id: Key
    number: str
    version: int
    household_id: Key
    participant_id: Key
    yardstick_id: Key
    taken_on: date
    answers: bytes
    note: bytes | None
    basis_points: int | None
    unanswered: int
    recorded_by: Key


@dataclass(frozen=True, slots=True)
class GraduationRow:
    """A graduation as stored; `found` is the canonical text of what every criterion found."""

    id: Key
    number: str
    household_id: Key
    participant_id: Key
    yardstick_id: Key
    assessment_id: Key
    found: str
    state: str
    proposed_on: date
    proposed_by: Key
    decided_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """The version of a follow-up that holds."""

    graduation_id: Key
    months: int
    version: int
    held_on: date
    standing: str
    note: bytes | None
