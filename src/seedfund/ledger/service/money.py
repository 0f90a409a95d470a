"""The ledger's own verbs on one book's money: cash moved and counted, charges, other spending, income, tax.

Facts are taken in whatever the balance says; where one takes more than there was, the result names the room it got.
Accounts and lines are given by the code they stand under in the book.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries import locked
from seedfund.ledger.queries.locked import BookFrame
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import AccountRef, Line, cash
from seedfund.ledger.rules.events import funds, refunds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.accounts import NewBook, load_book, write_book
from seedfund.ledger.service.entries import lock_balances, write_entry
from seedfund.ledger.tables import Account
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query
from seedfund.store.unit import Unit

RECORDERS: Final = (Role.FINANCE_OFFICER, Role.CASHIER, Role.RECONCILER)
DECIDERS: Final = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.DIRECTOR)
_ACCOUNT: Final = Query(
    locked.account_ref,
    lambda: sa.select(*locked.ref_columns()).where(
        col(Account.book_id) == sa.bindparam("book"), col(Account.code) == sa.bindparam("code")
    ),
)


def find_account(unit: Unit, book: BookFrame, code: str) -> AccountRef:
    """An account of a book by its whole code, such as `cash:BANK`.

    Raises:
        NotFound: it was never used.
    """
    found = unit.first(_ACCOUNT, book=book.id, code=code)
    if found is None:
        raise NotFound(what="account", which=f"{book.code}/{code}")
    return found[1]


def find_line(unit: Unit, book: BookFrame, code: str) -> Line:
    """A budget line of a book by its code.

    Raises:
        NotFound: nothing was ever allotted to it.
    """
    ref = find_account(unit, book, f"available:{code}")
    if ref.line_id is None:
        raise NotFound(what="budget line", which=code)
    return Line(book.id, ref.line_id, ref.line)


def minor_of(book: BookFrame, amount: Money, *, field: str = "amount") -> int:
    """An amount above zero in the book's currency, in minor units.

    Raises:
        InvalidInput: it is zero or less.
        Refused: `currency_mismatch`.
    """
    if amount.currency != book.currency:
        refuse([no.CURRENCY_MISMATCH(book=book.code, kept=book.currency, given=amount.currency)])
    if amount.minor <= 0:
        raise InvalidInput(field=field, problem="it is not above zero", remedy="give the amount that moved")
    return amount.minor


def _entry(
    unit: Unit,
    event: str,
    rows: tuple[Posting, ...],
    *,
    reason: str = "",
    value_date: date | None = None,
    document_date: date | None = None,
) -> PostedEntry:
    draft = EntryDraft(
        event=event, postings=rows, reason=reason, value_date=value_date, document_date=document_date
    )
    return write_entry(unit, draft)


@dataclass(frozen=True, kw_only=True)
class OpenBook(Command):
    """A fund's book: the fund's key, the code that its entries are numbered with, the currency."""

    fund_id: Key
    code: str
    currency: str


@dataclass(frozen=True)
class BookOpened:
    """The book's number in the ledger and its code."""

    book_id: int
    code: str


@verb("ledger.open_book", roles=(Role.ADMINISTRATOR, Role.FINANCE_OFFICER, Role.DIRECTOR))
def open_book(unit: Unit, command: OpenBook) -> BookOpened:
    """Open a fund's book in a currency.

    Raises:
        Refused: `book_exists`.
        InvalidInput: the code or the currency cannot be used.
    """
    frame = write_book(unit, NewBook(command.fund_id, command.code, command.currency))
    return BookOpened(frame.id, frame.code)


@dataclass(frozen=True, kw_only=True)
class MoveCash(Command):
    """Cash from one account of a book to another (bank, petty cash, envelope, float); names without `cash:`.

    `is_shown`: the statement already shows it, so it is a fact. `bank_account_id` is needed once, for a new target.
    """

    book: str
    source: str
    target: str
    amount: Money
    is_shown: bool = False
    bank_account_id: Key | None = None
    value_date: date | None = None


@verb("ledger.move_cash", roles=RECORDERS, moves_money=True)
def move_cash(unit: Unit, command: MoveCash) -> PostedEntry:
    """Move cash within a book: row 6.

    Raises:
        NotFound: the book, or the account it leaves, does not exist.
        Refused: `same_account`, `currency_mismatch`, `cash_too_low`.
    """
    book = load_book(unit, command.book)
    source = find_account(unit, book, f"cash:{command.source}")
    target = cash(book.id, command.target, bank_account_id=command.bank_account_id)
    if source.code == target.code:
        refuse([no.SAME_ACCOUNT(account=source.code)])
    rows = funds.move_cash(source, target, minor_of(book, command.amount), is_shown=command.is_shown)
    return _entry(unit, "cash_moved", rows, value_date=command.value_date)


@dataclass(frozen=True, kw_only=True)
class RecordCashCount(Command):
    """What was counted in a cash account; a shortage is a loss, or a claim on `debtor` (a post, never a name)."""

    book: str
    account: str
    counted: Money
    debtor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class CashCounted:
    """What the books said, what was counted, and the entry that closed the difference, if there was one."""

    expected: Money
    counted: Money
    entry: PostedEntry | None


@verb("ledger.record_cash_count", roles=(Role.CASHIER, Role.RECONCILER, Role.FINANCE_OFFICER))
def record_cash_count(unit: Unit, command: RecordCashCount) -> CashCounted:
    """Record a count: what is over is income (row 3), what is short a loss or a claim (row 7).

    Raises:
        NotFound: the book or the account does not exist.
        InvalidInput: less than nothing was counted, or a shortage has no reason.
        Refused: `currency_mismatch`.
    """
    book = load_book(unit, command.book)
    ref = find_account(unit, book, f"cash:{command.account}")
    if command.counted.currency != book.currency:
        refuse([no.CURRENCY_MISMATCH(book=book.code, kept=book.currency, given=command.counted.currency)])
    if command.counted.minor < 0:
        raise InvalidInput(field="counted", problem="it is below zero", remedy="give what was counted")
    key = (ref.book_id, ref.code)
    expected = lock_balances(unit, {key: ref})[key].balance
    difference = command.counted.minor - expected
    if difference < 0 and not command.reason.strip():
        raise InvalidInput(field="reason", problem="cash is short", remedy="say what the incident paper says")
    rows = (
        funds.receive_income(ref, "COUNT", difference)
        if difference > 0
        else funds.count_short(ref, -difference, debtor=command.debtor)
    )
    entry = _entry(unit, "cash_counted", rows, reason=command.reason) if rows else None
    return CashCounted(Money(expected, book.currency), command.counted, entry)


@dataclass(frozen=True, kw_only=True)
class RecordBankCharge(Command):
    """A bank's or provider's fee on top of what was paid, and the budget line that bears it."""

    book: str
    account: str
    line: str
    amount: Money
    value_date: date | None = None


@verb("ledger.record_bank_charge", roles=RECORDERS)
def record_bank_charge(unit: Unit, command: RecordBankCharge) -> PostedEntry:
    """Record a charge: row 4.

    Raises:
        NotFound: the book, account or line does not exist.
        Refused: `currency_mismatch`.
    """
    book = load_book(unit, command.book)
    bank, line = find_account(unit, book, f"cash:{command.account}"), find_line(unit, book, command.line)
    rows = funds.pay_charge(bank, line, minor_of(book, command.amount))
    return _entry(unit, "charge_paid", rows, value_date=command.value_date)


@dataclass(frozen=True, kw_only=True)
class RecordOtherSpending(Command):
    """Spending outside grants, such as salaries or rent; `reason` says what for."""

    book: str
    account: str
    line: str
    amount: Money
    reason: str
    value_date: date | None = None
    document_date: date | None = None


@verb("ledger.record_other_spending", roles=RECORDERS)
def record_other_spending(unit: Unit, command: RecordOtherSpending) -> PostedEntry:
    """Record spending outside grants: row 5; without it no bank account foots.

    Raises:
        NotFound: the book, account or line does not exist.
        Refused: `currency_mismatch`.
    """
    book = load_book(unit, command.book)
    bank, line = find_account(unit, book, f"cash:{command.account}"), find_line(unit, book, command.line)
    rows = funds.pay_other(bank, line, minor_of(book, command.amount))
    return _entry(
        unit,
        "spending_paid",
        rows,
        reason=command.reason,
        value_date=command.value_date,
        document_date=command.document_date,
    )


@dataclass(frozen=True, kw_only=True)
class RecordIncome(Command):
    """Interest or other income of a kind (`INTEREST`) on a cash account."""

    book: str
    account: str
    kind: str
    amount: Money
    value_date: date | None = None


@verb("ledger.record_income", roles=RECORDERS)
def record_income(unit: Unit, command: RecordIncome) -> PostedEntry:
    """Record income that is no instalment: row 3.

    Raises:
        NotFound: the book does not exist.
        Refused: `currency_mismatch`.
    """
    book = load_book(unit, command.book)
    rows = funds.receive_income(cash(book.id, command.account), command.kind, minor_of(book, command.amount))
    return _entry(unit, "income_received", rows, value_date=command.value_date)


@dataclass(frozen=True, kw_only=True)
class PayWithheldTax(Command):
    """Tax withheld from payees, paid over to the authority."""

    book: str
    account: str
    tax: str
    amount: Money
    value_date: date | None = None


@verb("ledger.pay_withheld_tax", roles=DECIDERS, moves_money=True)
def pay_withheld_tax(unit: Unit, command: PayWithheldTax) -> PostedEntry:
    """Pay over withheld tax: row 20.

    Raises:
        NotFound: the book, the account or the tax does not exist.
        Refused: `currency_mismatch`, `cash_too_low`, `balance_too_low`.
    """
    book = load_book(unit, command.book)
    bank = find_account(unit, book, f"cash:{command.account}")
    withheld = find_account(unit, book, f"withheld:{command.tax}")
    rows = (Posting("tax.paid", minor_of(book, command.amount), withheld, bank),)
    return _entry(unit, "tax_paid", rows, value_date=command.value_date)


@dataclass(frozen=True, kw_only=True)
class RecordClaimRefund(Command):
    """A provider or custodian (`debtor`) paid back what no grant owes: an overpayment, a cash shortage."""

    book: str
    account: str
    debtor: str
    amount: Money
    value_date: date | None = None


@verb("ledger.record_claim_refund", roles=RECORDERS)
def record_claim_refund(unit: Unit, command: RecordClaimRefund) -> PostedEntry:
    """Record what a provider or custodian paid back (rows 7 and 18); what goes beyond the claim is income.

    Raises:
        NotFound: the book, the account or the claim does not exist.
        Refused: `currency_mismatch`.
    """
    book = load_book(unit, command.book)
    bank = find_account(unit, book, f"cash:{command.account}")
    claim = find_account(unit, book, f"claims:{command.debtor}")
    amount, key = minor_of(book, command.amount), (claim.book_id, claim.code)
    owed = min(amount, lock_balances(unit, {key: claim, (bank.book_id, bank.code): bank})[key].free)
    rows = (
        *refunds.provider_refund(bank, owed, debtor=command.debtor),
        *funds.receive_income(bank, "OTHER", amount - owed),
    )
    return _entry(unit, "claim_refunded", rows, value_date=command.value_date)
