"""What can be brought forward of a running grant: its gross history up to a day. Pure; must not know rows."""

from collections.abc import Mapping
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, total

HISTORY_STATE: Final = RefusalCode(
    "history_state",
    "The grant {number} is {state}; only a grant in force has a history to bring forward.",
    "Have its award and its agreement recorded first.",
)
HISTORY_LATE: Final = RefusalCode(
    "history_late",
    "Payments of {number} stand in the books already, or its history was brought forward before.",
    "Reverse the earlier opening first; payments made here are no history.",
)
HISTORY_ABOVE_TRANCHE: Final = RefusalCode(
    "history_above_tranche",
    "{paid} would have been paid of tranche {position} of {number}, and it is of {amount}.",
    "Give what was paid of each tranche of the schedule in force, or have the schedule changed first.",
)
HISTORY_UNBALANCED: Final = RefusalCode(
    "history_unbalanced",
    "{justified} justified and {returned} returned are more than the {paid} paid of {number}.",
    "Give gross amounts: what was returned is part of what was paid, and not of what was justified.",
)
HISTORY_NO_RECEIPTS: Final = RefusalCode(
    "history_no_receipts",
    "No receipts are due for {number}; nothing of it was justified.",
    "Leave out what was justified: what was paid counts as given.",
)
HISTORY_PAPER: Final = RefusalCode(
    "history_paper",
    "No signed statement of the earlier books is on file for {number}.",
    "File it as a statement, minutes or a signed paper with: seedfund do register.file_evidence.",
)
REFUSALS: Final = (
    *(HISTORY_STATE, HISTORY_LATE, HISTORY_ABOVE_TRANCHE, HISTORY_UNBALANCED),
    *(HISTORY_NO_RECEIPTS, HISTORY_PAPER),
)
HISTORY_STATES: Final = ("in_force", "suspended")


def check_history(
    number: str, *, state: str, is_late: bool, has_paper: bool, has_receipts: bool, justified: Money
) -> list[Refusal]:
    """Why nothing can be brought forward on a grant."""
    return [
        *([] if state in HISTORY_STATES else [HISTORY_STATE(number=number, state=state)]),
        *([HISTORY_LATE(number=number)] if is_late else []),
        *([HISTORY_NO_RECEIPTS(number=number)] if justified and not has_receipts else []),
        *([] if has_paper else [HISTORY_PAPER(number=number)]),
    ]


def check_amounts(
    number: str,
    *,
    paid: Mapping[int, Money],
    tranches: Mapping[int, Money],
    justified: Money,
    returned: Money,
) -> list[Refusal]:
    """Why a history does not fit the schedule or itself; `paid` and `tranches` by position."""
    currency = justified.currency
    refusals = [
        HISTORY_ABOVE_TRANCHE(
            paid=amount, position=position, number=number, amount=tranches.get(position, Money(0, currency))
        )
        for position, amount in sorted(paid.items())
        if amount > tranches.get(position, Money(0, currency))
    ]
    whole = total(paid.values(), currency)
    if justified + returned > whole:
        refusals.append(HISTORY_UNBALANCED(justified=justified, returned=returned, paid=whole, number=number))
    return refusals
