"""Money that is settled without a refund: kept back, set off, given back, given, borne by another fund. Pure.

What each decision needs, and which part answers which. Must not know rows.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

CLAIM_NOTHING: Final = RefusalCode(
    "claim_nothing",
    "Nothing is demanded of the participant of {number}.",
    "Demand it first, or look at the figures with: seedfund show {number}.",
)
CLAIM_EXCEEDED: Final = RefusalCode(
    "claim_exceeded",
    "{amount} would be settled on {number}, and {claimed} is demanded of its participant.",
    "Settle {claimed} or less.",
)
PROMISE_EXCEEDED: Final = RefusalCode(
    "promise_exceeded",
    "{amount} would be taken from the next payment of {number}, and that is of {free}.",
    "Take {free} or less, and ask the rest back.",
)
PROMISE_NOT_IN_FORCE: Final = RefusalCode(
    "promise_not_in_force",
    "The grant {number} is {state}; it has no next payment.",
    "Ask for the money back instead.",
)
SETTLED_BY_DEMANDER: Final = RefusalCode(
    "settled_by_demander",
    "Who demanded the money of {number} does not settle it.",
    "Ask another person with the authority to decide.",
)
SET_OFF_SAME_GRANT: Final = RefusalCode(
    "set_off_same_grant",
    "{number} would be set off against itself.",
    "Keep it back from its next payment with: seedfund do grants.keep_back.",
)
SET_OFF_OTHER_PAYEE: Final = RefusalCode(
    "set_off_other_payee",
    "{number} and {other} do not belong to the same payee.",
    "Nobody pays another's debt; ask for the money back.",
)
SET_OFF_OTHER_BOOK: Final = RefusalCode(
    "set_off_other_book",
    "What is demanded of {number} and what is promised on {other} stand in different books.",
    "Lend between the funds first, or ask for the money back.",
)
SET_OFF_EXCEEDED: Final = RefusalCode(
    "set_off_exceeded",
    "{amount} would be set off between {number} and {other}, and their common books bear {free}.",
    "Set off {free} or less.",
)
EXCESS_NOTHING: Final = RefusalCode(
    "excess_nothing",
    "No money that was not owed lies on {number}.",
    "Look at the figures of the grant with: seedfund show {number}.",
)
EXCESS_EXCEEDED: Final = RefusalCode(
    "excess_exceeded",
    "{amount} would leave {number}, and {held} that was not owed lies there.",
    "Decide on {held} or less.",
)
EXCESS_BY_TAKER: Final = RefusalCode(
    "excess_by_taker",
    "Who took the money of {number} in does not decide on what was not owed.",
    "Ask another person with the authority to decide.",
)
GIFT_PAPER: Final = RefusalCode(
    "gift_paper",
    "No signed paper is on file by which money of {number} was given to the programme.",
    "File the signed paper with: seedfund do register.file_evidence, and give its SHA-256.",
)
COST_NOTHING: Final = RefusalCode(
    "cost_nothing",
    "The fund {fund} bears nothing of that kind on {number}.",
    "Look at the figures of the grant with: seedfund show {number}.",
)
COST_EXCEEDED: Final = RefusalCode(
    "cost_exceeded",
    "{amount} of {number} would be borne by another fund, and {fund} bears {borne} of that kind.",
    "Move {borne} or less.",
)
COST_SAME_DONOR: Final = RefusalCode(
    "cost_same_donor",
    "The funds {fund} and {own_fund} are of the same donor.",
    "Name a fund of the organisation's own.",
)
COST_OTHER_CURRENCY: Final = RefusalCode(
    "cost_other_currency",
    "The fund {own_fund} is in another currency than {number}.",
    "Name a fund in {currency}, or exchange first.",
)
COST_LETTER: Final = RefusalCode(
    "cost_letter",
    "No letter of the donor is on file that refuses the cost of {number}.",
    "File the donor's letter with: seedfund do register.file_evidence, and give its SHA-256.",
)
SETTLEMENT_NONE: Final = RefusalCode(
    "settlement_none",
    "The entry {number} settled no money of a grant.",
    "Look it up in the ledger; another entry is undone where it was made, or with: seedfund do ledger.reverse_entry.",
)
REFUSALS: Final = (
    *(CLAIM_NOTHING, CLAIM_EXCEEDED, PROMISE_EXCEEDED, PROMISE_NOT_IN_FORCE, SETTLED_BY_DEMANDER),
    *(SET_OFF_SAME_GRANT, SET_OFF_OTHER_PAYEE, SET_OFF_OTHER_BOOK, SET_OFF_EXCEEDED),
    *(EXCESS_NOTHING, EXCESS_EXCEEDED, EXCESS_BY_TAKER, GIFT_PAPER),
    *(COST_NOTHING, COST_EXCEEDED, COST_SAME_DONOR, COST_OTHER_CURRENCY, COST_LETTER),
    SETTLEMENT_NONE,
)
UNDOABLE: Final = (
    *("refund_received", "written_off", "kept_back", "set_off", "cost_absorbed"),
    "excess_applied",
)
"""Events that settle a grant's money and are taken back as a whole when they were entered in error."""


class CostSource(StrEnum):
    """What a refused cost stands as: accepted, demanded back, or given up."""

    EXPENSE = "expense"
    CLAIMS = "claims"
    WRITE_OFFS = "write_offs"


def check_undoing(number: str, event: str) -> list[Refusal]:
    """Why an entry is not taken back as a settlement."""
    return [] if event in UNDOABLE else [SETTLEMENT_NONE(number=number)]


def check_claim(number: str, *, amount: Money, claimed: Money, is_demander: bool) -> list[Refusal]:
    """Why a claim cannot be settled by this person."""
    refusals = []
    if not claimed or amount.minor <= 0:
        refusals.append(CLAIM_NOTHING(number=number))
    elif amount > claimed:
        refusals.append(CLAIM_EXCEEDED(amount=amount, number=number, claimed=claimed))
    if is_demander:
        refusals.append(SETTLED_BY_DEMANDER(number=number))
    return refusals


def check_promise(number: str, *, amount: Money, free: Money, state: str) -> list[Refusal]:
    """Why the next payment of a grant cannot answer an amount."""
    refusals = [] if state == "in_force" else [PROMISE_NOT_IN_FORCE(number=number, state=state)]
    if amount > free:
        refusals.append(PROMISE_EXCEEDED(amount=amount, number=number, free=free))
    return refusals


def check_pair(number: str, other: str, *, amount: Money, free: Money, is_same_payee: bool) -> list[Refusal]:
    """Why two grants cannot be set off; `free` is what the books they have in common bear."""
    if number == other:
        return [SET_OFF_SAME_GRANT(number=number)]
    refusals = [] if is_same_payee else [SET_OFF_OTHER_PAYEE(number=number, other=other)]
    if not free:
        refusals.append(SET_OFF_OTHER_BOOK(number=number, other=other))
    elif amount > free:
        refusals.append(SET_OFF_EXCEEDED(amount=amount, number=number, other=other, free=free))
    return refusals


def pair_up(
    claimed: Sequence[tuple[int, int]], free: Sequence[tuple[int, int]], amount: int
) -> list[tuple[int, int, int]]:
    """Which claim is answered by which promise, within one book: their positions and how much, first come first.

    `claimed` and `free` are pairs of book and minor units; the sum is the smaller of the amount and what can be paired.
    """
    left, pairs = amount, []
    owed, rest = [minor for _, minor in claimed], [minor for _, minor in free]
    for i, (book, _) in enumerate(claimed):
        for j, (other_book, _) in enumerate(free):
            taken = min(left, owed[i], rest[j]) if book == other_book else 0
            if taken > 0:
                pairs.append((i, j, taken))
                left, owed[i], rest[j] = left - taken, owed[i] - taken, rest[j] - taken
    return pairs


def check_excess(number: str, *, amount: Money, held: Money, is_taker: bool) -> list[Refusal]:
    """Why what was not owed cannot leave a grant by this person's decision."""
    refusals = []
    if not held or amount.minor <= 0:
        refusals.append(EXCESS_NOTHING(number=number))
    elif amount > held:
        refusals.append(EXCESS_EXCEEDED(amount=amount, number=number, held=held))
    if is_taker:
        refusals.append(EXCESS_BY_TAKER(number=number))
    return refusals


def check_cost(
    number: str, *, amount: Money, borne: Money, fund: str, own_fund: str, is_same_donor: bool
) -> list[Refusal]:
    """Why a cost cannot move from the fund that bore it to the organisation's own."""
    refusals = []
    if not borne or amount.minor <= 0:
        refusals.append(COST_NOTHING(number=number, fund=fund))
    elif amount > borne:
        refusals.append(COST_EXCEEDED(amount=amount, number=number, fund=fund, borne=borne))
    if is_same_donor:
        refusals.append(COST_SAME_DONOR(fund=fund, own_fund=own_fund))
    return refusals
