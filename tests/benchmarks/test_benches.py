"""Every bench runs at a tiny size and tells every field; what it tells is not judged here."""

import dataclasses
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHES
from benchmarks.harness import (
    TINY,
    Measure,
    Place,
    Turns,
    fsync_measure,
    measured,
    read_measures,
    table,
    write_measures,
)


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_measures_and_its_results_are_read_back(name: str, tmp_path: Path) -> None:
    found = BENCHES[name](Place(TINY, tmp_path))
    assert found
    assert all(one.n > 0 and one.limit_seconds > 0 and one.peak_mb > 0 and one.limit for one in found)
    write_measures(tmp_path / "results.json", found)
    assert read_measures(tmp_path / "results.json") == found
    assert all(one.name in table(found) for one in found)


def test_a_ratio_is_taken_turn_by_turn() -> None:
    turns = Turns([1.0, 30.0, 2.0], [1.0, 10.0, 1.0], contender_cpu=[1.0] * 3, limit_cpu=[0.0] * 3)
    assert turns.ratio == 2.0


def test_a_missed_goal_is_said() -> None:
    turns = Turns([3.0], [1.0], contender_cpu=[3.0], limit_cpu=[1.0])
    assert measured("slow", turns, n=1, limit="nothing", goal=2.0).note == "missed by 50 %"
    assert measured("fast", turns, n=1, limit="nothing", goal=3.0).note == ""


def test_the_disk_is_measured_beside(tmp_path: Path) -> None:
    told = fsync_measure(tmp_path)
    assert told.seconds > 0
    assert set(dataclasses.asdict(told)) == {field.name for field in dataclasses.fields(Measure)}
