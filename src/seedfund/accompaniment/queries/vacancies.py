"""Reads of vacancies."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.employment import WagePer
from seedfund.accompaniment.tables.activities import Activity
from seedfund.accompaniment.tables.employment import Vacancy, VacancyStep
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A vacancy as stored; `fair` is the number of the job fair it was offered at, if one."""

    id: Key
    number: str
    employer: str
    title: str
    posts: int
    wage_least: Money
    wage_most: Money
    wage_per: WagePer
    locality: str
    fair: str | None
    open_until: date
    state: str


def _vacancy(*values: Any) -> VacancyRow:
    this, number, employer, title, posts, least, most, currency, per, locality, fair, until, state = values
    return VacancyRow(
        id=this,
        number=number,
        employer=employer,
        title=title,
        posts=posts,
        wage_least=Money(least, currency),
        wage_most=Money(most, currency),
        wage_per=WagePer(per),
        locality=locality,
        fair=fair,
        open_until=until,
        state=state,
    )


def _vacancies() -> Any:
    return (
        sa.select(
            col(Vacancy.id),
            col(Vacancy.number),
            col(Vacancy.employer),
            col(Vacancy.title),
            col(Vacancy.posts),
            col(Vacancy.wage_least_minor),
            col(Vacancy.wage_most_minor),
            col(Vacancy.currency),
            col(Vacancy.wage_per),
            col(Vacancy.locality),
            col(Activity.number),
            col(Vacancy.open_until),
            col(Vacancy.state),
        )
        .select_from(Vacancy)
        .outerjoin(Activity, col(Activity.id) == col(Vacancy.fair_id))
        .where(col(Vacancy.programme_id) == sa.bindparam("programme"))
        .order_by(col(Vacancy.number))
    )


_VACANCY: Final = Query(
    _vacancy,
    lambda: _vacancies().where(col(Vacancy.number) == sa.bindparam("number")).with_for_update(of=Vacancy),
)
_VACANCIES: Final = Query(_vacancy, _vacancies)
VACANCY_STEPS: Final = Query(
    int,
    lambda: (
        sa.select(sa.func.count())
        .select_from(VacancyStep)
        .where(col(VacancyStep.vacancy_id) == sa.bindparam("vacancy"))
    ),
)
"""How many steps a vacancy has taken."""


def vacancy_by_number(reader: Reader, programme: Key, number: str) -> VacancyRow:
    """A vacancy; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_VACANCY, programme=programme, number=number)
    if found is None:
        raise NotFound(what="vacancy", which=number)
    return found


def list_vacancies(reader: Reader, programme: Key) -> list[VacancyRow]:
    """Every vacancy, by number."""
    return reader.all(_VACANCIES, programme=programme)
