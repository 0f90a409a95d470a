"""Who undoes what: for each recipe, the verbs by which the area that keeps a record beside its rows takes it back.

Pure data. An entry without a record elsewhere is undone by the ledger's own reversal. Any other is undone where it was
made, so that rows and books say the same: a reversal here would leave the record as it is.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from seedfund.ledger.rules.recipes import HOLD, VOID

REVERSIBLE: Final = (
    *("income.received", "charge.paid", "spending.paid", "cash.moved", "cash.moved.shown"),
    *("cash.short.lost", "cash.short.claimed"),
    # The history of budgets shows which of its changes were reversed.
    *("budget.allotted", "budget.revised.from", "budget.revised.to", "budget.cut"),
    *("tax.paid", "refund.other_claims", "excess.repaid", "excess.donated"),
    *("own_fund.expense", "own_fund.write_offs", "own_fund.absorbed"),
    *("loan.given", "loan.taken", "loan.repaid", "loan.returned"),
    *("exchange.sold", "exchange.bought", "exchange.ceiling.from", "exchange.ceiling.to", "donor.returned"),
    *("opening.contributions", "opening.income", "opening.cash", "opening.spending"),
    *("opening.disbursed.advances", "opening.disbursed.expense"),
    *("opening.returned.committed", "opening.returned.available"),
)
"""Recipes whose rows stand in no other table, or in one that reads the reversal itself."""
OF_THE_BOOKS: Final = ("room.cash", "cure.cash", "room.line", "cure.line")
"""Rows the ledger adds by itself; they are never mirrored."""
OF_A_HOLD: Final = (HOLD, VOID)
"""Phases that moved nothing, so that there is nothing to mirror."""

SETTLEMENT: Final = ("grants.undo_settlement",)
BOUNCE: Final = ("grants.record_bounce",)
AGAIN: Final = ("grants.retry_payments",)
UNDONE_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "instalment.received": ("funds.recall_instalment",),
        "instalment.recalled": ("funds.record_instalment",),
        "award.decided": ("grants.decline_award",),
        "award.lapsed": ("grants.award_grant",),
        "agreement.signed": ("grants.terminate_grant",),
        "agreement.raised": ("grants.amend_agreement",),
        "agreement.lowered": ("grants.amend_agreement",),
        "payment.delivered.advances": BOUNCE,
        "payment.delivered.expense": BOUNCE,
        "payment.overpaid": ("ledger.record_claim_refund",),
        "payment.bounced.advances": AGAIN,
        "payment.bounced.expense": AGAIN,
        "payment.bounced.advances.ended": ("grants.award_grant",),
        "payment.bounced.expense.ended": ("grants.award_grant",),
        "bounce.unaccepted": AGAIN,
        "bounce.unclaimed": AGAIN,
        "tax.withheld.advances": BOUNCE,
        "tax.withheld.expense": BOUNCE,
        "evidence.accepted": ("grants.withdraw_acceptance",),
        "acceptance.withdrawn": ("grants.record_justification", "grants.lift_demand"),
        "acceptance.corrected": ("grants.record_justification",),
        "refund.demanded": ("grants.lift_demand",),
        "demand.lifted": ("grants.demand_refund",),
        "demand.lifted.expense": ("grants.demand_overpayment",),
        "refund.claims.committed": SETTLEMENT,
        "refund.claims.available": SETTLEMENT,
        "refund.advances.committed": SETTLEMENT,
        "refund.advances.available": SETTLEMENT,
        "refund.write_offs.committed": SETTLEMENT,
        "refund.write_offs.available": SETTLEMENT,
        "excess.received": (*SETTLEMENT, "grants.propose_repayment"),
        "excess.applied.committed": SETTLEMENT,
        "excess.applied.available": SETTLEMENT,
        "kept_back.expense": SETTLEMENT,
        "kept_back.advances": SETTLEMENT,
        "set_off.advances": SETTLEMENT,
        "set_off.expense": SETTLEMENT,
        "set_off.restored": SETTLEMENT,
        "written_off.claims": SETTLEMENT,
        "written_off.advances": SETTLEMENT,
        "own_fund.claims": SETTLEMENT,
        "remainder.released": ("grants.award_grant",),
    }
)
"""Recipes with a record in an area above, and the verbs that undo or answer them there."""


def undone_by(recipes: Iterable[str]) -> tuple[str, ...]:
    """The verbs that undo the first of these recipes that has a record elsewhere; none where the ledger reverses it."""
    return next((UNDONE_BY[recipe] for recipe in recipes if recipe in UNDONE_BY), ())
