"""The words of bank statements and of what they are matched with."""

from enum import StrEnum


class StatementFlag(StrEnum):
    """What is odd about a statement that was taken in; the first four keep its lines from being matched."""

    DOES_NOT_FOOT = "does_not_foot"
    BALANCE_MISSING = "balance_missing"
    OTHER_CURRENCY = "other_currency"
    AMOUNT_UNREADABLE = "amount_unreadable"
    STATEMENT_MISSING = "statement_missing"
    OVERLAPS = "overlaps"
    OTHER_NUMBER = "other_account_number"
    MONTH_SIGNED = "month_signed"


class LineFlag(StrEnum):
    """What is odd about a line; it is taken in all the same."""

    AMOUNT_UNREADABLE = "amount_unreadable"
    OTHER_CURRENCY = "other_currency"
    BOOKING_DATE_UNREADABLE = "booking_date_unreadable"
    VALUE_DATE_UNREADABLE = "value_date_unreadable"
    OUTSIDE_STATEMENT = "outside_statement"
    REFERENCE_TWICE = "reference_twice"
    SEEN_BEFORE = "seen_before"
    NOTHING_MOVED = "nothing_moved"


class MatchKind(StrEnum):
    """What a match says: one line is one entry, one line several, several lines one, or one side undoes itself."""

    SINGLE = "single"
    BATCH = "batch"
    INSTALMENTS = "instalments"
    PART = "part_of_payment"
    MORE = "more_than_held"
    REVERSED_IN_BANK = "reversed_in_bank"
    REVERSED_IN_BOOKS = "reversed_in_books"
    BY_HAND = "by_hand"


class MatchReason(StrEnum):
    """Why lines and items are proposed together."""

    REFERENCE = "reference"
    ACCOUNT = "account"
    AMOUNT = "amount"
    SAME_DAY = "same_day"
    NEAR_DAY = "near_day"
    IN_WINDOW = "in_window"
    LIST_TOTAL = "list_total"
    LIST_NAMED = "list_named"
    REVERSAL_MARKED = "reversal_marked"
    TAKES_BACK = "takes_back"
    SEVERAL_FIT = "several_fit"
    BY_HAND = "by_hand"


class EnterAs(StrEnum):
    """What a line may be that the books do not know yet, and what they would call it."""

    RETURNED = "returned_payment"
    REFUND = "refund_on_grant"
    INSTALMENT = "donor_instalment"
    CHARGE = "charge_of_bank"
    INTEREST = "interest_of_bank"


class EnterReason(StrEnum):
    """Why a line may be that."""

    NAMES_PAYMENT = "names_payment"
    NAMES_GRANT = "names_grant"
    FROM_ACCOUNT = "account_of_payee"
    SAME_AMOUNT = "amount_of_payment"
    SAYS_RETURNED = "says_returned"
    NAMES_DONOR = "names_donor"
    SAYS_CHARGE = "says_charge"
    SAYS_INTEREST = "says_interest"


class LineIs(StrEnum):
    """What a line is that no entry tells yet, and that can be entered from it."""

    CHARGE = "bank_charge"
    INCOME = "income_of_fund"
    SPENDING = "other_spending"
