"""Who may confirm which match, and what of lines and items may not be matched at all. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.banking.rules.states import MATCH_STATES, USABLE
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

PAYER_RECONCILES: Final = RefusalCode(
    "payer_reconciles",
    "Who paid, or entered, {item} does not confirm that the bank shows it ({match}).",
    "Ask the reconciler, or another person of finance.",
)
MATCHER_CONFIRMS: Final = RefusalCode(
    "matcher_confirms",
    "Who put {match} together by hand does not confirm it.",
    "Ask another person of finance.",
)
LINE_MATCHED: Final = RefusalCode(
    "line_matched",
    "The line {line} is matched already, by {match}.",
    "Look at it with: seedfund show {match}; undo it first if it is wrong.",
)
ITEM_MATCHED: Final = RefusalCode(
    "item_matched",
    "{item} is matched already, by {match}.",
    "Look at it with: seedfund show {match}; undo it first if it is wrong.",
)
LINE_NOT_USABLE: Final = RefusalCode(
    "line_not_usable",
    "The line {line} stands in a statement that is {state}.",
    "One that does not foot waits for a corrected one from the bank; one that is set aside is brought back first.",
)
MATCH_DOES_NOT_FOOT: Final = RefusalCode(
    "match_does_not_foot",
    "The lines of {match} come to {lines} and the books to {items}.",
    "Match only what is the same money; enter a difference, such as a charge, for itself.",
)
ITEM_NOT_OF_ACCOUNT: Final = RefusalCode(
    "item_not_of_account",
    "{item} moved nothing in the account {account}, or is not on its way from it.",
    "Look at it with: seedfund show {item}.",
)
MATCHES_SHARE: Final = RefusalCode(
    "matches_share",
    "{match} and {other} name the same line or the same item.",
    "Confirm the one that is right; the other lapses then.",
)
MONTH_SIGNED: Final = RefusalCode(
    "month_is_signed",
    "The reconciliation of {account} for {month} is signed and its month is closed.",
    "What is found now is corrected in an open month.",
)
STATEMENT_HAS_MATCHES: Final = RefusalCode(
    "statement_has_matches",
    "Lines of the statement {statement} are matched, so no other can take its place.",
    "Undo those matches first, and give the reason.",
)
STATEMENT_MATCHED: Final = RefusalCode(
    "statement_is_matched",
    "Lines of the statement {statement} are matched, by {matches}, so it is not set aside.",
    "Set the statement aside that tells the same, or undo those matches first: seedfund do banking.undo_match.",
)
STATEMENT_ENTERED: Final = RefusalCode(
    "statement_is_entered",
    "What lines of the statement {statement} tell was entered from them; {matches} wait for another person.",
    "Set the statement aside that tells the same, or reject those matches first: seedfund do banking.reject_match.",
)
STATEMENT_SIGNED: Final = RefusalCode(
    "statement_is_signed",
    "The reconciliation of {account} for {month} was signed over the statement {statement} as it stands.",
    "What is found now is corrected in an open month.",
)
STATEMENT_TOLD_OTHERWISE: Final = RefusalCode(
    "statement_told_otherwise",
    "The bank told the statement {statement} under the same identification, with other content.",
    "If it corrects that one, import it with --corrects {statement}; if not, ask the bank for its own number.",
)
STATEMENT_NOT_OF_ACCOUNT: Final = RefusalCode(
    "statement_not_of_account",
    "The statement {statement} is of another account than {account}.",
    "Give the account that the statement is of.",
)
LINE_WRONG_WAY: Final = RefusalCode(
    "line_wrong_way",
    "The line {line} is {amount}, which is no {what}.",
    "Charges and spending leave the account, income comes in.",
)
MONTH_UNRECONCILED: Final = RefusalCode(
    "month_unreconciled",
    "The account {account} has statements, and its reconciliation of {month} is not signed.",
    "Sign it first: seedfund do banking.sign_reconciliation.",
)
RECONCILIATION_STALE: Final = RefusalCode(
    "reconciliation_stale",
    "Since the reconciliation of {account} for {month} was signed, its balance in the books changed by {amount}.",
    "Look at what was entered since and sign it again.",
)
REFUSALS: Final = (
    *(PAYER_RECONCILES, MATCHER_CONFIRMS, LINE_MATCHED, ITEM_MATCHED, LINE_NOT_USABLE, MATCH_DOES_NOT_FOOT),
    *(
        ITEM_NOT_OF_ACCOUNT,
        MONTH_SIGNED,
        STATEMENT_TOLD_OTHERWISE,
        STATEMENT_HAS_MATCHES,
        STATEMENT_NOT_OF_ACCOUNT,
        LINE_WRONG_WAY,
    ),
    *(STATEMENT_MATCHED, STATEMENT_ENTERED, STATEMENT_SIGNED),
    *(MONTH_UNRECONCILED, RECONCILIATION_STALE),
)


@dataclass(frozen=True, kw_only=True)
class LineState:
    """A line as a decision finds it: the state of its statement, and the standing match that has it."""

    id: str
    statement_state: str
    matched_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """An item as a decision finds it: whether the actor paid or entered it, and the standing match that has it."""

    id: str
    is_own: bool
    matched_by: str = ""


def check_confirm(
    match: str,
    state: str,
    *,
    lines: Sequence[LineState],
    items: Sequence[ItemState],
    is_own_hand: bool,
) -> list[Refusal]:
    """Why a match may not be confirmed, all reasons; `is_own_hand` when the actor put it together by hand.

    Raises:
        Refused: `no_such_step`, when it was decided already.
    """
    MATCH_STATES.require(state, "confirmed", which=match)
    found = [MATCHER_CONFIRMS(match=match)] if is_own_hand else []
    found += [PAYER_RECONCILES(match=match, item=item.id) for item in items if item.is_own]
    return [*found, *check_free(lines, items)]


def check_free(lines: Iterable[LineState], items: Iterable[ItemState]) -> list[Refusal]:
    """What of lines and items is taken, or stands in a statement that does not count."""
    found = []
    for line in lines:
        if line.statement_state not in USABLE:
            found.append(LINE_NOT_USABLE(line=line.id, state=line.statement_state))
        if line.matched_by:
            found.append(LINE_MATCHED(line=line.id, match=line.matched_by))
    return [
        *found,
        *(ITEM_MATCHED(item=item.id, match=item.matched_by) for item in items if item.matched_by),
    ]


def check_sums(match: str, *, lines: Money, items: Money) -> list[Refusal]:
    """Both sides of a match are the same money, to the last minor unit."""
    return [] if lines == items else [MATCH_DOES_NOT_FOOT(match=match, lines=lines, items=items)]
