"""The ledger's own verbs between two books: loans between funds and their repayment, currency exchanged."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.money import Money
from seedfund.ledger.queries.locked import BookFrame
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import cash
from seedfund.ledger.rules.events import funds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry
from seedfund.ledger.service.accounts import load_book
from seedfund.ledger.service.entries import write_entry
from seedfund.ledger.service.money import DECIDERS, find_account, minor_of
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class LendBetweenFunds(Command):
    """Cash of one fund's book for another's, with the paper of both donors named in `authority`."""

    lender: str
    lender_account: str
    borrower: str
    borrower_account: str
    amount: Money
    authority: str
    value_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class RepayLoan(Command):
    """Cash that goes back from the borrower's book to the lender's."""

    lender: str
    lender_account: str
    borrower: str
    borrower_account: str
    amount: Money
    value_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class ExchangeCurrency(Command):
    """Cash of one book's currency for another's, with the rate and its source named in `authority`."""

    source: str
    source_account: str
    sold: Money
    target: str
    target_account: str
    bought: Money
    authority: str
    value_date: date | None = None


def _two_books(unit: Unit, first: str, second: str) -> tuple[BookFrame, BookFrame]:
    if first == second:
        refuse([no.SAME_BOOK(book=first)])
    return load_book(unit, first), load_book(unit, second)


def _check_authority(authority: str) -> None:
    if not authority.strip():
        raise InvalidInput(
            field="authority", problem="it is empty", remedy="name the paper that allows it, and its date"
        )


@verb("ledger.lend_between_funds", roles=DECIDERS, moves_money=True)
def lend_between_funds(unit: Unit, command: LendBetweenFunds) -> PostedEntry:
    """Lend cash from one fund to another: row 34; the only way a pooled account serves a fund that has none.

    Raises:
        NotFound: a book, or the lender's account, does not exist.
        InvalidInput: no authority is named.
        Refused: `same_book`, `currency_mismatch`, `cash_too_low`.
    """
    _check_authority(command.authority)
    lender, borrower = _two_books(unit, command.lender, command.borrower)
    minor_of(borrower, command.amount)
    rows = funds.lend(
        find_account(unit, lender, f"cash:{command.lender_account}"),
        cash(borrower.id, command.borrower_account),
        minor_of(lender, command.amount),
        names=(lender.code, borrower.code),
    )
    draft = EntryDraft(
        event="funds_lent", postings=rows, reason=command.authority, value_date=command.value_date
    )
    return write_entry(unit, draft)


@verb("ledger.repay_loan", roles=DECIDERS, moves_money=True)
def repay_loan(unit: Unit, command: RepayLoan) -> PostedEntry:
    """Pay a loan between funds back: row 34, pairs swapped.

    Raises:
        NotFound: a book or an account does not exist.
        Refused: `same_book`, `currency_mismatch`, `cash_too_low`, `balance_too_low`.
    """
    lender, borrower = _two_books(unit, command.lender, command.borrower)
    minor_of(borrower, command.amount)
    rows = funds.repay(
        find_account(unit, lender, f"cash:{command.lender_account}"),
        find_account(unit, borrower, f"cash:{command.borrower_account}"),
        minor_of(lender, command.amount),
        names=(lender.code, borrower.code),
    )
    return write_entry(unit, EntryDraft(event="loan_repaid", postings=rows, value_date=command.value_date))


@verb("ledger.exchange_currency", roles=DECIDERS, moves_money=True)
def exchange_currency(unit: Unit, command: ExchangeCurrency) -> PostedEntry:
    """Exchange cash between two books: row 35; the rate is frozen by the two amounts.

    Raises:
        NotFound: a book, or the account that is sold from, does not exist.
        InvalidInput: no rate and source are named.
        Refused: `same_book`, `currency_mismatch`, `cash_too_low`.
    """
    _check_authority(command.authority)
    source, target = _two_books(unit, command.source, command.target)
    rows = funds.exchange(
        find_account(unit, source, f"cash:{command.source_account}"),
        cash(target.id, command.target_account),
        sold=minor_of(source, command.sold, field="sold"),
        bought=minor_of(target, command.bought, field="bought"),
        currencies=(source.currency, target.currency),
    )
    draft = EntryDraft(
        event="currency_exchanged", postings=rows, reason=command.authority, value_date=command.value_date
    )
    return write_entry(unit, draft)
