"""Every command of the ledger, for whoever lists them."""

from typing import Final

from seedfund.ledger.service import money, openings, periods, reversals

COMMANDS: Final = (
    money.pay_withheld_tax,
    money.record_claim_refund,
    openings.cure_shortfall,
    reversals.reverse_entry,
    periods.begin_closing_period,
    periods.close_period,
)
"""What is offered by name. The ledger's other verbs move money without the second hand, the kind of line or the paper
that `funds` asks for: they are for the areas above and for a host's own code, which answers for its hands."""
