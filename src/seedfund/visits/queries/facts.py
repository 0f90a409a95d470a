"""What is read of visits, as values. Must not know how it is read."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.visits.rules import Irregularity, VisitMode, VisitRole


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as stored."""

    id: Key
    number: str
    plan_id: Key | None
    participant_id: Key
    household_id: Key | None
    role: VisitRole
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The version of a report that holds, and what was decided of it; `is_accepted` is None while nothing was."""

    visit_id: Key
    version: int
    held_on: date
    mode: VisitMode
    dimensions: tuple[str, ...]
    findings: bytes
    actions: bytes | None
    next_on: date | None
    is_operating: bool | None
    irregularity: Irregularity | None
    is_accepted: bool | None
    recorded_by: Key
    recorder: str


@dataclass(frozen=True, slots=True)
class OwedVisit:
    """A visit that was planned, or missed, and is not held yet."""

    number: str
    participant_id: Key
    role: VisitRole
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a visit's life."""

    to_state: str
    reason: str | None
    happened_on: date
    actor: str


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A visit with what it found; the words are None where nobody can open them any more."""

    visit: VisitRow
    report: ReportRow | None
    findings: Secret | None
    actions: Secret | None
    steps: tuple[StepShown, ...]
