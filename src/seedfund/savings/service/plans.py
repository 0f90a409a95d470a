"""Savings plans are agreed with the saver, reached, and ended. No money moves here: savings are the saver's own."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.service.identity import REGISTRARS
from seedfund.savings.queries.links import LinkFacts, links_by_id
from seedfund.savings.queries.plans import SavingsPlanFacts, plans_of, saved_in, savings_plan
from seedfund.savings.rules.links import OPEN_STATES
from seedfund.savings.rules.observing import Unknown
from seedfund.savings.rules.plans import (
    NOT_REACHED,
    PLAN_ACCOUNT_NOT_OPEN,
    PLAN_UNDER_WAY,
    SAVED_NOT_KNOWN,
    SAVINGS_PLAN_STATES,
    SavingsTerms,
    check_terms,
)
from seedfund.savings.rules.words import Purpose
from seedfund.savings.service.common import open_link
from seedfund.savings.tables import SavingsPlan
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

PLANNERS: Final = (Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
"""Who agrees on plans: a match promises programme money."""
REACH: Final = Write(
    lambda: (
        sa.update(SavingsPlan)
        .where(col(SavingsPlan.id) == sa.bindparam("this"))
        .values(state="reached", reached_on=sa.bindparam("new_day"))
    )
)
END: Final = Write(
    lambda: (
        sa.update(SavingsPlan)
        .where(col(SavingsPlan.id) == sa.bindparam("this"))
        .values(state="ended", ended_on=sa.bindparam("new_day"))
    )
)


@dataclass(frozen=True, kw_only=True)
class AgreeSavingsPlan(Command):
    """What a saver will put aside in an open account: for what, how much a month, for how many months.

    `match_basis_points` is what the programme adds to own savings when what is saved for is bought (10,000 is one for
    one), up to `match_most`; it is paid through a grant.
    """

    link: str
    purpose: Purpose
    target: Money
    monthly: Money
    months: int
    starts_on: date | None = None
    match_basis_points: int = 0
    match_most: Money | None = None


@dataclass(frozen=True, kw_only=True)
class SavingsPlanMoved:
    """The plan's number, the account it saves in, and its state now."""

    plan: str
    link: str
    state: str


@verb("savings.agree_savings_plan", roles=PLANNERS)
def agree_savings_plan(unit: Unit, command: AgreeSavingsPlan) -> SavingsPlanMoved:
    """Agree on a savings plan in an open account; one account has one plan under way.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        Refused: `savings_plan_account_not_open`, `savings_plan_under_way`, `savings_plan_other_currency`,
            `savings_target_not_above_zero`, `savings_plan_months`, `savings_target_out_of_reach`,
            `savings_match_without_most`, `person_erased`.
    """
    link, _ = open_link(unit, command.link)
    terms = SavingsTerms(
        purpose=command.purpose,
        target=command.target,
        monthly=command.monthly,
        starts_on=command.starts_on or unit.occurred_on,
        months=command.months,
        match_basis_points=command.match_basis_points,
        match_most=command.match_most,
    )
    found = []
    if link.state not in OPEN_STATES:
        found.append(PLAN_ACCOUNT_NOT_OPEN(link=link.number, state=link.state))
    found += [
        PLAN_UNDER_WAY(plan=plan.number, link=link.number)
        for plan in plans_of(unit, [link.id])
        if plan.state != "ended"
    ]
    refuse((*found, *check_terms(terms, link=link.number, currency=link.currency)))
    number = _write(unit, link, terms)
    return SavingsPlanMoved(plan=number, link=link.number, state=SAVINGS_PLAN_STATES.start)


def _write(unit: Unit, link: LinkFacts, terms: SavingsTerms) -> str:
    number = unit.human_number("SP")
    unit.insert(
        SavingsPlan,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        link_id=link.id,
        purpose=terms.purpose.value,
        currency=link.currency,
        target_minor=terms.target.minor,
        monthly_minor=terms.monthly.minor,
        starts_on=terms.starts_on,
        months=terms.months,
        match_basis_points=terms.match_basis_points,
        match_most_minor=None if terms.match_most is None else terms.match_most.minor,
        state=SAVINGS_PLAN_STATES.start,
        agreed_by=unit.actor.id,
        reached_on=None,
        ended_on=None,
    )
    after = {
        "state": SAVINGS_PLAN_STATES.start,
        "link": link.number,
        "target": str(terms.target),
        "monthly": str(terms.monthly),
        "match_basis_points": terms.match_basis_points,
        "match_most": None if terms.match_most is None else str(terms.match_most),
    }
    unit.created("sf_savings_plan", number, after)
    return number


@dataclass(frozen=True, kw_only=True)
class MarkTargetReached(Command):
    """The plan whose target was reached by the day of the command."""

    plan: str


@verb("savings.mark_target_reached", roles=PLANNERS)
def mark_target_reached(unit: Unit, command: MarkTargetReached) -> SavingsPlanMoved:
    """Record that a plan's target is reached, by the balances that were observed.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `savings_saved_not_known`, `savings_target_not_reached`, `person_erased`.
    """
    plan, link = _plan(unit, command.plan)
    SAVINGS_PLAN_STATES.require(plan.state, "reached", which=plan.number)
    saved = saved_in(unit, [plan], unit.occurred_on)[plan.id]
    if isinstance(saved, Unknown):
        refuse([SAVED_NOT_KNOWN(link=link.number, start=plan.terms.starts_on)])
    elif saved < plan.terms.target:
        refuse([NOT_REACHED(saved=saved, target=plan.terms.target)])
    unit.execute(REACH, this=plan.id, new_day=unit.occurred_on)
    unit.changed("sf_savings_plan", plan.number, {"state": plan.state}, {"state": "reached"})
    return SavingsPlanMoved(plan=plan.number, link=link.number, state="reached")


@dataclass(frozen=True, kw_only=True)
class EndSavingsPlan(Command):
    """The plan that ends: what was saved for is bought, or the saver gave it up."""

    plan: str


@verb("savings.end_savings_plan", roles=REGISTRARS)
def end_savings_plan(unit: Unit, command: EndSavingsPlan) -> SavingsPlanMoved:
    """End a savings plan; what was saved stays the saver's.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `person_erased`.
    """
    plan, link = _plan(unit, command.plan)
    SAVINGS_PLAN_STATES.require(plan.state, "ended", which=plan.number)
    unit.execute(END, this=plan.id, new_day=unit.occurred_on)
    unit.changed("sf_savings_plan", plan.number, {"state": plan.state}, {"state": "ended"})
    return SavingsPlanMoved(plan=plan.number, link=link.number, state="ended")


def _plan(unit: Unit, number: str) -> tuple[SavingsPlanFacts, LinkFacts]:
    plan = savings_plan(unit, unit.programme.id, number)
    link, _ = open_link(unit, links_by_id(unit, [plan.link_id])[plan.link_id].number)
    return plan, link
