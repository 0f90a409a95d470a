"""What settles a grant's money without a refund: kept back, set off, given back, given, borne by an own fund; undone.

Source: accounting reference, rows 26 to 28 and 30. Must not know how money comes back or is given up.
"""

from typing import Any, Final

from seedfund.grants.service.settlements import absorbing, claims, excess, undoing
from seedfund.grants.service.settlements.absorbing import (
    AbsorbCost,
    CostAbsorbed,
    CostTerms,
    ProposeAbsorption,
    absorb_cost,
    propose_absorption,
)
from seedfund.grants.service.settlements.claims import (
    GrantsSetOff,
    KeepBack,
    KeptBack,
    SetOff,
    keep_back,
    set_off,
)
from seedfund.grants.service.settlements.excess import (
    AcceptGift,
    ApplyExcess,
    ExcessDecided,
    ProposeRepayment,
    RepayExcess,
    RepaymentTerms,
    accept_gift,
    apply_excess,
    propose_repayment,
    repay_excess,
)
from seedfund.grants.service.settlements.undoing import SettlementUndone, UndoSettlement, undo_settlement

COMMANDS: Final[tuple[Any, ...]] = (
    *claims.COMMANDS,
    *excess.COMMANDS,
    *absorbing.COMMANDS,
    *undoing.COMMANDS,
)

__all__ = [
    "COMMANDS",
    "AbsorbCost",
    "AcceptGift",
    "ApplyExcess",
    "CostAbsorbed",
    "CostTerms",
    "ExcessDecided",
    "GrantsSetOff",
    "KeepBack",
    "KeptBack",
    "ProposeAbsorption",
    "ProposeRepayment",
    "RepayExcess",
    "RepaymentTerms",
    "SetOff",
    "SettlementUndone",
    "UndoSettlement",
    "absorb_cost",
    "accept_gift",
    "apply_excess",
    "keep_back",
    "propose_absorption",
    "propose_repayment",
    "repay_excess",
    "set_off",
    "undo_settlement",
]
