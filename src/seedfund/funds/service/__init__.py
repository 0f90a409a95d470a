"""What is done with funds: opening them, budgeting, receiving, paying out of them, and defining what they may pay."""

from typing import Any, Final

from seedfund.funds.service.benefits import approve_benefit_type, define_benefit_type
from seedfund.funds.service.budgets import allot_budget, record_donor_cut, revise_budget
from seedfund.funds.service.cash import (
    move_cash,
    record_cash_short,
    record_charge,
    record_income,
    record_spending,
)
from seedfund.funds.service.decisions import (
    approve_donor_return,
    approve_loan,
    propose_donor_return,
    propose_loan,
    repay_loan,
)
from seedfund.funds.service.eligibility import approve_eligibility, set_eligibility
from seedfund.funds.service.exchange import approve_exchange, propose_exchange
from seedfund.funds.service.history import record_fund_opening
from seedfund.funds.service.instalments import recall_instalment, record_instalment
from seedfund.funds.service.opening import add_budget_line, open_bank_account, open_fund, register_donor
from seedfund.store.commands import Verb

COMMANDS: Final[tuple[Verb[Any, Any], ...]] = (
    register_donor,
    open_fund,
    add_budget_line,
    open_bank_account,
    allot_budget,
    revise_budget,
    record_donor_cut,
    record_fund_opening,
    record_instalment,
    recall_instalment,
    record_income,
    record_charge,
    record_spending,
    move_cash,
    record_cash_short,
    propose_loan,
    approve_loan,
    repay_loan,
    propose_donor_return,
    approve_donor_return,
    propose_exchange,
    approve_exchange,
    define_benefit_type,
    approve_benefit_type,
    set_eligibility,
    approve_eligibility,
)

__all__ = [
    "COMMANDS",
    "add_budget_line",
    "allot_budget",
    "approve_benefit_type",
    "approve_donor_return",
    "approve_eligibility",
    "approve_exchange",
    "approve_loan",
    "define_benefit_type",
    "move_cash",
    "open_bank_account",
    "open_fund",
    "propose_donor_return",
    "propose_exchange",
    "propose_loan",
    "recall_instalment",
    "record_cash_short",
    "record_charge",
    "record_donor_cut",
    "record_fund_opening",
    "record_income",
    "record_instalment",
    "record_spending",
    "register_donor",
    "repay_loan",
    "revise_budget",
    "set_eligibility",
]
