"""What is read of schooling, as values. Must not know how it is read."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.schooling.rules import SchoolingIrregularity, SchoolKind, SchoolProof


@dataclass(frozen=True, slots=True)
class SchoolingRow:
    """A schooling as stored, and what was decided of it; `is_accepted` is None while nothing was."""

    id: Key
    number: str
    participant_id: Key
    household_id: Key | None
    kind: SchoolKind
    school: bytes
    term: str
    starts_on: date
    ends_on: date
    state: str
    irregularity: SchoolingIrregularity | None
    is_accepted: bool | None


@dataclass(frozen=True, slots=True)
class SchoolingStepRow:
    """A step of a schooling, in its order; `recorder` is who recorded it."""

    schooling_id: Key
    position: int
    to_state: str
    reason: str | None
    proof: SchoolProof
    proof_ref: bytes | None
    happened_on: date
    recorded_by: Key
    recorder: str


@dataclass(frozen=True, slots=True)
class SchoolingStepShown:
    """A step with what its proof says; None where nobody can open it any more, or nothing was told."""

    to_state: str
    reason: str | None
    proof: SchoolProof
    proof_ref: Secret | None
    happened_on: date
    recorder: str


@dataclass(frozen=True, slots=True)
class SchoolingOpened:
    """A schooling with its school and steps; the school is None where nobody can open it any more."""

    schooling: SchoolingRow
    school: Secret | None
    steps: tuple[SchoolingStepShown, ...]
