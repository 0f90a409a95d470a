"""How far a person's authority reaches in a currency: the ceilings of the policy in force and of delegations."""

from collections.abc import Iterable

from seedfund.approvals.queries import current_policy, delegations_for
from seedfund.approvals.rules.hands import authorities
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.store.unit import Unit


def ceiling_of(unit: Unit, roles: Iterable[Role], currency: str) -> Money:
    """The most that the actor may decide on by one of these roles, held or lent; zero where none has a ceiling.

    Raises:
        Refused: `policy_missing`.
    """
    today, wanted = unit.work.today(), tuple(roles)
    terms = current_policy(unit, unit.programme.id, today)
    delegations = delegations_for(unit, unit.programme.id, unit.actor.id, today)
    usable = authorities(terms, unit.actor.roles, delegations, currency=currency)
    ceilings = [one.ceiling.minor for one in usable if one.ceiling is not None and one.role in wanted]
    return Money(max(ceilings, default=0), currency)
