"""Money that leaves a fund for good or for a while, under two persons: loans between funds, unspent money returned.

Accounting: rows 34 and 37. What was proposed is what is posted; the second person posts it by approving.
"""

from dataclasses import dataclass
from typing import Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import ProposalMade, approved_content, ceiling_of, write_proposal
from seedfund.funds.queries.funds import bank_account, fund_facts, line_row
from seedfund.funds.rules.budgets import SAME_FUND, check_amount, check_authority, check_bank
from seedfund.funds.service.posting import post
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

LOAN: Final = "fund_loan"
RETURN: Final = "donor_return"
PROPOSERS: Final = (Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER)
APPROVERS: Final = (Role.DIRECTOR, Role.FINANCE_APPROVER)


@dataclass(frozen=True, kw_only=True)
class LoanTerms:
    """A loan of cash between two funds of one currency, within one bank account; `reason` names both authorities."""

    lender: str
    borrower: str
    bank_account: str
    amount: Money
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReturnTerms:
    """Unspent money of a budget line that goes back to the donor, and out of the line's budget."""

    fund: str
    line: str
    bank_account: str
    amount: Money
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProposeLoan(Command):
    """A loan between funds; both donors' authority is named in its reason."""

    loan: LoanTerms


@dataclass(frozen=True, kw_only=True)
class ProposeDonorReturn(Command):
    """Unspent money to be returned to a donor."""

    unspent: ReturnTerms


@dataclass(frozen=True, kw_only=True)
class ApproveFundMove(Command):
    """The number of the proposal that a second person approves."""

    number: str


@dataclass(frozen=True, kw_only=True)
class FundMoved:
    """The number of the entry that was posted."""

    entry: str


@verb("funds.propose_loan", roles=PROPOSERS)
def propose_loan(unit: Unit, command: ProposeLoan) -> ProposalMade:
    """Propose that one fund's cash serves another for a while; a second person approves.

    Raises:
        NotFound: there is no such fund or account.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `same_fund`,
            `reason_missing`.
    """
    return write_proposal(
        unit,
        LOAN,
        content=encode(command.loan, []),
        effective_from=unit.work.today(),
        also=_check_loan(unit, command.loan),
    )


@verb("funds.approve_loan", roles=APPROVERS, moves_money=True)
def approve_loan(unit: Unit, command: ApproveFundMove) -> FundMoved:
    """Lend as the second person: row 34, within what no payment of the lender holds.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `fund_move_authority`, `cash_too_low`,
            `policy_missing`.
    """
    loan = decode(LoanTerms, approved_content(unit, command.number, kind=LOAN).content)
    _require_authority(unit, loan.lender, loan.amount)
    return _post_loan(unit, loan, is_repaid=False)


@dataclass(frozen=True, kw_only=True)
class RepayLoan(Command):
    """A loan, or a part of it, that the borrower gives back; the same two funds as it was lent between."""

    loan: LoanTerms


@verb("funds.repay_loan", roles=PROPOSERS, moves_money=True)
def repay_loan(unit: Unit, command: RepayLoan) -> FundMoved:
    """Give a loan back, in full or in part: row 34 with its pairs swapped, never more than is owed.

    Raises:
        NotFound: there is no such fund or account.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `same_fund`,
            `reason_missing`, `balance_too_low`, `cash_too_low`.
    """
    refuse(_check_loan(unit, command.loan))
    return _post_loan(unit, command.loan, is_repaid=True)


def _check_loan(unit: Unit, loan: LoanTerms) -> list[Refusal]:
    lender = fund_facts(unit, unit.programme.id, loan.lender)
    borrower = fund_facts(unit, unit.programme.id, loan.borrower)
    bank = bank_account(unit, unit.programme.id, loan.bank_account)
    refusals = check_amount(lender.code, lender.currency, loan.amount)
    for fund in (lender, borrower):
        refusals += check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency)
    refusals += [SAME_FUND(fund=lender.code)] if lender.id == borrower.id else []
    return refusals + check_reason(loan.reason)


def _post_loan(unit: Unit, loan: LoanTerms, *, is_repaid: bool) -> FundMoved:
    lender = fund_facts(unit, unit.programme.id, loan.lender)
    borrower = fund_facts(unit, unit.programme.id, loan.borrower)
    bank = bank_account(unit, unit.programme.id, loan.bank_account)
    move = events.repay if is_repaid else events.lend
    rows = move(lender.cash(bank), borrower.cash(bank), loan.amount.minor, names=(lender.code, borrower.code))
    event = "loan_repaid" if is_repaid else "loan_given"
    return _post(unit, event, rows, subject=f"{lender.code}/{borrower.code}", reason=loan.reason)


@verb("funds.propose_donor_return", roles=PROPOSERS)
def propose_donor_return(unit: Unit, command: ProposeDonorReturn) -> ProposalMade:
    """Propose to return unspent money to its donor; a second person approves.

    Raises:
        NotFound: there is no such line or account.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `reason_missing`.
    """
    terms = command.unspent
    fund = fund_facts(unit, unit.programme.id, terms.fund)
    line_row(unit, unit.programme.id, fund.code, terms.line)
    bank = bank_account(unit, unit.programme.id, terms.bank_account)
    refusals = [
        *check_amount(fund.code, fund.currency, terms.amount),
        *check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency),
        *check_reason(terms.reason),
    ]
    return write_proposal(
        unit, RETURN, content=encode(terms, []), effective_from=unit.work.today(), also=refusals
    )


@verb("funds.approve_donor_return", roles=APPROVERS, moves_money=True)
def approve_donor_return(unit: Unit, command: ApproveFundMove) -> FundMoved:
    """Return unspent money as the second person: row 37, within free cash and what nobody is promised.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `fund_move_authority`, `cash_too_low`,
            `available_too_low`, `policy_missing`.
    """
    terms = decode(ReturnTerms, approved_content(unit, command.number, kind=RETURN).content)
    _require_authority(unit, terms.fund, terms.amount)
    fund = fund_facts(unit, unit.programme.id, terms.fund)
    line = line_row(unit, unit.programme.id, fund.code, terms.line)
    bank = bank_account(unit, unit.programme.id, terms.bank_account)
    rows = events.return_to_donor(fund.cash(bank), fund.donor, line.ref, terms.amount.minor)
    return _post(unit, "donor_returned", rows, subject=f"{fund.code}/{line.code}", reason=terms.reason)


def _require_authority(unit: Unit, fund: str, amount: Money) -> None:
    """The second person decides within the ceiling of the policy, or of a delegation."""
    refuse(check_authority(fund, amount, ceiling=ceiling_of(unit, APPROVERS, amount.currency)))


def _post(unit: Unit, event: str, rows: tuple[Posting, ...], *, subject: str, reason: str) -> FundMoved:
    posted = post(unit, EntryDraft(event=event, postings=rows, subject=subject, reason=reason))
    return FundMoved(entry=posted.number)
