"""What an agreement says, from the grant, its plan, its schedule and the terms of papers. Must not write."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from seedfund.approvals.queries import current_policy
from seedfund.approvals.rules.policy import declaration_cap
from seedfund.documents.content import (
    AgreementContent,
    AgreementKind,
    FundedBy,
    PlanItem,
    TrancheLine,
)
from seedfund.documents.rules.papers import PLAN_AND_AMOUNT_DIFFER
from seedfund.documents.service.contents.common import Frame, common_fields, frame_of, in_sentence, later
from seedfund.documents.service.parties import in_words, owner_of, payee_of, person_of
from seedfund.documents.service.signing import Signing, signing_fields
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.queries.papers import AgreementFacts, agreement_facts
from seedfund.grants.rules import words
from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import household_facts, participant_facts
from seedfund.people.rules import ConsentPurpose
from seedfund.plans.queries import CALL_BY_ID, PLAN_OF_VERSION, decision_of_plan, open_version, plan_facts
from seedfund.plans.rules import BusinessPlan, BusinessStage
from seedfund.plans.rules import FundedBy as PlanFundedBy
from seedfund.store.unit import Unit

_BASIS_POINTS_OF_PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What an award stands on: the number of the decision and its day, and the call, where there was one."""

    number: str
    on: date
    call: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanPrinted:
    """What an agreement says of the business; without a plan, the whole amount is one item."""

    version: int
    name: str
    activity: str
    is_new: bool
    items: tuple[PlanItem, ...]
    own: Money
    own_form: str
    other: Money

    @property
    def total(self) -> Money:
        """What all items cost."""
        return Money(sum(item.total.minor for item in self.items), self.own.currency)


def agreement_content(
    unit: Unit, number: str, *, signing: Signing, languages: tuple[str, ...], drawn: str = ""
) -> AgreementContent:
    """The content of an issued agreement in one of its languages.

    Raises:
        NotFound: there is no such agreement, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `plan_and_amount_differ`, `policy_missing`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`.
    """
    frame = frame_of(unit, languages, drawn=drawn)
    facts = agreement_facts(unit.work, number, language=frame.language)
    grant = grant_by_number(unit, unit.programme.id, facts.grant)
    plan = plan_printed(unit, facts, frame.language)
    refuse(_check(facts, plan))
    person = person_of(unit.work, grant.participant_id, frame.language)
    decided = decided_on(unit, grant)
    funds = [(part.fund_name, part.donor) for part in facts.parts]
    deliveries = {tranche.delivery for tranche in facts.tranches}
    return AgreementContent(
        **common_fields(unit, frame, number=facts.number, funds=funds),
        **signing_fields(frame.organisation, person, signing),
        **_promises(unit, frame, facts),
        **_term(unit, frame, facts, plan),
        kind=_kind(facts),
        grant_number=facts.grant,
        owner=owner_of(unit.work, grant, person),
        call=decided.call,
        decision_number=decided.number,
        decided_on=decided.on,
        benefit=benefit_name(facts, frame.language),
        business_name=plan.name,
        business_activity=plan.activity,
        business_place=_place(unit, grant, frame),
        plan_version=plan.version,
        plan_hash=facts.plan_hash,
        schedule_hash=facts.schedule_hash,
        amount=facts.amount,
        own_contribution=plan.own,
        own_contribution_form=plan.own_form,
        other_contribution=plan.other,
        investment_total=plan.total,
        payee=payee_of(
            unit.work, grant, person, benefit=facts.benefit, deliveries=deliveries, language=frame.language
        ),
        items=plan.items,
        tranches=tranche_lines(facts),
        photo_consent=photo_consent(unit, grant.participant_id),
    )


def _check(facts: AgreementFacts, plan: PlanPrinted) -> list[Any]:
    """An agreement whose plan spends another amount would contradict its own annex."""
    planned = plan.total - plan.own - plan.other
    return [] if planned == facts.amount else [PLAN_AND_AMOUNT_DIFFER(amount=facts.amount, planned=planned)]


def _kind(facts: AgreementFacts) -> AgreementKind:
    is_undertaking = facts.kind is words.AgreementKind.CARTA_COMPROMISO
    return AgreementKind.UNDERTAKING if is_undertaking else AgreementKind.AGREEMENT


def benefit_name(facts: AgreementFacts, language: str) -> str:
    """The benefit as it stands inside a sentence of a language, by its name there."""
    return in_sentence(facts.benefit.terms.name_in(language))


def decided_on(unit: Unit, grant: GrantRow) -> Decided:
    """The decision an award stands on: the committee's session, or the paper that names it directly."""
    if grant.basis_kind != words.BasisKind.COMMITTEE_DECISION:
        return Decided(number=grant.basis_ref, on=grant.awarded_on)
    decision = decision_of_plan(unit, unit.programme.id, grant.basis_ref)
    call = unit.first(CALL_BY_ID, id=plan_facts(unit, unit.programme.id, grant.basis_ref).call_id)
    return Decided(
        number=decision.session_number if decision is not None else grant.basis_ref,
        on=decision.decided_on if decision is not None else grant.awarded_on,
        call=call.code if call is not None else "",
    )


def plan_printed(unit: Unit, facts: AgreementFacts, language: str) -> PlanPrinted:
    """The plan version an agreement is bound to, as it is printed."""
    if facts.plan_version_id is None:
        return _without_plan(facts, language)
    plan = open_version(unit.work, facts.plan_version_id)
    bound = unit.one(PLAN_OF_VERSION, id=facts.plan_version_id)
    sources = plan.sources
    return PlanPrinted(
        version=bound[1],
        name=plan.title,
        activity=plan.sector,
        is_new=plan.stage is BusinessStage.NEW,
        items=tuple(_items(plan)),
        own=sources.own_cash + sources.own_kind,
        own_form=_own_form(plan, language),
        other=sources.other,
    )


def _without_plan(facts: AgreementFacts, language: str) -> PlanPrinted:
    nothing = Money(0, facts.amount.currency)
    whole = PlanItem(
        description=benefit_name(facts, language),
        quantity=Decimal(1),
        unit="",
        unit_price=facts.amount,
        total=facts.amount,
        funded_by=FundedBy.GRANT,
    )
    return PlanPrinted(
        version=0, name="", activity="", is_new=False, items=(whole,), own=nothing, own_form="", other=nothing
    )


def _items(plan: BusinessPlan) -> list[PlanItem]:
    paid_by = {PlanFundedBy.GRANT: FundedBy.GRANT, PlanFundedBy.OTHER: FundedBy.OTHER}
    return [
        PlanItem(
            description=item.description,
            quantity=Decimal(item.quantity_thousandths).scaleb(-3).normalize(),
            unit=item.unit,
            unit_price=item.unit_price,
            total=item.total,
            funded_by=paid_by.get(item.funded_by, FundedBy.OWN),
            supplier=item.supplier,
        )
        for item in plan.items
    ]


def _own_form(plan: BusinessPlan, language: str) -> str:
    cash, kind = bool(plan.sources.own_cash.minor), bool(plan.sources.own_kind.minor)
    if cash and kind:
        return in_words("money, goods or work", language)
    if cash:
        return in_words("money", language)
    return in_words("goods or work", language) if kind else ""


def tranche_lines(facts: AgreementFacts) -> tuple[TrancheLine, ...]:
    """The schedule as it is printed; a condition stands inside a list and so without its full stop."""
    return tuple(
        TrancheLine(
            ordinal=tranche.position,
            amount=tranche.amount,
            due_on=tranche.due_on,
            conditions=tuple(one.rstrip(".") for one in tranche.conditions),
        )
        for tranche in facts.tranches
    )


def _term(unit: Unit, frame: Frame, facts: AgreementFacts, plan: PlanPrinted) -> dict[str, Any]:
    starts_on = unit.occurred_on
    begin_by = starts_on + timedelta(days=frame.terms.start_business_days)
    return {
        "starts_on": starts_on,
        "ends_on": ends_on(starts_on, frame, facts),
        "start_business_by": begin_by if plan.is_new else None,
    }


def ends_on(starts_on: date, frame: Frame, facts: AgreementFacts) -> date:
    """The last day of an agreement: the months of the terms, or the day of the last tranche where that is later."""
    last = add_months(starts_on, frame.terms.agreement_months) - timedelta(days=1)
    return max(later(last, tranche.due_on) for tranche in facts.tranches)


def _promises(unit: Unit, frame: Frame, facts: AgreementFacts) -> dict[str, Any]:
    terms, said = frame.terms, frame.said
    policy = current_policy(unit, unit.programme.id, unit.occurred_on)
    days = terms.justify_within_days
    return {
        "justify_within_days": policy.overdue_days if days is None else days,
        "quotes_count": terms.quotes_count,
        "quotes_from": terms.quotes_from,
        "declaration_cap": declaration_cap(policy, facts.amount.currency) or None,
        "tolerance_percent": policy.receipt_tolerance_bps // _BASIS_POINTS_OF_PERCENT,
        "training": said["training"],
        "visits": said["visits"],
        "keep_asset_months": terms.keep_asset_months,
        "keep_records_years": terms.keep_records_years,
        "cure_days": terms.cure_days,
        "complaints_channel": said["complaints_channel"],
        "data_contact": said["data_contact"],
        "dispute_forum": said["dispute_forum"],
    }


def _place(unit: Unit, grant: GrantRow, frame: Frame) -> str:
    if grant.household_id is None:
        return frame.terms.place
    home = household_facts(unit, [grant.household_id])[grant.household_id].household
    return home.community or home.locality or frame.terms.place


def photo_consent(unit: Unit, participant_id: Key) -> bool:
    """Whether somebody agreed, and did not take back, that pictures are used."""
    consents = participant_facts(unit, [participant_id])[participant_id].consents
    return any(one.purpose is ConsentPurpose.PHOTOS and one.withdrawn_on is None for one in consents)
