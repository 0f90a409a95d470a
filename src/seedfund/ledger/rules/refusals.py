"""Every way the ledger says no, with what to do next. Pure; Spanish stands in the catalogue of this area."""

from typing import Final

from seedfund.kernel.errors import RefusalCode

PERIOD_CLOSED: Final = RefusalCode(
    "period_closed",
    "The month {month} is {state}.",
    "Date it in an open month and name {month} as the month it corrects.",
)
BOOKED_IN_FUTURE: Final = RefusalCode(
    "booked_in_future", "The booking date {date} lies after today, {today}.", "Book it today or earlier."
)
NOTHING_TO_POST: Final = RefusalCode(
    "nothing_to_post",
    "There is no amount to post for {event}.",
    "Look at the balances: it may have been done already.",
)
HOLD_UNKNOWN: Final = RefusalCode(
    "hold_unknown",
    "There is no payment in flight with row number {seq}.",
    "Look up the payments in flight and choose one of them.",
)
HOLD_ALREADY_RESOLVED: Final = RefusalCode(
    "hold_already_resolved",
    "The payment held by row number {seq} has been resolved already.",
    "Look up how it was resolved; a new payment needs a new release.",
)
SETTLED_ABOVE_HELD: Final = RefusalCode(
    "settled_above_held",
    "{amount} is more than the {held} held by row number {seq}.",
    "Settle what was held and record the rest as paid too much by the provider.",
)
CASH_TOO_LOW: Final = RefusalCode(
    "cash_too_low",
    "{account} has {room} free of holds and {wanted} are needed.",
    "Wait for an instalment, move cash from another account of the fund, or pay less.",
)
AVAILABLE_TOO_LOW: Final = RefusalCode(
    "available_too_low",
    "{account} has {room} that nobody is promised and {wanted} are needed.",
    "Ask for a budget revision, release what is not needed, or lower the amount.",
)
AWARD_EXCEEDED: Final = RefusalCode(
    "award_exceeded",
    "{account} holds {room} and {wanted} are needed.",
    "Do not sign for more than was awarded; for more, a new decision has to be taken.",
)
COMMITMENT_EXCEEDED: Final = RefusalCode(
    "commitment_exceeded",
    "{account} has {room} not yet paid or in flight and {wanted} are needed.",
    "Pay within the agreement, or sign an addendum first.",
)
BALANCE_TOO_LOW: Final = RefusalCode(
    "balance_too_low",
    "{account} holds {room} and {wanted} are needed.",
    "Look at the account's statement and enter an amount within it.",
)
CASH_SHORTFALL_OPEN: Final = RefusalCode(
    "cash_shortfall_open",
    "{account} stands at {amount}: more was paid from the account than it held.",
    "Clear the shortfall before paying anything new from it.",
)
LINE_OVERRUN_OPEN: Final = RefusalCode(
    "line_overrun_open",
    "{account} stands at {amount}: more was promised or spent on the budget line than it holds.",
    "Revise the budget before awarding, raising or paying anything new on it.",
)
ENTRY_ALREADY_REVERSED: Final = RefusalCode(
    "entry_already_reversed",
    "The entry {number} has been reversed already.",
    "Look up the entry that reverses it.",
)
ENTRY_IS_REVERSAL: Final = RefusalCode(
    "entry_is_reversal", "The entry {number} is itself a reversal.", "Post what happened as a new entry."
)
ENTRY_HOLDS_PAYMENT: Final = RefusalCode(
    "entry_holds_payment",
    "The entry {number} released a payment that is still in flight.",
    "A payment in flight is not reversed: record it as failed, and the money is free again.",
)
ENTRY_UNDONE_ELSEWHERE: Final = RefusalCode(
    "entry_undone_elsewhere",
    "The entry {number} stands behind the records of {subject}, which a reversal would leave as they are.",
    "Undo it where it was made, with: seedfund do {verb}.",
)
NOTHING_TO_REVERSE: Final = RefusalCode(
    "nothing_to_reverse",
    "The entry {number} moved no money and no budget.",
    "Look up the entry that delivered the payment and reverse that one.",
)
REVERSED_BY_OWN_POSTER: Final = RefusalCode(
    "reversed_by_own_poster",
    "Whoever posted the entry {number} does not reverse it.",
    "Ask another person of finance.",
)
BOOK_EXISTS: Final = RefusalCode(
    "book_exists", "There is a book {code} in this programme already.", "Open the book under another code."
)
CURRENCY_MISMATCH: Final = RefusalCode(
    "currency_mismatch",
    "The book {book} is kept in {kept} and the amount is in {given}.",
    "Give the amount in the book's currency; an exchange is recorded with both.",
)
SAME_ACCOUNT: Final = RefusalCode(
    "same_account", "{account} stands on both sides.", "Choose two different accounts."
)
SAME_BOOK: Final = RefusalCode(
    "same_book", "Lender and borrower are the same book, {book}.", "Choose two different books."
)
NOTHING_TO_CURE: Final = RefusalCode(
    "nothing_to_cure",
    "{account} has no shortfall that its present balance could cover.",
    "Nothing has to be done, or money has to come in first.",
)
MONTH_NOT_OVER: Final = RefusalCode(
    "month_not_over", "The month {month} is not over yet.", "Close it from {first} on."
)
MONTH_STATE: Final = RefusalCode(
    "month_state", "The month {month} is {state}.", "Only a month that is {wanted} can take this step."
)
EARLIER_MONTH_OPEN: Final = RefusalCode(
    "earlier_month_open", "The month {month} before it is not closed.", "Close {month} first."
)
OPENING_NOT_ZERO: Final = RefusalCode(
    "opening_not_zero",
    "The opening of the book {book} stands at {amount}.",
    "Enter the missing side of the opening until it is zero.",
)
CASH_NOT_RECONCILED: Final = RefusalCode(
    "cash_not_reconciled",
    "{account} has not been reconciled for {month}.",
    "Compare it with the statement or the count, and name it as reconciled.",
)
ROOM_UNEXPLAINED: Final = RefusalCode(
    "room_unexplained",
    "{account} stands at {amount} and nobody has explained it.",
    "Explain it, or cure it first.",
)
HOLD_UNEXPLAINED: Final = RefusalCode(
    "hold_unexplained",
    "The payment held by row {seq} of the book {book} has been in flight since {since}.",
    "Record its result, or explain why it is still open.",
)
CLOSED_BY_OTHER_HAND: Final = RefusalCode(
    "closed_by_other_hand",
    "Whoever began closing the month {month} does not close it.",
    "Ask a second person of finance.",
)

REFUSALS: Final = (
    PERIOD_CLOSED,
    BOOKED_IN_FUTURE,
    NOTHING_TO_POST,
    HOLD_UNKNOWN,
    HOLD_ALREADY_RESOLVED,
    SETTLED_ABOVE_HELD,
    CASH_TOO_LOW,
    AVAILABLE_TOO_LOW,
    AWARD_EXCEEDED,
    COMMITMENT_EXCEEDED,
    BALANCE_TOO_LOW,
    CASH_SHORTFALL_OPEN,
    LINE_OVERRUN_OPEN,
    ENTRY_ALREADY_REVERSED,
    ENTRY_IS_REVERSAL,
    ENTRY_HOLDS_PAYMENT,
    ENTRY_UNDONE_ELSEWHERE,
    NOTHING_TO_REVERSE,
    REVERSED_BY_OWN_POSTER,
    BOOK_EXISTS,
    CURRENCY_MISMATCH,
    SAME_ACCOUNT,
    SAME_BOOK,
    NOTHING_TO_CURE,
    MONTH_NOT_OVER,
    MONTH_STATE,
    EARLIER_MONTH_OPEN,
    OPENING_NOT_ZERO,
    CASH_NOT_RECONCILED,
    ROOM_UNEXPLAINED,
    HOLD_UNEXPLAINED,
    CLOSED_BY_OTHER_HAND,
)
