"""Signing an account's month, and closing the programme's month over signed accounts.

A month is closed by the ledger, which takes the word of who closes it for what was compared. Here that word is kept:
every account with statements of the month has to be signed, and still agree with what was signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from seedfund.banking.queries import SignedRow, StatementRow, reconciled, signings, with_days
from seedfund.banking.queries.statements import STATEMENTS
from seedfund.banking.rules import OUT_OF_IT, USABLE, Reconciliation
from seedfund.banking.rules.deciding import MONTH_SIGNED, MONTH_UNRECONCILED, RECONCILIATION_STALE
from seedfund.banking.rules.reconciling import (
    ENTRY_LONG_UNSHOWN,
    LINES_UNMATCHED,
    OLD_DAYS,
    OPENING_UNEXPLAINED,
    STATEMENT_GAP,
    STATEMENT_OPEN,
    STATEMENTS_BEGIN_LATER,
    STATEMENTS_MISSING,
    STATEMENTS_OVERLAP,
)
from seedfund.banking.service.common import account_of
from seedfund.banking.tables import BankReconciliation
from seedfund.funds.queries import BankAccountFacts, bank_accounts
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.dates import Month, parse_month
from seedfund.kernel.errors import Refusal, Refused, insist, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries.cash import CashMovement, cash_places
from seedfund.ledger.queries.closing import MONTHS
from seedfund.ledger.rules.periods import CLOSED
from seedfund.ledger.rules.refusals import MONTH_NOT_OVER
from seedfund.ledger.service.periods import ClosePeriod, PeriodChanged, close_period
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "RC"
OPENING: Final = "opening"
"""The word under which a difference of before the first statement is explained."""


@dataclass(frozen=True, kw_only=True)
class SignReconciliation(Command):
    """An account and a month, `2026-11`, that is over.

    `explained` gives the reason for entries that no line shows for long, by their number, and, under `opening`, for a
    difference of before the first statement.
    """

    account: str
    month: str
    explained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReconciliationSigned:
    """The number of the reconciliation, both balances, and what lies between them."""

    number: str
    bank: Money
    books: Money
    in_bank: Money
    in_books: Money
    unexplained: Money


@verb("banking.sign_reconciliation", roles=(Role.RECONCILER, Role.FINANCE_APPROVER, Role.DIRECTOR))
def sign_reconciliation(unit: Unit, command: SignReconciliation) -> ReconciliationSigned:
    """Sign that bank and books of an account agree at the end of a month, or differ by what is named.

    Raises:
        NotFound: there is no such account.
        InvalidInput: the month is none.
        Refused: `month_is_signed`, `month_not_over`, `statements_missing`, `statements_begin_later`,
            `statement_does_not_foot`, `statement_gap`, `statements_overlap`, `lines_unmatched`, `opening_unexplained`,
            `entry_long_unshown`.
    """
    bank, month = account_of(unit, command.account), parse_month(command.month)
    before = _signed_of(unit, bank.id, month)
    closed = {row.month for row in unit.all(MONTHS, programme=unit.programme.id) if row.state == CLOSED}
    if before is not None and str(month) in closed:
        raise Refused([MONTH_SIGNED(account=bank.code, month=month)])
    if month.next.range.start > unit.work.today():
        raise Refused([MONTH_NOT_OVER(month=month, first=month.next.range.start)])
    found, statements, entries = reconciled(unit, unit.programme.id, bank, month.range.last_day)
    case = _Case(bank, month, found, statements, entries)
    refuse(_refusals(case, command.explained))
    number = unit.human_number(SERIES)
    told = {name: text.strip() for name, text in command.explained.items() if text.strip()}
    unit.insert(
        BankReconciliation,
        **_row(unit, case),
        number=number,
        version=1 if before is None else before.version + 1,
        explained=canonical_text(told),
    )
    figures = {
        "bank": case.by_bank,
        "books": case.money(found.books),
        "in_bank": case.money(sum(line.amount for line in found.in_bank)),
        "in_books": case.money(sum(item.amount for item in found.in_books)),
        "unexplained": case.money(found.unexplained),
    }
    noted = {name: str(amount) for name, amount in figures.items()}
    unit.created("sf_bank_reconciliation", number, {"month": str(month), **noted})
    return ReconciliationSigned(number=number, **figures)


@dataclass(frozen=True)
class _Case:
    """An account's month: both sides, its statements, the entries behind the books."""

    bank: BankAccountFacts
    month: Month
    found: Reconciliation
    statements: list[StatementRow]
    entries: Mapping[Key, CashMovement]

    def money(self, minor: int) -> Money:
        """An amount in the account's currency."""
        return Money(minor, self.bank.currency)

    @property
    def by_bank(self) -> Money:
        """What the bank told; nothing is signed where it told nothing."""
        insist(self.found.bank is not None, "a month is signed over a balance that the bank told")
        return self.money(self.found.bank or 0)


def _row(unit: Unit, case: _Case) -> dict[str, object]:
    found = case.found
    return {
        "id": unit.key(),
        "programme_id": unit.programme.id,
        "bank_account_id": case.bank.id,
        "month": str(case.month),
        "currency": case.bank.currency,
        "bank_minor": case.by_bank.minor,
        "books_minor": found.books,
        "in_bank_minor": sum(line.amount for line in found.in_bank),
        "in_bank_count": len(found.in_bank),
        "in_books_minor": sum(item.amount for item in found.in_books),
        "in_books_count": len(found.in_books),
        "unexplained_minor": found.unexplained,
        "signed_on": unit.occurred_on,
        "signed_at": unit.now,
        "signed_by": unit.actor.id,
    }


def _signed_of(unit: Unit, bank_account: Key, month: Month) -> SignedRow | None:
    rows = signings(unit, unit.programme.id)
    return next(
        (row for row in rows if row.bank_account_id == bank_account and row.month == str(month)), None
    )


def _refusals(case: _Case, explained: Mapping[str, str]) -> list[Refusal]:
    """Everything that keeps an account's month from being signed, in the declared order."""
    code, month, last = case.bank.code, case.month, case.month.range.last_day
    reach = [row.until_day for row in case.statements if row.state in USABLE and row.until_day is not None]
    found = []
    if not reach or max(reach) < last:
        until = max(reach).isoformat() if reach else "-"
        found.append(STATEMENTS_MISSING(account=code, month=month, until=until))
    elif case.found.bank is None:
        begins = min(
            row.from_day for row in case.statements if row.state in USABLE and row.from_day is not None
        )
        found.append(STATEMENTS_BEGIN_LATER(account=code, month=month, begins=begins))
    found += [
        STATEMENT_OPEN(statement=row.number, account=code)
        for row in case.statements
        if row.state not in USABLE and (row.from_day is None or row.from_day <= last)
    ]
    found += _gaps(case)
    open_lines = [line for line in case.found.in_bank if not line.match]
    if open_lines:
        amount = case.money(sum(line.amount for line in open_lines))
        found.append(LINES_UNMATCHED(account=code, month=month, count=len(open_lines), amount=amount))
    if case.found.opening and not explained.get(OPENING, "").strip():
        found.append(OPENING_UNEXPLAINED(account=code, amount=case.money(case.found.opening)))
    return [*found, *_long_unshown(case, explained)]


def _gaps(case: _Case) -> list[Refusal]:
    """Where balances do not follow: a statement is missing, or two of them tell the same days."""
    code, twice = case.bank.code, case.found.twice
    return [
        STATEMENTS_OVERLAP(account=code, statement=number, other=twice[number])
        if number in twice
        else STATEMENT_GAP(account=code, statement=number, amount=case.money(amount))
        for number, amount in case.found.gaps
    ]


def _long_unshown(case: _Case, explained: Mapping[str, str]) -> list[Refusal]:
    oldest = case.month.range.last_day - timedelta(days=OLD_DAYS)
    entries = [case.entries[Key(item.id)] for item in case.found.in_books if item.day < oldest]
    return [
        ENTRY_LONG_UNSHOWN(account=case.bank.code, entry=entry.number, day=entry.booking_date)
        for entry in entries
        if not explained.get(entry.number, "").strip()
    ]


@dataclass(frozen=True, kw_only=True)
class CloseMonth(Command):
    """A month that is being closed, `2026-11`.

    Accounts with statements are taken as their reconciliations say. `counted` names the other cash accounts that were
    compared with a count, by their code (`BOX`); `explained` is as of `ledger.close_period`.
    """

    month: str
    counted: tuple[str, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict)


@verb("banking.close_month", roles=close_period.roles)
def close_month(unit: Unit, command: CloseMonth) -> PeriodChanged:
    """Close a month as the second person, over signed accounts: what was compared is not a claim but a signed row.

    Raises:
        InvalidInput: the month is none.
        Refused: `month_unreconciled`, `reconciliation_stale`, and what `ledger.close_period` refuses.
    """
    month = parse_month(command.month)
    statements = [
        row for row in unit.all(STATEMENTS, programme=unit.programme.id) if row.state not in OUT_OF_IT
    ]
    told = with_days(unit, statements)
    with_statements = {row.bank_account_id for row in told if _touches(row, month)}
    begun = {row.bank_account_id for row in told if _begins(row) <= month.range.last_day}
    counted = {code.strip() for code in command.counted}
    # Nobody's word stands for an account that a bank speaks of, not even in a month without a statement of its own.
    banks = [
        one
        for one in bank_accounts(unit, unit.programme.id)
        if one.id in with_statements or (one.id in begun and one.code in counted)
    ]
    refuse(refusal for bank in banks for refusal in _unsigned(unit, bank, month))
    compared = {bank.code for bank in banks} | counted
    places = [one.which for one in cash_places(unit, unit.programme.id) if one.holder in compared]
    inner = ClosePeriod(
        key=unit.command_key,
        occurred_on=unit.occurred_on,
        month=str(month),
        reconciled=tuple(places),
        explained=command.explained,
    )
    return close_period.write(unit, inner)


def _touches(row: StatementRow, month: Month) -> bool:
    return _begins(row) <= month.range.last_day and (row.until_day or date.max) >= month.range.start


def _begins(row: StatementRow) -> date:
    return row.from_day or date.min


def _unsigned(unit: Unit, bank: BankAccountFacts, month: Month) -> list[Refusal]:
    """Why an account keeps the month open: never signed, or its books moved since."""
    signed = _signed_of(unit, bank.id, month)
    if signed is None:
        return [MONTH_UNRECONCILED(account=bank.code, month=month)]
    found, _, _ = reconciled(unit, unit.programme.id, bank, month.range.last_day)
    moved = (found.bank, found.books) != (signed.bank_minor, signed.books_minor)
    still_open = any(not line.match for line in found.in_bank)
    if moved or still_open or found.unexplained != signed.unexplained_minor:
        amount = Money(found.books - signed.books_minor, bank.currency)
        return [RECONCILIATION_STALE(account=bank.code, month=month, amount=amount)]
    return []
