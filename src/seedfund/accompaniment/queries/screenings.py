"""Reads of screenings: what is told of a household, version by version."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.showing import shown_households
from seedfund.accompaniment.rules.criteria import ScoreSource
from seedfund.accompaniment.tables.selection import HouseholdScreening
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ScreeningRow:
    """A version of what is told of a household; `score` is thousandths of a point, `income` of a month per person."""

    household_id: Key
    version: int
    score: int | None
    score_source: ScoreSource | None
    income: Money | None
    income_source: ScoreSource | None
    screened_on: date
    reason: str
    recorder: str
    recorded_by: Key


def _screening(*values: Any) -> ScreeningRow:
    household, version, score, source, minor, currency, income_source, screened_on, reason, who, by = values
    return ScreeningRow(
        household_id=household,
        version=version,
        score=score,
        score_source=None if source is None else ScoreSource(source),
        income=None if minor is None else Money(minor, currency),
        income_source=None if income_source is None else ScoreSource(income_source),
        screened_on=screened_on,
        reason=reason,
        recorder=who,
        recorded_by=by,
    )


def _screenings() -> Any:
    return (
        sa.select(
            col(HouseholdScreening.household_id),
            col(HouseholdScreening.version),
            col(HouseholdScreening.score),
            col(HouseholdScreening.score_source),
            col(HouseholdScreening.income_minor),
            col(HouseholdScreening.currency),
            col(HouseholdScreening.income_source),
            col(HouseholdScreening.screened_on),
            col(HouseholdScreening.reason),
            col(Actor.handle),
            col(HouseholdScreening.recorded_by),
        )
        .join(Actor, col(Actor.id) == col(HouseholdScreening.recorded_by))
        .order_by(col(HouseholdScreening.household_id), col(HouseholdScreening.version))
    )


_OF_HOUSEHOLDS: Final = Query(
    _screening,
    lambda: _screenings().where(
        col(HouseholdScreening.household_id).in_(sa.bindparam("households", expanding=True))
    ),
)
_OF_PROGRAMME: Final = Query(
    _screening,
    lambda: _screenings().where(col(HouseholdScreening.programme_id) == sa.bindparam("programme")),
)


def screenings_of(reader: Reader, households: Sequence[Key]) -> Mapping[Key, list[ScreeningRow]]:
    """Every version of the screenings of these households, in order."""
    found: dict[Key, list[ScreeningRow]] = defaultdict(list)
    for row in reader.among(_OF_HOUSEHOLDS, "households", list(households)):
        found[row.household_id].append(row)
    return found


def screened_by(reader: Reader, programme: Key, on: date) -> dict[Key, ScreeningRow]:
    """Of every household screened on a day or before it: the latest version that is of that day or before it."""
    rows = reader.all(_OF_PROGRAMME, programme=programme)
    return {row.household_id: row for row in rows if row.screened_on <= on}


def list_screenings(work: Work) -> list[ScreeningRow]:
    """The latest screening of every household; those of restricted ones only for named roles."""
    rows = {row.household_id: row for row in work.reader().all(_OF_PROGRAMME, programme=work.programme.id)}
    shown = shown_households(work, list(rows))
    return [row for key, row in rows.items() if key in shown]
