"""A frozen table of indicators: what was told, by which definitions, from which rows; and what has changed since.

The content names nobody: rows stand in it as marks (`marks`). Counted again as of the same day with today's books, each
line is the same, or says what changed. Must not know registers or reports.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.people.rules import GROUP_RULE_VERSION, GroupRule
from seedfund.reports.indicators.compute import Counting, count
from seedfund.reports.indicators.declared import INDICATORS, Indicator
from seedfund.reports.indicators.marks import MarkedRow, marks_of, rows_by_indicator, rows_digest, within
from seedfund.reports.indicators.rules import ALL, GROUPING_VERSION, ROUNDING, Dimension, Figure

KIND: Final = "indicators"
"""The kind of a snapshot on the register."""
FORM: Final = "seedfund.indicators/1"
DEFINITION_DOMAIN: Final = "seedfund.indicator.v1"


class Change(StrEnum):
    """What became of a line: nothing, or what is not as it was; the first that holds is told."""

    SAME = "same"
    DEFINITION = "definition_changed"
    NOT_COUNTED = "not_counted"
    FIGURES = "figures_changed"
    ROWS = "other_rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A line then and now. Counts are None where it could not be counted; rows are told as how many came and went."""

    indicator: str
    dimension: Dimension | None
    group: str
    phase: str
    numerator: tuple[int | None, int | None]
    denominator: tuple[int | None, int | None]
    versions: tuple[int, int | None]
    added: int
    removed: int
    base_added: int
    base_removed: int
    change: Change


def definition_hash(indicator: Indicator) -> str:
    """SHA-256 over what an indicator counts, so that a meaning changed without a new version is noticed."""
    meaning = {
        "unit": indicator.unit.value,
        "numerator": list(indicator.numerator),
        "any_of": list(indicator.any_of),
        "denominator": None if indicator.denominator is None else list(indicator.denominator),
        "of_groups": {
            one.value: sorted(words)
            for one, words in sorted((indicator.of_groups or {}).items(), key=lambda item: item[0].value)
        },
    }
    return digest(DEFINITION_DOMAIN, canonical_bytes(meaning))


def group_rule(rule: GroupRule) -> str:
    """The rule by which a household has one group, with its version and that of the grouping."""
    return f"{rule.value}/{GROUP_RULE_VERSION}/{GROUPING_VERSION}"


# Freezing -------------------------------------------------------------------------------------------------------------


def frozen(
    counting: Counting, dimensions: Sequence[Dimension], *, salt: str, books: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The content of a snapshot: every indicator as of the day, line by line, with the marks of its rows.

    `salt` is a key of the snapshot's own, so that marks of two snapshots are never alike; `books` are the heads of the
    books it stands on.
    """
    indicators = list(INDICATORS.values())
    figures = count(counting, indicators, dimensions)
    broken = {one.indicator for one in figures if one.problem}
    rows = rows_by_indicator(counting, [one for one in indicators if one.code not in broken])
    return {
        "form": FORM,
        "as_of": counting.on.isoformat(),
        "salt": salt,
        "group_rule": group_rule(counting.rule),
        "dimensions": [one.value for one in dimensions],
        "rounding": ROUNDING,
        "books": [dict(book) for book in books],
        "definitions": {
            one.code: {"version": one.version, "unit": one.unit.value, "meaning": definition_hash(one)}
            for one in indicators
        },
        "lines": [_line(salt, one, rows.get(one.indicator, [])) for one in figures],
    }


def line_id(figure: Figure) -> str:
    """What a line is about, in one word that no other line of a snapshot has."""
    return "|".join((figure.indicator, figure.phase, figure.dimension or "", figure.group))


def _line(salt: str, figure: Figure, rows: Sequence[MarkedRow]) -> dict[str, Any]:
    indicator = INDICATORS[figure.indicator]
    counted, out_of = _marks(salt, figure, rows)
    return {
        "indicator": figure.indicator,
        "version": indicator.version,
        "unit": indicator.unit.value,
        "dimension": figure.dimension.value if figure.dimension else None,
        "group": figure.group,
        "phase": figure.phase or ALL,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
        "rounding": None if indicator.denominator is None else ROUNDING,
        "problem": figure.problem or None,
        "counted": counted,
        "counted_digest": rows_digest(counted),
        "out_of": out_of,
        "out_of_digest": None if out_of is None else rows_digest(out_of),
    }


def _marks(salt: str, figure: Figure, rows: Sequence[MarkedRow]) -> tuple[list[str], list[str] | None]:
    """The marks of the numerator, and of the denominator where there is one."""
    mine = within(figure, rows)
    line = line_id(figure)
    counted = marks_of(salt, line, [row for row in mine if row.is_counted])
    has_rate = INDICATORS[figure.indicator].denominator is not None
    return counted, marks_of(salt, line, mine) if has_rate else None


# Comparing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as it was frozen."""

    as_of: date
    salt: str
    group_rule: str
    dimensions: tuple[Dimension, ...]
    definitions: Mapping[str, Mapping[str, Any]]
    lines: Sequence[Mapping[str, Any]]


def snapshot_of(content: Mapping[str, Any]) -> Snapshot:
    """A snapshot from its content."""
    return Snapshot(
        as_of=date.fromisoformat(content["as_of"]),
        salt=content["salt"],
        group_rule=content["group_rule"],
        dimensions=tuple(Dimension(name) for name in content["dimensions"]),
        definitions=content["definitions"],
        lines=content["lines"],
    )


def figure_of(line: Mapping[str, Any]) -> Figure:
    """A line as the figure it was."""
    return Figure(
        indicator=line["indicator"],
        dimension=Dimension(line["dimension"]) if line["dimension"] else None,
        group=line["group"],
        phase="" if line["phase"] == ALL else line["phase"],
        numerator=line["numerator"],
        denominator=line["denominator"],
        problem=line["problem"] or "",
    )


@dataclass(frozen=True, slots=True)
class Now:
    """The same table counted again with today's books: figures by line, and the rows of each indicator."""

    figures: Mapping[str, Figure]
    rows: Mapping[str, Sequence[MarkedRow]]


def counted_again(counting: Counting, snapshot: Snapshot) -> Now:
    """The indicators of a snapshot that are still declared, as of its day."""
    indicators = [INDICATORS[code] for code in snapshot.definitions if code in INDICATORS]
    figures = count(counting, indicators, snapshot.dimensions)
    broken = {one.indicator for one in figures if one.problem}
    rows = rows_by_indicator(counting, [one for one in indicators if one.code not in broken])
    return Now({line_id(one): one for one in figures}, rows)


def compared(counting: Counting, snapshot: Snapshot) -> list[Compared]:
    """Every line of a snapshot beside what is counted now, in its order; lines that came since stand last.

    A line is of a group: where nobody falls into it today it counts none, which is a change and no error.
    """
    now = counted_again(counting, snapshot)
    is_same_rule = snapshot.group_rule == group_rule(counting.rule)
    found = [_compare(snapshot, line, now, is_same_rule=is_same_rule) for line in snapshot.lines]
    known = {line_id(figure_of(line)) for line in snapshot.lines}
    fresh = [_fresh(one) for which, one in now.figures.items() if which not in known]
    return found + [
        _compare(snapshot, line, now, is_same_rule=is_same_rule)
        for line in fresh
        if snapshot.definitions.get(line["indicator"])
    ]


def _fresh(figure: Figure) -> dict[str, Any]:
    """A line that did not stand in the snapshot, as the line of nobody that it was."""
    out_of = INDICATORS[figure.indicator].denominator is not None
    return {
        "indicator": figure.indicator,
        "dimension": figure.dimension.value if figure.dimension else None,
        "group": figure.group,
        "phase": figure.phase or ALL,
        "numerator": 0,
        "denominator": 0 if out_of else None,
        "problem": None,
        "counted": [],
        "out_of": [] if out_of else None,
    }


def _compare(snapshot: Snapshot, line: Mapping[str, Any], now: Now, *, is_same_rule: bool) -> Compared:
    then = figure_of(line)
    definition = snapshot.definitions[then.indicator]
    indicator = INDICATORS.get(then.indicator)
    today = _today(then, indicator, now)
    came_and_went = _moved(snapshot, line, then, now)
    is_same_definition = (
        is_same_rule
        and indicator is not None
        and definition["meaning"] == definition_hash(indicator)
        and definition["version"] == indicator.version
    )
    pairs = ((then.numerator, today.numerator), (then.denominator, today.denominator))
    return Compared(
        indicator=then.indicator,
        dimension=then.dimension,
        group=then.group,
        phase=then.phase,
        numerator=pairs[0],
        denominator=pairs[1],
        versions=(definition["version"], None if indicator is None else indicator.version),
        added=came_and_went[0],
        removed=came_and_went[1],
        base_added=came_and_went[2],
        base_removed=came_and_went[3],
        change=_change(
            is_same_definition,
            is_counted=today.numerator is not None and then.numerator is not None,
            is_same_figure=all(one == other for one, other in pairs),
            is_same_rows=not any(came_and_went),
        ),
    )


def _today(then: Figure, indicator: Indicator | None, now: Now) -> Figure:
    """The line as it is counted now; nobody where its group is empty, no figure where it cannot be counted."""
    found = now.figures.get(line_id(then))
    if found is not None:
        return found
    is_lost = indicator is None or then.indicator not in now.rows
    none = None if is_lost else 0
    has_rate = indicator is not None and indicator.denominator is not None
    return Figure(
        indicator=then.indicator,
        dimension=then.dimension,
        group=then.group,
        phase=then.phase,
        numerator=none,
        denominator=none if has_rate else None,
    )


def _moved(snapshot: Snapshot, line: Mapping[str, Any], then: Figure, now: Now) -> tuple[int, int, int, int]:
    """Rows that came to the numerator and left it, and the same of the denominator; none where nothing is counted."""
    if then.indicator not in now.rows or then.numerator is None:
        return (0, 0, 0, 0)
    counted, out_of = _marks(snapshot.salt, then, now.rows[then.indicator])
    return *_difference(line["counted"], counted), *_difference(line["out_of"] or (), out_of or ())


def _difference(then: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """How many marks came, and how many went."""
    before, after = Counter(then), Counter(now)
    return (after - before).total(), (before - after).total()


def _change(
    is_same_definition: bool, *, is_counted: bool, is_same_figure: bool, is_same_rows: bool
) -> Change:
    if not is_same_definition:
        return Change.DEFINITION
    if not is_counted:
        return Change.NOT_COUNTED
    if not is_same_figure:
        return Change.FIGURES
    return Change.SAME if is_same_rows else Change.ROWS
