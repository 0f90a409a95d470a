"""The closed word lists of funds. Must not know rules or rows; the same words stand in code, tables and papers."""

from enum import StrEnum
from typing import Final


class Basis(StrEnum):
    """When a donor counts money given to a participant as spent; it maps report columns and posts nothing."""

    EXPENSE_ON_PAYMENT = "expense_on_payment"
    WHEN_JUSTIFIED = "when_justified"


class RefundsReturnTo(StrEnum):
    """Where a refund goes while the agreement is in force: the grant's promise, or its budget line."""

    COMMITTED = "committed"
    AVAILABLE = "available"


class LineKind(StrEnum):
    """What a budget line is for: grants, the organisation's own operations, or bank and provider charges."""

    GRANTS = "grants"
    OPERATIONS = "operations"
    CHARGES = "charges"


class BankAccountKind(StrEnum):
    """Where money lies; a float is with a provider ahead of codes or vouchers, transit is on its way."""

    BANK = "bank"
    PETTY_CASH = "petty_cash"
    ENVELOPE = "envelope"
    CODE_FLOAT = "code_float"
    WALLET_FLOAT = "wallet_float"
    VOUCHER_FLOAT = "voucher_float"
    TRANSIT = "transit"


class RecallReason(StrEnum):
    """Why an instalment is taken off the books."""

    RECALLED = "recalled"
    ENTERED_TWICE = "entered_twice"


class IncomeKind(StrEnum):
    """Money that no donor sent."""

    INTEREST = "interest"
    CASH_OVER = "cash_over"
    OTHER = "other"


class BudgetMove(StrEnum):
    """What changed a budget line."""

    ALLOTTED = "allotted"
    REVISED = "revised"
    CUT = "cut"


class BenefitUnit(StrEnum):
    """Whom a benefit is given to; a grant has exactly one owner."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GROUP = "group"
    ORGANISATION = "organisation"


POPULATION_GROUPS: Final = (
    "refugee",
    "asylum_seeker",
    "migrant",
    "returnee",
    "stateless",
    "internally_displaced",
    "host",
)
"""The groups eligibility can name; the area of people keeps the same words and a test compares them."""

BASES: Final = ("committee_decision", "employment_plan", "eligibility_list", "referral")
"""What an award can stand on."""

METHODS: Final = ("bank", "mobile_money", "cash", "cheque", "withdrawal_code", "voucher", "in_kind")
"""How money or goods can reach the payee."""

AGREEMENT_KINDS: Final = ("convenio", "carta_compromiso")
"""What is signed; a benefit without an agreement names none."""
