"""Figures of indicators: rounding, rolling up, and hiding of small cells. Must not know queries or rows.

Every percentage keeps its two counts; nothing is counted twice; what was not collected is a group of its own, never a
zero and never left out of a total (domain: indicators, disaggregation).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.people.rules import PopulationGroup

SMALL_CELL: Final = 5
"""Counts below it can point at a person: hidden where a table is shared (domain: disaggregation)."""
NOT_COLLECTED: Final = "not_collected"
ALL: Final = "all"
ROUNDING: Final = "half up, two decimals"

AGE_BANDS: Final = (0, 5, 12, 18, 60)
"""The first year of each band; the last has no end. The bands of UNHCR's population figures."""

GROUPING_VERSION: Final = 1
"""Rises when `GROUPING` changes, so that an old table can be counted again as it was."""
GROUPING: Final[Mapping[str, str]] = MappingProxyType(
    {group.value: group.value for group in PopulationGroup}
    | {PopulationGroup.ASYLUM_SEEKER.value: PopulationGroup.REFUGEE.value}
)
"""The group each population group is reported in: who asks for asylum is counted with refugees."""


class Unit(StrEnum):
    """What one count of an indicator is. Figures of different units are never set against each other."""

    HOUSEHOLD = "household"
    PERSON = "person"
    BUSINESS = "business"
    COURSE = "course"
    SCHOLARSHIP = "scholarship"
    ACTIVITY = "activity"


class Dimension(StrEnum):
    """By what figures are told apart; of a household the sex, age and disability are its head's."""

    PHASE = "phase"
    POPULATION_GROUP = "population_group"
    SEX = "sex"
    AGE_BAND = "age_band"
    DISABILITY = "disability"
    LOCATION = "location"
    HEADSHIP = "headship"


def dimensions_of(names: Iterable[str]) -> tuple[Dimension, ...]:
    """Dimensions by name, `-` and `_` the same; population group where none is named, every one for `all`.

    Raises:
        InvalidInput: there is no such dimension.
    """
    wanted = [name.strip().replace("-", "_") for name in names]
    if ALL in wanted:
        return tuple(Dimension)
    known = [one.value for one in Dimension]
    # In quotes they stay as they have to be typed, whatever the language.
    typed = ", ".join(f"`{name}`" for name in known)
    for name in wanted:
        if name not in known:
            raise InvalidInput(
                field="by",
                problem=f"there is no dimension {name!r}",
                remedy=f"use {typed} or {ALL}",
            )
    return tuple(Dimension(name) for name in wanted) or (Dimension.POPULATION_GROUP,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: of an indicator, for one group of one dimension (`all` of none), within a phase or over all.

    `denominator` is None for a plain count. `problem` says why there is no figure; then both counts are None.
    `is_hidden` where it is not told because it is small, or because a small one could be worked out from it.
    """

    indicator: str
    dimension: Dimension | None
    group: str
    phase: str
    numerator: int | None
    denominator: int | None
    problem: str = ""
    is_hidden: bool = False

    @property
    def value(self) -> str | None:
        """The count, or the percentage in two decimals; None where nothing is told or nobody is counted."""
        if self.numerator is None or self.is_hidden:
            return None
        if self.denominator is None:
            return str(self.numerator)
        return percentage(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of several indicators for one combination of groups, one for each dimension."""

    groups: Mapping[Dimension, str]
    numerators: Mapping[str, int]
    denominators: Mapping[str, int]


def percentage(numerator: int, denominator: int) -> str | None:
    """`94.67` of 213 in 225: half up, two decimals, worked out in whole numbers; None of nobody."""
    if denominator == 0:
        return None
    hundredths = (numerator * 20_000 + denominator) // (2 * denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def band_of(first: int) -> str:
    """`18-59`, or `60+`, by the first year of a band."""
    later = [start for start in AGE_BANDS if start > first]
    return f"{first}-{later[0] - 1}" if later else f"{first}+"


def figures_of(
    counted: Sequence[Counted],
    indicators: Sequence[str],
    dimensions: Sequence[Dimension],
    *,
    rates: Iterable[str],
) -> list[Figure]:
    """Every indicator over all and by group of each dimension, over all phases and within each, in a fixed order."""
    with_rate = frozenset(rates)
    phases = ["", *sorted({one.groups[Dimension.PHASE] for one in counted if one.groups[Dimension.PHASE]})]
    found = []
    for phase in phases if len(phases) > 2 else phases[:1]:
        rows = [one for one in counted if phase in ("", one.groups[Dimension.PHASE])]
        for code in indicators:
            found.append(_sum((code, phase, None, ALL), rows, is_rate=code in with_rate))
            for dimension in dimensions:
                for group in sorted({one.groups[dimension] for one in rows}, key=_last_unknown):
                    of_group = [one for one in rows if one.groups[dimension] == group]
                    found.append(_sum((code, phase, dimension, group), of_group, is_rate=code in with_rate))
    return found


def _last_unknown(group: str) -> tuple[bool, str]:
    return group == NOT_COLLECTED, group


def _sum(place: tuple[str, str, Dimension | None, str], rows: Sequence[Counted], *, is_rate: bool) -> Figure:
    """What the rows of one place (indicator, phase, dimension, group) add up to."""
    code, phase, dimension, group = place
    return Figure(
        indicator=code,
        dimension=dimension,
        group=group,
        phase=phase,
        numerator=sum(row.numerators[code] for row in rows),
        denominator=sum(row.denominators[code] for row in rows) if is_rate else None,
    )


# Small cells ---------------------------------------------------------------------------------------------------------


def hide_small(figures: Sequence[Figure], *, least: int = SMALL_CELL) -> list[Figure]:
    """The same figures with small ones hidden, and beside each as many others as keep it from being worked out.

    A figure is small when it counts fewer than `least` and somebody, on either side of a rate. Within the groups of a
    dimension a lone hidden figure is what the total leaves over: the smallest other one is hidden with it, until the
    hidden ones together count `least`. A total that is small itself hides all of its groups.
    """
    hidden: set[int] = {index for index, one in enumerate(figures) if _is_small(one, least)}
    sets, before = _sets(figures), -1
    while len(hidden) > before:
        # What is hidden for one sum may stand alone in another.
        before = len(hidden)
        for total, *groups in sets:
            if total in hidden:
                hidden.update(groups)
            else:
                _hide_beside(figures, groups, hidden, least)
    return [replace(one, is_hidden=True) if index in hidden else one for index, one in enumerate(figures)]


def _is_small(figure: Figure, least: int) -> bool:
    if figure.numerator is None:
        return False
    counts = [figure.numerator]
    if figure.denominator is not None:
        counts += [figure.denominator, figure.denominator - figure.numerator]
    return any(0 < count < least for count in counts)


def _sets(figures: Sequence[Figure]) -> list[list[int]]:
    """The places of figures that add up to one of them: it comes first. Groups to their total, phases to the whole."""
    at = {(one.indicator, one.phase, one.dimension, one.group): index for index, one in enumerate(figures)}
    sets: dict[tuple[str, ...], list[int]] = {}
    for index, one in enumerate(figures):
        if one.dimension is not None:
            total = at[one.indicator, one.phase, None, ALL]
            sets.setdefault((one.indicator, one.phase, one.dimension), [total]).append(index)
        if one.phase and (one.indicator, "", one.dimension, one.group) in at:
            whole = at[one.indicator, "", one.dimension, one.group]
            key = (one.indicator, "", one.dimension or "", one.group, "phases")
            sets.setdefault(key, [whole]).append(index)
    return list(sets.values())


def _hide_beside(figures: Sequence[Figure], places: Sequence[int], hidden: set[int], least: int) -> None:
    """Hide the smallest of the others until the hidden ones cannot be told from the total alone."""
    others = sorted(
        (place for place in places if place not in hidden), key=lambda place: _size(figures[place])
    )
    mine = [place for place in places if place in hidden]
    while mine and others and (len(mine) < 2 or sum(_size(figures[place]) for place in mine) < least):
        mine.append(others.pop(0))
    hidden.update(mine)


def _size(figure: Figure) -> int:
    return figure.numerator or 0
