"""Currency exchanged between two funds of one donor, under two persons, with the budget behind it (accounting: row 35).

The rate is frozen by the two amounts and its source stands on the entry; what it is worth later is a line of reports.
"""

from dataclasses import dataclass
from typing import Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import ProposalMade, approved_content, ceiling_of, write_proposal
from seedfund.funds.queries.funds import (
    BankAccountFacts,
    FundFacts,
    LineRow,
    bank_account,
    fund_facts,
    line_row,
)
from seedfund.funds.rules.budgets import check_amount, check_authority, check_bank, check_exchange
from seedfund.funds.service.decisions import APPROVERS, PROPOSERS, ApproveFundMove, FundMoved
from seedfund.funds.service.posting import post
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "fund_exchange"


@dataclass(frozen=True, kw_only=True)
class ExchangeSide:
    """One side of an exchange: the fund, the budget line whose ceiling moves, the bank account, the amount."""

    fund: str
    line: str
    bank_account: str
    amount: Money


@dataclass(frozen=True, kw_only=True)
class ExchangeTerms:
    """What is sold for what; `rate_source` is the bank's advice or list with its day, `reason` names nobody."""

    sold: ExchangeSide
    bought: ExchangeSide
    rate_source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProposeExchange(Command):
    """Cash of one fund to be exchanged into the currency of another fund of the same donor."""

    exchange: ExchangeTerms


@verb("funds.propose_exchange", roles=PROPOSERS)
def propose_exchange(unit: Unit, command: ProposeExchange) -> ProposalMade:
    """Propose that cash and the budget behind it move to a fund in another currency; a second person approves.

    Raises:
        NotFound: there is no such fund, line or account.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`,
            `exchange_same_currency`, `exchange_other_donor`, `reason_missing`.
    """
    terms = command.exchange
    refusals = _check(unit, terms)
    today = unit.work.today()
    return write_proposal(unit, KIND, content=encode(terms, []), effective_from=today, also=refusals)


@verb("funds.approve_exchange", roles=APPROVERS, moves_money=True)
def approve_exchange(unit: Unit, command: ApproveFundMove) -> FundMoved:
    """Exchange as the second person: cash within what no payment holds, budget within what nobody is promised.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `fund_move_authority`, `cash_too_low`,
            `available_too_low`, `policy_missing`.
    """
    terms = decode(ExchangeTerms, approved_content(unit, command.number, kind=KIND).content)
    sold, bought = terms.sold.amount, terms.bought.amount
    refuse(check_authority(terms.sold.fund, sold, ceiling=ceiling_of(unit, APPROVERS, sold.currency)))
    source, source_bank, source_line = _loaded(unit, terms.sold)
    target, target_bank, target_line = _loaded(unit, terms.bought)
    rows = (
        *events.exchange(
            source.cash(source_bank),
            target.cash(target_bank),
            sold=sold.minor,
            bought=bought.minor,
            currencies=(source.currency, target.currency),
        ),
        *events.move_ceiling(source_line.ref, target_line.ref, sold=sold.minor, bought=bought.minor),
    )
    draft = EntryDraft(
        event="currency_exchanged",
        postings=rows,
        subject=f"{source.code}/{target.code}",
        reason=f"{terms.reason.strip()} ({sold} = {bought}, {terms.rate_source.strip()})",
    )
    return FundMoved(entry=post(unit, draft).number)


def _loaded(unit: Unit, side: ExchangeSide) -> tuple[FundFacts, BankAccountFacts, LineRow]:
    fund = fund_facts(unit, unit.programme.id, side.fund)
    bank = bank_account(unit, unit.programme.id, side.bank_account)
    return fund, bank, line_row(unit, unit.programme.id, fund.code, side.line)


def _check(unit: Unit, terms: ExchangeTerms) -> list[Refusal]:
    refusals: list[Refusal] = []
    funds = []
    for side in (terms.sold, terms.bought):
        fund, bank, _ = _loaded(unit, side)
        refusals += check_amount(fund.code, fund.currency, side.amount)
        refusals += check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency)
        funds.append((fund.code, fund.donor, fund.currency))
    refusals += check_exchange(funds[0], funds[1])
    return [*refusals, *check_reason(terms.reason if terms.rate_source.strip() else "")]
