"""The ledger's writes: accounts and entries inside another command's unit, and the ledger's own verbs."""

from typing import Final

from seedfund.ledger.service import loans, money, openings, periods, reversals

COMMANDS: Final = (
    money.open_book,
    money.move_cash,
    money.record_cash_count,
    money.record_bank_charge,
    money.record_other_spending,
    money.record_income,
    money.pay_withheld_tax,
    money.record_claim_refund,
    openings.record_opening,
    openings.cure_shortfall,
    loans.lend_between_funds,
    loans.repay_loan,
    loans.exchange_currency,
    reversals.reverse_entry,
    periods.begin_closing_period,
    periods.close_period,
)
"""Every verb of the ledger, in the order in which they are told."""
