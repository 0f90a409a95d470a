"""Finds the page, the font size and the column widths a table needs, before anything is drawn.

Must not know: how pages are drawn. A figure is never cut or broken: its slot is as wide as the largest sum it
may hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import MINOR_MAX, Money
from seedfund.reports.render.pdf.ink import Ink
from seedfund.reports.render.table import Slot, slots_of
from seedfund.reports.render.words import HASH_LETTERS, Reader
from seedfund.reports.value import Carry, Cell, Column, Kind, NotKnown, Rate, Report

MARGIN: Final = 32
GAP: Final = 7.0
_A4: Final = (595, 842)
_A4_WIDE: Final = (842, 595)
_A3_WIDE: Final = (1191, 842)
_PAPERS: Final = (
    (_A4, (8.5, 8.0, 7.5)),
    (_A4_WIDE, (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)),
    (_A3_WIDE, (7.5, 7.0, 6.5, 6.0, 5.5)),
)
_SAMPLES: Final = {
    Kind.DATE: "2000-00-00",
    Kind.INSTANT: "2000-00-00 00:00 UTC",
    Kind.PERCENT: "-1000,00 %",
    Kind.HASH: "d" * HASH_LETTERS,
}
_TEXT_LEAST: Final = 0.55
"""How far a column of running text may shrink below the width it asks for."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The page in points, the font size, and for each slot its left and right edge."""

    page: tuple[int, int]
    size: float
    slots: tuple[Slot, ...]
    edges: tuple[tuple[float, float], ...]

    @property
    def left(self) -> float:
        """Where the table begins."""
        return float(MARGIN)

    @property
    def right(self) -> float:
        """Where the table ends."""
        return float(self.page[0] - MARGIN)


def fit(report: Report, reader: Reader, *, ink_at: Callable[[float], Ink]) -> Grid:
    """The smallest page and the largest type on which the table stands well, else on which it just stands.

    Raises:
        InvalidInput: the table does not fit the widest paper.
    """
    slots = slots_of(report.columns)
    widest = _widest_figures(report, reader)
    for is_roomy in (True, False):
        for page, sizes in _PAPERS:
            for size in sizes:
                needs = [_need(slot, reader, widest=widest, ink=ink_at(size)) for slot in slots]
                least = [
                    need if is_roomy or not slot.is_flexible else kept
                    for slot, (need, kept) in zip(slots, needs, strict=True)
                ]
                room = page[0] - 2 * MARGIN - GAP * (len(slots) - 1)
                if sum(least) <= room:
                    return Grid(page, size, slots, _edges(slots, least, room=room))
    raise InvalidInput(
        field="columns", problem="they do not fit the widest paper", remedy="stack more of them with `under`"
    )


def _need(slot: Slot, reader: Reader, *, widest: dict[str, list[str]], ink: Ink) -> tuple[float, float]:
    """The width a slot asks for, and the least it can stand with."""
    letter = ink.width("n")
    heads = max(ink.widest_word(reader.words(column.title), bold=True) for column in slot.columns)
    figures = [ink.width(text, bold=True) for column in slot.columns for text in widest.get(column.key, [])]
    firm = max([heads, *figures])
    asked = slot.hint * letter
    if slot.is_flexible:
        return max(firm, asked), max(firm, asked * _TEXT_LEAST)
    if any(column.kind is Kind.CODE for column in slot.columns):
        firm = max(firm, asked)
    return firm, firm


def _edges(slots: Sequence[Slot], widths: Sequence[float], *, room: float) -> tuple[tuple[float, float], ...]:
    """Edges of the slots when the room left over goes to all, and most of it to running text."""
    shares = [slot.hint * (4 if slot.is_flexible else 1) for slot in slots]
    spare = room - sum(widths)
    edges, left = [], float(MARGIN)
    for width, share in zip(widths, shares, strict=True):
        right = left + width + spare * share / sum(shares)
        edges.append((left, right))
        left = right + GAP
    return tuple(edges)


def _widest_figures(report: Report, reader: Reader) -> dict[str, list[str]]:
    """For each column, the widest texts it may have to hold on one line: figures, and words for those not known."""
    found: dict[str, list[str]] = {}
    for index, column in enumerate(report.columns):
        cells = [line[index] for line in report.lines]
        reasons = {cell.reason for cell in cells if isinstance(cell, NotKnown)}
        found[column.key] = [word for reason in reasons for word in reader.words(reason).split()]
        if column.kind not in (Kind.TEXT, Kind.CODE):
            found[column.key].extend(_widest(column, cells, reader))
    return found


def _widest(column: Column, cells: Sequence[Cell], reader: Reader) -> list[str]:
    if column.kind is Kind.MONEY:
        return [reader.money(amount) for amount in _largest(column, cells)]
    if column.kind in _SAMPLES:
        return [_SAMPLES[column.kind]]
    figures = {reader.cell(cell, column.kind) for cell in cells if isinstance(cell, int | Rate)}
    return sorted(figures, key=len)[-1:]


def _largest(column: Column, cells: Sequence[Cell]) -> list[Money]:
    """Per currency the largest amount of the column, its sums on the way included, with a sign if one is negative."""
    sizes: dict[str, int] = {}
    below: set[str] = set()
    for cell in cells:
        if isinstance(cell, Money):
            size, seen = abs(cell.minor), sizes.get(cell.currency, 0)
            sizes[cell.currency] = seen + size if column.carry is Carry.SUM else max(seen, size)
            if cell.minor < 0:
                below.add(cell.currency)
    return [
        Money(-min(size, MINOR_MAX) if currency in below else min(size, MINOR_MAX), currency)
        for currency, size in sizes.items()
    ]
