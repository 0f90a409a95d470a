"""Recording where a child learns, step by step; what does not fit is taken in, marked, listed and decided."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.errors import InvalidInput, NotAllowed, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import ParticipantFacts, participant_facts
from seedfund.people.rules import SEE_RESTRICTED, is_adult, plain_text
from seedfund.people.service.identity import REGISTRARS, require_living, require_person
from seedfund.schooling.queries import (
    SchoolingRow,
    proof_place,
    school_place,
    schooling_by_number,
    schoolings_of,
    steps_of,
)
from seedfund.schooling.rules import (
    SCHOOLING_STATES,
    KnownSchooling,
    LeftSchoolFor,
    SchoolingIrregularity,
    SchoolKind,
    SchoolProof,
    Term,
    check_decision,
    check_step,
    check_term,
    irregularity,
)
from seedfund.schooling.tables import Schooling, SchoolingDecision, SchoolingStep
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "ED"
_MOVE: Final = Write(
    lambda: (
        sa.update(Schooling)
        .where(col(Schooling.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class RecordSchooling(Command):
    """A child's enrolment in a school or informal class for a term, and what it was seen in.

    `term` is the name it goes by, such as `2026-2027`; `proof_ref` is what the paper is found by again.
    """

    child: str
    kind: SchoolKind
    school: Secret
    term: str
    starts_on: date
    ends_on: date
    proof: SchoolProof
    proof_ref: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class SchoolingRecorded:
    """The schooling's number, its state, and why it does not count yet if so."""

    number: str
    state: str
    irregularity: SchoolingIrregularity | None = None


@verb("schooling.record_schooling", roles=REGISTRARS)
def record_schooling(unit: Unit, command: RecordSchooling) -> SchoolingRecorded:
    """Take in where a child of a household is enrolled for a term; what does not fit waits for a decision.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the child is restricted, and the actor's roles do not reach them.
        InvalidInput: the school or the term is not named.
        Refused: `person_erased`, `schooling_term_length`.
    """
    person = require_person(unit, command.child)
    facts = participant_facts(unit, [person.id])[person.id]
    term = _term(command)
    refuse(check_term(term))
    irregular = _irregular(unit, facts, command.kind, term)
    key, number = unit.key(), unit.human_number(SERIES)
    unit.owns(person.id, command.school)
    unit.insert(
        Schooling,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        participant_id=person.id,
        household_id=facts.household_id,
        kind=command.kind.value,
        school=unit.vault(person.id).seal(command.school, school_place(key)),
        term=term.name,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        state=SCHOOLING_STATES.start,
        irregularity=None if irregular is None else irregular.value,
    )
    step = _Step(to=SCHOOLING_STATES.start, proof=command.proof, ref=command.proof_ref)
    _write_step(unit, key, person.id, step)
    after = {"state": SCHOOLING_STATES.start, "kind": command.kind, "child": person.number}
    unit.created("sf_schooling", number, after)
    if irregular is not None:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="schooling",
            subject_number=number,
            reason=irregular.value,
            facts={"term": term.name},
        )
    return SchoolingRecorded(number=number, state=SCHOOLING_STATES.start, irregularity=irregular)


def _term(command: RecordSchooling) -> Term:
    if not command.school.reveal().strip():
        raise InvalidInput(field="school", problem="it is empty", remedy="name the school or the class")
    name = plain_text(command.term, field="term", most=40)
    if not name:
        raise InvalidInput(
            field="term", problem="it is empty", remedy="name the term or school year, such as 2026-2027"
        )
    return Term(name=name, starts_on=command.starts_on, ends_on=command.ends_on)


def _irregular(
    unit: Unit, child: ParticipantFacts, kind: SchoolKind, term: Term
) -> SchoolingIrregularity | None:
    known = schoolings_of(unit, [child.id])[child.id]
    return irregularity(
        KnownSchooling(kind=kind, term=term.name, state=SCHOOLING_STATES.start),
        [KnownSchooling(kind=row.kind, term=row.term, state=row.state) for row in known],
        is_adult=child.birth is not None and is_adult(child.birth, unit.occurred_on) is True,
        has_household=child.household_id is not None,
        is_after_term=unit.occurred_on > term.ends_on,
    )


@dataclass(frozen=True)
class _Step:
    """A step to write: where it leads, what it was seen in, and where it comes from."""

    to: str
    proof: SchoolProof
    ref: Secret | None
    before: str | None = None
    reason: LeftSchoolFor | None = None
    position: int = 1


def _write_step(unit: Unit, schooling: Key, child: Key, step: _Step) -> None:
    ref = None
    if step.ref is not None and step.ref.reveal().strip():
        ref = unit.vault(child).seal(step.ref, proof_place(schooling, step.position))
    unit.owns(child, step.ref)
    unit.insert(
        SchoolingStep,
        schooling_id=schooling,
        position=step.position,
        from_state=step.before,
        to_state=step.to,
        reason=None if step.reason is None else step.reason.value,
        proof=step.proof.value,
        proof_ref=ref,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class RecordSchoolStep(Command):
    """What became of a child's schooling on the command's day: attending, or left and why, and what shows it."""

    number: str
    state: str
    proof: SchoolProof
    proof_ref: Secret | None = None
    reason: LeftSchoolFor | None = None


@verb("schooling.record_school_step", roles=REGISTRARS)
def record_school_step(unit: Unit, command: RecordSchoolStep) -> SchoolingRecorded:
    """Record that a child attends, or that it left and why.

    Raises:
        NotFound: there is no such schooling.
        NotAllowed: the child is restricted, and the actor's roles do not reach them.
        InvalidInput: there is no such state.
        Refused: `person_erased`, `no_such_step`, `schooling_step_before_last`, `schooling_left_without_reason`,
            `schooling_reason_not_expected`.
    """
    if command.state not in SCHOOLING_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give one of " + ", ".join(SCHOOLING_STATES.states),
        )
    row = _reached(unit, command.number)
    last = steps_of(unit, [row.id])[row.id][-1]
    SCHOOLING_STATES.require(row.state, command.state, which=row.number)
    refuse(
        check_step(
            row.number,
            row.state,
            to=command.state,
            has_reason=command.reason is not None,
            last=last.happened_on,
            day=unit.occurred_on,
        )
    )
    unit.execute(_MOVE, this_id=row.id, new_state=command.state)
    step = _Step(
        to=command.state,
        proof=command.proof,
        ref=command.proof_ref,
        before=row.state,
        reason=command.reason,
        position=last.position + 1,
    )
    _write_step(unit, row.id, row.participant_id, step)
    unit.changed("sf_schooling", row.number, {"state": row.state}, {"state": command.state})
    return SchoolingRecorded(number=row.number, state=command.state, irregularity=row.irregularity)


def _reached(unit: Unit, number: str) -> SchoolingRow:
    row = schooling_by_number(unit, unit.programme.id, number)
    child = participant_facts(unit, [row.participant_id])[row.participant_id]
    if child.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed(f"{row.number} is restricted; ask the protection officer or the director.")
    require_living(unit, child.number, goes_on=True)
    return row


@dataclass(frozen=True, kw_only=True)
class DecideSchooling(Command):
    """Whether an irregular schooling counts, and why (no personal data)."""

    number: str
    is_accepted: bool
    reason: str


@verb(
    "schooling.decide_schooling",
    roles=(Role.PROGRAMME_MANAGER, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROTECTION_OFFICER),
)
def decide_schooling(unit: Unit, command: DecideSchooling) -> SchoolingRecorded:
    """Decide once whether an irregular schooling counts; whoever recorded it cannot.

    Raises:
        NotFound: there is no such schooling.
        NotAllowed: the child is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given.
        Refused: `person_erased`, `schooling_not_irregular`, `schooling_decided`, `schooling_decided_by_recorder`.
    """
    reason = plain_text(command.reason, field="reason", most=300)
    if not reason:
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    row = _reached(unit, command.number)
    first = steps_of(unit, [row.id])[row.id][0]
    refuse(
        check_decision(
            row.number,
            row.irregularity,
            is_decided=row.is_accepted is not None,
            is_by_recorder=first.recorded_by == unit.actor.id,
        )
    )
    unit.insert(
        SchoolingDecision,
        schooling_id=row.id,
        is_accepted=command.is_accepted,
        reason=reason,
        decided_on=unit.occurred_on,
        recorded_by=first.recorded_by,
        decided_by=unit.actor.id,
    )
    unit.created("sf_schooling_decision", row.number, {"is_accepted": command.is_accepted})
    return SchoolingRecorded(number=row.number, state=row.state, irregularity=row.irregularity)
