"""Which lines of a bank and which items of the books may be the same money: proposals with reasons. Pure.

Amounts are compared in the account's currency and in whole minor units; nothing is near enough. Where several fit, all
of them are proposed and none is chosen: a person decides, and not the one who paid.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from seedfund.banking.rules.words import MatchKind, MatchReason

WINDOW_DAYS: Final = 15
"""Without a reference, line and item lie at most so many days apart."""
NEAR_DAYS: Final = 3
REVERSAL_DAYS: Final = 90
NEAREST_MAX: Final = 10
"""Of items alike, so many on each side of a line's day are looked at."""
PER_LINE_MAX: Final = 5
"""So many proposals a line at most; the best are kept."""
AHEAD: Final = 25
"""A proposal that is so far ahead of another for the same line stands alone."""
_POINTS: Final[Mapping[MatchReason, int]] = {
    MatchReason.REFERENCE: 50,
    MatchReason.ACCOUNT: 25,
    MatchReason.AMOUNT: 20,
    MatchReason.LIST_TOTAL: 30,
    MatchReason.LIST_NAMED: 35,
    MatchReason.REVERSAL_MARKED: 35,
    MatchReason.TAKES_BACK: 60,
    MatchReason.SAME_DAY: 15,
    MatchReason.NEAR_DAY: 10,
    MatchReason.IN_WINDOW: 5,
}
SCORE_MAX: Final = 100
_NUMBER: Final = re.compile(r"(?<![A-Z0-9])([A-Z]{2,6})[^A-Z0-9]?(\d{4})[^A-Z0-9]?(\d{3,7})(?!\d)", re.ASCII)


def marks_in(text: str) -> frozenset[str]:
    """The numbers of ours that a text may name, however the bank wrote them: `pg 2026 0001` is `PG-2026-1`."""
    return frozenset(
        f"{series}-{year}-{int(number)}" for series, year, number in _NUMBER.findall(text.upper())
    )


@dataclass(frozen=True, kw_only=True)
class LineFact:
    """A line that nothing explains yet: signed amount in minor units, its day, the numbers it names, its account.

    `was_told` when another statement told the very same line: its amount alone speaks of no other money then.
    """

    id: str
    day: date
    amount: int
    marks: frozenset[str] = frozenset()
    reference: str = ""
    account: str | None = None
    is_reversal: bool = False
    was_told: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemFact:
    """Something of the books that no line explains: an entry, or a payment still on its way (`is_open`).

    `group` is the number of its payment list; `takes_back` the id of the entry that it reverses.
    """

    id: str
    day: date
    amount: int
    marks: frozenset[str] = frozenset()
    reference: str = ""
    account: str | None = None
    group: str = ""
    is_open: bool = False
    takes_back: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Lines and items that may be the same money: what kind, how sure out of a hundred, and why."""

    kind: MatchKind
    lines: tuple[str, ...]
    items: tuple[str, ...]
    score: int
    reasons: tuple[MatchReason, ...]


class _Items:
    """What of the books is open, found by amount and day, by number, by account and by reference."""

    def __init__(self, items: Sequence[ItemFact]):
        self.all: Final = items
        self._by_amount: dict[int, list[ItemFact]] = defaultdict(list)
        self._by_mark: dict[str, list[ItemFact]] = defaultdict(list)
        self._by_account: dict[tuple[str, int], list[ItemFact]] = defaultdict(list)
        self._by_reference: dict[str, list[ItemFact]] = defaultdict(list)
        for item in sorted(items, key=lambda one: (one.day, one.id)):
            self._by_amount[item.amount].append(item)
            for mark in item.marks:
                self._by_mark[mark].append(item)
            if item.account is not None:
                self._by_account[item.account, item.amount].append(item)
            if item.reference:
                self._by_reference[item.reference].append(item)

    def named(self, line: LineFact) -> list[ItemFact]:
        """The items whose numbers a line names, in the order of their days."""
        found = [item for mark in sorted(line.marks) for item in self._by_mark.get(mark, ())]
        return sorted(dict.fromkeys(found), key=lambda one: (one.day, one.id))

    def spoken_of(self, line: LineFact) -> list[ItemFact]:
        """The items of a line's amount that something beside amount and day speaks for."""
        found = [item for item in self.named(line) if item.amount == line.amount]
        if line.account is not None:
            found += self._by_account.get((line.account, line.amount), ())
        if line.reference:
            known = self._by_reference.get(line.reference, ())
            found += [item for item in known if item.amount == line.amount]
        return list(dict.fromkeys(found))

    def near(self, line: LineFact) -> list[ItemFact]:
        """The items of a line's amount whose days are nearest, within the window; of many alike no more than help."""
        alike = self._by_amount.get(line.amount, [])
        first = bisect_left(alike, line.day - timedelta(days=WINDOW_DAYS), key=lambda one: one.day)
        last = bisect_right(alike, line.day + timedelta(days=WINDOW_DAYS), key=lambda one: one.day)
        middle = bisect_left(alike, line.day, key=lambda one: one.day)
        return alike[max(first, middle - NEAREST_MAX) : min(last, middle + NEAREST_MAX)]


def propose(lines: Sequence[LineFact], items: Sequence[ItemFact]) -> list[Proposal]:
    """Every proposal for lines and items that nothing explains, the surest first."""
    known = _Items(items)
    found = list(_reversed_in_books(items))
    for line in lines:
        alike = known.spoken_of(line) or ([] if line.was_told else known.near(line))
        near = list(_singles(line, alike))
        named = known.named(line)
        # A line that is the sum of what it names is no part of one of them, and no more than one.
        parts = () if _is_sum(line, named) else _parts(line, named)
        found += _best([*near, *parts])
    found += _batches(lines, known)
    found += _instalments(lines, items)
    found += _reversed_in_bank(lines)
    return _told(found)


def _singles(line: LineFact, items: Iterable[ItemFact]) -> Iterator[Proposal]:
    for item in items:
        day = _nearness(line.day, item.day)
        reasons = (*_evidence(line, item), MatchReason.AMOUNT, *(() if day is None else (day,)))
        yield _proposal(MatchKind.SINGLE, [line], [item], reasons)


def _evidence(line: LineFact, item: ItemFact) -> tuple[MatchReason, ...]:
    """What of a line speaks of an item beside its amount and day."""
    is_named = bool(line.marks & item.marks) or bool(line.reference and line.reference == item.reference)
    is_account = line.account is not None and line.account == item.account
    return (
        *((MatchReason.REFERENCE,) if is_named else ()),
        *((MatchReason.ACCOUNT,) if is_account else ()),
    )


def _nearness(one: date, other: date) -> MatchReason | None:
    apart = abs((one - other).days)
    if apart == 0:
        return MatchReason.SAME_DAY
    if apart <= NEAR_DAYS:
        return MatchReason.NEAR_DAY
    return MatchReason.IN_WINDOW if apart <= WINDOW_DAYS else None


def _parts(line: LineFact, items: Sequence[ItemFact]) -> Iterator[Proposal]:
    """A line that names a payment on its way and is not all of it, or more than it."""
    for item in items:
        if not item.is_open or item.amount == line.amount or (item.amount < 0) != (line.amount < 0):
            continue
        kind = MatchKind.PART if abs(line.amount) < abs(item.amount) else MatchKind.MORE
        yield _proposal(kind, [line], [item], _evidence(line, item))


def _batches(lines: Sequence[LineFact], known: _Items) -> Iterator[Proposal]:
    """A line that is the total of what stands in one payment list, or of the payments it names."""
    groups: dict[str, list[ItemFact]] = defaultdict(list)
    for item in known.all:
        if item.group:
            groups[item.group].append(item)
    by_total: dict[int, list[tuple[str, list[ItemFact]]]] = defaultdict(list)
    for name, members in sorted(groups.items()):
        if len(members) > 1:
            by_total[sum(item.amount for item in members)].append((name, members))
    for line in lines:
        told = known.named(line)
        each = {item.id for item in told} if _is_sum(line, told) else set[str]()
        is_listed = False
        for name, members in by_total[line.amount]:
            is_named = bool(marks_in(name) & line.marks)
            is_each = {item.id for item in members} == each
            day = _nearness(line.day, max(item.day for item in members))
            if is_named or is_each or (day is not None and not line.was_told):
                said = (MatchReason.REFERENCE, MatchReason.AMOUNT) if is_each else ()
                named = (MatchReason.LIST_NAMED,) if is_named else ()
                reasons = (*said, *named, MatchReason.LIST_TOTAL, *((day,) if day else ()))
                is_listed = is_listed or is_each
                yield _proposal(MatchKind.BATCH, [line], members, reasons)
        if each and not is_listed:
            yield _proposal(MatchKind.BATCH, [line], told, (MatchReason.REFERENCE, MatchReason.AMOUNT))


def _is_sum(line: LineFact, items: Sequence[ItemFact]) -> bool:
    """Whether a line names several items and is what they come to."""
    return len(items) > 1 and sum(item.amount for item in items) == line.amount


def _instalments(lines: Sequence[LineFact], items: Sequence[ItemFact]) -> Iterator[Proposal]:
    """Several lines that name one item and sum to it."""
    by_mark: dict[str, list[LineFact]] = defaultdict(list)
    for line in lines:
        for mark in line.marks:
            by_mark[mark].append(line)
    for item in items:
        # A payment on its way is settled part by part, each by its own line.
        if item.is_open:
            continue
        named = list(dict.fromkeys(line for mark in sorted(item.marks) for line in by_mark[mark]))
        if len(named) > 1 and sum(line.amount for line in named) == item.amount:
            reasons = (MatchReason.REFERENCE, MatchReason.AMOUNT)
            yield _proposal(MatchKind.INSTALMENTS, named, [item], reasons)


def _reversed_in_bank(lines: Sequence[LineFact]) -> Iterator[Proposal]:
    """A line that the bank marks as a reversal, with the line it takes back."""
    by_amount: dict[int, list[LineFact]] = defaultdict(list)
    for line in lines:
        by_amount[line.amount].append(line)
    for line in lines:
        if not line.is_reversal:
            continue
        for earlier in by_amount[-line.amount]:
            apart = (line.day - earlier.day).days
            if earlier.is_reversal or not 0 <= apart <= REVERSAL_DAYS:
                continue
            same = line.marks & earlier.marks or (line.reference and line.reference == earlier.reference)
            named = (MatchReason.REFERENCE,) if same else ()
            reasons = (*named, MatchReason.REVERSAL_MARKED, MatchReason.AMOUNT)
            yield _proposal(MatchKind.REVERSED_IN_BANK, [earlier, line], [], reasons)


def _reversed_in_books(items: Sequence[ItemFact]) -> Iterator[Proposal]:
    """An entry and the one that takes it back: no bank ever saw them."""
    by_id = {item.id: item for item in items}
    for item in items:
        taken = by_id.get(item.takes_back)
        if taken is not None and taken.amount == -item.amount:
            yield _proposal(MatchKind.REVERSED_IN_BOOKS, [], [taken, item], (MatchReason.TAKES_BACK,))


def _proposal(
    kind: MatchKind, lines: Sequence[LineFact], items: Sequence[ItemFact], reasons: Sequence[MatchReason]
) -> Proposal:
    score = min(SCORE_MAX, sum(_POINTS[reason] for reason in reasons))
    return Proposal(
        kind=kind,
        lines=tuple(line.id for line in lines),
        items=tuple(item.id for item in items),
        score=score,
        reasons=tuple(reasons),
    )


def _best(found: Sequence[Proposal]) -> list[Proposal]:
    """The best of what is proposed for one line; those far behind the surest are no help."""
    order = sorted(found, key=_order)
    return [one for one in order[:PER_LINE_MAX] if one.score > order[0].score - AHEAD]


def _order(one: Proposal) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return -one.score, one.lines, one.items


def _told(found: Iterable[Proposal]) -> list[Proposal]:
    """The surest first; those that share a line or an item with another say that several fit."""
    once = list({(one.lines, one.items): one for one in sorted(found, key=_order, reverse=True)}.values())
    uses: dict[tuple[str, str], int] = defaultdict(int)
    for one in once:
        for place in _places(one):
            uses[place] += 1
    told = [
        replace(one, reasons=(*one.reasons, MatchReason.SEVERAL_FIT))
        if any(uses[place] > 1 for place in _places(one))
        else one
        for one in once
    ]
    return sorted(told, key=_order)


def _places(one: Proposal) -> list[tuple[str, str]]:
    return [*(("line", line) for line in one.lines), *(("item", item) for item in one.items)]
