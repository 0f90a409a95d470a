"""The rules of bank statements: what foots, what may be the same money, who confirms it, what is left over."""

from typing import Final

from seedfund.banking.rules import deciding, reconciling
from seedfund.banking.rules.footing import (
    Before,
    LineTold,
    StatementTold,
    counted_day,
    is_barred,
    line_flags,
    statement_flags,
)
from seedfund.banking.rules.matching import ItemFact, LineFact, Proposal, marks_in, propose
from seedfund.banking.rules.reconciling import (
    BankLine,
    BookItem,
    Chained,
    Reconciliation,
    reconcile,
    tell_same_days,
)
from seedfund.banking.rules.states import MATCH_STATES, OUT_OF_IT, STATEMENT_STATES, USABLE
from seedfund.banking.rules.words import LineFlag, LineIs, MatchKind, MatchReason, StatementFlag

REFUSALS: Final = (*deciding.REFUSALS, *reconciling.REFUSALS)

__all__ = [
    "MATCH_STATES",
    "OUT_OF_IT",
    "REFUSALS",
    "STATEMENT_STATES",
    "USABLE",
    "BankLine",
    "Before",
    "BookItem",
    "Chained",
    "ItemFact",
    "LineFact",
    "LineFlag",
    "LineIs",
    "LineTold",
    "MatchKind",
    "MatchReason",
    "Proposal",
    "Reconciliation",
    "StatementFlag",
    "StatementTold",
    "counted_day",
    "is_barred",
    "line_flags",
    "marks_in",
    "propose",
    "reconcile",
    "statement_flags",
    "tell_same_days",
]
