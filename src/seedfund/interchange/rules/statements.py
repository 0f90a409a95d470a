"""Every way a bank statement is turned away, or told about. No sentence repeats what an entry says."""

from typing import Final

from seedfund.kernel.errors import RefusalCode

STATEMENT_XML_BROKEN: Final = RefusalCode(
    "statement_xml_broken",
    "The XML is damaged or incomplete at line {line}; nothing of it was read.",
    "Download the statement from the bank again and give that file.",
)
STATEMENT_XML_DECLARES: Final = RefusalCode(
    "statement_xml_declares",
    "The XML declares a document type or entities at line {line}, as no statement does; nothing of it was read.",
    "Download the statement from the bank again; if it still declares them, ask the bank what it sent.",
)
STATEMENT_XML_TOO_MUCH: Final = RefusalCode(
    "statement_xml_too_much",
    "The XML nests or holds far more than a statement does, at line {line}; nothing of it was read.",
    "Ask the bank for shorter statements, such as one a day.",
)
STATEMENT_OTHER_MESSAGE: Final = RefusalCode(
    "statement_other_message",
    "The XML is {found}; camt.053 versions 02 to 13 are read.",
    "Ask the bank for the statement as camt.053.001.08 or camt.053.001.02, or as MT940.",
)
STATEMENT_WITHOUT: Final = RefusalCode(
    "statement_without",
    "The statement that begins at line {line} has no {path}; nothing of the file was read.",
    "Download the statement from the bank again; if it is still missing, ask the bank.",
)
STATEMENT_EMPTY: Final = RefusalCode(
    "statement_empty",
    "The file holds no statement.",
    "Give the file that the bank calls statement (camt.053, MT940 or a table of entries).",
)
STATEMENT_FIELD_BROKEN: Final = RefusalCode(
    "statement_field_broken",
    "The field {field} at line {line} is not written as MT940 has it; nothing of the file was read.",
    "Download the statement from the bank again; if it comes the same, ask for camt.053 or a table.",
)
STATEMENT_TOO_LONG: Final = RefusalCode(
    "statement_too_long",
    "A statement has more than {most} entries.",
    "Ask the bank for shorter statements, such as one a day.",
)
STATEMENT_NOT_BOOKED: Final = RefusalCode(
    "statement_not_booked",
    "Entries that the bank announces and has not booked were left out: {count}.",
    "They come with a later statement once they are booked.",
)
STATEMENT_OFF: Final = RefusalCode(
    "statement_off",
    "The statement does not foot: it is kept as it came, and nothing is posted or matched from it.",
    "Ask the bank for a corrected one and import it with --corrects and the number of this one.",
)
STATEMENT_NOTHING_TO_FOOT: Final = RefusalCode(
    "statement_nothing_to_foot",
    "The table says neither its balances nor a running balance.",
    "Map the column of the balance after each line, or give opening and closing among the constants of the layout.",
)
STATEMENT_ACCOUNT_MISSING: Final = RefusalCode(
    "statement_account_missing",
    "It is not said which account of ours the statement is of.",
    "Give the code of the account with --account.",
)
STATEMENT_ACCOUNT_UNKNOWN: Final = RefusalCode(
    "statement_account_unknown",
    "None of our accounts has this code, name or number: {written}.",
    "Write the code of the account, or import a statement of it with --account first: the number is known then.",
)
STATEMENT_ACCOUNT_OTHER: Final = RefusalCode(
    "statement_account_other",
    "The row is of another account than {account}.",
    "Leave --account out, so that each row counts for the account it names, or give the rows of that account alone.",
)
REFUSALS: Final = (
    *(STATEMENT_XML_BROKEN, STATEMENT_XML_DECLARES, STATEMENT_XML_TOO_MUCH, STATEMENT_OTHER_MESSAGE),
    *(STATEMENT_WITHOUT, STATEMENT_EMPTY, STATEMENT_FIELD_BROKEN, STATEMENT_TOO_LONG, STATEMENT_NOT_BOOKED),
    *(STATEMENT_OFF, STATEMENT_NOTHING_TO_FOOT, STATEMENT_ACCOUNT_MISSING),
    *(STATEMENT_ACCOUNT_UNKNOWN, STATEMENT_ACCOUNT_OTHER),
)
