"""The rules of grants, pure: values in, decisions out. Must not know sessions, clocks or files.

`words` closed lists · `states` lives · `conditions` what a tranche waits for · `facts` and `evaluation` whether
it holds · `payable` what holds for every tranche · `stacking` nothing twice · `schedule` tranches · `signing`
who signs how · `awarding` award, agreement, end · `receiving` who may still receive · `payees`, `payments`, `methods`,
`deliveries`, `late` paying · `justifying`, `handing` receipts and goods · `refunding`, `settling_up`, `closing` how it
ends · `figures` the five amounts.
"""

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
