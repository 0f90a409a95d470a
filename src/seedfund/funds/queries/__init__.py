"""Reads of funds. Must not write.

A name is loaded when it is first used: who reads a benefit does not wait for positions.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.funds.queries.benefits import (
        BenefitInForce,
        benefit_by_id,
        benefit_on,
        eligible_payers,
        list_benefits,
        list_eligibility,
    )
    from seedfund.funds.queries.changes import budget_changes
    from seedfund.funds.queries.funds import (
        BankAccountFacts,
        BudgetLineFacts,
        FundFacts,
        InstalmentRow,
        LineRow,
        bank_account,
        bank_accounts,
        budget_line,
        find_fund,
        fund_facts,
        funds_by_id,
        instalments_of,
        line_refs,
        line_row,
        lines_of,
        list_donors,
        list_funds,
    )
    from seedfund.funds.queries.locks import lock_line
    from seedfund.funds.queries.positions import fund_position, line_positions
else:
    _HOMES: Final = {
        ".benefits": (
            "BenefitInForce",
            "benefit_by_id",
            "benefit_on",
            "eligible_payers",
            "list_benefits",
            "list_eligibility",
        ),
        ".changes": ("budget_changes",),
        ".funds": (
            "BankAccountFacts",
            "BudgetLineFacts",
            "FundFacts",
            "InstalmentRow",
            "LineRow",
            "bank_account",
            "bank_accounts",
            "budget_line",
            "find_fund",
            "fund_facts",
            "funds_by_id",
            "instalments_of",
            "line_refs",
            "line_row",
            "lines_of",
            "list_donors",
            "list_funds",
        ),
        ".locks": ("lock_line",),
        ".positions": (
            "fund_position",
            "line_positions",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "BankAccountFacts",
    "BenefitInForce",
    "BudgetLineFacts",
    "FundFacts",
    "InstalmentRow",
    "LineRow",
    "bank_account",
    "bank_accounts",
    "benefit_by_id",
    "benefit_on",
    "budget_changes",
    "budget_line",
    "eligible_payers",
    "find_fund",
    "fund_facts",
    "fund_position",
    "funds_by_id",
    "instalments_of",
    "line_positions",
    "line_refs",
    "line_row",
    "lines_of",
    "list_benefits",
    "list_donors",
    "list_eligibility",
    "list_funds",
    "lock_line",
]
