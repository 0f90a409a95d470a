"""Registering donors, opening funds with their books, adding budget lines and bank accounts."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.funds.queries.funds import DONOR_BY_CODE, find_bank_account, find_fund, find_line, fund_facts
from seedfund.funds.rules.budgets import BANK_ACCOUNT_EXISTS, DONOR_EXISTS, FUND_EXISTS, LINE_EXISTS
from seedfund.funds.rules.words import BankAccountKind, Basis, LineKind, RefundsReturnTo
from seedfund.funds.tables import BankAccount, BudgetLine, Donor, Fund
from seedfund.kernel.currencies import exponent
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import label
from seedfund.ledger.service.accounts import NewBook, write_book
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

FUND_CODE_LENGTH_MAX: Final = 20
KEEPERS: Final = (Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class RegisterDonor(Command):
    """A donor: a short code as in accounts, and the name as on papers."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DonorRegistered:
    """The donor's code."""

    code: str


@verb("funds.register_donor", roles=KEEPERS)
def register_donor(unit: Unit, command: RegisterDonor) -> DonorRegistered:
    """Register a donor.

    Raises:
        InvalidInput: the code cannot stand in an account's code, or the name is empty.
        Refused: `donor_exists`.
    """
    code, name = label(command.code, name="code"), _name(command.name)
    if unit.first(DONOR_BY_CODE, programme=unit.programme.id, code=code) is not None:
        refuse([DONOR_EXISTS(code=code)])
    unit.insert(
        Donor,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=code,
        name=name,
        registered_at=unit.now,
        registered_by=unit.actor.id,
    )
    unit.created("sf_donor", code, {"name": name})
    return DonorRegistered(code=code)


def _name(text: str) -> str:
    name = text.strip()
    if not name:
        raise InvalidInput(field="name", problem="it is empty", remedy="give the name as on papers")
    return name


@dataclass(frozen=True, kw_only=True)
class OpenFund(Command):
    """A donor's money for a period: from `starts` up to, but not including, `ends`, in one currency."""

    code: str
    donor: str
    name: str
    currency: str
    starts: date
    ends: date
    basis: Basis = Basis.WHEN_JUSTIFIED
    refunds_return_to: RefundsReturnTo = RefundsReturnTo.COMMITTED


@dataclass(frozen=True, kw_only=True)
class FundOpened:
    """The fund's code, which is its book's too."""

    code: str


@verb("funds.open_fund", roles=KEEPERS)
def open_fund(unit: Unit, command: OpenFund) -> FundOpened:
    """Open a fund and its book in the ledger.

    Raises:
        NotFound: there is no such donor.
        InvalidInput: the code, the period or the currency is none.
        Refused: `fund_exists`.
    """
    code, name = label(command.code, name="code"), _name(command.name)
    if len(code) > FUND_CODE_LENGTH_MAX:
        raise InvalidInput(
            field="code", problem="it is too long", remedy=f"use up to {FUND_CODE_LENGTH_MAX} letters"
        )
    period = DateRange(command.starts, command.ends)
    donor = unit.first(DONOR_BY_CODE, programme=unit.programme.id, code=command.donor)
    if donor is None:
        raise NotFound(what="donor", which=command.donor)
    if find_fund(unit, unit.programme.id, code) is not None:
        refuse([FUND_EXISTS(code=code)])
    fund_id = unit.key()
    book = write_book(unit, NewBook(fund_id, code, command.currency))
    unit.insert(
        Fund,
        id=fund_id,
        programme_id=unit.programme.id,
        code=code,
        donor_id=donor.id,
        name=name,
        currency=command.currency,
        starts=period.start,
        ends=period.end,
        basis=command.basis.value,
        refunds_return_to=command.refunds_return_to.value,
        book_id=book.id,
        opened_at=unit.now,
        opened_by=unit.actor.id,
    )
    unit.created("sf_fund", code, {"donor": donor.code, "currency": command.currency, "basis": command.basis})
    return FundOpened(code=code)


@dataclass(frozen=True, kw_only=True)
class AddBudgetLine(Command):
    """A line of a fund's budget: its code as in the donor's budget, and what it is for."""

    fund: str
    code: str
    name: str
    kind: LineKind


@dataclass(frozen=True, kw_only=True)
class BudgetLineAdded:
    """The fund's and the line's codes."""

    fund: str
    code: str


@verb("funds.add_budget_line", roles=KEEPERS)
def add_budget_line(unit: Unit, command: AddBudgetLine) -> BudgetLineAdded:
    """Add a line to a fund's budget; it holds nothing until it is allotted.

    Raises:
        NotFound: there is no such fund.
        InvalidInput: the code cannot stand in an account's code, or the name is empty.
        Refused: `line_exists`.
    """
    code, name = label(command.code, name="code"), _name(command.name)
    fund = fund_facts(unit, unit.programme.id, command.fund)
    if find_line(unit, unit.programme.id, fund.code, code) is not None:
        refuse([LINE_EXISTS(fund=fund.code, code=code)])
    unit.insert(
        BudgetLine,
        id=unit.key(),
        fund_id=fund.id,
        code=code,
        name=name,
        kind=command.kind.value,
        added_at=unit.now,
        added_by=unit.actor.id,
    )
    unit.created("sf_budget_line", f"{fund.code}/{code}", {"name": name, "kind": command.kind})
    return BudgetLineAdded(fund=fund.code, code=code)


@dataclass(frozen=True, kw_only=True)
class OpenBankAccount(Command):
    """Where money lies: a short code as in accounts, never the account's number."""

    code: str
    name: str
    kind: BankAccountKind
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankAccountOpened:
    """The account's code."""

    code: str


@verb("funds.open_bank_account", roles=KEEPERS)
def open_bank_account(unit: Unit, command: OpenBankAccount) -> BankAccountOpened:
    """Name a bank account, cash box, envelope or float; each fund keeps its share of it in its own book.

    Raises:
        InvalidInput: the code cannot stand in an account's code, or the currency does not exist.
        Refused: `bank_account_exists`.
    """
    code, name = label(command.code, name="code"), _name(command.name)
    exponent(command.currency)
    if find_bank_account(unit, unit.programme.id, code) is not None:
        refuse([BANK_ACCOUNT_EXISTS(code=code)])
    unit.insert(
        BankAccount,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=code,
        name=name,
        kind=command.kind.value,
        currency=command.currency,
        opened_at=unit.now,
        opened_by=unit.actor.id,
    )
    unit.created("sf_bank_account", code, {"name": name, "kind": command.kind, "currency": command.currency})
    return BankAccountOpened(code=code)
