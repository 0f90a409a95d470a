"""Vacancies that employers offer: listing one, and closing it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.activities import activity_by_number
from seedfund.accompaniment.queries.vacancies import VACANCY_STEPS, vacancy_by_number
from seedfund.accompaniment.rules.employment import VACANCY_STATES, WagePer, check_vacancy
from seedfund.accompaniment.service.reaching import ORGANISERS, named
from seedfund.accompaniment.tables.employment import Vacancy, VacancyStep
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "VA"
_MOVE: Final = Write(
    lambda: (
        sa.update(Vacancy)
        .where(col(Vacancy.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ListVacancy(Command):
    """Posts an employer offers: what, how many, the range of the wage and what it is paid for, where, until when.

    `fair` is the number of the job fair at which they were offered.
    """

    employer: str
    title: str
    posts: int
    wage_least: Money
    wage_most: Money
    wage_per: WagePer
    locality: str
    open_until: date
    fair: str | None = None


@dataclass(frozen=True, kw_only=True)
class VacancyMoved:
    """The vacancy's number and its state now."""

    number: str
    state: str


@verb("accompaniment.list_vacancy", roles=ORGANISERS)
def list_vacancy(unit: Unit, command: ListVacancy) -> VacancyMoved:
    """List the posts of an employer, open until a day.

    Raises:
        NotFound: there is no such job fair.
        InvalidInput: a text is empty, no post is offered, or the wage is no range of one currency.
        Refused: `vacancy_past`.
    """
    employer, title = named(command.employer, field="employer"), named(command.title, field="title")
    locality = named(command.locality, field="locality", most=40)
    _check_offer(command)
    refuse(check_vacancy(command.open_until, today=unit.occurred_on))
    fair = None if command.fair is None else activity_by_number(unit, unit.programme.id, command.fair).id
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Vacancy,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        employer=employer,
        title=title,
        posts=command.posts,
        wage_least_minor=command.wage_least.minor,
        wage_most_minor=command.wage_most.minor,
        currency=command.wage_least.currency,
        wage_per=command.wage_per.value,
        locality=locality,
        fair_id=fair,
        open_until=command.open_until,
        state=VACANCY_STATES.start,
    )
    _write_step(unit, key, (None, VACANCY_STATES.start))
    after = {"state": VACANCY_STATES.start, "posts": command.posts}
    after |= {"wage_least": str(command.wage_least), "wage_most": str(command.wage_most)}
    unit.created("sf_vacancy", number, after)
    return VacancyMoved(number=number, state=VACANCY_STATES.start)


def _check_offer(command: ListVacancy) -> None:
    if command.posts < 1:
        raise InvalidInput(field="posts", problem="there is none", remedy="give at least one")
    least, most = command.wage_least, command.wage_most
    if least.currency != most.currency or not 0 <= least.minor <= most.minor:
        raise InvalidInput(
            field="wage_most",
            problem="the wage is no range from a lower to a higher amount of one currency",
            remedy="give both ends in one currency, the lower first; they may be the same",
        )


def _write_step(unit: Unit, vacancy: Key, steps: tuple[str | None, str]) -> None:
    unit.insert(
        VacancyStep,
        vacancy_id=vacancy,
        position=unit.one(VACANCY_STEPS, vacancy=vacancy) + 1,
        from_state=steps[0],
        to_state=steps[1],
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class CloseVacancy(Command):
    """A vacancy that is filled, or closed without being so."""

    number: str
    is_filled: bool


@verb("accompaniment.close_vacancy", roles=ORGANISERS)
def close_vacancy(unit: Unit, command: CloseVacancy) -> VacancyMoved:
    """Close a vacancy: its posts are filled, or the employer gave them up; interviews arranged go on.

    Raises:
        NotFound: there is no such vacancy.
        Refused: `no_such_step`.
    """
    row = vacancy_by_number(unit, unit.programme.id, command.number)
    state = "filled" if command.is_filled else "closed"
    VACANCY_STATES.require(row.state, state, which=row.number)
    unit.execute(_MOVE, this_id=row.id, new_state=state)
    _write_step(unit, row.id, (row.state, state))
    unit.changed("sf_vacancy", row.number, {"state": row.state}, {"state": state})
    return VacancyMoved(number=row.number, state=state)
