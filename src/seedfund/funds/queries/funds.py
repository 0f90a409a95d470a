"""Reads of donors, funds, budget lines, bank accounts and instalments, by code, by key, and as lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.rules.words import BankAccountKind, Basis, LineKind, RefundsReturnTo
from seedfund.funds.tables import (
    BankAccount,
    BudgetLine,
    Donor,
    Fund,
    Instalment,
    InstalmentRecall,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.lines import balances_of
from seedfund.ledger.rules.accounts import AccountRef, Line, cash
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class DonorRow:
    """A donor."""

    id: Key
    code: str
    name: str


def _donors() -> Any:
    return sa.select(col(Donor.id), col(Donor.code), col(Donor.name)).where(
        col(Donor.programme_id) == sa.bindparam("programme")
    )


DONOR_BY_CODE: Final = Query(DonorRow, lambda: _donors().where(col(Donor.code) == sa.bindparam("code")))
_DONORS: Final = Query(DonorRow, lambda: _donors().order_by(col(Donor.code)))


def list_donors(reader: Reader, programme: Key) -> list[DonorRow]:
    """Every donor, by code."""
    return reader.all(_DONORS, programme=programme)


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A fund with its donor's code, its period (half-open) and its book in the ledger."""

    id: Key
    code: str
    name: str
    donor: str
    currency: str
    starts: date
    ends: date
    basis: Basis
    refunds_return_to: RefundsReturnTo
    book_id: int

    @property
    def period(self) -> DateRange:
        """Its days, half-open."""
        return DateRange(self.starts, self.ends)

    def cash(self, account: "BankAccountFacts") -> AccountRef:
        """The fund's share of a bank account, as the ledger names it."""
        return cash(self.book_id, account.code, bank_account_id=account.id)


def _fund(*values: Any) -> FundFacts:
    row = list(values)
    row[7], row[8] = Basis(row[7]), RefundsReturnTo(row[8])
    return FundFacts(*row)


def _funds() -> Any:
    return sa.select(
        col(Fund.id),
        col(Fund.code),
        col(Fund.name),
        col(Donor.code),
        col(Fund.currency),
        col(Fund.starts),
        col(Fund.ends),
        col(Fund.basis),
        col(Fund.refunds_return_to),
        col(Fund.book_id),
    ).select_from(sa.join(Fund, Donor, col(Fund.donor_id) == col(Donor.id)))


_FUND_BY_CODE: Final = Query(
    _fund,
    lambda: _funds().where(
        col(Fund.programme_id) == sa.bindparam("programme"), col(Fund.code) == sa.bindparam("code")
    ),
)
_FUNDS_BY_ID: Final = Query(
    _fund, lambda: _funds().where(col(Fund.id).in_(sa.bindparam("ids", expanding=True)))
)
_FUNDS: Final = Query(
    _fund,
    lambda: _funds().where(col(Fund.programme_id) == sa.bindparam("programme")).order_by(col(Fund.code)),
)


def find_fund(reader: Reader, programme: Key, code: str) -> FundFacts | None:
    """A fund by its code, or None."""
    return reader.first(_FUND_BY_CODE, programme=programme, code=code)


def fund_facts(reader: Reader, programme: Key, code: str) -> FundFacts:
    """A fund by its code.

    Raises:
        NotFound: there is none.
    """
    found = find_fund(reader, programme, code)
    if found is None:
        raise NotFound(what="fund", which=code)
    return found


def funds_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, FundFacts]:
    """Funds by their keys."""
    return {fund.id: fund for fund in reader.among(_FUNDS_BY_ID, "ids", ids)}


def list_funds(reader: Reader, programme: Key) -> list[FundFacts]:
    """Every fund, by code."""
    return reader.all(_FUNDS, programme=programme)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line, with the book its amounts stand in."""

    id: Key
    fund_id: Key
    fund: str
    code: str
    name: str
    kind: LineKind
    currency: str
    book_id: int

    @property
    def ref(self) -> Line:
        """The line as the ledger names it."""
        return Line(self.book_id, self.id, self.code)


def _line(*values: Any) -> LineRow:
    row = list(values)
    row[5] = LineKind(row[5])
    return LineRow(*row)


def _lines() -> Any:
    return sa.select(
        col(BudgetLine.id),
        col(BudgetLine.fund_id),
        col(Fund.code),
        col(BudgetLine.code),
        col(BudgetLine.name),
        col(BudgetLine.kind),
        col(Fund.currency),
        col(Fund.book_id),
    ).select_from(sa.join(BudgetLine, Fund, col(BudgetLine.fund_id) == col(Fund.id)))


_LINE: Final = Query(
    _line,
    lambda: _lines().where(
        col(Fund.programme_id) == sa.bindparam("programme"),
        col(Fund.code) == sa.bindparam("fund"),
        col(BudgetLine.code) == sa.bindparam("line"),
    ),
)
_LINES_BY_ID: Final = Query(
    _line, lambda: _lines().where(col(BudgetLine.id).in_(sa.bindparam("ids", expanding=True)))
)
_LINES_OF: Final = Query(
    _line,
    lambda: _lines().where(col(BudgetLine.fund_id) == sa.bindparam("fund_id")).order_by(col(BudgetLine.code)),
)


def find_line(reader: Reader, programme: Key, fund: str, line: str) -> LineRow | None:
    """A budget line by the codes of its fund and itself, or None."""
    return reader.first(_LINE, programme=programme, fund=fund, line=line)


def line_row(reader: Reader, programme: Key, fund: str, line: str) -> LineRow:
    """A budget line by the codes of its fund and itself.

    Raises:
        NotFound: there is none.
    """
    found = find_line(reader, programme, fund, line)
    if found is None:
        raise NotFound(what="budget line", which=f"{fund}/{line}")
    return found


def line_refs(reader: Reader, ids: Sequence[Key]) -> dict[Key, LineRow]:
    """Budget lines by their keys; `.ref` is the line as the ledger names it."""
    return {row.id: row for row in reader.among(_LINES_BY_ID, "ids", ids)}


def lines_of(reader: Reader, fund_id: Key) -> list[LineRow]:
    """The lines of a fund, by code."""
    return reader.all(_LINES_OF, fund_id=fund_id)


@dataclass(frozen=True, slots=True)
class BudgetLineFacts:
    """A budget line with what nobody is promised of it now."""

    id: Key
    fund: str
    code: str
    kind: LineKind
    currency: str
    available: Money


def budget_line(reader: Reader, programme: Key, fund: str, line: str) -> BudgetLineFacts:
    """A budget line with what is available on it now.

    Raises:
        NotFound: there is no such line.
    """
    row = line_row(reader, programme, fund, line)
    code = row.ref.account("available").code
    found = balances_of(reader, row.book_id, [code]).get(code)
    free = found.free if found is not None else 0
    return BudgetLineFacts(row.id, row.fund, row.code, row.kind, row.currency, Money(free, row.currency))


@dataclass(frozen=True, slots=True)
class BankAccountFacts:
    """A bank account, cash box, envelope or float."""

    id: Key
    code: str
    name: str
    kind: BankAccountKind
    currency: str


def _bank(*values: Any) -> BankAccountFacts:
    row = BankAccountFacts(*values)
    return replace(row, kind=BankAccountKind(row.kind))


def _banks() -> Any:
    return sa.select(
        col(BankAccount.id),
        col(BankAccount.code),
        col(BankAccount.name),
        col(BankAccount.kind),
        col(BankAccount.currency),
    ).where(col(BankAccount.programme_id) == sa.bindparam("programme"))


_BANK: Final = Query(_bank, lambda: _banks().where(col(BankAccount.code) == sa.bindparam("code")))
_BANKS: Final = Query(_bank, lambda: _banks().order_by(col(BankAccount.code)))


def find_bank_account(reader: Reader, programme: Key, code: str) -> BankAccountFacts | None:
    """A bank account by its code, or None."""
    return reader.first(_BANK, programme=programme, code=code)


def bank_account(reader: Reader, programme: Key, code: str) -> BankAccountFacts:
    """A bank account by its code.

    Raises:
        NotFound: there is none.
    """
    found = find_bank_account(reader, programme, code)
    if found is None:
        raise NotFound(what="bank account", which=code)
    return found


def bank_accounts(reader: Reader, programme: Key) -> list[BankAccountFacts]:
    """Every bank account, by code."""
    return reader.all(_BANKS, programme=programme)


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """An instalment with what was taken back of it; amounts in minor units of the fund's currency."""

    id: Key
    number: int
    amount_minor: int
    recalled_minor: int
    bank_account: str
    received_on: date
    donor_minor: int | None
    donor_currency: str | None
    rate: str | None
    rate_source: str | None
    evidence_sha256: str | None
    is_irregular: bool
    entry_id: Key


def _instalments() -> Any:
    recalled = (
        sa.select(
            sa.cast(sa.func.coalesce(sa.func.sum(col(InstalmentRecall.amount_minor)), 0), sa.BigInteger)
        )
        .where(col(InstalmentRecall.instalment_id) == col(Instalment.id))
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Instalment.id),
            col(Instalment.number),
            col(Instalment.amount_minor),
            recalled,
            col(BankAccount.code),
            col(Instalment.received_on),
            col(Instalment.donor_minor),
            col(Instalment.donor_currency),
            col(Instalment.rate),
            col(Instalment.rate_source),
            col(Instalment.evidence_sha256),
            col(Instalment.is_irregular),
            col(Instalment.entry_id),
        )
        .select_from(sa.join(Instalment, BankAccount, col(Instalment.bank_account_id) == col(BankAccount.id)))
        .where(col(Instalment.fund_id) == sa.bindparam("fund_id"))
        .order_by(col(Instalment.number))
    )


_INSTALMENTS: Final = Query(InstalmentRow, _instalments)


def instalments_of(reader: Reader, fund_id: Key) -> list[InstalmentRow]:
    """The instalments of a fund, by number."""
    return reader.all(_INSTALMENTS, fund_id=fund_id)
