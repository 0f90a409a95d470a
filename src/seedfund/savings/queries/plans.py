"""Savings plans: what was agreed, and how far each has come on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.savings.queries.links import links_by_id
from seedfund.savings.queries.observations import counted_of
from seedfund.savings.rules.observing import Unknown, net_saved
from seedfund.savings.rules.plans import MatchFacts, SavingsTerms
from seedfund.savings.rules.words import Purpose
from seedfund.savings.tables import SavingsPlan
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class SavingsPlanFacts:
    """A savings plan as it stands now."""

    id: Key
    number: str
    link_id: Key
    terms: SavingsTerms
    state: str
    reached_on: date | None
    ended_on: date | None


def _plan(*values: Any) -> SavingsPlanFacts:
    key, number, link, purpose, currency, target, monthly, starts_on, months, rate, most, *others = values
    terms = SavingsTerms(
        purpose=Purpose(purpose),
        target=Money(target, currency),
        monthly=Money(monthly, currency),
        starts_on=starts_on,
        months=months,
        match_basis_points=rate,
        match_most=None if most is None else Money(most, currency),
    )
    return SavingsPlanFacts(key, number, link, terms, *others)


def _plans() -> Any:
    return sa.select(
        col(SavingsPlan.id),
        col(SavingsPlan.number),
        col(SavingsPlan.link_id),
        col(SavingsPlan.purpose),
        col(SavingsPlan.currency),
        col(SavingsPlan.target_minor),
        col(SavingsPlan.monthly_minor),
        col(SavingsPlan.starts_on),
        col(SavingsPlan.months),
        col(SavingsPlan.match_basis_points),
        col(SavingsPlan.match_most_minor),
        col(SavingsPlan.state),
        col(SavingsPlan.reached_on),
        col(SavingsPlan.ended_on),
    ).order_by(col(SavingsPlan.number))


PLAN: Final = Query(
    _plan,
    lambda: (
        _plans()
        .where(
            col(SavingsPlan.programme_id) == sa.bindparam("programme"),
            col(SavingsPlan.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
PLANS_OF: Final = Query(
    _plan, lambda: _plans().where(col(SavingsPlan.link_id).in_(sa.bindparam("ids", expanding=True)))
)
PLANS: Final = Query(
    _plan, lambda: _plans().where(col(SavingsPlan.programme_id) == sa.bindparam("programme"))
)


def savings_plan(reader: Reader, programme: Key, number: str) -> SavingsPlanFacts:
    """A savings plan by its number, `SP-2026-0001`; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(PLAN, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="savings plan", which=number)
    return found


def list_savings_plans(reader: Reader, programme: Key) -> list[SavingsPlanFacts]:
    """Every savings plan of the programme, by number."""
    return reader.all(PLANS, programme=programme)


def plans_of(reader: Reader, links: Sequence[Key]) -> list[SavingsPlanFacts]:
    """The savings plans in these accounts, by number."""
    return sorted(reader.among(PLANS_OF, "ids", list(dict.fromkeys(links))), key=lambda plan: plan.number)


def saved_in(reader: Reader, plans: Sequence[SavingsPlanFacts], on: date) -> dict[Key, Money | Unknown]:
    """What each plan saved from the day it began to a day, by plan; what was not observed is named."""
    ids = [plan.link_id for plan in plans]
    links, seen = links_by_id(reader, ids), counted_of(reader, ids)
    return {
        plan.id: net_saved(seen[plan.link_id], links[plan.link_id].life, start=plan.terms.starts_on, end=on)
        for plan in plans
    }


def match_facts(
    reader: Reader, programme: Key, number: str, on: date, *, own_matched: Money, matched: Money
) -> MatchFacts | Unknown:
    """What the match of a purchase under a plan is worked out from, on a day; or why what was saved is not known.

    `own_matched` and `matched` are what of own savings was matched before, and with how much: whoever pays the match
    through a grant knows them.

    Raises:
        NotFound: there is no such plan.
    """
    plan = savings_plan(reader, programme, number)
    saved = saved_in(reader, [plan], on)[plan.id]
    if isinstance(saved, Unknown):
        return saved
    return MatchFacts(
        plan=plan.number, terms=plan.terms, saved=saved, own_matched=own_matched, matched=matched
    )
