"""What every bench shares: sizes, taking turns, medians, files on a real disk, the time of one fsync."""

import json
import os
import resource
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

BLOCK: Final = 4096
FSYNCS: Final = 200


@dataclass(frozen=True)
class Sizes:
    """How much is done: commands a repetition, payments in the long list, rows of the small and the large book.

    `grants` is how many grants the rows of a book are spread over, the same for both books; `households` are counted by
    indicators, `cohorts` of 20 people and 100 sessions have registers; ledgers of two lengths and
    `papers` agreements are printed.
    """

    commands: int
    payments: int
    small: int
    large: int
    grants: int
    repetitions: int
    starts: int
    households: int
    cohorts: int
    pages_short: int
    pages_long: int
    papers: int


FULL: Final = Sizes(
    commands=100,
    payments=10_000,
    small=10_000,
    large=1_000_000,
    grants=2_000,
    repetitions=3,
    starts=15,
    households=200_000,
    cohorts=500,
    pages_short=10_000,
    pages_long=100_000,
    papers=500,
)
TINY: Final = Sizes(
    commands=2,
    payments=3,
    small=10,
    large=20,
    grants=2,
    repetitions=1,
    starts=1,
    households=30,
    cohorts=1,
    pages_short=60,
    pages_long=120,
    papers=3,
)


@dataclass(frozen=True)
class Place:
    """Where a run works: its sizes, its folder on disk, and whether databases of older sources may be used again."""

    sizes: Sizes
    folder: Path
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One line of the results. Seconds are medians; `ratio` is the median of the ratios of each turn."""

    name: str
    n: int
    seconds: float
    limit: str
    limit_seconds: float
    ratio: float
    peak_mb: float
    goal: float | None
    note: str


@dataclass(frozen=True)
class Turns:
    """Seconds of contender and limit, turn by turn, on the wall and of the processor."""

    contender: Sequence[float]
    limit: Sequence[float]
    contender_cpu: Sequence[float]
    limit_cpu: Sequence[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(ours / bare for ours, bare in zip(self.contender, self.limit, strict=True))

    @property
    def above(self) -> float:
        """The median of what the contender took more of the processor, in seconds: no wait for the disk counts."""
        return median(ours - bare for ours, bare in zip(self.contender_cpu, self.limit_cpu, strict=True))


Work = Callable[[], object]


def take_turns(pairs: Iterable[tuple[Work, Work]]) -> Turns:
    """Run each (contender, limit), the one first, then the other first, and time both."""
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    for turn, (contender, limit) in enumerate(pairs):
        if turn % 2:
            bare.append(timed(limit))
            ours.append(timed(contender))
        else:
            ours.append(timed(contender))
            bare.append(timed(limit))
    return _turns(ours, bare)


def _turns(ours: Sequence[tuple[float, float]], bare: Sequence[tuple[float, float]]) -> Turns:
    return Turns(
        [wall for wall, _ in ours],
        [wall for wall, _ in bare],
        contender_cpu=[cpu for _, cpu in ours],
        limit_cpu=[cpu for _, cpu in bare],
    )


def together(turns: Sequence[Turns]) -> Turns:
    """The turns of several repetitions as one."""
    return Turns(
        [second for one in turns for second in one.contender],
        [second for one in turns for second in one.limit],
        contender_cpu=[second for one in turns for second in one.contender_cpu],
        limit_cpu=[second for one in turns for second in one.limit_cpu],
    )


def timed(work: Work) -> tuple[float, float]:
    """How long it takes once: seconds on the wall, seconds of the processor."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def measured(name: str, turns: Turns, *, n: int, limit: str, goal: float, note: str = "") -> Measure:
    """The line of a bench; a goal that is missed is said in the note."""
    return Measure(
        name=name,
        n=n,
        seconds=median(turns.contender),
        limit=limit,
        limit_seconds=median(turns.limit),
        ratio=round(turns.ratio, 3),
        peak_mb=peak_mb(),
        goal=goal,
        note=_judged(turns.ratio, goal, note),
    )


def measured_above(name: str, turns: Turns, *, n: int, budget: float, note: str = "") -> Measure:
    """The line for the contender's own time above the limit, against a budget in seconds of the processor."""
    ratio = turns.above / budget
    return Measure(
        name=name,
        n=n,
        seconds=turns.above,
        limit=f"a budget of {budget * 1000:g} ms",
        limit_seconds=budget,
        ratio=round(ratio, 3),
        peak_mb=peak_mb(),
        goal=1.0,
        note=_judged(ratio, 1.0, note),
    )


def _judged(ratio: float, goal: float, note: str) -> str:
    missed = f"missed by {(ratio / goal - 1) * 100:.0f} %" if ratio > goal else ""
    return "; ".join(part for part in (missed, note) if part)


def peak_mb() -> float:
    """The most memory this process ever held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def fresh_copy(source: Path, name: str) -> Path:
    """A copy of a database beside it, on disk before anybody is timed."""
    target = source.with_name(name)
    for ending in ("", "-journal", "-wal", "-shm"):
        target.with_name(name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    return target


def removed(*paths: Path) -> None:
    """Copies of databases that are done with go, and their journals."""
    for path in paths:
        for ending in ("", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def fsync_measure(folder: Path) -> Measure:
    """What one durable block costs here: every commit pays it at least once."""
    path = folder / "fsync.tmp"
    took = []
    with path.open("wb", buffering=0) as file:
        for _ in range(FSYNCS):
            started = perf_counter()
            file.seek(0)
            file.write(os.urandom(BLOCK))
            os.fsync(file.fileno())
            took.append(perf_counter() - started)
    path.unlink()
    took.sort()
    return Measure(
        name="fsync of 4 KiB",
        n=FSYNCS,
        seconds=median(took),
        limit="the disk",
        limit_seconds=median(took),
        ratio=1.0,
        peak_mb=peak_mb(),
        goal=None,
        note=f"9 of 10 within {took[FSYNCS * 9 // 10] * 1000:.2f} ms",
    )


def write_measures(path: Path, measures: Sequence[Measure]) -> None:
    """Write results as JSON, one object a line of the table."""
    text = json.dumps([asdict(one) for one in measures], indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_measures(path: Path) -> list[Measure]:
    """Results as written."""
    return [Measure(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def table(measures: Sequence[Measure]) -> str:
    """Results as people read them."""
    head = f"{'':48} {'n':>9} {'seconds':>10} {'limit':>10} {'ratio':>7} {'goal':>6} {'MB':>6}"
    rows = [
        f"{one.name:48} {one.n:>9,} {one.seconds:>10.5f} {one.limit_seconds:>10.5f} {one.ratio:>7.2f} "
        f"{'' if one.goal is None else one.goal:>6} {one.peak_mb:>6.0f}\n    over {one.limit}"
        + (f"; {one.note}" if one.note else "")
        for one in measures
    ]
    return "\n".join((head, *rows))
