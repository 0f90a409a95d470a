"""Money of a fund outside its grants: income, charges, other spending, cash moved or missing (accounting: rows 3 to 7).

All but the move are facts: they are taken in even when they take more than there is, and that is named.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries.funds import (
    BankAccountFacts,
    FundFacts,
    LineRow,
    bank_account,
    fund_facts,
    line_row,
)
from seedfund.funds.rules.budgets import SAME_ACCOUNT, check_amount, check_bank, check_line_kind
from seedfund.funds.rules.words import IncomeKind, LineKind
from seedfund.funds.service.posting import day_that_came, file_paper, post
from seedfund.kernel.errors import NotAllowed, Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.register.rules import EvidenceKind
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

RECORDERS: Final = (Role.FINANCE_OFFICER, Role.RECONCILER)


@dataclass(frozen=True, kw_only=True)
class CashCommand(Command):
    """What these commands share: the fund, the account, the amount, the bank's day (today if not given), why."""

    fund: str
    bank_account: str
    amount: Money
    value_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CashRecorded:
    """The number of the entry, and the kinds of paper that are still missing."""

    entry: str
    papers_missing: tuple[str, ...] = ()


def _loaded(unit: Unit, command: CashCommand) -> tuple[FundFacts, BankAccountFacts, list[Refusal]]:
    fund = fund_facts(unit, unit.programme.id, command.fund)
    bank = bank_account(unit, unit.programme.id, command.bank_account)
    refusals = check_amount(fund.code, fund.currency, command.amount)
    return fund, bank, refusals + check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency)


def _record(unit: Unit, command: CashCommand, event: str, postings: tuple[Posting, ...]) -> str:
    draft = EntryDraft(
        event=event,
        postings=postings,
        subject=command.fund,
        value_date=day_that_came(unit, command.value_date, field="value_date"),
        reason=command.reason,
    )
    return post(unit, draft).number


@dataclass(frozen=True, kw_only=True)
class RecordIncome(CashCommand):
    """Money that no donor sent: interest, or a cash count that is over."""

    kind: IncomeKind


@verb("funds.record_income", roles=RECORDERS)
def record_income(unit: Unit, command: RecordIncome) -> CashRecorded:
    """Record income of a fund: a fact, row 3.

    Raises:
        NotFound: there is no such fund or account.
        InvalidInput: the day lies in the future.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`.
    """
    fund, bank, refusals = _loaded(unit, command)
    refuse(refusals)
    rows = events.receive_income(fund.cash(bank), command.kind.value, command.amount.minor)
    return CashRecorded(entry=_record(unit, command, "income_received", rows))


@dataclass(frozen=True, kw_only=True)
class RecordCharge(CashCommand):
    """A bank's or provider's fee on top of what was paid, and the budget line of charges it falls on."""

    line: str


@verb("funds.record_charge", roles=RECORDERS)
def record_charge(unit: Unit, command: RecordCharge) -> CashRecorded:
    """Record a charge: a fact, row 4; it never falls on a line that is for grants.

    Raises:
        NotFound: there is no such line or account.
        InvalidInput: the day lies in the future.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `line_not_for`.
    """
    fund, bank, line = _on_line(unit, command, command.line, (LineKind.CHARGES, LineKind.OPERATIONS))
    rows = events.pay_charge(fund.cash(bank), line.ref, command.amount.minor)
    return CashRecorded(entry=_record(unit, command, "charge_paid", rows))


@dataclass(frozen=True, kw_only=True)
class RecordSpending(CashCommand):
    """Spending outside grants, such as salaries or rent, on a line of operations; `reason` says on what."""

    line: str


@verb("funds.record_spending", roles=RECORDERS)
def record_spending(unit: Unit, command: RecordSpending) -> CashRecorded:
    """Record spending outside grants: a fact, row 5; without it no bank account agrees with its statement.

    Raises:
        NotFound: there is no such line or account.
        InvalidInput: the day lies in the future.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `line_not_for`.
    """
    fund, bank, line = _on_line(unit, command, command.line, (LineKind.OPERATIONS,))
    rows = events.pay_other(fund.cash(bank), line.ref, command.amount.minor)
    return CashRecorded(entry=_record(unit, command, "spending_paid", rows))


def _on_line(
    unit: Unit, command: CashCommand, code: str, kinds: tuple[LineKind, ...]
) -> tuple[FundFacts, BankAccountFacts, LineRow]:
    fund, bank, refusals = _loaded(unit, command)
    line = line_row(unit, unit.programme.id, fund.code, code)
    refuse([*refusals, *check_line_kind(fund.code, line.code, line.kind, wanted=kinds)])
    return fund, bank, line


@dataclass(frozen=True, kw_only=True)
class MoveCash(CashCommand):
    """A fund's cash that goes from one account to another; `is_shown` when the statement already shows it."""

    to_account: str
    is_shown: bool = False


@verb("funds.move_cash", roles=(Role.FINANCE_OFFICER, Role.CASHIER, Role.RECONCILER), moves_money=True)
def move_cash(unit: Unit, command: MoveCash) -> CashRecorded:
    """Move a fund's cash to another account: a decision within what no payment holds, a fact once the bank shows it.

    Row 6. Money on its way for days goes through an account of the kind transit.

    Raises:
        NotFound: there is no such fund or account.
        NotAllowed: somebody who does not reconcile says that the statement shows it.
        InvalidInput: the day lies in the future.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `same_account_moved`,
            `cash_too_low`.
    """
    if command.is_shown and Role.RECONCILER not in unit.actor.roles:
        raise NotAllowed(
            "only who reconciles the bank records a move that its statement shows already; ask that person."
        )
    fund, source, refusals = _loaded(unit, command)
    target = bank_account(unit, unit.programme.id, command.to_account)
    refusals += check_bank(fund.code, fund.currency, code=target.code, kept=target.currency)
    refuse([*refusals, *([SAME_ACCOUNT(account=source.code)] if source.id == target.id else [])])
    rows = events.move_cash(
        fund.cash(source), fund.cash(target), command.amount.minor, is_shown=command.is_shown
    )
    return CashRecorded(entry=_record(unit, command, "cash_moved", rows))


@dataclass(frozen=True, kw_only=True)
class RecordCashShort(CashCommand):
    """Cash that a count misses, or that was stolen; `custodian` is the word of who answers for it, if anybody does.

    `evidence_sha256` is the incident report.
    """

    custodian: str = ""
    evidence_sha256: str | None = None


@verb("funds.record_cash_short", roles=RECORDERS)
def record_cash_short(unit: Unit, command: RecordCashShort) -> CashRecorded:
    """Record missing cash: a fact, row 7; a claim on the custodian, or a loss of the fund.

    Raises:
        NotFound: there is no such fund or account.
        InvalidInput: the day lies in the future, or the SHA-256 is none.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `reason_missing`.
    """
    fund, bank, refusals = _loaded(unit, command)
    refuse([*refusals, *check_reason(command.reason)])
    _, missing = file_paper(
        unit,
        "cash_short",
        command.evidence_sha256,
        kind=EvidenceKind.INCIDENT_REPORT,
        description=f"cash short in {bank.code}",
    )
    rows = events.count_short(fund.cash(bank), command.amount.minor, debtor=command.custodian)
    return CashRecorded(entry=_record(unit, command, "cash_short", rows), papers_missing=missing)
