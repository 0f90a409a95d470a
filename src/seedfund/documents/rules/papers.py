"""When a paper can be issued, corrected and printed. Pure."""

from typing import Final

from seedfund.kernel.errors import RefusalCode

PAPER_ISSUED_BEFORE: Final = RefusalCode(
    "paper_issued_before",
    "The paper {number} was issued before.",
    "Print it, or correct it with: seedfund do documents.reissue_paper.",
)
PAPER_OF_OTHER_COMMAND: Final = RefusalCode(
    "paper_of_other_command",
    "What is open at {number} is of the kind {kind}, which has a command of its own.",
    "Issue it with: seedfund do {command}.",
)
PLAN_AND_AMOUNT_DIFFER: Final = RefusalCode(
    "plan_and_amount_differ",
    "The agreement gives {amount}, and the plan in force asks for {planned}.",
    "Submit a version of the plan that asks for {amount}, or draft the agreement for {planned}.",
)
CHAIN_HEADS_TOO_LONG: Final = RefusalCode(
    "chain_heads_too_long",
    "The paper {number} would have to print the heads of {count} books, which is more than it can hold.",
    "Award from fewer funds.",
)
LANGUAGE_NOT_ISSUED: Final = RefusalCode(
    "language_not_issued",
    "The paper {number} was issued in {languages}, not in {language}.",
    "Print it in a language it was issued in, or issue a correction with that language added.",
)
PAYMENT_NOT_PAID: Final = RefusalCode(
    "payment_not_paid",
    "The payment {number} is {state}; there is nothing to give a receipt for.",
    "Issue the receipt once the payment is released or delivered.",
)
SESSION_NOT_CLOSED: Final = RefusalCode(
    "session_not_closed",
    "The session {number} is {state}; its minutes would not be complete.",
    "Close the session first.",
)
REFUND_UNDONE: Final = RefusalCode(
    "refund_undone",
    "The refund {number} was undone by the entry {entry}; its money never came.",
    "Issue the receipt of the refund that was entered in its place.",
)
PREVAILING_WITHOUT_WORDS: Final = RefusalCode(
    "prevailing_without_words",
    "Amounts have no rule in words in the language {language}, so its text cannot be the one that prevails.",
    "Name a language that has one first, as in --lang es,qu: {known}.",
)
NO_CONSENT_RECORDED: Final = RefusalCode(
    "no_consent_recorded",
    "{participant} has no consent on record; there is nothing to put on paper.",
    "Record what the person agreed to with: seedfund do people.record_consent.",
)
REFUSALS: Final = (
    *(PAPER_ISSUED_BEFORE, PAPER_OF_OTHER_COMMAND, PLAN_AND_AMOUNT_DIFFER, CHAIN_HEADS_TOO_LONG),
    *(LANGUAGE_NOT_ISSUED, PAYMENT_NOT_PAID, SESSION_NOT_CLOSED, REFUND_UNDONE),
    *(NO_CONSENT_RECORDED, PREVAILING_WITHOUT_WORDS),
)
