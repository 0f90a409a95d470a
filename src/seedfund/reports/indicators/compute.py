"""Counting: all indicators of one kind of rows in one pass of conditional sums, and the rows behind one of them.

Each fact is one list of keys; every indicator adds two sums. The groups of all dimensions are grouped by
together, and rolled up in memory. An indicator that cannot be counted is told as a problem, and the others are counted.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.rules import GroupRule
from seedfund.reports.indicators.bases import BASES, ON
from seedfund.reports.indicators.declared import INDICATORS, Indicator
from seedfund.reports.indicators.facts import FACTS, Fact
from seedfund.reports.indicators.rules import ALL, Counted, Dimension, Figure, Unit, figures_of
from seedfund.store.columns import KeyType
from seedfund.store.statements import Query, Reader

LOG: Final = logging.getLogger("seedfund.reports.indicators")
GIVEN_MOST: Final = 30_000
"""How many keys a statement takes as values; SQLite takes 32,766 values in all."""
NOT_COUNTED: Final = "it could not be counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What is counted with: of which programme, on which day, by which rule a household has one group."""

    reader: Reader
    programme: str
    on: date
    rule: GroupRule = GroupRule.HEAD
    facts: Mapping[str, Fact] = field(default_factory=lambda: FACTS)


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row behind an indicator: its number, its groups, and whether it is in the numerator.

    A row of a restricted person has no number for those who may not see it.
    """

    number: str
    groups: Mapping[Dimension, str]
    is_counted: bool
    is_restricted: bool


def count(
    counting: Counting, indicators: Sequence[Indicator], dimensions: Sequence[Dimension]
) -> list[Figure]:
    """The figures of indicators, in the order given: over all and by group of each dimension."""
    found: dict[str, list[Figure]] = {}
    for unit in dict.fromkeys(one.unit for one in indicators):
        of_unit = [one for one in indicators if one.unit is unit]
        for code, figures in _count_unit(counting, unit, of_unit, dimensions).items():
            found[code] = figures
    return [figure for one in indicators for figure in found[one.code]]


def _count_unit(
    counting: Counting, unit: Unit, indicators: Sequence[Indicator], dimensions: Sequence[Dimension]
) -> dict[str, list[Figure]]:
    """Together in one pass; where that fails, each by itself, so that only what cannot be counted is missing."""
    try:
        return _pass(counting, unit, indicators, dimensions)
    except (ValueError, SQLAlchemyError, counting.reader.dialect.loaded_dbapi.Error) as error:
        if len(indicators) > 1:
            alone = [_count_unit(counting, unit, [one], dimensions) for one in indicators]
            return {code: figures for one in alone for code, figures in one.items()}
        LOG.warning("an indicator could not be counted: %s", type(error).__name__)
        return {one.code: [_problem(one)] for one in indicators}


def _problem(indicator: Indicator) -> Figure:
    return Figure(
        indicator=indicator.code,
        dimension=None,
        group=ALL,
        phase="",
        numerator=None,
        denominator=None,
        problem=NOT_COUNTED,
    )


def _pass(
    counting: Counting, unit: Unit, indicators: Sequence[Indicator], dimensions: Sequence[Dimension]
) -> dict[str, list[Figure]]:
    query: Query[Any] = Query(
        lambda *values: values, lambda: one_pass(counting, unit, indicators, dimensions)
    )
    with counting.reader.connection.begin_nested():
        rows = counting.reader.all(query, programme=counting.programme, **{ON: counting.on})
    grouped = _grouped(dimensions)
    codes = [one.code for one in indicators]
    counted = [_counted(row, grouped, codes) for row in rows]
    rates = [one.code for one in indicators if one.denominator is not None]
    figures = figures_of(counted, codes, list(dimensions), rates=rates)
    return {
        one.code: [figure for figure in figures if figure.indicator == one.code and _is_asked(one, figure)]
        for one in indicators
    }


def combinations(counting: Counting, indicator: Indicator, dimensions: Sequence[Dimension]) -> list[Counted]:
    """The counts of one indicator for every combination of groups that occurs, phases among them.

    Raises:
        ValueError, SQLAlchemyError: it cannot be counted.
    """
    query: Query[Any] = Query(
        lambda *values: values, lambda: one_pass(counting, indicator.unit, [indicator], dimensions)
    )
    rows = counting.reader.all(query, programme=counting.programme, **{ON: counting.on})
    return [_counted(row, _grouped(dimensions), [indicator.code]) for row in rows]


def _is_asked(indicator: Indicator, figure: Figure) -> bool:
    """Groups that an indicator does not look at are not told as nothing."""
    wanted = (indicator.of_groups or {}).get(figure.dimension) if figure.dimension else None
    return wanted is None or figure.group in wanted


def _grouped(dimensions: Iterable[Dimension]) -> list[Dimension]:
    """Phases always, since results are told phase by phase."""
    return list(dict.fromkeys((Dimension.PHASE, *dimensions)))


def _counted(row: Sequence[Any], dimensions: Sequence[Dimension], codes: Sequence[str]) -> Counted:
    groups = dict(zip(dimensions, map(str, row), strict=False))
    sums = [int(value or 0) for value in row[len(dimensions) :]]
    return Counted(
        groups,
        dict(zip(codes, sums[::2], strict=True)),
        dict(zip(codes, sums[1::2], strict=True)),
    )


def one_pass(
    counting: Counting, unit: Unit, indicators: Sequence[Indicator], dimensions: Sequence[Dimension]
) -> Any:
    """The statement that counts indicators of one unit: a pair of conditional sums for each."""
    rows, holds = _with_facts(counting, unit, _facts_of(indicators))
    groups = [rows.c[one.value] for one in _grouped(dimensions)]
    sums = []
    for one in indicators:
        out_of = sa.and_(_asked(one, rows, holds), *(holds[name] for name in one.denominator or ()))
        sums += [_sum(sa.and_(out_of, _counts(one, holds))), _sum(out_of)]
    return sa.select(*groups, *sums).group_by(*groups)


def one_pass_of_rows(counting: Counting, unit: Unit, indicators: Sequence[Indicator]) -> Any:
    """The statement of the same rows one by one, with two flags an indicator: looked at, and counted.

    Before them stand key, number, whether restricted, and every group.
    """
    rows, holds = _with_facts(counting, unit, _facts_of(indicators))
    flags = []
    for one in indicators:
        out_of = sa.and_(_asked(one, rows, holds), *(holds[name] for name in one.denominator or ()))
        flags += [_flag(out_of), _flag(sa.and_(out_of, _counts(one, holds)))]
    groups = [rows.c[one.value] for one in Dimension]
    return sa.select(rows.c.id, rows.c.number, rows.c.is_restricted, *groups, *flags).order_by(rows.c.number)


def _flag(condition: Any) -> Any:
    return sa.case((condition, 1), else_=0)


def _sum(condition: Any) -> Any:
    return sa.cast(sa.func.sum(sa.case((condition, 1), else_=0)), sa.BigInteger)


def _facts_of(indicators: Iterable[Indicator]) -> list[str]:
    names = [name for one in indicators for name in (*one.numerator, *one.any_of, *(one.denominator or ()))]
    return list(dict.fromkeys(names))


def _counts(indicator: Indicator, holds: Mapping[str, Any]) -> Any:
    """Whether a row that the indicator looks at is in its numerator."""
    one_of = [sa.or_(*(holds[name] for name in indicator.any_of))] if indicator.any_of else []
    return sa.and_(sa.true(), *(holds[name] for name in indicator.numerator), *one_of)


def _asked(indicator: Indicator, rows: Any, holds: Mapping[str, Any]) -> Any:
    """Whether a row is one that the indicator looks at."""
    groups = indicator.of_groups or {}
    return sa.and_(sa.true(), *(rows.c[one.value].in_(list(words)) for one, words in groups.items()))


def _with_facts(counting: Counting, unit: Unit, names: Sequence[str]) -> tuple[Any, dict[str, Any]]:
    """The rows of a unit with a flag for each fact: whether its keys hold the row."""
    base = BASES[unit].rows(counting.on, counting.rule).subquery("counted")
    flags = []
    for name in names:
        fact = counting.facts[name]
        if fact.unit is not unit:
            raise ValueError(f"the fact {name} is of another unit than {unit}")
        keys = sa.select(fact.keys(counting.on).subquery().c.id)
        if fact.listed is not None:
            keys = _given(name, fact.listed(counting.reader, Key(counting.programme), counting.on))
        # As a list, which is looked up by key: a join of the keys is scanned for every row by some planners.
        flags.append(sa.case((base.c.id.in_(keys), 1), else_=0).label(name))
    rows = sa.select(*base.c, *flags).subquery("rows")
    return rows, {name: rows.c[name] == 1 for name in names}


def _given(name: str, keys: Sequence[Key]) -> Any:
    """Keys that were read before, handed over with the statement."""
    if len(keys) > GIVEN_MOST:
        raise ValueError(f"the fact {name} holds for more rows than a statement takes: {len(keys)}")
    return sa.bindparam(name, value=list(keys), type_=KeyType, expanding=True)


# The rows behind a figure --------------------------------------------------------------------------------------------


def explain(counting: Counting, code: str, *, sees_restricted: bool) -> list[CountedRow]:
    """Every row an indicator looks at, by number, and whether it counts; a restricted one without its number.

    Raises:
        NotFound: there is no such indicator.
    """
    indicator = indicator_of(code)
    query: Query[Any] = Query(lambda *values: values, lambda: _rows_behind(counting, indicator))
    rows = counting.reader.all(query, programme=counting.programme, **{ON: counting.on})
    found = []
    for number, restricted, counted, *groups in rows:
        hidden = bool(restricted) and not sees_restricted
        found.append(
            CountedRow(
                "" if hidden else str(number),
                {} if hidden else dict(zip(Dimension, map(str, groups), strict=True)),
                bool(counted),
                bool(restricted),
            )
        )
    return found


def indicator_of(code: str) -> Indicator:
    """An indicator by its code; dashes and underscores are the same.

    Raises:
        NotFound: there is none.
    """
    found = INDICATORS.get(code.strip().replace("-", "_"))
    if found is None:
        raise NotFound(what="indicator", which=code, look="seedfund report indicators")
    return found


def _rows_behind(counting: Counting, indicator: Indicator) -> Any:
    rows, holds = _with_facts(counting, indicator.unit, _facts_of([indicator]))
    out_of = sa.and_(_asked(indicator, rows, holds), *(holds[name] for name in indicator.denominator or ()))
    counted = _counts(indicator, holds)
    is_listed = out_of if indicator.denominator is not None else sa.and_(out_of, counted)
    return (
        sa.select(
            rows.c.number,
            rows.c.is_restricted,
            sa.case((counted, 1), else_=0),
            *(rows.c[one.value] for one in Dimension),
        )
        .where(is_listed)
        .order_by(rows.c.number)
    )
