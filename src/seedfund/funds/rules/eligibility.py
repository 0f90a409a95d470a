"""Who pays what for whom, as data: population group × benefit → a fund of ours, or a payer outside. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.funds.rules.words import POPULATION_GROUPS
from seedfund.kernel.errors import Refusal, RefusalCode

ELIGIBILITY_PAYER: Final = RefusalCode(
    "eligibility_payer",
    "The rule for {group} names {given} payers.",
    "Name either a fund of ours or one payer outside our books.",
)
ELIGIBILITY_GROUP: Final = RefusalCode(
    "eligibility_group",
    "{group} is not a population group.",
    "Use one of: {known}.",
)
ELIGIBILITY_TWICE: Final = RefusalCode(
    "eligibility_twice",
    "{payer} stands twice for {group}.",
    "List each payer once a group.",
)
REFUSALS: Final = (ELIGIBILITY_PAYER, ELIGIBILITY_GROUP, ELIGIBILITY_TWICE)


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """One rule as it is given: a population group, and either the code of a fund or the name of an outside payer."""

    population_group: str
    fund: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """One rule in force between two days (half-open, open-ended without `until_day`)."""

    population_group: str
    benefit: str
    fund: str
    payer: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays a benefit for a group on a day: our funds by code, and payers outside our books by name."""

    funds: tuple[str, ...]
    outside: tuple[str, ...]


def check_rules(rules: Sequence[Eligible]) -> list[Refusal]:
    """Everything that makes rules unusable, in the declared order."""
    refusals = [
        ELIGIBILITY_PAYER(group=one.population_group, given=bool(one.fund) + bool(one.payer))
        for one in rules
        if bool(one.fund) == bool(one.payer)
    ]
    refusals += [
        ELIGIBILITY_GROUP(group=one.population_group, known=", ".join(POPULATION_GROUPS))
        for one in rules
        if one.population_group not in POPULATION_GROUPS
    ]
    seen: set[tuple[str, str]] = set()
    for one in rules:
        where = (one.population_group, one.fund or one.payer)
        if where in seen:
            refusals.append(ELIGIBILITY_TWICE(payer=where[1], group=where[0]))
        seen.add(where)
    return refusals


def payers_for(
    rules: Iterable[EligibilityFacts], *, population_group: str, benefit: str, day: date
) -> Payers:
    """Who pays a benefit for a population group on a day."""
    holding = [
        one
        for one in rules
        if one.population_group == population_group
        and one.benefit == benefit
        and one.from_day <= day
        and (one.until_day is None or day < one.until_day)
    ]
    return Payers(
        tuple(sorted(one.fund for one in holding if one.fund)),
        tuple(sorted(one.payer for one in holding if one.payer)),
    )
