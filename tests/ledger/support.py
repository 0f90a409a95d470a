"""A verb whose body a test hands in, and books to write in: the ledger's tests stand on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final, TypeVar

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import AccountRef, Line, Part, cash, other
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting, budget, money
from seedfund.ledger.service.accounts import NewBook, write_book
from seedfund.ledger.service.entries import write_entries
from seedfund.store.commands import Command, Verb
from seedfund.store.unit import Unit
from tests.support.programme import House

R = TypeVar("R")
FUND: Final = Key("0" * 31 + "1")
LINE_IDS: Final = {
    code: Key(f"{number:032x}") for number, code in enumerate(("A1", "A2", "FEES", "OTHER"), 10)
}
_KEYS = count(1)


@dataclass(frozen=True, kw_only=True)
class Anything(Command):
    """A command whose body a test hands in."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """Nothing to tell."""


def carry_out(house: House, actor: str, body: Callable[[Unit], R], *, on: date | None = None) -> R:
    """Run a body inside a command of an actor, commit, and hand out what it returned."""
    kept: list[R] = []

    def write(unit: Unit, command: Anything) -> Done:
        kept.append(body(unit))
        return Done()

    verb: Verb[Anything, Done] = Verb("test.anything", write, roles=(), moves_money=False)
    with house.work(actor) as work:
        verb(work, Anything(key=f"test:{next(_KEYS)}", occurred_on=on))
    return kept[0]


def write(
    house: House, *drafts: EntryDraft, actor: str = "finance", on: date | None = None
) -> list[PostedEntry]:
    """Write drafts in one command."""
    return carry_out(house, actor, lambda unit: write_entries(unit, drafts), on=on)


def post(
    house: House, event: str, postings: Sequence[Posting], *, actor: str = "finance", on: date | None = None
) -> PostedEntry:
    """Write one entry of postings."""
    return write(house, EntryDraft(event=event, postings=tuple(postings)), actor=actor, on=on)[0]


@dataclass(frozen=True)
class BookOfTest:
    """A book with two grant lines, a line of fees and one of other spending, its bank account and petty cash."""

    id: int
    code: str

    @property
    def bank(self) -> AccountRef:
        """The bank account."""
        return cash(self.id, "BANK")

    @property
    def petty(self) -> AccountRef:
        """Petty cash."""
        return cash(self.id, "PETTY")

    def line(self, code: str = "A1") -> Line:
        """A budget line."""
        return Line(self.id, LINE_IDS[code], code)

    def part(self, number: int = 1, line: str = "A1") -> Part:
        """A grant's part in this book."""
        return Part(self.line(line), Key(f"{1000 + number:032x}"), f"SC-2026-{number:04d}")

    def donor(self) -> AccountRef:
        """What the donor gave."""
        return other("contributions", self.id, "UNHCR")


def open_book(house: House, code: str = "UNHCR", currency: str = "USD") -> BookOfTest:
    """A new book."""
    frame = carry_out(house, "finance", lambda unit: write_book(unit, NewBook(FUND, code, currency)))
    return BookOfTest(frame.id, code)


def fund(house: House, book: BookOfTest, *, cash_minor: int = 100_000, line_minor: int = 50_000) -> None:
    """An instalment, and allotments of every line."""
    allotted = [
        row
        for code in LINE_IDS
        for row in budget(
            "budget.allotted",
            line_minor,
            book.line(code).account("available"),
            book.line(code).account("allotted"),
        )
    ]
    post(house, "budget_allotted", allotted)
    post(house, "instalment_received", money("instalment.received", cash_minor, book.bank, book.donor()))
