"""Every way a file, a row or a cell is turned away. No sentence repeats what a cell holds: it may name a person."""

from typing import Final

from seedfund.interchange.rules.statements import REFUSALS as STATEMENTS
from seedfund.kernel.errors import RefusalCode

FILE_TOO_LARGE: Final = RefusalCode(
    "file_too_large", "The file has {size} bytes; at most {most} are read.", "Split it into smaller files."
)
FILE_TOO_LONG: Final = RefusalCode(
    "file_too_long", "The file has more than {most} rows.", "Split it into smaller files."
)
FILE_NOT_UTF8: Final = RefusalCode(
    "file_not_utf8",
    "The file is not written in UTF-8 (byte {position}).",
    "Save it again as CSV UTF-8.",
)
FILE_NOT_IN_ENCODING: Final = RefusalCode(
    "file_not_in_encoding",
    "The file is not written in {encoding} as declared (byte {position}).",
    "Declare the encoding it is written in, or save it again as CSV UTF-8.",
)
FILE_NOT_TEXT: Final = RefusalCode(
    "file_not_text", "The file is no text.", "Save the table as CSV UTF-8 or XLSX and give that file."
)
FILE_READ_AS: Final = RefusalCode(
    "file_read_as",
    "The file is not in UTF-8 and was read as {encoding}.",
    "Look at its accents; if they are wrong, declare the encoding with --encoding.",
)
FILE_ENCRYPTED: Final = RefusalCode(
    "file_encrypted",
    "The workbook is protected by a password.",
    "Give its password with --password-file, or have it asked for with --ask-password.",
)
FILE_PASSWORD_WRONG: Final = RefusalCode(
    "file_password_wrong",
    "The password does not open the workbook.",
    "Ask whoever sent it for its password; capital letters and spaces count.",
)
FILE_BROKEN_PROTECTION: Final = RefusalCode(
    "file_broken_protection",
    "The workbook is under a password and damaged, or protected in a way that is not read.",
    "Open it in a spreadsheet, save it again under a password, and import that copy.",
)
FILE_OTHER_FORM: Final = RefusalCode(
    "file_other_form",
    "The file is no {form}, which its layout declares.",
    "Name the layout it is written in; they are listed with: seedfund list payout-layouts.",
)
FILE_OLD_FORMAT: Final = RefusalCode(
    "file_old_format",
    "The file is a workbook of a format that is not read, such as XLS.",
    "Save it again as XLSX.",
)
FILE_IS_HTML: Final = RefusalCode(
    "file_is_html",
    "The file is a web page or another document of marks, whatever its name says.",
    "Open it in a spreadsheet and save it as XLSX or CSV UTF-8.",
)
FILE_UNKNOWN_FORMAT: Final = RefusalCode(
    "file_unknown_format",
    "The file is neither a text nor an XLSX workbook.",
    "Save the table as XLSX or CSV UTF-8.",
)
FILE_PACKAGE_BROKEN: Final = RefusalCode(
    "file_package_broken",
    "The workbook is damaged and cannot be read to its end; nothing of it was read.",
    "Open it in a spreadsheet and save it again as XLSX.",
)
FILE_PACKAGE_UNSAFE: Final = RefusalCode(
    "file_package_unsafe",
    "The workbook unpacks to far more than it says, or holds what no spreadsheet writes.",
    "Copy the table into a new workbook and save that.",
)
FILE_TOO_WIDE: Final = RefusalCode(
    "file_too_wide", "A row has more than {most} columns.", "Take out what stands beside the table."
)
SHEET_UNKNOWN: Final = RefusalCode(
    "sheet_unknown",
    "The workbook has no such sheet; sheets that are shown: {count}.",
    "Write the name of the sheet as it stands in the workbook.",
)
SHEET_NOT_READ: Final = RefusalCode(
    "sheet_not_read",
    "Further sheets of the workbook were not read: {count}.",
    "Name a sheet with --sheet, or import each of them.",
)
SHEET_HIDDEN: Final = RefusalCode(
    "sheet_hidden",
    "Hidden sheets of the workbook were not read: {count}.",
    "Show them in the spreadsheet and see whether they hold rows.",
)
SURVEY_WITHOUT_KEY: Final = RefusalCode(
    "survey_without_key",
    "The export has no column that names a submission for good (_id, KEY or rootUuid).",
    "Export it again with all its own columns.",
)
SURVEY_NOT_DECLARED: Final = RefusalCode(
    "survey_not_declared",
    "The table looks like an export of Kobo or ODK, and no mapping says which survey it is of.",
    "Have a mapping proposed with --propose-mapping, look at it, name the server and the form, give it with --mapping.",
)
FILE_EMPTY: Final = RefusalCode(
    "file_empty", "The file has no row with the names of the columns.", "Begin it with that row."
)
FILE_BROKEN: Final = RefusalCode(
    "file_broken",
    "A cell opens with a quotation mark and does not end well; what follows cannot be told apart.",
    "Look at the quotation marks of this row, and save the file again as CSV.",
)
FILE_PART_MISSING: Final = RefusalCode(
    "file_part_missing",
    "A file of the kind {kind} comes with {part}, and it was not given.",
    "Give it with --part {part}=FILE.",
)
FILE_PART_UNKNOWN: Final = RefusalCode(
    "file_part_unknown", "A file of the kind {kind} has no part {part}.", "Use one of: {possible}."
)
HEADER_TWICE: Final = RefusalCode("header_twice", "The column {column} stands twice.", "Keep one of the two.")
HEADER_UNKNOWN: Final = RefusalCode(
    "header_unknown",
    "Columns with a name that is not known: {letters}.",
    "Use one of: {possible}. What is not to be read is taken out, or left out by a mapping (--propose-mapping).",
)
HEADER_MISSING: Final = RefusalCode(
    "header_missing", "The column {column} is missing.", "Add it, also where its cells stay empty."
)
ROW_RAGGED: Final = RefusalCode(
    "row_ragged",
    "The row has {found} cells, and the first row names {expected} columns.",
    "Look for a separator too many or too few; a text that holds one stands in quotation marks.",
)
ROW_TWICE: Final = RefusalCode(
    "row_twice", "The row has the same key as row {first}.", "Give each row a key of its own."
)
ROW_WITHOUT_PARENT: Final = RefusalCode(
    "row_without_parent",
    "The row belongs to a row of {part} that does not exist.",
    "Write the key as it stands there, or add that row.",
)
ROW_CHANGED: Final = RefusalCode(
    "row_changed",
    "A row with this key was taken in before with other content.",
    "Nothing is overwritten: correct it with the command for corrections, or give a new key to a new fact.",
)
_TAKE_BACK: Final = "Nothing is overwritten: correct the record, or take the change out of the file."
CELL_CHANGED: Final = RefusalCode(
    "cell_changed", "The row was taken in before, and {column} said something else then.", _TAKE_BACK
)
CELL_ADDED: Final = RefusalCode(
    "cell_added", "The row was taken in before, and {column} was empty then.", _TAKE_BACK
)
CELL_EMPTIED: Final = RefusalCode(
    "cell_emptied", "The row was taken in before, and {column} is empty now.", _TAKE_BACK
)
ROW_ADDED_LATER: Final = RefusalCode(
    "row_added_later",
    "The row belongs to something that was taken in before without it.",
    "Add it with the command of its own.",
)
FILE_NOT_TAKEN: Final = RefusalCode(
    "file_not_taken",
    "Nothing of the file was taken; rows without a mistake of their own: {count}.",
    "Files about money are taken whole: correct the rows above and import the file again.",
)
GROUP_NOT_TAKEN: Final = RefusalCode(
    "group_not_taken",
    "Rows without a mistake of their own that belong to one with a mistake were not taken: {count}.",
    "Correct the rows above and import the file again.",
)
CELL_MISSING: Final = RefusalCode("cell_missing", "The cell is empty.", "Fill it in; it is needed.")
CELL_TOO_LONG: Final = RefusalCode(
    "cell_too_long", "The cell has more than {most} characters.", "Shorten it."
)
CELL_WITH_HIDDEN_CHARACTER: Final = RefusalCode(
    "cell_with_hidden_character",
    "The cell holds a control character.",
    "Type its content again by hand.",
)
CELL_LOOKS_LIKE_FORMULA: Final = RefusalCode(
    "cell_looks_like_formula",
    "The cell begins like a formula.",
    "Write the value itself; format the column as text before you type it.",
)
IDENTIFIER_SPOILED: Final = RefusalCode(
    "identifier_spoiled",
    "A spreadsheet has turned the number into something else, such as 4.07E+14.",
    "Format the column as text and enter the number from the paper again.",
)
IDENTIFIER_ROUNDED: Final = RefusalCode(
    "identifier_rounded",
    "The number has more than 15 digits and ends in zeros, as spreadsheets round them.",
    "Compare it with the paper; if it is right, write an apostrophe in front of it.",
)
IDENTIFIER_AS_NUMBER: Final = RefusalCode(
    "identifier_as_number",
    "The spreadsheet keeps the cell as a number; zeros in front and digits at the end may be gone.",
    "Format the column as text and enter the number from the paper again.",
)
IDENTIFIER_SHORT: Final = RefusalCode(
    "identifier_short",
    "The number has {found} digits and such a document has {expected}; a zero in front seems to be lost.",
    "Enter it from the paper with all its digits, the column formatted as text.",
)
CELL_IS_FORMULA: Final = RefusalCode(
    "cell_is_formula",
    "The cell is calculated by a formula.",
    "Copy the column and paste it as values.",
)
CELL_IS_ERROR: Final = RefusalCode(
    "cell_is_error",
    "The cell shows an error of the spreadsheet.",
    "Mend the formula or type the value.",
)
CELL_MERGED: Final = RefusalCode(
    "cell_merged",
    "The cell is merged with others, and it cannot be told which row its content belongs to.",
    "Unmerge the cells and fill each of them.",
)
TEXT_HIDDEN: Final = RefusalCode(
    "text_hidden",
    "The text holds characters that nobody sees, such as marks of direction; it was kept as it is.",
    "Type it again by hand where it is to be found or compared.",
)
TEXT_ZAWGYI: Final = RefusalCode(
    "text_zawgyi",
    "The text is Burmese written for the Zawgyi font; it was kept as it is and will be printed wrong.",
    "Convert it to Unicode and correct the record.",
)
DATE_OTHER_CALENDAR: Final = RefusalCode(
    "date_other_calendar",
    "The year of the cell belongs to another calendar than the file declares.",
    "Say with --calendar whether years are buddhist (2569) or gregorian (2026).",
)
AMOUNT_UNREADABLE: Final = RefusalCode(
    "amount_unreadable",
    "The cell is no amount as this file writes them.",
    "Write it like {example}, without a currency sign; say the style of numbers with --number-style, or in the "
    "provider's layout (numbers).",
)
NUMBER_UNREADABLE: Final = RefusalCode(
    "number_unreadable",
    "The cell is no number as this file writes them.",
    "Write it like {example}; say the style of numbers with --number-style, or in the provider's layout (numbers).",
)
DATE_UNREADABLE: Final = RefusalCode(
    "date_unreadable",
    "The cell is no day as this file writes them.",
    "Write it like {example}; say the order of dates with --date-order, or in the provider's layout (days).",
)
DATE_IMPOSSIBLE: Final = RefusalCode(
    "date_impossible",
    "There is no such day.",
    "Write the day that stands on the paper, like {example}; say the order of dates with --date-order, or in the "
    "provider's layout (days).",
)
MONTH_UNREADABLE: Final = RefusalCode(
    "month_unreadable", "The cell is no month.", "Write year and month, for example 2026-03."
)
WORD_UNKNOWN: Final = RefusalCode(
    "word_unknown", "The cell holds none of the words of this column.", "Use one of: {possible}."
)
CODE_UNREADABLE: Final = RefusalCode(
    "code_unreadable",
    "The cell is no code of {length} capital letters.",
    "Write it as in {standard}, for example {example}.",
)
CURRENCY_MISSING: Final = RefusalCode(
    "currency_missing",
    "It is not said in which currency the amounts are.",
    "Add a column currency, or say it with --currency.",
)
REFERENCE_UNKNOWN: Final = RefusalCode(
    "reference_unknown",
    "The cell names nothing that was imported as {kind}.",
    "Import that file first, or write the number seedfund gave.",
)
VALUE_REFUSED: Final = RefusalCode("value_refused", "{field}: {problem}.", "Correct it: {remedy}.")
NOT_FOUND_FROM_ROW: Final = RefusalCode(
    "not_found", "There is no {what} that the row names.", "Look it up with: seedfund list."
)
NOT_ALLOWED_FROM_ROW: Final = RefusalCode(
    "not_allowed",
    "The actor may not do what the row asks: {reason}",
    "Ask somebody with the role for it to import the file.",
)
KEY_USED: Final = RefusalCode(
    "conflict",
    "The key of the row was used before for something else.",
    "Give a new key to a new fact.",
)
ROW_LOOKS_LIKE: Final = RefusalCode(
    "row_looks_like",
    "The person looks like {number}, {percent} in a hundred.",
    "Look at both; once the row is taken: seedfund duplicates.",
)
ROW_LOOKS_LIKE_ROW: Final = RefusalCode(
    "row_looks_like_row",
    "The person looks like the one of row {row}, {percent} in a hundred: {reasons}.",
    "Look at both rows; once they are taken, the pair waits for a decision: seedfund list likely-duplicates.",
)
ROWS_NOT_COMPARED: Final = RefusalCode(
    "rows_not_compared",
    "The people of this file were not compared with those who are registered: {reason}.",
    "Search afterwards with: seedfund duplicates.",
)
TIME_UNREADABLE: Final = RefusalCode(
    "time_unreadable", "The cell is no time of the day.", "Write hours and minutes, for example 09:00."
)
OPENING_LINES: Final = RefusalCode(
    "opening_lines",
    "{lines} on further lines leaves nothing of the {approved} approved, or is in another currency.",
    "Give in the further lines less than was approved; the row's own line has the rest.",
)
OPENING_TWICE: Final = RefusalCode(
    "opening_twice",
    "Row {first} tells of the same kind and name of this fund.",
    "Add the amounts up in one row: each kind and name of a fund is told once.",
)
OPENING_TOLD: Final = RefusalCode(
    "opening_told",
    "What the row is about was entered before, and said something else.",
    "Look at that entry; if it is wrong, reverse it and enter the right one with: seedfund do funds.record_opening.",
)
OPENING_PAID: Final = RefusalCode(
    "opening_paid",
    "The tranches say {tranches} was paid, and the row says {paid}.",
    "Correct the one that is wrong in the statement of the earlier books; both are in one currency.",
)
REFUSALS: Final = (
    *(FILE_TOO_LARGE, FILE_TOO_LONG, FILE_TOO_WIDE, FILE_NOT_UTF8, FILE_NOT_IN_ENCODING, FILE_NOT_TEXT),
    *(FILE_PASSWORD_WRONG, FILE_BROKEN_PROTECTION, FILE_OTHER_FORM),
    *(FILE_READ_AS, FILE_ENCRYPTED, FILE_OLD_FORMAT, FILE_IS_HTML, FILE_UNKNOWN_FORMAT, FILE_PACKAGE_BROKEN),
    *(
        FILE_PACKAGE_UNSAFE,
        SHEET_UNKNOWN,
        SHEET_NOT_READ,
        SHEET_HIDDEN,
        SURVEY_WITHOUT_KEY,
        SURVEY_NOT_DECLARED,
    ),
    *(
        FILE_EMPTY,
        FILE_BROKEN,
        FILE_PART_MISSING,
        FILE_PART_UNKNOWN,
        HEADER_TWICE,
        HEADER_UNKNOWN,
        HEADER_MISSING,
    ),
    *(ROW_RAGGED, ROW_TWICE, ROW_WITHOUT_PARENT, CELL_MISSING, CELL_TOO_LONG, CELL_WITH_HIDDEN_CHARACTER),
    *(CELL_LOOKS_LIKE_FORMULA, CELL_IS_FORMULA, CELL_IS_ERROR, CELL_MERGED, IDENTIFIER_SPOILED),
    *(IDENTIFIER_ROUNDED, IDENTIFIER_AS_NUMBER, IDENTIFIER_SHORT, TEXT_HIDDEN, TEXT_ZAWGYI),
    *(AMOUNT_UNREADABLE, NUMBER_UNREADABLE, DATE_UNREADABLE, DATE_IMPOSSIBLE, DATE_OTHER_CALENDAR),
    *(MONTH_UNREADABLE, WORD_UNKNOWN, CODE_UNREADABLE, CURRENCY_MISSING, REFERENCE_UNKNOWN, ROW_CHANGED),
    *(CELL_CHANGED, CELL_ADDED, CELL_EMPTIED, ROW_ADDED_LATER),
    *(ROW_LOOKS_LIKE, ROW_LOOKS_LIKE_ROW, ROWS_NOT_COMPARED),
    *(TIME_UNREADABLE, OPENING_LINES, OPENING_PAID),
    *(OPENING_TWICE, OPENING_TOLD),
    *STATEMENTS,
    *(VALUE_REFUSED, NOT_FOUND_FROM_ROW, NOT_ALLOWED_FROM_ROW, KEY_USED, GROUP_NOT_TAKEN, FILE_NOT_TAKEN),
)
"""In the order in which a file meets them."""
