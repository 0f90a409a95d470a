"""Reports of visits held: always taken in; what does not fit is marked, listed and decided by somebody else."""

from dataclasses import dataclass, replace
from datetime import date

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import participant_facts
from seedfund.people.service.identity import require_living, require_person
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.visits.queries import HELD_THAT_DAY, ReportRow, VisitRow, report_of, report_place
from seedfund.visits.rules import (
    VISIT_NOT_HELD,
    Dimension,
    Irregularity,
    Named,
    VisitMode,
    VisitRole,
    check_decision,
    irregularity,
)
from seedfund.visits.service.common import (
    VISITORS,
    VisitMoved,
    VisitTo,
    move_visit,
    reached_visit,
    write_visit,
)
from seedfund.visits.tables import VisitDecision, VisitReport


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of a visit: where it was held, what it touched, what it found, what was agreed.

    `is_operating` is left out where the visit did not look at a business.
    """

    mode: VisitMode
    findings: Secret
    dimensions: tuple[Dimension, ...] = ()
    actions: Secret | None = None
    next_on: date | None = None
    is_operating: bool | None = None


@dataclass(frozen=True, kw_only=True)
class RecordVisit(Command):
    """A visit held on the day it occurred: the planned one of `number`, or one to `participant` that nobody planned."""

    told: Told
    number: str | None = None
    participant: str | None = None
    role: VisitRole | None = None


@dataclass(frozen=True, kw_only=True)
class VisitRecorded:
    """The visit's number, why it does not count yet if so, and the number of the next visit if a day was agreed."""

    number: str
    irregularity: Irregularity | None
    next_visit: str | None


@verb("visits.record_visit", roles=VISITORS)
def record_visit(unit: Unit, command: RecordVisit) -> VisitRecorded:
    """Take in a visit that was held; a report that does not fit the visit it names stands as one of its own.

    Raises:
        NotFound: there is no such visit or participant.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no visit nor a participant with a role is named, nothing was found, or the next day is past.
        Refused: `person_erased`.
    """
    _check_told(command.told, unit.occurred_on)
    named = None if command.number is None else reached_visit(unit, command.number)
    to = _to(unit, command, named)
    day = unit.occurred_on
    is_second = unit.one(HELD_THAT_DAY, participant=to.participant_id, role=to.role.value, day=day) > 0
    facts = None if named is None else Named(state=named.state, role=named.role)
    irregular = irregularity(facts, to.role, is_second_of_day=is_second)
    if named is not None and irregular in (None, Irregularity.TWICE_ON_A_DAY):
        move_visit(unit, named, "held")
        visit, number = named.id, named.number
    else:
        visit, number = write_visit(unit, replace(to, plan_id=None), due_on=None, state="held")
    _write_report(unit, to.participant_id, command.told, _Version(visit, day, irregular))
    if irregular is not None:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="visit",
            subject_number=number,
            reason=f"the visit is irregular: {irregular.value}",
            facts={"named": command.number, "held_on": str(day)},
        )
    return VisitRecorded(number=number, irregularity=irregular, next_visit=_next(unit, to, visit, command))


def _to(unit: Unit, command: RecordVisit, named: VisitRow | None) -> VisitTo:
    if named is not None:
        facts = participant_facts(unit, [named.participant_id])[named.participant_id]
        require_living(unit, facts.number, goes_on=True)
        if command.participant not in (None, facts.number):
            raise InvalidInput(
                field="participant",
                problem="the visit goes to somebody else",
                remedy="name the visit or the participant, not both",
            )
        return VisitTo(
            participant_id=named.participant_id,
            household_id=named.household_id,
            role=command.role or named.role,
            follows_id=named.id,
        )
    if command.participant is None or command.role is None:
        raise InvalidInput(
            field="number",
            problem="neither a planned visit nor a participant with a role is named",
            remedy="give the number of the visit, or the participant and who visited",
        )
    person = require_person(unit, command.participant)
    household = participant_facts(unit, [person.id])[person.id].household_id
    return VisitTo(participant_id=person.id, household_id=household, role=command.role)


def _check_told(told: Told, day: date) -> None:
    if not told.findings.reveal().strip():
        raise InvalidInput(
            field="findings", problem="it is empty", remedy="write in a sentence what the visit found"
        )
    if told.next_on is not None and told.next_on <= day:
        raise InvalidInput(
            field="next_on",
            problem="the next visit does not come after this one",
            remedy="give a later day, or leave it out",
        )


def _next(unit: Unit, to: VisitTo, visit: Key, command: RecordVisit) -> str | None:
    """The day agreed for the next visit becomes a visit that is due."""
    if command.told.next_on is None:
        return None
    following = replace(to, plan_id=None, follows_id=visit)
    return write_visit(unit, following, due_on=command.told.next_on, state="planned")[1]


@dataclass(frozen=True)
class _Version:
    """Which version of which visit's report is written, and why."""

    visit: Key
    held_on: date
    irregular: Irregularity | None
    number: int = 1
    correction: str | None = None


def _write_report(unit: Unit, participant: Key, told: Told, version: _Version) -> None:
    unit.owns(participant, told.findings, told.actions)
    vault, number = unit.vault(participant), version.number
    findings = vault.seal(told.findings, report_place(version.visit, number, "findings"))
    actions = None
    if told.actions is not None:
        actions = vault.seal(told.actions, report_place(version.visit, number, "actions"))
    unit.insert(
        VisitReport,
        visit_id=version.visit,
        version=number,
        held_on=version.held_on,
        mode=told.mode.value,
        dimensions=canonical_text(sorted({one.value for one in told.dimensions})),
        findings=findings,
        actions=actions,
        next_on=told.next_on,
        is_operating=told.is_operating,
        irregularity=None if version.irregular is None else version.irregular.value,
        correction=version.correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class CorrectVisit(Command):
    """What should have been told of a visit held, and why it is told again (no personal data)."""

    number: str
    told: Told
    reason: str


@verb("visits.correct_visit", roles=VISITORS)
def correct_visit(unit: Unit, command: CorrectVisit) -> VisitMoved:
    """Tell a visit again; the version before stays with who wrote it, and a day agreed for the next visit stays due.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, or nothing was found.
        Refused: `visit_not_held`, `person_erased`.
    """
    if not command.reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    visit = reached_visit(unit, command.number)
    person = participant_facts(unit, [visit.participant_id])[visit.participant_id]
    require_living(unit, person.number, goes_on=True)
    known = _held(unit, visit)
    _check_told(command.told, known.held_on)
    version = _Version(visit.id, known.held_on, known.irregularity, known.version + 1, command.reason.strip())
    _write_report(unit, visit.participant_id, command.told, version)
    unit.changed("sf_visit", visit.number, {"report": known.version}, {"report": version.number})
    return VisitMoved(number=visit.number, state=visit.state)


def _held(unit: Unit, visit: VisitRow) -> ReportRow:
    report = report_of(unit, visit.id)
    if report is None:
        raise Refused([VISIT_NOT_HELD(visit=visit.number, state=visit.state)])
    return report


@dataclass(frozen=True, kw_only=True)
class DecideVisit(Command):
    """Whether an irregular visit counts, and why (no personal data)."""

    number: str
    is_accepted: bool
    reason: str


@verb(
    "visits.decide_visit",
    roles=(Role.PROGRAMME_MANAGER, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROTECTION_OFFICER),
)
def decide_visit(unit: Unit, command: DecideVisit) -> VisitMoved:
    """Decide once whether an irregular visit counts; whoever recorded it cannot.

    Raises:
        NotFound: there is no such visit.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given.
        Refused: `visit_not_held`, `visit_not_irregular`, `visit_decided`, `visit_decided_by_visitor`.
    """
    if not command.reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    visit = reached_visit(unit, command.number)
    report = _held(unit, visit)
    refuse(
        check_decision(
            visit.number,
            report.irregularity,
            is_decided=report.is_accepted is not None,
            is_by_recorder=report.recorded_by == unit.actor.id,
        )
    )
    unit.insert(
        VisitDecision,
        visit_id=visit.id,
        is_accepted=command.is_accepted,
        reason=command.reason.strip(),
        decided_on=unit.occurred_on,
        recorded_by=report.recorded_by,
        decided_by=unit.actor.id,
    )
    unit.created("sf_visit_decision", visit.number, {"is_accepted": command.is_accepted})
    return VisitMoved(number=visit.number, state=visit.state)
