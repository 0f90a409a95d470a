"""Which rows of the files belong together, told by their keys alone; nothing of a row is kept but where it stands.

Rows are read once to see that, and again a window of groups at a time when they are carried out: what is in memory at
any time hangs on the window and not on the file.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from seedfund.interchange.reader import RowBlock, Rows
from seedfund.interchange.rules import Part

JOINT: Final = " / "
"""Between the columns of a key that is made of several."""
CURRENCY: Final = "currency"
WINDOW: Final = 2_000
"""Rows in memory at a time, or those of one group where it has more."""
_NO_GROUP: Final = -1


class Belonging:
    """The groups of the files by their place, from zero, in the order in which the first part names them."""

    def __init__(self, parts: Sequence[tuple[Part, Rows]], first: Part, currency: str):
        self._currency: Final = currency
        self._of_none: str | None = None
        self._currencies: Final[list[str]] = []
        self._sizes: Final = array("l")
        self._groups: Final[list[Sequence[int]]] = []
        self._twice: Final[list[dict[int, int]]] = []
        found: dict[str, int] = {}
        for part, rows in parts:
            self._read(part, rows, found, is_first=part is first)

    def __len__(self) -> int:
        return len(self._sizes)

    def group(self, sheet: int, place: int) -> int | None:
        """The group of a row, None where it belongs to none."""
        group = self._groups[sheet][place]
        return None if group == _NO_GROUP else group

    def first_of(self, sheet: int, place: int) -> int | None:
        """The number of the row that has the same key before this one, None where there is none."""
        return self._twice[sheet].get(place)

    def currency(self, group: int | None) -> str:
        """The currency of amounts of a group whose row does not say it."""
        return (self._of_none or self._currency) if group is None else self._currencies[group]

    def windows(self) -> Iterator[tuple[range, list[Sequence[int]]]]:
        """Groups, and by the sheet the places of their rows, ascending; some `WINDOW` rows a time."""
        orders = [array("l", sorted(range(len(groups)), key=groups.__getitem__)) for groups in self._groups]
        reached = [_past(order, groups, 0, 0) for order, groups in zip(orders, self._groups, strict=True)]
        start = 0
        while start < len(self):
            until, size = start + 1, self._sizes[start]
            while until < len(self) and size + self._sizes[until] <= WINDOW:
                size += self._sizes[until]
                until += 1
            ends = [
                _past(order, groups, until, begun)
                for order, groups, begun in zip(orders, self._groups, reached, strict=True)
            ]
            yield (
                range(start, until),
                [sorted(order[b:e]) for order, b, e in zip(orders, reached, ends, strict=True)],
            )
            start, reached = until, ends

    def strays(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Rows of no group: the sheet and their places, some `WINDOW` rows a time."""
        for sheet, groups in enumerate(self._groups):
            places = [place for place, group in enumerate(groups) if group == _NO_GROUP]
            for start in range(0, len(places), WINDOW):
                yield sheet, places[start : start + WINDOW]

    def _read(self, part: Part, rows: Rows, found: dict[str, int], *, is_first: bool) -> None:
        groups: array[int] = array("l")
        twice: dict[int, int] = {}
        seen: dict[str, int] = {}
        for block in rows.blocks():
            names = joined(block, part.group)
            told = block.columns.get(CURRENCY) or [""] * len(names)
            for number, key, name, currency in zip(
                block.numbers, joined(block, part.key), names, told, strict=True
            ):
                if is_first:
                    self._named(name, currency, found)
                group = found.get(name, _NO_GROUP)
                if group != _NO_GROUP:
                    self._sizes[group] += 1
                if key and seen.setdefault(key, number) != number:
                    twice[len(groups)] = seen[key]
                groups.append(group)
        self._groups.append(groups)
        self._twice.append(twice)

    def _named(self, name: str, currency: str, found: dict[str, int]) -> None:
        """A row of the first part names its group, and the currency of its amounts unless one did before."""
        if not name:
            self._of_none = self._of_none or currency or self._currency
        elif name not in found:
            found[name] = len(self._sizes)
            self._sizes.append(0)
            self._currencies.append(currency or self._currency)


def joined(block: RowBlock, columns: Sequence[str]) -> Sequence[str]:
    """Of each row the key that these columns make; empty where one of them is."""
    given = [block.columns.get(column) or [""] * len(block.numbers) for column in columns]
    if len(given) == 1:
        return given[0]
    return [JOINT.join(texts) if all(texts) else "" for texts in zip(*given, strict=True)]


def _past(order: Sequence[int], groups: Sequence[int], until: int, begun: int) -> int:
    """The place in the order at which the rows of groups before `until` end."""
    place = begun
    while place < len(order) and groups[order[place]] < until:
        place += 1
    return place
