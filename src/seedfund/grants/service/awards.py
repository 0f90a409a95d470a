"""Awarding and declining: money of a budget line is set aside for one owner, or goes back to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.queries import policy_on
from seedfund.funds.queries import BenefitInForce, benefit_on, fund_facts, line_refs
from seedfund.funds.queries.funds import line_row
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.queries.grants import GRANT_OF_BASIS
from seedfund.grants.queries.places import places_held
from seedfund.grants.queries.receiving import person_facts
from seedfund.grants.rules.awarding import (
    BASIS_KIND,
    GROUP_UNKNOWN,
    HOUSEHOLD_NEEDED,
    NO_PLACE_HELD,
    OWNER_KIND,
    PAPER_OF_BASIS_MISSING,
    AwardPart,
    DecisionFacts,
    check_decision,
    check_end,
    check_parts,
    check_range,
)
from seedfund.grants.rules.receiving import check_award_to
from seedfund.grants.rules.stacking import Wish, check_stacking
from seedfund.grants.rules.words import BasisKind, EndReason, OwnerKind
from seedfund.grants.service.agreements import void_open
from seedfund.grants.service.common import (
    GrantMoved,
    load_grant,
    load_parts,
    lots,
    move_grant,
)
from seedfund.grants.service.limits import Share, check_shares, counted_as, supports_of
from seedfund.grants.service.owners import Owner, owner_asked, owner_of_decision
from seedfund.grants.tables.awards import Grant, GrantPart
from seedfund.kernel.errors import NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.rules.accounts import Part
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.people.queries import household_rows
from seedfund.plans.queries import DecisionFacts as Decided
from seedfund.plans.queries import decision_of_plan, plan_facts
from seedfund.plans.rules import GRANTING, Outcome
from seedfund.plans.service import write_decision_awarded
from seedfund.register.rules import read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

WITH_PLAN: Final = (BasisKind.COMMITTEE_DECISION,)
OWNERS_OF: Final[Mapping[BenefitUnit, tuple[str, ...]]] = {BenefitUnit.HOUSEHOLD: (OwnerKind.PERSON.value,)}
"""Who else may own a grant of a benefit: what is counted by household may be owned by one of its members."""


@dataclass(frozen=True, kw_only=True)
class AwardGrant(Command):
    """What is awarded to whom, out of which lines, on which basis.

    On a committee's decision `basis_ref` is the plan's number, and the owner is the plan's. On any other basis
    `basis_ref` names its paper (a list, an employment plan, a referral), `basis_sha256` is that paper's file, and the
    owner is a `participant`, a `household`, or a group or organisation (`owner_name`, with the participant who
    represents it).
    """

    benefit: str
    parts: tuple[AwardPart, ...]
    basis_kind: BasisKind
    basis_ref: str
    basis_sha256: str = ""
    owner_kind: OwnerKind = OwnerKind.PERSON
    owner_name: str = ""
    participant: str = ""
    household: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantAwarded:
    """The grant's number, what was set aside for it, the population group it is counted in, and the entry."""

    number: str
    awarded: Money
    population_group: str
    entry: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What an award stands on: its kind and reference, keys and hash, and the decision, if a committee took one."""

    kind: BasisKind
    ref: str
    id: Key | None
    hash: str
    plan_version_id: Key | None
    decision: DecisionFacts | None
    refusals: tuple[Refusal, ...]


@verb("grants.award_grant", roles=(Role.COMMITTEE_SECRETARY, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def award_grant(unit: Unit, command: AwardGrant) -> GrantAwarded:
    """Award a grant: the money leaves what its lines have available, so that nobody awards it twice.

    Raises:
        NotFound: there is no such benefit, fund, line, plan, household or participant, or nothing was decided.
        Refused: `award_amount`, `award_currencies`, `line_twice`, `basis_kind`, `basis_not_approved`,
            `plan_not_approved`, `award_not_as_decided`, `award_other_line`, `basis_awarded_already`,
            `award_before_decision`, `basis_paper_missing`, `award_range`, `owner_kind`, `household_needed`,
            `owner_deceased`, `not_taking_part`, `household_not_active`, `population_group_unknown`,
            `fund_not_eligible`, `fund_not_open`, `fund_other_currency`, `line_not_for`,
            `one_per_household_and_period`, `double_support`, `award_needs_selection`, and what the ledger refuses
            (`available_too_low`, `line_overrun_open`, `period_closed`).
    """
    refuse(check_parts(command.parts))
    benefit = benefit_on(unit, unit.programme.id, command.benefit, unit.occurred_on)
    shares = [share_of(unit, part) for part in command.parts]
    amount = total((part.amount for part in command.parts), command.parts[0].amount.currency)
    owner, basis = _owner_and_basis(unit, command, amount, shares)
    refuse(
        [
            *_check_kind(benefit, command.basis_kind),
            *basis.refusals,
            *check_award(unit, benefit, owner, amount, shares=shares, on=unit.occurred_on),
        ]
    )
    number, grant_id = unit.human_number(benefit.series), unit.key()
    write_grant(
        unit, (grant_id, number, amount), benefit=benefit, owner=owner, basis=basis, on=unit.occurred_on
    )
    if basis.id is not None:
        write_decision_awarded(unit, basis.id, [share.line.id for share in shares])
    parts = write_parts(unit, grant_id, number, shares)
    entry = write_entry(
        unit, EntryDraft(event="award_decided", subject=number, postings=recipes.award(parts))
    )
    unit.created(
        "sf_grant",
        number,
        {"benefit": benefit.code, "amount": str(amount), "basis": basis.ref, "group": owner.group},
    )
    return GrantAwarded(number=number, awarded=amount, population_group=owner.group, entry=entry.number)


def _owner_and_basis(
    unit: Unit, command: AwardGrant, amount: Money, shares: list[Share]
) -> tuple[Owner, Basis]:
    if command.basis_kind not in WITH_PLAN:
        missing = [] if command.basis_sha256 and command.basis_ref.strip() else [PAPER_OF_BASIS_MISSING()]
        hashed = read_sha256(command.basis_sha256) if command.basis_sha256 else ""
        owner = owner_asked(unit, command)
        return owner, Basis(
            command.basis_kind, command.basis_ref.strip(), None, hashed, None, None, tuple(missing)
        )
    found = decision_of_plan(unit, unit.programme.id, command.basis_ref.strip().upper())
    if found is None:
        raise NotFound(what="committee decision on the plan", which=command.basis_ref)
    decision = DecisionFacts(
        number=f"{found.session_number} ({found.plan_number})",
        outcome=found.outcome,
        is_granting=Outcome(found.outcome) in GRANTING,
        amount=found.amount,
        decided_on=found.decided_on,
        line=_line_decided(unit, found),
        plan_state=plan_facts(unit, unit.programme.id, found.plan_number).state,
        used_by=unit.first(GRANT_OF_BASIS, basis=found.id) or "",
    )
    lines = [f"{share.line.fund}/{share.line.code}" for share in shares]
    refusals = check_decision(decision, amount=amount, lines=lines, day=unit.occurred_on)
    basis = Basis(
        command.basis_kind,
        found.plan_number,
        found.id,
        found.content_hash,
        found.version_id,
        decision,
        refusals,
    )
    return owner_of_decision(unit, found, name=command.owner_name), basis


def _line_decided(unit: Unit, decision: Decided) -> str:
    if decision.line_id is None:
        return ""
    line = line_refs(unit, [decision.line_id])[decision.line_id]
    return f"{line.fund}/{line.code}"


def share_of(unit: Unit, part: AwardPart) -> Share:
    """An amount asked of a line, with the fund and the line.

    Raises:
        NotFound: there is no such fund or line.
    """
    fund = fund_facts(unit, unit.programme.id, part.fund)
    return Share(fund, line_row(unit, unit.programme.id, part.fund, part.line), part.amount)


def _check_kind(benefit: BenefitInForce, kind: BasisKind) -> list[Refusal]:
    if kind.value in benefit.terms.bases:
        return []
    return [BASIS_KIND(benefit=benefit.code, basis=kind.value, allowed=", ".join(benefit.terms.bases))]


def check_owner_of(benefit: BenefitInForce, owner: Owner) -> list[Refusal]:
    """Why a grant of a benefit may not be this owner's."""
    unit, refusals = benefit.terms.unit, []
    if owner.kind.value not in (unit.value, *OWNERS_OF.get(unit, ())):
        refusals.append(OWNER_KIND(benefit=benefit.code, unit=unit.value, owner=owner.kind.value))
    elif unit is BenefitUnit.HOUSEHOLD and owner.household_id is None:
        refusals.append(HOUSEHOLD_NEEDED(owner=owner.shown, benefit=benefit.code))
    if not owner.group:
        refusals.append(GROUP_UNKNOWN(owner=owner.shown))
    return refusals


def check_award(
    unit: Unit, benefit: BenefitInForce, owner: Owner, amount: Money, *, shares: Sequence[Share], on: date
) -> list[Refusal]:
    """Why a benefit may not be awarded to this owner, whatever the award stands on; `on` is the day it was decided."""
    return [
        *check_range(benefit.code, amount, least=benefit.terms.amount_min, most=benefit.terms.amount_max),
        *check_owner_of(benefit, owner),
        *_check_takes_part(unit, owner),
        *check_shares(unit, benefit.code, owner.group, shares),
        *_check_stacking(unit, benefit, owner, on),
        *_check_selected(unit, owner),
    ]


def _check_takes_part(unit: Unit, owner: Owner) -> tuple[Refusal, ...]:
    """Whoever stands for the owner takes part in the programme, and the household is still in it."""
    rows = household_rows(unit, [owner.household_id] if owner.household_id else [])
    state = rows[owner.household_id].state if owner.household_id else ""
    person = person_facts(unit, owner.participant_id)
    return check_award_to(person, household=owner.household, household_state=state)


def _check_stacking(unit: Unit, benefit: BenefitInForce, owner: Owner, on: date) -> tuple[Refusal, ...]:
    """The owner's row is locked, so two awards to one owner see each other."""
    wish = Wish(
        owner=counted_as(benefit, owner),
        benefit=benefit.code,
        purpose=benefit.terms.purpose,
        day=on,
        months=benefit.terms.one_per_months,
    )
    return check_stacking(wish, supports_of(unit, benefit, owner))


def _check_selected(unit: Unit, owner: Owner) -> list[Refusal]:
    """Where the policy asks for it, a household holds a place in a selection before it or a member is awarded."""
    policy = policy_on(unit, unit.programme.id, unit.occurred_on)
    if policy is None or not policy.terms.awards_need_selection or owner.household_id is None:
        return []
    if places_held(unit, owner.household_id, unit.occurred_on):
        return []
    return [NO_PLACE_HELD(household=owner.household)]


def write_grant(
    unit: Unit,
    identity: tuple[Key, str, Money],
    *,
    benefit: BenefitInForce,
    owner: Owner,
    basis: Basis,
    on: date,
) -> None:
    """Write an award of that day, in the state every grant begins in: its key, number and amount are `identity`."""
    grant_id, number, amount = identity
    unit.insert(
        Grant,
        id=grant_id,
        programme_id=unit.programme.id,
        number=number,
        benefit_type_id=benefit.id,
        benefit=benefit.code,
        purpose=benefit.terms.purpose,
        owner_kind=owner.kind.value,
        owner_name=owner.name,
        participant_id=owner.participant_id,
        household_id=owner.household_id,
        population_group=owner.group,
        basis_kind=basis.kind.value,
        basis_ref=basis.ref,
        basis_id=basis.id,
        basis_hash=basis.hash,
        plan_version_id=basis.plan_version_id,
        currency=amount.currency,
        awarded_minor=amount.minor,
        agreed_minor=0,
        awarded_on=on,
        awarded_by=unit.actor.id,
        state="awarded",
        schedule_version=0,
        end_reason=None,
        ended_on=None,
    )


def write_parts(unit: Unit, grant_id: Key, number: str, shares: Sequence[Share]) -> list[tuple[Part, int]]:
    """Write what lies on each line, in order; back come the parts as the ledger names them, with their amounts."""
    lots_of = []
    for position, share in enumerate(shares, start=1):
        line, amount = share.line, share.amount
        unit.insert(
            GrantPart,
            id=unit.key(),
            grant_id=grant_id,
            position=position,
            fund_id=share.fund.id,
            line_id=line.id,
            book_id=line.book_id,
            awarded_minor=amount.minor,
        )
        lots_of.append((Part(line.ref, grant_id, number), amount.minor))
    return lots_of


@dataclass(frozen=True, kw_only=True)
class DeclineAward(Command):
    """An award that does not become an agreement: declined by the owner, lapsed, withdrawn, or made in error."""

    grant: str
    reason: EndReason = EndReason.DECLINED
    note: Secret | None = None


@verb("grants.decline_award", roles=(Role.COMMITTEE_SECRETARY, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def decline_award(unit: Unit, command: DeclineAward) -> GrantMoved:
    """Give back all of an award that was never agreed on (accounting: row 12).

    Raises:
        NotFound: there is no such grant.
        Refused: `end_reason_not_for`, `no_such_step`.
    """
    grant = load_grant(unit, command.grant)
    refuse(check_end("declined", command.reason))
    move_grant(unit, grant, "declined", reason=command.reason.value, note=command.note, end=command.reason)
    void_open(unit, grant, reason=command.reason.value)
    parts = load_parts(unit, grant)
    rows = recipes.lapse(lots(parts, [item.position.awarded for item in parts]))
    entry = write_entry(unit, EntryDraft(event="award_lapsed", subject=grant.number, postings=rows))
    return GrantMoved(number=grant.number, state="declined", entry=entry.number)
