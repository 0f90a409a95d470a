"""What limits an award and the raise of a grant alike: lines that may pay on the day, and no support twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seedfund.funds.queries import (
    BenefitInForce,
    FundFacts,
    LineRow,
    benefit_on,
    eligible_payers,
    funds_by_id,
    line_refs,
)
from seedfund.funds.rules.budgets import check_amount, check_line_kind, check_period
from seedfund.funds.rules.words import BenefitUnit, LineKind
from seedfund.grants.queries.grants import GrantRow, parts_of
from seedfund.grants.queries.supports import supports_of_group, supports_of_household, supports_of_person
from seedfund.grants.rules.awarding import FUND_NOT_ELIGIBLE, check_range
from seedfund.grants.rules.stacking import Support, Wish, check_stacking
from seedfund.grants.rules.words import OwnerKind
from seedfund.grants.service.owners import Owner, owner_of_grant
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import household_facts
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Share:
    """An amount that a line of a fund is asked to pay."""

    fund: FundFacts
    line: LineRow
    amount: Money


def check_shares(unit: Unit, benefit: str, group: str, shares: Sequence[Share]) -> list[Refusal]:
    """Why lines may not pay a benefit (by its code) for a population group today."""
    day = unit.occurred_on
    payers = eligible_payers(unit, unit.programme.id, population_group=group, benefit=benefit, day=day)
    eligible = [fund.code for fund in payers.funds]
    shown = ", ".join([*eligible, *payers.outside]) or "none"
    refusals = []
    for share in shares:
        fund, line = share.fund, share.line
        if fund.code not in eligible:
            refusals.append(
                FUND_NOT_ELIGIBLE(fund=fund.code, benefit=benefit, group=group, day=day, eligible=shown)
            )
        refusals += check_period(fund.code, fund.period, day)
        refusals += check_amount(fund.code, fund.currency, share.amount)
        refusals += check_line_kind(fund.code, line.code, line.kind, wanted=(LineKind.GRANTS,))
    return refusals


def is_by_household(benefit: BenefitInForce) -> bool:
    """Whether what a benefit gives is counted by household, whoever of it owns the grant."""
    return benefit.terms.unit is BenefitUnit.HOUSEHOLD


def counted_as(benefit: BenefitInForce, owner: Owner) -> str:
    """The number an owner is counted under for a benefit."""
    return owner.household if is_by_household(benefit) else owner.shown


def supports_of(unit: Unit, benefit: BenefitInForce, owner: Owner) -> list[Support]:
    """What stands beside a grant of a benefit to an owner; nothing for who is in no household and is counted by it."""
    person, household = owner.participant_id, owner.household_id
    if is_by_household(benefit):
        if household is None:
            return []
        members = household_facts(unit, [household])[household].members
        return supports_of_household(unit, household, [person, *(item.participant.id for item in members)])
    if owner.kind in (OwnerKind.PERSON, OwnerKind.HOUSEHOLD):
        return supports_of_person(unit, person, household)
    return supports_of_group(unit, unit.programme.id, owner.kind, name=owner.name, person=person)


def check_raise(unit: Unit, grant: GrantRow, amount: Money, more: Mapping[Key, int]) -> list[Refusal]:
    """Why a grant may not be raised to an amount today: what an award of it would be refused for.

    `more` is what each part rises by, in minor units. The grant does not stand against itself.
    """
    benefit = benefit_on(unit, unit.programme.id, grant.benefit, unit.occurred_on)
    owner = owner_of_grant(unit, grant)
    wish = Wish(
        owner=counted_as(benefit, owner),
        benefit=benefit.code,
        purpose=grant.purpose,
        day=unit.occurred_on,
        months=0,
    )
    beside = [support for support in supports_of(unit, benefit, owner) if support.number != grant.number]
    return [
        *check_range(benefit.code, amount, least=None, most=benefit.terms.amount_max),
        *check_shares(unit, benefit.code, grant.population_group, _shares(unit, grant, more)),
        *check_stacking(wish, beside),
    ]


def _shares(unit: Unit, grant: GrantRow, more: Mapping[Key, int]) -> list[Share]:
    parts = [part for part in parts_of(unit, [grant.id])[grant.id] if more.get(part.id, 0) > 0]
    funds = funds_by_id(unit, [part.fund_id for part in parts])
    lines = line_refs(unit, [part.line_id for part in parts])
    return [
        Share(funds[part.fund_id], lines[part.line_id], Money(more[part.id], grant.currency))
        for part in parts
    ]
