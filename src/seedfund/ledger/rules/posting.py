"""What is handed to the ledger: postings, and the entry they belong to. Pure values.

A posting names its recipe, its amount in minor units of the book's currency, and one or two pairs of accounts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.dates import Month
from seedfund.kernel.errors import insist
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import AccountRef
from seedfund.ledger.rules.recipes import POST, RECIPE, Recipe

REASON_LENGTH_MAX: Final = 400


@dataclass(frozen=True, slots=True)
class Hold:
    """A payment in flight: the row that holds it, and what it holds."""

    book_id: int
    seq: int
    recipe: str
    amount: int
    booking_date: date
    debit: AccountRef
    credit: AccountRef
    memo_debit: AccountRef
    memo_credit: AccountRef


@dataclass(frozen=True, slots=True)
class Posting:
    """One row to be: recipe, amount > 0 in minor units, accounts; a settle or void names the hold it resolves.

    The kinds of the accounts have to be those of the recipe (swapped in the mirror of a reversal).
    """

    recipe: str
    amount: int
    debit: AccountRef | None = None
    credit: AccountRef | None = None
    memo_debit: AccountRef | None = None
    memo_credit: AccountRef | None = None
    hold: Hold | None = None
    reverses_seq: int | None = None

    def __post_init__(self) -> None:
        recipe = RECIPE[self.recipe]
        given = (
            self.debit and self.debit.kind,
            self.credit and self.credit.kind,
            self.memo_debit and self.memo_debit.kind,
            self.memo_credit and self.memo_credit.kind,
        )
        wanted = (recipe.debit_kind, recipe.credit_kind, recipe.memo_debit_kind, recipe.memo_credit_kind)
        if self.reverses_seq is not None:
            wanted = (wanted[1], wanted[0], wanted[3], wanted[2])
        insist(given == wanted, f"{self.recipe} posts {wanted}, not {given}")
        insist(self.amount > 0, f"{self.recipe}: an amount is above zero")

    @property
    def facts(self) -> Recipe:
        """Its recipe."""
        return RECIPE[self.recipe]

    @property
    def phase(self) -> str:
        """Its phase: a mirror is posted whatever it mirrors."""
        return POST if self.reverses_seq is not None else RECIPE[self.recipe].phase

    @property
    def book_id(self) -> int:
        """The book it is written in."""
        ref = self.debit or self.memo_debit
        if ref is None:
            raise AssertionError("a posting names at least one pair")
        return ref.book_id

    @property
    def accounts(self) -> tuple[AccountRef, ...]:
        """The two or four accounts it names."""
        four = (self.debit, self.credit, self.memo_debit, self.memo_credit)
        return tuple(ref for ref in four if ref is not None)


def money(recipe: str, amount: int, debit: AccountRef, credit: AccountRef) -> tuple[Posting, ...]:
    """A row of money alone; nothing where the amount is zero."""
    return (Posting(recipe, amount, debit, credit),) if amount else ()


def budget(recipe: str, amount: int, debit: AccountRef, credit: AccountRef) -> tuple[Posting, ...]:
    """A row of budget alone; nothing where the amount is zero."""
    return (Posting(recipe, amount, memo_debit=debit, memo_credit=credit),) if amount else ()


def both(
    recipe: str, amount: int, pair: tuple[AccountRef, AccountRef], memo: tuple[AccountRef, AccountRef]
) -> tuple[Posting, ...]:
    """A row of money with its budget; nothing where the amount is zero."""
    return (Posting(recipe, amount, *pair, *memo),) if amount else ()


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """An entry to be written: what happened, the rows in their order, the dates.

    `event` is the business word (`payment_released`); `subject` the number of what it is about (`PG-2026-0012`).
    `booking_date` is the day the command occurred unless given. `value_date` is the bank's or provider's, the booking
    date unless given. `reason` is plain text about the case and never names a person.
    """

    event: str
    postings: tuple[Posting, ...]
    subject: str = ""
    booking_date: date | None = None
    value_date: date | None = None
    document_date: date | None = None
    reverses: Key | None = None
    corrects_period: Month | None = None
    reason: str = ""

    @property
    def is_fact(self) -> bool:
        """Whether any of it has already happened outside; then it is never refused for a floor or a closed month."""
        return self.reverses is None and any(posting.facts.is_fact for posting in self.postings)


@dataclass(frozen=True)
class PostedEntry:
    """An entry as written: key, number, its booking date, and the seq of each posting in the order of the draft.

    `rooms` lists the rows the ledger added by itself: `room.…` where a fact took more than there was, `cure.…` where an
    inflow gave it back. An entry with a room stands on the exceptions page.
    """

    id: Key
    number: str
    booking_date: date
    seqs: tuple[int, ...]
    rooms: tuple[str, ...] = ()


def references(postings: Iterable[Posting]) -> dict[tuple[int, str], AccountRef]:
    """Every account the postings name, once, by book and code."""
    found: dict[tuple[int, str], AccountRef] = {}
    for posting in postings:
        for ref in posting.accounts:
            found[ref.book_id, ref.code] = ref
    return found
