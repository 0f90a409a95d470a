"""The kinds of things that can be found, each with a code, how grave it is, a sentence and what to do. Pure data.

A finding is a value, never an exception: one bad row does not hide the next. Codes are English and stable; sentences
and remedies are the message ids of the catalogues.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from seedfund.kernel.messages import filled


class Severity(StrEnum):
    """An error says that something is not what was written; a warning asks for a look; a note says what was left."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One way a stored thing can be wrong. Sentence and remedy are templates over the facts."""

    code: str
    sentence: str
    remedy: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: its kind, the table, which row of it by number, and the facts behind the sentence."""

    kind: FindingKind
    table: str
    which: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable English code, for machines."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.kind.severity

    def sentence(self, language: str) -> str:
        """What is wrong, in a language."""
        return filled(self.kind.sentence, self._shown(), language)

    def remedy(self, language: str) -> str:
        """What to do next, in a language."""
        return filled(self.kind.remedy, self._shown(), language)

    def _shown(self) -> dict[str, str]:
        return {"table": self.table, "which": self.which, **self.facts}


RESTORE: Final = "Stop working, keep the file as it is, and restore a backup from before."
ASK: Final = "Find out who changed it before going on."

# The database itself ------------------------------------------------------------------------------------------------

SCHEMA_DIFFERS: Final = FindingKind(
    "schema_differs",
    "The schema is not that of this version: {difference}.",
    "Guards may be missing; find out who changed it, then restore a backup.",
)
FILE_DAMAGED: Final = FindingKind("file_damaged", "SQLite says of the file: {problem}.", RESTORE)
REFERENCE_BROKEN: Final = FindingKind(
    "reference_broken", "Row {which} of {table} points at a row of {target} that does not exist.", RESTORE
)
ROW_UNREADABLE: Final = FindingKind(
    "row_unreadable", "The row {which} of {table} holds a value that cannot be read.", RESTORE
)

# Chains -------------------------------------------------------------------------------------------------------------

CHAIN_MISSING: Final = FindingKind(
    "chain_missing", "From the chain {chain} the rows {first} to {last} are missing.", RESTORE
)
CHAIN_DOUBLED: Final = FindingKind(
    "chain_doubled", "The row {seq} of the chain {chain} is there twice.", RESTORE
)
CHAIN_DISORDERED: Final = FindingKind(
    "chain_disordered", "The row {seq} of the chain {chain} stands out of its order.", RESTORE
)
CHAIN_SWAPPED: Final = FindingKind(
    "chain_swapped",
    "The row {seq} of the chain {chain} stands before the row {cited} that it was written after.",
    RESTORE,
)
CHAIN_FORKED: Final = FindingKind(
    "chain_forked",
    "The row {seq} of the chain {chain} continues the row {cited}, which another row continues already.",
    RESTORE,
)
CHAIN_UNTIED: Final = FindingKind(
    "chain_untied",
    "The row {seq} of the chain {chain} does not carry the hash of the row before it.",
    RESTORE,
)
CHAIN_ALTERED: Final = FindingKind(
    "chain_altered", "The row {seq} of the chain {chain} is not what was written.", RESTORE
)
CHAIN_OTHER_DOMAIN: Final = FindingKind(
    "chain_other_domain", "The row {seq} of the chain {chain} carries a hash made for {domain}.", RESTORE
)
CHAIN_CUT: Final = FindingKind(
    "chain_cut", "The chain {chain} ends at row {seq}, and its head says {head}.", RESTORE
)
CHAIN_BEYOND_HEAD: Final = FindingKind(
    "chain_beyond_head", "The chain {chain} goes on to row {seq}, and its head says {head}.", RESTORE
)
HEAD_DIFFERS: Final = FindingKind(
    "head_differs", "The head of the chain {chain} does not carry the hash of its last row {seq}.", RESTORE
)
HEAD_MISSING: Final = FindingKind("head_missing", "The chain {chain} has no head.", RESTORE)
ANCHOR_DIFFERS: Final = FindingKind(
    "anchor_differs",
    "The row {seq} of the chain {chain} is not the one that was noted elsewhere.",
    "The history was rewritten since; compare with the copies that others keep.",
)
ANCHOR_AHEAD: Final = FindingKind(
    "anchor_ahead",
    "The chain {chain} ends at row {seq}, and row {noted} was noted elsewhere.",
    "This is an older copy, or the end was cut off; look for a newer backup.",
)

# Audit records ------------------------------------------------------------------------------------------------------

CLOCK_BACK: Final = FindingKind(
    "clock_back",
    "The record {which} was written at an earlier time than the record before it.",
    "The clock of that machine was wrong; check it, and note why.",
    Severity.WARNING,
)
SECRETS_ALTERED: Final = FindingKind(
    "secrets_altered", "The sealed values of the record {which} are not those that were written.", RESTORE
)
SECRET_WITHOUT_RECORD: Final = FindingKind(
    "secret_without_record", "The sealed value {which} belongs to no record.", RESTORE
)
COMMAND_WITHOUT_RECORD: Final = FindingKind(
    "command_without_record", "The command {which} points at no record of its own.", RESTORE
)
RECORD_WITHOUT_COMMAND: Final = FindingKind(
    "record_without_command", "The record {which} has lost its command.", RESTORE
)
ENTRY_WITHOUT_RECORD: Final = FindingKind(
    "entry_without_record", "The entry {which} was written by no recorded command.", RESTORE
)
RECORD_DISAGREES: Final = FindingKind(
    "record_disagrees", "The record {which} notes another hash of {subject} than is stored.", RESTORE
)

NOTED_OTHERWISE: Final = FindingKind(
    "noted_otherwise",
    "{table} {which} says {stored} as its {field}, and the record {record} noted {noted}.",
    RESTORE,
)
NOTED_MISSING: Final = FindingKind(
    "noted_missing", "The record {record} notes {table} {which}, which is not there.", RESTORE
)
NOTED_NOWHERE: Final = FindingKind(
    "noted_nowhere", "No record notes {table} {which}: no command put it there.", RESTORE
)

# Books --------------------------------------------------------------------------------------------------------------

ENTRY_ALTERED: Final = FindingKind("entry_altered", "The entry {which} is not what was written.", RESTORE)
ENTRY_ROWS: Final = FindingKind(
    "entry_rows", "The rows of the entry {which} are not numbered from 1 without a gap.", RESTORE
)
ROW_DATE: Final = FindingKind(
    "row_date", "The row {which} is dated otherwise than its entry {entry}.", RESTORE
)
ROW_RECIPE: Final = FindingKind(
    "row_recipe", "The row {which} posts accounts that its recipe {recipe} does not name.", RESTORE
)
ROW_ACCOUNT: Final = FindingKind(
    "row_account", "The row {which} names an account that its book does not have.", RESTORE
)
ROW_AMOUNT: Final = FindingKind("row_amount", "The row {which} has the amount {amount}.", RESTORE)
ROW_FLOOR: Final = FindingKind(
    "row_floor", "The row {which} takes more from {account} than there was.", RESTORE
)
HOLD_BROKEN: Final = FindingKind(
    "hold_broken", "The row {which} resolves the row {hold}, which is no open hold like it.", RESTORE
)
REVERSAL_BROKEN: Final = FindingKind(
    "reversal_broken", "The row {which} does not mirror the row {original} that it reverses.", RESTORE
)
REVERSAL_PARTIAL: Final = FindingKind(
    "reversal_partial", "The entry {which} does not reverse the whole of the entry {original}.", RESTORE
)
RECIPES_ALTERED: Final = FindingKind(
    "recipes_altered", "The stored recipe {which} is not that of this version.", RESTORE
)
ACCOUNT_COUNTERS: Final = FindingKind(
    "account_counters", "The account {which} says {stored}, and its rows say {counted}.", RESTORE
)
ACCOUNT_FIXED: Final = FindingKind(
    "account_fixed", "The account {which} is not of the kind, floor or owner that its code says.", RESTORE
)
ACCOUNT_OWNER: Final = FindingKind(
    "account_owner", "The account {which} belongs to another grant or line than its code says.", RESTORE
)
MONTH_COUNTERS: Final = FindingKind(
    "month_counters",
    "At the close of {month} the account {which} says {stored}, and its rows say {counted}.",
    RESTORE,
)
MONTH_ALTERED: Final = FindingKind(
    "month_altered", "The figures frozen for {which} are not those of their hash.", RESTORE
)
MONTH_HEAD: Final = FindingKind(
    "month_head", "The close of {which} notes a row {seq} that its book does not have.", RESTORE
)
IDENTITY_BROKEN: Final = FindingKind(
    "identity_broken", "Of {which}, {identity} does not hold: {left} against {right}.", RESTORE
)

# Contents -----------------------------------------------------------------------------------------------------------

CONTENT_ALTERED: Final = FindingKind(
    "content_altered", "The content of {table} {which} is not that of its hash.", RESTORE
)
CONTENT_ROWS: Final = FindingKind(
    "content_rows", "The rows of {table} {which} do not say what its content says.", RESTORE
)
CONTENT_UNLIKE: Final = FindingKind(
    "content_unlike", "{table} {which} does not agree with {target}.", RESTORE
)
PAPER_VERSIONS: Final = FindingKind(
    "paper_versions", "The versions of the paper {which} do not follow one another.", RESTORE
)
PAPER_CHAIN: Final = FindingKind(
    "paper_chain", "The paper {which} prints another head of the book {book} than row {seq} has.", RESTORE
)
SEALED_CLOSED: Final = FindingKind(
    "sealed_closed", "The sealed value {which} of {table} does not open in its place.", RESTORE
)
KEY_MISSING: Final = FindingKind(
    "key_missing", "The data key of {which} is gone, and nobody recorded an erasure.", ASK
)
KEY_BROKEN: Final = FindingKind(
    "key_broken",
    "The data key of {which} does not open.",
    "If no key opens, the key file is that of another database: bring the copy that was kept. If one does not, "
    "restore a backup from before.",
)
NOT_OPENED_ERASED: Final = FindingKind(
    "not_opened_erased",
    "{count} sealed contents of {table} were not opened: the person was erased.",
    "Nothing has to be done; their chains and totals were checked.",
    Severity.NOTE,
)
NOT_OPENED_WITHOUT_KEYS: Final = FindingKind(
    "not_opened_without_keys",
    "{count} sealed contents of {table} were not opened: no key file was given that opens them.",
    "Verify again with the key file to have them checked too.",
    Severity.NOTE,
)

# Numbers ------------------------------------------------------------------------------------------------------------

SERIES_GAP: Final = FindingKind(
    "series_gap", "Of the series {which} the number {number} was given and nothing carries it.", RESTORE
)
SERIES_BEYOND: Final = FindingKind(
    "series_beyond",
    "Of the series {which} the number {number} is used, and the counter says {last}.",
    RESTORE,
)
NOT_CHECKED: Final = FindingKind(
    "not_checked",
    "The check {which} was not made: {table} does not exist here.",
    "Set the database up again with: seedfund init.",
    Severity.NOTE,
)
CHECK_STOPPED: Final = FindingKind(
    "check_stopped", "The check {which} met a value it cannot work with and could not go to its end.", RESTORE
)

KINDS: Final = (
    *(SCHEMA_DIFFERS, FILE_DAMAGED, REFERENCE_BROKEN, ROW_UNREADABLE),
    *(
        CHAIN_MISSING,
        CHAIN_DOUBLED,
        CHAIN_DISORDERED,
        CHAIN_SWAPPED,
        CHAIN_FORKED,
        CHAIN_UNTIED,
        CHAIN_ALTERED,
    ),
    *(
        CHAIN_OTHER_DOMAIN,
        CHAIN_CUT,
        CHAIN_BEYOND_HEAD,
        HEAD_DIFFERS,
        HEAD_MISSING,
        ANCHOR_DIFFERS,
        ANCHOR_AHEAD,
    ),
    *(CLOCK_BACK, SECRETS_ALTERED, SECRET_WITHOUT_RECORD, COMMAND_WITHOUT_RECORD, RECORD_WITHOUT_COMMAND),
    *(NOTED_OTHERWISE, NOTED_MISSING, NOTED_NOWHERE),
    *(ENTRY_WITHOUT_RECORD, RECORD_DISAGREES, ENTRY_ALTERED, ENTRY_ROWS, ROW_DATE, ROW_RECIPE, ROW_ACCOUNT),
    *(
        ROW_AMOUNT,
        ROW_FLOOR,
        HOLD_BROKEN,
        REVERSAL_BROKEN,
        REVERSAL_PARTIAL,
        RECIPES_ALTERED,
        ACCOUNT_COUNTERS,
    ),
    *(ACCOUNT_FIXED, ACCOUNT_OWNER, MONTH_COUNTERS, MONTH_ALTERED, MONTH_HEAD, IDENTITY_BROKEN),
    *(CONTENT_ALTERED, CONTENT_ROWS, CONTENT_UNLIKE, PAPER_VERSIONS, PAPER_CHAIN, SEALED_CLOSED, KEY_MISSING),
    *(KEY_BROKEN, NOT_OPENED_ERASED, NOT_OPENED_WITHOUT_KEYS, SERIES_GAP, SERIES_BEYOND, NOT_CHECKED),
    CHECK_STOPPED,
)
