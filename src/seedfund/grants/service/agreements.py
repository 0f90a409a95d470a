"""Agreements up to their signature: drafted from an award, issued with a number and a paper, or made void.

An agreement binds the plan version and the schedule by their hashes. Its paper is issued by the area of documents,
which hands its place on the register down here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries import BenefitInForce, benefit_by_id
from seedfund.grants.queries.agreements import AgreementRow, agreement_by_number, open_agreement
from seedfund.grants.queries.grants import GrantRow, grants_by_id
from seedfund.grants.rules.awarding import (
    AGREEMENT_ABOVE_AWARD,
    AGREEMENT_KIND_STATE,
    AGREEMENT_OPEN,
    NO_AGREEMENT_NEEDED,
    NO_DRAFT,
    check_agreement_kind,
    split_signed,
)
from seedfund.grants.rules.schedule import (
    Schedule,
    check_cleared,
    check_schedule,
    schedule_from_template,
)
from seedfund.grants.rules.states import AGREEMENT_STATES
from seedfund.grants.rules.words import AgreementKind, BasisKind, Delivery
from seedfund.grants.service.common import load_grant, load_parts
from seedfund.grants.service.schedules import TrancheAsked, schedule_asked, write_schedule
from seedfund.grants.tables.agreements import Agreement, AgreementPart
from seedfund.grants.tables.awards import Grant
from seedfund.kernel.errors import Corrupt, Refusal, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.plans.queries import plan_facts
from seedfund.register.service import PaperIssued
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

DRAFTERS: Final = (Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.FIELD_OFFICER)


def _update(*names: str) -> Write:
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    return Write(
        lambda: sa.update(Agreement).where(col(Agreement.id) == sa.bindparam("this_id")).values(**values)
    )


ISSUE: Final = _update("state", "number", "issued_on", "issued_by")
VOID: Final = _update("state", "voided_on", "voided_by")
PAPER: Final = _update("paper_id", "paper_hash")
BIND_PLAN: Final = Write(
    lambda: (
        sa.update(Grant)
        .where(col(Grant.id) == sa.bindparam("this_id"))
        .values(plan_version_id=sa.bindparam("new_version"))
    )
)


@dataclass(frozen=True, kw_only=True)
class DraftAgreement(Command):
    """The first agreement of a grant: for how much (all that was awarded if not given), with which schedule.

    Without a `kind` it is the benefit's own. Without `tranches` the benefit's own template is dated from `first_day`
    (the day of the draft if not given).
    """

    grant: str
    kind: AgreementKind | None = None
    amount: Money | None = None
    tranches: tuple[TrancheAsked, ...] = ()
    first_day: date | None = None
    language: str = "es"


@dataclass(frozen=True, kw_only=True)
class AgreementChanged:
    """The grant, the agreement's number (empty while it is a draft), its state and what it is bound to."""

    grant: str
    number: str
    state: str
    amount: Money
    plan_hash: str
    schedule_hash: str


@verb("grants.draft_agreement", roles=DRAFTERS)
def draft_agreement(unit: Unit, command: DraftAgreement) -> AgreementChanged:
    """Draft the first agreement of an award, bound to the plan version of today and to its schedule.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: a condition cannot be read, or an amount is in another currency.
        Refused: `agreement_kind_state`, `no_agreement_needed`, `agreement_open`, `agreement_above_award`,
            `schedule_empty`, `schedule_sum`, `tranche_amount`, `tranche_before_start`, `tranche_order`,
            `first_tranche_waits_for_earlier`, `date_condition_without_date`, `tranche_without_confirmation`.
    """
    grant = load_grant(unit, command.grant)
    benefit = benefit_by_id(unit, grant.benefit_type_id)
    amount = command.amount or grant.awarded
    schedule = _schedule(unit, command, benefit, amount)
    kind = command.kind or AgreementKind(benefit.terms.agreement_kind or AgreementKind.CONVENIO)
    refuse(
        [
            *_check_first(grant, benefit, kind),
            *check_no_other(unit, grant),
            *_check_amount(grant, amount),
            *check_schedule(schedule, amount, start=grant.awarded_on),
            *check_cleared(schedule, is_tied=benefit.terms.attendance_tied),
        ]
    )
    parts = load_parts(unit, grant)
    shares = split_signed(amount, [Money(item.row.awarded_minor, grant.currency) for item in parts])
    draft = NewAgreement(
        kind=kind,
        amount=amount,
        before=Money(0, grant.currency),
        schedule=schedule,
        parts={item.row.id: share for item, share in zip(parts, shares, strict=True)},
        language=command.language,
    )
    return write_draft(unit, grant, draft)


def _check_first(grant: GrantRow, benefit: BenefitInForce, kind: AgreementKind) -> list[Refusal]:
    refusals = []
    if kind is AgreementKind.ADENDA or check_agreement_kind(kind, grant.state):
        refusals.append(AGREEMENT_KIND_STATE(state=grant.state, kind=kind.value))
    if not benefit.terms.agreement_kind:
        refusals.append(NO_AGREEMENT_NEEDED(benefit=benefit.code))
    return refusals


def _check_amount(grant: GrantRow, amount: Money) -> list[Refusal]:
    if amount <= grant.awarded:
        return []
    return [AGREEMENT_ABOVE_AWARD(amount=amount, awarded=grant.awarded)]


def _schedule(unit: Unit, command: DraftAgreement, benefit: BenefitInForce, amount: Money) -> Schedule:
    if command.tranches:
        return schedule_asked(command.tranches)
    delivery = Delivery.IN_KIND if benefit.terms.methods == ("in_kind",) else Delivery.MONEY
    first_day = command.first_day or unit.occurred_on
    return schedule_from_template(benefit.terms.tranches, amount, first_day=first_day, delivery=delivery)


def check_no_other(unit: Unit, grant: GrantRow) -> list[Refusal]:
    """A grant has one agreement under way at a time."""
    other = open_agreement(unit, grant.id)
    return [] if other is None else [AGREEMENT_OPEN(number=other.shown, state=other.state)]


@dataclass(frozen=True, kw_only=True)
class NewAgreement:
    """A draft to be written: what it promises in each part, what was promised before, and its schedule."""

    kind: AgreementKind
    amount: Money
    before: Money
    schedule: Schedule
    parts: dict[Key, Money]
    language: str
    amends: Key | None = None
    basis_ref: str = ""
    basis_hash: str = ""


def write_draft(unit: Unit, grant: GrantRow, draft: NewAgreement) -> AgreementChanged:
    """Write a draft with its schedule; it binds nobody until it is signed."""
    plan_hash = _bind_plan(unit, grant)
    version = write_schedule(unit, grant.id, draft.schedule, draft.amount)
    _write_agreement(unit, grant, draft, plan_hash=plan_hash, version=version)
    unit.created(
        "sf_agreement",
        f"{grant.number} v{version}",
        {"kind": draft.kind.value, "amount": str(draft.amount), "schedule_hash": draft.schedule.hash},
    )
    return AgreementChanged(
        grant=grant.number,
        number="",
        state="draft",
        amount=draft.amount,
        plan_hash=plan_hash,
        schedule_hash=draft.schedule.hash,
    )


NOT_YET: Final = (
    *("number", "paper_id", "paper_hash", "issued_on", "issued_by"),
    *("signed_on", "signed_by", "voided_on", "voided_by"),
)
"""What a draft has not got."""


def _write_agreement(
    unit: Unit, grant: GrantRow, draft: NewAgreement, *, plan_hash: str, version: int
) -> None:
    agreement_id = unit.key()
    unit.insert(
        Agreement,
        id=agreement_id,
        programme_id=unit.programme.id,
        grant_id=grant.id,
        kind=draft.kind.value,
        amends_id=draft.amends,
        language=draft.language,
        plan_hash=plan_hash,
        schedule_version=version,
        schedule_hash=draft.schedule.hash,
        before_minor=draft.before.minor,
        amount_minor=draft.amount.minor,
        basis_ref=draft.basis_ref,
        basis_hash=draft.basis_hash,
        state="draft",
        drafted_on=unit.occurred_on,
        drafted_by=unit.actor.id,
        **dict.fromkeys(NOT_YET),
    )
    unit.insert_many(
        AgreementPart,
        [
            {"agreement_id": agreement_id, "part_id": part, "amount_minor": share.minor}
            for part, share in draft.parts.items()
        ],
    )


def plan_hash_now(unit: Unit, grant: GrantRow) -> tuple[Key | None, str]:
    """The plan version in force and its hash; on another basis the hash of that basis' paper."""
    if grant.basis_kind != BasisKind.COMMITTEE_DECISION:
        return None, grant.basis_hash
    plan = plan_facts(unit, unit.programme.id, grant.basis_ref)
    return plan.version_id, plan.content_hash


def _bind_plan(unit: Unit, grant: GrantRow) -> str:
    version, hashed = plan_hash_now(unit, grant)
    if version is not None and version != grant.plan_version_id:
        unit.execute(BIND_PLAN, this_id=grant.id, new_version=version)
        unit.changed(
            "sf_grant", grant.number, {"plan_version": grant.plan_version_id}, {"plan_version": version}
        )
    return hashed


@dataclass(frozen=True, kw_only=True)
class IssueAgreement(Command):
    """The grant whose draft is issued."""

    grant: str


@verb("grants.issue_agreement", roles=DRAFTERS)
def issue_agreement(unit: Unit, command: IssueAgreement) -> AgreementChanged:
    """Give a draft its number; from now on only its paper and its signatures can be added.

    Raises:
        NotFound: there is no such grant.
        Refused: `no_draft`.
    """
    return write_issue(unit, command.grant)


def write_issue(unit: Unit, grant_number: str) -> AgreementChanged:
    """Issue a grant's draft inside another command, for the area that prints it in the same step.

    Raises:
        NotFound: there is no such grant.
        Refused: `no_draft`.
    """
    grant = load_grant(unit, grant_number)
    draft = open_agreement(unit, grant.id)
    if draft is None or draft.state != "draft":
        raise Refused([NO_DRAFT(number=grant.number)])
    number = unit.human_number("AD" if draft.kind == AgreementKind.ADENDA else "AG")
    unit.execute(
        ISSUE,
        this_id=draft.id,
        new_state="issued",
        new_number=number,
        new_issued_on=unit.occurred_on,
        new_issued_by=unit.actor.id,
    )
    unit.changed("sf_agreement", number, {"state": "draft"}, {"state": "issued", "grant": grant.number})
    return changed_of(grant, draft, number=number, state="issued")


def changed_of(grant: GrantRow, agreement: AgreementRow, *, number: str, state: str) -> AgreementChanged:
    """The result of a step of an agreement."""
    return AgreementChanged(
        grant=grant.number,
        number=number,
        state=state,
        amount=Money(agreement.amount_minor, grant.currency),
        plan_hash=agreement.plan_hash,
        schedule_hash=agreement.schedule_hash,
    )


def load_agreement(unit: Unit, number: str) -> tuple[GrantRow, AgreementRow]:
    """An agreement and its grant; the grant is locked first, then both are read as they are now.

    Raises:
        NotFound: there is no such agreement.
    """
    found = agreement_by_number(unit, unit.programme.id, number)
    grant = grants_by_id(unit, [found.grant_id]).get(found.grant_id)
    if grant is None:
        raise Corrupt("an agreement belongs to no grant; run: seedfund audit verify")
    grant = load_grant(unit, grant.number)
    return grant, agreement_by_number(unit, unit.programme.id, number)


def write_agreement_paper(unit: Unit, number: str, paper: PaperIssued) -> None:
    """Tie an issued agreement to its paper on the register; a corrected paper takes the place of the one before.

    Raises:
        NotFound: there is no such agreement.
        Refused: `no_such_step` once it is signed or void.
    """
    _, agreement = load_agreement(unit, number)
    if agreement.state != "issued":
        AGREEMENT_STATES.require(agreement.state, "issued", which=number)
    write_paper_hash(unit, agreement, paper_id=paper.paper_id, paper_hash=paper.content_hash)


def write_paper_hash(unit: Unit, agreement: AgreementRow, *, paper_id: Key | None, paper_hash: str) -> None:
    """Keep the hash of the paper that is signed."""
    unit.execute(PAPER, this_id=agreement.id, new_paper_id=paper_id, new_paper_hash=paper_hash)
    unit.changed(
        "sf_agreement", agreement.shown, {"paper_hash": agreement.paper_hash}, {"paper_hash": paper_hash}
    )


@dataclass(frozen=True, kw_only=True)
class VoidAgreement(Command):
    """The grant whose open agreement, drafted or issued, is given up, and why, naming nobody."""

    grant: str
    reason: str


@verb("grants.void_agreement", roles=DRAFTERS)
def void_agreement(unit: Unit, command: VoidAgreement) -> AgreementChanged:
    """Give up an agreement that is not signed; its number stays taken.

    Raises:
        NotFound: there is no such grant.
        Refused: `reason_missing`, `no_draft`.
    """
    grant = load_grant(unit, command.grant)
    agreement = open_agreement(unit, grant.id)
    none = [NO_DRAFT(number=grant.number)] if agreement is None else []
    refuse([*check_reason(command.reason), *none])
    if agreement is None:
        raise Corrupt("an agreement vanished while it was read; run: seedfund audit verify")
    void_open(unit, grant, reason=command.reason.strip())
    return changed_of(grant, agreement, number=agreement.number or "", state="void")


def void_open(unit: Unit, grant: GrantRow, *, reason: str) -> None:
    """Give up what a grant has drafted or issued and not signed, if anything."""
    agreement = open_agreement(unit, grant.id)
    if agreement is None:
        return
    unit.execute(
        VOID,
        this_id=agreement.id,
        new_state="void",
        new_voided_on=unit.occurred_on,
        new_voided_by=unit.actor.id,
    )
    unit.changed(
        "sf_agreement", agreement.shown, {"state": agreement.state}, {"state": "void", "reason": reason}
    )
