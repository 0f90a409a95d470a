"""Every way the rules of grants say no, gathered for whoever lists them."""

from typing import Final

from seedfund.grants.rules import (
    awarding,
    closing,
    deliveries,
    handing,
    justifying,
    late,
    methods,
    payable,
    payees,
    payments,
    receiving,
    refunding,
    schedule,
    settling_up,
    signing,
    stacking,
    waiting,
)
from seedfund.kernel.errors import RefusalCode

REFUSALS: Final[tuple[RefusalCode, ...]] = (
    *stacking.REFUSALS,
    *awarding.REFUSALS,
    *schedule.REFUSALS,
    *signing.REFUSALS,
    *waiting.REFUSALS,
    *payable.REFUSALS,
    *receiving.REFUSALS,
    *payees.REFUSALS,
    *payments.REFUSALS,
    *deliveries.REFUSALS,
    *late.REFUSALS,
    *methods.REFUSALS,
    *justifying.REFUSALS,
    *handing.REFUSALS,
    *refunding.REFUSALS,
    *settling_up.REFUSALS,
    *closing.REFUSALS,
)
"""Every way the rules of this area say no, in the order of a grant's life."""
