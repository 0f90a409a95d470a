"""The rules of business plans, pure: values in, decisions out. Must not know sessions, clocks or files.

`values` what a plan is · `figures` what follows from it · `checks` what a programme asks of it · `versions`
its hash and the difference between two of them · `states` its life · `scoring`, `ranking` and `committee` how
it is decided.
"""

from typing import Final

from seedfund.kernel.errors import RefusalCode
from seedfund.plans.rules import checks, committee, ranking, scoring, states

REFUSALS: Final[tuple[RefusalCode, ...]] = (
    *states.REFUSALS,
    *checks.REFUSALS,
    *scoring.REFUSALS,
    *ranking.REFUSALS,
    *committee.REFUSALS,
)
"""Every way the rules of this area say no, in the order of a plan's life."""
