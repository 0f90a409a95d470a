"""How a row that waits is told, and why something cannot be done with a file, a layout or an exception. Pure.

No sentence repeats what a cell holds: it may be somebody's account or name.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import RefusalCode
from seedfund.payouts.rules.words import Misfit

_LOOK: Final = "Look at it with: seedfund show {exception}; then answer or dismiss it."
CELL_UNREADABLE: Final = RefusalCode(
    "payout_cell_unreadable", "A cell of the row cannot be read, so nothing was posted ({exception}).", _LOOK
)
STATUS_UNKNOWN: Final = RefusalCode(
    "payout_status_unknown",
    "The layout has no meaning for the row's word of the result ({exception}).",
    "Give the word a meaning in a new version of the layout and import the file again, or answer the exception.",
)
PAYMENT_UNKNOWN: Final = RefusalCode(
    "payout_payment_unknown", "No payment has the number that the row names ({exception}).", _LOOK
)
PAYMENT_OF_OTHER_LIST: Final = RefusalCode(
    "payout_payment_of_other_list",
    "{payment} does not stand in the list the file was said to answer ({exception}).",
    "Import the file without a list, or for the right one; or dismiss the exception.",
)
OTHER_CURRENCY: Final = RefusalCode(
    "payout_other_currency", "{payment} is paid in another currency than the row says ({exception}).", _LOOK
)
NOT_RELEASED: Final = RefusalCode(
    "payout_not_released",
    "{payment} was not released, and the row gives a result of it ({exception}).",
    _LOOK,
)
DAY_TO_COME: Final = RefusalCode(
    "payout_day_to_come", "The day of the row lies in the future ({exception}).", _LOOK
)
ROW_REPEATED: Final = RefusalCode(
    "payout_row_repeated",
    "The result of {payment} is told more than once, here or in an earlier file; this row was not taken ({exception}).",
    "Ask the provider whether it was paid twice; then answer the exception with what happened, or dismiss it.",
)
ROWS_CONTRADICT: Final = RefusalCode(
    "payout_rows_contradict",
    "The file says different things of {payment}, and none of them was taken ({exception}).",
    "Ask the provider which is true; answer one exception with it and dismiss the other.",
)
RESULT_AFTER_FINAL: Final = RefusalCode(
    "payout_result_after_final",
    "{payment} has a final result on record, and the row tells another ({exception}).",
    "Ask the provider; answer the exception if money moved again, or dismiss it.",
)
AMOUNT_MISSING: Final = RefusalCode(
    "payout_amount_missing", "The row says that {payment} arrived, and not how much ({exception}).", _LOOK
)
AMOUNT_DISAGREES: Final = RefusalCode(
    "payout_amount_disagrees",
    "The amount of the row does not go with what it says of {payment} ({exception}).",
    "Ask the provider what was paid; then answer the exception with it.",
)
FEE_DISAGREES: Final = RefusalCode(
    "payout_fee_disagrees",
    "Amount and fee of the row do not make what was due for {payment} ({exception}).",
    "Ask the provider what was paid and kept; then answer the exception with it.",
)
NOTHING_TO_REVERSE: Final = RefusalCode(
    "payout_nothing_to_reverse",
    "The row takes back {payment}, of which nothing was delivered ({exception}).",
    "Import the result it takes back first, and the file again; or answer or dismiss the exception.",
)
REVERSAL_EXCEEDS: Final = RefusalCode(
    "payout_reversal_exceeds",
    "The row takes back more of {payment} than was delivered ({exception}).",
    "Ask the provider what came back; then answer the exception with it.",
)
OWN_PAYMENT: Final = RefusalCode(
    "payout_own_payment",
    "Who takes the file in released {payment} and does not say that it arrived ({exception}).",
    "Have another person take the same file in; what is taken already changes nothing.",
)
OF_MISFITS: Final[Mapping[Misfit, RefusalCode]] = MappingProxyType(
    {
        Misfit.CELL_UNREADABLE: CELL_UNREADABLE,
        Misfit.STATUS_UNKNOWN: STATUS_UNKNOWN,
        Misfit.PAYMENT_UNKNOWN: PAYMENT_UNKNOWN,
        Misfit.PAYMENT_OF_OTHER_LIST: PAYMENT_OF_OTHER_LIST,
        Misfit.OTHER_CURRENCY: OTHER_CURRENCY,
        Misfit.NOT_RELEASED: NOT_RELEASED,
        Misfit.DAY_TO_COME: DAY_TO_COME,
        Misfit.ROW_REPEATED: ROW_REPEATED,
        Misfit.ROWS_CONTRADICT: ROWS_CONTRADICT,
        Misfit.RESULT_AFTER_FINAL: RESULT_AFTER_FINAL,
        Misfit.AMOUNT_MISSING: AMOUNT_MISSING,
        Misfit.AMOUNT_DISAGREES: AMOUNT_DISAGREES,
        Misfit.FEE_DISAGREES: FEE_DISAGREES,
        Misfit.NOTHING_TO_REVERSE: NOTHING_TO_REVERSE,
        Misfit.REVERSAL_EXCEEDS: REVERSAL_EXCEEDS,
        Misfit.OWN_PAYMENT: OWN_PAYMENT,
    }
)
"""How each misfit is told of its row."""

IRREGULAR: Final = RefusalCode(
    "payout_irregular",
    "The result of {payment} was posted and is irregular: {reasons}.",
    "Have it decided; what was paid above what was due is a claim on the provider.",
)
"""Told beside a row that was posted; keeps nothing out."""
LAYOUT_OF_OTHER_WAY: Final = RefusalCode(
    "payout_layout_direction",
    "The layout {layout} is for files that go {direction}.",
    "Name a layout of the other direction; they are listed with: seedfund list payout-layouts.",
)
LIST_NOT_RELEASED: Final = RefusalCode(
    "payout_list_not_released",
    "The list {number} is {state}, and money leaves by a list that was released.",
    "Have it approved and released first.",
)
WITHOUT_ACCOUNT: Final = RefusalCode(
    "payout_without_account",
    "{payment} is paid {method} and has no account, and the layout asks for one.",
    "Make a list of its own for it, or use a layout without an account.",
)
DOES_NOT_FIT: Final = RefusalCode(
    "payout_does_not_fit",
    "What stands in {field} of {payment} does not fit into the column {title}.",
    "Widen the column or change the encoding in a new version of the layout; nothing is cut off.",
)
LETTERS_UNKNOWN: Final = RefusalCode(
    "payout_letters_unknown",
    "What stands in {field} of {payment} ({title}) has letters or signs that banks do not exchange, and no rule writes "
    "them in others.",
    "Record the holder of the account in the Latin letters the bank knows, or give the list another purpose; where the "
    "bank takes all letters, say so in a new version of the layout (letters=any).",
)
RECORD_DOES_NOT_FIT: Final = RefusalCode(
    "payout_record_does_not_fit",
    "What cell {cell} of record {record} of the {place} holds ({holds}) does not fit into it.",
    "Widen the cell or change the encoding in a new version of the layout; nothing is cut off.",
)
OTHER_OWN_ACCOUNT: Final = RefusalCode(
    "payout_other_own_account",
    "The list {number} is paid from {found}, and the layout is for files paid from {wanted}.",
    "Use the layout of that account, or give it one.",
)
RECORDS_MISSING: Final = RefusalCode(
    "payout_records_missing",
    "The file has {found} lines, and the layout has {wanted} before and after its rows; nothing of it was taken.",
    "Ask the provider for the whole file, or name the layout it is written in.",
)
RECORD_OTHER: Final = RefusalCode(
    "payout_record_other",
    "Line {line} is not the record that the layout has there ({place}, cell {cell}); nothing of the file was taken.",
    "Ask the provider for the whole file, or name the layout it is written in.",
)
COUNT_DISAGREES: Final = RefusalCode(
    "payout_count_disagrees",
    "Line {line} says that the file has {said} rows, and {read} were read; nothing of the file was taken.",
    "Ask the provider for the whole file: rows are missing, or stand in it twice.",
)
SUM_DISAGREES: Final = RefusalCode(
    "payout_sum_disagrees",
    "Line {line} says that the rows come to {said}, and those that were read come to {read}; nothing of the file was "
    "taken.",
    "Ask the provider for the whole file: rows are missing, stand in it twice, or their amounts cannot be read.",
)
REPORT_WITHOUT_PAYMENTS: Final = RefusalCode(
    "payout_report_without_payments",
    "The status report tells of no payment by itself; nothing of it was taken.",
    "Ask the bank for a report with the status of each transaction, or record the results by hand.",
)
FILE_CHANGED: Final = RefusalCode(
    "payout_file_changed",
    "What the file {number} held has changed since it was made: an account, a name or the layout.",
    "Export the list again; the new file is logged beside the old one.",
)
DISMISSED_BY_PAYER: Final = RefusalCode(
    "payout_dismissed_by_payer",
    "Who released {payment} does not dismiss the exception {exception}.",
    "Ask another person of finance.",
)
ANSWER_MOVES_NOTHING: Final = RefusalCode(
    "payout_answer_moves_nothing",
    "The answer would move no money of {payment}, which is {state}.",
    "Give the amount where money went out once more; say reversed, with what came back, where it did not stay; dismiss "
    "the exception where nothing happened.",
)
COMMAND_UNKNOWN: Final = RefusalCode(
    "payout_command_unknown",
    "No command that moves money of a payment was carried out under that key.",
    "Give the key of the command that answered the exception, or answer it with its result.",
)
COMMAND_OF_OTHER_PAYMENT: Final = RefusalCode(
    "payout_command_of_other_payment",
    "The command under that key told nothing of {payment}, which {exception} is about.",
    "Give the key of the command that did; or, where the row means another payment, name that one as well.",
)
REFUSALS: Final = (
    *OF_MISFITS.values(),
    *(IRREGULAR, LAYOUT_OF_OTHER_WAY, LIST_NOT_RELEASED, WITHOUT_ACCOUNT, DOES_NOT_FIT, FILE_CHANGED),
    LETTERS_UNKNOWN,
    *(RECORD_DOES_NOT_FIT, OTHER_OWN_ACCOUNT, RECORDS_MISSING, RECORD_OTHER, COUNT_DISAGREES, SUM_DISAGREES),
    REPORT_WITHOUT_PAYMENTS,
    *(DISMISSED_BY_PAYER, ANSWER_MOVES_NOTHING, COMMAND_UNKNOWN, COMMAND_OF_OTHER_PAYMENT),
)
