"""From an approved plan to an enrolled trainee: award, agreement draft, proof of enrolment; and how a scholarship ends.

The award and the agreement are those of every grant. What is different is that the schedule follows from the plan.
"""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.funds.queries import benefit_on
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.queries.tranches import paid_of
from seedfund.grants.queries.used import DELIVERED
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.schedule import conditions_to_text
from seedfund.grants.rules.words import BasisKind, Delivery
from seedfund.grants.service import award_grant, draft_agreement
from seedfund.grants.service.agreements import DRAFTERS, AgreementChanged, DraftAgreement
from seedfund.grants.service.awards import AwardGrant
from seedfund.grants.service.common import load_parts
from seedfund.grants.service.demanding import DemandOverpayment, demand_overpayment
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total
from seedfund.ledger.rules.accounts import SUPPLIER
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.scholarships.queries.applications import PlanRow, applications_by_id, plan_by_number
from seedfund.scholarships.queries.scholarships import (
    ScholarshipRow,
    scholarship_tranches,
    scholarships_of_people,
)
from seedfund.scholarships.rules.applying import check_award, check_eligible
from seedfund.scholarships.rules.ending import (
    FEE_BACK_ABOVE,
    Ending,
    EnrolmentSeen,
    check_ending,
    check_proof,
)
from seedfund.scholarships.rules.states import SCHOLARSHIP_STATES
from seedfund.scholarships.rules.terms import PlannedTranche, conditions_of, tranches_of
from seedfund.scholarships.rules.words import Purpose
from seedfund.scholarships.service.common import (
    AWARDERS,
    END,
    INTERVIEWERS,
    PROVE,
    move_application,
    move_plan,
    plan_of,
    reached_application,
    reached_scholarship,
    require_step,
    said,
    standing_of,
)
from seedfund.scholarships.tables import Scholarship, ScholarshipTranche
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import cohorts_by_id, course_by_code
from seedfund.training.queries.enrolments import (
    EnrolmentFacts,
    certificates_of,
    enrolment_by_number,
    enrolments_by_id,
)

DELIVERED_IN: Final = {Purpose.TUITION: Delivery.IN_KIND, Purpose.STIPEND: Delivery.MONEY}
"""A fee buys a course, which the provider gives: it is paid to a supplier. A stipend is the trainee's money."""


@dataclass(frozen=True, kw_only=True)
class AwardScholarship(Command):
    """The approved plan, the benefit, and the budget lines its cost is taken from."""

    plan: str
    benefit: str
    parts: tuple[AwardPart, ...]


@dataclass(frozen=True, kw_only=True)
class ScholarshipMoved:
    """The scholarship (its grant's number), whose it is, and its state."""

    scholarship: str
    participant: str
    state: str


@verb("scholarships.award", roles=AWARDERS)
def award_scholarship(unit: Unit, command: AwardScholarship) -> ScholarshipMoved:
    """Award what an approved plan costs at most, as a grant that stands on the plan's hash.

    Raises:
        NotFound: there is no such plan, benefit, fund or line.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `employment_plan_not_approved`, `award_by_planner`, `award_not_as_planned`,
            `benefit_not_tied_to_attendance`, `trained_before`, `not_interviewed`, `not_recommended`,
            `income_above_limit`, `person_erased`, and what an award is refused for, such as `line_not_for`,
            `fund_not_open`, `available_too_low`.
    """
    plan = plan_by_number(unit, unit.programme.id, command.plan)
    known = applications_by_id(unit, [plan.application_id])[plan.application_id]
    row = reached_application(unit, known.number)
    benefit = benefit_on(unit, unit.programme.id, command.benefit, unit.occurred_on)
    refuse(
        [
            *check_award(
                plan.number,
                plan.state,
                amount=total((part.amount for part in command.parts), plan.cost.currency),
                planned=plan.cost,
                is_planner=plan.prepared_by == unit.actor.id,
                untied_benefit="" if benefit.terms.attendance_tied else benefit.code,
            ),
            *check_eligible(standing_of(unit, row), ("planned",)),
        ]
    )
    awarding = AwardGrant(
        key=unit.command_key,
        benefit=command.benefit,
        parts=command.parts,
        basis_kind=BasisKind.EMPLOYMENT_PLAN,
        basis_ref=plan.number,
        basis_sha256=plan.terms_hash,
        participant=row.participant,
    )
    grant = award_grant.write(unit, awarding)
    _write_scholarship(unit, plan, row.participant_id, grant.number)
    move_plan(unit, plan, "awarded")
    move_application(unit, row, "awarded")
    return ScholarshipMoved(
        scholarship=grant.number, participant=row.participant, state=SCHOLARSHIP_STATES.start
    )


def _write_scholarship(unit: Unit, plan: PlanRow, person: Key, number: str) -> None:
    course = course_by_code(unit, unit.programme.id, plan.terms.course)
    scholarship, grant = unit.key(), grant_by_number(unit, unit.programme.id, number)
    unit.insert(
        Scholarship,
        id=scholarship,
        programme_id=unit.programme.id,
        application_id=plan.application_id,
        plan_id=plan.id,
        grant_id=grant.id,
        participant_id=person,
        provider_id=course.provider_id,
        state=SCHOLARSHIP_STATES.start,
        **dict.fromkeys(
            ("enrolment_id", "proof_sha256", "proven_on", "proven_by", "ended_on", "ended_by", "end_reason")
        ),
    )
    unit.insert_many(
        ScholarshipTranche,
        [
            _tranche_row(scholarship, position, one, unit)
            for position, one in enumerate(tranches_of(plan.terms), start=1)
        ],
    )
    unit.created("sf_scholarship", number, {"plan": plan.number, "state": SCHOLARSHIP_STATES.start})


def _tranche_row(scholarship: Key, position: int, one: PlannedTranche, unit: Unit) -> dict[str, Any]:
    """A tranche of the plan; nothing falls due before the award."""
    return {
        "scholarship_id": scholarship,
        "position": position,
        "purpose": one.purpose.value,
        "milestone": one.milestone.value,
        "threshold_bps": one.threshold_bps,
        "amount_minor": one.amount.minor,
        "due_on": max(one.due_on, unit.occurred_on),
        "since": None if one.period is None else one.period.start,
        "until": None if one.period is None else one.period.last_day,
    }


@dataclass(frozen=True, kw_only=True)
class DraftScholarship(Command):
    """The scholarship whose agreement is drafted, and the language of the paper."""

    scholarship: str
    language: str = "es"


@verb("scholarships.draft_agreement", roles=DRAFTERS)
def draft_scholarship(unit: Unit, command: DraftScholarship) -> AgreementChanged:
    """Draft the agreement with the tranches of the plan: each waits for its confirmation, a fee for its bill too.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, and what a draft is refused for: `agreement_kind_state`, `no_agreement_needed`,
            `agreement_open`.
    """
    row, grant = reached_scholarship(unit, command.scholarship)
    planned = tranches_of(plan_of(unit, row).terms)
    asked = tuple(
        TrancheAsked(
            amount=terms.amount,
            due_on=one.due_on,
            delivery=DELIVERED_IN[one.purpose],
            conditions=conditions_to_text(conditions_of(terms, one.position)),
        )
        for one, terms in zip(scholarship_tranches(unit, [row.id])[row.id], planned, strict=True)
    )
    drafting = DraftAgreement(
        key=unit.command_key, grant=grant.number, tranches=asked, language=command.language
    )
    return draft_agreement.write(unit, drafting)


@dataclass(frozen=True, kw_only=True)
class ProveEnrolment(Command):
    """The enrolment a scholarship pays, and the provider's proof of it by its SHA-256."""

    scholarship: str
    enrolment: str
    proof_sha256: str


@verb("scholarships.prove_enrolment", roles=INTERVIEWERS)
def prove_enrolment(unit: Unit, command: ProveEnrolment) -> ScholarshipMoved:
    """Tie a scholarship to the enrolment of its trainee in the planned course, on the provider's paper.

    Raises:
        NotFound: there is no such scholarship or enrolment.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: the SHA-256 is none.
        Refused: `no_such_step`, `enrolment_of_other`, `enrolment_left`, `enrolment_taken`, `person_erased`.
    """
    row, _ = reached_scholarship(unit, command.scholarship)
    require_step(row, "enrolled")
    enrolment = enrolment_by_number(unit, unit.programme.id, command.enrolment)
    others = scholarships_of_people(unit, [row.participant_id])[row.participant_id]
    other = next((one.number for one in others if one.enrolment_id == enrolment.id), "")
    course = plan_of(unit, row).terms.course
    refuse(check_proof(row.participant, course, _seen(unit, row, enrolment), other=other))
    filed = write_evidence_file(
        unit,
        command.proof_sha256,
        kind=EvidenceKind.SIGNED_LIST,
        description=f"proof of enrolment of {row.number}",
    )
    unit.execute(
        PROVE,
        this_id=row.id,
        new_state="enrolled",
        new_enrolment_id=enrolment.id,
        new_proof_sha256=filed.sha256,
        new_proven_on=unit.occurred_on,
        new_proven_by=unit.actor.id,
    )
    after = {"state": "enrolled", "enrolment": enrolment.number}
    unit.changed("sf_scholarship", row.number, {"state": row.state}, after)
    return ScholarshipMoved(scholarship=row.number, participant=row.participant, state="enrolled")


def _seen(unit: Unit, row: ScholarshipRow, enrolment: EnrolmentFacts) -> EnrolmentSeen:
    course = course_by_code(unit, unit.programme.id, plan_of(unit, row).terms.course)
    cohort = cohorts_by_id(unit, [enrolment.cohort_id])[enrolment.cohort_id]
    return EnrolmentSeen(
        number=enrolment.number,
        state=enrolment.state,
        is_of_trainee=enrolment.participant_id == row.participant_id,
        is_of_course=cohort.course_id == course.id,
        has_certificate=enrolment.id in certificates_of(unit, [enrolment.id]),
    )


def fee_paid(unit: Unit, row: ScholarshipRow, grant: GrantRow) -> Money:
    """What of the fee reached the provider and is not asked back."""
    tuition = {
        one.position for one in scholarship_tranches(unit, [row.id])[row.id] if one.purpose is Purpose.TUITION
    }
    paid = sum(
        one.delivered_minor
        for one in paid_of(unit, [grant.id])[grant.id]
        if one.position in tuition and one.state in DELIVERED
    )
    claimed = sum(item.position.claims.get(SUPPLIER, 0) for item in load_parts(unit, grant))
    return Money(max(0, paid - claimed), grant.currency)


@dataclass(frozen=True, kw_only=True)
class EndScholarship(Command):
    """How a scholarship ends, and why, in words that name nobody.

    `fee_back` is what of the fee is asked back from the provider of a course that somebody left; it is taken off the
    provider's next bill, or refunded.
    """

    scholarship: str
    ending: Ending
    reason: str = ""
    fee_back: Money | None = None


@dataclass(frozen=True, kw_only=True)
class ScholarshipEnded:
    """The scholarship and its state, and the demand on the provider if one was made (empty: none)."""

    scholarship: str
    state: str
    demand: str


@verb("scholarships.end", roles=INTERVIEWERS)
def end_scholarship(unit: Unit, command: EndScholarship) -> ScholarshipEnded:
    """Record that a course was completed, left or never begun. Its grant is closed like any other, when it is paid.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: somebody left or never began, and no reason is given.
        Refused: `no_such_step`, `course_runs`, `trainee_not_left`, `fee_back_above_paid`, `person_erased`, and what a
            demand is refused for.
    """
    row, grant = reached_scholarship(unit, command.scholarship)
    require_step(row, command.ending.value)
    is_done = command.ending is Ending.COMPLETED
    reason = command.reason.strip() if is_done else said(command.reason, field="reason", most=200)
    enrolment = enrolments_by_id(unit, [row.enrolment_id])[row.enrolment_id] if row.enrolment_id else None
    seen = None if enrolment is None else _seen(unit, row, enrolment)
    asked = command.fee_back
    paid = fee_paid(unit, row, grant)
    too_much = asked is not None and (asked.currency != paid.currency or asked.minor > paid.minor)
    refuse(
        [
            *check_ending(row.number, command.ending, seen),
            *([FEE_BACK_ABOVE(amount=asked, scholarship=row.number, paid=paid)] if too_much else []),
        ]
    )
    ended_on = (enrolment.ended_on if enrolment else None) or unit.occurred_on
    unit.execute(
        END,
        this_id=row.id,
        new_state=command.ending.value,
        new_ended_on=ended_on,
        new_ended_by=unit.actor.id,
        new_end_reason=reason,
    )
    unit.changed("sf_scholarship", row.number, {"state": row.state}, {"state": command.ending})
    number = ""
    if asked is not None and asked.minor:
        demanding = DemandOverpayment(
            key=unit.command_key,
            grant=grant.number,
            amount=asked,
            reason=reason or command.ending.value,
            from_supplier=True,
        )
        number = demand_overpayment.write(unit, demanding).number
    return ScholarshipEnded(scholarship=row.number, state=command.ending.value, demand=number)


COMMANDS: Final[tuple[Any, ...]] = (
    *(award_scholarship, draft_scholarship, prove_enrolment, end_scholarship),
)
