"""The words of payouts: directions, forms of files, what a column holds, what a provider tells, why a row waits."""

from enum import StrEnum
from typing import Final


class Direction(StrEnum):
    """Whether a file goes to the provider or comes from it."""

    OUT = "out"
    IN = "in"


class FileForm(StrEnum):
    """What kind of file it is; of ISO 20022 pain.001.001.09 goes out and pain.002.001.10 comes in."""

    CSV = "csv"
    XLSX = "xlsx"
    FIXED = "fixed"
    ISO20022 = "iso20022"


class NumberForm(StrEnum):
    """How amounts are written: 1250.50, 1.250,50 (read; written without points), 1,250.50, or 125050 minor units."""

    PLAIN = "plain"
    ES = "es"
    EN = "en"
    MINOR = "minor"


class DayForm(StrEnum):
    """How days are written: 2026-12-31, 31/12/2026, 12/31/2026."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


class Align(StrEnum):
    """On which side of a column of fixed width the text stands; the other side is filled."""

    LEFT = "left"
    RIGHT = "right"


class LayoutField(StrEnum):
    """What stands in a column of a provider's file."""

    PAYMENT = "payment"
    LIST = "list"
    GRANT = "grant"
    POSITION = "position"
    AMOUNT = "amount"
    CURRENCY = "currency"
    NAME = "name"
    DOCUMENT = "document"
    BANK = "bank"
    ACCOUNT = "account"
    ACCOUNT_TYPE = "account_type"
    PHONE = "phone"
    DATE = "date"
    CONCEPT = "concept"
    CONSTANT = "constant"
    STATUS = "status"
    FEE = "fee"
    REFERENCE = "reference"
    IGNORED = "ignored"


class RecordPlace(StrEnum):
    """Whether a record stands before the rows of a file or after them."""

    LEAD_IN = "lead_in"
    TRAILER = "trailer"


class RecordItem(StrEnum):
    """What a cell of a record before or after the rows holds: `count` and `sum` are those of the rows."""

    TEXT = "text"
    COUNT = "count"
    SUM = "sum"
    FILE = "file"
    DATE = "date"
    ACCOUNT = "account"
    CURRENCY = "currency"
    IGNORED = "ignored"


OUT_FIELDS: Final = (
    *(LayoutField.PAYMENT, LayoutField.LIST, LayoutField.GRANT, LayoutField.POSITION, LayoutField.AMOUNT),
    *(LayoutField.CURRENCY, LayoutField.NAME, LayoutField.DOCUMENT, LayoutField.BANK, LayoutField.ACCOUNT),
    *(LayoutField.ACCOUNT_TYPE, LayoutField.PHONE, LayoutField.DATE, LayoutField.CONCEPT),
    LayoutField.CONSTANT,
)
"""What a file that goes out may hold."""
IN_FIELDS: Final = (
    *(LayoutField.PAYMENT, LayoutField.AMOUNT, LayoutField.CURRENCY, LayoutField.STATUS, LayoutField.FEE),
    *(LayoutField.REFERENCE, LayoutField.DATE, LayoutField.ACCOUNT, LayoutField.IGNORED),
)
"""What of a file that comes in is read; what is not needed is named as ignored."""
REPEATABLE: Final = (LayoutField.CONSTANT, LayoutField.IGNORED)
"""What may stand in several columns."""


class Told(StrEnum):
    """What a provider says became of a payment; an empty cell says that it is pending."""

    DELIVERED = "delivered"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_DISTRIBUTED = "not_distributed"
    REVERSED = "reversed"
    PENDING = "pending"


class AmountMeaning(StrEnum):
    """What an amount counts: all of the payment so far (files that are cumulative), or what this row brought."""

    TOTAL = "total"
    EACH = "each"


class FeesAre(StrEnum):
    """Where a provider's fee is: nowhere, on top of the amount, within it, or taken off it already.

    `within`: of 300.00 with a fee of 2.00 the payee got 298.00. `deducted`: the file says 298.00 itself. Either way
    what the payee did not get stays promised to them, and the fee is the programme's charge.
    """

    NONE = "none"
    ON_TOP = "on_top"
    WITHIN = "within"
    DEDUCTED = "deducted"


class Fate(StrEnum):
    """What became of a row: posted, still pending, on record before, or put into the queue of exceptions."""

    POSTED = "posted"
    PENDING = "pending"
    RECORDED = "recorded"
    QUEUED = "queued"


class Misfit(StrEnum):
    """Why a row of a provider's file waits for a person, in the order in which it is looked for."""

    CELL_UNREADABLE = "cell_unreadable"
    STATUS_UNKNOWN = "status_unknown"
    PAYMENT_UNKNOWN = "payment_unknown"
    PAYMENT_OF_OTHER_LIST = "payment_of_other_list"
    OTHER_CURRENCY = "other_currency"
    NOT_RELEASED = "not_released"
    DAY_TO_COME = "day_to_come"
    ROW_REPEATED = "row_repeated"
    ROWS_CONTRADICT = "rows_contradict"
    RESULT_AFTER_FINAL = "result_after_final"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_DISAGREES = "amount_disagrees"
    FEE_DISAGREES = "fee_disagrees"
    NOTHING_TO_REVERSE = "nothing_to_reverse"
    REVERSAL_EXCEEDS = "reversal_exceeds"
    OWN_PAYMENT = "own_payment"
