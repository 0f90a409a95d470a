"""Screenings: what is told of a household, taken in and corrected by a later version."""

from dataclasses import dataclass
from datetime import date

from seedfund.accompaniment.queries.screenings import screenings_of
from seedfund.accompaniment.rules.criteria import SCORE_MAX, ScoreSource
from seedfund.accompaniment.service.reaching import COMPANIONS, named, require_household
from seedfund.accompaniment.tables.selection import HouseholdScreening
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import household_by_number
from seedfund.people.service.leading import require_leading_household
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class ToldOfHousehold:
    """A poverty score in thousandths of a point, an income of a month per person, and where each comes from.

    What was not collected is left out, and is no zero. Ages and groups are those of the registered members.
    """

    score: int | None = None
    score_source: ScoreSource | None = None
    income: Money | None = None
    income_source: ScoreSource | None = None


@dataclass(frozen=True, kw_only=True)
class ScreenHousehold(Command):
    """What is told of a household, on the day it was asked (the day of the command if not given)."""

    household: str
    told: ToldOfHousehold
    screened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectScreening(Command):
    """What is told of a household now, in full, and why it takes the place of what was told (no personal data)."""

    household: str
    told: ToldOfHousehold
    reason: str
    screened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class HouseholdScreened:
    """The household and the version of what is told of it."""

    household: str
    version: int


@verb("accompaniment.screen_household", roles=COMPANIONS)
def screen_household(unit: Unit, command: ScreenHousehold) -> HouseholdScreened:
    """Take in what is told of a household for the first time.

    Raises:
        NotFound: there is no such household.
        NotAllowed: somebody of it is restricted, and the actor's roles do not reach them.
        InvalidInput: nothing is told, a source is missing, a score is none, the day lies ahead, or it was screened
            already.
    """
    row = household_by_number(unit, unit.programme.id, command.household)
    require_leading_household(unit, row.id)
    require_household(unit, row.id, row.number)
    if screenings_of(unit, [row.id]).get(row.id):
        raise InvalidInput(
            field="household",
            problem=f"{row.number} was screened already",
            remedy="correct the screening and say why: asked again, a mistake in typing",
        )
    day = command.screened_on or unit.occurred_on
    return _write(unit, (row.id, row.number), _Version(1, command.told, day, ""))


@verb("accompaniment.correct_screening", roles=COMPANIONS)
def correct_screening(unit: Unit, command: CorrectScreening) -> HouseholdScreened:
    """Take in a further version of what is told of a household; the earlier ones stay, and so do lists made by them.

    Raises:
        NotFound: there is no such household.
        NotAllowed: somebody of it is restricted, and the actor's roles do not reach them.
        InvalidInput: it was not screened yet, no reason is given, nothing is told, a source is missing, a score is
            none, or the day lies ahead.
    """
    row = household_by_number(unit, unit.programme.id, command.household)
    require_household(unit, row.id, row.number)
    known = screenings_of(unit, [row.id]).get(row.id, [])
    if not known:
        raise InvalidInput(
            field="household",
            problem=f"{row.number} was not screened yet",
            remedy="screen it first",
        )
    reason = named(command.reason, field="reason", most=300)
    day = command.screened_on or known[-1].screened_on
    return _write(unit, (row.id, row.number), _Version(known[-1].version + 1, command.told, day, reason))


@dataclass(frozen=True)
class _Version:
    version: int
    told: ToldOfHousehold
    day: date
    reason: str


def _write(unit: Unit, household: tuple[Key, str], one: _Version) -> HouseholdScreened:
    told, (key, number) = one.told, household
    _check_told(told)
    if one.day > unit.occurred_on:
        raise InvalidInput(
            field="screened_on",
            problem=f"{one.day} lies after {unit.occurred_on}",
            remedy="give the day on which the household was asked",
        )
    unit.insert(
        HouseholdScreening,
        household_id=key,
        version=one.version,
        programme_id=unit.programme.id,
        score=told.score,
        score_source=None if told.score_source is None else told.score_source.value,
        income_minor=None if told.income is None else told.income.minor,
        currency=None if told.income is None else told.income.currency,
        income_source=None if told.income_source is None else told.income_source.value,
        screened_on=one.day,
        reason=one.reason,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    after = {"score": told.score, "income": None if told.income is None else str(told.income)}
    unit.created("sf_household_screening", f"{number} v{one.version}", after)
    return HouseholdScreened(household=number, version=one.version)


def _check_told(told: ToldOfHousehold) -> None:
    if told.score is None and told.income is None:
        raise InvalidInput(
            field="told",
            problem="neither a score nor an income is told",
            remedy="give one of them; a household nothing is known of needs no screening yet",
        )
    if (told.score is None) != (told.score_source is None):
        raise InvalidInput(
            field="score_source",
            problem="a score and where it comes from belong together",
            remedy="give both or neither",
        )
    if (told.income is None) != (told.income_source is None):
        raise InvalidInput(
            field="income_source",
            problem="an income and where it comes from belong together",
            remedy="give both or neither",
        )
    if told.score is not None and not 0 <= told.score <= SCORE_MAX:
        raise InvalidInput(
            field="score",
            problem=f"{told.score} is no score",
            remedy=f"give thousandths of a point from 0 to {SCORE_MAX}",
        )
    if told.income is not None and told.income.minor < 0:
        raise InvalidInput(
            field="income",
            problem=f"{told.income} is no income",
            remedy="give 0 or more; debts are not told here",
        )
