"""Who and what is counted, a row each as of a day, with the groups it falls into. SQL only; must not know indicators.

A household is one on the day if somebody of it had been enrolled by then; its sex, age and disability are those of its
head. Memberships are those of the day. Facts are joined by `compute`, each as one set of keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.tables import Activity
from seedfund.grants.tables.awards import Grant
from seedfund.people.rules import DISPLACED_FIRST, GroupRule, Relationship
from seedfund.people.tables import (
    Household,
    HouseholdMember,
    Participant,
    Participation,
    ParticipationStep,
)
from seedfund.plans.tables import Plan
from seedfund.reports.indicators.rules import AGE_BANDS, GROUPING, NOT_COLLECTED, Dimension, Unit, band_of
from seedfund.scholarships.tables import Scholarship
from seedfund.store.columns import table_of
from seedfund.training.tables import Cohort

ON: Final = "on"
"""The name of the day in every statement; `programme` names the programme."""


def day_asked() -> Any:
    """The day figures hold for, as a value of a statement."""
    return sa.bindparam(ON, type_=sa.Date)


def current(member: Any) -> Any:
    """Whether a membership held on the day."""
    until = col(member.until_day)
    return sa.and_(col(member.from_day) <= day_asked(), sa.or_(until.is_(None), until > day_asked()))


def enrolled_people() -> Any:
    """Who had been enrolled by the day, whatever came after."""
    return (
        sa.select(col(Participation.participant_id).label("id"))
        .join(ParticipationStep, col(ParticipationStep.participation_id) == col(Participation.id))
        .where(
            col(ParticipationStep.to_state) == "enrolled", col(ParticipationStep.happened_on) <= day_asked()
        )
        .distinct()
    )


def households_of(people: Any) -> Any:
    """The households of the day of a set of people (one column, `id`)."""
    return sa.select(col(HouseholdMember.household_id).label("id")).where(
        col(HouseholdMember.participant_id).in_(sa.select(people.subquery().c.id)), current(HouseholdMember)
    )


# Groups --------------------------------------------------------------------------------------------------------------


def reported(group: Any) -> Any:
    """A population group as it is reported."""
    return sa.case(
        *((group == own, told) for own, told in GROUPING.items() if own != told),
        (group.is_(None), NOT_COLLECTED),
        else_=group,
    )


def known(value: Any) -> Any:
    """A word, or that it was not collected."""
    return sa.func.coalesce(sa.func.nullif(value, ""), NOT_COLLECTED)


def age_band(person: Any, on: date) -> Any:
    """The band of a person's age on a day, as `people.age_on` counts it; what is not known stands apart."""
    bands = [(_has_reached(person, first, on), band_of(first)) for first in sorted(AGE_BANDS, reverse=True)]
    return sa.case((col(person.age_source).is_(None), NOT_COLLECTED), *bands, else_=NOT_COLLECTED)


def _has_reached(person: Any, years: int, on: date) -> Any:
    """Exact from a date, else as if born on 1 July, or as old as last asked and the years since."""
    born_in = on.year - years - (0 if (on.month, on.day) >= (7, 1) else 1)
    return sa.or_(
        col(person.birth_date) <= latest_birth(years, on),
        col(person.birth_year) <= born_in,
        col(person.birth_age) + _years_since(col(person.birth_asked_on), on) >= years,
    )


def latest_birth(years: int, on: date) -> date:
    """The last day of birth of somebody who is `years` old on a day; 29 February counts on the 28th of a plain year."""
    ends_february = (on.month, on.day) == (2, 28) and (on + timedelta(days=1)).day == 1
    if ends_february:
        return date(on.year - years, 3, 1) - timedelta(days=1)
    if (on.month, on.day) == (2, 29):
        return date(on.year - years, 3, 1) - timedelta(days=1)
    return on.replace(year=on.year - years)


def people_aged(years: int, on: date) -> Any:
    """Everybody who had reached an age by a day, as ages are counted; whose age is not known is not among them."""
    return sa.select(col(Participant.id).label("id")).where(
        col(Participant.programme_id) == sa.bindparam("programme"), _has_reached(Participant, years, on)
    )


def _years_since(asked: Any, on: date) -> Any:
    """Completed years from a day until the one asked for."""
    month, day = sa.extract("month", asked), sa.extract("day", asked)
    month_day = month * 100 + sa.case((sa.and_(month == 2, day == 29), 28), else_=day)
    has_come = month_day <= on.month * 100 + on.day
    return on.year - sa.extract("year", asked) - sa.case((has_come, 0), else_=1)


def _group_of_household(head: Any, rule: GroupRule) -> Any:
    """The group a household is counted in, as `people.reporting_group` decides it."""
    if rule is GroupRule.HEAD:
        return col(head.population_group)
    own, person = aliased(HouseholdMember), aliased(Participant)
    place = sa.case(
        {group.value: position for position, group in enumerate(DISPLACED_FIRST)},
        value=col(person.population_group),
        else_=len(DISPLACED_FIRST),
    )
    counted = (
        sa.select(col(person.population_group))
        .select_from(own)
        .join(person, col(person.id) == col(own.participant_id))
        .where(col(own.household_id) == col(Household.id), current(own))
        .correlate(Household)
        .group_by(col(person.population_group))
        .limit(1)
    )
    if rule is GroupRule.ANY_DISPLACED:
        return counted.order_by(place).scalar_subquery()
    is_known = sa.case((col(person.population_group) == NOT_COLLECTED, 1), else_=0)
    return counted.order_by(is_known, sa.func.count().desc(), place).scalar_subquery()


# Bases ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Base:
    """What is counted: its rows with key, number and groups, and who of them is a restricted person's."""

    unit: Unit
    rows: Callable[[date, GroupRule], Any]


_HEAD: Final = Relationship.HEAD.value


def _headed(joined: Any, on: date, rule: GroupRule) -> tuple[Any, dict[Dimension, Any]]:
    """What holds households, joined with their heads of the day, and the groups they fall into."""
    own, head = aliased(HouseholdMember), aliased(Participant)
    is_head = sa.and_(
        col(own.household_id) == col(Household.id), col(own.relationship) == _HEAD, current(own)
    )
    groups = {
        Dimension.PHASE: known(col(Household.phase)),
        Dimension.POPULATION_GROUP: reported(_group_of_household(head, rule)),
        Dimension.SEX: known(col(head.sex)),
        Dimension.AGE_BAND: age_band(head, on),
        Dimension.DISABILITY: known(col(head.disability)),
        Dimension.LOCATION: known(col(Household.locality)),
        Dimension.HEADSHIP: known(col(head.sex)),
    }
    return joined.outerjoin(own, is_head).outerjoin(head, col(head.id) == col(own.participant_id)), groups


def _labelled(groups: Mapping[Dimension, Any]) -> list[Any]:
    return [groups[dimension].label(dimension.value) for dimension in Dimension]


def _restricted_household() -> Any:
    """Whether somebody who lives there is seen by named roles only."""
    own, person = aliased(HouseholdMember), aliased(Participant)
    return (
        sa.exists()
        .where(
            col(own.household_id) == col(Household.id),
            col(person.id) == col(own.participant_id),
            col(person.is_restricted).is_(True),
            current(own),
        )
        .correlate(Household)
    )


def _is_enrolled() -> Any:
    """Whether somebody who lives in a household on the day had been enrolled by then."""
    return col(Household.id).in_(households_of(enrolled_people()))


def _households(on: date, rule: GroupRule) -> Any:
    joined, groups = _headed(table_of(Household), on, rule)
    return (
        sa.select(
            col(Household.id).label("id"),
            col(Household.number).label("number"),
            _restricted_household().label("is_restricted"),
            *_labelled(groups),
        )
        .select_from(joined)
        .where(col(Household.programme_id) == sa.bindparam("programme"), _is_enrolled())
    )


def _people(on: date, rule: GroupRule) -> Any:
    """Everybody in such a household; the groups are the person's own, the headship is the household's."""
    own, person = aliased(HouseholdMember), aliased(Participant)
    lives = sa.and_(col(own.household_id) == col(Household.id), current(own))
    joined, groups = _headed(
        sa.join(Household, own, lives).join(person, col(person.id) == col(own.participant_id)), on, rule
    )
    groups |= {
        Dimension.POPULATION_GROUP: reported(col(person.population_group)),
        Dimension.SEX: known(col(person.sex)),
        Dimension.AGE_BAND: age_band(person, on),
        Dimension.DISABILITY: known(col(person.disability)),
    }
    return (
        sa.select(
            col(person.id).label("id"),
            col(person.number).label("number"),
            col(person.is_restricted).label("is_restricted"),
            *_labelled(groups),
        )
        .select_from(joined)
        .where(col(Household.programme_id) == sa.bindparam("programme"), _is_enrolled())
    )


def _businesses(on: date, rule: GroupRule) -> Any:
    """A business is what a plan is for: two grants of one plan are one business. Its groups are its household's."""
    own, owner = aliased(HouseholdMember), aliased(Participant)
    lives = sa.and_(col(own.participant_id) == col(owner.id), current(own))
    joined, groups = _headed(
        sa.join(Plan, owner, col(owner.id) == col(Plan.participant_id))
        .outerjoin(own, lives)
        .outerjoin(Household, col(Household.id) == col(own.household_id)),
        on,
        rule,
    )
    return (
        sa.select(
            col(Plan.id).label("id"),
            col(Plan.number).label("number"),
            sa.or_(col(owner.is_restricted), _restricted_household()).label("is_restricted"),
            *_labelled(groups),
        )
        .select_from(joined)
        .where(col(Plan.programme_id) == sa.bindparam("programme"))
    )


def _scholarships(on: date, rule: GroupRule) -> Any:
    """Scholarships awarded by the day and not cancelled by then; the groups are the trainee's own."""
    own, trainee = aliased(HouseholdMember), aliased(Participant)
    lives = sa.and_(col(own.participant_id) == col(trainee.id), current(own))
    joined, groups = _headed(
        sa.join(Scholarship, trainee, col(trainee.id) == col(Scholarship.participant_id))
        .join(Grant, col(Grant.id) == col(Scholarship.grant_id))
        .outerjoin(own, lives)
        .outerjoin(Household, col(Household.id) == col(own.household_id)),
        on,
        rule,
    )
    groups |= {
        Dimension.POPULATION_GROUP: reported(col(trainee.population_group)),
        Dimension.SEX: known(col(trainee.sex)),
        Dimension.AGE_BAND: age_band(trainee, on),
        Dimension.DISABILITY: known(col(trainee.disability)),
    }
    cancelled = sa.and_(col(Scholarship.state) == "cancelled", col(Scholarship.ended_on) <= day_asked())
    return (
        sa.select(
            col(Scholarship.id).label("id"),
            col(Grant.number).label("number"),
            sa.or_(col(trainee.is_restricted), _restricted_household()).label("is_restricted"),
            *_labelled(groups),
        )
        .select_from(joined)
        .where(
            col(Scholarship.programme_id) == sa.bindparam("programme"),
            col(Grant.awarded_on) <= day_asked(),
            sa.not_(cancelled),
        )
    )


def _courses(on: date, rule: GroupRule) -> Any:
    """A course as it was given once."""
    return _of_nobody(Cohort, col(Cohort.place))


def _activities(on: date, rule: GroupRule) -> Any:
    """An activity of a community."""
    return _of_nobody(Activity, col(Activity.locality))


def _of_nobody(table: Any, place: Any) -> Any:
    """What is nobody's alone, so that its place is the only group it has."""
    nowhere: Any = sa.literal_column(f"'{NOT_COLLECTED}'")
    groups = dict.fromkeys(Dimension, nowhere) | {Dimension.LOCATION: known(place)}
    return sa.select(
        col(table.id).label("id"),
        col(table.number).label("number"),
        sa.false().label("is_restricted"),
        *_labelled(groups),
    ).where(col(table.programme_id) == sa.bindparam("programme"))


BASES: Final[Mapping[Unit, Base]] = MappingProxyType(
    {
        Unit.HOUSEHOLD: Base(Unit.HOUSEHOLD, _households),
        Unit.PERSON: Base(Unit.PERSON, _people),
        Unit.BUSINESS: Base(Unit.BUSINESS, _businesses),
        Unit.COURSE: Base(Unit.COURSE, _courses),
        Unit.ACTIVITY: Base(Unit.ACTIVITY, _activities),
        Unit.SCHOLARSHIP: Base(Unit.SCHOLARSHIP, _scholarships),
    }
)
