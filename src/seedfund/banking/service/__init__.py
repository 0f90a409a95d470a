"""The public commands of banking: taking statements in, matching lines, entering what they tell, signing months."""

from typing import Final

from seedfund.banking.service.aside import (
    BringStatementBack,
    SetStatementAside,
    StatementBroughtBack,
    StatementSetAside,
    bring_statement_back,
    set_statement_aside,
)
from seedfund.banking.service.common import MatchMoved
from seedfund.banking.service.confirming import ConfirmMatches, MatchesConfirmed, confirm_matches
from seedfund.banking.service.deciding import RejectMatch, UndoMatch, reject_match, undo_match
from seedfund.banking.service.entering import EnterLine, LineEntered, enter_line
from seedfund.banking.service.proposing import (
    MatchesProposed,
    PairLines,
    ProposeMatches,
    pair_lines,
    propose_matches,
)
from seedfund.banking.service.recording import record_statement
from seedfund.banking.service.said import LineSaid, RecordStatement, StatementRecorded
from seedfund.banking.service.signing import (
    CloseMonth,
    ReconciliationSigned,
    SignReconciliation,
    close_month,
    sign_reconciliation,
)

COMMANDS: Final = (
    *(record_statement, set_statement_aside, bring_statement_back),
    *(propose_matches, pair_lines, enter_line),
    *(confirm_matches, reject_match, undo_match),
    *(sign_reconciliation, close_month),
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "BringStatementBack",
    "CloseMonth",
    "ConfirmMatches",
    "EnterLine",
    "LineEntered",
    "LineSaid",
    "MatchMoved",
    "MatchesConfirmed",
    "MatchesProposed",
    "PairLines",
    "ProposeMatches",
    "ReconciliationSigned",
    "RecordStatement",
    "RejectMatch",
    "SetStatementAside",
    "SignReconciliation",
    "StatementBroughtBack",
    "StatementRecorded",
    "StatementSetAside",
    "UndoMatch",
    "bring_statement_back",
    "close_month",
    "confirm_matches",
    "enter_line",
    "pair_lines",
    "propose_matches",
    "record_statement",
    "reject_match",
    "set_statement_aside",
    "sign_reconciliation",
    "undo_match",
]
