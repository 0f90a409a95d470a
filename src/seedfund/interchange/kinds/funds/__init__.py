"""Files about money and its rules: donors, funds, lines, accounts, instalments, benefits. Taken whole or not at all."""

from typing import Final

from seedfund.interchange.kinds.funds.accounts import BANK_ACCOUNTS, INSTALMENTS
from seedfund.interchange.kinds.funds.benefits import BENEFIT_TYPES, ELIGIBILITY
from seedfund.interchange.kinds.funds.funds import BUDGET_LINES, DONORS, FUNDS

KINDS: Final = (DONORS, FUNDS, BUDGET_LINES, BANK_ACCOUNTS, INSTALMENTS, BENEFIT_TYPES, ELIGIBILITY)
