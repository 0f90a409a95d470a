"""Going through the rows of one book again: what each may post, what it does to accounts, holds and floors. Pure.

Nothing that is stored beside the rows is believed: counters, months and holds are counted anew. Memory grows with
accounts, open holds and closed months, never with rows.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.chains import Fault
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import CREDIT, DEBIT, KINDS, NO_FLOOR
from seedfund.ledger.rules.chain import RowFacts, row_bytes
from seedfund.ledger.rules.recipes import HOLD, POST, RECIPE, SETTLE, VOID

QUOTES: Final = 16
"""How many quotation marks the bytes of a row have when no text in it brings its own."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as stored."""

    id: int
    code: str
    kind: str
    floor: str
    grant_id: Key | None
    line_id: Key | None
    bank_account_id: Key | None
    holder: str
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int
    moved_by: int

    @property
    def counters(self) -> tuple[int, int, int, int]:
        """Debits and credits posted, debits and credits pending."""
        return self.debits_posted, self.credits_posted, self.debits_pending, self.credits_pending

    @property
    def labels(self) -> tuple[str, str]:
        """The grant and the budget line its code names, empty where it names none."""
        parts = self.code.split(":")
        if self.grant_id is not None:
            return (parts[1], parts[2]) if len(parts) > 2 else ("", "")
        return ("", parts[1]) if self.line_id is not None and len(parts) > 1 else ("", "")

    def is_as_its_code_says(self) -> bool:
        """Whether kind, floor and holder are those of the code."""
        parts = self.code.split(":")
        known = KINDS.get(self.kind)
        if known is None or parts[0] != self.kind or known.floor != self.floor:
            return False
        if self.grant_id is not None:
            wanted = parts[3] if len(parts) > 3 else ""
        else:
            wanted = "" if self.line_id is not None else ":".join(parts[1:])
        return self.holder == wanted


@dataclass(frozen=True, slots=True)
class RowStored:
    """A transfer as stored, with what of its entry it has to agree with."""

    seq: int
    row: int
    recipe: str
    phase: str
    amount: int
    debit_id: int | None
    credit_id: int | None
    memo_debit_id: int | None
    memo_credit_id: int | None
    resolves_seq: int | None
    held: int | None
    reverses_seq: int | None
    booking_date: date
    prev_hash: str
    hash: str
    entry: str
    entry_hash: str
    entry_date: date

    @property
    def sides(self) -> tuple[int | None, int | None, int | None, int | None]:
        """Its accounts: debit, credit, memo debit, memo credit."""
        return self.debit_id, self.credit_id, self.memo_debit_id, self.memo_credit_id


class Tally:
    """An account counted anew: its four counters, and the last row that moved it."""

    __slots__ = ("counters", "floor", "moved_by")

    def __init__(self, floor: str):
        self.floor = floor
        self.counters = [0, 0, 0, 0]
        self.moved_by = 0

    def is_below_its_floor(self) -> bool:
        """Whether more was taken than there was."""
        debits, credits, debits_held, credits_held = self.counters
        if self.floor == DEBIT:
            return debits - credits - credits_held < 0
        return self.floor == CREDIT and credits - debits - debits_held < 0


class BookWalk:
    """Goes through the rows of a book in order of seq, counting; `closed` are the months that are closed."""

    def __init__(self, code: str, accounts: Mapping[int, AccountFacts], closed: frozenset[str] = frozenset()):
        self.code, self.accounts, self.closed = code, accounts, sorted(closed)
        self.tallies = {number: Tally(_floor(account)) for number, account in accounts.items()}
        self.months: dict[str, dict[int, list[int]]] = {}
        self.sums: dict[tuple[int, str, int], int] = {}
        self._holds: dict[int, tuple[int, tuple[int | None, ...], date]] = {}

    def content(self, row: RowStored) -> bytes | None:
        """The bytes that the row's hash covers; None when a value is not of its kind, or would blur two fields."""
        numbers = (row.seq, row.row, row.amount)
        optional = (row.resolves_seq, row.held, row.reverses_seq)
        if any(type(number) is not int for number in numbers):
            return None
        if any(number is not None and type(number) is not int for number in optional):
            return None
        codes = [self._code(side) for side in row.sides]
        facts = RowFacts(
            self.code,
            row.seq,
            row.entry_hash,
            row.row,
            row.recipe,
            row.phase,
            row.amount,
            (codes[0], codes[1], codes[2], codes[3]),
            row.resolves_seq,
            row.held,
            row.reverses_seq,
        )
        try:
            found = row_bytes(facts)
        except UnicodeEncodeError:
            return None
        return found if found.count(b'"') == QUOTES and b"\\" not in found else None

    def step(self, row: RowStored) -> Iterator[Fault]:
        """Take the next row; yields what is wrong with it."""
        if type(row.amount) is not int or row.amount <= 0:
            yield Fault(kinds.ROW_AMOUNT, row.seq, {"amount": row.amount})
            return
        if row.booking_date != row.entry_date:
            yield Fault(kinds.ROW_DATE, row.seq, {"entry": row.entry})
        if any(side is not None and side not in self.tallies for side in row.sides):
            yield Fault(kinds.ROW_ACCOUNT, row.seq)
            return
        if not self._fits_its_recipe(row):
            yield Fault(kinds.ROW_RECIPE, row.seq, {"recipe": row.recipe})
        yield from self._resolve(row)
        yield from self._move(row)
        self._add_up(row)

    def open_holds(self) -> tuple[int, ...]:
        """The seqs of holds that nothing has resolved yet."""
        return tuple(self._holds)

    def _code(self, account: int | None) -> str:
        if account is None:
            return ""
        found = self.accounts.get(account)
        # An account of another book, or of none: no code of ours looks like this, so the hash cannot fit.
        return found.code if found is not None else f"?{account}"

    def _fits_its_recipe(self, row: RowStored) -> bool:
        recipe = RECIPE.get(row.recipe)
        if recipe is None:
            return False
        wanted = (recipe.debit_kind, recipe.credit_kind, recipe.memo_debit_kind, recipe.memo_credit_kind)
        phase = recipe.phase
        if row.reverses_seq is not None:
            wanted, phase = (wanted[1], wanted[0], wanted[3], wanted[2]), POST
        found = tuple(self.accounts[side].kind if side is not None else None for side in row.sides)
        return found == wanted and row.phase == phase

    def _resolve(self, row: RowStored) -> Iterator[Fault]:
        """A hold is resolved once, by a row over the same accounts, in full or in part."""
        if row.phase == HOLD:
            self._holds[row.seq] = (row.amount, row.sides, row.booking_date)
        resolves = row.phase in (SETTLE, VOID)
        if not resolves and row.resolves_seq is None and row.held is None:
            return
        hold = self._holds.pop(row.resolves_seq, None) if row.resolves_seq is not None else None
        is_sound = (
            resolves
            and hold is not None
            and hold[:2] == (row.held, row.sides)
            and hold[2] <= row.booking_date
            and (row.amount <= hold[0] if row.phase == SETTLE else row.amount == hold[0])
        )
        if not is_sound:
            yield Fault(kinds.HOLD_BROKEN, row.seq, {"hold": row.resolves_seq})

    def _move(self, row: RowStored) -> Iterator[Fault]:
        """What the row does to each of its accounts."""
        posted = row.amount if row.phase in (POST, SETTLE) else 0
        held = row.held if type(row.held) is int else 0
        pending = row.amount if row.phase == HOLD else (-held if row.phase in (SETTLE, VOID) else 0)
        month = self._closed_with(row.booking_date.isoformat()[:7])
        for place, account in enumerate(row.sides):
            if account is None:
                continue
            tally = self.tallies[account]
            counted = [tally.counters]
            if month:
                counted.append(self.months.setdefault(month, {}).setdefault(account, [0, 0, 0, 0]))
            for counters in counted:
                counters[place % 2] += posted
                counters[2 + place % 2] += pending
            tally.moved_by = row.seq
        for account in row.sides:
            if account is not None and self.tallies[account].is_below_its_floor():
                yield Fault(kinds.ROW_FLOOR, row.seq, {"account": self._code(account)})

    def _closed_with(self, month: str) -> str:
        """The close that froze a month: its own, or that of the next closed month; empty while it is open."""
        at = bisect_left(self.closed, month)
        return self.closed[at] if at < len(self.closed) else ""

    def _add_up(self, row: RowStored) -> None:
        """What was posted on each side of each account under each recipe; a reversal takes back what it reverses."""
        if row.phase not in (POST, SETTLE):
            return
        is_reversal = row.reverses_seq is not None
        for place, account in enumerate(row.sides):
            if account is not None:
                key = (account, row.recipe, place ^ 1 if is_reversal else place)
                self.sums[key] = self.sums.get(key, 0) + (-row.amount if is_reversal else row.amount)


def _floor(account: AccountFacts) -> str:
    """The floor of the account's kind, whatever is stored."""
    known = KINDS.get(account.kind)
    return known.floor if known is not None else NO_FLOOR
