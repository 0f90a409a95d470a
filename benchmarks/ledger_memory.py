"""How much memory a long ledger takes on its way onto paper: run in a process of its own, rows made when asked for.

Prints the most memory the process ever held, in MB. A report that holds its rows adds what they take.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, overload

from benchmarks.ledger_pages import IMPRINT, book, movement
from seedfund.kernel.money import Money
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.value import Row

OPENING: Final = 500_000_00


class MadeRows(Sequence[Row]):
    """The rows of the book, none of them kept."""

    def __init__(self, count: int):
        small = book(2)
        self._count = count
        self._keys = [column.key for column in small.columns]

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._row(number) for number in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self._row(at)

    def _row(self, number: int) -> Row:
        made = movement(number + 1)
        balance = Money(OPENING + number * 13, "USD")
        return tuple(balance if key == "balance" else getattr(made, key, None) for key in self._keys)


def main(count: int, file: Path) -> None:
    """Write the ledger and say what it took."""
    small = book(2)
    report = replace(small, sections=(replace(small.sections[0], rows=MadeRows(count)),))
    with file.open("wb") as out:
        render_pdf(report, out, language="es", imprint=IMPRINT)
    print(_peak_mb())


def _peak_mb() -> float:
    """The most memory this program ever held; what started it is not counted, as the system's own figure would."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
