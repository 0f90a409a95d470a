"""What others observed comes in as rows, and conditions are let go by those who may."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.policy import Act
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import require_assurance, write_exception
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.queries.hands import approvers_of, preparers_of
from seedfund.grants.queries.tranches import ConditionRow, conditions_of, tranches_of, waivers_of
from seedfund.grants.rules.awarding import (
    CONDITION_UNKNOWN,
    NOT_WAIVABLE,
    WAIVED_ALREADY,
    WAIVED_BY_APPROVER,
    WAIVED_BY_PREPARER,
    WAIVER_PAPER,
)
from seedfund.grants.rules.conditions import WHOLE, AgreementSigned, is_clearance, leaves_of
from seedfund.grants.rules.facts import Waiver
from seedfund.grants.rules.words import CLEARANCES, PLACES, EvidenceKind, SubjectKind
from seedfund.grants.service.common import filed_kinds, load_grant
from seedfund.grants.tables.tranches import ConditionWaiver, Evidence
from seedfund.kernel.errors import InvalidInput, Refusal, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import household_by_number, participant_by_number
from seedfund.register.rules import EvidenceKind as FileKind
from seedfund.register.rules import missing_evidence, read_sha256
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "EV"
TAKEN_BACK: Final = (EvidenceKind.OTHER, EvidenceKind.ENROLMENT)
NEVER_NEGATIVE: Final = tuple(kind for kind in EvidenceKind if kind not in TAKEN_BACK)


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What was observed of whom: the subject's number, the kind, a topic (a course, an account), its value and day.

    `value` is in the unit of its kind: basis points for attendance, 1 or 0 for a visit that found the business
    operating or not, minor units for amounts. `source` says where it comes from, never naming a person.
    """

    subject_kind: SubjectKind
    subject: str
    kind: EvidenceKind
    observed_on: date
    source: str
    topic: str = ""
    value: int | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordEvidence(Command):
    """One observation."""

    observation: Observation


@dataclass(frozen=True, kw_only=True)
class EvidenceRecorded:
    """The evidence's number, and whether it cannot be as it is told and so counts for nothing."""

    number: str
    is_irregular: bool


@verb(
    "grants.record_evidence",
    roles=(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER),
)
def record_evidence(unit: Unit, command: RecordEvidence) -> EvidenceRecorded:
    """Take in what was observed; nothing that happened is refused, but what cannot be so is marked and listed.

    Raises:
        NotFound: there is no such household, participant or grant.
        InvalidInput: no source is named.
    """
    observation = command.observation
    return write_evidence(unit, observation, problem=_reserved(observation))


def _reserved(observation: Observation) -> str:
    """Why an observation counts for nothing when it is told by hand: a decision of another area writes it."""
    if observation.kind is EvidenceKind.ENROLMENT and observation.topic.startswith(CLEARANCES):
        return "a clearance of a tranche that nobody decided"
    if observation.kind is EvidenceKind.OTHER and observation.topic.startswith(PLACES):
        return "a place in a selection that no selection gave"
    return ""


def write_evidence(unit: Unit, observation: Observation, *, problem: str = "") -> EvidenceRecorded:
    """Take in an observation inside another area's command; `problem` says why it counts for nothing.

    Raises:
        NotFound: there is no such household, participant or grant.
        InvalidInput: no source is named, or the file's SHA-256 is none.
    """
    if not observation.source.strip():
        raise InvalidInput(
            field="source", problem="it is empty", remedy="say where the observation comes from"
        )
    household, participant, grant = _subject(unit, observation)
    sha256 = observation.file_sha256
    if sha256 is not None:
        filed = write_evidence_file(
            unit, sha256, kind=FileKind.OTHER, description=f"evidence: {observation.kind.value}"
        )
        sha256 = filed.sha256
    number, problem = unit.human_number(SERIES), problem or _problem(observation, unit.work.today())
    unit.insert(
        Evidence,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        subject_kind=observation.subject_kind.value,
        household_id=household,
        participant_id=participant,
        grant_id=grant,
        kind=observation.kind.value,
        topic=observation.topic,
        value=observation.value,
        observed_on=observation.observed_on,
        source=observation.source.strip(),
        file_sha256=sha256,
        is_irregular=bool(problem),
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_evidence", number, {"kind": observation.kind.value, "subject": observation.subject})
    if problem:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="evidence",
            subject_number=number,
            reason=problem,
            facts={"kind": observation.kind.value, "value": observation.value},
        )
    return EvidenceRecorded(number=number, is_irregular=bool(problem))


def _subject(unit: Unit, observation: Observation) -> tuple[Key | None, Key | None, Key | None]:
    number = observation.subject
    if observation.subject_kind is SubjectKind.HOUSEHOLD:
        return household_by_number(unit, unit.programme.id, number).id, None, None
    if observation.subject_kind is SubjectKind.PARTICIPANT:
        return None, participant_by_number(unit, unit.programme.id, number).id, None
    return None, None, grant_by_number(unit, unit.programme.id, number).id


def _problem(observation: Observation, today: date) -> str:
    """Why an observation cannot be as it is told; empty when it can."""
    value = observation.value
    if observation.observed_on > today:
        return "observed on a day that has not come"
    if observation.kind is EvidenceKind.ATTENDANCE and (value is None or not 0 <= value <= WHOLE):
        return "attendance that is no share of the sessions held"
    if value is not None and value < 0 and observation.kind in NEVER_NEGATIVE:
        return "a value below zero"
    return ""


@dataclass(frozen=True, kw_only=True)
class WaiveCondition(Command):
    """The grant, the places of tranche and condition (from 1), and the reason in words that name nobody.

    `evidence_sha256` is the authority's decision or the minutes, on the register before. What is waived holds for the
    tranche as it is now: an adenda that raises it asks again.
    """

    grant: str
    tranche: int
    condition: int
    reason: str
    evidence_sha256: str


@dataclass(frozen=True, kw_only=True)
class ConditionWaived:
    """What was waived."""

    grant: str
    tranche: int
    condition: int
    code: str


@verb("grants.waive_condition", roles=(Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.FINANCE_APPROVER))
def waive_condition(unit: Unit, command: WaiveCondition) -> ConditionWaived:
    """Let one condition of a tranche go, on one's own authority; it stands on the exceptions page.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the SHA-256 is none.
        Refused: `reason_missing`, `condition_unknown`, `condition_not_waivable`, `condition_waived_already`,
            `waiver_paper`, `waived_by_preparer`, `waived_by_approver`, `policy_missing`, `assurance_lacking`.
    """
    grant = load_grant(unit, command.grant)
    require_assurance(unit, Act.WAIVE_CONDITION)
    row = _condition(unit, grant, command)
    paper = read_sha256(command.evidence_sha256, field="evidence_sha256")
    waiver = waivers_of(unit, [grant.id])[grant.id].get((command.tranche, row.params))
    refuse(
        [
            *check_reason(command.reason),
            *_may_waive(row, command, waiver),
            *_check_paper(unit, grant, paper),
            *_by_other_hand(unit, grant),
        ]
    )
    exception = write_exception(
        unit,
        ExceptionKind.WAIVER,
        subject_kind="tranche_condition",
        subject_number=f"{grant.number}/{command.tranche}.{command.condition}",
        reason=command.reason,
        facts={"condition": row.params, "paper": paper},
    )
    unit.insert(
        ConditionWaiver,
        tranche_id=row.tranche_id,
        position=row.position,
        exception_id=exception,
        reason=command.reason.strip(),
        waived_on=unit.occurred_on,
        recorded_at=unit.now,
        authorised_by=unit.actor.id,
    )
    unit.created(
        "sf_condition_waiver",
        f"{grant.number}/{command.tranche}.{command.condition}",
        {"params": row.params, "paper": paper},
    )
    return ConditionWaived(
        grant=grant.number, tranche=command.tranche, condition=command.condition, code=row.condition.code
    )


def _condition(unit: Unit, grant: GrantRow, command: WaiveCondition) -> ConditionRow:
    tranches = {row.position: row for row in tranches_of(unit, [grant.id])[grant.id]}
    tranche = tranches.get(command.tranche)
    rows = [] if tranche is None else conditions_of(unit, [tranche.id])[tranche.id]
    for row in rows:
        if row.position == command.condition:
            return row
    raise Refused(
        [CONDITION_UNKNOWN(tranche=command.tranche, number=grant.number, position=command.condition)]
    )


def _may_waive(row: ConditionRow, command: WaiveCondition, waiver: Waiver | None) -> list[Refusal]:
    """Neither a signed agreement is ever waived, nor what another area has to decide before something is paid."""
    refusals = []
    if any(isinstance(leaf, AgreementSigned) or is_clearance(leaf) for leaf in leaves_of(row.condition)):
        refusals.append(NOT_WAIVABLE(condition=row.condition.code))
    if waiver is not None:
        refusals.append(WAIVED_ALREADY(position=command.condition, tranche=command.tranche, day=waiver.on))
    return refusals


def _check_paper(unit: Unit, grant: GrantRow, paper: str) -> list[Refusal]:
    lacking = missing_evidence("waiver", filed_kinds(unit, [paper]))
    return [WAIVER_PAPER(number=grant.number)] if lacking else []


def _by_other_hand(unit: Unit, grant: GrantRow) -> list[Refusal]:
    """Who prepared or approved a payment of the grant that is not released does not clear its way."""
    actor, refusals = unit.actor, []
    if actor.id in preparers_of(unit, [grant.id])[grant.id]:
        refusals.append(WAIVED_BY_PREPARER(actor=actor.handle, number=grant.number))
    if actor.id in approvers_of(unit, grant.id):
        refusals.append(WAIVED_BY_APPROVER(actor=actor.handle, number=grant.number))
    return refusals
