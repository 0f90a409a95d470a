"""Indicators as a table, as a list for programs, and the rows behind one of them. Must not know databases.

Every figure carries its two counts, the day, and how it is rounded; what is not told says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.people.rules import GROUP_RULE_VERSION, GroupRule
from seedfund.reports.books.columns import code, text
from seedfund.reports.indicators.compute import CountedRow
from seedfund.reports.indicators.declared import INDICATORS, Indicator
from seedfund.reports.indicators.rules import (
    ALL,
    GROUPING_VERSION,
    NOT_COLLECTED,
    ROUNDING,
    Dimension,
    Figure,
    percentage,
)
from seedfund.reports.indicators.snapshot import group_rule
from seedfund.reports.queries.words import word
from seedfund.reports.value import (
    Cell,
    Column,
    Kind,
    NotKnown,
    Phrase,
    Rate,
    Report,
    Row,
    Section,
    Standing,
    Word,
    phrase,
)

NOT_TOLD: Final = "not told: too few people"
NOT_SHOWN: Final = "shown to named roles only"
COLUMNS: Final[tuple[Column, ...]] = (
    text("indicator", "Indicator", width=44),
    text("dimension", "By", width=14, is_optional=True),
    text("group", "Group", width=16),
    Column("count", "Count", Kind.INTEGER),
    Column("rate", "Rate", Kind.RATE),
    text("unit", "Unit", width=12),
    code("source", "Source", width=14),
)
ROW_COLUMNS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=14),
    text("counted", "Counted", width=9),
    text("phase", "Programme phase", width=14),
    *(
        text(one.value, one.value.replace("_", " ").capitalize(), width=14)
        for one in Dimension
        if one is not Dimension.PHASE
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of indicators: the figures, the rule by which a household has one group, the day."""

    figures: Sequence[Figure]
    rule: GroupRule
    as_of: date
    is_shared: bool = False


def indicators_report(told: Told, *, scope: str, standing: Standing) -> Report:
    """The table: over all phases, then phase by phase."""
    phases = list(dict.fromkeys(one.phase for one in told.figures))
    return Report(
        name="indicators",
        title=Phrase("Indicators"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=tuple(
            Section(
                rows=[_row(one) for one in told.figures if one.phase == phase],
                title=_phase_title(phase) if len(phases) > 1 else None,
            )
            for phase in phases
        ),
        notes=_notes(told),
    )


def _phase_title(phase: str) -> Phrase:
    return phrase("Phase {phase}", phase=phase) if phase else Phrase("All phases")


def _notes(told: Told) -> tuple[Phrase, ...]:
    rule = phrase(
        "A household of several groups is counted by the rule {rule} (version {version}); who asks for asylum is "
        "counted with refugees (grouping {grouping}).",
        rule=Word(told.rule.value),
        version=GROUP_RULE_VERSION,
        grouping=GROUPING_VERSION,
    )
    small = Phrase("Small counts are not told, nor those from which they could be worked out.")
    return (rule, small) if told.is_shared else (rule,)


def _row(figure: Figure) -> Row:
    indicator = INDICATORS[figure.indicator]
    return (
        Word(indicator.title),
        None if figure.dimension is None else Word(figure.dimension.value),
        group_word(figure.group),
        _count(figure),
        _rate(figure),
        Word(indicator.unit.value),
        indicator.source,
    )


def _count(figure: Figure) -> Cell:
    if figure.problem:
        return NotKnown(figure.problem)
    return NotKnown(NOT_TOLD) if figure.is_hidden else figure.numerator


def _rate(figure: Figure) -> Cell:
    if figure.numerator is None or figure.denominator is None or figure.is_hidden:
        return None
    return Rate(figure.numerator, figure.denominator)


def indicators_list(told: Told) -> list[dict[str, Any]]:
    """The figures as plain objects: `value` is the count, or the percentage, or null with the reason in `problem`."""
    return [_plain(one, INDICATORS[one.indicator], told) for one in told.figures]


def _plain(figure: Figure, indicator: Indicator, told: Told) -> dict[str, Any]:
    is_told = not figure.is_hidden and not figure.problem
    return {
        "indicator": figure.indicator,
        "group": figure.group,
        "numerator": figure.numerator if is_told else None,
        "denominator": figure.denominator if is_told else None,
        "value": json_number(figure.numerator, figure.denominator) if is_told else None,
        "as_of": told.as_of.isoformat(),
        "dimension": None if figure.dimension is None else figure.dimension.value,
        "phase": figure.phase or ALL,
        "unit": indicator.unit.value,
        "is_rate": indicator.denominator is not None,
        "rounding": ROUNDING if indicator.denominator is not None else None,
        "title": indicator.title,
        "source": indicator.source,
        "version": indicator.version,
        "group_rule": group_rule(told.rule),
        "problem": figure.problem or (NOT_TOLD if figure.is_hidden else None),
    }


def json_number(numerator: int | None, denominator: int | None) -> int | float | None:
    """A count, or a percentage with its two decimals, as JSON has numbers; None of nobody.

    The only fraction of the house: it is written out and read by nobody again, and the two counts stand exact beside
    it.
    """
    if numerator is None or denominator is None:
        return numerator
    found = percentage(numerator, denominator)
    return None if found is None else float(found)


def rows_report(
    indicator: Indicator, rows: Sequence[CountedRow], *, scope: str, standing: Standing
) -> Report:
    """The rows behind an indicator, each with its groups and whether it counts."""
    counted = sum(row.is_counted for row in rows)
    return Report(
        name="indicator_rows",
        title=Phrase(indicator.title),
        scope=scope,
        standing=standing,
        columns=ROW_COLUMNS,
        sections=(Section(rows=[_row_behind(row) for row in rows]),),
        notes=(phrase("{counted} of {rows} rows are counted.", counted=counted, rows=len(rows)),),
    )


def group_word(group: str) -> Word:
    """How a group is read; a place keeps its name or code as it is."""
    return word(group) if group == NOT_COLLECTED else Word(group)


def _row_behind(row: CountedRow) -> Row:
    groups = [group_word(row.groups[one]) if row.groups else NotKnown(NOT_SHOWN) for one in Dimension]
    return (row.number or NotKnown(NOT_SHOWN), Word("yes" if row.is_counted else "no"), *groups)
