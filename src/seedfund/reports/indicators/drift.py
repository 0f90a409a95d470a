"""A frozen table beside the same counted again: line by line, or the rows that came and went behind one indicator."""

from collections.abc import Sequence
from typing import Any, Final

from seedfund.kernel.errors import NotFound
from seedfund.reports.books.columns import code, text
from seedfund.reports.indicators.compute import NOT_COUNTED, Counting, indicator_of
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.marks import every_row, mark
from seedfund.reports.indicators.report import NOT_SHOWN, group_word, json_number
from seedfund.reports.indicators.rules import ALL, Figure
from seedfund.reports.indicators.snapshot import (
    Change,
    Compared,
    Snapshot,
    counted_again,
    figure_of,
    line_id,
)
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

COLUMNS: Final[tuple[Column, ...]] = (
    text("indicator", "Indicator", width=38),
    text("phase", "Phase", width=10, is_optional=True),
    text("dimension", "By", width=12, is_optional=True),
    text("group", "Group", width=14),
    Column("then", "Then", Kind.INTEGER),
    Column("now", "Now", Kind.INTEGER),
    Column("rate_then", "Rate then", Kind.RATE, is_optional=True),
    Column("rate_now", "Rate now", Kind.RATE, is_optional=True),
    Column("added", "Rows added", Kind.INTEGER, is_optional=True),
    Column("removed", "Rows removed", Kind.INTEGER, is_optional=True),
    Column("base_added", "Added to those looked at", Kind.INTEGER, is_optional=True),
    Column("base_removed", "Removed from those looked at", Kind.INTEGER, is_optional=True),
    text("change", "What changed", width=20),
)
ROW_COLUMNS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=14),
    text("part", "Counted", width=22),
    text("change", "What changed", width=12),
)


def drift_report(compared: Sequence[Compared], *, number: str, standing: Standing) -> Report:
    """The lines of a snapshot, each as it was told and as it is counted now."""
    changed = sum(one.change is not Change.SAME for one in compared)
    return Report(
        name="indicators_snapshot",
        title=Phrase("Indicators against a frozen snapshot"),
        scope=number,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows=[_row(one) for one in compared]),),
        notes=(
            phrase(
                "{same} of {lines} lines are the same as on the day they were frozen.",
                same=len(compared) - changed,
                lines=len(compared),
            ),
            *_definitions(compared),
        ),
    )


def _definitions(compared: Sequence[Compared]) -> list[Phrase]:
    """Which definitions are other ones today."""
    found = {}
    for one in compared:
        if one.change is Change.DEFINITION:
            found[one.indicator] = one.versions
    return [
        phrase("The definition of {indicator} was version {then}.", indicator=name, then=then)
        if now is None
        else phrase(
            "The definition of {indicator} was version {then} and is version {now}, or its groups are told by another "
            "rule.",
            indicator=name,
            then=then,
            now=now,
        )
        for name, (then, now) in found.items()
    ]


def _row(one: Compared) -> Row:
    counts: list[Cell] = [NotKnown(NOT_COUNTED) if count is None else count for count in one.numerator]
    moved = (one.added, one.removed, one.base_added, one.base_removed)
    indicator = INDICATORS.get(one.indicator)
    return (
        Word(indicator.title) if indicator is not None else one.indicator,
        Word(one.phase) if one.phase else None,
        None if one.dimension is None else word(one.dimension.value),
        group_word(one.group),
        *counts,
        _rate(one, 0),
        _rate(one, 1),
        *(count or None for count in moved),
        word(one.change.value),
    )


def _rate(one: Compared, place: int) -> Cell:
    numerator, denominator = one.numerator[place], one.denominator[place]
    return None if numerator is None or denominator is None else Rate(numerator, denominator)


def drift_list(compared: Sequence[Compared], *, number: str, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The same as plain objects: the figures then and now, and how many rows came and went."""
    return [
        {
            "snapshot": number,
            "as_of": snapshot.as_of.isoformat(),
            "indicator": one.indicator,
            "dimension": None if one.dimension is None else one.dimension.value,
            "group": one.group,
            "phase": one.phase or ALL,
            "version_then": one.versions[0],
            "version_now": one.versions[1],
            "numerator_then": one.numerator[0],
            "numerator_now": one.numerator[1],
            "denominator_then": one.denominator[0],
            "denominator_now": one.denominator[1],
            "value_then": _value(one, 0),
            "value_now": _value(one, 1),
            "rows_added": one.added,
            "rows_removed": one.removed,
            "base_added": one.base_added,
            "base_removed": one.base_removed,
            "change": one.change.value,
        }
        for one in compared
    ]


def _value(one: Compared, place: int) -> int | float | None:
    return json_number(one.numerator[place], one.denominator[place])


# Rows that came and went ----------------------------------------------------------------------------------------------


def moved_report(
    counting: Counting, snapshot: Snapshot, name: str, *, sees_restricted: bool, standing: Standing
) -> Report:
    """The rows that came to an indicator or left it since it was frozen, over all groups, each by its number.

    Raises:
        NotFound: there is no such indicator, or it does not stand in the snapshot.
    """
    indicator = indicator_of(name)
    whole = Figure(
        indicator=indicator.code, dimension=None, group=ALL, phase="", numerator=None, denominator=None
    )
    lines = {line_id(figure_of(line)): line for line in snapshot.lines}
    line = lines.get(line_id(whole))
    if line is None:
        raise NotFound(what="indicator", which=indicator.code, look="seedfund report indicators")
    now = counted_again(counting, snapshot).rows.get(indicator.code, [])
    known = {
        mark(snapshot.salt, line_id(whole), key): (number, hidden)
        for key, number, hidden in every_row(counting, indicator.unit)
    }
    rows = []
    for part, then, keys in (
        ("counted", line["counted"], [one.key for one in now if one.is_counted]),
        ("looked at", line["out_of"], [one.key for one in now]),
    ):
        if then is None:
            continue
        today = {mark(snapshot.salt, line_id(whole), key) for key in keys}
        moved = [("added", one) for one in today - set(then)] + [
            ("removed", one) for one in set(then) - today
        ]
        rows += sorted(
            (
                (_named(known.get(which), sees_restricted=sees_restricted), Word(part), Word(change))
                for change, which in moved
            ),
            key=_by_number,
        )
    return Report(
        name="indicators_snapshot_rows",
        title=Phrase(indicator.title),
        scope=indicator.code,
        standing=standing,
        columns=ROW_COLUMNS,
        sections=(Section(rows=rows),),
        notes=(Phrase("Rows that came or went since the figures were frozen, over all groups."),),
    )


def _named(found: tuple[str, bool] | None, *, sees_restricted: bool) -> Cell:
    if found is None:
        return NotKnown("it is no longer in the books")
    number, is_restricted = found
    return NotKnown(NOT_SHOWN) if is_restricted and not sees_restricted else number


def _by_number(row: Row) -> tuple[bool, str, str]:
    number, _, change = row
    return isinstance(number, NotKnown), str(number), str(change)
