"""What is taken in of a child's schooling, and what of it counts. Must not know how it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.schooling.rules.states import AT_SCHOOL
from seedfund.schooling.rules.words import PROVING, SchoolingIrregularity, SchoolKind, SchoolProof

TERM_DAYS_MAX: Final = 400
"""The longest a term lasts: a school year with its holidays."""

SCHOOLING_TERM_LENGTH = RefusalCode(
    "schooling_term_length",
    "A term from {starts} to {ends} cannot be; it lasts 1 to {most} days.",
    "Give the first and the last day of the term or school year.",
)
SCHOOLING_STEP_BEFORE_LAST = RefusalCode(
    "schooling_step_before_last",
    "{schooling} became {state} on {last}, and this step is said to be of {day}.",
    "Give the day of the step; steps are recorded in the order in which they happened.",
)
SCHOOLING_LEFT_WITHOUT_REASON = RefusalCode(
    "schooling_left_without_reason",
    "It is not said why the child left in {schooling}.",
    "Give the reason; a child that left for work or for costs may be helped back.",
)
SCHOOLING_REASON_NOT_EXPECTED = RefusalCode(
    "schooling_reason_not_expected",
    "A reason for leaving is given in {schooling}, and the child did not leave.",
    "Leave the reason out, or record that the child left.",
)
SCHOOLING_NOT_IRREGULAR = RefusalCode(
    "schooling_not_irregular",
    "Nothing is irregular about the schooling {schooling}.",
    "Look at it with: seedfund show {schooling}.",
)
SCHOOLING_DECIDED = RefusalCode(
    "schooling_decided",
    "It was decided already whether the schooling {schooling} counts.",
    "Leave it as decided; record what happened since as another schooling.",
)
SCHOOLING_DECIDED_BY_RECORDER = RefusalCode(
    "schooling_decided_by_recorder",
    "Whoever recorded the schooling {schooling} cannot decide whether it counts.",
    "Ask another person with the authority to decide it.",
)
REFUSALS: Final = (
    *(SCHOOLING_TERM_LENGTH, SCHOOLING_STEP_BEFORE_LAST, SCHOOLING_LEFT_WITHOUT_REASON),
    *(SCHOOLING_REASON_NOT_EXPECTED, SCHOOLING_NOT_IRREGULAR, SCHOOLING_DECIDED),
    SCHOOLING_DECIDED_BY_RECORDER,
)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term by its name, with its first and last day."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class KnownSchooling:
    """A schooling of the same child known before."""

    kind: SchoolKind
    term: str
    state: str


@dataclass(frozen=True, kw_only=True)
class SchoolingFact:
    """A child's schooling as it stood on a day, as rules of higher areas see it.

    `answers` says whether it may answer a condition: enrolled or attending, proven by the school, in order or accepted.
    """

    number: str
    kind: SchoolKind
    term: str
    starts_on: date
    ends_on: date
    state: str
    since: date
    answers: bool


def check_term(term: Term) -> list[Refusal]:
    """Why a term cannot be."""
    days = (term.ends_on - term.starts_on).days + 1
    if 1 <= days <= TERM_DAYS_MAX:
        return []
    return [SCHOOLING_TERM_LENGTH(starts=term.starts_on, ends=term.ends_on, most=TERM_DAYS_MAX)]


def irregularity(
    told: KnownSchooling,
    known: Sequence[KnownSchooling],
    *,
    is_adult: bool,
    has_household: bool,
    is_after_term: bool,
) -> SchoolingIrregularity | None:
    """Why a schooling cannot be taken as it is told, or None; the first reason in their declared order.

    A child may go to school and to an informal class in one term, and not twice to one of them.
    """
    if is_adult:
        return SchoolingIrregularity.NOT_A_CHILD
    if not has_household:
        return SchoolingIrregularity.WITHOUT_HOUSEHOLD
    same = [one for one in known if one.state in AT_SCHOOL and (one.kind, one.term) == (told.kind, told.term)]
    if same:
        return SchoolingIrregularity.TWICE_IN_TERM
    return SchoolingIrregularity.AFTER_TERM if is_after_term else None


def check_step(
    schooling: str, state: str, *, to: str, has_reason: bool, last: date, day: date
) -> list[Refusal]:
    """Why a step cannot follow the last one, of the day `last`; `SCHOOLING_STATES` says which steps there are."""
    found = []
    if day < last:
        found.append(SCHOOLING_STEP_BEFORE_LAST(schooling=schooling, state=state, last=last, day=day))
    if to == "left" and not has_reason:
        found.append(SCHOOLING_LEFT_WITHOUT_REASON(schooling=schooling))
    if to != "left" and has_reason:
        found.append(SCHOOLING_REASON_NOT_EXPECTED(schooling=schooling))
    return found


def check_decision(
    schooling: str, irregular: SchoolingIrregularity | None, *, is_decided: bool, is_by_recorder: bool
) -> list[Refusal]:
    """Why it may not be decided whether a schooling counts."""
    if irregular is None:
        return [SCHOOLING_NOT_IRREGULAR(schooling=schooling)]
    found = [SCHOOLING_DECIDED(schooling=schooling)] if is_decided else []
    return [*found, *([SCHOOLING_DECIDED_BY_RECORDER(schooling=schooling)] if is_by_recorder else [])]


def answers_a_condition(
    state: str,
    proofs: Sequence[SchoolProof],
    irregular: SchoolingIrregularity | None,
    *,
    is_accepted: bool,
) -> bool:
    """Whether a schooling shows that a child is enrolled; `proofs` are those of its steps so far."""
    is_proven = any(proof in PROVING for proof in proofs)
    return state in AT_SCHOOL and is_proven and (irregular is None or is_accepted)
