"""Figures of indicators: rounding with both counts, roll-ups that add up, small cells that stay hidden."""

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.people.rules import AgeSource, Birth, PopulationGroup, age_on
from seedfund.reports.indicators.bases import latest_birth
from seedfund.reports.indicators.rules import (
    AGE_BANDS,
    ALL,
    GROUPING,
    SMALL_CELL,
    Counted,
    Dimension,
    Figure,
    band_of,
    dimensions_of,
    figures_of,
    hide_small,
    percentage,
)

GROUP = Dimension.POPULATION_GROUP
DIMENSIONS = (GROUP, Dimension.SEX)


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        (213, 225, "94.67"),
        (214, 225, "95.11"),
        (180, 225, "80.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 8, "12.50"),
        (0, 225, "0.00"),
        (0, 0, None),
    ],
)
def test_a_percentage_is_rounded_half_up_to_two_decimals_and_of_nobody_there_is_none(
    numerator: int, denominator: int, told: str | None
) -> None:
    assert percentage(numerator, denominator) == told


def test_who_asks_for_asylum_is_reported_with_refugees_and_everybody_else_by_their_own_group() -> None:
    moved = {own: told for own, told in GROUPING.items() if own != told}

    assert moved == {"asylum_seeker": "refugee"}
    assert set(GROUPING) == {group.value for group in PopulationGroup}


def test_the_bands_follow_each_other_without_a_gap() -> None:
    assert [band_of(first) for first in AGE_BANDS] == ["0-4", "5-11", "12-17", "18-59", "60+"]


def test_dimensions_are_asked_by_name_and_an_unknown_one_names_those_there_are() -> None:
    assert dimensions_of(()) == (GROUP,)
    assert dimensions_of(("sex", "age-band")) == (Dimension.SEX, Dimension.AGE_BAND)
    assert dimensions_of(("all",)) == tuple(Dimension)
    with pytest.raises(InvalidInput, match="population_group"):
        dimensions_of(("colour",))


def test_29_february_is_had_on_the_28th_of_a_plain_year_as_ages_are_counted_elsewhere() -> None:
    born = Birth(AgeSource.DOCUMENT, born_on=date(2008, 2, 29))

    for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)):
        assert (age_on(born, day) >= 18) == (date(2008, 2, 29) <= latest_birth(18, day))


@given(st.dates(date(1930, 1, 1), date(2026, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_last_day_of_birth_for_an_age_is_the_last_one_that_has_it(born: date, day: date) -> None:
    if born > day:
        return
    age = age_on(Birth(AgeSource.DOCUMENT, born_on=born), day)

    for years in (0, 5, 12, 18, 60):
        assert (age >= years) == (born <= latest_birth(years, day))


# Roll-ups ------------------------------------------------------------------------------------------------------------

CELLS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B"]),
        st.sampled_from(["refugee", "host", "not_collected"]),
        st.sampled_from(["female", "male"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=12,
)


def counted(cells: Sequence[tuple[str, str, str, int, int]]) -> list[Counted]:
    return [
        Counted({Dimension.PHASE: phase, GROUP: group, Dimension.SEX: sex}, {"x": part}, {"x": part + rest})
        for phase, group, sex, part, rest in cells
    ]


@given(CELLS)
def test_the_groups_of_every_dimension_add_up_to_the_total_and_phases_to_the_whole(
    cells: list[tuple[str, str, str, int, int]],
) -> None:
    figures = figures_of(counted(cells), ["x"], DIMENSIONS, rates=["x"])
    totals = {one.phase: one for one in figures if one.dimension is None}

    for phase, dimension in product(totals, DIMENSIONS):
        groups = [one for one in figures if one.phase == phase and one.dimension is dimension]
        assert sum(one.numerator or 0 for one in groups) == totals[phase].numerator
        assert sum(one.denominator or 0 for one in groups) == totals[phase].denominator
    if len(totals) > 1:
        parts = [one.numerator or 0 for phase, one in totals.items() if phase]
        assert sum(parts) == totals[""].numerator


def test_a_programme_of_one_phase_is_told_once() -> None:
    figures = figures_of(counted([("A", "host", "female", 3, 1)]), ["x"], (GROUP,), rates=[])

    assert [(one.phase, one.group, one.numerator, one.denominator) for one in figures] == [
        ("", ALL, 3, None),
        ("", "host", 3, None),
    ]


# Small cells ---------------------------------------------------------------------------------------------------------


def figure(group: str, numerator: int, denominator: int | None = None) -> Figure:
    return Figure(
        indicator="x",
        dimension=None if group == ALL else GROUP,
        group=group,
        phase="",
        numerator=numerator,
        denominator=denominator,
    )


def hidden(*figures: Figure) -> set[str]:
    return {one.group for one in hide_small(figures) if one.is_hidden}


@pytest.mark.parametrize(
    ("figures", "told_nothing_of"),
    [
        ((figure(ALL, 50), figure("a", 30), figure("b", 20)), set()),
        ((figure(ALL, 52), figure("a", 30), figure("b", 20), figure("c", 2)), {"b", "c"}),
        ((figure(ALL, 34), figure("a", 30), figure("b", 2), figure("c", 2)), {"a", "b", "c"}),
        ((figure(ALL, 36), figure("a", 30), figure("b", 3), figure("c", 3)), {"b", "c"}),
        ((figure(ALL, 30), figure("a", 30), figure("b", 0)), set()),
        ((figure(ALL, 3), figure("a", 3), figure("b", 0)), {ALL, "a", "b"}),
        ((figure(ALL, 48, 50), figure("a", 28, 30), figure("b", 20, 20)), {ALL, "a", "b"}),
    ],
)
def test_a_small_count_is_hidden_with_as_many_others_as_keep_it_from_being_worked_out(
    figures: tuple[Figure, ...], told_nothing_of: set[str]
) -> None:
    assert hidden(*figures) == told_nothing_of


@given(CELLS)
def test_nothing_hidden_can_be_worked_out_from_what_a_shared_table_tells(
    cells: list[tuple[str, str, str, int, int]],
) -> None:
    figures = hide_small(figures_of(counted(cells), ["x"], DIMENSIONS, rates=[]))
    totals = {one.phase: one for one in figures if one.dimension is None}

    assert all(one.is_hidden or one.numerator == 0 or (one.numerator or 0) >= SMALL_CELL for one in figures)
    for phase, dimension in product(totals, DIMENSIONS):
        groups = [one for one in figures if one.phase == phase and one.dimension is dimension]
        unknown = [one for one in groups if one.is_hidden]
        if totals[phase].is_hidden:
            assert len(unknown) == len(groups)
        elif unknown and len(unknown) < len(groups):
            assert len(unknown) > 1
            assert sum(one.numerator or 0 for one in unknown) >= SMALL_CELL
