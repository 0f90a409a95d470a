"""What an accountant foretells of a command: the accounts it moves, or that it is refused. Knows no seedfund code.

Rows 1–40 of the accounting reference by hand: a floor holds after each row; a fact gets room before it (row 40), what
comes in gives that back first; a reversal mirrors an entry once; a closed month takes nothing more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, NamedTuple

from tests.ledger.model import MEMO_KINDS, Model, Row

POST, HOLD, SETTLE, VOID = "post", "hold", "settle", "void"
STILL_OPEN: Final = "closing"
CLOSED: Final = "closed"
IN_CLOSING_MONTHS: Final = ("finance", "reconciler", "director")
Pair = tuple[str, str]


class Move(NamedTuple):
    """One row: debit and credit of the money, of the budget; `is_new` for what is blocked while a room is open."""

    book: int
    amount: int
    money: Pair | None = None
    memo: Pair | None = None
    phase: str = POST
    held: int = 0
    is_fact: bool = False
    is_new: bool = False

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Its one or two pairs."""
        return tuple(pair for pair in (self.money, self.memo) if pair)


Place = tuple[int, int]
"""A row in the database: book and seq."""


@dataclass(frozen=True)
class Given:
    """A command in the accountant's words: its rows, the payments it resolves, the grant it ends, what it mirrors."""

    actor: str
    moves: Sequence[Move]
    resolves: tuple[Place, ...] = ()
    ends: int | None = None
    mirrors: str = ""


@dataclass(frozen=True)
class Foretold:
    """The accounts after a command, and the day it is booked on."""

    model: Model
    booked: date


@dataclass
class Posted:
    """An entry: by whom, what it moved, when, the payments it holds, and whether it is, or was, reversed."""

    actor: str
    moves: tuple[Move, ...]
    booked: date
    holds: tuple[Place, ...] = ()
    is_mirror: bool = False
    is_reversed: bool = False


def copied(model: Model) -> Model:
    """The same balances, apart from the first."""
    at = defaultdict(lambda: [0, 0, 0, 0], {key: list(value) for key, value in model.at.items()})
    return Model(at=at)


def shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Split by weights, never more than they sum to: whole shares first, then a unit to the largest remainders."""
    whole = sum(weights)
    amount = min(amount, whole)
    if not whole:
        return [0 for _ in weights]
    found = [amount * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: -(amount * weights[index] % whole))
    for index in order[: amount - sum(found)]:
        found[index] += 1
    return found


def room_of(code: str) -> str:
    """The account that names what a fact took beyond this one."""
    kind, _, rest = code.partition(":")
    if kind == "cash":
        return f"shortfall:{rest}"
    return f"over:{rest.split(':')[-1]}" if kind in MEMO_KINDS else ""


def after(model: Model, moves: Iterable[Move]) -> Model | None:
    """The accounts after the moves in their order; None where a floor, or an open room, refuses one."""
    new = copied(model)
    for move in moves:
        if move.is_fact and move.phase in (POST, HOLD):
            for _, credit in move.pairs:
                short = move.amount - max(free(new, move.book, credit), 0)
                if credit.startswith(("cash:", "available:")) and short > 0:
                    _apply(new, _between(move.book, short, credit, room_of(credit)))
        if move.is_new and _is_blocked(new, move):
            return None
        _apply(new, move)
        if new.broken_floors():
            return None
        if move.phase == POST:
            for debit, _ in move.pairs:
                owed = new.balance(move.book, room_of(debit))
                cured = min(move.amount, owed, free(new, move.book, debit))
                if debit.startswith(("cash:", "available:")) and cured > 0:
                    _apply(new, _between(move.book, cured, room_of(debit), debit))
    return new


def free(model: Model, book: int, code: str) -> int:
    """What can still be taken from an account that stands on the debit side."""
    debits, credits, _, held = model.at[book, code]
    return debits - credits - held


def _between(book: int, amount: int, debit: str, credit: str) -> Move:
    return Move(book, amount, memo=(debit, credit))


def _is_contribution(move: Move) -> bool:
    return any(code.startswith("contributions:") for code in move.money or ())


def _is_blocked(model: Model, move: Move) -> bool:
    """Rows 11, 14 and 15 wait while the cash is short or the line is over."""
    touched = [move.money[1]] if move.money else []
    touched += [move.memo[0]] if move.memo else []
    return any(model.balance(move.book, room_of(code)) > 0 for code in touched)


def _apply(model: Model, move: Move) -> None:
    model.apply(Row(move.book, 0, "", move.phase, move.amount, move.pairs, move.held))


@dataclass
class Forecast:
    """The accounts, the months, the entries, the payments in flight and the grants that ended, as they should be."""

    model: Model = field(default_factory=Model)
    months: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Posted] = field(default_factory=dict)
    flying: dict[Place, tuple[Move, date]] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    known: set[tuple[int, str]] = field(default_factory=set)

    def foretell(self, given: Given, on: date) -> Foretold | None:
        """What comes of a command that occurred on a day; None when it is refused."""
        model = after(self.model, given.moves) if given.moves else None
        booked = self.booked(given, on)
        if model is None or booked is None:
            return None
        return Foretold(model, max(booked, *(self.flying[place][1] for place in given.resolves), date.min))

    def booked(self, given: Given, on: date) -> date | None:
        """The day an entry is booked on: a fact moves out of a closed month, a decision is refused there."""
        is_fact = any(move.is_fact for move in given.moves)
        while state := self.state(f"{on:%Y-%m}"):
            if is_fact and state == STILL_OPEN and given.actor in IN_CLOSING_MONTHS:
                break
            if not is_fact:
                return None
            on = date(on.year + on.month // 12, on.month % 12 + 1, 1)
        return on

    def state(self, month: str) -> str:
        """`closing`, `closed`, or nothing: what lies before a month is at least as closed as it is."""
        later = {state for other, state in self.months.items() if month <= other}
        return next((state for state in (CLOSED, STILL_OPEN) if state in later), "")

    def mirror(self, number: str, actor: str) -> list[Move]:
        """The rows of a reversal, none where it is refused: once, by another hand, never of a payment in flight.

        A fund keeps a record of each instalment: it is recalled there, and no reversal here takes it back.
        """
        entry = self.entries[number]
        is_flying = any(place in self.flying for place in entry.holds)
        is_instalment = any(_is_contribution(move) for move in entry.moves)
        if entry.is_reversed or entry.is_mirror or entry.actor == actor or is_flying or is_instalment:
            return []
        return [
            Move(move.book, move.amount, move.money and move.money[::-1], move.memo and move.memo[::-1])
            for move in reversed(entry.moves)
            if move.phase in (POST, SETTLE)
        ]

    def adopt(self, number: str, given: Given, foretold: Foretold, seqs: Sequence[int] = ()) -> None:
        """What was foretold has happened, as an entry of that number with rows at those seqs."""
        self.model = foretold.model
        for place in given.resolves:
            del self.flying[place]
        held = {
            (move.book, seq): (move, foretold.booked)
            for move, seq in zip(given.moves, seqs, strict=False)
            if move.phase == HOLD
        }
        self.flying.update(held)
        self.known |= {(move.book, code) for move in given.moves for pair in move.pairs for code in pair}
        moves, is_mirror = tuple(given.moves), bool(given.mirrors)
        self.entries[number] = Posted(given.actor, moves, foretold.booked, tuple(held), is_mirror=is_mirror)
        if given.mirrors:
            self.entries[given.mirrors].is_reversed = True
        if given.ends is not None:
            self.ended.add(given.ends)

    def next_to_close(self) -> str:
        """The first month with entries that is not closed; empty when there is none."""
        months = sorted({f"{entry.booked:%Y-%m}" for entry in self.entries.values()})
        return next((month for month in months if self.state(month) != CLOSED), "")

    def kept(self) -> "Forecast":
        """A copy to come back to."""
        entries = {number: replace(entry) for number, entry in self.entries.items()}
        flying, ended, known = dict(self.flying), set(self.ended), set(self.known)
        return Forecast(copied(self.model), dict(self.months), entries, flying, ended, known)
