"""`python -m benchmarks [NAME ...]`: run every bench in a process of its own, print a table, write the results.

`--keep` uses prepared databases again although the sources changed since they were made.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks import (
    agreements,
    attendance,
    disbursement,
    growth,
    importing,
    indicators,
    ledger_pages,
    likeness,
    payment_list,
    scripts,
    startup,
)
from benchmarks.harness import FULL, Measure, Place, fsync_measure, read_measures, table, write_measures

ROOT: Final = Path(__file__).resolve().parent.parent
WORK: Final = ROOT / "build" / "bench"
RESULTS: Final = Path(__file__).resolve().parent / "results.json"
BENCHES: Final[Mapping[str, Callable[[Place], list[Measure]]]] = MappingProxyType(
    {
        "startup": startup.bench,
        "disbursement": disbursement.bench,
        "payment_list": payment_list.bench,
        "growth": growth.bench,
        "indicators": indicators.bench,
        "attendance": attendance.bench,
        "importing": importing.bench,
        "likeness": likeness.bench,
        "ledger_pages": ledger_pages.bench,
        "agreements": agreements.bench,
        "scripts": scripts.bench,
    }
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for; a single bench leaves the results of the others as they are."""
    asked = _parser().parse_args(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    if asked.into:
        write_measures(asked.into, BENCHES[asked.names[0]](Place(FULL, WORK, keep=asked.keep)))
        return
    names = asked.names or list(BENCHES)
    measures = [fsync_measure(WORK)]
    for name in names:
        print(f"{name} …", flush=True)
        into = WORK / f"{name}.json"
        again = ("--keep",) if asked.keep else ()
        subprocess.run(
            (sys.executable, "-m", "benchmarks", name, "--into", into, *again), check=True, cwd=ROOT
        )
        measures += read_measures(into)
    print(table(measures))
    if not asked.names:
        write_measures(RESULTS, measures)
        print(f"Written to {RESULTS.relative_to(ROOT)}.")
    missed = [one.name for one in measures if one.goal is not None and one.ratio > one.goal]
    print(f"Missed: {', '.join(missed)}." if missed else "Every goal is met.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure seedfund.")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--keep", action="store_true", help="use prepared databases of older sources again")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
