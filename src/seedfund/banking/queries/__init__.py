"""Reads of bank statements: lists, one with its words, matches, and what lies between bank and books."""

from seedfund.banking.queries.accounts import OurAccounts, our_accounts
from seedfund.banking.queries.asides import aside_because, proposals_of
from seedfund.banking.queries.facts import (
    LineRow,
    LineWords,
    MatchedItem,
    MatchedLine,
    MatchParts,
    MatchRow,
    SignedRow,
    StatementRow,
)
from seedfund.banking.queries.reads import (
    WORDS_ROLES,
    day_within,
    line_place,
    list_matches,
    list_statements,
    match_by_number,
    open_lines,
    parts_of,
    reconciled,
    signings,
    statement_by_number,
    waiting_lines,
    with_days,
    words_of_line,
)
from seedfund.banking.queries.to_enter import lines_to_enter

__all__ = [
    "WORDS_ROLES",
    "LineRow",
    "LineWords",
    "MatchParts",
    "MatchRow",
    "MatchedItem",
    "MatchedLine",
    "OurAccounts",
    "SignedRow",
    "StatementRow",
    "aside_because",
    "day_within",
    "line_place",
    "lines_to_enter",
    "list_matches",
    "list_statements",
    "match_by_number",
    "open_lines",
    "our_accounts",
    "parts_of",
    "proposals_of",
    "reconciled",
    "signings",
    "statement_by_number",
    "waiting_lines",
    "with_days",
    "words_of_line",
]
