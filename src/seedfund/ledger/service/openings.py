"""The ledger's own verbs that set a book right: the opening of a running programme, the cure of a shortfall."""

from dataclasses import dataclass
from enum import StrEnum

from seedfund.kernel.errors import refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries.locked import BookFrame
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import cash
from seedfund.ledger.rules.events import funds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.accounts import load_book
from seedfund.ledger.service.entries import lock_balances, write_entry
from seedfund.ledger.service.money import DECIDERS, find_account, find_line, minor_of
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


class OpeningKind(StrEnum):
    """What an opening line tells of the time before: given by a donor, earned, in hand, spent outside grants."""

    CONTRIBUTIONS = "contributions"
    INCOME = "income"
    CASH = "cash"
    SPENDING = "spending"


@dataclass(frozen=True, kw_only=True)
class OpeningItem:
    """One line of an opening: `name` is the donor, kind of income, cash account or budget line."""

    kind: OpeningKind
    name: str
    amount: Money


@dataclass(frozen=True, kw_only=True)
class RecordOpening(Command):
    """The gross history of a running programme in a book, without its grants."""

    book: str
    items: tuple[OpeningItem, ...]


@verb("ledger.record_opening", roles=DECIDERS)
def record_opening(unit: Unit, command: RecordOpening) -> PostedEntry:
    """Enter the opening of a book: row 38; each missing side stands in opening:BOOK until it is zero.

    Raises:
        NotFound: the book, or a budget line, does not exist.
        Refused: `currency_mismatch`, `available_too_low`, `nothing_to_post`.
    """
    book = load_book(unit, command.book)
    rows = tuple(row for item in command.items for row in _opened(unit, book, item))
    return write_entry(unit, EntryDraft(event="opening", postings=rows))


def _opened(unit: Unit, book: BookFrame, item: OpeningItem) -> tuple[Posting, ...]:
    amount = minor_of(book, item.amount)
    if item.kind is OpeningKind.CONTRIBUTIONS:
        return funds.opened_contributions(book.id, item.name, amount)
    if item.kind is OpeningKind.INCOME:
        return funds.opened_income(book.id, item.name, amount)
    if item.kind is OpeningKind.CASH:
        return funds.opened_cash(cash(book.id, item.name), amount)
    return funds.opened_spending(find_line(unit, book, item.name), amount)


@dataclass(frozen=True, kw_only=True)
class CureShortfall(Command):
    """A cash account (`cash:BANK`) or a budget line (`available:A1`) of a book whose excess is to be covered."""

    book: str
    account: str


@verb("ledger.cure_shortfall", roles=(Role.RECONCILER, Role.FINANCE_APPROVER, Role.DIRECTOR))
def cure_shortfall(unit: Unit, command: CureShortfall) -> PostedEntry:
    """Cover with the present balance what a fact had taken too much of: row 40.

    Raises:
        NotFound: the book or the account does not exist.
        Refused: `nothing_to_cure`.
    """
    book = load_book(unit, command.book)
    ref = find_account(unit, book, command.account)
    balances = lock_balances(unit, {(ref.book_id, ref.code): ref})
    companion = balances.get((ref.book_id, str(ref.companion)))
    owed = companion.balance if companion is not None else 0
    amount = min(owed, balances[ref.book_id, ref.code].free)
    if amount <= 0 or ref.kind not in ("cash", "available"):
        refuse([no.NOTHING_TO_CURE(account=f"{book.code}/{ref.code}")])
    rows = (
        funds.cure_cash(ref, amount)
        if ref.kind == "cash"
        else funds.cure_line(find_line(unit, book, ref.line), amount)
    )
    return write_entry(unit, EntryDraft(event="shortfall_cured", postings=rows))
